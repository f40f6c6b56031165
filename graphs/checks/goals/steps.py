"""TGT of goals that rise from year to year, and of goals called met whose level is told elsewhere.

``Năm 2021 tối thiểu 30%, 20%, 15%; giai đoạn 2022-2025 mỗi năm tăng tối thiểu 20%`` asks 50 to 35 % of 2022 and so
on: a goal called met is held against the level of each year, the lowest of several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.goals.all_met import check_told_shares
from graphs.checks.goals.goals_said_met import check_goals_said_met
from graphs.checks.goals.verdicts import reached
from graphs.checks.goals.verdicts_retold import check_retold
from graphs.checks.reading.arithmetic import decimal, read_number, show
from graphs.checks.reading.course import Point, courses, name_before, named_courses, years_shown
from graphs.checks.reading.named import plain_name, thing_words
from graphs.checks.reading.periods import told_period
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.goals import MET
from kb.models import Finding, Span, Target

_SHARE = r"\d{1,3}(?:,\d+)?"
_BASE_RE = re.compile(
    rf"\b[Nn]ăm\s+(?P<year>20\d\d)\b[^;%]{{0,260}}?(?P<levels>{_SHARE}\s*%(?:\s*(?:,|;|và)\s*{_SHARE}\s*%)*)"
)
_STEP_RE = re.compile(
    r"(?:giai đoạn|từ năm|các năm)\s+(?P<low>20\d\d)\s*(?:[-–]|đến(?:\s+năm)?)\s*(?P<high>20\d\d)[^.;%]{0,30}?"
    rf"(?:mỗi|hằng|hàng)\s+năm\s+tăng\s+(?:thêm\s+)?(?:tối thiểu|ít nhất|từ|thêm)?\s*(?P<by>{_SHARE})\s*%",
    re.IGNORECASE,
)
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Steps:
    """The levels that a goal sets for its first year, by how much they rise each year, until when."""

    first: int
    levels: tuple[Decimal, ...]
    by: Decimal
    last: int

    def least(self, year: int) -> Decimal:
        """The lowest level of a year, at most 100."""
        years = max(0, min(year, self.last) - self.first)
        return min(_FULL, min(self.levels) + self.by * years)


def read_steps(text: str) -> Steps | None:
    """The steps of a goal; None where it has none.

    >>> steps = read_steps("Năm 2021 đạt tối thiểu 30%, 20%; giai đoạn 2022 - 2025, mỗi năm tăng tối thiểu 20%")
    >>> steps and [str(steps.least(year)) for year in (2021, 2022, 2025)]
    ['20', '40', '100']
    """
    base, step = _BASE_RE.search(text), _STEP_RE.search(text)
    if base is None or step is None or int(step["low"]) != int(base["year"]) + 1:
        return None
    levels = tuple(read_number(one) for one in re.findall(_SHARE, base["levels"]))
    return Steps(int(base["year"]), levels, read_number(step["by"]), int(step["high"]))


def check_steps(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A goal that rises each year and is called met has results as high as its levels."""
    seen: set[tuple[int, int]] = set()
    for target in subject.targets:
        place = (target.span.start, target.span.end)
        if target.verdict not in MET or target.result is None or place in seen:
            continue
        steps = read_steps(target.text)
        if steps is None:
            continue
        seen.add(place)
        yield from _stepped(subject, target, steps, tally)


def _stepped(subject: Subject, target: Target, steps: Steps, tally: Tally) -> Iterator[Finding]:
    own = _last_result(target)
    low = [point for point in _points(subject, target) if point.whole and point.value < steps.least(point.year)]
    if own is not None and own.value < steps.least(steps.last if own.year >= steps.last else own.year):
        low.append(own)
    if not low:
        tally.held += 1
        return
    tally.failed += 1
    asked = "; ".join(f"{year}: {show(steps.least(year))}%" for year in sorted({one.year for one in low}))
    levels = ", ".join(f"{show(level)}%" for level in steps.levels)
    told = f"{levels} ({steps.first}), +{show(steps.by)}%/năm"
    yield STEPS.finding(
        (target.span,),
        f"mục tiêu {told} tính ra ít nhất {asked}; kết quả {years_shown(low)}, nhưng đánh giá “{target.verdict}”",
        f"the goal, {told}, asks at least {asked}; results: {years_shown(low)}; verdict: “{target.verdict}”",
        stated=target.verdict,
        expected=asked,
        evidence=tuple(dict.fromkeys(one.span for one in low)),
        suggestion=both(
            "so kết quả từng năm với mức cộng dồn của mục tiêu",
            "hold each year's result against the level it has by then",
        ),
        page=target.page,
    )


