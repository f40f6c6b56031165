from __future__ import annotations

import io
import zipfile

import pytest

from ingest.readers import docx_package
from ingest.readers.docx import read_docx
from ingest.readers.docx_package import check_package
from kb.errors import UnreadableFile
from word_files import p, word

BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def code(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(data)
    assert caught.value.vi and caught.value.en
    return caught.value.code


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_xml_that_declares_entities_is_refused() -> None:
    assert code(word(p("Điều 1"), prefix=BILLION)) == "file.xml_entities"
    wide = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")
    assert code(zipped({"word/document.xml": wide})) == "file.xml_entities"


def test_a_container_that_would_burst_is_refused_before_it_is_unzipped() -> None:
    assert code(zipped({"word/document.xml": b"<x>" + b" " * 30_000_000})) == "file.zip_bomb"
    assert code(zipped({"word/media/a.bin": bytes(30_000_000)})) == "file.zip_bomb"


def test_a_directory_that_lies_about_sizes_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"word/document.xml": b"<x>" + b" " * 3_000_000})
    size = (3_000_003).to_bytes(4, "little")
    lying = data.replace(size, (100).to_bytes(4, "little"))
    assert lying != data
    assert code(lying) in {"file.truncated", "file.zip_bomb", "docx.damaged"}
    monkeypatch.setattr(docx_package, "PART_LIMIT", 1_000_000)
    assert code(data) == "file.zip_bomb"


def test_damage_is_one_clear_refusal() -> None:
    whole = word(p("Nội dung"))
    assert code(whole[: len(whole) // 2]) == "file.truncated"
    assert code(zipped({"word/document.xml": b"<x/>"})) == "docx.damaged"
    assert code(word("<w:p>")) == "docx.damaged"
    # A byte of the packed text is flipped.
    at = whole.index(b"word/document.xml") + 60
    assert code(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]) in {"file.truncated", "docx.damaged"}


def test_strict_and_macro_files_are_read() -> None:
    strict = word(p("Điều 1"))
    members = {}
    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        for name in archive.namelist():
            members[name] = (
                archive.read(name)
                .replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                .replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
            )
    assert read_docx(zipped(members)).text == "Điều 1\n"
    macro = {}
    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        for name in archive.namelist():
            macro[name] = archive.read(name).replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
    assert read_docx(zipped(macro)).text == "Điều 1\n"


def test_an_honest_file_passes() -> None:
    check_package(word(p("Nội dung") * 2000))
