"""FIG of a word for a way that the numbers of the paper deny: said to rise what fell, to be more what is less.

Whatever the words in between: what else of the paper points to a way (`pointed`, `went`) is weighed, by what such
pointers are worth in papers without a fault, where the word tells the way (`data/ways.csv`). Where one makes
the word right, nothing is told.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from graphs.checks.learned.between_years import check_between_years
from graphs.checks.learned.claimed import PLAN_RE, Claim, bare_claims, is_borne_out, told_claims
from graphs.checks.learned.directed import Directed, check_directed, directed
from graphs.checks.learned.meant import worked
from graphs.checks.learned.pointed import Pointing
from graphs.checks.learned.pointers import Pointer, Source
from graphs.checks.learned.rose import change_cells, movements
from graphs.checks.learned.values import Values, read_values
from graphs.checks.learned.went import Going
from graphs.checks.reading.prose import stated
from graphs.checks.reading.rows import Same, grids
from graphs.checks.report import Rule, Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding, Severity, Span

#: So surely something points the other way, and nothing this surely the way of the word: logarithms of odds.
_SURE, _MAYBE = 2.5, 1.0
_PAIR, _EQUAL = 2, 1e-6

#: A row called the only one, or wholly named.
_OWN = frozenset(("U:only=True lone=True", "U:rev>0.6"))

Pointed = tuple[Claim, tuple[Pointer, ...]]


def check_ways(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Sĩ số 41,7, thấp hơn cấp tiểu học 6,8`` where the paper has 34,9: it is more.

    The second part of a sum in its bracket changed nothing: ``11,87 tỷ đồng (miễn 10,06; giảm 1,81 tỷ đồng)``.
    """
    parts: frozenset[Span] | None = None
    for one in _turned(subject, tally):
        parts = _second_parts(subject) if parts is None else parts
        if one.spans[0] not in parts:
            yield one


def _second_parts(subject: Subject) -> frozenset[Span]:
    """Where the second of two numbers stands that stand in a bracket right behind their sum."""
    return frozenset(
        told.span
        for where in stated(subject)
        for whole, first, told in zip(where.figures, where.figures[1:], where.figures[2:], strict=False)
        if Decimal(whole.value) == Decimal(first.value) + Decimal(told.value)
        and "(" in where.between(whole, first)
        and not {"(", ")"} & {*where.between(first, told)}
    )


def _turned(subject: Subject, tally: Tally) -> Iterator[Finding]:
    known: set[Span] = set()
    for one in check_directed(subject, tally, TURNED):
        known.update(one.spans)
        yield one
    for claim, pointers in pointed(subject)[0]:
        if claim.told and claim.told.figure.span not in known:
            for one in _judged(subject, claim, pointers, tally, TURNED):
                known.update(one.spans)
                yield one
    for one in check_between_years(subject, tally, TURNED):
        if known.isdisjoint(one.spans):
            yield one


