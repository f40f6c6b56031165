"""The sentence that proves a link: whole over the ends of printed lines, cut between words where it is long."""

from __future__ import annotations

from ingest.document import text_document
from webapp.cli.works_named import shown_sentence

HEAD = "UBND TỈNH A\nSố: 45/BC-UBND\nA, ngày 20 tháng 12 năm 2023\n\nBÁO CÁO\nKết quả năm 2023\n\n"


def told(text: str, words: str) -> str:
    document = text_document(HEAD + text)
    start = document.text.index(words)
    return shown_sentence(document, start, start + len(words))


def test_a_sentence_is_whole_over_the_ends_of_lines() -> None:
    text = (
        "Sở đã họp. Căn cứ Nghị định này, sửa đổi, bổ\nsung một số điều của Nghị định số 34/2016/NĐ-CP ngày\n"
        "14/5/2016 của Chính phủ thì Sở rà soát. Sau đó báo cáo.\n"
    )
    assert told(text, "Nghị định số 34/2016/NĐ-CP") == (
        "Căn cứ Nghị định này, sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của"
        " Chính phủ thì Sở rà soát."
    )


def test_of_a_long_sentence_the_words_around_are_shown() -> None:
    text = (
        "Trong năm "
        + "các sở, ngành " * 30
        + "theo Nghị định số 34/2016/NĐ-CP đã rà soát "
        + "văn bản cũ " * 40
        + "."
    )
    shown = told(text, "Nghị định số 34/2016/NĐ-CP")
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 380
    assert " theo Nghị định số 34/2016/NĐ-CP đã rà soát văn bản" in shown
