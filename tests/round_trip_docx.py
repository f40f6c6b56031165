"""A document written as a Word file with real footnotes and merged head cells."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from kb.models import Table
from tests.round_trip import MARK_RE, Flow, Paragraph, head_rows
from tests.word_files import note, p, r, ref, table, tc, tr, word

_SECTION = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'


def write_docx(flow: Flow) -> bytes:
    """The bytes of a Word file."""
    keys = iter(range(1, len(flow.notes) + 1))
    body: list[str] = []
    for index, item in enumerate(flow.items):
        if index in flow.restarts:
            # The section that ends here has numbers of its own.
            body.append(f"<w:p><w:pPr>{_SECTION}</w:pPr></w:p>")
        if isinstance(item, Paragraph):
            body.append(p(_runs(item.text, keys), '<w:jc w:val="center"/>' if item.centered else ""))
        else:
            body.append(_table(item, keys))
    notes = "".join(note("footnote", key, escape(each.text)) for key, each in enumerate(flow.notes, 1))
    return word("".join(body) + _SECTION, footnotes=notes)


def _runs(text: str, keys: Iterator[int]) -> str:
    """The runs of a paragraph; each mark refers to the next note."""
    runs, at = [], 0
    for mark in MARK_RE.finditer(text):
        if mark.start() > at:
            runs.append(r(escape(text[at : mark.start()])))
        key = next(keys, None)
        runs.append(r(mark.group()) if key is None else ref(key))
        at = mark.end()
    if at < len(text) or not runs:
        runs.append(r(escape(text[at:])))
    return "".join(runs)


def _table(item: Table, keys: Iterator[int]) -> str:
    rows = []
    for cells in head_rows(item):
        row = []
        for text, across, down in cells:
            properties = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            if down != 1:
                properties += '<w:vMerge w:val="restart"/>' if down else "<w:vMerge/>"
            row.append(tc(p(r(escape(text))), properties))
        rows.append(tr(*row, properties="<w:tblHeader/>"))
    for line in item.rows:
        cells_xml = []
        for cell in line.cells:
            marks = "".join(ref(next(keys)) for _ in cell.marks)
            cells_xml.append(tc(f"<w:p>{r(escape(cell.text or ''))}{marks}</w:p>"))
        rows.append(tr(*cells_xml))
    return table(*rows)
