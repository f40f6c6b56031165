"""FIG of a total and what a sentence says that it is made of: ``42 cơ quan, gồm 20 …, 14 … và 8 …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.brackets import closing_of
from graphs.checks.reading.moved import head
from graphs.checks.reading.placed import MEASURED, sort_of
from graphs.checks.reading.prose import ANOTHER_RE, Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding

_MADE_OF_RE = re.compile(
    r"[^.;]{0,80}?(?<!không )(?P<word>\bbao gồm|(?<!bao )\bgồm(?: có)?)\b(?! cả\b)[^.;\d]{0,50}$",
    re.IGNORECASE,
)
_BY_YEAR_RE = re.compile(
    r"[^.;()]{0,80}?\((?:trong đó:?\s*)?(?:năm|quý|\d{1,2} tháng)[^.;()]{0,25}$", re.IGNORECASE
)
#: Behind parts of one kind: what all of them have, in another unit.
_HAS_RE = re.compile(r",\s+(?:có|diện tích|quy mô|tổng)\b[^,;]*$", re.IGNORECASE)
#: Before the last part.
_LAST_RE = re.compile(r"\bvà\s+$")
_NEAR = 20
#: Where a sentence comes back from the parts to their whole: ``gồm A 9 giải, B 24 giải, đạt 111,7% kế hoạch``.
_BACK_RE = re.compile(
    r"(?:[^,;]*[,)]\s*|^\s*)(?:đã\s+)?"
    r"(?:đạt|bằng|vượt|tăng|giảm|chiếm|tương đương|tương ứng|hoàn thành|so với|thiếu|hụt)\b[^,;]*$",
    re.IGNORECASE,
)
#: The number of a point that begins behind parts that have none: ``và 3 thông tư (1) Sở Tài chính …``.
_POINT_RE = re.compile(r"(?<!\S)\((?:\d{1,2}|[ivx]{1,4}|\*{1,3})\)\s+(?=[A-ZĐÀ-Ỹ])")
#: Before what a part is of: ``19,6 km còn thiếu của 05 huyện``.
_OF_RE = re.compile(r"\b(?:của|tại|ở|trên|thuộc)(?: địa bàn)?\s*$", re.IGNORECASE)


def check_text_sums(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``42 cơ quan, gồm 20 …, 14 … và 8 …`` and ``… (năm 2021: …; năm 2022: …)`` add up."""
    for where in everywhere(subject):
        for at, total in enumerate(where.figures):
            if total.unit == "%" or total.of:
                continue
            parts = parts_of(where, at)
            if len(parts) >= 2:
                # "2.380 tỷ, bằng 108% dự toán (2.200 tỷ), gồm …": the total of the sentence is the one that fits.
                yield from _added(where, _meant(where, at, parts), parts, tally)


def _meant(where: Stated, at: int, parts: tuple[Figure, ...]) -> Figure:
    """The figure that some parts make: one before in its sentence that is their sum, else the one told last."""
    total, sum_ = where.figures[at], sum((Decimal(part.value) for part in parts), Decimal(0))
    # "96 tổ chức, diện tích 428,6 ha, gồm 41 tổ chức …, 55 tổ chức …": of what its parts are.
    units = {part.unit for part in parts}
    unit = total.unit if None in units or len(units) > 1 else parts[0].unit
    before = (
        one
        for one in where.figures[:at]
        if one.unit == unit and where.sentence_end(where.end(one)) > where.start(total)
    )
    known = [one for one in before if not one.of]
    fits = next((one for one in known if Decimal(one.value) == sum_), None)
    ahead = where.text[: where.start(total)]
    # A number in a bracket is told of the one before it.
    aside = ahead.count("(") > ahead.count(")") and ")" in where.between(total, parts[0])
    return fits or (known[-1] if known and (aside or unit != total.unit) else total)


