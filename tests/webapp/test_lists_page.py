from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from kb.sheets import write_sheet
from kb.store.audit import list_entries
from kb.store.store import open_store
from webapp.app import create_app

RULES = """CHÍNH PHỦ

Số: 134/2021/NĐ-CP

Hà Nội, ngày 15 tháng 7 năm 2021

NGHỊ ĐỊNH

Về bếp ăn tập thể

Điều 1. Hiệu lực thi hành

Nghị định này có hiệu lực thi hành từ ngày 01 tháng 9 năm 2021.
"""
ROWS = [
    ["Danh mục hết hiệu lực năm 2023", "", ""],
    ["Văn bản", "Hết hiệu lực từ", "Vì sao"],
    ["Nghị định số 134/2021/NĐ-CP ngày 15/7/2021", "01/01/2023", "Bị bãi bỏ"],
    ["Quyết định số 45/2019/QĐ-UBND ngày 02/5/2019", "01/01/2023", "Bị bãi bỏ"],
    ["văn bản không có số", "", ""],
]
CSV = "\n".join(
    (
        '"Số, ký hiệu",Ngày ban hành,Ngày hết hiệu lực,Lý do',
        "134/2021/NĐ-CP,15/7/2021,01/01/2023,Bị bãi bỏ",
        "<script>alert(1)</script>,,,",
    )
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "kho", f"sqlite:///{tmp_path / 'kho' / 'cancu.sqlite3'}")


@pytest.fixture
def client(settings: Settings, tmp_path: Path) -> Iterator[FlaskClient]:
    path = tmp_path / "134.txt"
    path.write_text(RULES, encoding="utf-8")
    ingest_paths(settings, [path], jobs=1)
    with create_app(settings).test_client() as client:
        yield client


def send(client: FlaskClient, data: bytes, name: str = "danh-muc.csv") -> TestResponse:
    return client.post("/hieu-luc/danh-muc", data={"file": (BytesIO(data), name)})


def standing(client: FlaskClient) -> str:
    page = client.get("/van-ban/134-2021-nd-cp").text
    return page[page.index('<div class="standing') :].split("</strong>", 1)[0].split("<strong>")[1]


def test_a_list_is_looked_at_tried_loaded_and_taken_back(client: FlaskClient, settings: Settings) -> None:
    place = send(client, CSV.encode()).headers["Location"]
    page = client.get(place).text
    assert "134/2021/NĐ-CP" in page and "hết 01/01/2023" in page and "1 dòng không đọc được" in page
    assert "<script>alert" not in page
    tried = client.post(place, data={"viec": "thu"}).text
    assert "Còn hiệu lực → <strong>Hết hiệu lực toàn bộ" in tried and "Chưa ghi gì vào kho" in tried
    assert standing(client) == "Còn hiệu lực"
    loaded = client.post(place, data={"viec": "nap"}, follow_redirects=True).text
    assert "Đã nạp" in loaded and "danh-muc.csv" in loaded
    assert standing(client) == "Hết hiệu lực toàn bộ"
    undone = client.post("/hieu-luc/danh-muc/lan-nap/2/rut", follow_redirects=True).text
    assert "Đã rút lần nạp số 2" in undone
    assert standing(client) == "Còn hiệu lực"
    with open_store(settings) as store:
        assert [entry.action for entry in list_entries(store)] == ["catalogue.undo", "catalogue.load"]


def test_columns_that_nothing_names_are_chosen_on_the_page(client: FlaskClient) -> None:
    place = send(client, write_sheet(ROWS[0], ROWS[1:]), "dm.xlsx").headers["Location"]
    assert "chưa biết cột nào là số" in client.get(place).text
    chosen = {"cot-number": "Văn bản", "cot-ended": "Hết hiệu lực từ", "cot-reason": "Vì sao"}
    page = client.get(place, query_string=chosen).text
    assert "<strong>2</strong> văn bản" in page and "hết 01/01/2023" in page
    assert "1 dòng có số của địa phương mà không ghi cơ quan" in page
    named = client.get(place, query_string=chosen | {"co-quan": "UBND tỉnh Bình An"}).text
    assert "UBND tỉnh Bình An</span>" in named and "không ghi cơ quan ban hành" not in named
    client.post(place, data=chosen | {"co-quan": "UBND tỉnh Bình An", "viec": "nap"})
    assert standing(client) == "Hết hiệu lực toàn bộ"


def test_a_column_can_be_left_out(client: FlaskClient) -> None:
    place = send(client, CSV.encode()).headers["Location"]
    page = client.get(place, query_string={"cot-ended": ""}).text
    assert "134/2021/NĐ-CP" in page and "hết 01/01/2023" not in page


def test_a_list_that_waits_is_told_and_can_be_forgotten(client: FlaskClient) -> None:
    place = send(client, CSV.encode()).headers["Location"]
    assert place.rsplit("/", 1)[-1] in client.get("/hieu-luc/danh-muc").text
    client.post(place, data={"viec": "bo"})
    assert place.rsplit("/", 1)[-1] not in client.get("/hieu-luc/danh-muc").text
    assert client.get(place).status_code == 404


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", "Số ký hiệu\n1/BC".encode("utf-16"), b"\n \n"])
def test_what_is_no_table_is_refused_and_not_kept(client: FlaskClient, data: bytes) -> None:
    answer = send(client, data)
    assert answer.status_code == 422
    assert "Đang xem, chưa nạp" not in client.get("/hieu-luc/danh-muc").text


@pytest.mark.parametrize("path", ["../../etc", "0" * 16, "xyz"])
def test_no_other_file_can_be_reached(client: FlaskClient, path: str) -> None:
    assert client.get(f"/hieu-luc/danh-muc/{path}").status_code == 404


def test_the_shipped_catalogue_is_not_taken_back(client: FlaskClient) -> None:
    kept = client.post("/hieu-luc/danh-muc/lan-nap/1/rut")
    assert kept.status_code == 400 and "Danh mục đi kèm" in kept.text
    assert client.post("/hieu-luc/danh-muc/lan-nap/99/rut").status_code == 404
    assert client.post("/hieu-luc/danh-muc").status_code == 400
