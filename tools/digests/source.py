r"""What a digest is written in: a head of ``@key value`` lines, then one paragraph a line.

``# `` centred heading (set left when it bears a number), ``## `` article, ``### `` appendix on a new page,
``#### `` an appendix within it, ``| a | b |`` a row of a table (the first of a run is its head),
``[^1]`` an anchor and ``[^1]: text`` its note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ANCHOR_RE = re.compile(r"\[\^(\w+)\]")
_NOTE_RE = re.compile(r"^\[\^(\w+)\]:\s*(.*)$")
_NUMBERED_RE = re.compile(r"(?:\d+(?:\.\d+)*|[IVX]+)\.\s")
_HEADINGS = (("#### ", "annex"), ("### ", "appendix"), ("## ", "article"), ("# ", "title"))


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or paragraph with its text, or a table with its rows; `kind` says which."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest: its head, its blocks in order and its notes by key."""

    name: str
    format: str
    work: str
    issuers: tuple[str, ...]
    label: str
    number: str
    place: str
    date: str
    type: str
    title: str
    signature: tuple[str, ...]
    recipients: tuple[str, ...]
    facts: str
    blocks: tuple[Block, ...]
    notes: dict[str, str]

    @property
    def mark(self) -> str:
        """The line at the head that says what this is."""
        return f"Lược thuật: bản tóm lược do người soạn kho viết lại từ {self.work}; không phải nguyên văn."

    @property
    def ending(self) -> str:
        """The last line: where the facts stand."""
        return f"Nguồn: {self.facts}."

    def split_at_appendix(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """The blocks before the signature, and the appendices after it."""
        for index, block in enumerate(self.blocks):
            if block.kind == "appendix":
                return self.blocks[:index], self.blocks[index:]
        return self.blocks, ()


def read_digest(path: Path) -> Digest:
    """The digest a file holds."""
    head: dict[str, str] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    while lines and lines[0].startswith("@"):
        key, _, value = lines.pop(0)[1:].partition(" ")
        head[key] = value.strip()
    blocks, notes = _read_body(lines)
    return Digest(
        name=path.stem,
        format=head["format"],
        work=head["work"],
        issuers=_parts(head["issuer"]),
        label=head.get("label", "Số:"),
        number=head["number"],
        place=head["place"],
        date=head["date"],
        type=head["type"],
        title=head["title"],
        signature=_parts(head.get("sign", "")),
        recipients=_parts(head.get("to", "")),
        facts=head["source"].rstrip("."),
        blocks=blocks,
        notes=notes,
    )


def _read_body(lines: list[str]) -> tuple[tuple[Block, ...], dict[str, str]]:
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block("table", rows=tuple(rows)))
            rows = []
        note = _NOTE_RE.match(line)
        if note:
            notes[note.group(1)] = note.group(2)
        elif line.strip():
            blocks.append(_block(line))
    return tuple(blocks), notes


def _block(line: str) -> Block:
    for sign, kind in _HEADINGS:
        if line.startswith(sign):
            text = line[len(sign) :].strip()
            return Block("article" if _NUMBERED_RE.match(text) else kind, text)
    return Block("paragraph", line.strip())


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split("|") if part.strip())


def note_numbers(digest: Digest) -> dict[str, int]:
    """The number each note bears: counted anew in the appendices, as word processors do by section."""
    numbers: dict[str, int] = {}
    for blocks in digest.split_at_appendix():
        count = 0
        for block in blocks:
            for text in (block.text, *(cell for row in block.rows for cell in row)):
                for key in ANCHOR_RE.findall(text):
                    count += 1
                    numbers[key] = count
    return numbers
