"""Digests as Word files, with real footnotes; through LibreOffice also as ODT, RTF and DOC."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from tools.digests.source import ANCHOR_RE, MOTTO, NATION, Block, Digest, note_numbers

_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)
_WRITTEN = datetime(2026, 11, 24)
_FILTERS = {"odt": "odt", "rtf": "rtf:Rich Text Format", "doc": "doc:MS Word 97"}


def write_docx(digest: Digest, path: Path) -> None:
    """Write the digest as a Word file."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    document.core_properties.title = digest.title
    document.core_properties.author = "Căn Cứ"
    document.core_properties.created = document.core_properties.modified = _WRITTEN
    numbers = note_numbers(digest)
    document.add_paragraph().add_run(digest.mark).italic = True
    _two_columns(document, _head(digest))
    _centred(document, digest.type)
    _centred(document, digest.title)
    body, appendix = digest.split_at_appendix()
    for block in body:
        _add(document, block, numbers)
    if digest.signature or digest.recipients:
        names = [f"- {name};" for name in digest.recipients]
        left = ["Nơi nhận:", *names] if names else [""]
        _two_columns(document, [(left, list(digest.signature))])
    for block in appendix:
        _add(document, block, numbers)
    document.add_paragraph(digest.ending)
    if digest.notes:
        _attach_notes(document, [(numbers[key], text) for key, text in digest.notes.items()])
    document.save(str(path))
    _same_every_time(path)


def convert(source: Path, form: str, target: Path) -> bool:
    """Write a Word file as ODT, RTF or DOC; False where LibreOffice is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", _FILTERS[form], "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.copyfile(Path(folder) / f"{source.stem}.{form}", target)
    return True


def _head(digest: Digest) -> list[tuple[list[str], list[str]]]:
    return [
        ([*digest.issuers, "-------"], [NATION, MOTTO, "---------------"]),
        ([f"{digest.label} {digest.number}"], [f"{digest.place}, {digest.date}"]),
    ]


def _two_columns(document: WordDocument, rows: list[tuple[list[str], list[str]]]) -> None:
    table = document.add_table(rows=0, cols=2)
    for pair in rows:
        for cell, lines in zip(table.add_row().cells, pair, strict=True):
            cell.paragraphs[0].text = lines[0] if lines else ""
            for line in lines[1:]:
                cell.add_paragraph(line)
            for paragraph in cell.paragraphs:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if not lines[0].startswith("Nơi") else None


def _centred(document: WordDocument, text: str) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = True
    return paragraph


def _add(document: WordDocument, block: Block, numbers: dict[str, int]) -> None:
    if block.kind == "table":
        table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
        for row in block.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                _write(cell.paragraphs[0], text, numbers)
        return
    if block.kind in {"title", "appendix", "annex"}:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.page_break_before = block.kind == "appendix"
    else:
        paragraph = document.add_paragraph()
    _write(paragraph, block.text, numbers, bold=block.kind != "paragraph")


def _write(paragraph: Paragraph, text: str, numbers: dict[str, int], bold: bool = False) -> None:
    at = 0
    for found in ANCHOR_RE.finditer(text):
        if found.start() > at:
            paragraph.add_run(text[at : found.start()]).bold = bold or None
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(numbers[found.group(1)]))
        run._r.append(reference)
        at = found.end()
    if at < len(text):
        paragraph.add_run(text[at:]).bold = bold or None


def _attach_notes(document: WordDocument, notes: list[tuple[int, str]]) -> None:
    """Give the file a footnotes part; python-docx has none of its own."""
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    items = "".join(
        f'<w:footnote w:id="{number}"><w:p>{raised}<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
        "</w:p></w:footnote>"
        for number, text in notes
    )
    xml = f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{items}</w:footnotes>"
    parse_xml(xml)
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()
    part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _same_every_time(path: Path) -> None:
    """Rewrite the container with one fixed day on every member, so that the same source gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, _WRITTEN.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
