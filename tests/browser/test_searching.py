from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]


def test_suggestions_by_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Điều cần tìm")
    box.press_sequentially("118/bc")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("118/BC-UBND")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert_accessible(page)
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("118/bc")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Enter")
    page.wait_for_url("**/van-ban/118-bc-ubnd.binh-an.2024-12-20")


def test_a_search_is_kept_and_found_again(page: Page) -> None:
    page.goto("/?q=cai+cach&type=Báo+cáo")
    page.get_by_text("Lưu tìm kiếm này").click()
    page.get_by_label("Tên").fill("cải cách trong báo cáo")
    page.get_by_role("button", name="Lưu").click()
    page.goto("/")
    page.get_by_role("link", name="cải cách trong báo cáo").click()
    expect(page.locator(".facet a[aria-current]")).to_have_text("Báo cáo")
    page.goto("/")
    page.get_by_role("button", name="Bỏ tìm kiếm cải cách trong báo cáo").click()
    expect(page.get_by_role("link", name="cải cách trong báo cáo")).to_have_count(0)
