"""What a hostile document, file, link or site can do to the pages: nothing."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import html

from bad_files import billion_laughs, bomb
from ingest.pipeline import ingest_paths
from kb.settings import Settings
from kb.store import accounts as rows
from kb.store.accounts import Role
from kb.store.store import open_store
from webapp.accounts.passwords import hash_password
from webapp.app import CONTENT_SECURITY_POLICY, create_app
from webapp.serving import Serving

PASSWORD = "bốn từ không liên quan"
#: What would run if it came through as it is; each marks itself.
ATTACKS = (
    "<script>xau()</script>",
    '"><img src=x onerror=xau()>',
    "'><svg/onload=xau()>",
    "</title></textarea></style><script>xau()</script>",
    "{{ 7*191 }}{% if 1 %}xau{% endif %}",
    "javascript:xau()",
)
HOSTILE = """UBND TỈNH BÌNH AN
Số: 66/BC-UBND
Bình An, ngày 05 tháng 3 năm 2024

BÁO CÁO
Kết quả "><img src=x onerror=xau()> cải cách <script>xau()</script>

Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ <script>xau()</script>;
I. KẾT QUẢ <svg onload=xau()>
1. Cải cách <iframe src=javascript:xau()></iframe> đạt 91% theo Nghị quyết số 76/NQ-CP ngày 15/7/2021.
2. Mức độ hài lòng của người dân đạt trên 90% {{ 7*191 }} (1).

| Đơn vị | Tỷ lệ |
|---|---|
| <script>xau()</script> | 90% |
| =HYPERLINK("http://xau.example") | 91% |

