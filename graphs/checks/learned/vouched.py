"""What rules find wrong with numbers, held against all that proves these numbers: what is proved is not wrong.

A rule reads numbers as one thing, or as worked out from one another. Where each of them is proved by others, or
where nothing that is known of them bears the reading out, it is the reading that is wrong. What each sign is worth
(``data/vouched.csv``) is learnt from papers without a fault, where all that is found is false, and from the same
papers with one number altered (`tools/fit_vouched.py`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from math import log

from graphs.checks.learned.borne_out import borne_out
from graphs.checks.learned.loosely import between
from graphs.checks.learned.meant import Worked, plain
from graphs.checks.learned.proven import Proof, Proofs
from graphs.checks.learned.trusted import supposed_by
from graphs.checks.reading.placed import Placed
from graphs.checks.report import Subject, Tally
from kb.bilingual import both
from kb.models import Finding, Severity, Span

#: The rules that are asked: of numbers worked out from one or two beside them; of many, or of few papers, of which
#: only what proves the numbers is weighed; of one number told at several places.
_WORKED_OUT = frozenset(f"FIG-{number}" for number in (201, 203, 214, 219, 270, 274))
_OF_MANY = frozenset(f"FIG-{number}" for number in (215, 217, 225, 230, 240, 241))
#: Of numbers that are named, and worked out from others that stand anywhere.
_BY_NAMES = frozenset(f"FIG-{number}" for number in (276, 302, 303, 304, 313, 314))
_RESTATED = frozenset(("FIG-207", "FIG-228"))
_OF_GROWTH = ("FIG-203", "FIG-219")
#: So sure must it be that a number is wrong.
ENOUGH = 0.7
_NUMBER_RE = re.compile(r"(?<!\w)\d[\d.]*(?:,\d+)?")
_BOUNDS_RE = re.compile(r"[≥≤<>]|\b(?:từ|tối thiểu|tối đa|không quá|trở lên|trở xuống)\b", re.IGNORECASE)
_APART_RE = re.compile(r"[;:()]|[.](?=\s)|\b(?:trong đó|gồm|tăng|giảm|so với|còn|riêng)\b", re.IGNORECASE)
_SAME = 1e-6
_CHANGED = frozenset(("tăng", "giảm", "vượt", "hơn", "thêm", "hụt", "chênh"))
_WAYS = (-2, 0, 2)
_FAR, _APART, _AGAIN, _HELD, _OFF = (1.5, 3, 4.5), (3, 5, 7), (0, 3), (0.5, 1.5), (0.02, 0.1, 0.3, 0.7)
_PROVED, _UNPROVED, _MOST_UNPROVED, _MOST_NUMBERS = (0.5, 1.5, 3), 1.0, 3, 12
_REACH, _AROUND, _ROUNDED, _LITTLE, _PAIR = 4, 20, 0.51, 0.002, 2


def vouched(subject: Subject, findings: Sequence[Finding], tally: Tally) -> Iterator[Finding]:
    """The findings without those whose numbers are proved by others; what is told twice is a note then.

    Two places of a paper may each be right in itself, and still tell one thing with two values.
    """
    for one in findings:
        if one.rule in _RESTATED and (_is_rounded(subject, one) or _is_split(subject, one)):
            tally.failed -= 1
            tally.held += 1
        elif not _is_borne_out(subject, one) and (not is_asked(subject, one) or odds(subject, one) > ENOUGH):
            yield one
        elif one.rule in _RESTATED:
            yield replace(one, severity=Severity.NOTE)
        else:
            tally.failed -= 1
            tally.skip(both("các số này có số khác chứng minh", "other numbers prove those that seem wrong"))


def _is_borne_out(subject: Subject, finding: Finding) -> bool:
    """Whether a number that is found wrong is proved by those nearest to it; a note may be of a proved one."""
    asked = finding.rule in _WORKED_OUT | _OF_MANY | _BY_NAMES and finding.severity is not Severity.NOTE
    return asked and bool(finding.spans) and finding.spans[0] in borne_out(subject)


def is_asked(subject: Subject, finding: Finding) -> bool:
    """Whether a finding is of numbers that others may prove."""
    if finding.rule not in _WORKED_OUT | _OF_MANY | _RESTATED or finding.severity is Severity.NOTE:
        return False
    stated, expected = (_value(text) for text in (finding.stated, finding.expected))
    if not finding.spans or stated is None or expected is None:
        return False
    if "%" not in (finding.stated or "") and abs(stated - expected) < _LITTLE * stated:
        return False  # rates beside them fit both numbers
    # Where both are one, only the word for the way of a change, or a unit, is found wrong: the numbers are right.
    places = len((finding.stated or "").partition(",")[2].rstrip("%"))
    if abs(stated - expected) <= _ROUNDED * 10**-places:
        return False
    return not _of_other_base(Proofs.of(subject), finding)


def _is_rounded(subject: Subject, finding: Finding) -> bool:
    """Whether one of two numbers is the other one in a round word: ``gần 56.000 hồ sơ`` of 55.994."""
    told = [one for text in (finding.stated, finding.expected) if (one := _value(text)) is not None]
    for place in map(Proofs.of(subject).place, (*finding.spans, *finding.evidence)):
        bounds = between(place) if place is not None else None
        if place is not None and bounds:
            own, low, high = (value / place.scale for value in (place.value, *bounds))
            if any(low <= one <= high and one != own for one in told):
                return True
    return False


def _is_split(subject: Subject, finding: Finding) -> bool:
    """Whether a number and those of its unit beside it come to the other: ``2 con chết, 3 con ốm`` of 5."""
    proofs, expected = Proofs.of(subject), _value(finding.expected)
    place, sum_ = proofs.place(finding.spans[0]), 0.0
    if place is None or expected is None or place.of is not None or not place.unit:
        return False
    for one in (place, *proofs.beside(finding.spans[0])):
        first, last = sorted((one, place), key=lambda it: it.start)
        alike = one.sort == place.sort and one.unit.split()[:1] == place.unit.split()[:1] and one.of is None
        if one is place or (alike and not _APART_RE.search(place.where.text, first.end, last.start)):
            sum_ += one.value / place.scale
    return sum_ != place.value / place.scale and abs(sum_ - expected) < _SAME


def _of_other_base(proofs: Proofs, finding: Finding) -> bool:
    """Whether a rate is worked out from its two numbers otherwise: that proves it, and it is wrong for all that.

    ``từ 45 ngày còn 27 ngày (giảm 60%)`` is what is left, ``tăng 20 lên 120 (16,7%)`` of the later one.
    """
    told, *others = map(proofs.place, (*finding.spans[:1], *finding.evidence))
    values = sorted(one.value for one in others if one is not None and one.value)
    if finding.rule not in _OF_GROWTH or told is None or told.sort != "%" or len(values) != _PAIR:
        return False
    low, high = values
    fell = "giảm" in finding.vi.partition(", nhưng ")[0]
    base = low if fell else high
    if told.told_as((high - low) / base * 100) or told.told_as(low / high * 100):
        return True
    # ``so với 39 vụ tăng 7 vụ, tăng 15,2%``: the amount by what came of it.
    came = high - low if fell else high + low
    return bool(came) and told.told_as(low / came * 100)


def odds(subject: Subject, finding: Finding) -> float:
    """How surely a finding is true, in natural logarithms of odds."""
    table = worth()
    return sum(table.get(sign, 0.0) * much for sign, much in signs(subject, finding))


def signs(subject: Subject, finding: Finding) -> Iterator[tuple[str, float]]:
    """What tells whether a finding is true; each sign with how much of it."""
    proofs = Proofs.of(subject)
    spans = list(dict.fromkeys((finding.spans[0], *finding.evidence)))[:_MOST_NUMBERS]
    told, *others = map(proofs.proof, spans)
    least = min((one.surest for one in others if one is not None), default=None)
    if finding.rule not in _WORKED_OUT:
        twice = finding.rule in _RESTATED
        found = [*_of_told(told), *_of_all(told, least)]
        found += _of_sides(proofs, spans, finding) if twice else ()
        yield from ((f"by proof: {sign}", 1.0) for sign in ("twice" if twice else "1", *found))
        return
    yield from (("1", 1.0), (f"rule={finding.rule}", 1.0))
    if finding.severity is Severity.ERROR:
        yield "error", 1.0
    yield from ((sign, 1.0) for sign in (*_of_told(told), *_of_all(told, least)))
    yield "unproved", float(min(_MOST_UNPROVED, sum(one is not None and one.surest < _UNPROVED for one in others)))
    yield from _of_way(proofs.text_of(spans[0]), finding)
    yield from ((sign, 1.0) for sign in _of_sentence(proofs, spans, finding))


def _of_told(told: Proof | None) -> Iterator[str]:
    """What proves the number that is found wrong."""
    if told is None:
        return
    yield from _above("made", told.made, _WAYS)
    yield from _above("term", told.term, _WAYS)
    yield from _above("share", told.share, _FAR)
    yield from _above("apart", told.apart, _APART)
    yield from _above("each", told.each, _FAR)
    yield from _above("again", told.again, _AGAIN)
    yield from _above("held", told.held, _HELD)


def _of_all(told: Proof | None, least: float | None) -> Iterator[str]:
    """How surely the others are proved, and all of them."""
    if least is not None:
        yield from _above("least proved", least, _PROVED)
        if told is not None:
            yield from _above("all proved", min(told.surest, least), _PROVED)


def _of_way(text: Worked | None, finding: Finding) -> Iterator[tuple[str, float]]:
    """What is known of the way in which the number is found wrong."""
    way = supposed_by(text, finding) if text else None
    if text is None or way is None:
        yield "no way", 1.0
    else:
        yield "odds", max(-4.0, min(6.0, text.odds(way))) / 2
    stated, expected = (_value(one) for one in (finding.stated, finding.expected))
    if stated and expected:
        yield from ((sign, 1.0) for sign in _above("off", abs(log(abs(expected / stated))), _OFF))


def _of_sentence(proofs: Proofs, spans: Sequence[Span], finding: Finding) -> Iterator[str]:
    """Whether what is expected stands elsewhere, in the sentence of the number or in the paper."""
    expected = _NUMBER_RE.search(finding.expected or "")
    right = plain(expected[0]) if expected else ""
    beside = proofs.beside(spans[0])
    if any(plain(one.figure.printed) == right and one.figure.span not in spans for one in beside):
        yield "expected here"
    if proofs.place(spans[0]) and len(right) > 2 and proofs.printed[right]:
        yield "expected told"
    if any(one.figure.span in spans for one in beside):
        yield "beside"


def _of_sides(proofs: Proofs, spans: Sequence[Span], finding: Finding) -> Iterator[str]:
    """What sets a number apart from what is told of it elsewhere: that stands beside it too, one is a bound."""
    place = proofs.place(spans[0])
    if place is None:
        return
    others = list(map(proofs.printed_at, spans[1:]))
    expected = _NUMBER_RE.search(finding.expected or "")
    told = others if len(others) <= _PAIR else []  # of many cells one small number stands anywhere
    rivals = {plain(one) for one in (*told, expected[0] if expected else "")}
    beside = (one for one in proofs.beside(spans[0]) if one.figure.span not in spans)
    if any(plain(one.figure.printed) in rivals and len(one.figure.printed) > 1 for one in beside):
        yield "expected here"
    if _is_bound(place) != any(map(_BOUNDS_RE.search, others)):
        yield "bound"
    if not _CHANGED.isdisjoint(place.before[-_REACH:]):
        yield "changed"


def _is_bound(place: Placed) -> bool:
    near = place.where.text[max(place.low, place.start - _AROUND) : place.end + _AROUND]
    return bool(place.figure.bound or _BOUNDS_RE.search(near))


def _above(name: str, value: float, bounds: tuple[float, ...]) -> Iterator[str]:
    return (f"{name}>{bound}" for bound in bounds if value > bound)


def _value(text: str | None) -> float | None:
    """The first number of some words; None for none."""
    found = _NUMBER_RE.search(text or "")
    return float(found[0].rstrip(".").replace(".", "").replace(",", ".")) if found else None


@lru_cache(maxsize=1)
def worth() -> dict[str, float]:
    """What each sign is worth, in natural logarithms of odds."""
    table = files("graphs.checks.learned").joinpath("data/vouched.csv").read_text(encoding="utf-8")
    return {row[0]: float(row[1]) for row in csv.reader(table.splitlines()[1:])}
