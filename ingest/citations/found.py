"""A mention while a document is being read: what was found, where, and what it will be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from ingest.citations.laws import Name
from ingest.citations.mentions import Mention
from ingest.citations.pinpoints import PinpointRun
from ingest.citations.relations import Governing
from kb.models import CitationKind, Span, Use


@dataclass(slots=True, eq=False)
class Found:
    """One mention; all offsets are of the reading text.

    Attributes:
        start, end: the surface.
        reach: behind date and body; `close`: behind the title as well.
        run: the places in the document, printed before it.
        mention, name: what it was read from, for kinds that have it.
        parts: its ranges in the source.
        note: mark of the note it stands in; `cell`: it stands in a table.
        antecedent: what a back reference or a short name stands for.
        outer: the mention before the bracket it stands in.
    """

    kind: CitationKind
    start: int
    end: int
    reach: int
    close: int
    type: str | None = None
    run: PinpointRun | None = None
    mention: Mention | None = None
    name: Name | None = None
    parts: tuple[Span, ...] = ()
    note: str | None = None
    cell: bool = False
    antecedent: Found | None = field(default=None, repr=False)
    outer: Found | None = field(default=None, repr=False)
    governing: Governing | None = None
    use: Use | None = None

    @property
    def placed(self) -> bool:
        """Whether a place in the document is named, not the document alone."""
        return self.run is not None or (self.mention is not None and bool(self.mention.pinpoints))

    @property
    def left(self) -> int:
        """Where the mention begins with its places."""
        if self.run:
            return min(self.start, self.run.start)
        span = self.mention.pinpoint_span if self.mention else None
        return min(self.start, span[0]) if span else self.start


def of_number(mention: Mention) -> Found:
    """The mention of a number."""
    title = mention.title_span
    close = max(mention.reach, title[1] if title and title[0] >= mention.end else 0)
    return Found(
        CitationKind.NUMBER, mention.start, mention.end, mention.reach, close, mention.type, mention=mention
    )


def of_name(name: Name) -> Found:
    """The mention of a law or a scheme by its name."""
    return Found(CitationKind.NAME, name.start, name.end, name.reach, name.reach, name.type, name=name)


def without_overlap(base: Sequence[Found], more: Iterable[Found]) -> list[Found]:
    """The mentions of both in reading order; one of `more` that overlaps one of `base` is dropped.

    A certain name of `more` may hold mentions of `base` inside its title.
    """
    starts = [one.start for one in base]
    reach = list(accumulate((one.end for one in base), max))
    kept = list(base)
    for one in more:
        index = bisect_left(starts, one.end) - 1
        if index < 0 or reach[index] <= one.start or (_holds_title(one) and _begins_free(one, starts, reach)):
            kept.append(one)
    kept.sort(key=lambda one: (one.start, -one.end))
    return kept


def _holds_title(one: Found) -> bool:
    return one.name is not None and one.name.definite and one.name.type not in ("Luật", "Bộ luật", "Pháp lệnh")


def _begins_free(one: Found, starts: Sequence[int], reach: Sequence[int]) -> bool:
    index = bisect_left(starts, one.start + 1) - 1
    return index < 0 or reach[index] <= one.start
