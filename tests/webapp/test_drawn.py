"""Texts are drawn once for all workers; what is kept is never of another text, language or state of the graph."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest.pipeline import ingest_paths
from kb.models import Document
from kb.settings import Settings
from kb.store.lookup import DocumentRow
from webapp import drawn
from webapp.ahead import draw_new
from webapp.app import create_app
from webapp.cli import drawing_ahead
from webapp.kept import PAGES
from webapp.pages import Marks, Page

PLAN = """ỦY BAN NHÂN DÂN TỈNH BÌNH AN
Số: 45/KH-UBND
Bình An, ngày 05 tháng 3 năm 2019

KẾ HOẠCH
Rà soát văn bản năm 2019

I. MỤC ĐÍCH
1. {purpose} theo điểm b khoản 2 Điều 1 Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của Chính phủ.
2. Việc tại khoản 1 mục này xong trước ngày 30/6/2019.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
DECREE = """CHÍNH PHỦ
Số: 34/2016/NĐ-CP
Hà Nội, ngày 14 tháng 5 năm 2016

NGHỊ ĐỊNH
Quy định chi tiết một số điều

Điều 1. Phạm vi điều chỉnh
1. Nghị định này quy định việc thứ nhất.
2. Nghị định này quy định việc thứ hai.
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2016.
"""
PAGE = "/van-ban/45-kh-ubnd.binh-an.2019-03-05"


def ingest(settings: Settings, name: str, text: str) -> None:
    path = settings.home / name
    path.write_text(text, encoding="utf-8")
    ingest_paths(settings, [path], jobs=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'cancu.sqlite3'}")
    ingest(settings, "ke-hoach.txt", PLAN.format(purpose="Rà soát"))
    return settings


def visitor(settings: Settings) -> FlaskClient:
    """A visitor who comes to another worker process: nothing is kept there yet."""
    PAGES.clear()
    return create_app(settings).test_client()


