"""Suggestions by keyboard, by thumb and as a screen reader is told them; slow answers and input methods too."""

import json
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Error, Page, Route, expect

from tests.browser.conftest import Shop

pytestmark = pytest.mark.browser
SMALLEST = 44  # px, of what is pressed with a thumb


@pytest.fixture
def phone(browser: Browser, shop: Shop) -> Iterator[Page]:
    """A small phone's page with JavaScript, and no inline script or style allowed; an error on it fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 700}, locale="vi-VN", has_touch=True)
    context.set_default_timeout(20_000)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{shop.url}/chinh-sach/")
    yield page
    context.close()
    assert errors == []


def put(page: Page, text: str) -> None:
    """All at once: key by key, a busy machine asks for the beginning as well, and the list changes while it is read."""
    page.locator("#tim").focus()
    page.keyboard.insert_text(text)


def type_in(page: Page, text: str) -> None:
    put(page, text)
    expect(page.locator("#goi-y [role=option]").first).to_be_visible()


def hold(page: Page, held: list[Route], text: str) -> None:
    """Put in, and the question for it is in `held`."""
    put(page, text)
    for _ in range(500):
        if held:
            return
        page.wait_for_timeout(10)  # lets Playwright call the routes
    raise AssertionError(text)


def selected(page: Page) -> str | None:
    """The text of the option that the field points to; it is the one that is selected, and it is in sight."""
    active = page.locator("#tim").get_attribute("aria-activedescendant")
    if active is None:
        assert page.locator("[role=option][aria-selected=true]").count() == 0
        return None
    option = page.locator(f"#{active}[aria-selected=true]")
    expect(option).to_be_in_viewport()
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    return option.locator(".hint-text").inner_text()


def tree(page: Page) -> list[dict]:
    """The nodes of the accessibility tree that are not ignored."""
    cdp: CDPSession = page.context.new_cdp_session(page)
    nodes = cdp.send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node.get("ignored")]


def answer_late(route: Route) -> None:
    """The answer to a question that the page has, as it should, given up."""
    with suppress(Error):
        route.fulfill(status=200, body='<a role="option" id="goi-y-0" class="hint" href="/">cũ</a>')


def test_by_keyboard_alone_to_a_province(phone: Page, shop: Shop) -> None:
    phone.locator("#tim").focus()
    type_in(phone, "lam dong")
    field = phone.locator("#tim")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert selected(phone) is None
    field.press("ArrowDown")
    first = selected(phone)
    assert first == "Lâm Đồng"
    expect(field).to_be_focused()
    assert field.input_value() == "lam dong"
    field.press("ArrowUp")
    assert selected(phone) is None
    field.press("ArrowUp")
    assert selected(phone) == phone.locator(".hint-text").last.inner_text()
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert selected(phone) == first
    field.press("Home")
    assert selected(phone) is None
    assert field.evaluate("one => one.selectionStart") == 0
    field.press("ArrowDown")
    field.press("Enter")
    phone.wait_for_url(f"{shop.url}/vung/lam-dong/")


def test_escape_closes_then_empties_and_enter_searches_for_what_was_typed(phone: Page, shop: Shop) -> None:
    type_in(phone, "ca phe")
    field = phone.locator("#tim")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(phone.locator("#goi-y")).to_be_hidden()
    assert field.input_value() == "ca phe"
    field.press("Alt+ArrowDown")
    expect(phone.locator("#goi-y")).to_be_visible()
    field.press("Alt+ArrowUp")
    expect(phone.locator("#goi-y")).to_be_hidden()
    field.press("Enter")
    phone.wait_for_url(f"{shop.url}/tim/?q=ca+phe")
    phone.go_back()
    expect(phone.locator("#goi-y")).to_be_hidden()
    phone.locator("#tim").focus()
    phone.locator("#tim").press("Escape")
    expect(phone.locator("#tim")).to_have_value("")


def test_tab_leaves_and_closes_and_no_option_is_a_stop(phone: Page) -> None:
    type_in(phone, "ca phe")
    phone.locator("#tim").press("Tab")
    expect(phone.locator("#goi-y")).to_be_hidden()
    expect(phone.locator(".find button")).to_be_focused()


def test_what_a_screen_reader_is_told(phone: Page, shop: Shop) -> None:
    type_in(phone, "ca phe")
    n = phone.locator("[role=option]").count()
    expect(phone.locator("#goi-y-tin")).to_have_text(f"Có {n} gợi ý. Dùng phím lên xuống để chọn.")
    phone.locator("#tim").press("ArrowDown")
    nodes = tree(phone)
    field = next(node for node in nodes if node["role"]["value"] == "combobox")
    told = {one["name"]: one["value"].get("value") for one in field["properties"]}
    assert field["name"]["value"] == "Tìm sản phẩm, vùng, chủ thể"
    assert (told["expanded"], told["autocomplete"], told["hasPopup"]) == (True, "list", "listbox")
    assert "goi-y-0" in json.dumps(field["properties"])
    listbox = next(node for node in nodes if node["role"]["value"] == "listbox")
    assert listbox["name"]["value"] == "Gợi ý"
    options = [node["name"]["value"] for node in nodes if node["role"]["value"] == "option"]
    assert len(options) == n
    assert any("Sản phẩm · OCOP" in name and "sao" in name for name in options)
    assert any(node["role"]["value"] == "status" for node in nodes)
    phone.locator("#tim").fill("zzzz")
    expect(phone.locator("#goi-y-tin")).to_have_text("Không có gợi ý.")
    expect(phone.locator("#tim")).to_have_attribute("aria-expanded", "false")
    phone.goto(f"{shop.url}/en/chinh-sach/")
    type_in(phone, "ca phe")
    expect(phone.locator("#goi-y-tin")).to_contain_text("suggestions. Use the up and down keys")


def test_a_late_answer_never_replaces_a_newer_one(phone: Page) -> None:
    held: list[Route] = []

    def slow(route: Route) -> None:
        if parse_qs(urlsplit(route.request.url).query)["q"] == ["mat"]:
            held.append(route)  # answered after the newer one
        else:
            route.continue_()

    phone.route("**/goi-y/**", slow)
    hold(phone, held, "mat")
    phone.locator("#tim").fill("lam dong")
    expect(phone.locator(".hint-text").first).to_have_text("Lâm Đồng")
    before = phone.locator("#goi-y").inner_html()
    answer_late(held[0])
    phone.wait_for_timeout(300)
    assert phone.locator("#goi-y").inner_html() == before


def test_an_answer_that_comes_after_the_field_was_left_opens_nothing(phone: Page) -> None:
    held: list[Route] = []
    phone.route("**/goi-y/**", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function of Python's
    hold(phone, held, "mat")
    phone.locator("#tim").press("Tab")
    answer_late(held[0])
    phone.wait_for_timeout(300)
    expect(phone.locator("#goi-y")).to_be_hidden()


def test_without_an_answer_the_field_still_searches(phone: Page, shop: Shop) -> None:
    phone.route("**/goi-y/**", lambda route: route.abort())
    with phone.expect_event("requestfailed"):
        put(phone, "mat ong")
    expect(phone.locator("#goi-y")).to_be_hidden()
    phone.locator("#tim").press("Enter")
    phone.wait_for_url(f"{shop.url}/tim/?q=mat+ong")


def test_an_input_method_is_not_disturbed(phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda one: asked.append(one.url) if "/goi-y/" in one.url else None)
    phone.clock.install(time=0)
    phone.clock.pause_at(60_000)  # from here on the page's time is this test's, however busy the machine is
    field = phone.locator("#tim")
    field.focus()
    cdp = phone.context.new_cdp_session(phone)
    for text in ("c", "ca", "cà", "cà p", "cà ph", "cà phê"):  # Telex, key by key
        cdp.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        phone.clock.run_for(60)
    assert asked == []
    phone.clock.run_for(300)
    expect(phone.locator("[role=option]").first).to_be_visible()  # the hand rests: a phone composes until the space
    assert len(asked) == 1
    assert field.input_value() == "cà phê"
    field.dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True})
    assert selected(phone) is None
    cdp.send("Input.insertText", {"text": "cà phê"})
    phone.clock.run_for(400)
    field.press("ArrowDown")
    assert selected(phone) is not None
    assert len(asked) == 1  # the same text, composed or not, is asked for once


def test_marks_written_apart_are_the_same_text(phone: Page) -> None:
    phone.locator("#tim").fill("ca\u0300 phe\u0302")
    expect(phone.locator(".hint-text mark").first).to_have_text("Cà phê")


def test_on_a_small_phone(phone: Page, shop: Shop) -> None:
    before = phone.locator("main").bounding_box()
    type_in(phone, "ca phe")
    assert phone.locator("main").bounding_box() == before
    for option in phone.locator("[role=option]").all():
        box = option.bounding_box()
        assert box is not None
        assert box["height"] >= SMALLEST
        assert box["x"] + box["width"] <= 390
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    product = phone.locator('[role=option][href*="/san-pham/"]').first
    name = product.locator(".hint-text").inner_text()
    product.tap()
    expect(phone.locator("h1")).to_have_text(name)
