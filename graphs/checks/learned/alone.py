"""Numbers that stand alone: no other number of the paper bears them out, so nothing says whether they are right.

A number is borne out where the same thing is told again with it, and where two numbers around it make it: a sum, a
share, a mean. Whoever signs has only these left to look up. Marks to be reached count nothing and are left out;
numbers of one digit or two are too easily borne out by chance to be told here.
"""

from __future__ import annotations

from graphs.checks.learned.sides import Sides
from graphs.checks.learned.twice import likeness_of
from graphs.checks.reading.telling import tells_apart
from graphs.checks.report import Alone, Subject

#: From so surely on the numbers around one hold it.
_HELD = 0.5
#: Fewer digits are borne out by chance, whatever their unit: "18 tỷ".
_DIGITS = 3


def numbers_alone(subject: Subject) -> tuple[Alone, ...]:
    """The numbers of a paper that no other bears out, in reading order.

    A paper of rules has none: its numbers count nothing done.
    """
    if subject.is_rule():
        return ()
    like = likeness_of(subject)
    sides, found = Sides(like.read), list[Alone]()
    for at, one in enumerate(like.read.found):
        borne_out = like.equals(at) or sides.held(at) > _HELD
        long = tells_apart(one.value) and sum(map(str.isdigit, one.printed)) >= _DIGITS
        if long and not borne_out and like.compares(at) and not sides.is_bound(at):
            found.append(Alone(one.span, one.printed, " ".join(one.text.split()), one.page))
    return tuple(sorted(found, key=lambda one: one.span.start))
