"""FIG of running text: a part told to be more than what it is of.

What is of what the words alone say: "trong đó", "trong số này", "trong số đơn đã nhận", "bao gồm cả";
what was done with things that were just counted; "số … là" behind a total of the same things; "có" behind all
that there are.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, pairwise

from graphs.checks.reading.forms import OF_THESE
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.named_wholes import parts_of_all_named, parts_of_named
from graphs.checks.sums.owed import DONE_RE, is_by_how_much, is_done_of_owed
from kb.bilingual import both
from kb.models import Figure, Finding

_OF_WHICH_RE = re.compile(
    rf"[^.;()\d]{{0,90}}?(?:(?:,?\s*\(?|\.\s+(?=Trong))\b{OF_THESE}\b(?:,?\s+có)?\s*[:,]?"
    r"|,\s+riêng|,?(?<!\bđều)\s+(?:(?:bao\s+)?gồm|kể|tính) cả)(?P<part>[^.;()\d]{0,60})$"
)
#: "Trong 26 hệ thống trên, có 28 hệ thống …": the whole is named before its part.
_AMONG_RE = re.compile(r"\b[Tt]rong (?:tổng )?(?:số )?$")
#: "31.250 tấn trong tổng số 30.450 tấn": the part stands before its whole.
_IN_ALL_RE = re.compile(r"[^.;()\d]{0,60}?\b(?:trong|trên) (?:tổng số|tổng|số)\s*$", re.IGNORECASE)
_AMONG_THEM_RE = re.compile(r"(?P<part>[^.;()\d]{0,90})")
#: "…; 52 đơn vị trong số này …": the part is named before what it is of.
_OF_THOSE_RE = re.compile(
    r"(?P<thing>[^.;()\d]{0,40}?)\btrong (?:(?:tổng )?số (?:này|đó|trên|ấy|nêu trên)\b|tổng số(?=\s*[.,;]|\s*$))"
)
#: "Trong số tin báo đã tiếp nhận, đã xác minh 51 tin báo": the things are named again with what was done.
_AMONG_DONE_RE = re.compile(
    r"\b[Tt]rong (?:tổng )?số (?P<thing>[^.;,()\d]{2,40}?) đã (?:được )?(?P<deed>[^.;,()\d]{2,25}),"
    r"[^.;()\d]{0,60}$"
)
#: What leads from a part to the next, not back to all there are.
_NEXT_PART_RE = re.compile(r"[^.;:()\d]{0,30}(?:,\s+(?:và\s+)?|\svà\s)[^.;:,()\d]{0,50}")
_ALL_AGAIN_RE = re.compile(
    r"\b(?:tổng|toàn|cả|chung|nâng|lũy|đưa|hiện|còn|từ|trên|so|bằng|đạt|với|cho|thu hút|đã|được)\b", re.IGNORECASE
)
_TWICE = 2
_REACH, _NEAR, _WINDOW = 10, 60, 140
TIMES = frozenset(("giờ", "phút", "ngày", "ngày làm việc", "tuần", "tháng", "quý", "năm"))
#: What may stand between a whole and its part: brackets, years, what share of a plan the whole is.
_ASIDE_RE = re.compile(
    r",\s*(?:đạt|bằng|chiếm|tương ứng|tương đương|tăng|vượt|giảm)\s+(?:tỷ lệ\s+|với\s+)?\d[\d.,]*\s*%"
    r"(?:\s+(?:so với\s+)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|cùng kỳ)(?:\s+(?:năm|giao|đề ra|trước))*)?"
    r"(?=[,;.(]\s?)"
    r"|\([^()]{0,120}\)|\btrong (?:các |hai |ba )?năm (?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?"
)
#: So many numbers may stand in them.
_ASIDES = 5
#: Another time, a plan or a rise is no part of what was counted; nor is a mean.
_OTHER_RE = re.compile(
    r"\b(?:kế hoạch|(?:cả|các|mỗi|hằng|hàng|từng) năm|năm (?:trước|sau|nay|qua|tới)|năm\s*$|quý|tháng|so với"
    r"|cùng kỳ|lũy kế|luỹ kế|tăng|giảm|bình quân|trung bình|cao nhất|thấp nhất|tối đa|(?<!kéo )dài|rộng|mỗi)\b",
    re.IGNORECASE,
)
_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|còn thiếu|còn lại|chênh lệch)(?:\s+(?:thêm|được|khoảng))*\s*$"
    r"|\b(?:bình quân|trung bình|mỗi [^\W\d_]+)(?:\s+(?!gồm|có|là\b)[^\W\d_]+){0,5}\s*$",
    re.IGNORECASE,
)
#: Words for people: a part of the ones may be counted as the others.
PEOPLE = frozenset(
    (
        *("người", "lao động", "cán bộ", "công chức", "viên chức", "học sinh", "học viên", "đảng viên"),
        *("đối tượng", "cá nhân", "hội viên"),
    )
)

#: Words that begin the names of other things: “đoàn viên” are no “đoàn”.
_BODIES = frozenset(("đoàn", "hội", "tổ", "đội", "ngày"))
_MEMBERS_RE = re.compile(r"\s*(?:đoàn|hội|tổ|đội) (?:viên|trưởng|phó)\b", re.IGNORECASE)
#: "…; trong đó biên chế 1.085 người": behind a list, a bracket or another count.
_AFTER_LIST_RE = re.compile(
    rf"\b{OF_THESE}\b"
    r"(?P<part>[^.;()\d]{0,90}|[^.;()\d]{0,40}\d[\d.]* [^.;,()\d]{1,40} (?:với|thu hút|gồm) )$"
)
_MADE_OF_RE = re.compile(r"[^.;()\d]{0,60}(?:\b(?:gồm|chia ra|cụ thể)\b|\(|:)")
#: What is done with no more things than there were of them.
_DEEDS = tuple(
    (
        re.compile(rf"\b(?:{whole})\b[^.;,\d]{{0,40}}$", re.IGNORECASE),
        re.compile(rf"[;,]\s[^;,.\d]{{0,40}}\b(?:{part})\s+(?:được\s+)?$"),
    )
    for whole, part in (
        ("cung cấp|công bố", "tích hợp"),
        (
            "kiểm tra|thanh tra|ban hành|thẩm định|rà soát|khảo sát|khám|sàng lọc|xét nghiệm|lấy|đo kiểm|đo"
            "|kiểm định",
            "phát hiện",
        ),
        (
            "kiểm tra|thanh tra|phát hiện|bắt giữ|làm việc với|rà soát",
            "xử phạt|khởi tố|lập biên bản|đình chỉ|truy thu|thu hồi giấy phép của",
        ),
        ("giao|giao chỉ tiêu", "sử dụng"),
        ("đào tạo|đào tạo nghề cho", "có việc làm"),
    )
)
#: Things of before, of which more may be done.
_FROM_BEFORE_RE = re.compile(
    r"\b(?:kỳ trước|năm trước|những năm|tồn|chuyển (?:sang|tiếp)|lũy kế|luỹ kế|lượt"
    r"|đầu (?:kỳ|năm)|mới|thêm|bãi bỏ|năm (?:19|20)\d\d|cùng kỳ)\b",
    re.IGNORECASE,
)
_EVERYTHING_RE = re.compile(
    r"\b(?:tổng số[^.;,\d]{0,60}"
    r"|(?:toàn|cả) (?:tỉnh|thành phố|huyện|xã|ngành|quốc|nước)[^.;,\d]{0,20}\b(?:có|là)\s+)$",
    re.IGNORECASE,
)
#: "…, số doanh nghiệp có doanh thu là 5.914", "…, có 268 trường đạt chuẩn".
_SOME_RE = re.compile(
    r"[,;]\s+(?:số (?P<noun>[^.;,()\d]{2,30}?)"
    r" (?:có|đã|được|bị|đạt|chưa|không|phải|do|là)\s[^.;,()\d]{2,60}"
    r"|(?:đã )?có (?:tới |đến )?)$"
)
#: What any of these begins with: looked for first, for most figures have none of it before them.
_CUE_RE = re.compile(
    rf"{OF_THESE}\b|[,;] số "
    r"|\b(?:được|có|tới|đến|tích hợp|phát hiện|xử phạt|khởi tố|lập biên bản|đình chỉ|truy thu|phép của|sử dụng"
    r"|việc làm)\s+$"
)
_PAPERS = frozenset(("kết luận", "báo cáo"))
_OF_DEEDS_RE = re.compile(r"[^.;,\d]{0,40}?\bcủa (?:các|những|số) cuộc\b[^.;,\d]{0,50}?\b(?:trên|này|đó)\b")


def check_parts_of_text(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``350 người, trong đó công chức cấp xã 400 người``: a part is no more than its whole."""
    told: deque[Stated] = deque(maxlen=_REACH)
    for where in everywhere(subject) if not subject.is_rule() else ():
        told.append(where)
        known: set[int] = set()
        pairs = (
            *_wholes(where),
            *_among_those(where),
            *parts_of_named(where, told),
            *parts_of_all_named(where, told),
            *_afar(where),
        )
        for whole, part, named in pairs:
            one_each = part.unit in _PAPERS and whole.unit == "cuộc"
            if where.start(part) in known or _OTHER_RE.search(named) or not (one_each or _alike(whole, part)):
                continue
            ahead = where.text[: where.start(whole)]
            if _CHANGE_RE.search(ahead) or (Decimal(part.value) > Decimal(whole.value) and is_by_how_much(ahead)):
                continue
            if part.unit in _BODIES and _MEMBERS_RE.match(where.text, where.end(part)):
                continue
            known.add(where.start(part))
            if Decimal(part.value) <= Decimal(whole.value) or _of_more(where, part):
                tally.held += 1
                continue
            tally.failed += 1
            yield PART.finding(
                (part.span,),
                f"ghi {_told(part)} trong số {_told(whole)}: phần lớn hơn toàn thể",
                f"{_told(part)} out of {_told(whole)}: the part is more than the whole",
                stated=part.printed,
                expected=f"không quá {whole.printed}",
                evidence=(whole.span,),
                suggestion=both("kiểm tra lại hai số", "check the two numbers"),
                page=where.block.page,
            )


