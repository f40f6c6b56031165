"""A verdict of running text with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.goals import verdict_of
from kb.models import Document, Target, TextBlock


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and where its words stand in the text of a paragraph."""

    verdict: str
    start: int
    end: int

    def moved(self, by: int) -> Judgement:
        """The same, counted from so much farther before."""
        return replace(self, start=self.start + by, end=self.end + by)


def judgement(found: re.Match[str], group: str) -> Judgement:
    """The verdict that a group of a pattern found.

    >>> judgement(re.search("(?P<how>chưa đạt) mục tiêu", "mới 70%, chưa đạt mục tiêu"), "how")
    Judgement(verdict='Chưa đạt', start=9, end=17)
    """
    return Judgement(verdict_of(found[group]), *found.span(group))


def judged(document: Document, block: TextBlock, target: Target, said: Judgement | None) -> Target:
    """A target of a paragraph with the verdict that is said of it; as it was where there is none."""
    if said is None:
        return target
    place = document.reading.hull(block.view.start + said.start, block.view.start + said.end)
    return replace(target, verdict=said.verdict, judged=place)
