"""The component of spaCy: spans, fields, pipes, files, and pipelines that never heard of us."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from ingest.citations.plain import cite_text
from ingest.citations.spacy_component import FIELDS, NAME

TOKENIZER = {"nlp": {"tokenizer": {"use_pyvi": False}}}
LETTER = (
    "Căn cứ Luật Giáo dục số 43/2019/QH14;\n"
    "Theo khoản 2 Điều 5 Nghị định số 24/2021/NĐ-CP ngày 23/3/2021 của Chính phủ,\n"
    "thực hiện các Quyết định số 11/QĐ-UBND,12/QĐ-UBND của Ủy ban nhân dân tỉnh."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("vi", config=TOKENIZER)
    pipeline.add_pipe("cancu_citations")
    return pipeline


def told(doc: Doc, key: str = "citations") -> list[tuple[str, str, tuple[int, int]]]:
    """What a document says of its citations; a group of spans dies with its document, so this reads it first."""
    return [(span.label_, span._.number, tuple(span._.offsets)) for span in doc.spans[key]]


EXPECTED = [(one.kind.value, one.number, (one.span.start, one.span.end)) for one in cite_text(LETTER)]


def test_spans_carry_fields_and_exact_offsets(nlp: Language) -> None:
    doc = nlp(LETTER)
    spans = list(doc.spans["citations"])
    assert told(doc) == EXPECTED
    decree = next(span for span in spans if span._.number == "24/2021/NĐ-CP")
    assert decree.label_ == decree._.kind == "number"
    assert decree._.type == "Nghị định"
    assert decree._.issuer == "Chính phủ"
    assert decree._.issued == "2021-03-23"
    assert decree._.year == 2021
    assert decree._.pinpoint == "khoản 2 Điều 5"
    assert decree._.pinpoints == [{"điều": "5", "khoản": "2"}]
    start, end = decree._.offsets
    assert LETTER[start:end] == decree._.surface == "Nghị định số 24/2021/NĐ-CP"


def test_spans_are_widened_to_tokens_and_offsets_are_not(nlp: Language) -> None:
    doc = nlp(LETTER)
    for span in doc.spans["citations"]:
        start, end = span._.offsets
        assert span.start_char <= start < end <= span.end_char
    twins = [span for span in doc.spans["citations"] if span._.number in ("11/QĐ-UBND", "12/QĐ-UBND")]
    assert [LETTER[slice(*span._.offsets)] for span in twins] == ["Quyết định số 11/QĐ-UBND", "12/QĐ-UBND"]
    assert twins[0][-1:].text == twins[1][-1:].text == "11/QĐ-UBND,12/QĐ-UBND", "one token, two citations"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Không có văn bản nào ở đây."])
def test_documents_without_citations(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert list(doc.spans["citations"]) == []
    assert doc.text == text


def test_pipes_give_what_single_calls_give(nlp: Language) -> None:
    texts = [LETTER, "", "Thông tư số 01/2020/TT-BYT", LETTER]
    piped = list(nlp.pipe(texts, batch_size=2))
    assert [told(doc) for doc in piped] == [told(nlp(text)) for text in texts]


def test_another_group_beside_other_components() -> None:
    pipeline = spacy.blank("vi", config=TOKENIZER)
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("cancu_citations", config={"spans_key": "legal"})
    doc = pipeline(LETTER)
    assert len(doc.spans["legal"]) == len(cite_text(LETTER))
    assert "citations" not in doc.spans
    assert pipeline.pipe_names == ["sentencizer", "cancu_citations"]


def test_spans_of_others_have_empty_fields(nlp: Language) -> None:
    doc = nlp(LETTER)
    mine = Span(doc, 0, 2, label="X")
    assert all(mine._.get(name) is None for name in FIELDS)


def test_a_pipeline_is_written_and_read(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again.pipe_names == [NAME]
    assert told(again(LETTER)) == EXPECTED


def test_documents_are_written_and_read_with_their_fields(nlp: Language, tmp_path: Path) -> None:
    store = DocBin(store_user_data=True, docs=[nlp(LETTER), nlp("")])
    store.to_disk(tmp_path / "docs.spacy")
    docs = list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(nlp.vocab))
    assert [told(doc) for doc in docs] == [EXPECTED, []]


def test_spacy_finds_the_component_without_our_import() -> None:
    code = (
        "import spacy\n"
        f"nlp = spacy.blank('vi', config={TOKENIZER!r})\n"
        "nlp.add_pipe('cancu_citations')\n"
        "doc = nlp('Nghị định số 24/2021/NĐ-CP')\n"
        "print([span._.number for span in doc.spans['citations']])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['24/2021/NĐ-CP']", done.stderr


def test_the_plain_function_loads_no_spacy() -> None:
    code = (
        "import sys\n"
        "from ingest.citations.plain import cite_text\n"
        "cite_text('Nghị định số 24/2021/NĐ-CP')\n"
        "print([name for name in ('spacy', 'underthesea', 'lxml', 'sqlalchemy') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


words = st.sampled_from(
    [
        "Căn cứ",
        "Nghị định",
        "số",
        "24/2021/NĐ-CP",
        "12-CTr/TU",
        "ngày",
        "5/3/2020",
        "của",
        "này",
        ";",
        ",",
        "\n",
        "\t",
        "Điều 5",
    ]
)


@given(st.lists(words, max_size=30).map(" ".join) | st.text(max_size=80))
def test_any_text_passes_and_offsets_cut_surfaces(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    for span in doc.spans["citations"]:
        assert "".join(text[start:end] for start, end in span._.parts) == span._.surface