def _afar(where: Stated) -> Iterator[tuple[Figure, Figure, str]]:
    """A part, and what its sentence counted before it, whatever stands between the two."""
    for at, part in enumerate(where.figures):
        near = where.text[max(0, where.start(part) - _WINDOW) : where.start(part)]
        if not at or not (_CUE_RE.search(near) or DONE_RE.search(near) or part.unit in _PAPERS):
            continue
        before = _in_sentence(where, at)
        ahead = where.text[where.start(before[0]) : where.start(part)] if before else ""
        of_which = _AFTER_LIST_RE.search(ahead)
        of_deeds = part.unit in _PAPERS and _OF_DEEDS_RE.match(where.text, where.end(part))
        if of_which or of_deeds:
            counted = [one for one in before if (one.unit == "cuộc" if of_deeds else _alike(one, part))]
            counted = [one for one in counted if not _CHANGE_RE.search(where.text, 0, where.start(one))]
            whole = _listed_whole(where, counted)
            if whole:
                yield whole, part, of_which["part"] if of_which else ""
        else:
            yield from ((whole, part, "") for whole in before[-_ASIDES:] if _some_of(where, whole, part))


def _in_sentence(where: Stated, at: int) -> list[Figure]:
    """The figures told before one in its sentence."""
    start = where.start(where.figures[at])
    return [one for one in where.figures[:at] if where.sentence_end(where.end(one)) >= start]


