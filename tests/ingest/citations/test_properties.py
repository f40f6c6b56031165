"""What holds of every text: spans cut it, neutral sentences only shift it, spellings change nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.citations.plain import cite_text
from kb.models import Citation, CitationKind
from kb.numbers import format_number, parse_number
from tests.endless import MENTIONS

SENTENCES = (
    "Căn cứ Nghị định số 12/2019/NĐ-CP ngày 05 tháng 02 năm 2019 của Chính phủ về quản lý chợ.",
    "Theo khoản 2, 3 Điều 9 Nghị định số 71/2017/NĐ-CP và Luật Đất đai năm 2024.",
    "UBND tỉnh ban hành Quyết định số 5/QĐ-UBND ngày 3/4/2025; Công văn số 71/STTTT-CNTT ngày 5/6/2025.",
    "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 và Kết luận số 91-KL/TU của Tỉnh ủy.",
    "Các quyết định số: 33/QĐ-UBND ngày 15/12/2020; 47/QĐ-UBND ngày 20/12/2021.",
    "Thông tư này thay thế Thông tư liên tịch số 71/2014/TTLT-BTC-BNV.",
)
NEUTRAL = "Trời hôm nay nắng đẹp, mọi người vui vẻ làm việc."
sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)


def fields(citation: Citation) -> tuple[object, ...]:
    return (
        citation.kind,
        citation.type,
        citation.number,
        citation.issued,
        citation.issuer,
        citation.pinpoint,
        citation.relation,
        citation.direction,
    )


@given(sentences)
def test_spans_cut_the_text(chosen: list[str]):
    text = "\n".join(chosen)
    for citation in cite_text(text):
        assert "".join(part.cut(text) for part in citation.parts) == citation.surface
        if citation.kind is CitationKind.NUMBER:
            printed = citation.surface.split()[-1]
            parsed = parse_number(printed)
            assert parsed is not None
            assert format_number(parsed) == citation.number


@given(sentences, st.integers(0, 4))
def test_neutral_sentences_only_shift(chosen: list[str], place: int):
    plain = cite_text("\n".join(chosen))
    longer = "\n".join([*chosen[:place], NEUTRAL, *chosen[place:]])
    shifted = cite_text(longer)
    assert [fields(one) for one in plain] == [fields(one) for one in shifted]
    assert [one.surface for one in plain] == [one.surface for one in shifted]


@given(sentences)
def test_spellings_change_nothing(chosen: list[str]):
    text = "\n".join(chosen)
    wanted = [fields(one) for one in cite_text(text)]
    for other in (
        unicodedata.normalize("NFD", text),
        text.replace("-", "\u2011"),
        text.replace("-", "–"),
        text.replace(" ", "\u00a0"),
        text.replace(" ", "\u2009"),
        text.replace(" ", "  "),
        text.replace(" ", "\u00a0 "),
        text.replace(" ", " \u200b"),
        "\u202a" + text.replace(" ", " \u200e") + "\u202c",
        text.replace("số ", "số\t").replace("ngày ", "ngày\t"),
        text.replace("số ", "số\n").replace("ngày ", "ngày\r\n"),
        text.replace("Đ", "\u00d0"),
    ):
        assert [fields(one) for one in cite_text(other)] == wanted


@given(st.text(max_size=300))
@example("\x1f\x08\x08")
@example("\ufeffNghị định số 30/2020/NĐ-CP\ud800")
def test_any_text_is_taken(text: str):
    for citation in cite_text(text):
        assert citation.parts


PIECES = st.sampled_from(
    [
        "Điều ",
        "khoản ",
        "số ",
        "1",
        "/",
        "-",
        "NĐ-CP",
        "Luật ",
        "(",
        ")",
        "“",
        "”",
        ";",
        "\n",
        "2025",
        "¹",
        "này",
        "Đề án ",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_heap_of_pieces_is_taken(text: str):
    for citation in cite_text(text):
        assert "".join(part.cut(text) for part in citation.parts) == citation.surface


@pytest.mark.slow
@pytest.mark.parametrize("piece", MENTIONS.values(), ids=MENTIONS.keys())
def test_what_never_ends_is_read(piece: str):
    text = piece * (120_000 // len(piece))
    for citation in cite_text(text):
        assert "".join(part.cut(text) for part in citation.parts) == citation.surface
