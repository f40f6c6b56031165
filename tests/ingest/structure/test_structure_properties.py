"""What holds for the structure of any text: units nest, every block has one, printed trees come back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.layout import lay_out
from ingest.readers.plain import read_text
from ingest.structure.parser import Structure, parse_structure
from kb.models import BlockKind
from kb.text.roman import format_roman
from tests.endless import UNITS

LETTERS = "abcdđeghiklmnopqrstuvxy"
WORDS = st.sampled_from(
    [
        "Phạm vi điều chỉnh",
        "Cơ quan nhà nước có trách nhiệm",
        "Hồ sơ gồm các giấy tờ",
        "Kinh phí thực hiện",
        "Lệ phí",
    ]
)
# Pieces of real trouble: labels without text, marks that do not balance, heads cut anywhere.
SHARDS = st.sampled_from(
    [
        "Điều 1.", "Điều 7. Hiệu lực", "Điều l6.", "Chương II", "Phần thứ ba", "Mục 1.", "I.",
        "II. KẾT QUẢ", "1.", "2. Nội dung;", "1.1.", "a)", "đ) Điểm", "-", "- Gạch", "+ Cộng", "* Sao",
        "(1) Một", "“Điều 5. Trích", "”.", "\"", "như sau: “1. Mới", "PHỤ LỤC", "Phụ lục 3", "Mẫu số 01",
        "(Kèm theo Quyết định số 5/QĐ-UBND ngày 01/02/2025)", "QUY CHẾ", "Nơi nhận:", "TM. ỦY BAN",
        "CHỦ TỊCH", "Căn cứ Luật;", "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:", "Số: 12/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Kính gửi:", "V/v", "Hà Nội, ngày 31 tháng 02 năm 2025",
        "Đoạn văn.", "không dấu chấm", "\t1\t2", "¹ Ghi chú", "Phần IIII.", "IIX. Sai",
    ]
)  # fmt: skip


def structure_of(text: str) -> Structure:
    return parse_structure(lay_out(read_text(text)))


def check(text: str) -> None:
    structure = structure_of(text)
    units = structure.units
    eids = [unit.eid for unit in units]
    assert len(set(eids)) == len(eids)
    known = {unit.eid: unit for unit in units}
    for block in structure.blocks:
        assert (block.unit is None) == (block.kind is BlockKind.FURNITURE)
        assert block.unit is None or block.unit in known
    reach: dict[str | None, int] = {}
    last = 0
    for unit in units:
        assert unit.span.end <= len(text)
        assert unit.span.start >= last, "reading order"
        last = unit.span.start
        if unit.parent is not None:
            parent = known[unit.parent]
            assert parent.span.start <= unit.span.start and unit.span.end <= parent.span.end
            assert parent.level == unit.level - 1
        else:
            assert unit.level == 1
        assert unit.span.start >= reach.get(unit.parent, 0), "siblings apart"
        reach[unit.parent] = unit.span.end
        if unit.label:
            printed = re.sub(r"\W", "", unit.label)
            assert printed in re.sub(r"\W", "", unit.span.cut(text))
    for field in (structure.metadata.number, structure.metadata.issued, structure.metadata.title):
        assert field is None or all(span.end <= len(text) for span in field.spans)


@given(st.lists(SHARDS, max_size=30), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_any_text_has_a_sound_structure(shards, joint) -> None:
    check(joint.join(shards))


@given(st.text(max_size=200))
def test_any_characters_have_a_sound_structure(text) -> None:
    check(text)


@st.composite
def laws(draw) -> list[tuple[int, str, str]]:
    """Chapters, articles, clauses, points: (level, label, text)."""
    rows: list[tuple[int, str, str]] = []
    article = 0
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        rows.append((1, f"Chương {format_roman(chapter)}", draw(WORDS).upper()))
        for _ in range(draw(st.integers(1, 3))):
            article += 1
            rows.append((2, f"Điều {article}.", draw(WORDS)))
            for clause in range(1, draw(st.integers(0, 12)) + 1):
                points = draw(st.integers(0, len(LETTERS))) if draw(st.booleans()) else 0
                rows.append((3, f"{clause}.", draw(WORDS) + (":" if points else ".")))
                for place in range(points):
                    last = place == points - 1
                    rows.append((4, f"{LETTERS[place]})", draw(WORDS) + (".\n" if last else ";").strip()))
    return rows


@st.composite
def reports(draw) -> list[tuple[int, str, str]]:
    """Roman numbers, figures, letters, bullets."""
    rows: list[tuple[int, str, str]] = []
    for roman in range(1, draw(st.integers(1, 9)) + 1):
        rows.append((1, f"{format_roman(roman)}.", draw(WORDS).upper()))
        for figure in range(1, draw(st.integers(0, 11)) + 1):
            rows.append((2, f"{figure}.", draw(WORDS)))
            for place in range(draw(st.integers(0, 5))):
                rows.append((3, f"{LETTERS[place]})", draw(WORDS)))
                rows.extend((4, "-", draw(WORDS) + ";") for _ in range(draw(st.integers(0, 3))))
    return rows


def _tree(structure: Structure) -> list[tuple[int, str, str]]:
    return [(unit.level, unit.label, unit.heading) for unit in structure.units]


@given(laws())
def test_a_printed_law_comes_back(rows) -> None:
    structure = structure_of("\n\n".join(f"{label} {text}" for _, label, text in rows))
    assert structure.grammar == "norm"
    assert _tree(structure) == rows


@given(reports())
def test_a_printed_report_comes_back(rows) -> None:
    structure = structure_of("\n\n".join(f"{label} {text}" for _, label, text in rows))
    assert structure.grammar == "report"
    assert _tree(structure) == rows


@pytest.mark.parametrize("piece", UNITS.values(), ids=UNITS.keys())
def test_what_never_ends_is_read_to_its_end(piece: str) -> None:
    text = piece * 8000
    structure = parse_structure(lay_out(read_text(text)))
    assert structure.units
    assert max(unit.span.end for unit in structure.units) == len(text.rstrip())
