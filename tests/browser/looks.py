"""What every page must be: accessible, and no wider than its window."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def assert_accessible(page: Page, width: int | None = None) -> None:
    """No rule of WCAG is broken, and a window of `width` does not scroll sideways.

    A page that a click led to may show its words before its style sheets have come: it is looked at with them.
    """
    page.wait_for_load_state()
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    if width is not None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, f"{page.url} scrolls sideways"
