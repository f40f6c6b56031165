"""Tables of facts in files: the first sheet of an XLSX workbook or CSV as text, and rows as a new workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from html import escape
from xml.etree import ElementTree

from kb.errors import CanCuError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Bytes one part of a workbook may take unpacked.
_MOST = 200 * 1024 * 1024
_COLUMN_RE = re.compile(r"[A-Z]+")


class SheetError(CanCuError):
    """A workbook that cannot be read."""


def read_sheet(data: bytes) -> list[list[str]]:
    """The cells of the first sheet, rows without any left out; merged cells have their text in the first one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            sheet = _first_sheet(archive, names)
            shared = _shared(archive) if "xl/sharedStrings.xml" in names else []
            rows = _parse(archive, sheet).iter(f"{_MAIN}row")
            table = [_cells(row, shared) for row in rows]
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, IndexError, ValueError) as error:
        raise SheetError(
            code="sheet.broken",
            vi="tệp XLSX hỏng, không đọc được trang tính đầu; mở lại bằng chương trình bảng tính rồi lưu,"
            " hoặc lưu thành CSV",
            en="a broken workbook: open and save it again with a spreadsheet program, or save it as CSV",
        ) from error
    return [row for row in table if any(cell.strip() for cell in row)]


def read_table(name: str, data: bytes) -> list[list[str]]:
    """The rows of a workbook or of CSV in UTF-8, empty ones left out; `name` is what messages call the file."""
    if data[:2] == b"PK":
        return read_sheet(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(
            code="catalogue.encoding",
            vi=f"{name}: không phải CSV UTF-8 hoặc XLSX",
            en=f"{name}: no UTF-8 CSV or XLSX",
        ) from error
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:4000], delimiters=",;\t")
    except csv.Error:
        dialect = "excel"
    try:
        # The first rows may hold no doubled quotation mark while later ones do.
        read = csv.reader(io.StringIO(text, newline=""), dialect, doublequote=True)
        return [row for row in read if any(map(str.strip, row))]
    except csv.Error as error:
        raise SheetError(
            code="catalogue.csv", vi=f"{name}: CSV hỏng ({error})", en=f"{name}: broken CSV ({error})"
        ) from error


def write_sheet(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet; every cell is text.

    >>> read_sheet(write_sheet(["số", "tên"], [["34/2016/NĐ-CP", "a < b"]]))
    [['số', 'tên'], ['34/2016/NĐ-CP', 'a < b']]
    """
    lines = []
    for row in (columns, *rows):
        cells = "".join(
            f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_clean(cell))}</t></is></c>' for cell in row
        )
        lines.append(f"<row>{cells}</row>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, content)
        sheet = f'<worksheet xmlns="{_MAIN[1:-1]}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


def _clean(cell: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", cell)


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN[1:-1]}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="danh muc" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def _first_sheet(archive: zipfile.ZipFile, names: Sequence[str]) -> str:
    sheets = sorted(
        (name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    return sheets[0]


def _parse(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _MOST:
        message = "quá lớn / too large"
        raise ValueError(message)
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        message = "có khai báo thực thể / declares entities"
        raise ValueError(message)
    return ElementTree.fromstring(content)


def _shared(archive: zipfile.ZipFile) -> list[str]:
    root = _parse(archive, "xl/sharedStrings.xml")
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in root.iter(f"{_MAIN}si")]


def _cells(row: ElementTree.Element, shared: Sequence[str]) -> list[str]:
    out: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        at = _column(cell.get("r") or "")
        while at is not None and len(out) < at:
            out.append("")
        out.append(_text(cell, shared))
    return out


def _column(reference: str) -> int | None:
    found = _COLUMN_RE.match(reference)
    if found is None:
        return None
    number = 0
    for letter in found.group():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(cell: ElementTree.Element, shared: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    value = cell.find(f"{_MAIN}v")
    text = value.text or "" if value is not None else ""
    if cell.get("t") == "s":
        return shared[int(text)] if text else ""
    return text.removesuffix(".0")
