"""Figures, targets and claims that a text states, and what a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.models.places import Span
from kb.models.sources import Severity


class Where(StrEnum):
    """Where a figure stands."""

    PROSE = "prose"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that the text states.

    `value` is a decimal string (``1763``, ``78.04``), `of` the denominator of a ratio (``21/21``); `unit` as
    printed (``%``, ``tỷ đồng``, ``văn bản``); `what` the words that name what is counted or measured; `period` and
    `scope` as printed (``năm 2024``, ``cấp tỉnh``); `bound` is ``>``, ``<`` or ``~`` for *hơn*, *dưới*, *khoảng*;
    `view` is its range in `Document.reading`. For a cell `table`, `row` and `column` are 0-based, `inside` its
    range in the text of a cell of words.
    """

    span: Span
    view: Span
    value: str
    unit: str | None
    what: str | None
    where: Where
    of: str | None = None
    period: str | None = None
    scope: str | None = None
    bound: str | None = None
    printed: str = ""
    eid: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    inside: Span | None = None


class Comparator(StrEnum):
    """How a target's level is to be reached."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    MORE = ">"
    LESS = "<"
    INCREASE = "increase"
    DECREASE = "decrease"
    COMPLETE = "complete"


class BasisKind(StrEnum):
    """How a target hangs on its legal basis, strongest first."""

    EXPLICIT = "explicit"
    FOOTNOTE = "footnote"
    SECTION = "section"
    TABLE = "table"
    PROGRAMME = "programme"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that a target rests on: the index of the citation that names it, and the words that bind them.

    `also` are weaker ties of the target to the same document.
    """

    citation: int
    kind: BasisKind
    evidence: tuple[Span, ...]
    confidence: float
    also: tuple[Basis, ...] = ()

    @property
    def ties(self) -> tuple[Basis, ...]:
        """This tie and the weaker ones, strongest first."""
        return self, *self.also


@dataclass(frozen=True, slots=True)
class Result:
    """What a report says was reached; `what` are the words that name its figure."""

    text: str
    value: str | None
    unit: str | None
    span: Span
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A level that is to be reached.

    Attributes:
        id: stable in its document, made of its words and level.
        span, text: the sentence, item or cell.
        metric: what is measured.
        comparator, value, unit: the level; `value` is None for what is only to be completed.
        period, scope: as printed.
        period_from: the words over it that give its period, where its own do not.
        group: id that the levels of one compound target share.
        result, verdict: as the report says them.
        judged: where the verdict stands: its cell, its words, the lead-in that says it of a list.
        bases: documents it rests on, strongest first.
        unnamed: where it has none, the words that say what it rests on without naming a document.
        perhaps: the indexes of citations of several documents that these words can mean.
        same_as: ids of the same target stated elsewhere.
        table, row: where it stands in a table.
        level: where its number stands, in a long sentence lines behind where that begins.
    """

    id: str
    span: Span
    text: str
    metric: str
    comparator: Comparator
    value: str | None = None
    unit: str | None = None
    period: str | None = None
    scope: str | None = None
    group: str | None = None
    result: Result | None = None
    verdict: str | None = None
    bases: tuple[Basis, ...] = ()
    same_as: tuple[str, ...] = ()
    eid: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    level: Span | None = None
    period_from: Span | None = None
    unnamed: Span | None = None
    perhaps: tuple[int, ...] = ()
    judged: Span | None = None


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """What a report offers for a claim: kind is citation, footnote, table, system, url, restated or none."""

    kind: str
    span: Span | None = None
    citation: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of fact with figures, and what the report offers for it."""

    id: str
    span: Span
    text: str
    figures: tuple[int, ...]
    sources: tuple[ClaimSource, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a check: rule, severity, where, what was stated and expected, the evidence, what to do."""

    rule: str
    severity: Severity
    spans: tuple[Span, ...]
    vi: str
    en: str
    stated: str | None = None
    expected: str | None = None
    evidence: tuple[Span, ...] = ()
    suggestion: str | None = None
    page: int | None = None

    @property
    def family(self) -> str:
        """The first three letters of its rule: CIT, VAL, FIG, TGT, DOC or FTN."""
        return self.rule[:3]
