"""Tables as data: the cases a clerk can read, the real report, what must hold of any table."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import Case, load_cases
from ingest.readers.plain import read_plain
from kb.models import Grid, GridCell, Line, LineKind, Reading, Span, Table, ValueKind
from table_texts import cells_of, read_tables, tables_of


def render(text: str) -> str:
    """The tables of a text as the case file writes them."""
    tables, problems = read_tables(text)
    lines = []
    for table in tables:
        over = " | ".join(filter(None, (table.appendix, table.title, table.caption, table.measure)))
        lines.append(f"= {over}".rstrip())
        lines.append(" | ".join(table.columns))
        for row in table.rows:
            lines.append(
                " | ".join((cell.text or "∅") + "".join(f"^{mark}" for mark in cell.marks) for cell in row.cells)
            )
        lines += [f"note {mark}: {note}" for mark, note in table.notes.items()]
    lines += [f"! {problem.code}" for problem in problems]
    return "\n".join(lines)


@pytest.mark.parametrize("case", load_cases("tables"), ids=lambda case: case.id)
def test_case(case: Case):
    assert render(case.text.replace("⇥", "\t")) == case.expected


def test_places_of_cells_and_rows():
    text = "STT\tTên\tSố\n1\tCông tác cải\t5²\n\n² Ước tính\n\nSTT\tTên\tSố\n\tcách hành chính\t\n"
    (table,), _ = read_tables(text)
    (row,) = table.rows
    assert [span.cut(text) for span in row.spans] == ["1\tCông tác cải\t5²", "cách hành chính"]
    assert [span.cut(text) for span in row.cells[1].spans] == ["Công tác cải", "cách hành chính"]
    assert [span.cut(text) for span in table.head_spans] == ["STT\tTên\tSố"] * 2
    assert table.span.cut(text).startswith("STT") and table.span.end == len(text.rstrip())
    assert row.cells[2].marks == ("2",) and table.notes == {"2": "Ước tính"}


def test_a_cell_that_holds_only_a_mark_has_a_place():
    text = "STT\tTên\tSố\n1\tKiểm tra\t¹\n2\tRà soát\t5\n"
    (table,), _ = read_tables(text)
    cell = table.rows[0].cells[2]
    assert (cell.text, cell.marks, cell.value.kind) == (None, ("1",), ValueKind.BLANK)
    assert text[cell.spans[0].start] == "¹"


def test_numbers_of_rows_are_no_values():
    (table,), _ = read_tables("STT\tTên\tSố\n1.1\tA\t1.234\n1.2\tB\t15,357\n")
    assert [row.cells[0].value.kind for row in table.rows] == [ValueKind.TEXT] * 2
    assert [row.cells[2].value.value for row in table.rows] == ["1234", "15357"]


def test_ten_thousand_rows_are_one_table():
    text = "STT\tTên\tA\tB\tC\tD\tE\n" + "".join(
        f"{at}\tĐơn vị thứ {at}\t{at}\t1.{at % 1000:03d}\t{at % 100},5%\t-\t\n" for at in range(10_000)
    )
    reading = read_plain(text.encode())
    (table,), _ = tables_of(reading)
    assert len(table.rows) == 10_000


WORD = st.text("abcdeghiklmnoprstuvxyđăâêôơưàạộ", min_size=2, max_size=9).map(str.capitalize)
NUMBER = st.one_of(st.just(""), st.integers(0, 10**6).map(str), st.sampled_from(["-", "21/21", "67,7%"]))
CELL = st.one_of(st.just(""), WORD, NUMBER, st.just("5 m²"))


@st.composite
def printed_tables(draw: st.DrawFn) -> list[list[str]]:
    """A head of names, and rows with a number before them, a column of one kind each."""
    width = draw(st.integers(3, 6))
    head = ["STT", *draw(st.lists(WORD, min_size=width - 1, max_size=width - 1, unique=True))]
    kinds = draw(st.lists(st.sampled_from([NUMBER, st.one_of(st.just(""), WORD)]), min_size=width, max_size=width))
    rows = range(1, draw(st.integers(2, 9)))
    return [head, *([str(at), draw(WORD), *(draw(kind) for kind in kinds[2:])] for at in rows)]


def as_tabs(rows: list[list[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def as_pipes(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]) + "\n"


def as_markup(rows: list[list[str]]) -> str:
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>\n{body}\n</table>\n"


@pytest.mark.parametrize("write", [as_tabs, as_pipes, as_markup])
@given(rows=printed_tables())
def test_a_printed_table_reads_back(write, rows: list[list[str]]):
    (table,), problems = read_tables("Mở đầu.\n\n" + write(rows) + "\nHết.\n")
    assert list(table.columns) == rows[0]
    assert cells_of(table) == [[cell or None for cell in row] for row in rows[1:]]
    assert not problems


@given(rows=printed_tables(), cut=st.integers(1, 7))
def test_a_page_break_between_rows_changes_nothing(rows: list[list[str]], cut: int):
    at = min(cut, len(rows) - 1) + 1
    pages = as_tabs(rows[:at]) + "\n" + (as_tabs([rows[0], *rows[at:]]) if at < len(rows) else "")
    (table,), _ = read_tables(pages)
    assert cells_of(table) == [[cell or None for cell in row] for row in rows[1:]]


@given(
    rows=printed_tables(),
    words=st.lists(WORD, min_size=2, max_size=12),
    cut=st.integers(1, 11),
    at=st.integers(1, 8),
)
def test_a_page_break_inside_a_row_changes_nothing(rows: list[list[str]], words: list[str], cut: int, at: int):
    at, cut = min(at, len(rows) - 1), min(cut, len(words) - 1)
    rows[at][1] = " ".join(words)
    first = [rows[at][0], " ".join(words[:cut]), *rows[at][2:]]
    second = ["", " ".join(words[cut:]), *[""] * (len(rows[0]) - 2)]
    pages = as_tabs([*rows[:at], first]) + "\n¹ Ghi chú\n\n" + as_tabs([rows[0], second, *rows[at + 1 :]])
    (table,), _ = read_tables(pages)
    assert cells_of(table) == [[cell or None for cell in row] for row in rows[1:]]


@given(st.lists(st.lists(CELL, min_size=1, max_size=7), min_size=1, max_size=12))
def test_every_printed_cell_stands_exactly_once(rows: list[list[str]]):
    text = as_tabs(rows)
    tables, _ = read_tables(text)
    taken: Counter[int] = Counter()
    for table in tables:
        spans = [span for row in table.rows for cell in row.cells for span in cell.spans]
        for span in spans:
            taken.update(range(span.start, span.end))
        for span in table.head_spans:
            taken.update(at for at in range(span.start, span.end) if not text[at].isspace())
    assert all(count == 1 for count in taken.values())
    for table in tables:
        # A number alone on its line, between two parts of a table, is taken for the number of a page.
        lines = [line.span() for line in re.finditer(r"[^\n]*\t[^\n]*", text)]
        inside = [at for span in lines for at in range(*span) if table.span.start <= at < table.span.end]
        assert all(taken[at] or text[at].isspace() or text[at] in "²-" for at in inside)


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[str, Grid]:
    """A text and a grid of any cells over any columns and rows, also such as no table could have."""
    text, rows, at = "", [], 0
    for _ in range(draw(st.integers(1, 5))):
        row = []
        for _ in range(draw(st.integers(1, 5))):
            word = draw(CELL)
            text += word + "\n"
            spans = (Span(at, at + len(word)),) if word else ()
            row.append(GridCell(spans, draw(st.integers(1, 3)), draw(st.integers(1, 3))))
            at = len(text)
        rows.append(tuple(row))
    return text, Grid(tuple(rows), (0, 0))


@given(merged_grids())
def test_any_grid_becomes_a_table_without_loss(drawn: tuple[str, Grid]):
    text, grid = drawn
    tables, _ = tables_of(Reading(text, (Line(Span(0, len(text)), LineKind.ROW),), (grid,)))
    printed = sum(bool(cell.spans) for row in grid.rows for cell in row)
    cells = sum(cell.text is not None for table in tables for row in table.rows for cell in row.cells)
    heads = sum(_count(grid, table) for table in tables)
    captions = sum(table.caption is not None for table in tables)
    assert cells + heads + captions >= printed or not printed
    assert cells + heads <= printed
    for table in tables:
        assert all(len(row.cells) == len(table.columns) for row in table.rows)


def _count(grid: Grid, table: Table) -> int:
    """How many printed cells of a grid stand in the head of a table."""
    return sum(
        any(head.start <= span.start and span.end <= head.end for head in table.head_spans)
        for row in grid.rows
        for cell in row
        for span in cell.spans
    )


def test_the_report(report_path):
    """Every letter of a row with tabs is in one cell, a head or a mark; rows cut by pages are whole."""
    text = report_path.read_text("utf-8")
    tables, problems = read_tables(text)
    assert len(tables) == 11
    taken: Counter[int] = Counter()
    for table in tables:
        for row in table.rows:
            assert len(row.cells) == len(table.columns)
            for cell in row.cells:
                for span in cell.spans:
                    taken.update(range(span.start, span.end))
        for span in table.head_spans:
            taken.update(range(span.start, span.end))
    lost = []
    for found in re.finditer(r"[^\n]*\t[^\n]*", text):
        for at in range(*found.span()):
            if not text[at].isspace() and not taken[at]:
                lost.append(text[at])
    # Marks of notes, tags and a rule of dashes are no words of a cell.
    left = re.sub(r"</?(?:i|p|ul(?:style=\"list-style-type:none\")?)>", "", "".join(lost))
    assert set(left) <= set("⁰¹²³⁴⁵⁶⁷⁸⁹-"), left
    assert sum(len(row.spans) > 1 for table in tables for row in table.rows) == 8
    assert {problem.code for problem in problems} == {
        "table.column_split", "table.cells_moved", "table.head_shifted"
    }  # fmt: skip


def test_every_code_is_documented():
    root = Path(__file__).resolve().parents[3]
    said = (root / "docs" / "tables.md").read_text("utf-8")
    sources = (root / "ingest" / "structure").glob("table*.py")
    codes = {code for path in sources for code in re.findall(r'"(table\.\w+)"', path.read_text("utf-8"))}
    assert codes and all(f"`{code}`" in said for code in codes)


def test_holes_between_the_cells_of_a_printed_row_keep_their_columns():
    """Rules that are not drawn through leave no cell where nothing is printed; the line still has its tabs."""
    text = "STT\tTên\tSố\n1\t\t5\n\tB\t\n"
    rows = (
        (GridCell((Span(0, 3),)), GridCell((Span(4, 7),)), GridCell((Span(8, 10),))),
        (GridCell((Span(11, 12),)), GridCell((Span(14, 15),))),
        (GridCell((Span(17, 18),)),),
    )
    lines = tuple(Line(span, LineKind.ROW) for span in (Span(0, 10), Span(11, 15), Span(16, 19)))
    (table,), _ = tables_of(Reading(text, lines, (Grid(rows, (0, 2)),)))
    assert cells_of(table) == [["1", None, "5"], [None, "B", None]]
