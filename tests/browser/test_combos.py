"""A gift in a real browser: a box for 800.000 ₫ of Tây Nguyên goods, changed, sent to somebody else, paid at the point,
packed and delivered; a combo to choose from, whose sum follows what is typed.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Shop, follow, log_in, look

pytestmark = pytest.mark.browser
BUDGET = 800_000


def _dong(text: str) -> int:
    """The first sum of money in a text."""
    found = re.search(r"([\d.]+)\s₫", text)
    assert found is not None, text
    return int(found[1].replace(".", ""))


def _box_for_a_budget(shop: Shop, page: Page, point: str) -> int:
    """A box of one's own that `point` packs, with one piece changed, put into the basket; its price in đồng."""
    page.goto(shop.url)
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Combo quà").click()
    look(page, "combo")
    page.get_by_role("link", name="Tự chọn theo ngân sách").first.click()
    page.get_by_label("Ngân sách một hộp").fill("800k")
    page.get_by_label("Vùng", exact=True).select_option("tay-nguyen")
    page.get_by_role("button", name="Xếp hộp cho tôi").click()
    offers = page.locator(".gift-offers > li")
    expect(page.get_by_role("heading", name=re.compile("Hộp vừa 800.000"))).to_be_visible()
    look(page, "combo-tu-chon")
    totals = [_dong(one.inner_text()) for one in offers.locator(".gift-offer-head .price").all()]
    assert len(totals) >= 3
    assert all(0.9 * BUDGET <= total <= BUDGET for total in totals)
    links = [one.get_attribute("href") for one in offers.get_by_role("link", name="Chọn, đổi món").all()]
    for link in links:
        page.goto(f"{shop.url}{link}")
        expect(page.locator("h1")).to_have_text("Hộp quà của bạn")
        if page.get_by_text(f"{point} đóng hộp").count():
            break
    else:
        pytest.fail(f"no proposal is packed by {point}")
    follow(page, page.get_by_role("link", name=re.compile("Đổi món")).first)
    look(page, "hop-cua-toi")
    total = _dong(page.locator(".gift-price").inner_text())
    assert total <= BUDGET
    names = [one.inner_text() for one in page.locator(".gift-name").all()]
    page.get_by_role("button", name="Cho vào giỏ").click()
    expect(page.locator("h1")).to_contain_text("Giỏ hàng")
    look(page, "gio-hang")
    text = page.locator("main").inner_text()
    assert all(name in text for name in names)
    assert _dong(text[text.index("Hộp quà tự chọn") :]) > 0
    assert f"{total:,}".replace(",", ".") in text
    return total


def test_a_box_for_a_budget_is_sent_to_somebody_as_a_gift(shop: Shop, page: Page, browser: Browser) -> None:
    desk = log_in(browser, shop, "diem-ban")
    desk.goto(f"{shop.url}/diem-ban/")
    mine = desk.locator(".flow p").first.inner_text().strip()
    price = _box_for_a_budget(shop, page, mine)

    follow(page, page.get_by_role("link", name="Đặt hàng"))
    page.locator("#tinh").select_option("48")
    follow(page, page.get_by_role("button", name="Giao tới tỉnh này"))
    page.locator("input[name=name]").fill("Nguyễn Thị Thử")
    page.locator("input[name=phone]").fill("0912 345 678")
    page.locator("[name=commune]").select_option(index=3)
    page.locator("input[name=street]").fill("12 Trần Phú")
    page.locator("[name=message]").fill("Chúc hai bác\nmột mùa Tết ấm áp.")
    wanted = date.today() + timedelta(days=10)  # noqa: DTZ011 - a day more or less is the same here
    page.locator("[name=wanted_on]").fill(wanted.isoformat())
    page.get_by_text("Gửi thẳng tới người khác").click()
    page.locator("[name=recipient_name]").fill("Trần Văn Bác")
    page.locator("[name=recipient_phone]").fill("0987 654 321")
    page.locator("input[name=consent]").check()
    look(page, "dat-qua")
    follow(page, page.get_by_role("button", name=re.compile("^Đặt hàng")))
    expect(page.locator("h1")).to_contain_text("đã được ghi nhận")
    order_page, code = page.url, page.locator("output").inner_text()
    expect(page.locator("main")).to_contain_text(f"Mời bạn đến {mine} trả")
    expect(page.locator("main")).to_contain_text("sau đó đơn tự hủy")
    look(page, "don-qua")
    number = re.search(r"Đơn hàng (\S+)", page.locator(".flow p").first.inner_text())
    certificates = page.get_by_role("link", name="Chứng nhận của từng phần").get_attribute("href")
    assert number is not None

    desk.reload()
    expect(desk.locator("main")).to_contain_text("chờ trả tiền đến hết")
    follow(desk, desk.get_by_role("link", name=re.compile(f"Đơn {number[1]}")))
    assert desk.get_by_role("button", name="Đã xếp xong hộp này").count() == 0, "packed only when it is paid"
    look(desk, "quay-qua-chua-tra")
    desk.locator("#code").fill(code)
    follow(desk, desk.get_by_role("button", name=re.compile("Đã thu")))
    for part in desk.locator(".packing li").all():
        part.locator("input[type=checkbox]").check()
        part.locator("input[type=date]").fill((wanted + timedelta(days=90)).isoformat())
    look(desk, "quay-xep-hop")
    follow(desk, desk.get_by_role("button", name="Đã xếp xong hộp này"))
    follow(desk, desk.get_by_role("link", name="In nhãn và thiệp"))
    look(desk, "nhan-va-thiep")
    label = desk.locator(".prints").inner_text()
    assert "một mùa Tết ấm áp." in label
    assert "₫" not in label, "no price is in the box"
    assert f"{price:,}".replace(",", ".") not in label
    desk.go_back()
    follow(desk, desk.get_by_role("button", name="Đã gửi hộp đi"))
    follow(desk, desk.get_by_role("button", name="Đã giao tới nơi"))

    page.goto(order_page)
    expect(page.locator("h1")).to_have_text("Bạn đã nhận hàng")
    page.goto(f"{shop.url}{certificates}")
    expect(page.locator("main")).to_contain_text("Chứng nhận còn hiệu lực")
    assert page.get_by_text("Mã xác minh").count() >= 2
    look(page, "hop")


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
