from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from kb.sheets import read_sheet
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


ENDING = """CHÍNH PHỦ

Số: 208/2024/NĐ-CP

Hà Nội, ngày 10 tháng 6 năm 2024

NGHỊ ĐỊNH

Về suất ăn và bếp ăn

Điều 1. Hiệu lực thi hành

1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2024.

2. Nghị định số 134/2021/NĐ-CP ngày 15 tháng 7 năm 2021 hết hiệu lực kể từ ngày Nghị định này có hiệu lực.
"""


def test_an_end_is_listed_with_its_proof_and_what_rests_on_it(
    client: FlaskClient, settings: Settings, tmp_path: Path
) -> None:
    bring(settings, tmp_path, "12.txt", PLAN)
    bring(settings, tmp_path, "208.txt", ENDING)
    page = client.get("/hieu-luc?ngay=2024-07-01").text
    assert "Sắp đổi" in page and "Đã đổi" not in page
    assert "/van-ban/208-2024-nd-cp#art_1__cla_2" in page
    assert "12/KH-UBND" in page
    assert "Đã đổi" in client.get("/hieu-luc?ngay=2024-09-01").text
    assert "134/2021/NĐ-CP" not in client.get("/hieu-luc?ngay=2024-09-01&loai=ngung").text
    assert "134/2021/NĐ-CP" not in client.get("/hieu-luc?ngay=2026-01-01").text
    refused = client.get("/hieu-luc?ngay=hom-nay")
    assert refused.status_code == 400 and "“hom-nay” không phải ngày" in refused.text
    assert "134/2021/NĐ-CP" not in client.get("/hieu-luc?ngay=1/1/2026").text  # as papers print it
    several = client.get("/hieu-luc?ngay=2024-09-01&loai=het&loai=mot-phan").text
    assert (
        "134/2021/NĐ-CP" in several and "hieu-luc.xlsx?ngay=2024-09-01&amp;loai=het&amp;loai=mot-phan" in several
    )


def test_the_list_goes_to_a_workbook(client: FlaskClient, settings: Settings, tmp_path: Path) -> None:
    bring(settings, tmp_path, "12.txt", PLAN)
    bring(settings, tmp_path, "208.txt", ENDING)
    rows = read_sheet(client.get("/hieu-luc.xlsx?ngay=2024-09-01").data)
    assert len(rows) == 2 and {"134/2021/NĐ-CP", "12/KH-UBND"} <= set(rows[1])


def test_an_address_cannot_steer_the_links_of_the_page(client: FlaskClient) -> None:
    page = client.get("/hieu-luc?_scheme=javascript&_external=1&_anchor=x&endpoint=y&lui=het&ngay=0001-01-01").text
    links = re.findall(r'href="([^"]*)"', page)
    assert links and all(link.startswith(("/", "#", "?")) for link in links)


def test_what_is_cited_and_not_held_is_to_be_collected(
    client: FlaskClient, settings: Settings, tmp_path: Path
) -> None:
    bring(settings, tmp_path, "12.txt", PLAN.replace("134/2021", "135/2022").replace("2021", "2022"))
    page = client.get("/hieu-luc/can-thu-thap").text
    assert "135/2022/NĐ-CP" in page and "1 lần, trong 1 văn bản" in page
    # What is known of cites too: its page is that of a work, not of a text.
    for address in sorted(set(re.findall(r'<td>(?:.*?)<a href="(/(?:van-ban|tac-pham)/[^"]+)"', page)))[:40]:
        assert client.get(address).status_code == 200


def test_what_is_not_known_cannot_be_followed(client: FlaskClient) -> None:
    assert client.post("/tac-pham/khong-co/theo-doi").status_code == 404
