"""Kho in a real browser: two files, one bad; the review queue by keyboard alone; the log of it all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from ingest import desk
from kb.settings import Settings
from tests.browser.looks import assert_accessible
from webapp.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
PLAN = """Số: 9/KH-UBND
Bình An, ngày 02 tháng 6 năm 2025

KẾ HOẠCH

Rà soát thủ tục hành chính

1. Căn cứ

Triển khai Nghị quyết số 55/NQ-CP ngày 09/5/2023 của Chính phủ; Nghị quyết số 55/NQ-CP ngày 26/3/2025.

2. Việc phải làm

Thực hiện Nghị quyết số 55/NQ-CP của Chính phủ. Phổ biến Nghị quyết số 55/NQ-CP của Chính phủ đến các xã.

Áp dụng Nghị định số 61/2108/NĐ-CP của Chính phủ.
"""
FILES = [
    {"name": "kế hoạch.txt", "mimeType": "text/plain", "buffer": PLAN.encode()},
    {"name": "<b>hỏng.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj\n<< /Type /Cat"},
]
PAGES = ("/kho", "/kho/duyet", "/kho/duyet?loai=ocr", "/kho/gop-tach", "/kho/nhat-ky", "/kho/sao-luu")
LOOKS = (
    "/kho/gop-tach/gop?tu=55-nq-cp.2023-05-09&vao=55-nq-cp.2025-03-26",
    "/kho/gop-tach/tach?van-ban=55-nq-cp.2025-03-26",
)


@pytest.fixture
def desk_site(tmp_path: Path) -> Iterator[str]:
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'cancu.sqlite3'}")
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    assert desk.rest(settings, 60)
    server.shutdown()
    thread.join(10)


@pytest.fixture
def clerk(sound_window: Callable[..., Page], desk_site: str) -> Page:
    return sound_window(desk_site)


def upload(page: Page) -> None:
    page.goto("/kho")
    page.get_by_label("Các tệp").set_input_files(FILES)
    page.get_by_role("button", name="Nạp").click()
    expect(page.locator("#da-xong")).to_have_text("2/2 tệp đã xong, 1 bị từ chối")


def test_a_clerk_uploads_two_files_and_works_the_queue_by_keyboard(clerk: Page) -> None:
    upload(clerk)
    good, bad = clerk.locator("table.files tbody tr").all()
    expect(good).to_contain_text("Đã nạp, văn bản mới")
    expect(bad).to_contain_text("<b>hỏng.pdf")
    expect(bad).to_contain_text("pdf.damaged")
    expect(bad.get_by_role("button", name="Đọc lại")).to_be_visible()
    assert_accessible(clerk)

    clerk.get_by_role("link", name="Duyệt").click()
    frame = clerk.locator(".review")
    expect(frame).to_be_focused()
    expect(frame.locator(".sentence mark")).to_have_text("Nghị định số 61/2108/NĐ-CP")
    assert_accessible(clerk)
    keys = clerk.keyboard

    def press(key: str) -> None:
        # The keys work once the frame has the focus: the script comes after the words.
        expect(frame).to_be_focused()
        keys.press(key)

    press("/")
    expect(frame.get_by_label("Văn bản khác")).to_be_focused()
    keys.type("61/2018/NĐ-CP")
    keys.press("Enter")
    expect(clerk.locator("#vua-xong")).to_contain_text("đã ghim vào 61-2018-nd-cp")
    expect(clerk.locator("#vua-xong button")).to_be_focused()

    clerk.goto("/kho/duyet")
    expect(frame.locator(".sentence")).to_have_text("Thực hiện Nghị quyết số 55/NQ-CP của Chính phủ.")
    press("j")
    expect(frame.locator(".sentence")).to_contain_text("Phổ biến")
    press("k")
    expect(frame.locator(".sentence")).to_contain_text("Thực hiện")
    press("2")
    expect(clerk.locator("#vua-xong")).to_contain_text("đã ghim vào 55-nq-cp.2025-03-26")
    expect(frame.locator(".sentence")).to_contain_text("Phổ biến")
    press("u")
    expect(frame.locator(".sentence")).to_contain_text("Thực hiện")
    press("c")
    expect(frame.get_by_role("checkbox")).to_be_checked()
    press("0")
    expect(clerk.locator("#het-viec")).to_be_visible()
    expect(clerk.locator("#vua-xong button")).to_be_focused()
    keys.press("u")  # also when it was the last one of the queue
    press("c")
    press("0")
    expect(clerk.locator("#het-viec")).to_be_visible()

    clerk.goto("/kho/nhat-ky")
    for words in ("viện dẫn không phải văn bản nào", "rút quyết định", "ghim viện dẫn", "nạp tệp trên trang"):
        expect(clerk.locator("table.log")).to_contain_text(words)


def test_every_page_is_accessible_and_fits_a_small_screen(clerk: Page) -> None:
    upload(clerk)
    batch = clerk.url
    for width in (1280, 320):
        clerk.set_viewport_size({"width": width, "height": 900})
        for path in (batch, *PAGES, *LOOKS):
            clerk.goto(path)
            assert_accessible(clerk, width)
    clerk.emulate_media(color_scheme="dark")
    for path in (batch, "/kho/duyet", "/kho/gop-tach"):
        clerk.goto(path)
        assert_accessible(clerk)


def test_upload_and_review_work_without_script(window: Callable[..., Page], desk_site: str) -> None:
    page = window(desk_site, script=False)
    page.goto("/kho")
    page.get_by_label("Các tệp").set_input_files(FILES)
    page.get_by_role("button", name="Nạp").click()
    for _ in range(240):
        if "2/2 tệp đã xong" in page.locator("#da-xong").inner_text():
            break
        page.get_by_role("link", name="Xem lại kết quả").click()
        page.wait_for_timeout(500)
    expect(page.locator("#da-xong")).to_have_text("2/2 tệp đã xong, 1 bị từ chối")
    page.goto("/kho/duyet?loai=ambiguous")
    page.locator("button.pick").first.click()
    expect(page.locator("#vua-xong")).to_contain_text("đã ghim vào 55-nq-cp.2023-05-09")
    page.get_by_label("Ghi chú").fill("thử")
    page.get_by_label("Ghi chú").press("Enter")
    expect(page.locator(".sentence")).to_contain_text("Phổ biến")
