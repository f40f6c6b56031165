"""A report of ours written to Word, to PDF and to a scan, and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.checks.report import Subject, Tally
from graphs.checks.tables.columns import COLUMN_RULES
from graphs.checks.tables.tables import TABLE_RULES
from ingest.readers.pdf import read_pdf
from kb.models import Document, MediaType
from tests import planted
from tests.benchmarks.bench_roundtrip import OWN, read_back
from tests.round_trip import compare, edit_distance, flow_of
from tests.round_trip_docx import write_docx
from tests.round_trip_pdf import write_pdf
from tests.round_trip_scan import compare_pages, page_count, scan, text_of_page


@pytest.fixture(scope="module")
def report() -> Document:
    return read_back(OWN.read_bytes(), MediaType.PLAIN)


@pytest.fixture(scope="module")
def pdf(report: Document) -> bytes:
    return write_pdf(flow_of(report))


def test_what_is_written(report: Document):
    flow = flow_of(report)
    assert [note.mark for note in flow.notes] == ["¹", "²", "³", "⁴", "¹", "²"]
    assert len(flow.restarts) == 1 and len(report.tables) == 3


def test_word(report: Document):
    found = compare(report, read_back(write_docx(flow_of(report)), MediaType.DOCX))
    assert found.whole, found.differences


@pytest.mark.parametrize("height", [842, 700, 620, 560, 500])
def test_pdf(report: Document, height: float):
    """Pages of any height: paragraphs, rows and notes are cut at other places."""
    found = compare(report, read_back(write_pdf(flow_of(report), height), MediaType.PDF))
    assert found.notes[0] == found.notes[1], found.differences
    assert found.tables == (3, 3) and found.cells[0] == found.cells[1], found.differences
    assert found.units[0] == found.units[1], found.differences


def held_in(document: Document) -> tuple[int, int]:
    """Relations of tables that hold, and that do not."""
    tally = Tally()
    found = [finding for rule in (*TABLE_RULES, *COLUMN_RULES) for finding in rule.run(Subject(document), tally)]
    return tally.held, len(found)


@pytest.mark.parametrize("path", planted.REPORTS, ids=lambda path: path.stem)
def test_the_arithmetic_of_tables_is_that_of_the_text(path: Path) -> None:
    """From Word, and from pages that cut the tables."""
    document = read_back(path.read_bytes(), MediaType.PLAIN)
    flow = flow_of(document)
    held, failed = held_in(document)
    assert held and not failed
    assert held_in(read_back(write_docx(flow), MediaType.DOCX)) == (held, 0)
    assert held_in(read_back(write_pdf(flow, 500), MediaType.PDF)) == (held, 0)


@pytest.mark.slow
def test_scan(pdf: bytes):
    printed = read_back_pages(pdf)
    pages = [0, len(printed) - 1]
    again = read_back_pages(scan(pdf, pages))
    found = compare_pages([printed[page] for page in pages], again)
    assert found.error_rate < 0.05
    assert found.numbers[0] / found.numbers[1] > 0.9


def read_back_pages(data: bytes) -> list[str]:
    reading = read_pdf(data)
    return [text_of_page(reading, page + 1) for page in range(page_count(data))]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_edit_distance(before: str, after: str):
    """Against the table of Wagner and Fischer."""
    row = list(range(len(after) + 1))
    for i, letter in enumerate(before, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(after, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (letter != other))
    assert edit_distance(before, after) == row[-1]
