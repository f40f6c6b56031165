"""The catalogue of known works: its tables read from CSV and XLSX, an office's own lists mapped onto them.

A table of the catalogue's own shape is known by its head; any other list needs at least a column of numbers, found
by the words of its head, and a person sees the mapping before anything is loaded.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import kb
from kb.errors import CanCuError
from kb.mentions import central
from kb.numbers import NUMBER_RE, normalize_number, number_of_match, type_of
from kb.sheets import read_table
from kb.text.dates import match_date
from kb.text.normalize import fold, nfc
from kb.vocabulary.types import type_of_word

WORK_COLUMNS = (
    "number",
    "type",
    "issuer",
    "issued",
    "title",
    "effective",
    "ended",
    "end_kind",
    "certainty",
    "source",
    "by",
    "note",
)
RELATION_COLUMNS = (
    "number",
    "issued",
    "relation",
    "direction",
    "other_number",
    "other_issuer",
    "other_issued",
    "pinpoint",
    "on",
    "certainty",
    "source",
    "by",
)
EVENT_COLUMNS = (
    "number",
    "issued",
    "event",
    "on",
    "pinpoint",
    "by_number",
    "by_issued",
    "certainty",
    "source",
    "by",
    "note",
)
#: A sign that no cell holds.
_APART = "\x1f"
KINDS = {"works": WORK_COLUMNS, "relations": RELATION_COLUMNS, "events": EVENT_COLUMNS}

#: Words of heads, folded, for each column that a list of an office may have; the first that fits wins.
HEAD_WORDS: tuple[tuple[str, str], ...] = (
    ("ended", r"(?:ngay|thoi diem|thoi gian)[^/]*(?:het|ngung) hieu luc|ngay het han|eff.?to"),
    ("effective", r"(?:ngay|thoi diem)[^/]*(?:co )?hieu luc|eff.?from"),
    ("reason", r"ly do|can cu het|van ban (?:thay the|bai bo)"),
    ("number", r"so[^a-z]*(?:va[^a-z]*)?(?:ky )?hieu|so van ban|^so hieu$|^number$"),
    ("issued", r"ngay[^/]*ban hanh|ngay ky|ngay van ban|^issued$"),
    ("title", r"trich yeu|ten (?:goi|van ban)|noi dung van ban|^title$"),
    ("type", r"(?:ten )?loai(?: van ban)?|hinh thuc|^type$"),
    ("issuer", r"co quan|noi ban hanh|^issuer$"),
    ("status", r"(?:tinh )?trang|hieu luc|^status$"),
    ("note", r"ghi chu|^note$"),
)
_ENDED_RE = re.compile(r"het hieu luc|khong con hieu luc|bi bai bo|bi thay the")
_PARTLY_RE = re.compile(r"mot phan")
_REASONS = (("thay the", "thay thế"), ("bai bo", "bãi bỏ"), ("het thoi han", "hết thời hạn"), ("huy bo", "bãi bỏ"))


def shipped_folder() -> Path:
    """Where the catalogue lies that comes with the program."""
    return Path(kb.__file__).resolve().parents[1] / "corpus" / "catalogue"


class CatalogueError(CanCuError):
    """A list that cannot be read as a catalogue."""


@dataclass(slots=True)
class Rows:
    """Rows of the three tables, each with every column, and what could not be taken: line and reason."""

    works: list[dict[str, str]] = field(default_factory=list)
    relations: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)


def read_catalogue(
    path: Path, data: bytes, by: str, mapping: Mapping[str, str] | None = None, issuer: str = ""
) -> Rows:
    """The rows of a file; `mapping` (our column -> head of theirs) goes before what the heads suggest.

    `issuer` is the body of the rows that name none: a province's own list does not repeat it in every row.
    """
    table = read_table(path.name, data)
    if not table:
        raise CatalogueError(
            code="catalogue.empty", vi=f"{path.name}: tệp không có dòng nào", en=f"{path.name}: no rows"
        )
    head, rows = table[0], table[1:]
    kind = own_kind(head)
    if kind and not mapping:
        return _own_rows(kind, head, rows)
    at, chosen = find_head(table, mapping)
    if "number" not in chosen:
        raise CatalogueError(
            code="catalogue.no_number",
            vi=f"{path.name}: không thấy cột số, ký hiệu; hãy chỉ ra bằng --map number=TÊN_CỘT",
            en=f"{path.name}: no column of numbers; name it with --map number=COLUMN",
        )
    rows_of_list = _list_rows(path.name, table[at], table[at + 1 :], chosen, by, at + 2)
    for row in rows_of_list.works:
        if not row["issuer"] and not central(row["number"]):
            row["issuer"] = issuer
    return rows_of_list


def find_head(
    table: Sequence[Sequence[str]], mapping: Mapping[str, str] | None = None
) -> tuple[int, dict[str, int]]:
    """The row that is the head of a list, and which of its columns is which of ours.

    `mapping` goes before what the words of the head suggest; an empty name says that there is no such column.

    >>> find_head([["Danh mục"], ["STT", "Số, ký hiệu", "Ngày hết hiệu lực", "Lý do hết hiệu lực"]])
    (1, {'number': 1, 'ended': 2, 'reason': 3})
    """
    top = list(enumerate(table[:15]))
    # A line with one cell is a title, where others have more.
    wide = [(at, row) for at, row in top if sum(bool(cell.strip()) for cell in row) > 1] or top
    wanted = {ours: _folded(theirs) for ours, theirs in (mapping or {}).items()}
    names = {at: [_folded(cell) for cell in row] for at, row in wide}
    found = {at: _map_head(row) for at, row in wide}
    named = set(wanted.values()) - {""}
    best = max(found, key=lambda at: (len(named & {*names[at]}), "number" in found[at], len(found[at]), -at))
    for ours, name in wanted.items():
        if not name:
            found[best].pop(ours, None)
        elif name in names[best]:
            found[best][ours] = names[best].index(name)
        else:
            theirs = (mapping or {})[ours]
            raise CatalogueError(
                code="catalogue.no_column", vi=f"không có cột “{theirs}”", en=f"there is no column “{theirs}”"
            )
    return best, found[best]


def _folded(cell: str) -> str:
    return " ".join(fold(nfc(cell)).split())


def _map_head(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        words = _folded(cell).replace("_", " ")
        if not words or len(words) > 150:
            continue
        for ours, pattern in HEAD_WORDS:
            if re.search(pattern, words) and ours not in found:
                found[ours] = at
                break
    return dict(sorted(found.items(), key=lambda item: item[1]))


def own_kind(head: Sequence[str]) -> str | None:
    """Which table of the catalogue's own shape a head is of: works, relations, events; None for another list."""
    names = {cell.strip().casefold() for cell in head}
    marks = {"effective": "works", "relation": "relations", "event": "events"}
    return next((kind for mark, kind in marks.items() if {"number", "issued", mark} <= names), None)


