from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]


def test_the_network_is_walked_and_taken_along(page: Page) -> None:
    page.goto("/tac-pham/80-2015-qh13/luoc-do")
    stage = page.locator("#mang[data-ready]")
    expect(stage).to_be_visible()
    assert page.evaluate("cy.nodes().length") > 3
    page.evaluate("cy.edges().filter((edge) => edge.data('source') === '34-2016-nd-cp')[0].select()")
    expect(page.locator("#mang-chon")).to_contain_text("Căn cứ Luật Ban hành văn bản quy phạm pháp luật")
    expect(page.locator("#mang-chon").get_by_role("link", name="Mở câu dẫn").first).to_be_visible()
    page.get_by_role("button", name="Trục thời gian").click()
    order = page.evaluate(
        "cy.nodes('[!axis]').filter((node) => /^.{10}$/.test(node.data('issued')))"
        ".map((node) => [node.data('issued'), node.position().x])"
    )
    assert [x for _, x in sorted(order)] == sorted(x for _, x in order)
    page.get_by_role("button", name="Nếu hết hiệu lực").click()
    expect(page.locator("#mang-chon")).to_contain_text("dựa vào nó")
    page.evaluate("cy.nodes('[root]')[0].select()")
    expect(page.locator("#mang-chon").get_by_role("link", name="Mở văn bản")).to_be_visible()
    with page.expect_download() as drawing:
        stage.get_by_role("button", name="SVG").click()
    root = ElementTree.fromstring(Path(drawing.value.path()).read_bytes())
    assert "80/2015/QH13" in "".join(root.itertext())
    with page.expect_download() as picture:
        stage.get_by_role("button", name="PNG").click()
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")
