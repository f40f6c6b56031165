"""A text as passages to compare: what stands directly in each unit, rows of tables, notes, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from kb.models import BlockKind, Document, Table, TextBlock, Unit, UnitKind
from kb.text.normalize import fold, nfc, unify_tones

_TITLES = frozenset((UnitKind.PART, UnitKind.CHAPTER, UnitKind.SECTION, UnitKind.SUBSECTION))
_HOUSES = frozenset((UnitKind.APPENDIX, UnitKind.ATTACHMENT))
#: The key of what stands in an article before its clauses.
OPENING = "lời dẫn"
_TOKEN_RE = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that stand directly in one unit.

    `group` is what passages are aligned in first, as a reader would: an article, an outer item, a table; `key`
    tells the passage in it by number; `label` is printed, `text` comes without it; `eid` opens it. `tokens` are
    what is compared, words and signs: how lines break and where tone marks sit makes no difference.
    """

    eid: str
    group: str
    group_label: str
    heading: str
    key: str
    label: str
    text: str
    tokens: tuple[str, ...] = ()


def read_passages(document: Document) -> list[Passage]:
    """The passages of a document; page furniture is left out.

    Several stretches of one unit, as the words after its points, are passages of their own.
    """
    units = {unit.eid: unit for unit in document.units}
    tables = list(enumerate(document.tables))
    found: list[Passage] = []
    told = (block for block in document.blocks if block.kind in (BlockKind.TEXT, BlockKind.TABLE))
    for (kind, eid), some in groupby(told, key=lambda block: (block.kind, block.unit)):
        blocks = list(some)
        if kind is BlockKind.TEXT:
            found.append(_of_unit(document, units, eid, blocks))
            continue
        for block in blocks:
            for at, table in tables:
                if block.span.start <= table.span.start < block.span.end:
                    found.extend(_of_table(at, table))
    notes = "Chú thích"
    found.extend(
        Passage(f"chu-thich-{at}", notes, notes, notes, f"{note.series} {note.mark}", note.mark, note.text)
        for at, note in enumerate(document.footnotes)
        if note.text.strip()
    )
    return [replace(one, tokens=_tokens(one.text)) for one in found if one.text or one.label]


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN_RE.findall(unify_tones(nfc(text))))


def _of_unit(document: Document, units: dict[str, Unit], eid: str | None, blocks: list[TextBlock]) -> Passage:
    lines = [" ".join(document.block_text(block).split()) for block in blocks]
    unit = units.get(eid or "")
    if unit is None:
        return Passage("", "", "", "", "", "", "\n".join(lines))
    chain = list(_chain(units, unit))
    group = _group(chain)
    inner = chain[: chain.index(group)]
    text = "\n".join(lines)
    label = " ".join(unit.label.split())
    if label and text.startswith(label):
        text = text[len(label) :].lstrip()
    house = next((one for one in chain if one.kind in _HOUSES and one is not group), None)
    return Passage(
        unit.eid,
        " ".join(filter(None, (_folded(house), _folded(group)))),
        " ".join(group.label.split()).rstrip(".") or NAMES.get(group.kind, ""),
        group.heading if group.label else "",
        " ".join(_folded(one) for one in reversed(inner)) or OPENING,
        label,
        text,
    )


def _chain(units: dict[str, Unit], unit: Unit) -> Iterator[Unit]:
    at: Unit | None = unit
    while at is not None:
        yield at
        at = units.get(at.parent or "")


def _group(chain: list[Unit]) -> Unit:
    """The outermost article; without one the outermost unit that is no heading over others."""
    articles = [unit for unit in chain if unit.kind is UnitKind.ARTICLE]
    if articles:
        return articles[-1]
    bodies = [unit for unit in chain if unit.kind not in _TITLES | _HOUSES]
    return bodies[-1] if bodies else chain[0]


#: What groups without a number of their own are called.
NAMES = {
    UnitKind.PREFACE: "Phần đầu",
    UnitKind.PREAMBLE: "Căn cứ",
    UnitKind.CONCLUSIONS: "Nơi nhận, chữ ký",
    UnitKind.PARAGRAPH: "Đoạn",
}


def _folded(unit: Unit | None) -> str:
    """A unit by its kind and number, whatever stands over it; eids count what has no number."""
    if unit is None:
        return ""
    return fold(nfc(unit.label)).strip(" .):") or unit.eid.rsplit("__", 1)[-1]


def _of_table(at: int, table: Table) -> Iterator[Passage]:
    name = table.appendix or table.caption or table.title or f"Bảng {at + 1}"
    group = f"bang {fold(nfc(name))}"
    head = " | ".join(filter(None, table.columns))
    if head:
        yield Passage(f"bang-{at + 1}", group, name, table.title or "", "cot", "Cột", head)
    for number, row in enumerate(table.rows):
        cells = " | ".join(" ".join((cell.text or "").split()) for cell in row.cells)
        first = next((cell.text for cell in row.cells if cell.text), str(number))
        yield Passage(f"bang-{at + 1}", group, name, table.title or "", f"dong {fold(first)}", "", cells)
