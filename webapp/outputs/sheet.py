"""A check sheet: the findings of one document ready to be shown, in every output alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from graphs.checks.report import Alone, CheckReport, Tally, rule_table
from ingest.analysis import Analysis
from kb.models import Document, Finding, Severity, Span
from kb.text.normalize import fold
from webapp.cli.analysed import Rows
from webapp.outputs.places import Places

SEVERITIES = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cần xem", Severity.NOTE: "Ghi chú"}
FAMILIES = {
    "CIT": "Viện dẫn",
    "VAL": "Hiệu lực",
    "FIG": "Số liệu",
    "TGT": "Chỉ tiêu",
    "DOC": "Thể thức",
    "FTN": "Chú thích",
}

#: So many letters of what a number is of, so many of them before it.
_WORDS, _BEFORE = 140, 90
#: So many words before its place name a finding; they stand within so many letters.
_FEW, _NEAR = 3, 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document's findings with what was and was not checked.

    `as_of` is the day they hold for, `library_as_of` that of what is known of other documents (empty without one);
    `aside` are findings that people set aside, each with the reason; `agreed` those that they will mend, by
    their ids, each with what was noted; `original` is the file as it came, where a copy of it can bear comments.
    """

    analysis: Analysis
    report: CheckReport
    as_of: date | None
    library_as_of: str = ""
    aside: tuple[tuple[Finding, str], ...] = ()
    agreed: Mapping[str, str] = field(default_factory=dict)
    original: bytes = b""

    @property
    def name(self) -> str:
        """What the document is called: number and title, else its file."""
        meta = self.analysis.document.metadata
        parts = [part.value for part in (meta.type, meta.number, meta.title) if part]
        return " ".join(parts) or self.analysis.document.source.path.rsplit("/", 1)[-1]

    def id_of(self, finding: Finding) -> str:
        """The name of a finding, by which people set it aside or accept it.

        It is made of its rule, what was stated and expected, the words of its place and before it: neither lines
        that move nor another wording of the message change it, so that a second run on a corrected text tells what
        is fixed, what is left and what is new, and what people decided stays so.
        """
        places = [_words_at(self.analysis.document, span) for span in finding.spans[:1]]
        words = "|".join((finding.rule, finding.stated or "", finding.expected or "", *places))
        return f"{finding.rule}-{blake2b(words.encode(), digest_size=4).hexdigest()}"

    def summary(self) -> dict[str, object]:
        """The closing row of the contract."""
        return {
            "summary": True,
            "document": self.name,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "checked": {family: tally_row(tally) for family, tally in self.report.checked.items()},
            "findings": dict(Counter(finding.severity.value for finding in self.report.findings)),
            "muted": [{"id": self.id_of(finding), "reason": why} for finding, why in self.aside],
            "library_as_of": self.library_as_of or None,
        }

    def rows(self) -> Iterable[dict[str, object]]:
        """One row a finding; `where` is the section, table or note in which it stands."""
        rows, places = Rows(self.analysis), Places(self.analysis.document)
        for finding in self.report.findings:
            where = places.words(finding.spans[0].start) if finding.spans else ""
            yield {**rows.finding(finding), "where": where, "id": self.id_of(finding)}

    def alone(self) -> list[dict[str, object]]:
        """The numbers that nothing in the paper bears out, each with its place and what it is of."""
        rows, places = Rows(self.analysis), Places(self.analysis.document)
        return [
            {
                **rows.place(one.span),
                "page": one.page,
                "where": places.words(one.span.start),
                "printed": one.printed,
                "about": _near(one),
            }
            for one in self.report.alone
        ]


def _near(one: Alone) -> str:
    """What a number is of, as far as it stands near it.

    >>> from kb.models import Span
    >>> _near(Alone(Span(0, 1), "4.356", "Dư nợ " + "của quỹ " * 20 + "là 4.356 triệu đồng", None))[:22]
    '… quỹ của quỹ của quỹ '
    """
    at = one.about.find(one.printed)
    low = max(0, at - _BEFORE)
    low = one.about.find(" ", low) + 1 if low else 0
    high = low + _WORDS
    return ("… " if low else "") + one.about[low:high] + ("…" if high < len(one.about) else "")


def tally_row(tally: Tally) -> dict[str, object]:
    """How many places of a family were checked, and why others were not."""
    return {
        "checked": tally.checked,
        "held": tally.held,
        "failed": tally.failed,
        "not_checked": tally.not_checked,
        "why_not": tally.reasons,
    }


def _words_at(document: Document, span: Span) -> str:
    """The words of a place, with a few of its paragraph before it, which tell two like places apart."""
    block = document.block_over(span.start)
    low = max(block.span.start if block else 0, span.start - _NEAR)
    before = document.text[low : span.start].split()[-_FEW:]
    return fold(" ".join((*before, *span.cut(document.text).split())))


def rule_name(rule: str) -> str:
    """The Vietnamese name of a rule."""
    return rule_table()[rule]["vi"]


def coverage(family: str, tally: Tally) -> str:
    """One line of what was checked of a family.

    >>> coverage("FIG", Tally(held=8, failed=2, not_checked=1, reasons={"mẫu số bằng 0": 1}))
    'Số liệu: kiểm tra 10/11 lượt, 8 khớp, 2 không khớp; 1 lượt không làm được (mẫu số bằng 0: 1)'
    """
    total = tally.checked + tally.not_checked
    line = (
        f"{FAMILIES[family]}: kiểm tra {tally.checked}/{total} lượt, {tally.held} khớp, {tally.failed} không khớp"
    )
    if tally.not_checked:
        why = "; ".join(f"{reason}: {count}" for reason, count in tally.reasons.items())
        line += f"; {tally.not_checked} lượt không làm được ({why})"
    return line
