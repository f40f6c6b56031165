"""Kinds of questions and the texts that answer them, as tests/cases/answers.txt tells."""

from __future__ import annotations

import pytest

from cases import Case, load_cases
from kb.search.analysis import analyse_query, folded_words
from kb.search.answering import column_share, columns_asked, copula_of, forms_asked, meaning_gain, told_share
from kb.search.asking import read_asking
from kb.search.ordering import order_within
from kb.search.weighing import Scored


@pytest.mark.parametrize("case", load_cases("answers"), ids=lambda case: case.id)
def test_texts_that_answer_a_question(case: Case) -> None:
    question, *texts = case.text.split("\n")
    assert [_what_answers(question, text) for text in texts] == case.expected.split("\n")


def _what_answers(question: str, text: str) -> str:
    typed, told = analyse_query(question), " ".join(folded_words(text))
    asked = read_asking(question, typed).meaning
    if asked and meaning_gain(typed.words, told, asked=asked) > 0.3:
        return "meaning"
    if column_share(columns_asked(" ".join(typed.words)), text) > 1:
        return "column"
    forms = [form for form in forms_asked(" ".join(typed.words)) if told_share([form], told) > 1]
    return forms[0].name if forms else "-"


@pytest.mark.parametrize(
    ("typed", "heading", "text", "gains"),
    [
        ("mở bến đò cần điều kiện gì", "Điều 7. Điều kiện mở bến", "1. Có phao.", True),
        ("mở bến đò cần những điều kiện nào", "Điều 7. Các điều kiện mở bến", "1. Có phao.", True),
        ("mở bến đò cần điều kiện gì", "Điều 8. Trình tự mở bến", "1. Điều kiện: có phao.", True),
        ("thẩm quyền mở bến đò", "Mục 2. Thẩm quyền", "Xã cho mở bến.", True),
        ("mở bến đò cần điều kiện gì", "Điều 8. Trình tự mở bến", "Khi đủ điều kiện thì mở bến.", False),
        ("nơi nào có thẩm quyền mở bến đò", "Điều 9. Thẩm quyền mở bến", "1. Xã.", True),
        ("mở bến đò chưa có hồ sơ", "Điều 6. Hồ sơ mở bến", "1. Đơn.", False),
        ("thủ tục hành chính về bến đò", "Điều 8. Thủ tục mở bến", "1. Nộp đơn.", False),
    ],
)
def test_a_heading_that_names_what_is_asked_for_counts(typed: str, heading: str, text: str, gains: bool) -> None:
    asked = read_asking(typed, analyse_query(typed))
    stored = {"kind": "provision", "crumbs": ["Chương I", heading], "text": text}
    folded = {"folded": " ".join(folded_words(text))}
    assert (asked.share({**stored, **folded}, 0.0) > 1) == gains


@pytest.mark.parametrize(
    ("typed", "first"),
    [("cấp thẻ nhà báo trong mấy ngày", "2. Trong 10 ngày, cơ quan cấp thẻ."), ("thẻ nhà báo", "1. Thẻ có số.")],
)
def test_the_form_of_an_answer_tells_passages_of_one_document_apart(typed: str, first: str) -> None:
    asked = read_asking(typed, analyse_query(typed))
    texts = ("1. Thẻ có số.", "2. Trong 10 ngày, cơ quan cấp thẻ.")
    stored = [
        {"kind": "provision", "work": "a", "text": text, "folded": " ".join(folded_words(text))} for text in texts
    ]
    hits = [Scored(3.0, stored[0]), Scored(2.5, {**stored[1], "work": "b"}), Scored(2.0, stored[1])]
    order_within(hits, [asked.answering(hit.stored) for hit in hits])
    best = max(hits, key=lambda hit: hit.score)
    assert (best.stored["text"], best.stored["work"], hits[1].score) == (first, "a", 2.5)


def test_what_belongs_to_a_term_says_what_it_is() -> None:
    typed = "bến thủy là gì"
    asked = read_asking(typed, analyse_query(typed))
    assert asked.meaning
    assert copula_of("1 ben thuy gom cau va nha cho") == ("la", "thuy_la")
    assert copula_of("cau va nha cho") == ()
