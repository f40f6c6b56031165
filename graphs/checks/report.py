"""What a check is given and what it gives back."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files

from kb.bilingual import Bilingual
from kb.models import Citation, CitationKind, Document, Figure, Finding, Severity, Span, Target, UnitKind
from kb.numbers import parse_number, same_number
from kb.vocabulary.schemes import name_words

_LISTS_RE = re.compile(
    r"\bcông bố\b[^.;]{0,80}?\b(?:danh mục (?:các )?văn bản|kết quả (?:hệ thống hóa|rà soát))", re.IGNORECASE
)
#: How a text of norms speaks of itself, near its beginning, and so many articles it has at least.
_NORM_RE = re.compile(
    r"\b(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư(?: liên tịch)?) này\b|\bĐiều 1\.?\s+Phạm vi điều chỉnh"
)
_ARTICLES, _OPENING = 3, 6000


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to a document up to a day: the deed in a word, when, by which one, what it leaves alive.

    `issued` is the day on which the other document was signed, `called` its type and number;
    `partly_repealed` tells that some of it ended.
    """

    deed: Bilingual
    on: date | None
    by: str
    ends: bool = False
    saved: str = ""
    issued: date | None = None
    called: str = ""
    partly_repealed: bool = False

    @property
    def name(self) -> str:
        """What the other document is called for a reader."""
        return self.called or self.by


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cited document stands on a day: a word of the contract, why, and what took its place.

    `work` is what two mentions of it share; `changes` what happened to it until that day, the earliest first;
    `title` what a text or the catalogue says that it is called; `successor` gives numbers, `replaced_by` the
    same documents by type and number.
    """

    status: str
    since: date | None
    until: date | None
    reason: Bilingual
    successor: str | None = None
    certain: bool = True
    issued: date | None = None
    work: str = ""
    number: str | None = None
    changes: tuple[Changed, ...] = ()
    title: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same target in the document that it rests on: where, its words, and how the levels compare.

    `compared` is ``same``, ``lower`` (the report asks less than its basis), ``higher``, ``other_deadline``
    or ``unlike``.
    """

    number: str
    text: str
    level: str
    compared: str


@dataclass(frozen=True, slots=True)
class Namesake:
    """A document of the library that bears the number of a citation, of whatever year."""

    number: str
    issued: date
    title: str


#: The documents that bear the number of a citation; numbers begin again every year.
Namesakes = Callable[[Citation], tuple[Namesake, ...]]

#: The same target in its basis; None where the basis is not held or has none.
Twins = Callable[[Target], Twin | None]

#: What the library knows of a cited document on a day; None when it knows nothing.
Library = Callable[[Citation, date], Standing | None]


@dataclass(frozen=True, slots=True)
class Subject:
    """A document with all that was read from it; `as_of` is its own date unless another was asked for."""

    document: Document
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    targets: tuple[Target, ...] = ()
    as_of: date | None = None
    today: date | None = None
    library: Library | None = None
    twins: Twins | None = None
    namesakes: Namesakes | None = None

    def is_own(self, citation: Citation) -> bool:
        """Whether a mention is of the document itself, by its number or by its name."""
        meta = self.document.metadata
        if citation.number:
            return meta.number is not None and same_number(meta.number.value, citation.number)
        if citation.kind is CitationKind.NAME and meta.type and meta.title:
            return name_words(f"{meta.type.value} {meta.title.value}") == name_words(citation.surface)
        return citation.kind is CitationKind.SELF

    def is_norm(self) -> bool:
        """Whether the document is one of legal norms: its number holds its year (Luật 64/2025/QH15, Điều 4).

        One without a number is where its articles call it so.
        """
        number = self.document.metadata.number
        parsed = parse_number(number.value) if number else None
        return (parsed is not None and parsed.year is not None) or (number is None and self._is_body_of_norm())

    def _is_body_of_norm(self) -> bool:
        """Whether a text without its head is that of norms: articles that call it by a type of theirs."""
        meta, units = self.document.metadata, self.document.units
        if meta.type is not None or sum(one.kind is UnitKind.ARTICLE for one in units) < _ARTICLES:
            return False
        return _NORM_RE.search(self.document.text, 0, _OPENING) is not None

    def is_consolidated(self) -> bool:
        """Whether the document puts another one and its amendments together."""
        kind = self.document.metadata.type
        return kind is not None and kind.value == "Văn bản hợp nhất"

    def is_rule(self) -> bool:
        """Whether the document sets rules, its own or put together: its numbers count nothing done."""
        return self.is_norm() or self.is_consolidated()

    def lists_texts(self) -> bool:
        """Whether the document makes known which texts there are, or have ended (Nghị định 79/2025/NĐ-CP)."""
        title = self.document.metadata.title
        return title is not None and _LISTS_RE.search(title.value) is not None

    def by_compiler(self, citation: Citation) -> bool:
        """Whether a later document is named by whoever made the digest, not by the document itself."""
        later = self.as_of is not None and (citation.issued or "") > self.as_of.isoformat()
        return self.document.metadata.digest and later


@dataclass(slots=True)
class Tally:
    """How many places of a family were looked at, and what came of them."""

    held: int = 0
    failed: int = 0
    not_checked: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def checked(self) -> int:
        """Places where the check could be made."""
        return self.held + self.failed

    def add(self, other: Tally) -> None:
        """Those that another one counted besides."""
        self.held += other.held
        self.failed += other.failed
        self.not_checked += other.not_checked
        for reason, count in other.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + count

    def skip(self, reason: Bilingual, count: int = 1) -> None:
        """Places where it could not, and why; no place needs no reason."""
        if count:
            self.not_checked += count
            self.reasons[reason] = self.reasons.get(reason, 0) + count


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, how bad a breach is, its name, where it comes from, an example that breaks it.

    `run` adds to the tally of its family and gives the findings.
    """

    id: str
    severity: Severity
    vi: str
    en: str
    source: str
    breaks: str
    holds: str
    run: Callable[[Subject, Tally], Iterable[Finding]]

    def finding(
        self,
        spans: tuple[Span, ...],
        vi: str,
        en: str,
        *,
        stated: str | None = None,
        expected: str | None = None,
        evidence: tuple[Span, ...] = (),
        suggestion: Bilingual,
        page: int | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule."""
        # Words quoted from a text may run over the ends of its lines.
        vi, en = " ".join(vi.split()), " ".join(en.split())
        return Finding(
            self.id, severity or self.severity, spans, vi, en, stated, expected, evidence, suggestion, page
        )


@lru_cache(maxsize=1)
def rule_table() -> dict[str, dict[str, str]]:
    """The rows of ``data/rules.csv`` by id: severity, names, source, an example that breaks it, one that holds."""
    table = files("graphs.checks").joinpath("data/rules.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(table.splitlines())}


def rule(name: str, run: Callable[[Subject, Tally], Iterable[Finding]]) -> Rule:
    """The rule of a row of the table, with what checks it."""
    row = rule_table()[name]
    return Rule(
        name, Severity(row["severity"]), row["vi"], row["en"], row["source"], row["breaks"], row["holds"], run
    )


@dataclass(frozen=True, slots=True)
class Alone:
    """A number that no other of the paper bears out: where, as printed, the words that tell what it is of."""

    span: Span
    printed: str
    about: str
    page: int | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings in reading order, the tally of each family, the numbers that nothing bears out."""

    findings: tuple[Finding, ...]
    checked: dict[str, Tally]
    alone: tuple[Alone, ...] = ()