(1) Chú thích <img src=x onerror=xau()>.
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base that holds a hostile document under a hostile file name."""
    home = tmp_path_factory.mktemp("kho")
    file = tmp_path_factory.mktemp("tep") / '"><img src=x onerror=xau()>.txt'
    file.write_text(HOSTILE, encoding="utf-8")
    ingest_paths(settings_of(home), [file], jobs=1)
    return home


def settings_of(home: Path) -> Settings:
    return Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")


@pytest.fixture(scope="module")
def client(base: Path) -> FlaskClient:
    return create_app(settings_of(base)).test_client()


@pytest.fixture
def guarded(base: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """The same base with accounts: an editor is about to log in."""
    home = tmp_path / "kho"
    shutil.copytree(base, home)
    with open_store(settings_of(home)) as store:
        rows.add_account(store, "sep", Role.ADMIN, hash_password(PASSWORD), "cli:me")
        rows.add_account(store, "an", Role.EDITOR, hash_password(PASSWORD), "cli:me")
    with create_app(settings_of(home), Serving(exposed=True)).test_client() as client:
        yield client


def work_of(client: FlaskClient) -> str:
    found = re.search(r'href="/van-ban/(66-bc-ubnd[^"#?/]*)', client.get("/van-ban").text)
    assert found
    return found[1]


def assert_harmless(page: str) -> None:
    """No script but our files, no handler, no address that runs, no template that was worked out."""
    tree = html.fromstring(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ("iframe", "object", "embed", "base", "style"), html.tostring(element)
        if element.tag == "script":
            assert re.match(r"/(?!/)", element.get("src") or ""), html.tostring(element)
            assert not (element.text or "").strip()
        for name, value in element.attrib.items():
            assert not name.startswith("on"), html.tostring(element)
            assert name != "style", html.tostring(element)
            if name in ("href", "src", "action", "formaction", "data", "xlink:href"):
                assert not re.match(r"\s*(javascript|data|vbscript):", value, re.I), html.tostring(element)
    assert "1337" not in page


def test_a_hostile_document_is_text_on_every_page(client: FlaskClient) -> None:
    work = work_of(client)
    paths = [
        f"/van-ban/{work}",
        f"/van-ban/{work}/chi-tieu",
        f"/tac-pham/{work}/luoc-do",
        "/van-ban",
        "/hieu-luc",
        "/kho",
        "/?q=cải+cách",
        "/?q=xau",
        f"/?q={quote('mức độ hài lòng')}&type={quote(ATTACKS[1])}",
    ]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert_harmless(answer.text)
    # Links of the page itself lead on to what hangs on the document.
    for path in sorted(set(re.findall(r'href="(/[^"#]+)', client.get(f"/van-ban/{work}").text))):
        with client.get(path) as answer:
            assert answer.status_code < 500, path
            if answer.mimetype == "text/html":
                assert_harmless(answer.text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_stands_in_an_address_is_text(client: FlaskClient, attack: str) -> None:
    sent = quote(attack, safe="")
    for path in (
        f"/?q={sent}",
        f"/tra-cuu?q=76&type={sent}&issuer={sent}&sort={sent}&hieu-luc={sent}&trang={sent}",
        f"/van-ban/{sent}",
        f"/van-ban?trang={sent}",
        f"/tac-pham/{sent}",
        f"/tac-pham/{sent}/luoc-do?ngay={sent}",
        f"/tac-pham/61-2018-nd-cp/luoc-do?ngay={sent}",
        f"/kiem-tra/{sent}",
        f"/kho/nhan/{sent}",
        f"/hieu-luc?ngay={sent}&den={sent}",
        f"/dang-nhap?next={sent}",
        f"/{sent}",
    ):
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.text and answer.mimetype == "text/html":
            assert_harmless(answer.text)


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if '"' not in attack])
def test_a_file_name_is_text(client: FlaskClient, attack: str) -> None:
    made = client.post("/kiem-tra", data={"file": (BytesIO(HOSTILE.encode()), f"{attack}.txt")})
    assert made.status_code == 303
    for path in ("/kiem-tra", made.headers["Location"], made.headers["Location"] + "/tai-ve.html"):
        answer = client.get(path)
        assert answer.status_code == 200
        page = (
            re.sub(r"<style>.*?</style>", "", answer.text, flags=re.S) if path.endswith(".html") else answer.text
        )
        assert_harmless(page)


def test_a_drawing_runs_nothing(client: FlaskClient) -> None:
    drawing = client.get(f"/tac-pham/{work_of(client)}/luoc-do.svg")
    assert drawing.status_code == 200
    assert not re.search(r"<script|\son\w+=|javascript:|<foreignObject", drawing.text)
    assert drawing.headers["Content-Disposition"].startswith("attachment")


def test_a_cell_is_never_a_formula(client: FlaskClient) -> None:
    made = client.post("/kiem-tra", data={"text": HOSTILE})
    for path in ("/tra-cuu.xlsx?q=hyperlink", made.headers["Location"] + "/tai-ve.xlsx"):
        book = zipfile.ZipFile(BytesIO(client.get(path).data))
        sheets = "".join(book.read(name).decode() for name in book.namelist() if "worksheets" in name)
        assert "<f>" not in sheets


# --- requests of other sites ---


def token_of(page: str) -> str:
    return re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]


def log_in(client: FlaskClient) -> None:
    form = {"name": "an", "password": PASSWORD, "csrf_token": token_of(client.get("/dang-nhap").text)}
    assert client.post("/dang-nhap", data=form).status_code == 303


def test_a_form_without_the_token_of_the_session_changes_nothing(guarded: FlaskClient) -> None:
    log_in(guarded)
    stranger = create_app(guarded.application.config["CANCU_SETTINGS"], Serving(exposed=True)).test_client()
    foreign = token_of(stranger.get("/dang-nhap").text)
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 90}, {"csrf_token": foreign}):
        for path in ("/kiem-tra", "/dang-xuat", "/tai-khoan/khoa", "/tac-pham/61-2018-nd-cp/theo-doi"):
            assert guarded.post(path, data={"text": "x", **token}).status_code == 400, (path, token)
    assert guarded.get("/").status_code == 200
    own = token_of(guarded.get("/").text)
    assert guarded.post("/dang-xuat", data={"csrf_token": own}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://xau.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://khac.localhost"},
    ],
)
def test_a_request_of_another_site_is_refused_even_with_the_token(
    guarded: FlaskClient, headers: dict[str, str]
) -> None:
    log_in(guarded)
    form = {"csrf_token": token_of(guarded.get("/kiem-tra").text), "text": "Số: 05/BC-UBND"}
    assert guarded.post("/kiem-tra", data=form, headers=headers).status_code == 403
    assert guarded.post("/api/v1/cite", json={"text": "x"}, headers=headers).status_code == 403


def test_a_browser_sends_the_token_where_nobody_logs_in_too(client: FlaskClient) -> None:
    browser = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/kiem-tra", data={"text": "x"}, headers=browser).status_code == 400
    form = {"text": "Số: 05/BC-UBND", "csrf_token": token_of(client.get("/kiem-tra").text)}
    assert client.post("/kiem-tra", data=form, headers=browser).status_code == 303


def test_every_form_that_posts_carries_a_token(guarded: FlaskClient) -> None:
    log_in(guarded)
    forms = 0
    for path in ("/", "/kiem-tra", "/kho", "/tai-khoan", "/tac-pham/61-2018-nd-cp"):
        for form in html.fromstring(guarded.get(path).text).iter("form"):
            if (form.get("method") or "").lower() == "post":
                forms += 1
                assert [one.get("value") for one in form.iter("input") if one.get("name") == "csrf_token"]
    assert forms > 5


# --- sessions ---


def test_a_session_that_was_there_before_the_log_in_is_worth_nothing(guarded: FlaskClient) -> None:
    guarded.get("/dang-nhap")
    planted = guarded.get_cookie("cancu")
    assert planted is not None
    old_token = token_of(guarded.get("/dang-nhap").text)
    log_in(guarded)
    mine = guarded.get_cookie("cancu")
    assert mine is not None
    assert mine.value != planted.value
    assert mine.http_only
    assert mine.same_site == "Lax"
    assert guarded.post("/dang-xuat", data={"csrf_token": old_token}).status_code == 400
    thief = create_app(guarded.application.config["CANCU_SETTINGS"], Serving(exposed=True)).test_client()
    thief.set_cookie("cancu", planted.value)
    assert thief.get("/").status_code == 302


def test_a_cookie_of_ones_own_making_opens_nothing(guarded: FlaskClient) -> None:
    log_in(guarded)
    cookie = guarded.get_cookie("cancu")
    assert cookie is not None
    for forged in (cookie.value[:-2] + "AA", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbb", "x", ""):
        guarded.set_cookie("cancu", forged)
        assert guarded.get("/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "https://xau.example/",
        "//xau.example/",
        "/\\xau.example",
        "\\\\xau.example",
        "http:xau.example",
        "javascript:xau()",
        "/\t/xau.example",
        "/\n/xau.example",
        " //xau.example",
        "/%0d%0aSet-Cookie:x=1",
    ],
)
def test_the_log_in_leads_to_no_other_site(guarded: FlaskClient, address: str) -> None:
    token = token_of(guarded.get("/dang-nhap").text)
    form = {"name": "an", "password": PASSWORD, "csrf_token": token, "next": address}
    answer = guarded.post("/dang-nhap", data=form)
    assert answer.status_code == 303
    assert answer.headers["Location"] in ("/", "/%0d%0aSet-Cookie:x=1")
    assert "x=1" not in str(answer.headers.getlist("Set-Cookie"))
    again = guarded.get("/dang-nhap", query_string={"next": address})
    assert again.headers["Location"] in ("/", "/%0d%0aSet-Cookie:x=1")


# --- files ---


@pytest.mark.parametrize("name", ["../../../../cookie.key", "/etc/passwd", "..\\..\\cancu.sqlite3", "a/../../b"])
def test_a_path_as_a_file_name_leads_nowhere(client: FlaskClient, base: Path, name: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in base.iterdir() if path.is_file()}
    made = client.post("/kiem-tra", data={"file": (BytesIO("Số: 05/BC-UBND".encode()), name)})
    assert made.status_code in (303, 422)
    assert not [path for path in base.parent.iterdir() if path.name in ("b", "passwd")]
    # The database keeps its own files beside it while it is open.
    new = {path for path in base.iterdir() if path.is_file() and not path.name.startswith("cancu.sqlite3-")}
    assert new <= {*before, base / "mutes.json"}


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2f..%2fapp.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/kiem-tra/..%2f..%2fcookie.key",
        "/kiem-tra/..",
        "/van-ban/..%2f..%2fcookie.key/tep-goc",
        "/van-ban/....//....//cookie.key",
        "/kho/nhan/..%2f..%2fcookie.key",
        "/api/v1/documents/..%2f..%2fcookie.key/text",
    ],
)
def test_no_address_leads_out_of_the_pages(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (301, 308, 302, 404)
    if answer.status_code == 404:
        assert b"SECRET" not in answer.data


def entity_file() -> bytes:
    """A Word file that asks for a file of the machine."""
    body = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Số: 05/BC-UBND &x;</w:t></w:r></w:p></w:body></w:document>"
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", bomb()), ("b.docx", billion_laughs()), ("c.docx", entity_file())]
)
def test_bombs_and_entities_are_refused_by_name(client: FlaskClient, name: str, data: bytes) -> None:
    answer = client.post("/kiem-tra", data={"file": (BytesIO(data), name)})
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        assert "root:" not in client.get(answer.headers["Location"]).text
    posted = client.post("/api/v1/cite", data={"file": (BytesIO(data), name)})
    assert posted.status_code in (200, 422)
    assert b"root:" not in posted.data
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>Số: 05/BC-UBND &x;</p>'
    read = client.post("/api/v1/cite", data={"file": (BytesIO(page.encode()), "a.html")})
    assert b"root:" not in read.data


def test_an_original_leaves_as_a_download_only(client: FlaskClient) -> None:
    with client.get(f"/van-ban/{work_of(client)}/tep-goc") as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "\n" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["/", "/van-ban", "/kiem-tra", "/khong-co", "/healthz", "/static/cancu.css", "/api/v1/x"]
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
