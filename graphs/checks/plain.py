"""FIG of running text that arithmetic alone decides: a part and its whole, an area and what it yields."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from decimal import Decimal

from graphs.checks.arithmetic import places_of, show
from graphs.checks.prose import Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding

_OF_WHICH_RE = re.compile(
    r"[^.;()\d]{0,90}?(?:,?\s*\(?\b[Tt]rong (?:số )?đó\b(?:\s+có)?\s*:?|,\s+riêng)(?P<part>[^.;()\d]{0,60})$"
)
#: "Trong 26 hệ thống trên, có 28 hệ thống …": the whole is named before its part.
_AMONG_RE = re.compile(r"\b[Tt]rong (?:tổng )?(?:số )?$")
#: "31.250 tấn trong tổng số 30.450 tấn": the part stands before its whole.
_IN_ALL_RE = re.compile(r"[^.;()\d]{0,60}?\b(?:trong|trên) (?:tổng số|tổng|số)\s*$", re.IGNORECASE)
_AMONG_THEM_RE = re.compile(r"(?P<part>[^.;()\d]{0,90})")
#: "…; 52 đơn vị trong số này …": the part is named before what it is of.
_OF_THOSE_RE = re.compile(r"[^.;,()\d]{0,40}?\btrong (?:tổng )?số (?:này|đó|trên|ấy|nêu trên)\b")
#: "trong số thành lập mới có 1.502 doanh nghiệp", where "thành lập mới 1.486 doanh nghiệp" was told.
_AMONG_NAMED_RE = re.compile(r"\b[Tt]rong số (?P<words>[^.;:,()\d]{4,40}?),?\s+(?:thì\s+)?có\s+(?=\d)")
_NAME_WORDS, _REACH = 2, 10
_TIMES = frozenset(("giờ", "phút", "ngày", "ngày làm việc", "tuần", "tháng", "quý", "năm"))
#: What may stand between a whole and its part: brackets, years.
_ASIDE_RE = re.compile(r"\([^()]{0,120}\)|\btrong (?:các |hai |ba )?năm (?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?")
#: So many numbers may stand in them.
_ASIDES = 5
#: Another time, a plan or a rise is no part of what was counted; nor is a mean.
_OTHER_RE = re.compile(
    r"\b(?:kế hoạch|(?:cả|các|mỗi|hằng|hàng|từng) năm|năm (?:trước|sau|nay|qua|tới)|năm\s*$|quý|tháng|so với"
    r"|cùng kỳ|lũy kế|luỹ kế|tăng|giảm|bình quân|trung bình|cao nhất|thấp nhất|tối đa|dài|rộng|mỗi)\b",
    re.IGNORECASE,
)
_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|bình quân|trung bình|còn thiếu|còn lại|chênh lệch|mỗi [^\W\d_]+)"
    r"(?:\s+(?:thêm|được|khoảng))*\s*$",
    re.IGNORECASE,
)
#: Words for people: a part of the ones may be counted as the others.
PEOPLE = frozenset(
    (
        "người",
        "lao động",
        "cán bộ",
        "công chức",
        "viên chức",
        "học sinh",
        "học viên",
        "đảng viên",
        "đối tượng",
        "cá nhân",
        "hội viên",
    )
)
_AREA_RE = re.compile(r"\s*(?:ha|hecta|héc ta)\b", re.IGNORECASE)
_YIELD_RE = re.compile(r"\s*(?P<unit>tạ|tấn)\s*/\s*ha\b", re.IGNORECASE)
_TONS_RE = re.compile(r"\s*tấn\b(?!\s*/)", re.IGNORECASE)
_YIELD_NAME_RE = re.compile(r"năng suất[^.;:\d]{0,40}$", re.IGNORECASE)
_CROP_RE = re.compile(r"(?:^|[.;:]\s+)[\s*+–-]*(?P<crop>[^\W\d_][^.;:,\d]{0,40}?)\s*:[^.;:]*$")
_TENTH = Decimal(10)


def check_parts_of_text(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``350 người, trong đó công chức cấp xã 400 người``: a part is no more than its whole."""
    told: deque[Stated] = deque(maxlen=_REACH)
    for where in everywhere(subject) if not subject.is_rule() else ():
        told.append(where)
        for whole, part, named in (*_wholes(where), *_among_those(where), *_among_named(where, told)):
            if not _alike(whole, part) or _OTHER_RE.search(named):
                continue
            if _CHANGE_RE.search(where.text[: where.start(whole)]):
                continue
            if Decimal(part.value) <= Decimal(whole.value):
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


def _wholes(where: Stated) -> Iterator[tuple[Figure, Figure, str]]:
    """Two figures of which the one is said to be of the other, and the words before that part."""
    for at, whole in enumerate(where.figures):
        among = _AMONG_RE.search(where.text[: where.start(whole)]) and whole.unit not in _TIMES
        for part in where.figures[at + 1 : at + 1 + _ASIDES]:
            between = _ASIDE_RE.sub(" ", where.between(whole, part))
            opened = _OF_WHICH_RE.fullmatch(between) or (among and _AMONG_THEM_RE.fullmatch(between))
            if opened:
                yield whole, part, opened["part"].rpartition(",")[2] if among else opened["part"]
            elif _IN_ALL_RE.fullmatch(between):
                yield part, whole, ""
            if opened or re.search(r"[.;]\s|\d", re.sub(r"\([^()]*$", "", between)):
                break


