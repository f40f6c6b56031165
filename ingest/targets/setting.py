"""What stands around a number of a paragraph: headings, lead-ins, neighbours, the kind of the paper."""

from __future__ import annotations

from dataclasses import dataclass

#: So much of the sentence of a target is kept.
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a number.

    `listed`: its lists, headings or neighbours announce targets; `goals`: a lead-in or heading does; `norm`: the
    text lays down rules in articles; `reports`: the paper tells what was done; `plans`: it says what is to be
    done, under a heading that does not look back; `year` of the paper; `depth`: the brackets that the number
    stands in; `joined`: it goes on from the level before it; `after`: some level stands before it; `labelled`: its
    sentence is an item, whose label stands before it; `judged`: a verdict on it follows;
    `due`: the sentence names a day or a year by which; `tasks`: it stands under a heading of tasks.
    """

    listed: bool
    goals: bool
    norm: bool
    reports: bool
    year: int | None
    depth: int
    plans: bool = False
    joined: bool = False
    after: bool = False
    labelled: bool = False
    judged: bool = False
    due: bool = False
    tasks: bool = False

    @property
    def ahead(self) -> bool:
        """Whether the paper, or this part of a report, is of what is to come."""
        return self.plans or not self.reports
