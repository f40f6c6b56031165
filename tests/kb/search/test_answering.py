"""Kinds of questions and the texts that answer them, as tests/cases/answers.txt tells."""

from __future__ import annotations

import pytest

from cases import Case, load_cases
from kb.search.analysis import analyse_query, folded_words
from kb.search.answering import forms_asked, meaning_gain, told_share
from kb.search.asking import read_asking


@pytest.mark.parametrize("case", load_cases("answers"), ids=lambda case: case.id)
def test_texts_that_answer_a_question(case: Case) -> None:
    question, *texts = case.text.split("\n")
    assert [_what_answers(question, text) for text in texts] == case.expected.split("\n")


def _what_answers(question: str, text: str) -> str:
    typed, told = analyse_query(question), " ".join(folded_words(text))
    asked = read_asking(question, typed).meaning
    if asked and meaning_gain(typed.words, told, asked=asked) > 0.3:
        return "meaning"
    forms = [form for form in forms_asked(" ".join(typed.words)) if told_share([form], told) > 1]
    return forms[0].name if forms else "-"
