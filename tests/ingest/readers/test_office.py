from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ingest.readers import office
from ingest.readers.docx import read_docx
from ingest.readers.office import convert, read_doc, read_odt, read_rtf
from ingest.sources import sniff
from kb.errors import MissingTool, UnreadableFile
from kb.models import MediaType

RTF = (
    r"{\rtf1\ansi\ansicpg1258\uc1{\fonttbl{\f0 Times New Roman;}}\f0\qc\b QUY\u7870?T \u272?\u7882?NH\b0\par"
    r"\ql \u272?i\u7873?u 1. N\u7897?i dung\super 1\nosupersub\par}"
).encode("ascii")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def fake_office(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program in the place of LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_without_libreoffice_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool) as caught:
        read_doc(b"x")
    assert "libreoffice-writer" in caught.value.vi and "libreoffice-writer" in caught.value.en


def test_what_libreoffice_cannot_open_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, monkeypatch, "echo 'Error: source file could not be loaded' >&2")
    with pytest.raises(UnreadableFile) as caught:
        read_rtf(b"{\\rtf1 x}")
    assert caught.value.code == "office.failed"
    assert "could not be loaded" in caught.value.en


def test_a_program_that_hangs_is_stopped_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The child holds the pipe open for as long as it lives, so that its end is seen and no clock is asked.
    os.mkfifo(tmp_path / "alive")
    pipe = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    fake_office(tmp_path, monkeypatch, f"(exec sleep 1000) > {tmp_path}/alive & wait")
    with pytest.raises(UnreadableFile) as caught:
        convert(b"x", "doc", seconds=0.3)
    assert caught.value.code == "office.timeout"
    os.set_blocking(pipe, True)
    assert os.read(pipe, 1) == b""
    os.close(pipe)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools, temporary = tmp_path / "bin", tmp_path / "tmp"
    tools.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(office.tempfile, "tempdir", str(temporary))
    fake_office(tools, monkeypatch, 'while [ "$1" != --outdir ]; do shift; done; printf made > "$2/source.docx"')
    assert convert(b"x", "doc") == b"made"
    assert [path.name for path in temporary.iterdir() if path.is_dir()] == []


def test_a_bomb_never_reaches_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: pytest.fail("opened"))
    with pytest.raises(UnreadableFile):
        read_odt(b"PK\x03\x04 broken")


@needs_office
@pytest.mark.slow
def test_rtf_doc_and_odt_say_the_same(tmp_path: Path) -> None:
    expected = ["QUYẾT ĐỊNH", "Điều 1. Nội dung¹"]
    reading = read_rtf(RTF)
    assert reading.text.splitlines() == expected
    assert reading.lines[0].style.bold and reading.lines[0].style.centered
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    source = tmp_path / "a.rtf"
    source.write_bytes(RTF)
    for suffix, read, kind in (("odt", read_odt, MediaType.ODT), ("doc", read_doc, MediaType.DOC)):
        office._run([*command, suffix, "--outdir", str(tmp_path), str(source)], 120)
        data = (tmp_path / f"a.{suffix}").read_bytes()
        assert sniff(data, "a") is kind
        assert read(data).text.splitlines() == expected


@needs_office
@pytest.mark.slow
def test_the_same_document_as_doc_and_docx_is_the_same_text(shared: Path) -> None:
    folder = shared / "originals" / "one-document-three-formats"
    name = "167_2012_TT-BTC_149305"
    old = read_doc((folder / f"{name}.doc").read_bytes())
    new = read_docx((folder / f"{name}.docx").read_bytes())
    assert old.text == new.text
    assert len(old.grids) == len(new.grids)
