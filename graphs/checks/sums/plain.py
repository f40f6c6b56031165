"""FIG of running text that arithmetic alone decides: an area and what it yields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import places_of, show
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding

_AREA_RE = re.compile(r"\s*(?:ha|hecta|héc ta)\b", re.IGNORECASE)
_YIELD_RE = re.compile(r"\s*(?P<unit>tạ|tấn)\s*/\s*ha\b", re.IGNORECASE)
_TONS_RE = re.compile(r"\s*tấn\b(?!\s*/)", re.IGNORECASE)
_YIELD_NAME_RE = re.compile(r"năng suất[^.;:\d]{0,40}$", re.IGNORECASE)
_CROP_RE = re.compile(r"(?:^|[.;:]\s+)[\s*+–-]*(?P<crop>[^\W\d_][^.;:,\d]{0,40}?)\s*:[^.;:]*$")
_TENTH = Decimal(10)


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


YIELD = rule("FIG-226", check_yields)
PLAIN_RULES = (YIELD,)
