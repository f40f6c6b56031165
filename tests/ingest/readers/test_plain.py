from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.plain import read_plain
from kb.models import LineKind


def test_the_text_is_kept_as_decoded() -> None:
    data = "\ufeffĐiều 1\r\n\r\n  Điều 2 \rĐiều 3\n".encode()
    reading = read_plain(data)
    assert reading.text == "Điều 1\r\n\r\n  Điều 2 \rĐiều 3\n"
    assert [line.span.cut(reading.text) for line in reading.lines] == ["Điều 1", "  Điều 2 ", "Điều 3"]
    assert reading.pages is None
    assert {line.page for line in reading.lines} == {None}


def test_form_feeds_part_pages_also_inside_a_line() -> None:
    reading = read_plain("một\fhai\n\f\nba".encode())
    assert [(line.span.cut(reading.text), line.page) for line in reading.lines] == [
        ("một", 1),
        ("hai", 2),
        ("ba", 3),
    ]
    assert reading.pages == 3


def test_tables_are_told() -> None:
    reading = read_plain("Biểu\n\nSTT\tTên\tSố\n1\tHồ sơ\t3\n2\tĐơn\t4\n".encode())
    assert [line.kind for line in reading.lines] == [LineKind.TEXT, LineKind.ROW, LineKind.ROW, LineKind.ROW]
    assert reading.grids[0].lines == (1, 3)


def test_nothing_in_an_empty_file() -> None:
    for data in (b"", b"\n\n", b"\xef\xbb\xbf", b" \t\r\n\f"):
        assert read_plain(data).lines == ()


#: Letters of any script, and the signs that end lines; other controls are no text.
LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r\f\v")


@given(st.text(LETTERS))
def test_lines_hold_every_letter_in_order(text: str) -> None:
    reading = read_plain(text.encode("utf-8", "ignore"))
    kept = "".join(line.span.cut(reading.text) for line in reading.lines)
    assert "".join(kept.split()) == "".join(reading.text.split())
    starts = [line.span.start for line in reading.lines]
    assert starts == sorted(starts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_any_unicode_is_read(encoding: str) -> None:
    words = "Căn cứ Nghị định số 34/2016/NĐ-CP;"
    assert read_plain(words.encode(encoding)).text == words


def test_a_file_of_an_old_font_is_read_and_said() -> None:
    reading = read_plain(
        "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng, Uû ban nh©n d©n tØnh quyÕt ®Þnh".encode("latin-1")
    )
    assert "Luật Tổ chức chính quyền địa phương" in reading.text
    assert [problem.code for problem in reading.problems] == ["text.converted"]
