"""FIG of misprints: numbers that are others mistyped, by all that the numbers of the paper give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.learned.bearings import Says
from graphs.checks.learned.borne_out import borne_out
from graphs.checks.learned.by_chance import Hit
from graphs.checks.learned.in_lines import Number
from graphs.checks.learned.mistyped import Mistyped, mistyped
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.models import Finding, Severity, Span

#: What tells how things are; what is set is added to it or taken from it.
_OF_NOW = (Says.ROW, Says.TOLD, Says.RATE, Says.POINTS)
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: From so much on a number is told as mistyped, in natural logarithms of odds.
SURE = 3.3
#: What chance makes often is no reason; so many reasons are told.
_REASON, _MOST = 1.0, 2


def check_misprints(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``huy động 1.903.430 triệu đồng; riêng năm nay 570.195, bằng 26,6%`` where a table has 507.195."""
    places = set(borne_out(subject))
    coming = _levels_to_come(subject)
    for one in () if subject.is_rule() else mistyped(subject, SURE):
        finding = _finding(one)
        later = coming.intersection(finding.spans) and _is_of_before(one, coming)
        if places.isdisjoint(finding.spans) and not later:
            places.update((*finding.spans, *finding.evidence))
            tally.failed += 1
            yield finding


def _levels_to_come(subject: Subject) -> set[Span]:
    """Where levels stand that are due in a year after that of the paper."""
    year = str(subject.as_of.year) if subject.as_of else ""
    periods = [(one.level, _YEAR_RE.findall(one.period or "")) for one in subject.targets if one.level and year]
    return {level for level, years in periods if level and years and max(years) > year}


def _is_of_before(found: Mistyped, coming: set[Span]) -> bool:
    """Whether a level to come is only held against what was: a rate or a number told of this year."""
    told = [hit.given for hit in found.hits if hit.strength > _REASON]
    return all(given.how in _OF_NOW and _span(given.terms[0]) not in coming for given in told)


def _finding(found: Mistyped) -> Finding:
    one = found.one
    expected = _printed(one, found.whole)
    reasons = _reasons(found, expected)
    terms = (term for hit in reasons for term in hit.given.terms)
    why = [_why(hit, expected) for hit in reasons]
    return MISPRINT.finding(
        (_span(one),),
        f"ghi {_told(one)}, có lẽ là {expected}: {'; '.join(map(str, why))}",
        f"{_told(one)} is stated, maybe {expected} is meant: {'; '.join(reason.en for reason in why)}",
        stated=_told(one),
        expected=expected,
        evidence=tuple(dict.fromkeys(map(_span, terms))),
        suggestion=both("xem số nào gõ sai", "see which of the numbers is mistyped"),
        severity=Severity.WARNING,
        page=one.place.where.block.page if one.place else None,
    )


def _reasons(found: Mistyped, expected: str) -> Sequence[Hit]:
    """What gives the other number: the surest, and none that only chance may explain beside it."""
    by_strength = sorted(found.hits, key=lambda hit: -hit.strength)
    return [hit for at, hit in enumerate(by_strength[:_MOST]) if not at or hit.strength > _REASON]


def _why(hit: Hit, expected: str) -> Bilingual:
    """How other numbers give one."""
    terms, how = [_told(term) for term in hit.given.terms], hit.given.how
    if how is Says.ROW:
        return both(
            f"dòng của bảng có {terms[1]} ghi {expected}", f"the row of a table with {terms[1]} has {expected}"
        )
    if how is Says.TOLD:
        return both(f"chỗ khác ghi {expected}", f"elsewhere it is {expected}")
    if how in (Says.PART, Says.WHOLE, Says.GROWN):
        rate, other = terms
        if how is Says.PART:
            return both(f"{rate} của {other}", f"{rate} of {other}")
        if how is Says.WHOLE:
            return both(f"{other} bằng {rate}", f"{other} is {rate} of it")
        return both(f"chênh {rate} so với {other}", f"{rate} apart from {other}")
    if how is Says.GROWTH:
        return both(f"{terms[0]} so với {terms[1]}", f"{terms[0]} against {terms[1]}")
    words = _sum(hit)
    return both(f"{words} = {expected}", f"{words} = {expected}")


def _sum(hit: Hit) -> str:
    """What is worked out, in signs."""
    given, (first, *rest) = hit.given, [_told(term) for term in hit.given.terms]
    if given.how in (Says.RATE, Says.MEAN):
        return " / ".join((first, *rest))
    values = [term.value for term in given.terms]
    middle = (given.low + given.high) / 2
    if given.how is Says.POINTS and not rest:
        return f"100 - {first}"
    if middle >= max(values):
        return " + ".join((first, *rest))
    printed = [one for _, one in sorted(zip(values, (first, *rest), strict=True), key=lambda it: -it[0])]
    return " - ".join(printed)


def _told(one: Number) -> str:
    """A number as it is printed; of a ratio its own part."""
    if one.cell:
        return one.cell.printed
    printed = one.place.figure.printed if one.place else ""
    first, _, second = printed.partition("/")
    return second.strip() if one.out_of else first.strip() if second and one.place and one.place.of else printed


def _span(one: Number) -> Span:
    if one.cell:
        return one.cell.span
    if one.place is None:
        raise ValueError(one)
    return one.place.figure.span


def _printed(one: Number, whole: int) -> str:
    """Another number as it would be printed in the place of one."""
    scale = one.place.scale if one.place else 1.0
    value, places = whole * one.step / scale, len(_told(one).partition(",")[2].rstrip("%‰ "))
    printed = f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))
    return printed + ("%" if one.sort == "%" else "")


MISPRINT = rule("FIG-277", check_misprints)
MISPRINT_RULES = (MISPRINT,)