def parts_of(where: Stated, at: int) -> tuple[Figure, ...]:
    """The figures that a total says it is made of; none where it does not say so."""
    total = where.figures[at]
    rest = where.figures[at + 1 :]
    if not rest:
        return ()
    gap = where.between(total, rest[0])
    by_year = bool(_BY_YEAR_RE.fullmatch(gap))
    if not by_year and not _MADE_OF_RE.fullmatch(gap):
        return ()
    opened = gap.count("(") > gap.count(")")
    limit = closing_of(where.text, where.end(total), opened)
    if not opened and not by_year and limit > 0 and where.text[limit : limit + 1] == ";":
        firsts = _first_of_each(where, total, limit) if gap.rstrip().endswith(":") or ":" in gap else ()
        if firsts:
            return firsts
        limit = _end_of_list(where, total, rest, limit)
    inside = [figure for figure in rest if where.end(figure) <= limit]
    if by_year:
        inside = [figure for figure in inside if figure.unit in (total.unit, None) or _same_money(figure, total)]
        inside = [figure for figure in inside if figure.unit != "%" and not figure.of]
        periods = [figure.period for figure in inside]
        return tuple(inside) if len(set(periods)) == len(periods) else ()
    low = where.end(total) + len(gap)
    inside = inside[: _back(where, inside)]
    inside = [figure for figure in inside if not (figure.unit == "%" and _nested(where, low, figure, opened))]
    if any(figure.unit == "%" or figure.of for figure in inside):
        return ()
    # A bracket inside a part, or a part made of parts itself, tells of something else.
    flat = [figure for figure in inside if not _nested(where, low, figure, opened)]
    if _is_money(total):  # "486,5 tỷ đồng, gồm: 03 dự án giao thông 168,0 tỷ đồng, …": of money, money
        flat = [figure for figure in flat if not figure.unit or _is_money(figure)]
    elif total.unit:  # "620 hộ, gồm 455 hộ, 165 hộ, kinh phí 21,5 tỷ đồng": what they cost is no part
        flat = list(takewhile(lambda figure: not _is_money(figure), flat))
    if flat and flat[0].unit == total.unit:
        flat = [part for part in flat if part.unit == total.unit or not _OF_RE.search(_ahead(where, part))]
    return tuple(_until_another_thing(where, flat, numbered=_POINT_RE.search(gap) is not None))


def _back(where: Stated, told: Sequence[Figure]) -> int:
    """How many of some figures stand before the sentence comes back to their whole, for the rest of it."""
    for at in range(1, len(told)):
        gaps = [where.between(one, other) for one, other in pairwise(told[at - 1 :])]
        if all(map(_BACK_RE.match, gaps)):
            return at
    return len(told)


def _ahead(where: Stated, figure: Figure) -> str:
    """The words right before a figure."""
    return where.text[max(0, where.start(figure) - _NEAR) : where.start(figure)]


def _first_of_each(where: Stated, total: Figure, limit: int) -> tuple[Figure, ...]:
    """The first figures of parts that all tell several, set apart by semicolons: ``A 168, giải ngân 118; …``."""
    low, end, found = where.text.find(":", where.end(total)), where.sentence_end(limit), []
    pieces = where.text[low:end].split(";")
    for piece in pieces:
        own = [
            one for one in where.figures if low <= where.start(one) < low + len(piece) and one.unit == total.unit
        ]
        plain = [one for one in own if not _nested(where, low, one, False) and not one.of]
        found.append(plain)
        low += len(piece) + 1
    many = len(found) > 1 and all(len(one) > 1 for one in found)
    return tuple(one[0] for one in found) if many else ()


def _end_of_list(where: Stated, total: Figure, rest: Sequence[Figure], limit: int) -> int:
    """Where parts set apart by semicolons end: with their sentence, where each is one figure of the unit."""
    end = where.sentence_end(limit)
    parts = [
        figure
        for figure in rest
        if where.end(figure) <= end
        and not (figure.unit == "%" and _nested(where, where.end(total), figure, False))
    ]
    gaps = [where.between(one, other) for one, other in pairwise(parts)]
    one_each = all(gap.count(";") == 1 for gap in gaps) and all(part.unit == total.unit for part in parts)
    return end if len(parts) > 2 and one_each else limit


