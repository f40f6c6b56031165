"""Log-in, one's own account, people, and a read-only base, in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from kb.settings import Settings
from kb.store import accounts as rows
from kb.store.accounts import Role
from kb.store.store import open_store
from tests.browser.looks import assert_accessible
from webapp.accounts.passwords import hash_password
from webapp.app import create_app
from webapp.serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
PASSWORD = "bốn từ không liên quan"


def serve(settings: Settings, serving: Serving) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(settings, serving), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    with open_store(settings) as store:
        for name, role in (("hanh.nguyen", Role.ADMIN), ("an", Role.READER)):
            rows.add_account(store, name, role, hash_password(PASSWORD), "cli:me")
    return settings


@pytest.fixture(scope="module")
def guarded(people: Settings) -> Iterator[str]:
    yield from serve(people, Serving(exposed=True))


@pytest.fixture(scope="module")
def read_only(people: Settings) -> Iterator[str]:
    yield from serve(people, Serving(exposed=True, read_only=True))


@pytest.fixture
def fresh(window: Callable[..., Page]) -> Page:
    return window()


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Tên tài khoản").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.keyboard.press("Enter")


def assert_fits(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert_accessible(page, width)


def test_log_in_by_keyboard_and_back_to_where_one_wanted(fresh: Page, guarded: str) -> None:
    fresh.goto(f"{guarded}/van-ban")
    expect(fresh.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    expect(fresh.get_by_label("Tên tài khoản")).to_be_focused()
    log_in(fresh, "an", "không phải mật khẩu này")
    expect(fresh.get_by_role("alert")).to_contain_text("không đúng")
    expect(fresh.get_by_label("Tên tài khoản")).to_have_value("an")
    log_in(fresh, "an")
    fresh.wait_for_url("**/van-ban")
    expect(fresh.locator(".who")).to_contain_text("an")
    fresh.get_by_role("button", name="Đăng xuất").click()
    expect(fresh.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    fresh.goto(f"{guarded}/van-ban")
    expect(fresh.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_accounts_are_accessible_and_fit(fresh: Page, guarded: str, scheme: str) -> None:
    fresh.emulate_media(color_scheme=scheme)
    for width in (1280, 320):
        fresh.goto(f"{guarded}/dang-nhap")
        assert_fits(fresh, width)
    log_in(fresh, "sai", "không phải mật khẩu này")
    expect(fresh.get_by_role("alert")).to_be_visible()
    assert_fits(fresh, 320)
    log_in(fresh, "hanh.nguyen")
    expect(fresh.locator(".who")).to_be_visible()
    for path in ("/tai-khoan", "/nguoi-dung", "/"):
        for width in (1280, 320):
            fresh.goto(guarded + path)
            fresh.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
            assert_fits(fresh, width)


def test_an_admin_adds_somebody_and_a_token_is_shown_once(fresh: Page, guarded: str) -> None:
    fresh.goto(f"{guarded}/tai-khoan")
    log_in(fresh, "hanh.nguyen")
    fresh.get_by_label("Dùng vào việc gì").fill("máy in")
    fresh.get_by_role("button", name="Tạo khóa").click()
    expect(fresh.locator("code.secret")).to_contain_text("cancu_")
    fresh.get_by_role("link", name="Quản lý người dùng").click()
    expect(fresh.locator("code.secret")).to_have_count(0)
    form = fresh.locator("form", has=fresh.get_by_role("button", name="Thêm", exact=True))
    form.get_by_label("Tên tài khoản").fill("bình")
    form.get_by_label("Vai trò").select_option("editor")
    form.get_by_label("Mật khẩu").fill(PASSWORD)
    form.get_by_role("button", name="Thêm").click()
    expect(fresh.get_by_role("article", name="bình")).to_contain_text("biên tập")


def test_a_read_only_base_says_so_and_has_no_buttons(fresh: Page, read_only: str) -> None:
    fresh.goto(f"{read_only}/kiem-tra")
    log_in(fresh, "an")
    expect(fresh.get_by_role("heading", level=1)).to_contain_text("Kiểm tra")
    expect(fresh.locator(".read-only")).to_contain_text("Chỉ đọc")
    expect(fresh.locator("main form[method=post]")).to_have_count(0)
    assert_fits(fresh, 320)


def test_the_console_stays_quiet(fresh: Page, guarded: str) -> None:
    wrong: list[str] = []
    fresh.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    fresh.goto(f"{guarded}/dang-nhap")
    log_in(fresh, "an")
    fresh.wait_for_url("**/")
    assert not wrong
