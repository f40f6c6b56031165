"""What a target measures, in words that say it without the sentence: the thing with what is to become of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.figures.measures import PERIOD_RE, measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.levels import MODAL_RE
from kb.models import Target

_MOST = 200
#: How far behind a number its thing may begin: a note's mark, the other end of a range, "số", "các".
_NEAR = 12
_BOUND = r"(?:trên|hơn|dưới|tối thiểu|ít nhất|không dưới|khoảng|đạt)"
#: Where the words of a share end: another level, what else is done, why, by when.
_ENDS_RE = re.compile(
    r"\s*(?:[;(]|:\s|[.!?…](?=\s|$)|,?\s*(?<![^\W\d_])(?:"
    r"trong (?:số )?đó|so với|vào (?:cuối |đầu )?năm|trong năm|trước (?:ngày|\d)|trở lên|trở xuống"
    r"|giai đoạn \d|đến năm|năm 20\d\d|từ năm)(?![^\W\d_])"
    r"|,\s*(?:tỷ lệ|tỉ lệ|chiếm)\s+(?=\d)"
    r"|,\s*(?:đến nay|hiện nay|đến thời điểm này|kết quả(?= đạt| là|:))(?![^\W\d_])"
    r"|,\s*(?:trên (?:tổng )?số|tổng mức đầu tư|tổng vốn|tổng kinh phí|kinh phí|quy mô|bằng)(?![^\W\d_])"
    r"|,\s*(?:và\s+)?(?:góp phần|nhằm|để|qua đó|từ đó|đồng thời|phấn đấu|tạo|tiến tới|phục vụ|hướng tới|riêng"
    r"|bảo đảm|đảm bảo|bãi bỏ|cắt giảm|giảm|không còn)(?![^\W\d_]))",
    re.IGNORECASE,
)
#: The next of several shares that one sentence joins.
_NEXT_RE = re.compile(
    rf"\s*(?:,|;|\bvà|\bhoặc)+\s*(?:(?:cắt giảm|tinh giản|giảm|tăng|bãi bỏ|{_BOUND})\s+)*\d[\d.,]*\s*%",
    re.IGNORECASE,
)
_JOINED_RE = re.compile(rf"\d\s*%[^;.:()]*(?:,|\bvà)\s*(?:{_BOUND}\s+)*$", re.IGNORECASE)
#: What is to become of a thing.
_BECOMES_RE = re.compile(
    r"(?<![^\W\d_])(?:được|đủ|bảo đảm|đảm bảo|đạt|hoàn thành|thực hiện|tham gia|sử dụng|không|tiếp cận|áp dụng"
    r"|ứng dụng|cam kết|kết nối|xử lý)(?![^\W\d_])",
    re.IGNORECASE,
)
#: Words that only say what is done, or how the number is meant: no thing.
_VERBS = (
    r"hoàn thành|hoàn|thành|thực hiện|thực|tiết kiệm|cắt giảm|cắt|giảm|tăng|bảo đảm|đảm bảo|duy trì|phấn đấu"
    r"|tiếp tục|đạt|mỗi|hằng|hàng|năm|quý|trong|và|cơ bản|nâng|đưa|có|giai đoạn|số|các|tỷ lệ|tỉ lệ|mức|tiến tới"
    r"|lộ trình|mục tiêu|chỉ tiêu|yêu cầu|là|từng bước|thu hút|giải quyết|bố trí|dành|huy động|cấp|cho|đề ra|giao"
    r"|tối thiểu|ít nhất|trên|hơn|khoảng|xã hội hóa|hình thành|hình|bãi bỏ|đơn giản hóa|thêm|đến|hết|cuối|khi"
    r"|xây dựng|từ|ra|lũy kế|chọn"
)
_THIN_RE = re.compile(rf"\W*(?:(?:{_VERBS})(?![^\W\d_])\W*)*", re.IGNORECASE)
#: "80% thủ tục được cung cấp trực tuyến, ít nhất 80% trong đó có trên Cổng": a share of what stands before.
_PART_RE = re.compile(r"\s*(?:trong (?:số )?đó|số này)\s+(?=[^\W\d_])", re.IGNORECASE)
#: Words that only place a level: "đối với mỗi cấp hành chính" is none of its own.
#: "đối với cấp xã, nữ": for whom, and the thing.
FOR_PLACE = (
    r"(?:đối với|riêng)\s+(?:cấp|(?:các\s+)?(?:tỉnh|huyện|xã|phường|địa phương|đơn vị)|khu vực|vùng)\b"
    r"[^,;.:\d]{0,30},\s+(?=[^\W\d_])"
)
_FOR_PLACE_RE = re.compile(FOR_PLACE, re.IGNORECASE)
_PLACES_RE = re.compile(r"\W*(?:đối với|tại|ở|trong đó)(?![^\W\d_])", re.IGNORECASE)
_NO_THING_RE = re.compile(
    r"[\s⁰¹²³⁴-⁹]*(?:[,;.:)(/]|$|(?:so|và|đến|trở|là|vào|trong|theo|thì|kế hoạch|dự toán|trên|để|nhằm|góp|trước"
    r"|điểm|sau|của|đối|mỗi|mục|chỉ(?!\s+tiêu))(?![^\W\d_]))",
    re.IGNORECASE,
)
#: "Tỷ lệ giáo viên đạt chuẩn nghề nghiệp 91,5% tổng số"
_RATE_RE = re.compile(
    r"(?:^[\s*_+•–-]*(?:\(?\w{1,3}[.)]\s+)?|[.;]\s+)(?P<rate>(?:[Tt]ỷ lệ|[Tt]ỉ lệ|[Tt]ỷ trọng)\s"
    r"(?:(?!(?:đạt|còn|dưới|trên|tối|ít|lên|xuống|từ|là|tăng|giảm|khoảng|không|chiếm)\s)[^\W\d_]+,?\s+){3,14})$"
)
#: What is done to a share of a thing, right before the share.
_DEED_RE = re.compile(
    r"(?<![^\W\d_])(?P<deed>kiểm tra|giải ngân|bãi bỏ|rà soát|số hóa|đào tạo|bồi dưỡng|tập huấn|xử lý|giải quyết"
    r"|công khai|kết nối|thu hút|sử dụng|tái cấu trúc|tiết kiệm|triệt phá|thanh tra|trợ giúp pháp lý cho"
    r"|tập huấn cho|tuyên truyền cho|tư vấn cho|hỗ trợ cho|bảo hiểm cho)"
    rf"(?:\s+{_BOUND})*\s*$",
    re.IGNORECASE,
)
#: One of several deeds of a plan that opens its item, right before a share: "Xóa 100% điểm đen".
_SHORT_DEED_RE = re.compile(
    r"(?:^|[.;:]\s+)[\s*_+•–-]*(?:\(?\w{1,4}[.)]\s+)?(?P<deed>(?:Xóa(?: bỏ)?|Rà soát|Xử lý|Lắp(?: đặt)?"
    r"|Phủ(?: sóng)?|Thu gom|Sửa chữa|Thay thế|Cập nhật|Di dời|Đưa|Chuyển|Trang bị"
    r"|Thẩm định|Khắc phục|Cấp|Tuyên truyền))\s+$",
    re.IGNORECASE,
)
#: An aim behind the last comma: "…, bảo đảm đến hết năm 2030 đạt 50% địa bàn".
_AIMED_RE = re.compile(r",\s*(?:bảo đảm|đảm bảo|phấn đấu|tiến tới)(?P<own>[^,;.:]*)$", re.IGNORECASE)
_REACHING_RE = re.compile(
    r"(?:^|[,;]\s)\W*(?P<thing>[^;:]*?)\s+(?:(?:tăng|giảm)(?:\s+từ\s+[\d.,/]+[^,;]{0,40}?)?\s+)?"
    r"(?:đạt|còn|xuống|lên|là|(?<!mặt )bằng|ở mức)"
    r"(?:\s+(?:khoảng|trên|hơn|dưới|gần|từ|ít nhất|tối thiểu|mức|còn|đến|tới))*\s*$",
    re.IGNORECASE,
)
#: "Trong giai đoạn này bảo đảm …": who sees to it, and when, is no part of the thing.
_SEEN_TO_RE = re.compile(
    r"^\W*(?:(?:trong|đến|giai đoạn|năm|này|tới|hết|phải|kỳ|\d+(?!\d))(?![^\W\d_])\W*)*(?:bảo đảm|đảm bảo)\s+",
    re.IGNORECASE,
)
#: "thời gian lắp đặt từ 30 ngày xuống …": where it stood is no part of the thing.
_WHENCE_RE = re.compile(r"(?<=\w)\s+từ\s+[\d.,]+\s*(?:ngày|giờ|phút|tháng|năm)$")
#: Among which others a place is to be.
_AMONG_RE = re.compile(r"(?:\s+(?:nằm|đứng|lọt|xếp|thuộc|vào|trong|hạng))*\s+(?:nhóm|tốp|top)$", re.IGNORECASE)
#: How a multiple is meant, behind what it measures.
_MULTIPLIED_RE = re.compile(r"(?:\s+(?:tăng|gấp|bằng|lên|còn))+$")
_SCOPE_RE = re.compile(r"\b(?:tại |ở )?cấp (?:tỉnh|huyện|xã|bộ|thành phố|cơ sở|trung ương)\b", re.IGNORECASE)
_OPENS_RE = re.compile(r"[.;:]\s+|^[\s*_+•–-]*(?:\(?[a-zđ\d]{1,2}[.)]\s)?")
#: Words that measures cut are at least this long.
_LONG = 100
#: A level that says no more than that it is one.
_IN_TURN_RE = re.compile(
    r"\bnăm\s+(?P<years>20\d\d(?:\s*(?:,|và)\s*(?:năm\s+)?20\d\d)+)\b[^.;]{0,120}?\b(?:lần lượt|tương ứng)\b"
)
_GOAL_ALONE_RE = re.compile(
    r"\W*(?:(?:hoàn thành|vượt|chưa|không|đạt|mục tiêu|chỉ tiêu|mức|giảm|tăng|đề ra|được giao|thấp hơn|cao hơn"
    r"|so với|tức|so|điểm phần trăm)(?![^\W\d_])\W*)+",
    re.IGNORECASE,
)
#: How fast something grows, which the level before names.
_GROWTH_RE = re.compile(
    r"\W*(?:(?:tốc độ|tăng|giảm|trưởng|bình quân|hằng|hàng|năm|trong|giai đoạn|này|mức|tỷ lệ|tỉ lệ)"
    r"(?![^\W\d_])\W*)+"
)
#: The end of a name that was cut off: "… có chỉ số (AQI) | ở mức tốt".
_HANGS_RE = re.compile(r"(?:ở mức|theo|của|trong|từ|bởi|do|bằng|với)(?![^\W\d_])", re.IGNORECASE)
#: Whither a rate goes, and whence.
_MOVES_RE = re.compile(rf"(?:\s+(?:giảm|tăng|xuống|lên|còn|từ [\d.,/]+[^,;]*?|ở mức|là|{_BOUND}))+\s*$")
#: How several levels are meant, at the end of what they measure.
_MEANT_RE = re.compile(
    r"\s*(?:đạt|còn)?\s*(?:tỷ lệ|tỉ lệ)?\s*(?:tối thiểu|tối đa|ít nhất)?\s*(?:tương ứng|lần lượt)(?:\s+là)?$"
)
#: What a thing is called from here on is no end of its words.
_CALLED_RE = re.compile(r"\s*\((?:sau đây\s+)?(?:gọi|viết)\s+(?:tắt\s+)?[^()]{0,80}\)")
_UPWARD_RE = re.compile(r"^((?:[^\W\d_]+\s+){1,4})trở lên\s+(?=[^\W\d_])")
_MARKS_RE = re.compile(r"[\s⁰¹²³⁴-⁹]*(?:[-–]\s*\d[\d.,]*\s*%)?[\s⁰¹²³⁴-⁹]*")


def metric_of_level(text: str, quantity: Quantity, told: str | None, before: str | None) -> str | None:
    """What a level of a paragraph measures; `told` are the words that its figure alone would have.

    A share takes what is to become of its thing (``80% hồ sơ được luân chuyển điện tử``: the files that are passed
    on, not the files). A level without a thing of its own speaks of the one `before` it.

    >>> from ingest.figures.quantities import find_quantities
    >>> text = "Tối thiểu 80% hồ sơ được luân chuyển trên mạng, góp phần giảm giấy tờ."
    >>> metric_of_level(text, find_quantities(text)[0], "hồ sơ", None)
    'hồ sơ được luân chuyển trên mạng'
    """
    told = told and _FOR_PLACE_RE.sub("", told, count=1)
    if quantity.of and (rated := _tail(text[: quantity.start])):
        return rated
    if told and told.startswith("điểm") and (rated := _tail(text[: quantity.start].rstrip(" :"))):
        return rated  # "Chỉ số hài lòng: 86 điểm": the points are the unit
    if placed := _AMONG_RE.search(text[: quantity.start].rstrip()):
        left = text[: placed.start()]
        return _short(PERIOD_RE.sub(" ", _own_left(left) or _OPENS_RE.split(left)[-1])) or told
    if quantity.percent and (rate := _RATE_RE.search(text[: quantity.start])):
        return _short(rate["rate"])
    subject = _reaching(text[: quantity.start], whole=quantity.percent)
    if subject and not quantity.percent:
        return subject
    right = text[quantity.end :]
    right = right[_MARKS_RE.match(right).end() :]  # type: ignore[union-attr]  # it may match nothing
    right = _CALLED_RE.sub("", _UPWARD_RE.sub(r"\1", right))
    if (
        quantity.percent
        and (deed := _SHORT_DEED_RE.search(text[: quantity.start]))
        and not _NO_THING_RE.match(right)
    ):
        return _short(f"{deed['deed']} {_share(right)}")
    own = _own_left(text[: quantity.start])
    thin = told is None or _is_thin(told) or (own is not None and _is_thin(own))
    behind = told is not None and 0 <= right.find(told) <= _NEAR
    part = _PART_RE.match(right)
    if part and (before or told):
        return _short(f"{before or told}: {_share(right[part.end() :])}")
    if (behind or thin or _JOINED_RE.search(text[: quantity.start])) and not _NO_THING_RE.match(right):
        return _with_deed(text[: quantity.start], _elided(_share(right), before) or told or before)
    if told and not behind and _HANGS_RE.match(told):
        return _whole(text[: quantity.start], told)
    if told is None or _is_thin(told) or _PLACES_RE.match(told):
        return before or told
    told = _MEANT_RE.sub("", told)
    if re.search(rf"{re.escape(told)}\d", text[: quantity.start]):
        return _tail(text[: quantity.start]) or told  # "nồng độ bụi PM2.5": its own number cuts no name
    if before and _GROWTH_RE.fullmatch(told):
        return _short(f"{before}: {told}")
    if subject and subject.startswith(told) and "%" not in subject:
        return subject  # "tỷ lệ hồ sơ mức độ 3 và 4 trên tổng số hồ sơ đạt 50%": its own numbers cut no name
    return _with_deed(text[: quantity.start], told) if behind else _whole(text[: quantity.start], told)


def without_deeds(metric: str, *, times: bool) -> str:
    """The words of a thing without who sees to it before them, or how a multiple is meant behind them.

    >>> (
    ...     without_deeds("Trong năm bảo đảm lắp đặt đồng hồ", times=False),
    ...     without_deeds("số khách tăng gấp", times=True),
    ... )
    ('lắp đặt đồng hồ', 'số khách')
    """
    metric = _AMONG_RE.sub("", _WHENCE_RE.sub("", _SEEN_TO_RE.sub("", metric)))
    return _MULTIPLIED_RE.sub("", metric) if times else metric


def _tail(left: str) -> str | None:
    """What a rate in a thousand is of: the words of its clause before how it is meant."""
    words = PERIOD_RE.sub(" ", _OPENS_RE.split(left)[-1])
    words = _short(_MOVES_RE.sub("", words))
    own = re.sub(r"(?<=[^\W\d_])\d+(?:[.,]\d+)*", "", words)  # "PM2.5" holds no number
    return None if _is_thin(words) or re.search(r"\d", own) else words


def _with_deed(left: str, thing: str | None) -> str | None:
    """A thing with what is to be done to it: ``kiểm tra ít nhất 30% số cơ quan``."""
    deed = _DEED_RE.search(left)
    return f"{deed['deed'].lower()} {thing}" if deed and thing else thing


def _elided(thing: str, before: str | None) -> str:
    """A thing that is but a scope, in the words of the one before it: ``90% hồ sơ cấp tỉnh, 80% cấp huyện``."""
    own, other = _SCOPE_RE.match(thing), _SCOPE_RE.search(before or "")
    return f"{before[: other.start()]}{thing}" if own and other and before else thing


def named_before(text: str, low: int, quantity: Quantity, told: str | None) -> str | None:
    """The words of a level that only calls itself a goal: those of the number that is held against it; else None.

    >>> text = "Chưa đạt: thanh toán trực tuyến (48,9%, mục tiêu 50%)"
    >>> named_before(text, 0, find_quantities(text)[1], "mục tiêu")
    'thanh toán trực tuyến'
    """
    if told is None or not _GOAL_ALONE_RE.fullmatch(told):
        return None
    before = [one for one in find_quantities(text[low : quantity.start]) if one.percent == quantity.percent]
    if not before or before[-1].of:
        return None
    last = replace(before[-1], start=before[-1].start + low, end=before[-1].end + low)
    words = measure(text, last).what
    opened = text.rfind("(", low, last.start)
    if opened >= 0 and not text[opened + 1 : last.start].strip():
        words = re.split(r"[,;:.]\s|\bvà\s", text[low:opened])[-1]  # "và SIPAS (84,1%, mục tiêu 85%)"
    thin = not words or _GOAL_ALONE_RE.fullmatch(words) or _is_thin(words) or words.startswith("Như vậy")
    return None if thin or words is None else _short(words)


def in_order(text: str, targets: list[Target]) -> Iterator[Target]:
    """Levels that are set ``tương ứng`` for a list of scopes, each with its own of them.

    ``cấp tỉnh, cấp huyện, cấp xã đạt lần lượt 30%, 20%, 15%``: 20% is what districts are to reach.
    """
    scopes = re.split(r"\s*,\s*", (targets[0].scope or "") if targets else "")
    run = [one for one in targets if one.scope == targets[0].scope and one.metric == targets[0].metric]
    spread = len(scopes) > 1 and len(run) == len(scopes) and re.search(r"\b(?:tương ứng|lần lượt)\b", text)
    told = _IN_TURN_RE.search(text)
    years = re.findall(r"20\d\d", told["years"]) if told else []
    for target in targets:
        at = run.index(target) if spread and target in run else None
        yearly = targets.index(target) if len(years) == len(targets) > 1 and target in targets else None
        if yearly is not None:
            thing = re.sub(r"\s+các(?:\s+và)?(?:\s+20\d\d)*(?:\s+lần lượt)?$", "", target.metric)
            target = replace(target, period=f"năm {years[yearly]}", metric=thing)
        yield replace(target, scope=scopes[at]) if at is not None else target


def _reaching(left: str, *, whole: bool) -> str | None:
    """The thing of an amount that it reaches: ``Tổng số doanh nghiệp đạt khoảng``; None where a deed makes it."""
    found = _REACHING_RE.search(PERIOD_RE.sub(" ", _OPENS_RE.split(left)[-1]))
    if found is None:
        return None
    aims = [one.end() for one in MODAL_RE.finditer(found["thing"])]
    thing = found["thing"][aims[-1] :] if aims and not _is_thin(found["thing"][aims[-1] :]) else found["thing"]
    for cut in (r",\s", r"\bvà\s"):
        if not whole and re.search(r"\d", thing):
            thing = re.split(cut, thing)[-1]
    words = _short(re.sub(r"\b(?:phấn đấu|dự kiến|ước|vào)\s*$", "", thing.strip()))
    return None if _is_thin(words) or re.search(r"\d\s*%?$", words) else words


def _own_left(left: str) -> str | None:
    """The words between the last aim before a number and the number; None where no aim stands there."""
    aimed = _AIMED_RE.search(left)
    if aimed:
        return PERIOD_RE.sub(" ", aimed["own"])
    aims = [found.end() for found in MODAL_RE.finditer(left)]
    if not aims or re.search(r"[.;:]\s", left[aims[-1] :]):
        return None
    return PERIOD_RE.sub(" ", left[aims[-1] :])


def _whole(left: str, told: str) -> str:
    """Words that were cut at their front because they are long, from where their sentence begins."""
    at = left.rfind(told[:40])
    if at < 0 or (len(told) < _LONG and not _HANGS_RE.match(told)):
        return told
    low = max([found.end() for found in _OPENS_RE.finditer(left, 0, at)], default=0)
    front = PERIOD_RE.sub(" ", left[low:at])
    return _short(re.sub(r"^[\s,*_+–-]+", "", f"{front}{told}"))


def _is_thin(words: str) -> bool:
    return _THIN_RE.fullmatch(words) is not None


def _share(right: str) -> str:
    """The thing of a share with what is to become of it, which several shares may have in common."""
    end = found.start() if (found := _ENDS_RE.search(right)) else len(right)
    following = _NEXT_RE.search(right)
    if following is None or following.start() > end:
        return _short(right[:end])
    thing = right[: following.start()]
    rest = right[following.end() :]
    stop = _ENDS_RE.search(rest)
    becomes = _BECOMES_RE.search(rest, 0, stop.start() if stop else len(rest))
    # "giảm 60% số cặp tảo hôn; 70% phụ nữ được khám": another thing, of which the first says nothing.
    apart = ";" in following.group() and thing.split()[:2] != rest.split()[:2]
    if becomes is None or apart or _BECOMES_RE.search(thing):
        return _short(thing)
    return _short(f"{thing} {rest[becomes.start() : stop.start() if stop else len(rest)]}")


def _short(words: str) -> str:
    words = " ".join(re.sub(r"[⁰¹²³⁴-⁹]+", "", words).split()).strip(" ,;:.*_–-")
    return words if len(words) <= _MOST else words[:_MOST].rsplit(" ", 1)[0]
