"""What a table is called: its appendix or section, the line over it, what its figures count; its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kb.models import BlockKind, Footnote, Table, TextBlock, Unit, UnitKind
from kb.text.normalize import fold

_MEASURE_RE = re.compile(
    r"^\(?\s*(?:đơn\s+vị(?:\s+tính)?|đvt)\s*[:.]\s*(?P<measure>[^()\n]{1,80}?)\s*[.)]*\s*$", re.IGNORECASE
)
_MEASURE_END_RE = re.compile(
    r"(?:\(\s*đơn\s+vị|\(?\s*(?:đơn\s+vị\s+tính|đvt))\s*:\s*(?P<measure>[^()\n]{1,60}?)\s*\)?\s*:?\s*$",
    re.IGNORECASE,
)
_NUMBERED_RE = re.compile(r"(?:bảng|biểu|bảng biểu|biểu đồ|danh sách|danh mục|mẫu)\b", re.IGNORECASE)
_LABEL_RE = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2}){0,4}|[a-zđ])[.)/]\s")
_ISSUED_RE = re.compile(r"^\(?\s*(?:ban hành|kèm theo|đính kèm|của|theo)\b", re.IGNORECASE)
_NOTE_RE = re.compile(
    r"(?:\(?(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\)?|\((?P<starred>\*{1,3}|\d{1,3})\)|(?P<star>\*{1,3}))\s*(?=\S)"
)
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CAPTION_MAX = 250
# How many paragraphs over a table may name it, and how many after it may be its notes.
_ABOVE, _BELOW = 4, 24
_HOLDERS = frozenset((UnitKind.APPENDIX, UnitKind.ATTACHMENT))


class TableName(NamedTuple):
    """What a table is called and what its figures count."""

    title: str | None
    appendix: str | None
    caption: str | None
    measure: str | None
    unit: str | None


def name_table(
    at: int, blocks: Sequence[TextBlock], text: str, units: Mapping[str, Unit], caption: str | None
) -> TableName:
    """The name of the table in block `at`; `caption` is a title that was read inside the table."""
    chain = list(_chain(blocks[at].unit, units))
    holder = next((unit for unit in chain if unit.kind in _HOLDERS), None)
    named = holder or next((unit for unit in chain if unit.heading and unit.kind is not UnitKind.PARAGRAPH), None)
    title = _tidy(named.heading) if named else None
    appendix = _tidy(holder.label) if holder else None
    measure, line = None, ""
    said = fold(" ".join(filter(None, (appendix, title))))
    for index in range(at - 1, max(at - 1 - _ABOVE, -1), -1):
        block = blocks[index]
        if block.kind is BlockKind.TABLE:
            break
        if block.kind is not BlockKind.TEXT:
            continue
        line = " ".join(text[block.view.start : block.view.end].split()).strip("*_ ")
        found = _MEASURE_RE.match(line)
        if found:
            measure = found["measure"]
            continue
        if not line or line.isdigit() or _ISSUED_RE.match(line):
            continue
        if caption is None and _names(line, said):
            caption = line
        break
    ends = (_MEASURE_END_RE.search(told) for told in (caption or "", line))
    measure = measure or next((found["measure"] for found in ends if found), None)
    return TableName(title, appendix, caption, measure, blocks[at].unit)


def _names(line: str, said: str) -> bool:
    """Whether a line over a table names it, and is not the title of the appendix again."""
    if len(line) > _CAPTION_MAX or fold(line).strip(" .:") in said:
        return False
    if _NUMBERED_RE.match(line) or _LABEL_RE.match(line):
        return not line.endswith(";")
    return line.endswith(":") or not line.endswith((".", ";", ",", "./."))


def _chain(eid: str | None, units: Mapping[str, Unit]) -> Iterator[Unit]:
    """A unit and those that hold it, innermost first."""
    while eid is not None and eid in units:
        unit = units[eid]
        yield unit
        eid = unit.parent


def _tidy(printed: str) -> str | None:
    return " ".join(printed.split()).strip("*_ .:") or None


def with_notes(tables: Sequence[Table], footnotes: Sequence[Footnote]) -> tuple[Table, ...]:
    """The tables with the notes that the document ties to their cells, whatever their marks look like."""
    texts: dict[int, dict[str, str]] = {}
    for note in footnotes:
        if note.table is not None:
            texts.setdefault(note.table, {}).setdefault(note.mark, note.text)
    return tuple(
        replace(table, notes={**table.notes, **texts[at]}) if at in texts else table
        for at, table in enumerate(tables)
    )


def find_notes(marks: set[str], places: Sequence[int], blocks: Sequence[TextBlock], text: str) -> dict[str, str]:
    """The texts of a table's notes by mark, from the notes between its parts and after it."""
    found: dict[str, str] = {}
    last = min(len(blocks), places[-1] + 1 + _BELOW)
    for index in range(places[0] + 1, last):
        block = blocks[index]
        if block.kind is BlockKind.TABLE and index > places[-1]:
            break
        if block.kind not in {BlockKind.NOTE, BlockKind.TEXT}:
            continue
        line = text[block.view.start : block.view.end].strip()
        note = _NOTE_RE.match(line)
        if note is None:
            continue
        mark = (note["raised"] or note["starred"] or note["star"]).translate(_DIGITS)
        if mark in marks and mark not in found:
            found[mark] = " ".join(line[note.end() :].split())
    return found
