"""FIG in running text: a rate whose whole was stated before, in the sentence before or further on in its own.

The whole is told by its words (“tổng số”), by “trong đó” between the two, or by a pair of deeds of which the
second cannot exceed the first (received and handled). What a rate is of by the words behind it (“95% kế hoạch”) is
no count of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from graphs.checks.reading.arithmetic import decimal, is_rate_slip, percent, show
from graphs.checks.reading.change_forms import DOWN, UP
from graphs.checks.reading.enumerated import bracketed
from graphs.checks.reading.forms import OF_THESE
from graphs.checks.reading.moved import head
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, everywhere, fits, is_of_each, rate_link, value_as_printed
from graphs.checks.reading.proved import is_proved
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.mistyped_shares import count_before, counts_alike, larger_before, whole_named
from graphs.checks.tables.tables import WHOLE_AND_PART
from kb.bilingual import both
from kb.models import Figure, Finding

_FARTHEST = 320
_TOTAL_RE = re.compile(r"\btổng\s+(?:số|cộng)?[^.;,%]{0,70}$", re.IGNORECASE)
#: "toàn tỉnh hiện có": all that there is, unless its own share or another state of it is told next.
_EVERYWHERE_RE = re.compile(
    r"\b(?:toàn|cả) (?:tỉnh|thành phố|huyện|xã|ngành)[^.;,%\d]{0,20}\bcó\s+$", re.IGNORECASE
)
_ANOTHER_STATE_RE = re.compile(
    r"%|\b(?:đầu|cuối) (?:năm|kỳ)\b|\bcòn\b|\b(?:tăng|giảm|mới|so với)\b", re.IGNORECASE
)
_OF_WHICH_RE = re.compile(rf"\b{OF_THESE}\b", re.IGNORECASE)
_OF_ANOTHER_RE = re.compile(
    r"\s*(?:so với|kế hoạch|dự toán|mục tiêu|chỉ tiêu|nghị quyết|cùng kỳ|bình quân|trung bình|GR?DP|của cả nước"
    r"|cả nước|kh\b|dt\b|\()",
    re.IGNORECASE,
)
#: What is done with things that were counted right before.
_HANDLED_RE = re.compile(
    r"[^.;()\d]{0,30}?,\s*(?:đã\s+|được\s+)*(?:thu gom|xử lý|giải quyết|hoàn thành|chi trả|giải ngân|thu hồi"
    r"|khắc phục|kiểm tra|nghiệm thu|số hóa|cấp|tiêm|khám|nộp)\b[^.;()\d]{0,40}",
    re.IGNORECASE,
)
#: What a rate is said to be of, by the words behind it.
_NAMED_RE = re.compile(r"\s*(?:của\s+|trên\s+)?(?:tổng\s+)?số\s+(?P<of>[^\d;.,()%]{2,60})", re.IGNORECASE)
_IN_ALL_RE = re.compile(r"\b(?:trong|trên)\s+tổng(?:\s+(?!hợp)[^\W\d_]+){0,3}\s*$", re.IGNORECASE)
#: Parts of a count in a bracket behind it.
_SPLIT_RE = re.compile(r"\([^()]*\)")
_PARTS = 8
#: So many times less or more, a rate is of another whole.
_TIMES = 4
#: ``thiếu nhiều nhất (6,15 km), nhưng tỷ lệ thấp nhất là huyện B (92,01%)``: the rate is of another.
_OTHER_MOST_RE = re.compile(r"\b(?:nhưng|song|còn)\b[^.;\d]*\bnhất\b", re.IGNORECASE)
#: Between a count and by how much that is more or less, or what part of a plan it is; before a share.
_ASIDE_RE = re.compile(
    r"[^.;()\d]{0,40},\s*(?:đã\s+)?(?:vượt|tăng|giảm|thiếu|hụt|đạt|bằng)(?:\s+(?:thêm|được|là))?\s+", re.IGNORECASE
)
_SHARE_BEFORE_RE = re.compile(r"\bchiếm\s+(?:tỷ lệ\s+)?$", re.IGNORECASE)
_ALL, _NAME, _SHARED = Decimal(100), 90, 2
#: Right before what was added to a value, or taken from it: its rate is of the earlier value.
_CHANGE_RE = re.compile(rf"\b(?:(?P<up>{UP})|{DOWN})(?:\s+(?:thêm|được|là|khoảng|tới|đến))*\s*$", re.IGNORECASE)
_TIME_BEFORE_RE = re.compile(r"\b(?:năm\s+(?:trước|ngoái|(?:19|20)\d\d)|cùng kỳ)\s*\(\s*$", re.IGNORECASE)
#: "chiếm 4,0% tổng lượt khách": of a total that the paper tells; a rate of so many digits it makes.
_OF_TOTAL_RE = re.compile(r"\s*(?:của\s+|trên\s+|trong\s+)?tổng\b", re.IGNORECASE)
_FINE, _OF_TOTAL = 3, 2
#: Another time begins: what follows is of it, the whole is not.
_ANOTHER_TIME_RE = re.compile(r"\b(?:năm|quý|tháng|giai đoạn|nhiệm kỳ)\s+(?:19|20|[IVX\d])", re.IGNORECASE)
_DEEDS = tuple(
    (
        re.compile(rf"(?:{whole})[^.;,%]{{0,40}}$", re.IGNORECASE),
        re.compile(rf"(?:{part})[^.;,%]{{0,40}}$", re.IGNORECASE),
    )
    for whole, part in (
        *WHOLE_AND_PART,
        (r"số tiền|phải (?:thu|nộp|thu hồi)|kiến nghị thu hồi", r"đã (?:thu|nộp|thu hồi)(?: được)?"),
        (r"kiểm tra|rà soát|thanh tra|khảo sát|xét nghiệm|lấy mẫu|sàng lọc", r"phát hiện"),
        (r"đề ra|đăng ký|được giao", r"(?:đến nay|hiện nay)(?: đã)? hoàn thành"),
    )
)
#: ``560 tỷ đồng/690 tỷ đồng, đạt``: the whole behind a slash, in the same unit.
_SLASH_RE = re.compile(
    r"\s*(?P<unit>[^\W\d_]+(?:\s[^\W\d_]+){0,2})\s*(?:\[\d{1,3}\]|[⁰¹²³⁴-⁹]+)?\s*/\s*(?P<of>\d[\d.,]*)\s*(?P=unit)"
    r"(?P<rest>[^/;%]*)"
)


def check_rates_apart(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Tổng số là 3.875 … Đã thực hiện 3.642 …, đạt 94%`` and ``560 tỷ đồng/690 tỷ đồng, đạt 81,16%``."""
    told = list(everywhere(subject)) if not subject.is_rule() else []
    for where in told:
        for at, rate in enumerate(where.figures):
            if rate.unit == "%" and (again := count_before(where, rate)):
                whole = again[1] or whole_named(where, again[0], rate, told)
                if whole is not None:
                    yield from _held_against(subject, where, again[0], whole.printed, whole, rate, tally)
            split = _split_between(where, at) or _aside_between(where, at)
            part = where.figures[at - 1 - split] if at else None
            if part is None or rate.unit != "%" or part.unit == "%" or part.of:
                continue
            between = _between(where, part, at, split)
            slash = _SLASH_RE.fullmatch(between)
            if rate.bound or part.bound or is_of_each(where, part) or _of_time_before(where, part, rate):
                continue
            if slash and rate_link(slash["rest"]):
                yield from _held_against(subject, where, part, slash["of"], None, rate, tally)
            elif (
                rate_link(between)
                and not _OTHER_MOST_RE.search(between)
                and not _OF_ANOTHER_RE.match(where.text, where.end(rate))
            ):
                whole = _as_named(where, where.figures[: at - split], rate)
                whole = whole or (None if split else _handled(where, at, rate))
                whole = whole or _in_all_behind(where, part, rate)
                whole = whole or whole_named(where, part, rate, told)
                whole = whole or (None if split else larger_before(where, part, rate, told))
                if whole is not None:
                    yield from _held_against(
                        subject, where, part, whole.printed.partition("/")[0], whole, rate, tally
                    )


