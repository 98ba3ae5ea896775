"""The public API's page in a real browser: by keyboard, on a phone, and without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Shop

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_a_query_is_run_by_keyboard_and_nothing_scrolls_sideways(width: int, shop: Shop, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{shop.url}/graphql/")
    page.locator("#query").fill("{ regions { slug } }")
    page.locator("#variables").fill("")

    page.locator("#query").press("Control+Enter")

    expect(page.locator("#api-json")).to_contain_text("mien-nui-phia-bac")
    expect(page.locator("#api-cost")).to_have_text("tốn 14 điểm")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator('#type-Query a[href="#type-Product"]').first.click()
    expect(page.locator("#type-Product")).to_have_attribute("open", "")
    assert faults == []
    page.close()


def test_without_javascript_it_is_a_form(shop: Shop, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shop.url}/en/graphql/")

    page.get_by_role("link", name="Verify the code on a label").click()
    page.get_by_role("button", name="Run").click()

    expect(page.locator("#api-json")).to_contain_text('"state": "VALID"')
    context.close()
