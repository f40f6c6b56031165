"""What is read from one document, as rows: a table of readings, each offered for held and for posted documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from marshmallow import Schema

from graphs.alone import name_itself
from graphs.lone import resolve_alone
from ingest.analysis import Analysis
from kb.models import Citation, Document, ResolutionStatus
from kb.store.store import Store
from kb.works import identify, work_id
from webapp.api.schemas import CitationRow, ClaimRow, FigureRow, TableRow, TargetRow, UnitRow
from webapp.checking import check_against
from webapp.cli.analysed import Rows
from webapp.cli.cite import citation_row
from webapp.cli.documents import LineFinder
from webapp.cli.outline import unit_row
from webapp.cli.tables import table_row
from webapp.mutes import reasons
from webapp.outputs.sheet import Sheet

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """One list of rows: its noun (of a held document), the command of the same rows, and what makes them."""

    noun: str
    command: str
    about: str
    schema: type[Schema]
    rows: Callable[[Store, Analysis], list[Row]]


def _outline(_: Store, analysis: Analysis) -> list[Row]:
    lines = LineFinder(analysis.document.text)
    return [unit_row(unit, lines) for unit in analysis.document.units]


def _tables(_: Store, analysis: Analysis) -> list[Row]:
    lines = LineFinder(analysis.document.text)
    return [dict(table_row(table, lines)) for table in analysis.document.tables]


def citation_rows(store: Store, document: Document, citations: tuple[Citation, ...]) -> list[Row]:
    """The citations of a document, each with the work that the base says it means."""
    own = identify(document)
    lines = LineFinder(document.text)
    held = store.work_of_file(document.source.sha256)
    status = ResolutionStatus.RESOLVED if held else ResolutionStatus.KNOWN
    itself = held or work_id(own, document.source.path, document.source.sha256)
    meant = name_itself(citations, resolve_alone(citations, own.place, own.issued, store), itself, status)
    return [citation_row(one, lines, what) for one, what in zip(citations, meant, strict=True)]


def _citations(store: Store, analysis: Analysis) -> list[Row]:
    return citation_rows(store, analysis.document, analysis.citations)


def _targets(_: Store, analysis: Analysis) -> list[Row]:
    rows = Rows(analysis)
    return [rows.target(target) for target in analysis.targets]


def _figures(_: Store, analysis: Analysis) -> list[Row]:
    rows = Rows(analysis)
    return [rows.figure(at, figure) for at, figure in enumerate(analysis.figures)]


def _claims(_: Store, analysis: Analysis) -> list[Row]:
    rows = Rows(analysis)
    return [rows.claim(claim) for claim in analysis.claims]


READINGS = (
    Reading("outline", "outline", "Cấu trúc: phần, chương, điều, khoản, điểm / structure", UnitRow, _outline),
    Reading("tables", "tables", "Các bảng, dạng dữ liệu / tables, as data", TableRow, _tables),
    Reading("citations", "cite", "Viện dẫn, theo thứ tự đọc / citations in order", CitationRow, _citations),
    Reading("targets", "targets", "Chỉ tiêu, kết quả, căn cứ / targets, results, bases", TargetRow, _targets),
    Reading("figures", "figures", "Số liệu trong lời và bảng / quantities stated", FigureRow, _figures),
    Reading("claims", "claims", "Điều báo cáo nêu và nguồn của nó / claims, sources", ClaimRow, _claims),
)


def sheet_of(store: Store, analysis: Analysis, as_of: date | None) -> Sheet:
    """The check sheet of a document against what a base knows; what people set aside is left aside."""
    return check_against(store, analysis, reasons(store.settings.home), as_of)


def sheet_row(sheet: Sheet) -> Row:
    """A check sheet as one object: its findings and its summary."""
    return {"items": list(sheet.rows()), "summary": sheet.summary()}
