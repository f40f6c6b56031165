"""The documents of the corpus: what each says it is, and that reading it gives back what was written."""

from __future__ import annotations

import csv
import gzip
import json
import re
import shutil
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import load_source
from kb.models import Document
from kb.numbers import normalize_number
from tools.digests.page import as_html
from tools.digests.plain import as_markdown, as_text
from tools.digests.source import ANCHOR_RE, Digest, read_digest
from tools.make_corpus import TEXTS, file_name, source_row

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
DOCUMENTS = CORPUS / "documents"
DIGESTS = [read_digest(path) for path in sorted(TEXTS.glob("*.txt"))]
REPORT = next(digest for digest in DIGESTS if digest.number == "224/BC-UBND")
NEEDED = {"odt": "soffice", "rtf": "soffice", "doc": "soffice", "scan": "tesseract"}
BARE = {"txt": as_text, "md": as_markdown, "html": as_html}

each = pytest.mark.parametrize("digest", DIGESTS, ids=lambda digest: digest.name)


@cache
def read_back(name: str) -> Document:
    return build_document_of(DOCUMENTS / name)


def build_document_of(path: Path) -> Document:
    source, data = load_source(path)
    return build_document(source, read_source(source, data))


def document_of(digest: Digest) -> Document:
    program = NEEDED.get(digest.format)
    if program and shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    return read_back(file_name(digest))


def test_there_are_enough_documents_in_all_formats() -> None:
    assert len(DIGESTS) >= 18
    formats = {digest.format for digest in DIGESTS}
    assert formats == {"txt", "md", "pdf", "scan", "docx", "html", "odt", "rtf", "doc"}
    assert {path.name for path in DOCUMENTS.iterdir()} == {file_name(digest) for digest in DIGESTS}


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 3_000_000


def test_the_list_of_sources_is_that_of_the_digests() -> None:
    with (CORPUS / "sources.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert rows == [source_row(digest) for digest in DIGESTS]
    for row in rows:
        assert all(row.values()), row
        assert (CORPUS / row["file"]).is_file()
        assert row["number"] == normalize_number(row["number"])
        assert not re.search(r"/(?:home|work|tmp|root)/", " ".join(row.values()))


@pytest.mark.parametrize("digest", [digest for digest in DIGESTS if digest.format in BARE], ids=lambda d: d.name)
def test_text_files_are_what_the_program_writes(digest: Digest) -> None:
    assert (DOCUMENTS / file_name(digest)).read_text(encoding="utf-8") == BARE[digest.format](digest)


@each
def test_a_digest_says_so_at_its_head_and_names_its_source_at_its_end(digest: Digest) -> None:
    text = " ".join(document_of(digest).text.split())
    assert text[:20].lstrip("*_> ").startswith("Lược thuật:")
    assert "không phải nguyên văn" in text[:700]
    assert "Nguồn:" in text[-400:]
    assert document_of(digest).metadata.digest


@each
def test_the_head_is_read_as_it_was_written(digest: Digest) -> None:
    metadata = document_of(digest).metadata
    assert metadata.number is not None and metadata.number.value == digest.number
    assert metadata.type is not None and metadata.type.value.lower() == digest.type.lower()
    assert metadata.issued is not None and metadata.issued.value == source_row(digest)["issued"]
    assert metadata.title is not None and metadata.title.value == digest.title
    issuers = " ".join(field.value for field in metadata.issuers).lower()
    assert issuers == " ".join(digest.issuers).lower()


@each
def test_every_article_is_in_the_outline(digest: Digest) -> None:
    articles = [block.text for block in digest.blocks if block.text.startswith("Điều ")]
    read = {(unit.label or "").strip(" .") for unit in document_of(digest).units}
    for article in articles:
        assert re.match(r"Điều \d+[a-z]?", article).group() in read, article  # type: ignore[union-attr]


@each
def test_tables_keep_every_cell(digest: Digest) -> None:
    written = [block.rows for block in digest.blocks if block.kind == "table"]
    if not written:
        return
    tables = document_of(digest).tables
    assert len(tables) == len(written)
    for table, rows in zip(tables, written, strict=True):
        assert [_words(column.text if hasattr(column, "text") else column) for column in table.columns] == [
            _words(cell) for cell in rows[0]
        ]
        assert len(table.rows) == len(rows) - 1
        for row, expected in zip(table.rows, rows[1:], strict=True):
            assert [_words(cell.text or "") for cell in row.cells] == [_words(cell) for cell in expected]


def _words(text: str) -> str:
    return " ".join(ANCHOR_RE.sub("", text).split())


def test_the_report_has_nine_appendices_and_eleven_tables() -> None:
    annexes = [block.text for block in REPORT.blocks if block.kind == "annex"]
    assert annexes == [f"Phụ lục {number}" for number in range(1, 10)]
    assert sum(block.kind == "table" for block in REPORT.blocks) == 11
    assert len([block for block in REPORT.blocks if block.kind == "table"][-1].rows) == 24


def test_figures_of_the_report_are_those_of_the_real_one(report_path: Path) -> None:
    printed = set(re.findall(r"\d[\d.,/]*%?", report_path.read_text(encoding="utf-8")))
    stems = {figure.rstrip(".,/") for figure in printed}
    for block in REPORT.blocks:
        for row in block.rows[1:]:
            for cell in row[2:]:
                for figure in re.findall(r"\d[\d.,/]*%?", ANCHOR_RE.sub("", cell)):
                    assert figure.rstrip(".,/") in stems, (row, figure)


#: What official papers all say in the same words is nobody's sentence.
FORMULA_RE = re.compile(
    r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị|Quốc hội ban hành|Chính phủ ban hành|Bộ trưởng"
    r"|(?:Luật|Nghị định|Nghị quyết|Quyết định|Thông tư) số|Sửa đổi|Bổ sung|Bãi bỏ|Bỏ cụm từ"
    r"|[Pp]háp lệnh, nghị quyết|[Hh]uyện, quận)"
)


@pytest.mark.slow
def test_no_sentence_is_that_of_the_real_document(shared: Path) -> None:
    real = _real_texts(shared, {digest.number for digest in DIGESTS})
    assert len(real) >= 15
    for digest in DIGESTS:
        text = real.get(digest.number, "")
        for block in digest.blocks:
            if block.kind != "paragraph" or block.text.isupper():
                continue
            for sentence in re.split(r"[.;:]\s", ANCHOR_RE.sub("", block.text)):
                words = _plain(re.sub(r"^(?:\d+\.|[a-zđ]\)|-)\s*", "", sentence))
                bare = re.sub(r"^(?:\d+\.|[a-zđ]\)|-)\s*", "", sentence.strip())
                if len(words.split()) >= 9 and not FORMULA_RE.match(bare):
                    assert f" {words} " not in text, (digest.name, sentence)


def _real_texts(shared: Path, numbers: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((shared / "texts").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["so_hieu"] in numbers and row.get("text") and row.get("lang") == "vi":
                    found[row["so_hieu"]] = found.get(row["so_hieu"], " ") + _plain(row["text"]) + " "
    report = next((shared / "documents").glob("*.txt")).read_text(encoding="utf-8")
    found[REPORT.number] = f" {_plain(report)} "
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))
