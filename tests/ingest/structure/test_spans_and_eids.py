"""Where units lie when notes cut a paragraph, and eids that stay when the text around them grows."""

from __future__ import annotations

from ingest.layout import Layout, lay_out
from ingest.readers.plain import read_plain
from ingest.structure.parser import Structure, parse_structure
from kb.models import BlockKind, Span, TextBlock
from kb.text.view import ViewBuilder


def structure_of(text: str) -> Structure:
    return parse_structure(lay_out(read_plain(text.encode())))


def layout_of(text: str, *blocks: tuple[BlockKind, tuple[str, ...]]) -> Layout:
    """A layout whose blocks are made of the given pieces of a text, in the order given."""
    builder = ViewBuilder(text)
    made = []
    for kind, pieces in blocks:
        start = builder.length
        parts = []
        for piece in pieces:
            at = text.index(piece)
            if parts:
                builder.insert(" ", at)
            builder.add(at, at + len(piece))
            parts.append(Span(at, at + len(piece)))
        made.append(TextBlock(kind, tuple(parts), Span(start, builder.length)))
        builder.insert("\n", parts[-1].end)
    return Layout(builder.build(), tuple(made), ())


def test_a_paragraph_cut_by_a_note_and_a_page_number_is_in_one_unit() -> None:
    text = "1. Kết quả năm nay\n¹ Số liệu đến tháng 6\n12\ncao hơn năm trước.\n2. Hạn chế\n"
    layout = layout_of(
        text,
        (BlockKind.TEXT, ("1. Kết quả năm nay", "cao hơn năm trước.")),
        (BlockKind.NOTE, ("¹ Số liệu đến tháng 6",)),
        (BlockKind.FURNITURE, ("12",)),
        (BlockKind.TEXT, ("2. Hạn chế",)),
    )
    structure = parse_structure(layout)
    assert [block.unit for block in structure.blocks] == ["itm_1", "itm_1", None, "itm_2"]
    first, second = structure.units
    assert first.span.cut(text) == text[: text.index("\n2.")]
    assert second.span.cut(text) == "2. Hạn chế"


def test_a_note_under_the_last_paragraph_makes_no_unit_longer() -> None:
    text = "1. Kết quả.\n¹ Ghi chú\n2. Hạn chế\n"
    layout = layout_of(
        text,
        (BlockKind.TEXT, ("1. Kết quả.",)),
        (BlockKind.TEXT, ("2. Hạn chế",)),
        (BlockKind.NOTE, ("¹ Ghi chú",)),
    )
    structure = parse_structure(layout)
    assert [unit.span.cut(text) for unit in structure.units] == ["1. Kết quả.", "2. Hạn chế"]
    assert structure.blocks[2].unit == "itm_2"


def test_recitals_on_one_line_are_units_of_their_own() -> None:
    text = "Căn cứ Luật A; Căn cứ Luật B;\nTheo đề nghị của Sở.\nQUYẾT ĐỊNH:\nĐiều 1. Giao việc\n"
    structure = structure_of(text)
    recitals = [unit for unit in structure.units if unit.kind.value == "recital"]
    assert [unit.span.cut(text).strip() for unit in recitals][:2] == ["Căn cứ Luật A;", "Căn cứ Luật B;"]
    assert structure.blocks[0].unit == "preamble"


def test_an_article_keeps_its_eid_when_a_chapter_is_added() -> None:
    articles = "Điều 1. Phạm vi\n\n1. Một.\n\nĐiều 2. Đối tượng\n\n1. Hai.\n"
    plain = structure_of(articles)
    in_chapters = structure_of(
        "Chương I\nQUY ĐỊNH CHUNG\n\n" + articles.replace("Điều 2", "Chương II\nKHÁC\n\nĐiều 2")
    )
    legal = {"article", "clause"}
    assert [u.eid for u in plain.units if u.kind.value in legal] == [
        u.eid for u in in_chapters.units if u.kind.value in legal
    ]


def test_appendices_of_the_report_are_nine(report_path) -> None:
    structure = parse_structure(lay_out(read_plain(report_path.read_bytes())))
    appendices = [unit for unit in structure.units if unit.kind.value == "appendix"]
    assert [unit.eid for unit in appendices] == [f"app_{number}" for number in range(1, 10)]
    assert structure.grammar == "report"
    assert [unit.label for unit in structure.units if unit.kind.value == "part"] == [
        "Phần thứ nhất",
        "Phần thứ hai",
        "Phần thứ ba",
    ]
    assert [problem.code for problem in structure.problems] == ["header.number_conflict"]
