"""Log-in, roles, read-only, tokens, limits and logs, as a browser or a program meets them."""

from __future__ import annotations

import json
import logging
import re
import shutil
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphs.base import open_base
from kb.settings import Settings
from kb.store import accounts as rows
from kb.store.accounts import KeyKind, Role
from kb.store.audit import list_entries
from kb.store.store import open_store
from webapp.accounts.access import NEEDS
from webapp.accounts.passwords import hash_password
from webapp.app import create_app
from webapp.logs import JsonLines
from webapp.serving import OWN_NAMES, Serving

PASSWORD = "bốn từ không liên quan"
EXPOSED = Serving(exposed=True)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base that begins; made once, since its catalogue takes a while."""
    home = tmp_path_factory.mktemp("kho")
    open_base(settings_of(home)).close()
    return home


def settings_of(home: Path) -> Settings:
    return Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")


@pytest.fixture
def settings(fresh: Path, tmp_path: Path) -> Settings:
    shutil.copytree(fresh, tmp_path, dirs_exist_ok=True)
    return settings_of(tmp_path)


@pytest.fixture(scope="module")
def hashed() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def people(settings: Settings, hashed: str) -> Settings:
    """A base with one account a role, named after it."""
    with open_store(settings) as store:
        for role in reversed(Role):
            rows.add_account(store, role.value, role, hashed, "cli:me")
    return settings


@pytest.fixture
def client(people: Settings) -> Iterator[FlaskClient]:
    with create_app(people, EXPOSED).test_client() as client:
        yield client


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "the page has no form that may be sent"
    return found[1]


def log_in(client: FlaskClient, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
    token = token_of(client.get("/dang-nhap").text)
    return client.post("/dang-nhap", data={"name": name, "password": password, "csrf_token": token, **more})


def send(client: FlaskClient, page: str, path: str, **form: str) -> TestResponse:
    return client.post(path, data={"csrf_token": token_of(client.get(page).text), **form})


def test_with_accounts_every_page_asks_for_a_log_in_but_health(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    for path in ("/", "/van-ban?trang=2", "/kiem-tra", "/nguoi-dung", "/hieu-luc"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/dang-nhap?next=")
    assert client.post("/kiem-tra", data={"text": "x"}).status_code == 401


def test_without_accounts_this_machine_needs_none(settings: Settings) -> None:
    client = create_app(settings).test_client()
    assert client.get("/").status_code == 200
    assert client.get("/dang-nhap").status_code == 302
    assert "tài khoản đầu tiên" in client.get("/nguoi-dung").text.lower()
    assert 'href="/nguoi-dung"' in client.get("/kho").text


def test_whoever_makes_the_first_account_is_in(settings: Settings) -> None:
    client = create_app(settings).test_client()
    made = client.post("/nguoi-dung", data={"name": "Hạnh", "role": "admin", "password": PASSWORD})
    assert made.status_code == 303
    assert "Hạnh" in client.get("/nguoi-dung").text
    assert create_app(settings).test_client().get("/").status_code == 302


def test_exposed_without_accounts_nobody_comes_in(settings: Settings) -> None:
    client = create_app(settings, EXPOSED).test_client()
    assert client.get("/healthz").status_code == 200
    for path in ("/", "/nguoi-dung"):
        assert client.get(path).status_code == 403
    assert client.post("/nguoi-dung", data={"name": "a", "role": "admin", "password": PASSWORD}).status_code == 403


def test_log_in_goes_where_one_wanted_and_log_out_ends_the_session(client: FlaskClient) -> None:
    answer = log_in(client, "Reader", next="/van-ban?trang=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/van-ban?trang=1")
    cookie = client.get_cookie("cancu")
    assert cookie is not None
    assert "reader" in client.get("/").text
    assert send(client, "/", "/dang-xuat").status_code == 303
    assert client.get("/").status_code == 302
    client.set_cookie("cancu", cookie.value)
    assert client.get("/").status_code == 302, "a copy of the cookie outlives the log-out"


def test_a_wrong_name_and_a_wrong_password_look_the_same(client: FlaskClient) -> None:
    one, other = log_in(client, "reader", "sai mật khẩu này"), log_in(client, "không-ai", "sai mật khẩu này")
    assert (one.status_code, other.status_code) == (401, 401)
    assert re.sub(r'value="[^"]*"', "", one.text) == re.sub(r'value="[^"]*"', "", other.text)


def test_a_role_may_what_it_may(client: FlaskClient) -> None:
    log_in(client, "reader")
    token = token_of(client.get("/").text)
    assert client.post("/kiem-tra/0123456789abcdef/bo-qua", data={"csrf_token": token}).status_code == 403
    assert client.get("/nguoi-dung").status_code == 403
    assert "/nguoi-dung" not in client.get("/tai-khoan").text
    made = send(client, "/kiem-tra", "/kiem-tra", text="Số: 05/BC-UBND")
    assert made.status_code == 303
    assert "bo-qua" not in client.get(made.headers["Location"]).text


def test_roles_and_passwords_hold_from_the_next_request(client: FlaskClient, people: Settings) -> None:
    log_in(client, "editor")
    assert client.get("/nguoi-dung").status_code == 403
    with open_store(people) as store:
        rows.set_role(store, "editor", Role.ADMIN, "cli:me")
        assert client.get("/nguoi-dung").status_code == 200
        rows.set_password(store, "editor", hash_password(PASSWORD + "2"), "cli:me")
    assert client.get("/nguoi-dung").status_code == 302


def test_an_admin_looks_after_accounts(client: FlaskClient) -> None:
    log_in(client, "admin")
    form = {"name": "mới", "role": "reader", "password": PASSWORD}
    assert send(client, "/nguoi-dung", "/nguoi-dung", **form).status_code == 303
    assert send(client, "/nguoi-dung", "/nguoi-dung/mới", role="editor").status_code == 303
    assert send(client, "/nguoi-dung", "/nguoi-dung/mới", password="ngắn").status_code == 422
    last = send(client, "/nguoi-dung", "/nguoi-dung/admin", role="reader")
    assert (last.status_code, "quản trị cuối cùng" in last.text) == (422, True)
    assert send(client, "/nguoi-dung", "/nguoi-dung/mới", remove="1").status_code == 303
    assert "mới" not in re.findall(r"<h2>(.*?)</h2>", client.get("/nguoi-dung").text)


def test_ones_own_password_asks_for_the_one_of_today(client: FlaskClient) -> None:
    log_in(client, "reader")
    new = PASSWORD + " mới"
    assert send(client, "/tai-khoan", "/tai-khoan/mat-khau", old="sai", new=new).status_code == 422
    assert send(client, "/tai-khoan", "/tai-khoan/mat-khau", old=PASSWORD, new=new).status_code == 303
    assert client.get("/").status_code == 302
    assert log_in(client, "reader").status_code == 401
    assert log_in(client, "reader", new).status_code == 303


def test_a_token_opens_its_account_without_a_cookie(client: FlaskClient, people: Settings) -> None:
    log_in(client, "reader")
    page = send(client, "/tai-khoan", "/tai-khoan/khoa", label="máy in", days="30")
    secret = re.search(r"cancu_[\w-]+", page.text)
    assert secret
    assert page.headers["Cache-Control"] == "no-store"
    assert secret[0] not in client.get("/tai-khoan").text
    program = create_app(people, EXPOSED).test_client()
    bearer = {"Authorization": f"Bearer {secret[0]}"}
    assert program.get("/van-ban", headers=bearer).status_code == 200
    assert program.get("/nguoi-dung", headers=bearer).status_code == 403
    assert program.get("/van-ban", headers={"Authorization": "Bearer cancu_sai"}).status_code == 302
    assert "Set-Cookie" not in program.get("/healthz", headers=bearer).headers


def test_read_only_refuses_changes_and_hides_the_buttons(people: Settings) -> None:
    client = create_app(people, Serving(read_only=True, exposed=True)).test_client()
    assert log_in(client, "admin").status_code == 303
    for path in ("/kiem-tra", "/nguoi-dung", "/tai-khoan/khoa", "/kiem-tra/0123456789abcdef/bo-qua"):
        refused = client.post(path, data={"csrf_token": token_of(client.get("/").text)})
        assert refused.status_code == 403
        assert "chỉ đọc" in refused.text
    for path in ("/kiem-tra", "/nguoi-dung", "/tai-khoan"):
        page = client.get(path).text
        assert re.findall(r'<form[^>]*method="post"[^>]*action="([^"]+)"', page) == ["/dang-xuat"]
        assert "chỉ đọc" in page.lower()


def test_read_only_without_accounts_is_for_everybody_to_read(settings: Settings) -> None:
    client = create_app(settings, Serving(read_only=True, exposed=True)).test_client()
    assert client.get("/").status_code == 200
    assert client.get("/nguoi-dung").status_code == 403
    assert client.post("/nguoi-dung", data={"name": "a", "role": "admin", "password": PASSWORD}).status_code == 403


def test_every_log_in_and_every_failure_is_in_the_log_of_changes(client: FlaskClient, people: Settings) -> None:
    log_in(client, "reader", "sai mật khẩu này")
    log_in(client, "reader")
    with open_store(people) as store:
        told = [(one.who, one.action, one.subject) for one in list_entries(store)][:2]
        assert PASSWORD not in str(list_entries(store))
    assert told == [("reader", "account.login", "reader"), ("reader", "account.login_failed", "reader")]


def test_guessing_is_slowed_down(client: FlaskClient) -> None:
    token = token_of(client.get("/dang-nhap").text)
    form = {"name": "reader", "password": "sai mật khẩu này", "csrf_token": token}
    told = [client.post("/dang-nhap", data=form).status_code for _ in range(12)]
    assert told[:10] == [401] * 10
    assert told[10:] == [429] * 2
    assert client.post("/dang-nhap", data=form | {"password": PASSWORD}).status_code == 429


def test_checks_are_counted_where_others_can_come(client: FlaskClient) -> None:
    log_in(client, "reader")
    token = token_of(client.get("/kiem-tra").text)
    told = {client.post("/kiem-tra", data={"csrf_token": token}).status_code for _ in range(31)}
    assert told == {400, 429}


def test_the_api_says_in_json_what_is_missing(client: FlaskClient, people: Settings) -> None:
    asked = client.get("/api/v1/search?q=x")
    assert (asked.status_code, asked.get_json()["code"]) == (401, "http.401")
    assert asked.headers["WWW-Authenticate"].lower().startswith("bearer")
    with open_store(people) as store:
        token = rows.open_key(store, rows.get_account(store, "reader"), KeyKind.TOKEN, "", None, "cli:me")
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/documents", headers=bearer).status_code == 200
    posted = [client.post("/api/v1/cite", json={"text": "Nghị định 34/2016/NĐ-CP"}, headers=bearer) for _ in "ab"]
    assert [one.status_code for one in posted] == [200, 200]


def test_a_cookie_alone_sends_no_form_to_the_api(client: FlaskClient) -> None:
    log_in(client, "reader")
    form = {"file": (BytesIO("Số: 05/BC-UBND".encode()), "a.txt")}
    assert client.post("/api/v1/cite", data=form).status_code == 400
    assert client.post("/api/v1/cite", json={"text": "Số: 05/BC-UBND"}).status_code == 200


def test_every_exception_names_an_endpoint(people: Settings) -> None:
    app: Flask = create_app(people)
    assert set(NEEDS) <= set(app.view_functions) | set(app.blueprints)


def test_the_cookie_secret_is_made_once_for_its_owner_alone(settings: Settings) -> None:
    first, second = create_app(settings), create_app(settings)
    path = settings.home / "cookie.key"
    assert first.secret_key == second.secret_key == path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_headers_of_a_proxy_are_believed_only_when_told(people: Settings) -> None:
    sent = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "kho.example", "X-Forwarded-For": "203.0.113.9"}
    plain = create_app(people, EXPOSED).test_client().get("/dang-nhap", headers=sent)
    behind = create_app(people, Serving(exposed=True, proxies=1)).test_client()
    told = behind.get("/dang-nhap", headers=sent)
    assert "Secure" not in plain.headers["Set-Cookie"]
    assert "Secure" in told.headers["Set-Cookie"]
    form = {"name": "reader", "password": PASSWORD, "csrf_token": token_of(told.text)}
    own = {"Origin": "https://kho.example", "Referer": "https://kho.example/dang-nhap"}
    behind.set_cookie("cancu", behind.get_cookie("cancu").value)
    assert behind.post("/dang-nhap", data=form, headers=sent | own).status_code == 303


def test_on_this_machine_other_names_are_refused(settings: Settings) -> None:
    client = create_app(settings, Serving(names=OWN_NAMES)).test_client()
    for host in ("localhost:8765", "127.0.0.1:8765", "[::1]:8765", "127.0.0.1"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200
    assert client.get("/", headers={"Host": "xau.example:8765"}).status_code == 421


def test_a_request_is_one_line_that_tells_who_and_how_long(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    log_in(client, "reader")
    with caplog.at_level(logging.INFO, "cancu.requests"):
        answer = client.get("/tra-cuu?q=bí+mật")
    (line,) = caplog.records
    row = json.loads(JsonLines().format(line))
    assert row["request_id"] == answer.headers["X-Request-ID"]
    assert (row["user"], row["method"], row["path"], row["status"]) == ("reader", "GET", "/tra-cuu", 200)
    assert row["ms"] > 0
    assert "mật" not in json.dumps(row, ensure_ascii=False)


def test_a_base_that_cannot_be_opened_is_said_on_a_page(people: Settings) -> None:
    client = create_app(people, EXPOSED).test_client()
    for path in people.home.glob("cancu.sqlite3*"):
        path.write_bytes(b"no database at all, but long enough to be taken for one" * 50)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "restore" in answer.text


def test_a_session_is_over_after_a_working_day(client: FlaskClient, people: Settings) -> None:
    log_in(client, "reader")
    with open_store(people) as store, store.transaction() as connection:
        connection.exec_driver_sql("UPDATE account_keys SET ends = '2020-01-01T00:00:00+00:00'")
    assert client.get("/").status_code == 302
    with open_store(people) as store:
        rows.open_key(store, rows.get_account(store, "reader"), KeyKind.TOKEN, "", None, "cli:me")
        with store.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM account_keys").scalar() == 1
