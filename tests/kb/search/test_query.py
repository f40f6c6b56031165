"""What people type is read as they mean it, and never fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases import Case, load_cases
from kb.search.home import open_engine
from kb.search.index import SearchIndex, Wanted
from kb.search.plan import Bag, Plan, nodes_of
from kb.search.query import read_query
from kb.settings import Settings
from kb.text.normalize import fold
from kb.vocabulary.abbreviations import Abbreviation, load_abbreviations
from search_base import rows

DAY = date(2025, 7, 1)


@pytest.mark.parametrize("case", load_cases("queries"), ids=lambda case: case.id)
def test_a_query_is_explained(case: Case) -> None:
    assert "\n".join(read_query(case.text, DAY).explanation) == case.expected


def bags(plan: Plan) -> list[Bag]:
    return [node for node in nodes_of(plan) if isinstance(node, Bag)]


@pytest.mark.parametrize(
    ("short", "long"),
    [("CCHC", "cải cách hành chính"), ("tthc", "thủ tục hành chính"), ("KT-XH", "kinh tế - xã hội")],
)
def test_an_abbreviation_is_the_very_query_of_its_words(short: str, long: str) -> None:
    assert read_query(short, DAY).plan == read_query(long, DAY).plan


@pytest.mark.parametrize("row", load_abbreviations(), ids=lambda row: row.short)
def test_every_abbreviation_may_be_typed_in_small_letters_without_marks(row: Abbreviation) -> None:
    assert read_query(fold(row.short), DAY).plan == read_query(row.long, DAY).plan


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("giải thể hợp tác xã khi nào?", "giai the hop tac xa"),
        ("thời hạn trả kết quả là bao nhiêu ngày", "thoi han tra ket qua la ngay"),
        ("chấn thương sọ não", "chan thuong so nao"),
        ("ứng dụng AI của xe máy", "ung dung ai cua xe may"),
        ("bến thủy nội địa là gì", "ben thuy noi dia la"),
        ("thế nào", "the nao"),
    ],
)
def test_words_that_only_ask_are_not_looked_for(typed: str, left: str) -> None:
    assert bags(read_query(typed, DAY).plan)[0].words == tuple(left.split())


def test_without_marks_only_the_marks_are_missing() -> None:
    marked, plain = (bags(read_query(text, DAY).plan)[0] for text in ("hài lòng", fold("hài lòng")))
    assert (marked.words, marked.pairs) == (plain.words, plain.pairs)
    assert marked.marks and not plain.marks


PIECES = st.sampled_from(
    [
        *(
            '"',
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "AND",
            "OR",
            "NOT",
            "VÀ",
            "HOẶC",
            "ANDNOT",
            "ANDMAYBE",
            "TO",
            "~2",
            "^3",
        ),
        *(
            "*",
            "?",
            "loại:",
            "số:",
            "năm:",
            "ngày:",
            "điều:",
            "hiệu lực:",
            "cơ quan:",
            ">=",
            "<",
            "..",
            "76/NQ-CP",
        ),
        *(
            "nghị định 34/2016",
            "luật đất đai 2024",
            "thay thế",
            "bởi văn bản nào",
            "còn hiệu lực không",
            "khi nào",
        ),
        *("cải cách", "CCHC", "hiệu", "đ", ":", "-", "\u0323", "İ", "²", "\x00", "𝟙", "'", "\\", "/", "&&", "||"),
    ]
)


TYPED = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES).map("".join))


@given(TYPED)
@example("( >5")
@example("năm:[ TO ]")
@example("NOT")
@example("loại:")
@example("*:*")
@example("(" * 200)
@example("a AND")
@example(':"ANDMAYBE :')
def test_nothing_typed_is_an_error(text: str) -> None:
    reading = read_query(text, DAY)
    assert reading.explanation or not text.strip()
    assert isinstance(reading.plan, object)


def test_nothing_typed_fails_a_search(tmp_path: Path) -> None:
    engine = open_engine(Settings(tmp_path, "sqlite://", "tantivy"))
    engine.update(rows())
    index = SearchIndex(engine)

    @given(TYPED)
    @example("nghị định 34/2016 bị thay thế bởi văn bản nào")
    @example("số hài lòng năm 2024")
    @example("kế hoạch đầu tư công năm 2023")
    def ask(text: str) -> None:
        assert index.search(Wanted(text, DAY)).explanation or not text.strip()

    ask()
    engine.close()


def test_a_pasted_page_is_cut() -> None:
    assert "chỉ đọc 1000 chữ đầu" in read_query("cải cách " * 5000, DAY).explanation


@pytest.mark.parametrize("typed", ["loại: " * 100_000, "OR " * 100_000 + "phà", '"' * 100_001, "phà^" * 100_000])
def test_a_pasted_book_of_signs_is_read_no_further_than_its_beginning(typed: str) -> None:
    assert read_query(typed, DAY).explanation[0] == "chỉ đọc 1000 chữ đầu"