def _until_another_thing(where: Stated, parts: list[Figure], *, numbered: bool) -> Iterator[Figure]:
    """The parts as far as the words between them only list: ``… để thành lập 05 …`` begins another thing."""
    for at, part in enumerate(parts):
        words = where.between(parts[at - 1], part) if at else ""
        if not numbered and _POINT_RE.search(words):
            return
        if ANOTHER_RE.search(words) or (part.unit != parts[0].unit and _HAS_RE.search(words)):
            return
        if at > 1 and words.count(",") and _LAST_RE.search(where.between(parts[at - 2], parts[at - 1])):
            return
        yield part


def _is_money(figure: Figure) -> bool:
    return (figure.unit or "").endswith("đồng")


def _same_money(one: Figure, other: Figure) -> bool:
    return bool(one.unit and other.unit and one.unit.split()[0] == other.unit.split()[0])


def _nested(where: Stated, low: int, figure: Figure, opened: bool) -> bool:
    before = where.text[low : where.start(figure)]
    depth = before.count("(") - before.count(")")
    return depth > 0 or bool(re.search(r"\b(?:bao gồm|gồm|trong đó)\b[^,;]*$", before))


def _added(where: Stated, total: Figure, parts: tuple[Figure, ...], tally: Tally) -> Iterator[Finding]:
    if sort_of(total) in MEASURED and all(sort_of(part) == "count" for part in parts):
        return  # "diện tích 412 ha, gồm 8 xã và 1 thị trấn": what a measured thing has in it
    whole = Decimal(total.value)
    sum_ = sum((Decimal(part.value) for part in parts), Decimal(0))
    # "86 em, gồm 12 đội, 41 nam, 45 nữ": the first, of a noun of its own, is no part.
    own = (
        parts[0].unit
        and head(parts[0]) != head(total)
        and len(parts) > 2
        and sum_ - whole == Decimal(parts[0].value)
    )
    # "476 tuyến, dài 821,2 km, gồm 6 tuyến …": the sum is told before, of the things that they are.
    ahead = [one for one in where.figures if where.end(one) <= where.start(parts[0])]
    ahead = [one for one in ahead if where.sentence_end(where.end(one)) > where.start(total)]
    told = any(Decimal(one.value) == sum_ for one in ahead)
    near = total.bound and abs(sum_ - whole) <= whole / 20
    if sum_ == whole or told or own or near or _all_told(where, total, parts):
        tally.held += 1
        return
    other = any(Decimal(part.value) >= whole for part in parts) and any(part.unit != total.unit for part in parts)
    if (
        other
        or total.bound
        or any(part.bound for part in parts)
        or all(part.value == total.value for part in parts)
    ):
        tally.skip(
            both(
                "không chắc các số sau là thành phần của số trước",
                "not sure that the numbers behind are parts of the one before",
            )
        )
        return
    tally.failed += 1
    words = " + ".join(show(Decimal(part.value)) for part in parts)
    yield TEXT_SUM.finding(
        (total.span,),
        f"ghi {total.printed}{f' {total.unit}' if total.unit else ''}, nhưng {words} = {show(sum_)}",
        f"{total.printed} is stated, but {words} = {show(sum_)}",
        stated=total.printed,
        expected=show(sum_),
        evidence=tuple(part.span for part in parts),
        suggestion=both("kiểm tra lại số tổng hoặc các số thành phần", "check the total or its parts"),
        page=where.block.page,
    )


def _all_told(where: Stated, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether all numbers up to the end of the parts' bracket make the total: ``(12 vàng, 10 bạc, 13 đồng)``."""
    ahead = where.between(total, parts[0])
    end = closing_of(where.text, where.end(total), ahead.count("(") > ahead.count(")"))
    inside = [one for one in where.figures if where.start(parts[0]) <= where.start(one) and where.end(one) <= end]
    plain = [Decimal(one.value) for one in inside if one.unit != "%" and not one.of]
    return len(plain) > len(parts) and sum(plain, Decimal(0)) == Decimal(total.value)


TEXT_SUM = rule("FIG-202", check_text_sums)
MADE_OF_RULES = (TEXT_SUM,)
