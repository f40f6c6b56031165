"""Mentions of legal documents, and what identifies a work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.models.places import Span


class CitationKind(StrEnum):
    """How a document is mentioned."""

    NUMBER = "number"
    NAME = "name"
    ALIAS = "alias"
    BACK = "back"
    INTERNAL = "internal"
    SELF = "self"


class Relation(StrEnum):
    """How the citing text stands to the cited document."""

    BASED_ON = "căn cứ"
    IMPLEMENTS = "triển khai thực hiện"
    GUIDES = "hướng dẫn"
    ISSUES = "ban hành"
    PROMULGATED_WITH = "kèm theo"
    AMENDS = "sửa đổi bổ sung"
    REPLACES = "thay thế"
    REPEALS = "bãi bỏ"
    SUSPENDS = "đình chỉ"
    CORRECTS = "đính chính"
    CONSOLIDATES = "hợp nhất"
    CITES = "dẫn chiếu"


class Direction(StrEnum):
    """Who acts: the citing text on the cited document, or the other way round."""

    ACTIVE = "active"
    PASSIVE = "passive"


class Use(StrEnum):
    """A deed done under the document, or a rule for what is or will be done."""

    PAST = "past"
    RULE = "rule"


class ResolutionStatus(StrEnum):
    """What a mention was resolved to."""

    RESOLVED = "resolved"
    KNOWN = "known"
    AMBIGUOUS = "ambiguous"
    SUSPECT = "suspect"
    UNREADABLE = "unreadable"


#: Levels of a pinpoint, outermost first; the keys of `Pinpoint.path`.
PINPOINT_LEVELS = (
    "phụ lục",
    "mẫu",
    "phần",
    "chương",
    "mục",
    "tiểu mục",
    "điều",
    "khoản",
    "điểm",
    "tiết",
    "gạch đầu dòng",
)


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place inside a document, outer level first: ``(("điều", "25"), ("khoản", "3"), ("điểm", "a"))``."""

    path: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a legal document, or of a provision, in a text.

    `parts` cut the surface from `Document.text` (several where a page break splits it); `surface` is those parts
    joined; `number` is normalised; `issued` is an ISO date, or ``YYYY-MM`` / ``YYYY`` where no more is printed;
    `antecedent` is the index, in the list it came in, of the mention that a back reference or alias stands for.
    """

    parts: tuple[Span, ...]
    surface: str
    kind: CitationKind
    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    issued: str | None = None
    year: int | None = None
    name: str | None = None
    title: str | None = None
    pinpoint: str | None = None
    pinpoints: tuple[Pinpoint, ...] = ()
    relation: Relation | None = None
    direction: Direction | None = None
    evidence: Span | None = None
    use: Use | None = None
    footnote: str | None = None
    unit: str | None = None
    page: int | None = None
    antecedent: int | None = None
    status: ResolutionStatus | None = None
    reason: str | None = None

    @property
    def span(self) -> Span:
        """From the first character to the last, whatever lies between."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True)
class WorkKey:
    """What identifies a document: number, issuer and date; any of them may be unknown."""

    number: str | None
    issuer: str | None
    issued: date | None