def _of_more(where: Stated, part: Figure) -> bool:
    """Whether the sentence counts as many before, of which the number right before the part is one kind."""
    alike = [one for one in _in_sentence(where, where.figures.index(part)) if _alike(one, part)]
    whole = _listed_whole(where, alike) if len(alike) > 1 else None
    return whole is not None and Decimal(whole.value) >= Decimal(part.value)


def _listed_whole(where: Stated, alike: list[Figure]) -> Figure | None:
    """The one count, or that which those behind it make; of several that are told side by side none is it."""
    if len(alike) < 2:
        return alike[0] if alike else None
    first, second = alike[:2]
    made = _MADE_OF_RE.match(where.between(first, second))
    return first if made and Decimal(first.value) == max(Decimal(one.value) for one in alike) else None


def _some_of(where: Stated, whole: Figure, part: Figure) -> bool:
    """Whether a count is of things that were done with, or that are so, among all those counted before."""
    unit, noun = f"{part.unit or ''} ", f"{whole.unit or ''} "
    between = where.between(whole, part)
    ahead = where.text[: where.start(whole)]
    if not part.unit or not noun.startswith(unit) or _FROM_BEFORE_RE.search(f"{ahead[-_NEAR:]} {between}"):
        return False
    if any(did.search(between) and was.search(ahead) for was, did in _DEEDS):
        return True
    if is_done_of_owed(ahead, between):
        return True
    some = _SOME_RE.search(between)
    return bool(some and _EVERYTHING_RE.search(ahead) and (not some["noun"] or some["noun"] in noun))


