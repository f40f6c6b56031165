"""A Word file that was handed in comes back as it is, each finding a comment at its words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.document import Document as WordFile
from flask.testing import FlaskClient

from kb.settings import Settings
from kb.store.store import open_store
from webapp.app import create_app
from webapp.cli.main import group
from word_files import p, r, word

_NUMBER = "Nghị định số 61/2018/NĐ-CP"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("kho")
    with create_app(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")).test_client() as client:
        yield client


def copy_of(client: FlaskClient, data: bytes, name: str = "bao-cao.docx") -> bytes:
    made = client.post("/kiem-tra", data={"file": (io.BytesIO(data), name)})
    answer = client.get(f"{made.headers['Location']}/tai-ve.docx")
    assert answer.status_code == 200
    return answer.data


def report() -> bytes:
    """A report whose words stand in several runs, with a table whose total is wrong."""
    made = Document()
    made.add_paragraph("BÁO CÁO")
    made.add_paragraph("Kết quả trồng rừng năm 2023")
    line = made.add_paragraph("Thực hiện ")
    line.add_run("Nghị định số ").bold = True
    line.add_run("61/2018/NĐ-CP ngày 23/4/2019 của Chính phủ, các xã đã trồng rừng.").italic = True
    table = made.add_table(rows=0, cols=4, style="Table Grid")
    for cells in (
        ("STT", "Xã", "Diện tích (ha)", "Số hộ"), ("1", "Tân An", "120", "41"), ("2", "Hòa Bình", "135", "52"),
        ("3", "Trung Sơn", "80", "33"), ("", "Tổng cộng", "345", "126"),
    ):  # fmt: skip
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def lines(data: bytes) -> list[str]:
    made = Document(io.BytesIO(data))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    return [*(paragraph.text for paragraph in made.paragraphs), *cells]


def marked(data: bytes) -> dict[str, str]:
    """The words that each comment marks, by the rule that the comment names."""
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    made: WordFile = Document(io.BytesIO(data))
    found = {}
    for comment in made.comments:
        inside = re.search(
            rf'commentRangeStart w:id="{comment.comment_id}"/>(.*?)<w:commentRangeEnd w:id="{comment.comment_id}"',
            body, re.DOTALL,
        )  # fmt: skip
        assert inside is not None
        rule = re.search(r"[A-Z]{3}-\d+", comment.text)
        found[rule[0] if rule else ""] = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", inside[1]))
    return found


def test_the_words_stay_and_each_finding_marks_its_own(client: FlaskClient) -> None:
    data = report()
    copy = copy_of(client, data)
    assert lines(copy) == lines(data)
    found = marked(copy)
    assert found["CIT-003"] == _NUMBER and found["FIG-102"] == "345"
    first = next(iter(Document(io.BytesIO(copy)).comments)).text
    assert "chữ trong văn bản không đổi" in first and "lỗi cần sửa trước khi ký" in first
    # Runs that were cut keep their looks.
    runs = Document(io.BytesIO(copy)).paragraphs[2].runs
    assert [run.italic for run in runs if "61/2018" in run.text or "các xã" in run.text] == [True, True]


def test_a_finding_in_a_note_marks_the_words_that_bear_it(client: FlaskClient) -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{p(f"Theo {_NUMBER} ngày 23/4/2019 của Chính phủ.")}</w:footnote>'
    body = p("BÁO CÁO") + p("Kết quả năm 2023") + p(r("Các xã đã trồng rừng") + reference + r(" theo kế hoạch."))
    copy = copy_of(client, word(body, footnotes=note))
    assert marked(copy)["CIT-003"] == "Các xã đã trồng rừng"
    comments = [comment.text for comment in Document(io.BytesIO(copy)).comments]
    assert any(text.startswith("Chú thích 1. Lỗi CIT-003") for text in comments)
    assert b"23/4/2019" in zipfile.ZipFile(io.BytesIO(copy)).read("word/footnotes.xml")


def test_what_was_struck_out_bears_no_comment(client: FlaskClient) -> None:
    gone = f'<w:del w:id="1" w:author="a"><w:r><w:delText>{_NUMBER}</w:delText></w:r></w:del>'
    body = p("BÁO CÁO") + p("Kết quả năm 2023") + p(r("Theo ") + gone + r(f"{_NUMBER} ngày 23/4/2019."))
    copy = copy_of(client, word(body))
    assert marked(copy)["CIT-003"] == _NUMBER
    assert b"<w:delText>" in zipfile.ZipFile(io.BytesIO(copy)).read("word/document.xml")


@pytest.mark.parametrize("held", [True, False], ids=["held", "a lone file"])
def test_the_command_line_gives_the_file_back_too(tmp_path: Path, held: bool) -> None:
    data, home, named = report(), tmp_path / "kho", tmp_path / "Báo cáo rừng.docx"
    named.write_bytes(data)
    asked, copy = str(named), tmp_path / "kèm ghi chú.docx"
    if held:
        settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
        CliRunner().invoke(group, ["ingest", asked, "--jobs", "1", "--home", str(home)])
        named.unlink()
        with open_store(settings) as store:
            asked = store.list_documents()[0].id
    done = CliRunner().invoke(group, ["check", asked, "-o", str(copy), "--home", str(home)])
    assert copy.exists(), done.output
    assert lines(copy.read_bytes()) == lines(data)
    assert marked(copy.read_bytes())["FIG-102"] == "345"


def test_any_other_file_becomes_a_new_one_that_says_so(client: FlaskClient) -> None:
    text = f"BÁO CÁO\nKết quả năm 2023\n\nTheo {_NUMBER} ngày 23/4/2019 của Chính phủ.\n"
    copy = copy_of(client, text.encode(), "bao-cao.txt")
    assert any("tạo từ Văn bản thuần" in line for line in lines(copy))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("[Content_Types].xml", b"wordprocessingml.document.main", b"wordprocessingml.macro"),
        ("word/settings.xml", b"</w:settings>", b"<w:unclosed>"),
    ],
    ids=["of another kind", "broken beside its text"],
)
def test_a_word_file_that_can_be_read_but_not_written_becomes_a_new_one(
    client: FlaskClient, part: str, old: bytes, new: bytes
) -> None:
    data = word(p("BÁO CÁO") + p(f"Theo {_NUMBER} ngày 23/4/2019 của Chính phủ."), settings="<w:zoom/>")
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(target, "w") as after:
        for one in before.namelist():
            after.writestr(one, before.read(one).replace(old, new) if one == part else before.read(one))
    made = client.post("/kiem-tra", data={"file": (io.BytesIO(target.getvalue()), "bao-cao.docx")})
    if made.status_code == 303:
        copy = client.get(f"{made.headers['Location']}/tai-ve.docx")
        assert copy.status_code == 200 and any("Nghị định" in line for line in lines(copy.data))
    else:
        assert made.status_code == 422


def test_the_page_to_print_opens_and_runs_nothing(client: FlaskClient, tmp_path: Path) -> None:
    made = client.post("/kiem-tra", data={"file": (io.BytesIO(report()), "bao-cao.docx")})
    answer = client.get(f"{made.headers['Location']}/tai-ve.html")
    assert answer.headers["Content-Disposition"].startswith("inline")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert "<script" not in answer.text and "(Bảng" not in answer.text.split("<h2>")[0]


def test_a_file_that_cannot_be_read_is_named_and_leads_back(client: FlaskClient) -> None:
    answer = client.post("/kiem-tra", data={"file": (io.BytesIO(b"\x00\x01\xff" * 99), "quyet toan.docx")})
    assert answer.status_code == 422
    assert "Tệp “quyet toan.docx”: " in answer.text and 'href="/kiem-tra">Về trang kiểm tra</a>' in answer.text


def test_a_file_that_holds_nothing_of_a_paper_is_not_called_sound(client: FlaskClient) -> None:
    made = client.post("/kiem-tra", data={"file": (io.BytesIO(b"not a paper\n"), "anh.txt")})
    page = client.get(made.headers["Location"]).text
    assert "Không có gì để kiểm tra" in page and "Không có phát hiện" not in page
    assert "Không thấy lỗi" not in client.get(f"{made.headers['Location']}/tai-ve.html").text
