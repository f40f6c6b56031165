from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from flask_babel import force_locale

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app
from webapp.presenters import called, kind_name
from webapp.views import documents

PAPERS = (
    ("01/QĐ-UBND", "05", "QUYẾT ĐỊNH"),
    ("02/QĐ-UBND", "06", "QUYẾT ĐỊNH"),
    ("03/KH-UBND", "07", "KẾ HOẠCH"),
    ("04/QĐ-UBND", "04", "QUYẾT ĐỊNH"),
    ("05/KH-UBND", "03", "KẾ HOẠCH"),
)
LISTED_RE = re.compile(r'<td class="number"><a href="[^"]+">([^<]+)</a>')


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    for number, month, kind in PAPERS:
        paper = home / f"{number[:2]}.txt"
        paper.write_text(
            f"ỦY BAN NHÂN DÂN\nTỈNH BÌNH AN\nSố: {number}\nBình An, ngày 05 tháng {month} năm 2024\n\n{kind}\n"
            "Về việc thử danh sách\n\nĐiều 1. Quyết định này có hiệu lực kể từ ngày ký.\n",
            encoding="utf-8",
        )
        ingest_paths(settings, [paper], jobs=1)
    with create_app(settings).test_client() as client:
        yield client


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_PAGE", 2)


def listed(client: FlaskClient, address: str) -> list[str]:
    return LISTED_RE.findall(client.get(address).text)


def test_the_list_is_read_a_page_at_a_time_latest_first(client: FlaskClient) -> None:
    assert listed(client, "/van-ban") == ["03/KH-UBND", "02/QĐ-UBND"]
    assert listed(client, "/van-ban?trang=3") == ["05/KH-UBND"]
    assert "trang 2/3" in client.get("/van-ban?trang=2").text
    beyond = client.get("/van-ban?trang=9").text
    assert "Trang 9 không có gì; danh sách có 3 trang." in beyond and not LISTED_RE.search(beyond)
    assert (
        listed(client, "/van-ban?trang=-4") == listed(client, "/van-ban?trang=mot") == listed(client, "/van-ban")
    )


def test_the_list_keeps_to_a_type_and_begins_with_what_came_in_last(client: FlaskClient) -> None:
    assert listed(client, "/van-ban?loai=Kế hoạch") == ["03/KH-UBND", "05/KH-UBND"]
    assert listed(client, "/van-ban?xep=moi-nap") == ["05/KH-UBND", "04/QĐ-UBND"]
    page = client.get("/van-ban?loai=Quyết định&xep=moi-nap").text
    assert LISTED_RE.findall(page) == ["04/QĐ-UBND", "02/QĐ-UBND"]
    assert (
        "loai=Quy%E1%BA%BFt" in page.split('class="pages"')[1] and "xep=moi-nap" in page.split('class="pages"')[1]
    )
    assert "Kho không có văn bản loại này." in client.get("/van-ban?loai=Luật").text


def test_english_pages_name_types_in_english(client: FlaskClient) -> None:
    page = client.get("/van-ban?lang=en").text
    assert "Decision (3)" in page and "Plan ·" in page and "Kế hoạch ·" not in page
    client.get("/van-ban?lang=vi")


@dataclass(frozen=True)
class Work:
    id: str
    type: str | None
    number: str | None
    title: str | None


@pytest.mark.parametrize(
    ("work", "name"),
    [
        (Work("a", "Nghị định", "30/2020/NĐ-CP", "Về công tác văn thư"), "Nghị định 30/2020/NĐ-CP"),
        (Work("a", "Luật", None, "Luật Đất đai"), "Luật Đất đai"),
        (Work("a", "Luật", None, "Luật"), "Luật"),
        (Work("a", "Đề án", None, "Khu dân cư điện tử"), "Đề án Khu dân cư điện tử"),
        (Work("a", None, "30/2020", None), "30/2020"),
        (Work("a", "Đề án", None, None), "Đề án"),
        (Work("a.b", None, None, None), "a.b"),
    ],
)
def test_a_work_is_called_by_what_is_known_of_it(client: FlaskClient, work: Work, name: str) -> None:
    with client.application.test_request_context("/"):
        assert called(work) == name
        assert called({"work": work.id, "type": work.type, "number": work.number, "title": work.title}) == name


def test_a_kind_of_no_table_is_as_it_was_read(client: FlaskClient) -> None:
    with client.application.test_request_context("/"), force_locale("en"):
        assert [kind_name(kind) for kind in ("Nghị định", "Sổ tay", "", None)] == ["Decree", "Sổ tay", "", ""]
