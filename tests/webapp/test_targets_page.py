from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app

ROOT = Path(__file__).resolve().parents[2]
MATRIX = "/van-ban/118-bc-ubnd.binh-an.2024-12-20/chi-tieu"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    report = ROOT / "tests" / "reports" / "sound" / "bao-cao-cai-cach-hanh-chinh.txt"
    ingest_paths(settings, [report, *(ROOT / "corpus" / "documents").glob("nghi-quyet-76-*")], jobs=1)
    with create_app(settings).test_client() as client:
        yield client


def rows(page: str) -> int:
    return len(re.findall(r'<tr id="t-', page))


def test_filters_narrow_the_matrix_and_its_workbook_alike(client: FlaskClient) -> None:
    whole = client.get(MATRIX).text
    assert '<option value="76/NQ-CP"' in whole
    judged = [
        int(n) for n in re.findall(r"<strong>(\d+)</strong> (?:chỉ tiêu|đạt|chưa đạt|không nêu đánh giá)", whole)
    ]
    assert judged[0] == sum(judged[1:])
    for asked in ("can-cu=76/NQ-CP", "q=hai lòng", "danh-gia=Đạt", "loc=khong-can-cu", "q=HAI LONG&danh-gia=Đạt"):
        page = client.get(f"{MATRIX}?{asked}").text
        assert rows(page) < rows(whole)
        sheet = load_workbook(BytesIO(client.get(f"{MATRIX}.xlsx?{asked}").data)).worksheets[0]
        assert sheet.max_row - 1 == rows(page)
    assert rows(client.get(f"{MATRIX}?can-cu=76/NQ-CP").text) > 0


def test_a_target_stands_beside_the_same_one_in_its_basis(client: FlaskClient) -> None:
    page = client.get(f"{MATRIX}?q=hài lòng&can-cu=76/NQ-CP").text
    address = re.search(rf'"({MATRIX}/t-[0-9a-f]+/song-song)#dang-xem"', page)
    assert address is not None
    shown = client.get(address[1]).text
    left, right = shown.split('aria-label="Căn cứ"')
    assert "Báo cáo số 118/BC-UBND" in left and '<mark class="found" id="dang-xem"' in left
    assert "Nghị quyết số 76/NQ-CP" in right and "chỉ tiêu tương ứng" in right and '<mark class="found"' in right
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
