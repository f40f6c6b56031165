"""FIG of several things compared at once, each with its change, in one sentence or two.

``142 vụ, chết 05 người, bị thương 11 người. So với cùng kỳ (158 vụ, 07 người chết, 09 người bị thương), giảm 16
vụ, giảm 02 người chết, tăng 02 người bị thương``. Which values and which change are of one thing is told by the
words of their clauses: all words of the one stand beside the other, and beside no other figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import rounds_to, show
from graphs.checks.reading.forms import BARE, SIGN, WORDS, Form, Match, Signs, signs_of
from graphs.checks.reading.moved import CLAUSE_END_RE, Moved, clause_words, head, judge, scaled
from graphs.checks.reading.prose import Stated, everywhere, value_as_printed
from graphs.checks.reading.relations import half_unit
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_WAY = r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được))?\s*"
#: A time compared with, its values in a bracket, and the changes behind it; or each change with its value behind.
_AT_ONCE_RE = re.compile(
    rf"\b[Ss]o với\s+[^.;()]{{0,60}}\((?P<earlier>[^()]*{SIGN}[^()]*,[^()]*{SIGN}[^()]*)\)\s*,?\s*(?:thì\s+)?"
    rf"(?P<changes>(?:[^.;]|\.(?=\S)){{0,400}})"
)
_EACH_RE = re.compile(
    rf"{_WAY}(?P<change>{SIGN})(?P<what>[^.;(),]{{1,40}})\(\s*(?:[^()\d]{{0,20}}?\s)?(?P<earlier>{SIGN})[^()]{{0,30}}\)"
)
#: By how much it rose and by how many per cent, without the value before: "đạt 301 tỷ, tăng 24 tỷ (8,7%)".
_RATE_FORMS: tuple[Form, ...] = (
    Form(
        rf"{_WAY}{{by}}{BARE}{{0,30}}?(?:\(\s*|,?\s*)"
        r"(?:tức|tương ứng|tương đương|hay|bằng|tăng|giảm)\s+(?:là\s+|với\s+|tăng\s+|giảm\s+)?{rate}",
        "đạt 301 tỷ đồng, tăng 24 tỷ đồng, tương đương 8,7%",
    ),
    Form(
        rf"{_WAY}{{rate}}{WORDS}{{0,70}}?\((?:số\s+|mức\s+)?(?:tăng|giảm)?\s*"
        rf"(?:tuyệt đối\s*)?(?:là\s+)?{{by}}{BARE}{{0,20}}\)",
        "2.650 tỷ đồng, tăng 12,7% so với năm 2017 (số tăng tuyệt đối là 270 tỷ đồng)",
    ),
)
_AT_ONCE_BEHIND_RE = re.compile(rf"{BARE}{{0,40}},\s*")
_SINCE_RE = re.compile(r"\)?\s*so với\s+(?:cùng kỳ|(?:cuối |đầu )?(?:năm|quý|tháng))\b", re.IGNORECASE)
_CHANGE_RE = re.compile(rf"{_WAY}(?P<change>{SIGN})", re.IGNORECASE)
_BEFORE = 320
#: By how much what is rounded may be off; how far a rate that is of other numbers is away.
_HALF, _APART = Decimal("0.005"), Decimal("0.3")


@dataclass(frozen=True, slots=True)
class Named:
    """A figure with the words of its clause."""

    figure: Figure
    words: frozenset[str]

    def names(self, other: Named) -> bool:
        """Whether two figures are of one unit and the words beside the one stand beside the other."""
        fewer, more = sorted((self.words, other.words), key=len)
        return head(self.figure) == head(other.figure) and bool(fewer) and fewer <= more


def named_counts(signs: Signs, low: int, high: int) -> list[Named]:
    """The counts of a stretch with the words of their clauses."""
    found = []
    for at, figure in signs.inside(low, high):
        if figure.of or figure.unit == "%" or figure.bound:
            continue
        start = max((one.end() for one in CLAUSE_END_RE.finditer(signs.text, low, at)), default=low)
        end = CLAUSE_END_RE.search(signs.text, at + 1, high)
        words = clause_words(signs.text[start : end.start() if end else high])
        found.append(Named(figure, words))
    return found


def check_alongside(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Each of several changes fits the two values of its thing."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if len(where.figures) < 5 or "(" not in where.text or "o với" not in where.text:
            continue
        signs = signs_of(where)
        for moved in (*_at_once(signs), *_each(signs)):
            yield from judge(where, moved, tally, by)


def check_rates_of_change(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """By how many per cent a value rose fits by how much it did."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if len(where.figures) < 3 or ("tăng" not in where.text and "giảm" not in where.text):
            continue
        signs = signs_of(where)
        for form in _RATE_FORMS:
            for match in form.read(signs):
                yield from _rate_of_change(where, signs, match, tally, by)