def _wholes(where: Stated) -> Iterator[tuple[Figure, Figure, str]]:
    """Two figures of which the one is said to be of the other, and the words before that part."""
    for at, whole in enumerate(where.figures):
        among = _AMONG_RE.search(where.text[: where.start(whole)]) and whole.unit not in TIMES
        for part in where.figures[at + 1 : at + 1 + _ASIDES]:
            between = _ASIDE_RE.sub(" ", where.between(whole, part))
            if ". Trong" in between and any(_alike(one, whole) for one in _in_sentence(where, at)):
                break  # a new sentence may be of several sums told side by side
            opened = _OF_WHICH_RE.fullmatch(between) or (among and _AMONG_THEM_RE.fullmatch(between))
            if opened:
                yield whole, part, opened["part"].rpartition(",")[2] if among else opened["part"]
                if not among:
                    yield from _listed_parts(where, whole, part, ":" in between)
            elif _IN_ALL_RE.fullmatch(between):
                yield part, whole, ""
            if opened or re.search(r"[.;]\s|\d", re.sub(r"\([^()]*$", "", between)):
                break


def _listed_parts(
    where: Stated, whole: Figure, part: Figure, opened: bool
) -> Iterator[tuple[Figure, Figure, str]]:
    """The parts told behind one, each behind a comma, or a semicolon where a colon opened their list.

    What is many times the whole is of another one.
    """
    at = where.figures.index(part)
    for before, one in pairwise(figure for figure in where.figures[at : at + _REACH] if figure.unit != "%"):
        gap = _ASIDE_RE.sub(" ", where.between(before, one))
        gap = gap.replace(";", ",") if opened else gap
        if not _NEXT_PART_RE.fullmatch(gap) or _OTHER_RE.search(gap) or _ALL_AGAIN_RE.search(gap):
            return
        if Decimal(one.value) <= Decimal(whole.value) * _TWICE:
            yield whole, one, ""


def _among_those(where: Stated) -> Iterator[tuple[Figure, Figure, str]]:
    """A part said to be of what was just counted, and the count of its unit nearest before it."""
    if "rong số" not in where.text and "rong tổng số" not in where.text:
        return
    for at, part in enumerate(where.figures):
        if not at:
            continue
        counts = [one for one in where.figures[max(0, at - _REACH) : at] if _alike(one, part)]
        those = _OF_THOSE_RE.match(where.text, where.end(part))
        done = _AMONG_DONE_RE.search(where.text, where.end(where.figures[at - 1]), where.start(part))
        if those and counts:
            whole = _made_before(counts)
            if "," not in those["thing"] or where.text.startswith(those["thing"].rstrip(), where.end(whole)):
                yield whole, part, ""
        elif done:
            so_done = (one for one in reversed(counts) if _is_so_done(where, one, done["thing"], done["deed"]))
            yield from ((whole, part, "") for whole in islice(so_done, 1))


def _is_so_done(where: Stated, whole: Figure, thing: str, deed: str) -> bool:
    """Whether a count is of things with which something was done: ``tiếp nhận 58 tin báo về tội phạm``."""
    before, behind = where.text[: where.start(whole)].lower(), where.text[where.end(whole) :].lower()
    return behind.lstrip().startswith(thing.lower()) and deed.lower() in before[-_NEAR:]


def _made_before(counts: Sequence[Figure]) -> Figure:
    """The count told last, or the one that all behind it make: ``791 tỷ: 282 tỷ, 292 tỷ và 217 tỷ``."""
    values = [Decimal(one.value) for one in counts]
    wholes = (one for at, one in enumerate(counts[:-2]) if values[at] == sum(values[at + 1 :]))
    return next(wholes, counts[-1])


def _told(figure: Figure) -> str:
    return f"{figure.printed} {figure.unit}" if figure.unit and figure.unit != "%" else figure.printed


def _alike(one: Figure, other: Figure) -> bool:
    units = {(figure.unit or "").lower() for figure in (one, other)}
    exact = not (other.of or one.bound or other.bound)
    if not exact or "%" in units or "" in units:
        return False
    short, long = min(units, key=len), max(units, key=len)
    return len(units) == 1 or units <= PEOPLE or (short not in _BODIES and long.startswith(f"{short} "))


PART = rule("FIG-225", check_parts_of_text)
SOME_OF_RULES = (PART,)
