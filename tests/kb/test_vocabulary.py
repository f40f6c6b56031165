"""Tables of the field, row by row: examples tell what their row says, dates run forward, successors exist."""

from __future__ import annotations

import pytest

from ingest.citations.plain import cite_text
from kb.names import key_of_name
from kb.numbers import issuer_of, parse_number, type_of
from kb.text.normalize import fold
from kb.text.words import fold_words, mark_words, printed_words
from kb.vocabulary.fields import Field, field_of, load_fields
from kb.vocabulary.issuers import Issuer, issuer_of_code, issuer_of_name, issuers_by_key, load_issuers
from kb.vocabulary.laws import Law, load_laws, match_name
from kb.vocabulary.lookalikes import Lookalike, load_lookalikes
from kb.vocabulary.synonyms import Synonyms, find_synonyms, load_synonyms
from kb.vocabulary.types import DocumentType, load_types, type_of_code, type_of_word


@pytest.mark.parametrize("row", load_types(), ids=lambda row: row.name)
def test_type(row: DocumentType):
    assert row.source
    assert row.system in ("state", "party", "both")
    assert row.norm in ("yes", "no", "maybe")
    assert all(type_of_word(word) is not None for word in row.words)
    if row.codes and row.codes[0] not in ("L",):
        assert type_of_code(row.codes[0]) == row.name
    if row.example and row.codes:
        assert parse_number(row.example) is not None


@pytest.mark.parametrize("row", load_issuers(), ids=lambda row: row.key)
def test_issuer(row: Issuer):
    assert row.source
    assert row.level in ("central", "province", "party")
    assert not row.valid_from or not row.valid_to or row.valid_from < row.valid_to
    assert not row.successor or row.successor in issuers_by_key()
    named = issuer_of_name(row.name)
    assert named is not None
    for code in row.codes:
        assert issuer_of_code(code) is not None
    if row.example:
        parsed = parse_number(row.example)
        assert parsed is not None
        assert row.key in {body.key for code in parsed.issuers if (body := issuer_of_code(code))}


@pytest.mark.parametrize("row", load_laws(), ids=lambda row: f"{row.number} {row.name}")
def test_law(row: Law):
    assert row.type in ("Bộ luật", "Luật", "Pháp lệnh")
    assert row.source
    if row.number:
        assert parse_number(row.number) is not None
    if not row.name.lower().startswith(("sửa đổi", "luật ")):
        text = f"{row.type} {row.name}"
        assert match_name(text, len(row.type) + 1) == len(text)


def test_amending_laws_are_one_law():
    for row in load_laws():
        if row.name.lower().startswith("sửa đổi, bổ sung một số điều của luật") and "," not in row.name[10:]:
            found = cite_text(f"thi hành Luật {row.name}")
            assert len(found) == 1, row.name


def test_no_law_twice_by_a_slip_in_its_year():
    numbered = [row for row in load_laws() if row.number]
    seen = {(row.type, row.name.lower(), row.number.split("/")[0], row.number[-4:]) for row in numbered}
    assert len(seen) == len(numbered)


@pytest.mark.parametrize(
    ("name", "on", "number"),
    [
        ("Luật Thi đua, khen thưởng", "2009-06-18", "15/2003/QH11"),
        ("Luật Doanh nghiệp", "2014-01-01", "60/2005/QH11"),
        ("Luật Sở hữu trí tuệ", "2015-01-01", "50/2005/QH11"),
        ("Luật Dầu khí", "2010-01-01", "18-L/CTN"),
    ],
)
def test_a_name_is_not_the_law_that_amended_the_one_so_called(name: str, on: str, number: str):
    assert key_of_name(name, "Luật", None, on).number == number


@pytest.mark.parametrize("row", load_lookalikes(), ids=lambda row: row.value)
def test_lookalike(row: Lookalike):
    assert row.reason
    assert cite_text(f"theo {row.example} đã nộp") == ()


@pytest.mark.parametrize(
    ("number", "kind", "body"),
    [
        ("34/2016/NĐ-CP", "Nghị định", "CP"),
        ("608/QĐ-TTg", "Quyết định", "TTg"),
        ("58/VBHN-TT-BCT", "Văn bản hợp nhất", "BCT"),
        ("4211/UBND-NC&KSTT", "Công văn", "UBND"),
        ("12-CTr/TU", "Chương trình", "TU"),
    ],
)
def test_a_number_tells_type_and_body(number: str, kind: str, body: str):
    parsed = parse_number(number)
    assert parsed is not None
    assert type_of(parsed) == kind
    issuer = issuer_of(parsed)
    assert issuer is not None
    assert issuer.key == body


@pytest.mark.parametrize("row", load_fields(), ids=lambda row: row.name)
def test_a_field_is_told_by_its_titles_and_by_no_others(row: Field) -> None:
    assert field_of(row.example) == row.name
    assert field_of(row.counter) != row.name


def test_a_title_of_two_fields_has_none() -> None:
    assert field_of("Xử phạt vi phạm hành chính trong lĩnh vực đất đai") is None
    assert field_of(None) is None


@pytest.mark.parametrize("row", load_synonyms(), ids=lambda row: row.words[0])
def test_synonyms(row: Synonyms):
    def others(text: str) -> set[str]:
        printed = printed_words(text)
        return {
            other for found in find_synonyms(fold_words(printed), mark_words(printed)) for other in found.others
        }

    assert any(word in row.text.lower() for word in others(row.question) & set(row.words)), "the text is found"
    assert others(fold(row.question)) & set(row.words), "typed without marks too"
    assert not others(row.counter) & set(row.words)
    assert row.typed
    assert all(len(word.split()) > 1 for word in row.words), "one syllable means many things"
