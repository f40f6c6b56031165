from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app

HEAD = """CHÍNH PHỦ

Số: {number}

Hà Nội, {day}

NGHỊ ĐỊNH

Về bếp ăn tập thể

Điều 1. Thời hạn

1. Cơ quan kiểm tra trả kết quả trong {days} ngày, nhiệt độ <5 & >3 độ.

Điều 2. Hiệu lực thi hành

"""
OLD = HEAD.format(number="134/2021/NĐ-CP", day="ngày 15 tháng 7 năm 2021", days=10)
OLD += "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 9 năm 2021.\n"
NEW = HEAD.format(number="208/2024/NĐ-CP", day="ngày 10 tháng 6 năm 2024", days=15)
NEW += "Nghị định này có hiệu lực từ ngày 01/8/2024 và thay thế Nghị định số 134/2021/NĐ-CP ngày 15/7/2021.\n"
DIGEST = "Lược thuật: bản tóm lược do người soạn kho viết lại; không phải nguyên văn.\n\n" + OLD
OLD_ID, NEW_ID = "134-2021-nd-cp", "208-2024-nd-cp"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder: Path = tmp_path_factory.mktemp("so-sanh")
    settings = Settings(folder / "kho", f"sqlite:///{folder / 'kho' / 'cancu.sqlite3'}")
    for name, text in (("1.txt", DIGEST), ("2.txt", OLD), ("3.txt", NEW)):
        (folder / name).write_text(text, encoding="utf-8")
        ingest_paths(settings, [folder / name], jobs=1)
    with create_app(settings).test_client() as client:
        yield client


def test_words_that_differ_are_marked_side_by_side(client: FlaskClient) -> None:
    page = client.get(f"/so-sanh?a={OLD_ID}&b={NEW_ID}").text
    assert "<del>10</del>" in page and "<ins>15</ins>" in page
    assert "lược thuật" not in page.split("<main", 1)[1].split("<footer", 1)[0].lower()
    assert "&lt;5 &amp; &gt;3 độ" in page


def test_a_digest_proves_no_wording_and_the_page_says_so(client: FlaskClient) -> None:
    page = client.get(f"/so-sanh?a={OLD_ID}@1&b={OLD_ID}@2").text
    assert "không chứng minh câu chữ" in page and "Bản A là lời tóm lược" in page


def test_pages_of_documents_lead_there(client: FlaskClient) -> None:
    new, old = (client.get(f"/van-ban/{work}").text for work in (NEW_ID, OLD_ID))
    assert f"/so-sanh?a={OLD_ID}&amp;b={NEW_ID}" in new and "(thay thế)" in new
    assert f"/so-sanh?a={OLD_ID}@1&amp;b={OLD_ID}@2" in old


def test_numbers_are_taken_as_people_type_them(client: FlaskClient) -> None:
    assert "<ins>15</ins>" in client.get("/so-sanh", query_string={"a": "134/2021", "b": "208/2024/NĐ-CP"}).text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "Gõ số như thường gõ"),
        ({"a": OLD_ID}, "Gõ số như thường gõ"),
        ({"a": OLD_ID, "b": "<script>x</script>"}, "kho không có toàn văn"),
        ({"a": f"{OLD_ID}@9", "b": NEW_ID}, "không có bản số 9"),
        ({"a": OLD_ID, "b": OLD_ID}, "giống nhau từng chữ"),
        ({"a": "@", "b": "@@1"}, "kho không có toàn văn"),
    ],
)
def test_what_cannot_be_compared_is_said(client: FlaskClient, asked: dict[str, str], words: str) -> None:
    answer = client.get("/so-sanh", query_string=asked)
    assert answer.status_code == 200
    assert words in answer.text and "<script>x" not in answer.text
