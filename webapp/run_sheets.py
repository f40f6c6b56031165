"""The check sheet of a run, made once for a state of the base and kept beside the file that was handed in.

What was read from the file depends on the file and the program; the sheet besides on what the base knows, what was
set aside and the day. Each is kept with the mark of all that it depends on, so that a server that has just been
started shows a long paper at once; what bears another mark is made anew and takes its place.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import graphs
import ingest
import kb
import webapp
from graphs.checks.report import Alone, CheckReport, Tally
from ingest.analysis import Analysis, analyse
from ingest.document import build_document, text_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.bilingual import Bilingual, english
from kb.models import Document, Finding, Severity
from kb.settings import Settings
from kb.store.codec import pack, unpack
from kb.store.revisions import read_revision
from webapp.checking import check_against
from webapp.current import current_store
from webapp.drawn import program_mark
from webapp.mutes import reasons
from webapp.outputs.sheet import Sheet
from webapp.runs import keep_beside, load_run, read_beside, tell_found

#: What a run of pasted text is called.
PASTED = "van-ban-dan.txt"
_READ, _SHEET = "read", "sheet"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Told:
    """A finding with the English of what it suggests, which JSON does not hold beside it; why it is set aside."""

    finding: Finding
    suggestion_en: str = ""
    aside: str | None = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """The tally of a family; each reason in both languages and how often."""

    family: str
    held: int
    failed: int
    not_checked: int
    reasons: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A sheet without what was read from the file."""

    findings: tuple[_Told, ...]
    checked: tuple[_Counted, ...]
    alone: tuple[Alone, ...]
    as_of: date | None
    library_as_of: str
    aside: tuple[_Told, ...]


def sheet_of_run(settings: Settings, run: str) -> Sheet:
    """The sheet of a run as things stand now."""
    muted = tuple(sorted(reasons(settings.home).items()))
    state = read_revision(settings)
    if state is None:  # nobody tells what a server has learnt since
        return check_against(current_store(), _read(settings.home, run), dict(muted))
    return _sheet(settings.home, run, muted, state.content, date.today())


@lru_cache(maxsize=8)
def _sheet(home: Path, run: str, muted: tuple[tuple[str, str], ...], state: str, today: date) -> Sheet:
    """The last few stay in memory too: a page and its files are asked for one after the other."""
    mark = _mark(run, muted, state, today)
    analysis = _read(home, run)
    kept = _kept(home, run, _SHEET, mark, _Kept)
    if kept is not None:
        return _opened(kept, analysis)
    sheet = check_against(current_store(), analysis, dict(muted))
    keep_beside(home, run, _SHEET, mark + pack(_closed(sheet)))
    counts = {word.value: 0 for word in Severity}
    for finding in sheet.report.findings:
        counts[finding.severity.value] += 1
    tell_found(home, run, sheet.name, counts)
    return sheet


@lru_cache(maxsize=4)
def _read(home: Path, run: str) -> Analysis:
    """What was read from the file of a run: a finding set aside makes the check anew, not the reading."""
    mark = _mark(run)
    kept = _kept(home, run, _READ, mark, Analysis)
    if kept is not None:
        return kept
    analysis = analyse(_document(*load_run(home, run)), with_claims=False)
    keep_beside(home, run, _READ, mark + pack(analysis))
    return analysis


def _mark(*told: object) -> bytes:
    """What tells all that something depends on, the program among it."""
    return blake2b(repr((program_mark(kb, ingest, graphs, webapp), told)).encode(), digest_size=20).digest()


def _kept(home: Path, run: str, name: str, mark: bytes, kind: type[T]) -> T | None:
    with suppress(OSError, zlib.error, ValueError, KeyError, TypeError):
        data = read_beside(home, run, name)
        if data.startswith(mark):
            return unpack(kind, data[len(mark) :])
    return None


def _document(name: str, data: bytes) -> Document:
    if name == PASTED:
        with suppress(UnicodeDecodeError):  # a file may bear the name too
            return text_document(data.decode(), name)
    source = source_of(name, data)
    return build_document(source, read_source(source, data))


def _closed(sheet: Sheet) -> _Kept:
    def told(finding: Finding, aside: str | None = None) -> _Told:
        return _Told(finding, str(english(finding.suggestion) or ""), aside)

    return _Kept(
        tuple(map(told, sheet.report.findings)),
        tuple(
            _Counted(
                family,
                tally.held,
                tally.failed,
                tally.not_checked,
                tuple((why, str(english(why)), count) for why, count in tally.reasons.items()),
            )
            for family, tally in sheet.report.checked.items()
        ),
        sheet.report.alone,
        sheet.as_of,
        sheet.library_as_of,
        tuple(told(finding, why) for finding, why in sheet.aside),
    )


def _opened(kept: _Kept, analysis: Analysis) -> Sheet:
    checked = {
        one.family: Tally(
            one.held, one.failed, one.not_checked, {Bilingual(vi, en): count for vi, en, count in one.reasons}
        )
        for one in kept.checked
    }
    report = CheckReport(tuple(map(_finding, kept.findings)), checked, kept.alone)
    aside = tuple((_finding(one), one.aside or "") for one in kept.aside)
    return Sheet(analysis, report, kept.as_of, kept.library_as_of, aside)


def _finding(told: _Told) -> Finding:
    words = told.finding.suggestion
    return replace(told.finding, suggestion=Bilingual(words, told.suggestion_en)) if words else told.finding
