from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from ingest.document import build_document
from ingest.readers.plain import read_plain, read_text
from kb.models import BlockKind, Document, MediaType, Problem, SourceFile
from strategies import cut_paragraphs, messy_texts

SOURCE = SourceFile("a.txt", "0" * 64, MediaType.PLAIN, 1)


def document_of(text: str) -> Document:
    return build_document(SOURCE, read_text(text))


def check_whole(document: Document) -> None:
    """Every letter of the text is in one block; every block but furniture is in a unit; spans lie in the text."""
    covered = bytearray(len(document.text))
    for block in document.blocks:
        for part in block.parts:
            assert not any(covered[part.start : part.end])
            covered[part.start : part.end] = b"\1" * (part.end - part.start)
    assert not [at for at, letter in enumerate(document.text) if not covered[at] and not letter.isspace()]
    eids = {unit.eid for unit in document.units}
    for block in document.blocks:
        if block.kind is not BlockKind.FURNITURE:
            assert block.unit in eids
    for unit in document.units:
        assert unit.span.end <= len(document.text)
    tables = sum(block.kind is BlockKind.TABLE for block in document.blocks)
    assert len(document.tables) <= max(tables * 20, tables)


@given(messy_texts())
def test_any_text_becomes_a_whole_document(text: str) -> None:
    check_whole(document_of(text))


def unit_texts(document: Document) -> list[tuple[str, str]]:
    return [
        (
            unit.eid,
            " ".join(document.block_text(block) for block in document.unit_blocks(unit.eid) if is_text(block)),
        )
        for unit in document.units
    ]


def is_text(block: object) -> bool:
    return getattr(block, "kind", None) is BlockKind.TEXT


@given(cut_paragraphs())
def test_a_page_end_in_a_paragraph_changes_no_text_of_a_unit(cut: tuple[str, str]) -> None:
    whole, broken = (document_of(text) for text in cut)
    assert unit_texts(whole) == unit_texts(broken)


def test_the_real_report_is_whole(report_path: Path) -> None:
    document = document_of(report_path.read_text(encoding="utf-8"))
    check_whole(document)
    furniture = [block for block in document.blocks if block.kind is BlockKind.FURNITURE]
    assert not furniture
    cut = [block for block in document.blocks if block.kind is BlockKind.TEXT and len(block.parts) > 1]
    assert len(cut) == 19
    begins_small = [
        document.block_text(block)
        for block in document.blocks
        if block.kind is BlockKind.TEXT and document.block_text(block)[:1].islower()
    ]
    assert [text for text in begins_small if text[1:2] not in ").đ"] == []


@pytest.mark.parametrize("name", ["provinces-2025", "cong-bao", "vbpl", "others"])
def test_real_texts_are_whole(shared: Path, name: str) -> None:
    with gzip.open(shared / "texts" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line).get("text") or "" for line in lines]
    for text in texts[:: max(1, len(texts) // 12)]:
        check_whole(document_of(text[:200_000]))


def test_problems_of_every_stage_are_kept() -> None:
    seen = Problem("ingest.sources", "file.extension", "đuôi tệp sai", "wrong extension")
    reading = replace(read_plain("Theo Kế hoạch của tỉnh¹.\n".encode()), problems=(seen,), pages=3)
    document = build_document(SOURCE, reading)
    assert document.problems[0] == seen
    assert "footnote.no_note" in [problem.code for problem in document.problems]
    assert document.pages == 3