def _of_time_before(where: Stated, part: Figure, rate: Figure) -> bool:
    """Whether a bracket tells of a time before: ``so với cuối năm 2022 (927.300 người, tỷ lệ 90,5%)``."""
    before = where.text[max(0, where.start(part) - _NAME) : where.start(part)]
    return bool(_TIME_BEFORE_RE.search(before)) and ")" not in where.between(part, rate)


def _between(where: Stated, part: Figure, at: int, far: int) -> str:
    """The words between a count and its rate, without what brackets and asides between them tell."""
    rate = where.figures[at]
    if not far:
        return where.between(part, rate)
    words = where.between(part, rate)
    return _SPLIT_RE.sub(" ", words) if "(" in words else where.between(where.figures[at - 1], rate)


def _as_named(where: Stated, before: tuple[Figure, ...], rate: Figure) -> Figure | None:
    """The whole of a part; where words behind the rate name one, that: ``62% số trường chuẩn``."""
    named = _NAMED_RE.match(where.text, where.end(rate))
    words = thing_words(named["of"]) - GENERAL if named else frozenset[str]()
    whole, part = _whole(where, before), before[-1]
    if not words or (whole is not None and words <= _label(where, whole)):
        return whole
    larger = [one for one in before[:-1] if counts_alike(one, part) and Decimal(one.value) > Decimal(part.value)]
    so_called = [one for one in larger if not one.of and not one.bound and words <= _label(where, one)]
    return so_called[-1] if len(so_called) == 1 and len(words) >= _SHARED else None


