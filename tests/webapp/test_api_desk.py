from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest import desk
from kb.settings import Settings
from webapp.app import create_app

PLAN = """ỦY BAN NHÂN DÂN TỈNH AN GIANG
Số: 15/KH-UBND
An Giang, ngày 05 tháng 3 năm 2025

KẾ HOẠCH
Rà soát thủ tục hành chính

Căn cứ Luật số 80/2015/QH13 ngày 22 tháng 6 năm 2015 của Quốc hội;
Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ;
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, f"sqlite:///{tmp_path / 'cancu.sqlite3'}")


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    with create_app(settings).test_client() as client:
        yield client
    assert desk.rest(settings, 120)


def test_files_are_taken_in_and_told_of(client: FlaskClient, settings: Settings) -> None:
    files = {"ke-hoach.txt": PLAN.encode(), "hong.pdf": b"%PDF-1.4 broken"}
    sent = client.post("/api/v1/uploads", data={"files": [(BytesIO(data), name) for name, data in files.items()]})
    assert sent.status_code == 202
    assert desk.rest(settings, 120)
    told = client.get(sent.headers["Location"]).get_json()
    assert told["done"]
    verdicts = {row["name"]: row for row in told["files"]}
    assert verdicts["ke-hoach.txt"]["verdict"] == "added"
    assert verdicts["hong.pdf"]["verdict"] == "refused"
    assert verdicts["hong.pdf"]["message"]
    work = verdicts["ke-hoach.txt"]["work"]
    assert client.get(f"/api/v1/documents/{work}").get_json()["number"] == "15/KH-UBND"
    assert [row["subject"] for row in client.get("/api/v1/log").get_json()["items"]]


def test_an_upload_without_files_is_refused(client: FlaskClient) -> None:
    assert client.post("/api/v1/uploads", data={}).status_code == 422
    assert client.get("/api/v1/uploads/khong-co").status_code == 404


def test_json_without_end_is_refused(client: FlaskClient) -> None:
    sent = client.post("/api/v1/decisions", data="[" * 100_000, content_type="application/json")
    assert (sent.status_code, sent.get_json()["code"]) == (400, "http.400")


def test_a_merge_is_decided_listed_and_taken_back(client: FlaskClient, settings: Settings) -> None:
    client.post("/api/v1/uploads", data={"files": [(BytesIO(PLAN.encode()), "a.txt")]})
    assert desk.rest(settings, 120)
    both = {"former": "63-2010-nd-cp", "into": "92-2017-nd-cp", "note": "thử"}
    made = client.post("/api/v1/decisions", json=both)
    assert made.status_code == 201
    assert client.get("/api/v1/works/63-2010-nd-cp").get_json()["work"] == "92-2017-nd-cp"
    assert [row["note"] for row in client.get("/api/v1/decisions").get_json()["items"]] == ["thử"]
    assert client.delete(f"/api/v1/decisions/{made.get_json()['id']}").status_code == 204
    assert client.get("/api/v1/works/63-2010-nd-cp").get_json()["work"] == "63-2010-nd-cp"
    assert client.delete("/api/v1/decisions/999").status_code == 404
    held = client.post("/api/v1/decisions", json={"former": "15/KH-UBND", "into": "63-2010-nd-cp"})
    assert (held.status_code, held.get_json()["code"]) == (422, "works.held")


def test_turns_of_force_name_what_rests_on_the_work(client: FlaskClient, settings: Settings) -> None:
    client.post("/api/v1/uploads", data={"files": [(BytesIO(PLAN.encode()), "a.txt")]})
    assert desk.rest(settings, 120)
    told = client.get("/api/v1/effect?since=2010-01-01&until=2030-01-01").get_json()
    turns = [row for row in told["items"] if row["work"] == "80-2015-qh13"]
    assert "Hết hiệu lực toàn bộ" in {turn["after"] for turn in turns}
    for turn in turns:
        assert [one["number"] for one in turn["resting"]] == ["15/KH-UBND"]
