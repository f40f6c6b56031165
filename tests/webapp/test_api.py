from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from kb.settings import Settings
from tests.webapp.bases import corpus_home
from webapp.app import create_app
from webapp.cli.main import group

TEXT = """Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;

1. Phấn đấu đến năm 2025, tối thiểu 90% hồ sơ được giải quyết đúng hạn theo Nghị quyết số 76/NQ-CP ngày 15/7/2021.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus_home(tmp_path_factory.mktemp("api"))


@pytest.fixture
def client(home: Path) -> Iterator[FlaskClient]:
    with create_app(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")).test_client() as client:
        yield client


def told(home: Path, *words: str) -> list[dict[str, Any]]:
    """What a command prints as JSON lines."""
    done = CliRunner().invoke(group, [*words, "--format", "json", "--home", str(home)])
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_description_is_openapi_of_every_operation(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").get_json()
    assert spec["openapi"].startswith("3.1")
    wanted = ("search", "works/{name}/status", "cite", "check", "export/graph")
    assert {f"/api/v1/{one}" for one in wanted} <= set(spec["paths"])
    for path, item in spec["paths"].items():
        for method in {"get", "post"} & set(item):
            assert item[method]["summary"], path
            assert {"200", "201", "202"} & set(item[method]["responses"]), path


@pytest.mark.parametrize("command", ["cite", "outline", "tables", "targets", "figures", "claims"])
def test_posted_text_gives_the_rows_of_the_command(
    client: FlaskClient, home: Path, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "bao-cao.txt"
    file.write_text(TEXT, encoding="utf-8")
    answer = client.post(f"/api/v1/{command}", json={"text": TEXT, "name": "bao-cao.txt"})
    assert answer.get_json()["items"] == told(home, command, str(file))


def test_a_file_is_checked_however_it_is_sent(client: FlaskClient, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.txt"
    file.write_text(TEXT, encoding="utf-8")
    *findings, summary = told(home, "check", str(file), "--as-of", "2025-06-27")
    data = TEXT.encode()
    content = {"content": base64.b64encode(data).decode(), "name": "bao-cao.txt", "as_of": "2025-06-27"}
    form = {"file": (BytesIO(data), "bao-cao.txt"), "as_of": "2025-06-27"}
    for answer in (client.post("/api/v1/check", json=content), client.post("/api/v1/check", data=form)):
        assert answer.get_json() == {"items": findings, "summary": summary}


@pytest.mark.parametrize("noun", ["outline", "citations", "targets", "figures", "claims"])
def test_a_held_document_gives_its_rows(client: FlaskClient, home: Path, noun: str) -> None:
    command = {"citations": "cite"}.get(noun, noun)
    answer = client.get(f"/api/v1/documents/63/2010/NĐ-CP/{noun}?limit=1000").get_json()
    assert answer["items"] == told(home, command, "63/2010/NĐ-CP")
    assert answer["total"] == len(answer["items"])


def test_status_and_trace_are_those_of_the_commands(client: FlaskClient, home: Path) -> None:
    asked = "?as_of=2025-01-01"
    status = client.get(f"/api/v1/works/63/2010/NĐ-CP/status{asked}").get_json()
    assert [status] == told(home, "status", "63/2010/NĐ-CP", "--as-of", "2025-01-01")
    trace = client.get(f"/api/v1/works/63/2010/NĐ-CP/trace{asked}&direction=down&depth=1").get_json()
    assert [trace] == told(home, "trace", "63/2010/NĐ-CP", "--down", "--depth", "1", "--as-of", "2025-01-01")


def test_search_is_that_of_the_command(client: FlaskClient, home: Path) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "kiểm soát thủ tục", "limit": 3}).get_json()
    expected = told(home, "search", "kiểm soát thủ tục", "--limit", "3")[0]
    assert [hit["unit"] for hit in answer["hits"]] == [hit["unit"] for hit in expected["hits"]]
    assert answer["facets"] == expected["facets"]


def test_pages_lead_to_each_other_and_hold_everything_once(client: FlaskClient) -> None:
    total = client.get("/api/v1/documents").get_json()["total"]
    address, seen = "/api/v1/documents?limit=2", []
    while address:
        answer = client.get(address)
        seen += [row["id"] for row in answer.get_json()["items"]]
        found = re.search(r'<([^>]*)>; rel="next"', answer.headers.get("Link", ""))
        address = found[1] if found else ""
    assert len(seen) == len(set(seen)) == total > 2


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/v1/documents")
    again = client.get("/api/v1/documents", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/nowhere", 404, "http.404"),
        ("/api/v1/works/khong-co", 404, "work.unknown"),
        ("/api/v1/documents/khong-co", 404, "work.not_held"),
        ("/api/v1/documents/63/2010/NĐ-CP/units/art_999", 404, "unit.absent"),
        ("/api/v1/search", 422, "http.422"),
        ("/api/v1/documents?limit=0", 422, "http.422"),
    ],
)
def test_refusals_have_one_shape(client: FlaskClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    error = answer.get_json()
    assert (answer.status_code, error["status"], error["code"]) == (status, status, code)
    assert error["vi"]
    assert error["en"]


def test_a_name_of_several_works_names_them(client: FlaskClient) -> None:
    answer = client.get("/api/v1/works/76/status")
    assert answer.status_code == 409
    candidates = answer.get_json()["candidates"]
    assert len(candidates) > 1
    assert client.get(f"/api/v1/works/{candidates[0]}/status").status_code == 200


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, "text"),
        ({"text": "a", "content": "YQ=="}, "text"),
        ({"text": 1}, "text"),
        ({"content": "%%%"}, "content"),
        ({"text": "a", "as_of": "hôm nay"}, "as_of"),
        ({"text": "a", "mau": "b"}, "mau"),
        (["a"], "body"),
    ],
)
def test_a_wrong_body_is_told_what_is_wrong(client: FlaskClient, body: Any, wrong: str) -> None:
    answer = client.post("/api/v1/cite", json=body)
    assert answer.status_code == 422
    assert wrong in answer.get_json()["errors"]


def test_bodies_that_are_no_json(client: FlaskClient) -> None:
    for body in (b"{", b"[" * 100_000):
        assert client.post("/api/v1/cite", data=body, content_type="application/json").status_code == 400
    assert client.post("/api/v1/cite", data=b"a", content_type="text/csv").status_code == 415
    surrogate = client.post("/api/v1/cite", data=b'{"text": "\\ud800"}', content_type="application/json")
    assert surrogate.status_code == 422


def test_pasted_text_is_text_whatever_it_looks_like(client: FlaskClient) -> None:
    text = "<p>Căn cứ Nghị định số 34/2016/NĐ-CP</p>"
    row = client.post("/api/v1/cite", json={"text": text}).get_json()["items"][0]
    assert text[row["start"] : row["end"]] == row["surface"]


def test_the_whole_base_goes_out_by_lines(client: FlaskClient) -> None:
    total = client.get("/api/v1/documents").get_json()["total"]
    documents = [json.loads(line) for line in client.get("/api/v1/export/documents").text.splitlines()]
    assert len(documents) == total
    texts = {row["id"]: row["text"] for row in documents}
    for line in client.get("/api/v1/export/citations").text.splitlines():
        row = json.loads(line)
        assert "".join(texts[row["document"]][low:high] for low, high in row["parts"]) == row["surface"]


@pytest.mark.parametrize("shape", ["graphml", "gexf", "json", "csv", "dot"])
def test_the_graph_goes_out_in_every_shape(client: FlaskClient, shape: str) -> None:
    answer = client.get(f"/api/v1/export/graph?format={shape}")
    assert answer.status_code == 200
    assert "63/2010" in answer.text


def test_the_page_of_the_api_needs_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/api/v1/docs").text
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)
    for name in ("swagger-ui-bundle.js", "swagger-ui.css"):
        with client.get(f"/api/v1/docs/{name}") as answer:
            assert answer.status_code == 200
    assert client.get("/api/v1/docs/LICENSE").status_code == 404
