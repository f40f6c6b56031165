from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
REPORT = Path(__file__).resolve().parents[1] / "reports" / "sound" / "bao-cao-cai-cach-hanh-chinh.txt"
DOCUMENT = "/van-ban/118-bc-ubnd.binh-an.2024-12-20"
PAGES = (
    "/api/v1/docs",
    "/",
    "/?q=cai+cach",
    "/?q=khongcogi123",
    "/van-ban",
    DOCUMENT,
    f"{DOCUMENT}/chi-tieu",
    f"{DOCUMENT}/chi-tieu/t-8fb44723",
    f"{DOCUMENT}/chi-tieu/t-8fb44723/song-song",
    "/tac-pham/61-2018-nd-cp/luoc-do",
    "/kiem-tra",
    "/tac-pham/61-2018-nd-cp",
    f"{DOCUMENT}/duoc-dan",
    "/van-ban/63-2010-nd-cp?ngay=2015-01-01",
    "/van-ban/80-2015-qh13/duoc-dan",
    "/van-ban/34-2016-nd-cp/trang/1",
    "/tac-pham/80-2015-qh13/luoc-do?bac=3",
    "/tac-pham/80-2015-qh13/voi/34-2016-nd-cp",
    "/dang-nhap",
    "/?q=cai+cach&lang=en",
    f"{DOCUMENT}?lang=en",
)


#: How wide the ring around what has the focus is; a date has a ring of the browser's own around its parts.
FOCUS_WIDTH = """(() => {
  const at = document.activeElement;
  if (at === document.body || at.type === "date") return "9px";
  const told = getComputedStyle(at);
  return told.outlineStyle === "none" ? "" : told.outlineWidth;
})()"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_accessible_and_fits(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    assert_accessible(page, width)


def test_every_page_is_accessible_in_the_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    for path in PAGES:
        page.goto(path)
        assert_accessible(page)


def test_a_printed_document_leaves_the_screen_behind(page: Page) -> None:
    page.goto("/van-ban/34-2016-nd-cp")
    page.emulate_media(media="print")
    for gone in ("header.site", ".outline", ".tools", "form.day", ".full-citation button"):
        assert not page.locator(gone).first.is_visible(), gone
    expect(page.locator(".text")).to_be_visible()


def test_a_printed_matrix_has_no_forms(page: Page) -> None:
    page.goto(f"{DOCUMENT}/chi-tieu")
    expect(page.locator("form.inline")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("form.inline")).to_be_hidden()
    expect(page.locator("table.matrix")).to_be_visible()


def test_what_has_the_focus_is_seen(page: Page) -> None:
    for path in ("/", DOCUMENT, "/tac-pham/80-2015-qh13/luoc-do"):
        page.goto(path)
        for _ in range(12):
            page.keyboard.press("Tab")
            outline = page.evaluate(FOCUS_WIDTH)
            assert float(outline.removesuffix("px") or 0) >= 2, path


def test_a_clerks_day(page: Page) -> None:
    """Search without marks, open the hit, its targets; check the report, open a finding, take the Word copy."""
    page.goto("/")
    page.locator("#q").fill("muc do hai long toi thieu 90%")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator(".hit").first).to_contain_text("118/BC-UBND")
    expect(page.locator(".snippet mark").first).to_be_visible()
    page.locator(".hit h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("cải cách hành chính")
    page.get_by_role("link", name="Chỉ tiêu và căn cứ").click()
    page.locator("table.matrix").get_by_role("link", name="76/NQ-CP").first.click()
    expect(page.locator("ol.chain")).to_contain_text("Thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021")
    expect(page.locator("ol.chain")).to_contain_text("cao hơn căn cứ")
    page.get_by_role("link", name="Kiểm tra", exact=True).click()
    page.get_by_label("Tệp (").set_input_files(
        {"name": "bao-cao.txt", "mimeType": "text/plain", "buffer": broken_report()}
    )
    page.get_by_role("button", name="Kiểm tra").click()
    error = page.locator(".findings li.error").first
    expect(error).to_contain_text("75%")
    error.get_by_role("link").first.click()
    expect(page.locator(".text p:target mark.found").first).to_contain_text("75%")
    before = page.locator(".findings li.error, .findings li.warning").count()
    error.get_by_text("Bỏ qua").first.click()
    error.get_by_label("Lý do").fill("đã thống nhất với đơn vị")
    error.get_by_role("button", name="Bỏ qua").click()
    expect(page.locator(".findings")).to_contain_text("Lý do: đã thống nhất với đơn vị")
    assert page.locator(".findings li.error, .findings li.warning").count() < before
    page.get_by_role("button", name="Thôi bỏ qua").click()
    expect(page.locator(".findings li.error").first).to_contain_text("75%")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word có ghi chú").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_a_diagram_says_the_same_in_its_table_and_leads_on(page: Page) -> None:
    page.goto("/tac-pham/63-2010-nd-cp/luoc-do?ngay=2015-01-01")
    drawn = page.locator(".drawing svg a")
    listed = page.locator("#bang-quan-he ~ .scroll tbody tr")
    assert drawn.count() == listed.count() > 3
    expect(page.locator(".drawing")).to_contain_text("01/01/2015")
    drawn.first.click()
    expect(page).to_have_url(re.compile(r"/luoc-do\?ngay=2015-01-01$"))
    assert page.request.get("/tac-pham/63-2010-nd-cp/luoc-do?ngay=hom-nay").status == 400


def broken_report() -> bytes:
    text = REPORT.read_text(encoding="utf-8")
    assert "đạt tỷ lệ 80%" in text
    return text.replace("đạt tỷ lệ 80%", "đạt tỷ lệ 75%").encode()


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/van-ban")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('table.list') !== null"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("article.document")).to_be_visible()


def test_a_note_shows_on_focus_and_leads_there_and_back(page: Page) -> None:
    page.goto(DOCUMENT)
    mark = page.locator("sup.mark a").first
    mark.focus()
    expect(page.locator(".note-popup").first).to_be_visible()
    mark.click()
    expect(page).to_have_url(re.compile("#chu-thich-0"))
    page.locator("#chu-thich-0 .back").click()
    expect(page).to_have_url(re.compile("#cho-0"))


def test_search_and_reading_work_without_script(window: Callable[..., Page], site: str) -> None:
    page = window(site, script=False)
    page.goto("/")
    page.locator("#q").fill("118/BC-UBND")
    page.get_by_role("button", name="Tìm").click()
    page.locator(".hit h2 a").first.click()
    expect(page.locator("article.document")).to_contain_text("KẾT QUẢ CHỈ ĐẠO")
