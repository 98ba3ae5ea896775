"""A viewer without JavaScript asks for a reminder, confirms by the mail's link, is reminded, and takes it back."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Shop, follow, log_in, look
from tests.browser.test_livestreams import announce, approve

pytestmark = pytest.mark.browser
PATIENCE = 90  # seconds; the shop's worker looks every minute, and at once when it is woken


def _mails(shop: Shop, address: str) -> list[EmailMessage]:
    """What was sent to this address; without a mail server the shop keeps its mail in files, one a connection."""
    found = []
    for file in sorted((shop.home / "mail").glob("*.log"), key=lambda one: one.stat().st_mtime_ns):
        for part in re.split(rb"\n-{79}\n", file.read_bytes()):
            mail = message_from_bytes(part.strip(), policy=policy.default)
            if mail["To"] == address:
                found.append(mail)
    return found


def _wait(shop: Shop, address: str, many: int) -> str:
    """The plain text of the last mail, once there are so many."""
    deadline = time.monotonic() + PATIENCE
    while len(mails := _mails(shop, address)) < many:
        assert time.monotonic() < deadline, f"{len(mails)} mails"
        time.sleep(0.5)
    assert len(mails) == many
    body = mails[-1].get_body(("plain",))
    assert body
    return body.get_content()


def _path(shop: Shop, text: str, of: str) -> str:
    found = re.search(rf"https?://[^/\s]+(/truc-tiep/{of}/\S+)", text)
    assert found, text
    return f"{shop.url}{found[1]}"


def test_a_viewer_is_reminded_and_takes_it_back(shop: Shop, page: Page, browser: Browser) -> None:
    host = log_in(browser, shop, "diem-ban")
    announce(host, shop, "Thu hoạch chè sớm mai")
    officer = approve(browser, shop)
    host.reload()
    host.get_by_label("Tôi xác nhận").check()
    follow(host, host.get_by_role("button", name="Lưu; có đánh dấu thì công bố"))
    address = host.get_by_role("link", name="Trang người xem").get_attribute("href")

    page.goto(f"{shop.url}/truc-tiep/")
    look(page, "lich")
    follow(page, page.get_by_role("link", name="Nhắc tôi: Thu hoạch chè sớm mai"))
    look(page, "xin-nhac")
    page.goto(f"{shop.url}{address}")
    look(page, "phien")
    page.get_by_label("Địa chỉ email").fill("an@example.test")
    follow(page, page.get_by_role("button", name="Nhắc tôi"))
    expect(page.locator("h1")).to_have_text("Xin xem hộp thư")
    look(page, "da-gui")

    page.goto(_path(shop, _wait(shop, "an@example.test", 1), "nhac"))
    look(page, "xac-nhan")
    follow(page, page.get_by_role("button", name="Đúng, nhắc tôi"))
    expect(page.locator("h1")).to_have_text("Đã đặt nhắc")
    look(page, "da-dat")

    text = _wait(shop, "an@example.test", 2)  # it begins in ten minutes
    assert "sắp phát" in text
    page.goto(_path(shop, text, "bo-nhac"))
    look(page, "bo-nhac")
    follow(page, page.get_by_role("button", name="Bỏ nhắc"))
    expect(page.locator("h1")).to_have_text("Đã bỏ nhắc")
    look(page, "da-bo")
    head = _mails(shop, "an@example.test")[1]
    one_click = httpx.post(_path(shop, head["List-Unsubscribe"].strip("<>"), "bo-nhac"),
                           data={"List-Unsubscribe": "One-Click"})  # fmt: skip
    assert one_click.status_code == 200

    officer.goto(f"{shop.url}/can-bo/truc-tiep/")
    look(officer, "can-bo")
    name = officer.locator(".case", has_text="Thu hoạch chè sớm mai").locator("p a")
    follow(officer, name)
    look(officer, "nguoi-phat")
    officer.get_by_label("Lý do (người phát và người xem đọc được)").fill("Giấy tờ của người khác")
    follow(officer, officer.get_by_role("button", name="Rút đối chiếu và dừng phiên"))
    expect(officer.locator(".flash")).to_contain_text("Số phiên bị dừng")
    look(officer, "da-rut")
    page.goto(f"{shop.url}{address}")
    expect(page.locator("#live-state")).to_contain_text("Đã bị dừng")
    look(page, "bi-dung")
    host.goto(f"{shop.url}/truc-tiep/cua-toi/")
    expect(host.locator("main")).to_contain_text("Giấy tờ của người khác")
    look(host, "cua-toi")
