"""The two walks of the shop, from the search box to the goods in hand; and the shop while its order system is away."""

import os
import re
import signal
import subprocess
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Shop, follow, log_in

pytestmark = pytest.mark.browser


def _find_coffee(page: Page, shop: Shop) -> None:
    """Search "ca phe", keep 3 stars and what is in stock."""
    page.goto(shop.url)
    page.get_by_role("searchbox").fill("ca phe")
    follow(page, page.get_by_role("button", name="Tìm"))
    page.locator("details.facets summary").click()
    page.locator("input[name=sao][value='3']").check()
    page.locator("input[name=con-hang]").check()
    follow(page, page.get_by_role("button", name="Lọc", exact=True))
    stars = page.locator(".card .stars")
    assert stars.count() > 3
    assert {stars.nth(i).get_attribute("data-star") for i in range(stars.count())} == {"3"}


def _open_one(page: Page, shop: Shop, point: str = "") -> None:
    """The first of the list that can be bought, and collected at `point` if one is named."""
    links = page.locator(".card-name a")
    for address in [links.nth(i).get_attribute("href") for i in range(links.count())]:
        page.goto(f"{shop.url}{address}")
        text = page.locator("main").inner_text()
        if page.get_by_role("button", name="Cho vào giỏ").count() and (not point or "điểm bán" in text):
            return
    pytest.fail("no product of the list can be bought")


def _fill_buyer(page: Page) -> None:
    page.locator("input[name=name]").fill("Nguyễn Thị Thử")
    page.locator("input[name=phone]").fill("0912 345 678")
    page.locator("input[name=consent]").check()


def test_from_search_to_the_goods_handed_over(shop: Shop, page: Page, browser: Browser) -> None:
    desk = log_in(browser, shop, "diem-ban")
    desk.goto(f"{shop.url}/diem-ban/")
    mine = desk.locator(".flow p").first.inner_text().strip()
    _find_coffee(page, shop)
    addresses = [a.get_attribute("href") for a in page.locator(".card-name a").all()]
    for address in addresses:
        page.goto(f"{shop.url}{address}")
        page.get_by_role("link", name="Xác minh chứng nhận này").click()
        expect(page.locator("h1")).to_have_text("Sao thật, đang còn hiệu lực")
        follow(page, page.get_by_role("link", name="Xem sản phẩm"))
        if not page.get_by_role("button", name="Cho vào giỏ").count():
            continue
        page.get_by_role("button", name="Cho vào giỏ").first.click()
        follow(page, page.get_by_role("link", name="Đặt hàng"))
        if page.get_by_text(mine).count():
            break
        page.goto(f"{shop.url}/gio-hang/")
        follow(page, page.get_by_role("button", name=re.compile("Bỏ")).first)
    page.get_by_text(mine).click()
    page.get_by_role("button", name="Nhận tại điểm này").click()
    _fill_buyer(page)
    page.get_by_role("button", name=re.compile("^Đặt hàng")).click()
    expect(page.locator("h1")).to_contain_text("đã được ghi nhận")
    number = re.search(r"Đơn hàng (\S+)", page.locator(".flow p").first.inner_text())
    code = page.locator("output").inner_text()
    assert number is not None
    order_page = page.url

    desk.reload()
    desk.get_by_role("link", name=re.compile(f"Đơn {number[1]}")).click()
    desk.get_by_role("button", name="Đã soạn xong").click()
    wrong = "000000" if code.replace(" ", "") != "000000" else "111111"
    desk.locator("#code").fill(wrong)
    follow(desk, desk.get_by_role("button", name=re.compile("Đã thu")))
    page.goto(order_page)
    expect(page.locator("h1")).to_contain_text("sẵn sàng")
    desk.locator("#code").fill(code)
    desk.get_by_role("button", name=re.compile("Đã thu")).click()
    expect(desk.locator(".note.good")).to_contain_text("Đã giao")

    page.goto(order_page)
    expect(page.locator("h1")).to_have_text("Bạn đã nhận hàng")


def test_from_search_to_a_delivery_that_the_seller_sends(shop: Shop, page: Page, browser: Browser) -> None:
    _find_coffee(page, shop)
    _open_one(page, shop)
    page.get_by_role("button", name="Cho vào giỏ").first.click()
    page.get_by_role("link", name="Đặt hàng").click()
    page.locator("#tinh").select_option("68")
    page.get_by_role("button", name="Giao tới tỉnh này").click()
    _fill_buyer(page)
    page.locator("[name=commune]").select_option(index=3)
    page.locator("input[name=street]").fill("12 Lê Lợi")
    page.get_by_role("button", name=re.compile("^Đặt hàng")).click()

    expect(page.locator("h1")).to_contain_text("đã được ghi nhận")
    assert page.locator("output").count() == 0
    assert "Lâm Đồng" in page.locator("main").inner_text()


def test_the_seller_changes_a_price_and_buyers_see_it(shop: Shop, page: Page, browser: Browser) -> None:
    seller = log_in(browser, shop, "hop-tac-xa")
    seller.goto(f"{shop.url}/hop-tac-xa/")
    follow(seller, seller.locator("a[href*='/hop-tac-xa/san-pham/']").first)
    code = seller.url.rstrip("/").rpartition("/")[2]
    price = seller.locator("input[name$=price]").first
    price.fill("123000")
    follow(seller, price.locator("xpath=ancestor::form").get_by_role("button").first)

    page.goto(f"{shop.url}/xac-minh/{code}/")
    page.get_by_role("link", name="Xem sản phẩm").click()
    expect(page.locator("main")).to_contain_text("123.000")


def test_the_officer_sees_runs_and_held_rows(shop: Shop, browser: Browser) -> None:
    officer = log_in(browser, shop, "can-bo")
    officer.goto(f"{shop.url}/can-bo/")
    expect(officer.locator("table")).to_contain_text("mau-lam-dong")
    follow(officer, officer.get_by_role("link", name="Xem từng hồ sơ"))
    assert officer.locator("li.held-row").count() > 20


def test_while_saleor_is_away_reading_and_the_basket_go_on_and_ordering_says_so(shop: Shop, page: Page) -> None:
    _find_coffee(page, shop)
    _open_one(page, shop)
    product = page.url
    follow(page, page.get_by_role("button", name="Cho vào giỏ").first)
    api = _api_processes(shop)
    for pid in api:
        os.kill(pid, signal.SIGSTOP)
    try:
        for path in ("/", "/tim/?q=mat+ong", product.removeprefix(shop.url), "/xac-minh/", "/gio-hang/"):
            assert httpx.get(f"{shop.url}{path}", timeout=10).status_code == 200
        page.goto(f"{shop.url}/dat-hang/?cach=giao&tinh=68")
        _fill_buyer(page)
        page.locator("[name=commune]").select_option(index=3)
        page.locator("input[name=street]").fill("12 Lê Lợi")
        page.get_by_role("button", name=re.compile("^Đặt hàng")).click(timeout=60_000)
        expect(page.locator("[role=alert]")).to_contain_text("tạm dừng", timeout=60_000)
    finally:
        for pid in api:
            os.kill(pid, signal.SIGCONT)


def _api_processes(shop: Shop) -> list[int]:
    """The embedded server's own processes, told by their command line and by the home folder they work in."""
    told = subprocess.run(["pgrep", "-f", "deploy.embedded.wsgi"], capture_output=True, text=True, check=True).stdout
    home = f"CHOSAO_HOME={shop.home}".encode()
    return [pid for pid in map(int, told.split()) if home in Path(f"/proc/{pid}/environ").read_bytes()]
