"""Footnotes and endnotes of a Word file: their marks as printed, and their bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.docx_numbering import format_count
from ingest.readers.docx_package import Element, W, WordFile
from ingest.readers.docx_styles import value
from ingest.readers.flow import SUPERSCRIPT, parse_count

_KINDS = {"footnote": "decimal", "endnote": "lowerRoman"}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True, slots=True)
class _Rule:
    form: str
    start: int
    restart: str


@dataclass(slots=True)
class Notes:
    """The notes of a Word file by id, and how far their numbers have run."""

    bodies: dict[tuple[str, str], Element] = field(default_factory=dict)
    rules: list[dict[str, _Rule]] = field(default_factory=list)
    section: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int | None] = field(default_factory=dict)

    def next_section(self) -> None:
        """Go on to the next section, where numbers may start again."""
        self.section += 1
        for kind, rule in self._rules().items():
            if rule.restart == "eachSect":
                self.counts.pop(kind, None)

    def next_mark(self, kind: str, page: int | None) -> str:
        """The mark of the next note, in superscript."""
        rule = self._rules()[kind]
        if rule.restart == "eachPage" and page is not None and self.pages.get(kind) != page:
            self.counts.pop(kind, None)
        self.pages[kind] = page
        count = self.counts.get(kind, rule.start - 1) + 1
        self.counts[kind] = count
        return format_count(count, rule.form).translate(SUPERSCRIPT)

    def _rules(self) -> dict[str, _Rule]:
        return self.rules[min(self.section, len(self.rules) - 1)]


def read_notes(word: WordFile, sections: Sequence[Element]) -> Notes:
    """The notes of a Word file; `sections` are the properties of its sections in order."""
    notes = Notes()
    for kind, part in (("footnote", word.footnotes), ("endnote", word.endnotes)):
        if part is None:
            continue
        for note in part.iterfind(f"{W}{kind}"):
            if note.get(f"{W}type") not in _SEPARATORS:
                notes.bodies[kind, note.get(f"{W}id", "")] = note
    notes.rules = [
        {kind: _read_rule(kind, word.settings, section) for kind in _KINDS} for section in (*sections, None)
    ]
    if sections:
        notes.rules.pop()
    return notes


def _read_rule(kind: str, settings: Element | None, section: Element | None) -> _Rule:
    """The section's own words first, then the file's; Word restarts nothing and starts at 1 unless told."""
    found: dict[str, str] = {}
    for parent in (section, settings):
        properties = parent.find(f"{W}{kind}Pr") if parent is not None else None
        if properties is None:
            continue
        for name in ("numFmt", "numStart", "numRestart"):
            text = value(properties, name)
            if text is not None:
                found.setdefault(name, text)
    start = parse_count(found.get("numStart"))
    return _Rule(
        found.get("numFmt", _KINDS[kind]),
        1 if start is None else start,
        found.get("numRestart", "continuous"),
    )