def _in_all_behind(where: Stated, part: Figure, rate: Figure) -> Figure | None:
    """What a sentence tells behind all parts that they are of: ``A 36 (60%), B 24 (40%) trong tổng số 60``."""
    end = where.sentence_end(where.end(rate))
    behind = (one for one in where.figures if where.end(rate) <= where.start(one) < end)
    return next(
        (
            one
            for one in behind
            if one.unit == part.unit
            and not (one.of or one.bound)
            and Decimal(one.value) > Decimal(part.value)
            and _IN_ALL_RE.search(where.text, where.end(rate), where.start(one))
        ),
        None,
    )


def _label(where: Stated, figure: Figure) -> frozenset[str]:
    """The words around a figure in its clause."""
    low, high = where.start(figure), where.end(figure)
    before = re.split(r"[;:(),.]\s|\d", where.text[max(0, low - _NAME) : low])[-1]
    behind = re.split(r"[;:(),.]|\d", where.text[high : high + _NAME])[0]
    return thing_words(f"{before} {behind}")


def _split_between(where: Stated, at: int) -> int:
    """How many parts a bracket tells between a count and its rate: ``236 thủ tục (132 …, 104 …), đạt 88,1%``."""
    for far in range(2, min(at, _PARTS)):
        whole = where.figures[at - 1 - far]
        parts = where.figures[at - far : at]
        if Decimal(whole.value) == sum(Decimal(one.value) for one in parts):
            closed = re.fullmatch(r"[^()]{0,60}\)[^()]{0,40}", where.between(parts[-1], where.figures[at]))
            plain = all(one.unit != "%" and not one.of for one in (whole, *parts))
            return far if closed and plain and parts == bracketed(where, at - 1 - far) else 0
    return 0


def _aside_between(where: Stated, at: int) -> int:
    """How many numbers between a count and its share tell by how much that is more or less, or of its plan."""
    far = 0
    while at - 1 - far > 0 and _ASIDE_RE.fullmatch(where.between(*where.figures[at - 2 - far : at - far])):
        far += 1
    shares = _SHARE_BEFORE_RE.search(where.text, 0, where.start(where.figures[at]))
    return far if shares else 0


def _handled(where: Stated, at: int, rate: Figure) -> Figure | None:
    """The number right before one that was handled: ``41.250 tấn, thu gom, xử lý 42.380 tấn, đạt 98,2%``.

    Only where the rate cannot be of it: more is handled than there is, or a digit of the rate is mistyped.
    """
    part, whole = where.figures[at - 1], where.figures[at - 2] if at > 1 else None
    if whole is None or not whole.unit or whole.unit != part.unit or whole.of or whole.bound:
        return None
    between = where.between(whole, part)
    exact = percent(part.value, whole.value)
    if exact is None or not _HANDLED_RE.fullmatch(between) or _ANOTHER_TIME_RE.search(between):
        return None
    more = exact > _ALL > Decimal(rate.value)
    return whole if more or is_rate_slip(exact, value_as_printed(rate)) else None