def _among_those(where: Stated) -> Iterator[tuple[Figure, Figure, str]]:
    """A part said to be of what was just counted, and the count of its unit nearest before it."""
    if "trong số" not in where.text and "Trong số" not in where.text:
        return
    for at, part in enumerate(where.figures):
        if at and _OF_THOSE_RE.match(where.text, where.end(part)):
            for whole in reversed(where.figures[max(0, at - _ASIDES) : at]):
                if whole.unit == part.unit:
                    yield whole, part, ""
                    break


def _among_named(where: Stated, told: Iterable[Stated]) -> Iterator[tuple[Figure, Figure, str]]:
    """A part of things that are named by what was done with them, and where they were counted before."""
    for found in _AMONG_NAMED_RE.finditer(where.text) if "rong số " in where.text else ():
        part = next((one for one in where.figures if where.start(one) == found.end()), None)
        words = re.escape(found["words"].strip().lower())
        if part is None or len(words.split()) < _NAME_WORDS:
            continue
        for place in told:
            for whole in place.figures:
                before = place.text[: place.start(whole)].lower().rstrip()
                counted = whole.unit == part.unit and re.search(rf"{words}(?:\s+được)?$", before)
                if counted and (place is not where or place.end(whole) < found.start()):
                    yield whole, part, ""


def _told(figure: Figure) -> str:
    return f"{figure.printed} {figure.unit}" if figure.unit and figure.unit != "%" else figure.printed


def _alike(one: Figure, other: Figure) -> bool:
    units = {(figure.unit or "").lower() for figure in (one, other)}
    exact = not (one.of or other.of or one.bound or other.bound)
    return exact and units != {"%"} and "" not in units and (len(units) == 1 or units <= PEOPLE)


def check_yields(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``diện tích 486 ha, năng suất 32,5 tạ/ha, sản lượng 1.579,5 tấn``: the one times the other is the third."""
    areas: dict[str, Figure] = {}
    for where in everywhere(subject) if not subject.is_rule() else ():
        for at, figure in enumerate(where.figures):
            if _AREA_RE.match(where.text, where.end(figure)):
                areas[_name_before(where, at)] = figure
            named = _YIELD_RE.match(where.text, where.end(figure))
            if named and _YIELD_NAME_RE.search(where.text[: where.start(figure)]) and not figure.bound:
                tons = _tons(where, at)
                in_tons = Decimal(1) if named["unit"].lower() == "tấn" else 1 / _TENTH
                if tons is not None:
                    yield from _multiplied(where, _areas(where, at, tons, areas), figure, tons, in_tons, tally)


def _name_before(where: Stated, at: int) -> str:
    """The word or words right before a figure, since the mark before them, in small letters."""
    low = where.end(where.figures[at - 1]) if at else 0
    words = re.split(r"[.;:,()]", where.text[low : where.start(where.figures[at])])[-1]
    return " ".join(words.lower().split()).strip("-+* ")


def _tons(where: Stated, at: int) -> Figure | None:
    """The output told right behind a yield, in its sentence."""
    rest = [one for one in where.figures[at + 1 : at + 4] if _TONS_RE.match(where.text, where.end(one))]
    near = rest and "sản lượng" in where.between(where.figures[at], rest[0]).lower()
    inside = rest and where.sentence_end(where.end(where.figures[at])) >= where.start(rest[0])
    return rest[0] if near and inside and not rest[0].bound else None


def _areas(where: Stated, at: int, tons: Figure, areas: dict[str, Figure]) -> list[Figure]:
    """The areas told before the output in its sentence, else that of the crop which its item names."""
    before = where.text[: where.start(where.figures[at])]
    low = max(before.rfind(". "), before.rfind("; "), before.rfind(": "), 0)
    own = [
        one
        for one in where.figures
        if low <= where.start(one) < where.start(tons) and _AREA_RE.match(where.text, where.end(one))
    ]
    crop = _CROP_RE.search(before)
    named = areas.get(crop["crop"].lower().strip()) if crop else None
    return own or ([named] if named else [])


def _multiplied(
    where: Stated, areas: list[Figure], rate: Figure, tons: Figure, in_tons: Decimal, tally: Tally
) -> Iterator[Finding]:
    """Held where one of the areas, times the yield, gives the output; of several none need be the one meant."""
    if any(_gives(area, rate, tons, in_tons) for area in areas):
        tally.held += 1
        return
    if len(areas) != 1 or areas[0].bound:
        return
    area = areas[0]
    exact = Decimal(area.value) * Decimal(rate.value) * in_tons
    tally.failed += 1
    sum_ = f"{area.printed} ha × {rate.printed} {'tấn' if in_tons == 1 else 'tạ'}/ha = {show(exact)} tấn"
    yield YIELD.finding(
        (tons.span,),
        f"ghi sản lượng {tons.printed} tấn, nhưng {sum_}",
        f"an output of {tons.printed} tons is stated, but {sum_}",
        stated=tons.printed,
        expected=show(exact),
        evidence=(area.span, rate.span),
        suggestion=both("đối chiếu diện tích, năng suất, sản lượng", "compare area, yield and output"),
        page=where.block.page,
    )


def _gives(area: Figure, rate: Figure, tons: Figure, in_tons: Decimal) -> bool:
    """Whether some area and yield that round to those printed make the output."""
    half_area, half_rate = (Decimal(1).scaleb(-places_of(one.value)) / 2 for one in (area, rate))
    size, each = Decimal(area.value), Decimal(rate.value)
    low = (size - half_area) * (each - half_rate) * in_tons
    high = (size + half_area) * (each + half_rate) * in_tons
    slack = Decimal(1).scaleb(-places_of(tons.value))
    return low - slack <= Decimal(tons.value) <= high + slack


PART = rule("FIG-225", check_parts_of_text)
YIELD = rule("FIG-226", check_yields)
PLAIN_RULES = (PART, YIELD)
