from __future__ import annotations

import subprocess
import sys

import pytest

from ingest.readers.door import find_reader, read_source
from kb.errors import UnreadableFile
from kb.models import MediaType, Problem, Reading, Severity, SourceFile
from pdf_maker import make_pdf
from word_files import p, word


@pytest.mark.parametrize("media_type", list(MediaType))
def test_every_kind_has_a_reader(media_type: MediaType) -> None:
    assert callable(find_reader(media_type))


def test_the_door_adds_what_the_name_gets_wrong() -> None:
    source = SourceFile("a.pdf", "", MediaType.DOCX, 1)
    reading = read_source(source, word(p("Điều 1")))
    assert reading.text == "Điều 1\n"
    assert [problem.code for problem in reading.problems] == ["file.extension"]


def test_words_in_the_codes_of_an_old_font_are_told_without_its_name() -> None:
    old = "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph\u00ad¬ng, Uû ban nh©n d©n tØnh quyÕt ®Þnh vÒ viÖc thùc hiÖn."
    reading = read_source(SourceFile("a.docx", "", MediaType.DOCX, 1), word(p("Quyết định") + p(old)))
    assert "Luật Tổ chức chính quyền địa phương, Uỷ ban nhân dân tỉnh quyết định" in reading.text
    assert [problem.code for problem in reading.problems] == ["text.converted"]


@pytest.mark.parametrize(
    ("media_type", "problems", "told"),
    [
        (MediaType.PDF, (), "trang trống"),
        (
            MediaType.PNG,
            (Problem("a", "b", "trang 1: nhận dạng chữ không thành", "c", (), Severity.ERROR),),
            "trang 1",
        ),
    ],
)
def test_a_file_of_which_nothing_is_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, media_type: MediaType, problems: tuple[Problem, ...], told: str
) -> None:
    empty = Reading(" \n", (), problems=problems)
    monkeypatch.setattr("ingest.readers.door.find_reader", lambda _: lambda _: empty)
    with pytest.raises(UnreadableFile, match="không đọc được chữ nào") as caught:
        read_source(SourceFile("a", "", media_type, 1), b"")
    assert caught.value.code == "file.no_text" and told in caught.value.vi


def test_a_pdf_of_blank_pages_is_no_paper_without_faults() -> None:
    with pytest.raises(UnreadableFile):
        read_source(SourceFile("a.pdf", "", MediaType.PDF, 1), make_pdf(lambda _: None))


def test_the_door_is_light() -> None:
    code = "import sys, ingest.readers.door; print([n for n in ('docx', 'lxml', 'pypdfium2') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
