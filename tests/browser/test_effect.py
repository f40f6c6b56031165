from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
PAGES = (
    "/hieu-luc",
    "/hieu-luc?lui=het&ngay=2025-05-01",
    "/hieu-luc/can-thu-thap",
    "/hieu-luc/danh-muc",
    "/so-sanh",
    "/so-sanh?a=khong-co&b=63-2010-nd-cp",
    "/so-sanh?a=77-2015-qh13&b=80-2015-qh13",
)
LIST = """DANH MỤC VĂN BẢN HẾT HIỆU LỰC,,,
STT,Văn bản,Bỏ từ ngày,Vì sao
1,Nghị định số 63/2010/NĐ-CP ngày 08/6/2010,01/3/2026,Bị bãi bỏ
2,không có số,,
"""
DECREE = "/van-ban/63-2010-nd-cp"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_force_and_comparison_are_accessible_and_fit(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    assert_accessible(page, width)


def test_comparison_in_the_dark_keeps_its_contrast(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    for path in (PAGES[1], PAGES[-1]):
        page.goto(path)
        assert_accessible(page, 1280)


def test_texts_stand_side_by_side_where_there_is_room(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(PAGES[-1])
    row = page.locator("tr.changed").first
    left, right = (row.locator(f'td[data-side="{side}"]').bounding_box() for side in "AB")
    assert left and right and left["y"] == right["y"] and left["x"] < right["x"]
    assert row.locator("del").first.evaluate("one => getComputedStyle(one).textDecorationLine") == "line-through"
    assert row.locator("ins").first.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    page.set_viewport_size({"width": 320, "height": 900})
    left, right = (row.locator(f'td[data-side="{side}"]').bounding_box() for side in "AB")
    assert left and right and left["y"] < right["y"] and left["x"] == right["x"]


def test_a_list_is_loaded_and_taken_back_and_a_followed_document_tells(page: Page) -> None:
    page.goto(DECREE)
    page.get_by_role("button", name="Theo dõi văn bản này").click()
    expect(page.get_by_role("button", name="Thôi theo dõi")).to_be_visible()
    page.goto("/hieu-luc")
    page.get_by_role("link", name="danh mục văn bản hết hiệu lực").click()
    page.get_by_label("Tệp danh mục").set_input_files(
        {"name": "danh-muc.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa biết cột nào là số")
    page.get_by_label("Số, ký hiệu").select_option("Văn bản")
    page.get_by_label("Ngày hết hiệu lực").select_option("Bỏ từ ngày")
    page.get_by_label("Lý do hết hiệu lực").select_option("Vì sao")
    page.get_by_role("button", name="Xem lại").click()
    expect(page.get_by_text("1 dòng không đọc được").first).to_be_visible()
    assert_accessible(page, 1280)
    page.get_by_role("button", name="Nạp thử").click()
    expect(page.locator("section.standing")).to_contain_text("63/2010/NĐ-CP")
    expect(page.locator("section.standing")).to_contain_text("Hết hiệu lực toàn bộ")
    assert_accessible(page, 1280)
    page.get_by_role("button", name="Nạp vào kho").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nạp")
    page.goto(DECREE)
    expect(page.get_by_label("Tin mới về văn bản này")).to_contain_text("Hết hiệu lực toàn bộ, từ 01/3/2026")
    assert_accessible(page, 1280)
    page.get_by_role("button", name="Đã xem").click()
    expect(page.get_by_label("Tin mới về văn bản này")).to_have_count(0)
    page.goto("/hieu-luc/danh-muc")
    page.locator("summary", has_text="Rút lại").first.click()
    page.get_by_role("button", name="Rút lần nạp").first.click()
    expect(page.get_by_role("status")).to_contain_text("Đã rút")
    page.goto(DECREE)
    expect(page.get_by_label("Tin mới về văn bản này")).to_contain_text("Hết hiệu lực một phần")
    page.get_by_role("button", name="Thôi theo dõi").click()
    expect(page.get_by_role("button", name="Theo dõi văn bản này")).to_be_visible()


def test_the_menu_fits_a_phone_in_both_languages(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    for tongue in ("vi", "en"):
        page.goto(f"/hieu-luc?lang={tongue}")
        assert_accessible(page, 320)
