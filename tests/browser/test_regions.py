"""The map by keyboard alone: from tile to tile, into a province, on to a product; and large enough to press."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalog.regions import province
from catalog.regions.tiles import TILES
from tests.browser.conftest import Shop

pytestmark = pytest.mark.browser
SMALLEST = 44  # px, of what is pressed with a thumb
LONGEST_WAY = 120  # presses of Tab


def _tab_to(page: Page, address: re.Pattern[str]) -> list[str]:
    """Press Tab until such a link has the focus; the addresses passed on the way, that one included."""
    passed: list[str] = []
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count():
            passed.append(focused.get_attribute("href") or "")
            if address.search(passed[-1]):
                return passed
    pytest.fail(f"Tab does not lead to {address.pattern}")


def _enter(page: Page) -> None:
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def test_by_keyboard_from_the_map_to_a_province_and_on_to_a_product(shop: Shop, page: Page) -> None:
    page.goto(f"{shop.url}/vung/")
    passed = _tab_to(page, re.compile("^/vung/lam-dong/$"))

    on_the_map = [address for address in passed if re.fullmatch(r"/vung/[a-z-]+/", address)]
    order = [f"/vung/{province(code).slug}/" for code in TILES]
    assert on_the_map == order[: order.index("/vung/lam-dong/") + 1]
    outline = page.locator(":focus").evaluate("one => getComputedStyle(one).outlineWidth")
    assert outline == "3px"
    told = int(page.locator(":focus b").inner_text())

    _enter(page)
    expect(page.locator("h1")).to_have_text("Tỉnh Lâm Đồng")
    expect(page.locator(".province-sum")).to_contain_text(f"{told} sản phẩm")
    _tab_to(page, re.compile("^/san-pham/"))
    name = page.locator(":focus").inner_text()

    _enter(page)
    expect(page.locator("h1")).to_have_text(name)


def test_on_a_phone_tiles_can_be_pressed_and_names_stay_inside(shop: Shop, page: Page) -> None:
    page.goto(f"{shop.url}/vung/")

    tiles = page.locator(".map-tile")
    assert tiles.count() == 34
    for tile in tiles.all():
        box = tile.bounding_box()
        assert box is not None
        assert box["height"] >= SMALLEST
        assert box["width"] >= SMALLEST
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert tile.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_numbers_of_a_province_are_those_of_the_lists_behind_them(shop: Shop, page: Page) -> None:
    page.goto(f"{shop.url}/vung/lam-dong/")
    counted = [
        (link.get_attribute("href") or "", int(link.locator(".soft").inner_text().split()[0]))
        for link in page.locator("#xa ~ .chips a, .province-head .chips a").all()
    ]

    assert len(counted) > 5
    for address, n in counted:
        page.goto(f"{shop.url}{address}")
        expect(page.locator(".list-tools [role=status]")).to_have_text(f"{n} sản phẩm")
