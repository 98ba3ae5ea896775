"""A gift in a real browser: a box for 800.000 ₫ of Tây Nguyên goods, changed and put into the basket; a combo to choose
from, whose sum follows what is typed.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Shop

pytestmark = pytest.mark.browser
BUDGET = 800_000


def _dong(text: str) -> int:
    """The first sum of money in a text."""
    found = re.search(r"([\d.]+)\s₫", text)
    assert found is not None, text
    return int(found[1].replace(".", ""))


def test_a_box_for_a_budget_is_changed_and_put_into_the_basket(shop: Shop, page: Page) -> None:
    page.goto(shop.url)
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Combo quà").click()
    page.get_by_role("link", name="Tự chọn theo ngân sách").first.click()
    page.get_by_label("Ngân sách một hộp").fill("800k")
    page.get_by_label("Vùng", exact=True).select_option("tay-nguyen")
    page.get_by_role("button", name="Xếp hộp cho tôi").click()
    offers = page.locator(".gift-offers > li")
    expect(page.get_by_role("heading", name=re.compile("Hộp vừa 800.000"))).to_be_visible()
    totals = [_dong(one.inner_text()) for one in offers.locator(".gift-offer-head .price").all()]
    assert len(totals) >= 3
    assert all(0.9 * BUDGET <= total <= BUDGET for total in totals)
    offers.first.get_by_role("link", name="Chọn, đổi món").click()
    expect(page.locator("h1")).to_have_text("Hộp quà của bạn")
    page.get_by_role("link", name=re.compile("Đổi món")).first.click()
    total = _dong(page.locator(".gift-price").inner_text())
    assert total <= BUDGET
    names = [one.inner_text() for one in page.locator(".gift-name").all()]
    page.get_by_role("button", name="Cho vào giỏ").click()
    expect(page.locator("h1")).to_contain_text("Giỏ hàng")
    text = page.locator("main").inner_text()
    assert all(name in text for name in names)
    assert _dong(text[text.index("Hộp quà tự chọn") :]) > 0
    assert f"{total:,}".replace(",", ".") in text


def test_a_choice_is_summed_as_one_types(shop: Shop, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{shop.url}/combo/")
    links = [one.get_attribute("href") for one in page.locator(".card", has_text="Chọn").locator(".card-name a").all()]
    assert links, "the sample has no combo to choose from"
    page.goto(f"{shop.url}{links[0]}")
    fields = page.locator(".gift-option input:enabled")
    for number in range(fields.count()):
        fields.nth(number).fill("0")
    running = page.locator("[data-running]")
    expect(running).to_contain_text(re.compile("Đã chọn 0/"))
    page.get_by_role("button", name="Cho vào giỏ").click()
    expect(page.get_by_role("alert")).to_contain_text("Lựa chọn chưa đúng")
    fields.first.fill("1")
    expect(running).to_contain_text("tạm tính")
    context.close()
