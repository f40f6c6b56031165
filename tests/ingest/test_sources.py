from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest

from ingest.sources import Passed, check_extension, iter_files, load_source, sniff
from kb.errors import UnreadableFile
from kb.models import MediaType, SourceFile
from word_files import p, word

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.pdf", MediaType.PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", "a.docx", MediaType.PDF),
        (word(p("x")), "a.doc", MediaType.DOCX),
        (OLE2 + utf16("WordDocument"), "a.docx", MediaType.DOC),
        (b"{\\rtf1\\ansi x}", "a.doc", MediaType.RTF),
        (b"\x89PNG\r\n\x1a\n....", "a.jpg", MediaType.PNG),
        (b"\xff\xd8\xff\xe0....", "a", MediaType.JPEG),
        (b"II*\x00....", "a.tif", MediaType.TIFF),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "a.doc", MediaType.HTML),
        ("\ufeff<div class='x'><p>Điều 1</p></div>".encode(), "a.txt", MediaType.HTML),
        ("<html><p>Điều</p></html>".encode("utf-16"), "a.html", MediaType.HTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "a.doc", MediaType.HTML),
        ("Điều 1. Nếu a < b thì".encode(), "a.html", MediaType.PLAIN),
        ("<table><tr><td>1</td></tr></table>\nBÁO CÁO\nkết quả".encode(), "a.txt", MediaType.PLAIN),
        ("# Báo cáo\n\nNội dung".encode(), "a.txt", MediaType.MARKDOWN),
        ("Nội dung".encode(), "a.md", MediaType.MARKDOWN),
        ("Nội dung".encode(), "a.md.txt", MediaType.PLAIN),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, name: str, expected: MediaType) -> None:
    assert sniff(data, name) is expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n\t", "file.empty"),
        (bytes(100), "file.empty"),
        (OLE2 + utf16("EncryptedPackage"), "file.password"),
        (OLE2 + utf16("Workbook"), "file.unsupported"),
        (OLE2, "file.unsupported"),
        (b"PK\x03\x04 broken", "file.truncated"),
        (word(p("x"))[:-40], "file.truncated"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x01\x02", "file.binary"),
        (b"\xff\xfb\x90\x00" * 40, "file.binary"),
    ],
)
def test_what_is_no_document_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        sniff(data, "a.docx")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], "Excel"),
        (["ppt/presentation.xml"], "PowerPoint"),
        (["báo cáo.docx", "kế hoạch.pdf"], "giải nén"),
        ([], "giải nén"),
    ],
)
def test_a_container_of_another_kind_is_told_by_its_name(names: list[str], words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        sniff(zipped(*names), "a.docx")


@pytest.mark.parametrize(
    ("name", "media_type", "codes"),
    [
        ("a.docx", MediaType.DOC, ["file.extension"]),
        ("a.doc", MediaType.HTML, ["file.extension"]),
        ("A.PDF", MediaType.PDF, []),
        ("a", MediaType.PDF, []),
        ("a.v2", MediaType.PDF, []),
        ("a.htm", MediaType.HTML, []),
    ],
)
def test_a_wrong_extension_is_a_warning(name: str, media_type: MediaType, codes: list[str]) -> None:
    problems = check_extension(SourceFile(name, "", media_type, 1))
    assert [problem.code for problem in problems] == codes


def test_a_file_comes_with_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "Báo cáo số 1.txt"
    path.write_bytes(b"abc")
    source, data = load_source(path)
    assert data == b"abc"
    assert source.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert source.size == 3 and source.path == str(path)


def test_too_big_missing_and_folders_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 101)
    for bad, limit, code in (
        (path, 100, "file.size"),
        (tmp_path / "none", 100, "file.unreadable"),
        (tmp_path, 10**9, "file.folder"),
    ):
        with pytest.raises(UnreadableFile) as caught:
            load_source(bad, limit)
        assert caught.value.code == code


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_folders_are_walked_in_order_and_what_is_passed_over_is_said(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Quyết định.txt")
    make(tmp_path, "b.txt", "a b/Nghị quyết.txt", f"a b/{decomposed}", ".ẩn.txt", "~$b.docx", ".git/x")
    passed: list[Passed] = []
    found = [path.relative_to(tmp_path).as_posix() for path in iter_files([tmp_path], passed)]
    assert found == ["a b/Nghị quyết.txt", f"a b/{decomposed}", "b.txt"]
    assert {one.path.name for one in passed} == {".ẩn.txt", "~$b.docx", ".git"}
    assert all(one.code == "file.skipped" for one in passed)


def test_links_that_turn_in_a_circle_end(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "gone").symlink_to(tmp_path / "nothing")
    passed: list[Passed] = []
    assert [path.name for path in iter_files([tmp_path, tmp_path / "a"], passed)] == ["x.txt"]
    assert [one.path.name for one in passed] == ["gone"]


def test_a_path_that_is_not_there_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    passed: list[Passed] = []
    assert [p.name for p in iter_files([tmp_path / "không có", tmp_path / "a.txt"], passed)] == ["a.txt"]
    assert passed[0].severity.value == "error"


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="the superuser reads everything")
def test_an_unreadable_folder_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt", "b.txt")
    (tmp_path / "a").chmod(0)
    try:
        passed: list[Passed] = []
        assert [path.name for path in iter_files([tmp_path], passed)] == ["b.txt"]
        assert passed[0].path.name == "a"
    finally:
        (tmp_path / "a").chmod(0o700)


def test_a_folder_that_fails_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a/x.txt", "b.txt")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    passed: list[Passed] = []
    assert [path.name for path in iter_files([tmp_path], passed)] == ["b.txt"]
    assert "Permission denied" in passed[0].en
