from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app

RULES = """CHÍNH PHỦ

Số: 134/2021/NĐ-CP

Hà Nội, ngày 15 tháng 7 năm 2021

NGHỊ ĐỊNH

Về bếp ăn tập thể

Điều 1. Phạm vi điều chỉnh

Nghị định này quy định về bếp ăn tập thể.

Điều 2. Hiệu lực thi hành

Nghị định này có hiệu lực thi hành từ ngày 01 tháng 9 năm 2021.
"""
PLAN = """ỦY BAN NHÂN DÂN
TỈNH BÌNH AN

Số: 12/KH-UBND

Bình An, ngày 05 tháng 02 năm 2024

KẾ HOẠCH

Kiểm tra bếp ăn tập thể năm 2024

Căn cứ Nghị định số 134/2021/NĐ-CP ngày 15 tháng 7 năm 2021 của Chính phủ về bếp ăn tập thể;

I. MỤC TIÊU

1. Kiểm tra các bếp ăn của trường học.
"""
WORK = "134-2021-nd-cp"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "kho", f"sqlite:///{tmp_path / 'kho' / 'cancu.sqlite3'}")


@pytest.fixture
def client(settings: Settings, tmp_path: Path) -> Iterator[FlaskClient]:
    bring(settings, tmp_path, "134.txt", RULES)
    with create_app(settings).test_client() as client:
        yield client


def bring(settings: Settings, folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    ingest_paths(settings, [path], jobs=1)


def test_a_followed_document_tells_what_is_new_until_it_was_seen(
    client: FlaskClient, settings: Settings, tmp_path: Path
) -> None:
    followed = client.post(f"/tac-pham/{WORK}/theo-doi", follow_redirects=True).text
    assert "Thôi theo dõi" in followed and "Mới từ lần xem trước" not in followed
    assert "không có gì mới" in client.get("/hieu-luc").text
    bring(settings, tmp_path, "12.txt", PLAN)
    for path in (f"/van-ban/{WORK}", "/hieu-luc"):
        page = client.get(path).text
        assert "Văn bản căn cứ vào văn bản này" in page and "12/KH-UBND" in page
    assert "Mới từ lần xem trước" in client.get(f"/van-ban/{WORK}").text
    client.post(f"/tac-pham/{WORK}/theo-doi", data={"viec": "da-xem", "ve": "hieu-luc"})
    assert "không có gì mới" in client.get("/hieu-luc").text
    client.post(f"/tac-pham/{WORK}/theo-doi", data={"viec": "thoi"})
    assert WORK not in client.get("/hieu-luc").text


def test_what_is_not_known_cannot_be_followed(client: FlaskClient) -> None:
    assert client.post("/tac-pham/khong-co/theo-doi").status_code == 404