def check_bare_ways(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Nhóm duy nhất giảm là nhóm B``, whose row rose."""
    for claim, pointers in pointed(subject)[1]:
        yield from _judged(subject, claim, pointers, tally, WENT)


def pointed(subject: Subject) -> tuple[tuple[Pointed, ...], tuple[Pointed, ...]]:
    """The claims of a paper with and without a number, each with its pointers; read once for all rules."""
    return _read(Same(subject))


@lru_cache(maxsize=2)
def _read(read: Same[Subject]) -> tuple[tuple[Pointed, ...], tuple[Pointed, ...]]:
    subject = read.it
    if subject.is_rule():
        return (), ()
    told = tuple(told_claims(subject))
    bare = tuple(bare_claims(subject, told))
    if not told and not bare:
        return (), ()
    tables = grids(subject.document)
    changes: dict[int, list[Directed]] = defaultdict(list)
    for text in worked(subject):
        for one in (one for pairs in directed(text.told) for one in pairs):
            changes[one.change.told.figure.span.start].append(one)
    source = Source(values_of_paper(subject), changes, change_cells(tables), told)
    moved = movements(tables)
    return (
        tuple((one, tuple(Pointing(one, one.told, source).found())) for one in told if one.told),
        tuple((one, tuple(Going(one, source, moved).found())) for one in bare),
    )


def values_of_paper(subject: Subject) -> Values:
    """The numbers of a paper in their rows; read once for all rules."""
    return _values(Same(subject))


@lru_cache(maxsize=2)
def _values(read: Same[Subject]) -> Values:
    return read_values(read.it)


def odds(pointer: Pointer) -> float:
    """How surely a pointer is right, the natural logarithm of the odds."""
    table = worth()
    return sum(table.get(sign, 0.0) for sign in pointer.signs)


def surest(pointers: Sequence[Pointer], up: bool) -> tuple[float, Pointer | None]:
    """The pointer of a way that is the surest, with its odds."""
    told = [(odds(one), at) for at, one in enumerate(pointers) if one.up is up]
    if not told:
        return 0.0, None
    sure, at = max(told)
    return sure, pointers[at]


def _judged(
    subject: Subject, claim: Claim, pointers: Sequence[Pointer], tally: Tally, by: Rule
) -> Iterator[Finding]:
    right, _ = surest(pointers, claim.up)
    wrong, pointer = surest(pointers, not claim.up)
    borne_out = claim.told is not None and (is_borne_out(claim.told, claim.up) or _is_off_goal(claim))
    if pointer is None or wrong <= _SURE or right >= _MAYBE or borne_out:
        tally.held += right > _SURE
        return
    tally.failed += 1
    yield _finding(subject, claim, pointer, by)


def _is_off_goal(claim: Claim) -> bool:
    """Whether what was done and its goal make a claim right: ``mở 04 lớp, chỉ tiêu 03 lớp, vượt 01 lớp``."""
    before = [
        one for one in claim.places if claim.part[0] <= one.start and one.end <= claim.at and not one.is_name
    ]
    if claim.told is None or len(before) < _PAIR:
        return False
    done, goal = before[-_PAIR:]
    if done.sort != goal.sort or not PLAN_RE.search(claim.where.text, done.end, goal.start):
        return False
    away = done.beside(goal) - goal.value
    return (away > 0) == claim.up and abs(abs(away) - claim.told.beside(goal)) < _EQUAL


def _finding(subject: Subject, claim: Claim, pointer: Pointer, by: Rule) -> Finding:
    text, told = claim.where.text, claim.told
    said = " ".join(text[claim.at : told.end if told else claim.end].split())
    place = claim.block
    span = told.figure.span if told else subject.document.reading.hull(place + claim.at, place + claim.end)
    way, way_en = ("giảm, thấp hơn", "a fall, or less") if claim.up else ("tăng, cao hơn", "a rise, or more")
    return by.finding(
        (span,),
        f"ghi “{said}”, nhưng {pointer.why}: là {way}",
        f"“{said}” is stated, but {pointer.why.en}: {way_en}",
        stated=said,
        expected=way,
        evidence=pointer.spans,
        suggestion=both("đối chiếu chiều tăng, giảm", "compare which way it went"),
        # Said of one row of all, or in words that are all its own; any other word may be of another thing.
        severity=None if told or not _OWN.isdisjoint(pointer.signs) else Severity.NOTE,
        page=claim.where.block.page,
    )


@lru_cache(maxsize=1)
def worth() -> dict[str, float]:
    """What each sign is worth, in natural logarithms of odds."""
    table = files("graphs.checks.learned").joinpath("data/ways.csv").read_text(encoding="utf-8")
    return {row[0]: float(row[1]) for row in csv.reader(table.splitlines()[1:])}


TURNED = rule("FIG-311", check_ways)
WENT = rule("FIG-331", check_bare_ways)
WAY_RULES = (TURNED, WENT)
