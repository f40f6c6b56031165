"""FIG of a change with a digit wrong, whose two values stand in one row elsewhere in the paper.

``Nợ đến cuối năm 73.420 triệu đồng, giảm 595 triệu đồng`` where its row has 73.815 and 73.420: 395. Nothing else
of the paper may give the number that is told (`graphs.checks.learned.ways`), and the word must be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.learned.claimed import Claim
from graphs.checks.learned.partners import kind_of, values_near
from graphs.checks.learned.pointers import cover
from graphs.checks.learned.rose import CHANGES_RE, order, without_years
from graphs.checks.learned.values import Node, Values
from graphs.checks.learned.ways import odds, pointed, values_of_paper
from graphs.checks.reading.arithmetic import digits_of, show, slip_by_chance
from graphs.checks.reading.placed import Placed
from graphs.checks.reading.telling import carrying_in
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding

#: What gives the number told so surely makes it right; in longer rows many numbers stand by chance.
_GIVEN, _LONG_ROW = 0.5, 12
#: A number of two digits is a slip of many others: it is told of a row that the sentence names.
_SHORT, _NAMED = 2, 0.4
_HUNDRED = 100.0


@dataclass(frozen=True, eq=False)
class Apart:
    """A value beside a change, the later and the earlier number of its row, and what lies between the two."""

    value: Placed
    now: Node
    before: Node
    exact: float


def check_slipped(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A change told in the text is the difference of the values that its row has for two times."""
    for claim, pointers in pointed(subject)[0]:
        told = claim.told
        if told is None or any(odds(one) > _GIVEN for one in pointers):
            continue
        found = [one for one in _apart(values_of_paper(subject), claim, told) if _is_slip(claim, told, one)]
        if len({_as_told(told, one.exact) for one in found}) == 1:
            tally.failed += 1
            yield _finding(claim, told, found[0])


def _apart(values: Values, claim: Claim, told: Placed) -> Iterator[Apart]:
    """What lies between a value beside a change and the other numbers of its row that are of another time."""
    near = list(values_near(claim, told))
    beside = [one for one in near if one.sentence == told.sentence and one.end <= told.start]
    # "Nếu không kể …, thu nội địa 7.362 tỷ đồng, tăng 11,5%": of the value of its own sentence.
    for value in (one for one in near if one.sentence >= told.sentence or not any(_alike(one, o) for o in beside)):
        kind, own = kind_of(value), value.value / value.scale
        same = values.near(kind, value.value, value.value)
        if kind or value.scale != 1:
            same += [one for one in values.near("", own, own) if one.cell and not one.told.unit]
        for held in same:
            row = values.rows[held.row]
            for other in row if held.block != claim.block and len(row) <= _LONG_ROW else ():
                if other is held or other.kind != held.kind or other.value == held.value:
                    continue
                later = order(held.head, other.head)
                if later and not CHANGES_RE.search(f"{other.head}\n{held.head}"):
                    now, before = (held, other) if later > 0 else (other, held)
                    exact = _between(told, kind, now.value, before.value, value.value / held.value)
                    if exact is not None and (now.value > before.value) == claim.up:
                        yield Apart(value, now, before, exact)


def _alike(one: Placed, other: Placed) -> bool:
    return kind_of(one) == kind_of(other) and one.unit == other.unit


def _between(told: Placed, kind: str, now: float, before: float, scale: float) -> float | None:
    """By how much a value changed, in what the change is told in; None where it cannot be told so."""
    if told.sort == "%" and kind != "%":
        return abs(now / before * _HUNDRED - _HUNDRED) if before else None
    if (told.sort in ("%", "points")) != (kind == "%"):
        return None
    return abs(now - before) * scale


def _as_told(told: Placed, exact: float) -> Decimal:
    """An exact change in the unit and to the places of the one that is told."""
    places = Decimal(str(round(told.step / told.scale, 9))).normalize()
    return Decimal(str(round(exact / told.scale, 9))).quantize(places).normalize()


def _is_slip(claim: Claim, told: Placed, one: Apart) -> bool:
    """Whether a change is the exact one with a digit typed wrong, or two that changed places."""
    exact, printed = _as_told(told, one.exact), _as_told(told, told.value)
    if exact <= 0 or exact == printed:
        return False
    heads = f"{one.now.head} {one.before.head}"
    total = one.now.cell is not None and one.now.cell[1].total
    words = carrying_in(without_years(one.now.head)) if total else one.now.label
    named = cover(words, claim.said) > _NAMED
    like = without_years(one.now.head) == without_years(one.before.head)
    beside = one.value.sentence == told.sentence and abs(told.rank - one.value.rank) in (1, 2)
    rare = len(str(round(one.value.value / one.value.step)).rstrip("0")) > _SHORT
    if not all(year in heads for year in claim.years) or not (named or like or (beside and rare)):
        return False
    if slip_by_chance(exact, printed) is None:
        return named and like and beside and _differs_once(exact, printed)
    return claim.digits > _SHORT or named or (beside and rare)


def _differs_once(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers of two digits differ in one of them.

    >>> _differs_once(Decimal(15), Decimal(25)), _differs_once(Decimal("1.5"), Decimal("2.6"))
    (True, False)
    """
    first, second = digits_of(one), digits_of(other)
    short = one.adjusted() == other.adjusted() and len(first) == len(second) == _SHORT
    return short and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def _finding(claim: Claim, told: Placed, one: Apart) -> Finding:
    exact, unit = show(_as_told(told, one.exact)), told.figure.unit or ""
    row = " ".join(one.now.shown.split())[:60]
    said = " ".join(claim.where.text[claim.at : told.end].split())
    values = f"{one.before.told.printed} → {one.now.told.printed}"
    return SLIPPED.finding(
        (told.figure.span,),
        f"ghi “{said}”, nhưng dòng “{row}”: {values}, chênh lệch {exact} {unit}".rstrip(),
        f"“{said}” is stated, but the row “{row}”: {values}, a difference of {exact}",
        stated=told.figure.printed,
        expected=exact,
        evidence=(one.now.told.span, one.before.told.span),
        suggestion=both("đối chiếu hai giá trị của dòng", "compare the two values of the row"),
        page=claim.where.block.page,
    )


SLIPPED = rule("FIG-332", check_slipped)
SLIPPED_RULES = (SLIPPED,)