def _last_result(target: Target) -> Point | None:
    """What the result of a goal says that was reached, with its year."""
    result = target.result
    value = decimal(result.value) if result and result.unit == "%" else None
    if result is None or value is None:
        return None
    shown = f"{show(value)}%"
    period = told_period(result.text.split(shown)[0])
    if period is None:
        return None
    whole = (period[1].month, period[1].day) == (12, 31)
    return Point(period[1].year, value, shown, result.span, whole)


def _points(subject: Subject, target: Target) -> Sequence[Point]:
    """The years of the table row that bears the name of what a goal's result tells."""
    result = target.result
    if result is None:
        return ()
    name = thing_words(name_before(result.what or ""))
    around = thing_words(f"{target.text} ; {result.text}")
    found = named_courses(name, around, courses(subject), rate=True)
    return found[0].points if len(found) == 1 else ()


#: A goal called met that tells no level of its own.
_AS_ASKED_RE = re.compile(
    r"\b(?:đạt|vượt|cao hơn|bảo đảm|đảm bảo)\s+(?:và\s+vượt\s+)?(?:trên\s+)?(?:mức\s+tối\s+thiểu"
    r"|mức\s+(?:đề\s+ra|yêu\s+cầu)|mục\s+tiêu\s+(?:đề\s+ra|kế\s+hoạch)|chỉ\s+tiêu\s+(?:đề\s+ra|được\s+giao))",
    re.IGNORECASE,
)
_ALIKE, _FIRST = 0.45, 4


def check_as_asked(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``đạt trên mức tối thiểu`` is true of the level and the result that the paper tells elsewhere."""
    yield from check_told_shares(subject, tally, AS_ASKED)
    yield from check_goals_said_met(subject, tally, AS_ASKED)
    yield from check_retold(subject, tally, AS_ASKED)
    told = [
        one for one in subject.targets if one.value is not None and one.unit == "%" and reached(one) is not None
    ]
    for target in subject.targets if told else ():
        said = _AS_ASKED_RE.search(target.text) if target.value is None else None
        if said is None or target.verdict not in MET:
            continue
        meant = _meant(target.text[: said.start()], told)
        if meant is None or meant.result is None:
            continue
        if reached(meant):
            tally.held += 1
            continue
        tally.failed += 1
        level, result = f"{show(Decimal(meant.value or 0))}%", f"{show(Decimal(meant.result.value or 0))}%"
        yield AS_ASKED.finding(
            (target.span,),
            f"nói “{said.group()}”, nhưng mức đặt ra ở chỗ khác là {level}, kết quả {result}",
            f"“{said.group()}” is said, but the level told elsewhere is {level} and the result {result}",
            stated=said.group(),
            expected=f"{result} < {level}",
            evidence=(meant.span, meant.result.span, *_stated_again(subject, meant)),
            suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
            page=target.page,
        )


def _meant(name: str, told: Sequence[Target]) -> Target | None:
    """The one goal that begins as a name does and has most of its words; None where two are as near or none is."""
    words = thing_words(name)
    ranked: list[tuple[float, Target]] = []
    for one in told:
        other = thing_words(one.metric)
        share = len(words & other) / len(words | other) if words else 0
        if _opening(name) == _opening(one.metric) and share >= _ALIKE:
            ranked.append((share, one))
    most = max((share for share, _ in ranked), default=0)
    nearest = [one for share, one in ranked if share == most]
    same = len({(one.value, reached(one)) for one in nearest}) == 1
    return nearest[0] if nearest and same else None


def _opening(name: str) -> tuple[str, ...]:
    return tuple(plain_name(name).strip("-+ ").split()[:_FIRST])


def _stated_again(subject: Subject, target: Target) -> Iterator[Span]:
    return (one.span for one in subject.targets if one.id in target.same_as)


STEPS = rule("TGT-008", check_steps)
AS_ASKED = rule("TGT-009", check_as_asked)
STEP_RULES = (STEPS, AS_ASKED)