def _whole(where: Stated, before: tuple[Figure, ...]) -> Figure | None:
    """What the last of some figures is a part of: the nearest figure of its unit that says so."""
    part, smaller = before[-1], list[Decimal]()
    # What stands in the bracket of a whole only divides it.
    split = {one for at in range(len(before) - 1) for one in bracketed(where, at)} if "(" in where.text else set()
    for figure in reversed(before[:-1]):
        if where.start(part) - where.end(figure) > _FARTHEST:
            return None
        # Of a ratio what it counts is the whole: "96/105 xã …, trong đó 58 xã".
        counted = figure.of and _OF_WHICH_RE.search(where.between(figure, part)) and head(figure) == head(part)
        alike = counted if figure.of else counts_alike(figure, part)
        if not figure.unit or not alike or figure.bound:
            continue
        if figure in split:
            continue
        if Decimal(figure.value) <= Decimal(part.value):
            smaller.append(Decimal(figure.value))
            continue
        if _ANOTHER_TIME_RE.search(where.between(figure, part)):
            return None
        ahead, between = where.text[: where.start(figure)], where.between(figure, part)
        told = bool(_TOTAL_RE.search(ahead) or _OF_WHICH_RE.search(between))
        told = told or bool(
            _EVERYWHERE_RE.search(ahead) and not _ANOTHER_STATE_RE.search(ahead[-_NAME:] + between)
        )
        if smaller and not told:
            continue
        if smaller and not _is_sum(Decimal(part.value), smaller):
            return None
        if told or any(whole.search(ahead) and part_.search(between) for whole, part_ in _DEEDS):
            return figure
    return None


def _is_sum(part: Decimal, smaller: Sequence[Decimal]) -> bool:
    """Whether a part is two or three of those told before it, taken together."""
    return any(sum(some) == part for size in (2, 3) for some in combinations(smaller, size))


def _held_against(
    subject: Subject, where: Stated, part: Figure, of: str, whole: Figure | None, rate: Figure, tally: Tally
) -> Iterator[Finding]:
    way = _CHANGE_RE.search(where.between(whole, part)) if whole in where.figures else None
    grown = -1 if way and way["up"] else 1
    bottom, of = (whole.value, of) if whole else (of.replace(".", "").replace(",", "."), of)
    if way and whole:
        bottom, of = str(Decimal(bottom) + grown * Decimal(part.value)), f"({of} {'+-'[grown < 0]} {part.printed})"
    exact = percent(part.value, bottom) if decimal(bottom) is not None else None
    if exact is None:
        return
    # Of whatever was told before it, or behind it as what it is compared with, a rate that fits is no wrong one.
    end = where.sentence_end(where.end(rate))
    wholes = [
        exact,
        *(
            percent(part.value, value)
            for one in where.figures
            if where.end(one) <= where.start(part)
            for value in (one.value, one.of)
            if value
        ),
        *(
            percent(part.value, one.value)
            for one in where.figures
            if where.end(rate) <= where.start(one) < end and one.unit == part.unit
        ),
    ]
    if any(one is not None and fits(one, rate) for one in wholes):
        tally.held += 1
        return
    # Proved by a change the other way, the rate is right and the way is not.
    turned = percent(part.value, str(Decimal(bottom) - 2 * grown * Decimal(part.value))) if way else None
    other_way = turned is not None and fits(turned, rate)
    # Of the first number of its sentence: "3.184 hộ tham gia, gồm 1.246 hộ …, 431 hộ …, chiếm 25,5% số hộ".
    first = next((one for one in where.figures if where.sentence_end(where.end(one)) == end), part)
    fine = _OF_TOTAL if _OF_TOTAL_RE.match(where.text, where.end(rate)) else _FINE
    proved = any(is_proved(subject, one, rate, fine=fine) for one in (part, first))
    if whole is not None and not other_way and (proved or _is_of_another(exact, rate)):
        tally.skip(both("tỷ lệ có thể của một tổng khác", "the rate may be of another whole"))
        return
    tally.failed += 1
    sum_ = f"{part.printed} / {of} = {show(exact)}%"
    yield APART.finding(
        (rate.span,),
        f"ghi {rate.printed}, nhưng {sum_}",
        f"{rate.printed} is stated, but {sum_}",
        stated=rate.printed,
        expected=f"{show(exact)}%",
        evidence=(part.span, whole.span) if whole else (part.span,),
        suggestion=both("đối chiếu số liệu và tỷ lệ", "compare the figures and the rate"),
        page=where.block.page,
    )


def _is_of_another(exact: Decimal, rate: Figure) -> bool:
    """Whether a rate is so far from one that no slip makes it: ``876 em; trong đó THCS 418 em (0,61%)``."""
    stated = Decimal(rate.value)
    near = exact / _TIMES < stated < exact * _TIMES
    return not near and not is_rate_slip(exact, value_as_printed(rate))


APART = rule("FIG-214", check_rates_apart)
APART_RULES = (APART,)