def body(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are drawn from now on."""
    made: list[str] = []
    build = drawn.build_page
    monkeypatch.setattr(drawn, "build_page", lambda *given: made.append(given[0].text) or build(*given))
    return made


def kept_files(settings: Settings) -> list[Path]:
    return sorted((settings.home / "drawn").glob("??/*"))


def test_a_text_is_drawn_once_for_all_workers(settings: Settings, draws: list[str]) -> None:
    first, again = visitor(settings).get(PAGE).text, visitor(settings).get(PAGE).text
    assert len(draws) == 1
    assert body(first) == body(again)
    assert "Rà soát theo" in first and 'class="cite"' in first


def test_a_document_that_comes_in_is_led_to_from_a_text_drawn_before(settings: Settings, draws: list[str]) -> None:
    client = visitor(settings)
    assert 'href="/tac-pham/34-2016-nd-cp"' in client.get(PAGE).text
    ingest(settings, "nghi-dinh.txt", DECREE)
    page = client.get(PAGE).text
    assert 'href="/van-ban/34-2016-nd-cp#art_1__cla_2"' in page and len(draws) == 1
    decree = client.get("/van-ban/34-2016-nd-cp").text
    assert 'href="/van-ban/34-2016-nd-cp/duoc-dan?noi=art_1__cla_2"' in decree


def test_who_cites_a_text_drawn_before_is_told(settings: Settings, draws: list[str]) -> None:
    ingest(settings, "nghi-dinh.txt", DECREE)
    client = visitor(settings)
    assert "được dẫn 1" in client.get("/van-ban/34-2016-nd-cp").text
    ingest(settings, "khac.txt", PLAN.format(purpose="Sửa").replace("45/KH", "46/KH"))
    assert "được dẫn 2" in client.get("/van-ban/34-2016-nd-cp").text
    assert len(draws) == 1


def test_a_merge_and_its_undoing_are_seen_on_a_text_drawn_before(settings: Settings, draws: list[str]) -> None:
    ingest(settings, "nghi-dinh.txt", DECREE)
    ingest(settings, "khac.txt", DECREE.replace("34/2016", "35/2016"))
    client = visitor(settings)
    cite = re.compile(r'class="cite" href="/van-ban/(3\d-2016-nd-cp)')
    assert cite.findall(client.get(PAGE).text) == ["34-2016-nd-cp"]
    ingest(settings, "dan.txt", PLAN.format(purpose="Xem").replace("45/KH", "47/KH").replace("34/2016", "36/2016"))
    other = PAGE.replace("45", "47")
    assert "/tac-pham/36-2016-nd-cp" in client.get(other).text
    made = client.post(
        "/kho/gop-tach/gop", data={"tu": "36-2016-nd-cp", "vao": "35-2016-nd-cp", "note": "nhầm số"}
    )
    assert made.status_code == 303
    assert cite.findall(client.get(other).text) == ["35-2016-nd-cp"]
    (action,) = re.findall(r'action="(/kho/gop-tach/rut/\d+)"', client.get("/kho/gop-tach").text)
    assert client.post(action).status_code == 303
    assert "/tac-pham/36-2016-nd-cp" in client.get(other).text
    assert len(draws) == 2


def test_another_text_of_a_work_is_drawn_anew(settings: Settings, draws: list[str]) -> None:
    client = visitor(settings)
    client.get(PAGE)
    ingest(settings, "ke-hoach.txt", PLAN.format(purpose="Kiểm điểm"))
    page = client.get(PAGE).text
    assert "Kiểm điểm theo" in page and "Rà soát theo" not in page and len(draws) == 2
    older = client.get(PAGE + "?ban=1").text
    assert "Rà soát theo" in older and "viện dẫn trên trang này không dẫn đi đâu" in older
    assert "/34-2016-nd-cp" not in older.partition('<div class="text"')[2].partition("<section")[0]


def test_each_language_and_program_draws_its_own(
    settings: Settings, draws: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(settings, "nghi-dinh.txt", DECREE)
    client, page = visitor(settings), "/van-ban/34-2016-nd-cp"
    vietnamese, english = client.get(page + "?lang=vi").text, client.get(page + "?lang=en").text
    assert 'aria-label="Chép trích dẫn' in vietnamese and 'aria-label="Chép trích dẫn' not in english
    assert len(draws) == 2
    monkeypatch.setattr(drawn, "program_mark", lambda *_: "another")
    visitor(settings).get(page)
    assert len(draws) == 3


def test_what_comes_in_is_drawn_ahead_once(settings: Settings, draws: list[str]) -> None:
    app, seen = create_app(settings), set[DocumentRow]()
    assert list(draw_new(app, seen)) == ["45-kh-ubnd.binh-an.2019-03-05"]
    ingest(settings, "nghi-dinh.txt", DECREE)
    ingest(settings, "ke-hoach.txt", PLAN.format(purpose="Kiểm điểm"))
    assert sorted(draw_new(app, seen)) == ["34-2016-nd-cp", "45-kh-ubnd.binh-an.2019-03-05"]
    assert list(draw_new(app, seen)) == []
    assert len(draws) == 3
    client = visitor(settings)
    for path in (PAGE, "/van-ban/34-2016-nd-cp"):
        assert client.get(path).status_code == 200
    assert "Kiểm điểm theo" in client.get(PAGE).text and len(draws) == 3


def test_a_text_that_cannot_be_drawn_does_not_stop_the_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(settings, "nghi-dinh.txt", DECREE)
    build = drawn.build_page

    def fail_once(document: Document, marks: Marks) -> Page:
        if "45/KH-UBND" in document.text:
            raise RecursionError
        return build(document, marks)

    monkeypatch.setattr(drawn, "build_page", fail_once)
    assert len(list(draw_new(create_app(settings), set()))) == 2
    assert len(kept_files(settings)) == 1


def test_many_texts_that_come_in_at_once_are_drawn_with_them(
    settings: Settings, draws: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_ahead, "FROM", 2)
    paths = [settings.home / "nghi-dinh.txt", settings.home / "khac.txt"]
    for path, text in zip(paths, (DECREE, PLAN.format(purpose="Sửa").replace("45/KH", "46/KH")), strict=True):
        path.write_text(text, encoding="utf-8")
    with drawing_ahead.drawing_ahead(settings, None) as told:
        ingest_paths(settings, paths, 1, told)
    assert len(kept_files(settings)) == 2
    client = visitor(settings)
    assert "được dẫn 2" in client.get("/van-ban/34-2016-nd-cp").text
    assert "Sửa theo" in client.get(PAGE.replace("45-kh", "46-kh")).text
    assert draws == []
    # Nothing new, and too few at once: nobody starts a process for them.
    with drawing_ahead.drawing_ahead(settings, None) as told:
        ingest_paths(settings, paths, 1, told)
    ingest(settings, "mot.txt", PLAN.format(purpose="Xem").replace("45/KH", "47/KH"))
    assert len(kept_files(settings)) == 2


def test_a_citation_of_the_document_itself_is_words_like_any_others(settings: Settings) -> None:
    own = "việc thứ hai của Nghị định số 34/2016/NĐ-CP ngày 14/5/2016."
    ingest(settings, "nghi-dinh.txt", DECREE.replace("việc thứ hai.", own))
    for _ in range(2):
        assert own in visitor(settings).get("/van-ban/34-2016-nd-cp").text


@pytest.mark.parametrize("left", [b"", b"x" * 40, None])
def test_what_was_damaged_is_drawn_again(settings: Settings, draws: list[str], left: bytes | None) -> None:
    first = visitor(settings).get(PAGE).text
    (file,) = kept_files(settings)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if left is None else left)
    assert body(visitor(settings).get(PAGE).text) == body(first)
    assert len(draws) == 2 and kept_files(settings)[0].read_bytes() == whole


def test_a_page_is_shown_where_nothing_can_be_kept(settings: Settings, draws: list[str]) -> None:
    (settings.home / "drawn").write_text("in the way")
    for _ in range(2):
        assert "Rà soát theo" in visitor(settings).get(PAGE).text
    assert len(draws) == 2


def test_hostile_words_stay_words(settings: Settings) -> None:
    ingest(settings, "ke-hoach.txt", PLAN.format(purpose="<script>alert(1)</script> Xem"))
    for _ in range(2):
        page = visitor(settings).get(PAGE).text
        assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def test_the_oldest_go_first(tmp_path: Path) -> None:
    for at, name in enumerate(("aa/old", "bb/newer", "cc/newest")):
        file = tmp_path / name
        file.parent.mkdir()
        file.write_bytes(b"12345")
        os.utime(file, ns=(at, at))
    drawn.make_room(tmp_path, 10)
    assert [file.name for file in sorted(tmp_path.glob("??/*"))] == ["newer", "newest"]
