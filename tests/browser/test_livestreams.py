"""A livestream from its announcement to its replay: the host's phone without JavaScript, a viewer's browser with it."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import ROOT, Shop, follow, log_in

pytestmark = pytest.mark.browser
LINK = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
COMBO = "tra banh dem ram"
SECONDS = 40_000  # a page asks every three, or fifteen before the start, and comes for what changed within eight
REVOKE = """
import sys, django; django.setup()
from catalog.certificates.models import SourceRecord
from catalog.certificates.services import refresh_gate
from catalog.products.models import Product
product = Product.objects.get(code=sys.argv[1])
SourceRecord.objects.filter(product=product).update(status="revoked")
refresh_gate([product.pk])
"""

AGREE = """
import sys, django; django.setup()
from django.db.models import F
from catalog.combos.models import ComboAgreement
ComboAgreement.objects.filter(combo__code=sys.argv[1]).update(terms=F("terms") + int(sys.argv[2]))
"""


def _carry_out(shop: Shop, program: str, *arguments: str) -> None:
    unset = ("DATABASE_URL", "REDIS_URL", "SALEOR_API_URL", "SALEOR_APP_TOKEN")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"CHOSAO_HOME": str(shop.home), "DJANGO_SETTINGS_MODULE": "deploy.settings"}
    subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True
    )


def announce(host: Page, shop: Shop, title: str = "Rang cà phê tại vườn") -> None:
    """A session that may begin now."""
    start = datetime.now(UTC).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) + timedelta(minutes=10)
    host.goto(f"{shop.url}/truc-tiep/cua-toi/")
    follow(host, host.get_by_role("link", name="Lập phiên mới"))
    host.get_by_label("Tên phiên").fill(title)
    host.get_by_label("Đường dẫn của phiên").fill("https://youtu.be/dQw4w9WgXcQ?si=theo-doi")
    host.get_by_label("Bắt đầu").fill(f"{start:%Y-%m-%dT%H:%M}")
    host.get_by_label("Dự kiến kết thúc").fill(f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    host.get_by_label("Tôi xác nhận").check()
    follow(host, host.get_by_role("button", name="Lưu"))
    expect(host.locator("main")).to_contain_text("chưa đối chiếu danh tính")


def approve(browser: Browser, shop: Shop) -> Page:
    officer = log_in(browser, shop, "can-bo")
    officer.goto(f"{shop.url}/can-bo/")
    follow(officer, officer.get_by_role("link", name="Phiên trực tiếp"))
    officer.get_by_label("Căn cứ đối chiếu").first.fill("Giấy chứng nhận hợp tác xã")
    follow(officer, officer.get_by_role("button", name="Đã đối chiếu danh tính").first)
    expect(officer.locator(".flash")).to_contain_text("Đã ghi")
    return officer


def test_a_livestream_from_its_announcement_to_its_replay(shop: Shop, page: Page, browser: Browser) -> None:
    host = log_in(browser, shop, "hop-tac-xa")
    announce(host, shop)
    approve(browser, shop)
    host.reload()
    host.get_by_label("Tôi xác nhận").check()
    follow(host, host.get_by_role("button", name="Lưu; có đánh dấu thì công bố"))
    codes = []
    for _ in range(2):
        codes.append(host.locator("#product optgroup[label='Sản phẩm'] option").last.get_attribute("value") or "")
        host.locator("#product").select_option(codes[-1])
        follow(host, host.get_by_role("button", name="Ghim", exact=True))
    host.get_by_label("Tìm để ghim").fill(COMBO)
    follow(host, host.locator(".pin-find button"))
    combo = host.locator("#product option").first.get_attribute("value") or ""
    assert combo.startswith("combo-")
    follow(host, host.get_by_role("button", name="Ghim", exact=True))
    address = host.get_by_role("link", name="Trang người xem").get_attribute("href")

    page.goto(f"{shop.url}{address}")  # a phone without JavaScript
    expect(page.locator("#live-state")).to_contain_text("Sắp phát")
    expect(page.locator("[data-pin]")).to_have_count(3)
    page.get_by_role("button", name="Mua combo").click()
    expect(page.locator("main")).to_contain_text("Trà bánh đêm rằm")
    page.goto(f"{shop.url}{address}")

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    viewer = context.new_page()
    asked: list[str] = []
    viewer.on("request", lambda request: asked.append(_host_of(request)))
    viewer.goto(f"{shop.url}{address}")
    expect(viewer.locator("[data-countdown]")).to_contain_text("phút")
    follow(host, host.get_by_role("button", name="Tôi bắt đầu phát"))
    expect(viewer.locator("#live-state")).to_contain_text("Đang phát", timeout=SECONDS)

    expect(viewer.get_by_role("button", name="Xem tại đây")).to_be_visible()
    assert set(asked) == {shop.url.removeprefix("http://")}
    viewer.get_by_role("button", name="Xem tại đây").click()
    frame = viewer.locator(".screen iframe")
    expect(frame).to_have_attribute("src", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1")

    _carry_out(shop, REVOKE, codes[0])
    expect(viewer.locator(f"[data-pin='{codes[0]}']")).to_have_count(0, timeout=SECONDS)
    expect(viewer.locator(f"[data-pin='{codes[1]}']")).to_have_count(1)
    gift = viewer.locator(f"[data-pin='{combo}']")
    expect(gift).to_have_count(1)  # what its producers agreed to stands in
    _carry_out(shop, AGREE, combo.removeprefix("combo-"), "100")
    expect(gift).to_have_count(0, timeout=SECONDS)
    page.reload()
    expect(page.locator("[data-pin]")).to_have_count(1)
    _carry_out(shop, AGREE, combo.removeprefix("combo-"), "-100")
    expect(gift).to_have_count(1, timeout=SECONDS)
    expect(frame).to_have_count(1)  # what plays goes on
    page.goto(shop.url)
    expect(page.locator("main")).to_contain_text("Rang cà phê tại vườn")

    host.reload()
    follow(host, host.get_by_role("button", name="Kết thúc"))
    expect(viewer.locator("#live-state")).to_contain_text("Đã kết thúc", timeout=SECONDS)
    expect(frame).to_have_count(0)
    follow(host, host.locator("form", has=host.locator("#replay")).get_by_role("button", name="Lưu"))
    page.goto(f"{shop.url}{address}")
    expect(page.locator("#live-state")).to_contain_text("Có bản xem lại")
    assert page.get_by_role("link", name="Xem trên YouTube").get_attribute("href") == LINK
    page.goto(f"{shop.url}/en{address}")
    expect(page.locator("#live-state")).to_contain_text("Replay")
    context.close()


def _host_of(request: Request) -> str:
    return request.url.split("/")[2]