def _rate_of_change(where: Stated, signs: Signs, match: Match, tally: Tally, by: Rule) -> Iterator[Finding]:
    change, rate = match.figures["by"], match.figures["rate"]
    if rate.unit != "%" or change.unit in ("%", None) or change.of or change.bound or rate.bound:
        return
    before = [one for _, one in signs.before(match.start) if head(one) == head(change) and not one.of]
    bases = [scaled(one) - scaled(change) * (1 if match.words["way"].lower() == "tăng" else -1) for one in before]
    # The value before may stand there too.
    own = before[0] if before and _since_told(signs, match, before[0]) else None
    bases += [scaled(one) for one in where.figures if one not in (change, own) and head(one) == head(change)]
    printed = value_as_printed(rate)
    exact = [scaled(change) / base * 100 for base in bases if base > 0]
    if not before or not exact:
        return
    slack = (
        max(half_unit(Decimal(change.value)) / Decimal(change.value), _HALF) if Decimal(change.value) else _HALF
    )
    if any(rounds_to(one, printed) or abs(one - Decimal(printed)) <= one * slack for one in exact):
        tally.held += 1
        return
    if before[0].bound or abs(exact[0] - Decimal(printed)) > _APART * exact[0]:
        return
    tally.failed += 1
    sign = "-" if match.words["way"].lower() == "tăng" else "+"
    sum_ = f"{change.printed} / ({before[0].printed} {sign} {change.printed}) = {show(exact[0])}%"
    yield by.finding(
        (rate.span,),
        f"ghi {match.words['way']} {rate.printed}, nhưng {sum_}",
        f"{rate.printed} is stated, but {sum_}",
        stated=rate.printed,
        expected=f"{show(exact[0])}%",
        evidence=(before[0].span, change.span),
        suggestion=both(
            "đối chiếu giá trị, mức và tỷ lệ tăng, giảm", "compare the value, the change and its rate"
        ),
        severity=Severity.WARNING,
        page=where.block.page,
    )


def _since_told(signs: Signs, match: Match, value: Figure) -> bool:
    """Whether a value is followed at once by its change since a time before: it is the later one for sure."""
    between = signs.text[signs.text.index(signs.sign(value)) + 1 : match.start]
    return bool(_AT_ONCE_BEHIND_RE.fullmatch(between) and _SINCE_RE.match(signs.text, match.end))


def _at_once(signs: Signs) -> Iterator[Moved]:
    for found in _AT_ONCE_RE.finditer(signs.text):
        earlier = named_counts(signs, *found.span("earlier"))
        later = named_counts(signs, max(0, found.start() - _BEFORE), found.start())
        low, high = found.span("changes")
        for change in _CHANGE_RE.finditer(signs.text, low, high):
            told = _at(signs, change.start("change"), low, high)
            if told is not None:
                yield from _moved(told, earlier, later, change["way"].lower())


def _each(signs: Signs) -> Iterator[Moved]:
    for found in _EACH_RE.finditer(signs.text):
        low = signs.text.rfind("o với", max(0, found.start() - _BEFORE), found.start())
        told = _at(signs, found.start("change"), found.start(), found.end("what"))
        if low < 0 or told is None:
            continue
        before = Named(signs.of(found["earlier"]), told.words)
        yield from _moved(told, [before], named_counts(signs, max(0, low - _BEFORE), low), found["way"].lower())


def _at(signs: Signs, at: int, low: int, high: int) -> Named | None:
    figure = signs.of(signs.text[at])
    return next((one for one in named_counts(signs, low, high) if one.figure is figure), None)


def _moved(told: Named, earlier: Sequence[Named], later: Sequence[Named], way: str) -> Iterator[Moved]:
    """The change with the two values of its thing; none where one cannot be sure which they are."""
    before = [one for one in earlier if one.names(told)]
    if len(before) != 1:
        return
    after = [one for one in later if one.names(told) and one.names(before[0])]
    if len(after) == 1:
        yield Moved(before[0].figure, after[0].figure, told.figure, way)
