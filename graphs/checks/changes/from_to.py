"""FIG of a change told with the value before and the value after: ``từ 41 lên 46, tăng 5``, ``giảm 2 (11/13)``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graphs.checks.reading.change_forms import FROM_FORMS, PAIR_FORM, TO_FORMS
from graphs.checks.reading.forms import Match, Signs, signs_of
from graphs.checks.reading.moved import Moved, check_moved, head, judge
from graphs.checks.reading.prose import everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.models import Finding


def check_from_to(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``từ A (năm …) lên B (năm …), tăng D``: D is the difference, and the words for the way agree."""
    yield from check_moved(subject, tally, TEXT_CHANGE, FROM_FORMS, TO_FORMS)
    for where in everywhere(subject) if not subject.is_rule() else ():
        if "/" in where.text and "(" in where.text:
            signs = signs_of(where)
            for match in PAIR_FORM.read(signs):
                moved = _of_pair(signs, match)
                if moved is not None:
                    yield from judge(where, moved, tally, TEXT_CHANGE)


def _of_pair(signs: Signs, match: Match) -> Moved | None:
    """What is and what was, told as a pair behind a change: the one is told before the change too."""
    pair, change = match.figures["pair"], match.figures["change"]
    if pair.of is None or pair.unit == "%" or change.of or change.bound or head(change) in ("%", "lần", "bậc"):
        return None
    before = {figure.value for _, figure in signs.before(match.start) if head(figure) == head(change)}
    now, then = (
        replace(pair, of=None),
        replace(pair, value=pair.of, of=None, printed=pair.printed.partition("/")[2]),
    )
    now = replace(now, printed=pair.printed.partition("/")[0])
    if (now.value in before) == (then.value in before):
        return None
    earlier, later = (then, now) if now.value in before else (now, then)
    return Moved(earlier, later, change, match.words["way"])


TEXT_CHANGE = rule("FIG-203", check_from_to)
FROM_TO_RULES = (TEXT_CHANGE,)
