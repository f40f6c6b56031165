"""What one person may see and do, nobody else sees or does: every address, every role, every cache."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as open_word
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.routing import Rule

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from kb.store import accounts as rows
from kb.store.accounts import Role
from kb.store.audit import Filter, list_entries, record
from kb.store.store import open_store
from tests.webapp.test_security import HOSTILE, PASSWORD, settings_of, work_of
from webapp.accounts.access import NEEDS, need_of
from webapp.accounts.passwords import hash_password
from webapp.api import bulk
from webapp.app import create_app
from webapp.serving import Serving

#: What a reader may send besides questions; all else that changes something is for editors and admins.
FOR_READERS = {
    "accounts.enter",
    "accounts.leave",
    "accounts.change_password",
    "accounts.make_token",
    "accounts.end_token",
    "effect.follow",
    "check.create",
    "search.keep",
    "search.forget",
    "api_texts.check",
    "api_texts.cite",
    "api_texts.claims",
    "api_texts.figures",
    "api_texts.outline",
    "api_texts.tables",
    "api_texts.targets",
}
#: Pages that a reader may not see.
NOT_FOR_READERS = {
    "accounts.people",
    "api_desk.log",
    "records.log",
    "records.log_file",
    "records.backup",
}
FOR_ANYBODY = {"static", "healthz", "accounts.login", "accounts.enter"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("kho")
    file = tmp_path_factory.mktemp("tep") / "bao-cao.txt"
    file.write_text(HOSTILE, encoding="utf-8")
    ingest_paths(settings_of(home), [file], jobs=1)
    with open_store(settings_of(home)) as store:
        for name, role in (("sep", Role.ADMIN), ("an", Role.EDITOR), ("doc", Role.READER)):
            rows.add_account(store, name, role, hash_password(PASSWORD), "cli:me")
    return settings_of(home)


@pytest.fixture(scope="module")
def app(settings: Settings) -> Flask:
    return create_app(settings, Serving(exposed=True))


def logged_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    form = {"name": name, "password": PASSWORD, "csrf_token": token_of(client, "/dang-nhap")}
    assert client.post("/dang-nhap", data=form).status_code == 303
    return client


def token_of(client: FlaskClient, page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert found, page
    return found[1]


def addresses(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """Every way to ask for every address, with something in each gap."""
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?\w+>", "1", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path, rule


def test_a_stranger_comes_to_the_log_in_and_nowhere_else(app: Flask) -> None:
    client = app.test_client()
    for method, path, rule in addresses(app):
        if rule.endpoint not in FOR_ANYBODY:
            answer = client.open(path, method=method)
            assert answer.status_code in (302, 401), (method, path)
            assert answer.status_code == 401 or answer.headers["Location"].startswith("/dang-nhap"), path


def test_a_reader_sends_nothing_that_is_for_editors(app: Flask) -> None:
    client = logged_in(app, "doc")
    token = token_of(client, "/kiem-tra")
    for method, path, rule in addresses(app):
        refused = rule.endpoint in NOT_FOR_READERS if method == "GET" else rule.endpoint not in FOR_READERS
        if refused:
            answer = client.open(path, method=method, data={"csrf_token": token})
            assert answer.status_code == 403, (method, path)
        elif method == "GET" and rule.endpoint != "static":
            assert client.get(path).status_code != 403, path


def test_every_change_asks_for_a_role_and_for_the_token_of_its_form(app: Flask) -> None:
    client = logged_in(app, "sep")
    for method, path, rule in addresses(app):
        if method == "GET":
            continue
        need = need_of(rule.endpoint, method)
        assert need.role is not None or rule.endpoint in NEEDS, path
        if rule.endpoint.startswith("api_"):
            answer = client.open(
                path, method=method, data={"text": "x"}, headers={"Origin": "https://xau.example"}
            )
            assert answer.status_code == 403, path
        elif rule.endpoint != "accounts.enter":
            assert client.open(path, method=method, data={}).status_code == 400, path


def test_what_only_some_may_read_is_kept_by_no_cache(app: Flask) -> None:
    client = logged_in(app, "doc")
    work = work_of(client)
    for path in ("/", f"/van-ban/{work}", "/kiem-tra", "/tai-khoan", "/tra-cuu.xlsx?q=cải", "/khong-co"):
        with client.get(path) as answer:
            assert "no-store" in answer.headers["Cache-Control"], path
    with client.get(f"/van-ban/{work}/tep-goc") as answer:
        assert "private" in answer.headers["Cache-Control"] and "no-cache" in answer.headers["Cache-Control"]
    tagged = client.get("/api/v1/documents")
    assert "private" in tagged.headers["Cache-Control"] and "no-cache" in tagged.headers["Cache-Control"]
    assert client.get("/api/v1/documents", headers={"If-None-Match": tagged.headers["ETag"]}).status_code == 304
    stranger = app.test_client().get("/", follow_redirects=True)
    assert stranger.status_code == 200 and "no-store" in stranger.headers["Cache-Control"]
    for path in ("/static/cancu.css", "/healthz"):
        with client.get(path) as answer:
            assert "private" not in answer.headers.get("Cache-Control", "")


def test_where_nobody_logs_in_the_browser_may_keep_pages(tmp_path: Path) -> None:
    assert "Cache-Control" not in create_app(settings_of(tmp_path)).test_client().get("/").headers


def test_an_old_form_is_no_try_of_a_password(app: Flask) -> None:
    client = app.test_client()
    form = {"name": "doc", "password": PASSWORD, "csrf_token": "cũ"}
    told = {
        client.post("/dang-nhap", data=form, headers={"Origin": "http://localhost"}).status_code for _ in range(15)
    }
    assert told == {400}
    logged_in(app, "doc")


def test_the_whole_base_is_read_out_to_one_at_a_time(app: Flask) -> None:
    client = logged_in(app, "doc")
    with client.get("/api/v1/export/citations", buffered=False) as first:
        assert next(iter(first.response))
        refused = client.get("/api/v1/export/documents")
        assert refused.status_code == 503 and refused.headers["Retry-After"]
    assert client.get("/api/v1/export/documents").status_code == 200
    assert bulk._ONE.acquire(blocking=False)  # whoever read to the end has let go of it
    bulk._ONE.release()


REASON = "=1+1 \x0b\x00\x1b[31m\ufffe</w:t>"


def test_a_reason_with_control_characters_breaks_no_file_of_a_run(settings: Settings, tmp_path: Path) -> None:
    client = create_app(settings_of(tmp_path)).test_client()
    text = HOSTILE.replace("05 tháng 3", "\x0b\x1b31 tháng 2")
    run = client.post("/kiem-tra", data={"text": text}).headers["Location"]
    findings = re.findall(r'name="what" value="([^"]+)"', client.get(run).text)
    assert client.post(f"{run}/bo-qua", data={"what": findings[0], "reason": REASON}).status_code == 303
    book = load_workbook(BytesIO(client.get(f"{run}/tai-ve.xlsx").data))
    cells = [str(cell.value) for page in book for line in page.iter_rows() for cell in line if cell.value]
    assert any("=1+1 [31m</w:t>" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith("=")]
    word = open_word(BytesIO(client.get(f"{run}/tai-ve.docx").data))
    assert any("=1+1 [31m</w:t>" in paragraph.text for paragraph in word.paragraphs)
    assert client.get(f"{run}/tai-ve.html").status_code == 200


@pytest.mark.parametrize("subject", ["=1+1", "\n=1+1", "＝1+1", "@x", "\x00=1"])
def test_the_log_as_a_table_holds_no_formula(tmp_path: Path, subject: str) -> None:
    settings = settings_of(tmp_path)
    with open_store(settings) as store:
        record(store, "thử", "search.save", subject)
        assert list_entries(store, Filter())
    lines = create_app(settings).test_client().get("/kho/nhat-ky.csv").text
    assert re.search(r",\"?'\n?[=＝@]", lines), lines
