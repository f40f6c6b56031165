from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.looks import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
DOCUMENT = "/van-ban/118-bc-ubnd.binh-an.2024-12-20"


def test_a_card_shows_over_a_citation_and_goes_with_escape(page: Page) -> None:
    page.goto("/van-ban/34-2016-nd-cp")
    cited = page.locator("a.cite[data-card]", has_text="80/2015/QH13").first
    cited.focus()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text("80/2015/QH13")
    expect(card.locator(".badge")).to_be_visible()
    assert cited.get_attribute("aria-describedby") == card.get_attribute("id")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    page.locator("a.cite[data-card]").last.hover()
    expect(card).to_be_visible()


def test_a_provision_is_copied_as_one_cites_it(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/van-ban/34-2016-nd-cp")
    page.get_by_label("Chép trích dẫn điểm b khoản 2 Điều 38").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chép")
    copied = page.evaluate("navigator.clipboard.readText()")
    cited = "điểm b khoản 2 Điều 38 Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ"
    assert copied.splitlines()[0] == cited
    assert copied.splitlines()[1].endswith("/van-ban/34-2016-nd-cp#art_38__cla_2__pnt_b")


def test_a_table_sorts_by_figures_and_back(page: Page) -> None:
    page.goto(DOCUMENT)
    table = page.locator("table.sortable:has(button.sort)").first
    head = table.locator("th").nth(2)
    values = "[...table.tBodies[0].rows].map((row) => row.cells[2]?.dataset.value)"
    cells = f"(table) => {values}.filter(Boolean).map(Number)"
    head.get_by_role("button").click()
    up = table.evaluate(cells)
    assert len(up) > 1 and up == sorted(up) and head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert table.evaluate(cells) == sorted(up, reverse=True)


def test_the_matrix_of_targets_sorts_by_level(page: Page) -> None:
    page.goto(f"{DOCUMENT}/chi-tieu")
    table = page.locator("table.matrix")
    head = table.locator("th").nth(1)
    values = "[...table.tBodies[0].rows].map((row) => row.cells[1].dataset.value)"
    levels = f"(table) => {values}.filter(Boolean).map(Number)"
    before = table.evaluate(levels)
    head.get_by_role("button", name="Mức").click()
    assert len(before) > 1 and table.evaluate(levels) == sorted(before)


def test_the_outline_follows_and_notes_stand_beside_on_a_wide_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1700, "height": 900})
    page.goto(DOCUMENT)
    page.locator(".outline a").nth(4).click()
    expect(page.locator(".outline a[aria-current]")).to_have_count(1)
    note, text = page.locator(".document .text > p .note-popup").first, page.locator(".text")
    expect(note).to_be_visible()
    beside, column = note.bounding_box(), text.bounding_box()
    assert beside and column
    assert beside["x"] >= column["x"] + column["width"]
    assert beside["x"] + beside["width"] <= 1700


def test_cited_words_are_boxed_on_the_printed_page(page: Page) -> None:
    page.goto("/van-ban/34-2016-nd-cp")
    page.get_by_role("link", name="trang 1, xem bản in").click()
    page.get_by_role("link", name="80/2015/QH13").first.click()
    page.wait_for_url("**?cho=*")  # with its style sheets: measured before, the page is laid out without them
    box = page.locator("rect.words").first.bounding_box()
    sheet = page.locator(".sheet svg").bounding_box()
    assert box and sheet
    assert sheet["x"] < box["x"] and box["width"] < sheet["width"]
    assert page.locator("image").evaluate("(image) => fetch(image.href.baseVal).then((one) => one.status)") == 200


def test_first_paint_is_small(page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(DOCUMENT, wait_until="networkidle")
    # Bodies are asked for once all is there: inside the listener they may not come.
    assert 0 < sum(len(one.body()) for one in answers if "/static/" in one.url) < 100_000