def _own_rows(kind: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Rows:
    found = Rows(mapping={name: name for name in head})
    names = [cell.strip().casefold() for cell in head]
    for line, row in enumerate(rows, 2):
        # composed together: to ask cell by cell takes an eighth of the time that a catalogue takes to read
        composed = nfc(_APART.join(row)).split(_APART)
        cells = dict(zip(names, map(str.strip, composed), strict=False))
        told = {column: cells.get(column, "") for column in KINDS[kind]}
        wrong = _fault(told)
        if wrong:
            found.refused.append((line, wrong))
        else:
            told["number"] = normalize_number(told["number"])
            for column in ("other_number", "by_number"):
                if told.get(column):
                    told[column] = normalize_number(told[column])
            told.setdefault("note", "")
            getattr(found, kind).append(told)
    return found


def _fault(told: Mapping[str, str]) -> str:
    if not told["number"]:
        return "thiếu số, ký hiệu / no number"
    for column in ("issued", "effective", "ended", "on", "other_issued", "by_issued"):
        if told.get(column) and _iso(told[column]) != told[column]:
            return f"{column}: “{told[column]}” không phải ngày / is no date"
    return ""


def _iso(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _list_rows(
    name: str, head: Sequence[str], rows: Sequence[Sequence[str]], columns: Mapping[str, int], by: str, first: int
) -> Rows:
    found = Rows(mapping={ours: head[at] for ours, at in columns.items()})
    for line, row in enumerate(rows, first):
        cells = {ours: nfc(row[at]).strip() if at < len(row) else "" for ours, at in columns.items()}
        work = _work_of(cells, f"{name}, dòng {line}", by)
        if work is None:
            if cells.get("number"):
                found.refused.append((line, f"không đọc được số, ký hiệu / no number in “{cells['number'][:60]}”"))
            continue
        found.works.append(work)
        found.relations.extend(_relations_of(cells, work))
        if not work["ended"] and _ENDED_RE.search(fold(cells.get("status", ""))):
            partly = _PARTLY_RE.search(fold(cells["status"]))
            told = {column: work.get(column, "") for column in EVENT_COLUMNS}
            today = date.today().isoformat()
            told |= {
                "event": "hết hiệu lực",
                "on": today,
                "pinpoint": "một phần" if partly else "",
                "certainty": "general",
                "note": "danh mục ghi đã hết hiệu lực, không ghi ngày; lấy ngày nạp",
            }
            found.events.append(told)
    return found


def _work_of(cells: Mapping[str, str], source: str, by: str) -> dict[str, str] | None:
    number = NUMBER_RE.search(cells["number"]) or NUMBER_RE.search(_JOINT_RE.sub(r"\1/", cells["number"]))
    parsed = number_of_match(number) if number else None
    if number is None or parsed is None:
        return None
    kind = type_of_word(cells.get("type", "")) or type_of_word(cells["number"][: number.start()].strip(" :;,\n"))
    rest = cells["number"][number.end() :]
    issued = _day(cells.get("issued", "")) or _day(rest)
    reason = fold(cells.get("reason", ""))
    ended = _day(cells.get("ended", ""))
    return {
        "number": str(parsed),
        "type": kind or type_of(parsed) or "",
        "issuer": cells.get("issuer", ""),
        "issued": issued or "",
        "title": cells.get("title", ""),
        "effective": _day(cells.get("effective", "")) or "",
        "ended": ended or "",
        "end_kind": next((word for mark, word in _REASONS if mark in reason), "") if ended else "",
        "certainty": "official",
        "source": source,
        "by": by,
        "note": "; ".join(filter(None, (cells.get("status", ""), cells.get("reason", ""), cells.get("note", "")))),
    }


def _relations_of(cells: Mapping[str, str], work: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What the reason of an end says of the document that ended it."""
    text = cells.get("reason", "")
    folded = fold(text)
    relation = next((word for mark, word in _REASONS if mark in folded and word != "hết thời hạn"), None)
    for found in NUMBER_RE.finditer(text) if relation else ():
        parsed = number_of_match(found)
        if parsed is None or str(parsed) == work["number"]:
            continue
        yield {
            "number": work["number"],
            "issued": work["issued"],
            "relation": relation or "",
            "direction": "passive",
            "other_number": str(parsed),
            "other_issuer": "",
            "other_issued": _day(text[found.end() : found.end() + 40]) or "",
            "pinpoint": "",
            "on": work["ended"],
            "certainty": work["certainty"],
            "source": work["source"],
            "by": work["by"],
            "note": "",
        }


#: "1830 QĐ-UBND": the sign behind the figures is forgotten.
_JOINT_RE = re.compile(r"^(\d+)\s+(?=[A-ZĐ])")
_DAY_RE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\d{4}-\d\d-\d\d"
)


def _day(text: str) -> str | None:
    """The first whole date of a cell, ISO; sheets may hold it as a count of days since 1899-12-30.

    >>> _day("ngày 05/7/2016"), _day("42556"), _day("2016")
    ('2016-07-05', '2016-07-05', None)
    """
    if re.fullmatch(r"[1-6]\d{4}(?:\.0+)?", text.strip()):
        return date.fromordinal(date(1899, 12, 30).toordinal() + int(float(text))).isoformat()
    found = _DAY_RE.search(text)
    if found is None:
        return None
    if "-" in found.group() and found.group()[:4].isdigit():
        return _iso(found.group())
    printed = match_date(found.group(), 0)
    return printed.value if printed and printed.value and len(printed.value) == len("2016-07-05") else None


def write_csv(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as CSV, in the catalogue's own shape."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
