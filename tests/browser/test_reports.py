"""From a label that looks false to the officer's answer, on a phone without JavaScript."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Shop, follow, log_in
from tests.pictures import picture

pytestmark = pytest.mark.browser


def test_a_report_is_sent_looked_into_and_answered(shop: Shop, page: Page, browser: Browser, tmp_path: Path) -> None:
    photo = tmp_path / "nhan.jpg"
    photo.write_bytes(picture(size=(2000, 1500)))
    page.goto(f"{shop.url}/xac-minh/0000000/")
    follow(page, page.get_by_role("link", name="Báo nhãn giả"))
    expect(page.locator("#code")).to_have_value("0000000")
    page.get_by_text("Sao đã hết hạn mà vẫn bán").click()
    page.locator("#photos").set_input_files(photo)
    page.locator("#province").select_option("68")
    page.locator("#place").fill("Sạp số 5, chợ Đà Lạt")
    follow(page, page.get_by_role("button", name="Gửi phản ánh"))
    expect(page.locator("h1")).to_have_text("Đã nhận phản ánh của bạn")
    mine = page.url
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", page.locator("output").inner_text())

    officer = log_in(browser, shop, "can-bo")
    officer.goto(f"{shop.url}/can-bo/")
    follow(officer, officer.get_by_role("link", name=re.compile("Phản ánh nhãn giả")))
    follow(officer, officer.get_by_role("link", name=re.compile("Sao đã hết hạn mà vẫn bán")).first)
    assert officer.locator(".shots img").evaluate("image => image.naturalWidth") == 1600
    follow(officer, officer.get_by_role("button", name="Nhận xem xét"))
    officer.get_by_label("Đã báo cơ quan quản lý OCOP của tỉnh").check()
    officer.locator("#confirm-answer").fill("Cảm ơn bạn, tỉnh đang kiểm tra.")
    officer.locator("#confirm-reason").fill("Ảnh rõ.")
    follow(officer, officer.get_by_role("button", name="Xác nhận", exact=True))
    expect(officer.locator(".flash")).to_contain_text("Đã ghi vào nhật ký")

    page.goto(mine)
    expect(page.locator("h1")).to_have_text("Đã xác nhận có sai phạm")
    expect(page.locator("main")).to_contain_text("Cảm ơn bạn, tỉnh đang kiểm tra.")
