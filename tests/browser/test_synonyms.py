"""An officer adds a word from home, sees what it would do, puts it in force; a buyer finds by it; and back again."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Shop, follow, log_in

pytestmark = pytest.mark.browser
WORD = "cà fê bột"


def _found(page: Page, shop: Shop, wanted: bool) -> None:
    """Search for the word until it finds something, or nothing: other processes follow within two seconds."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        page.goto(f"{shop.url}/tim/?q={WORD}&nguyen-van=1")
        if bool(page.locator(".card").count()) == wanted:
            return
        time.sleep(0.3)
    pytest.fail(f"found: {not wanted}")


def test_a_word_is_added_found_by_and_taken_back(shop: Shop, page: Page, browser: Browser) -> None:
    _found(page, shop, wanted=False)
    officer = log_in(browser, shop, "can-bo")
    officer.goto(f"{shop.url}/can-bo/")
    follow(officer, officer.get_by_role("link", name="Từ đồng nghĩa"))
    officer.get_by_label("Tìm trong các nhóm từ").fill("coffee")
    follow(officer, officer.get_by_role("button", name="Tìm nhóm"))
    follow(officer, officer.get_by_role("link", name="Sửa nhóm cà phê = cafe = coffee"))
    words = officer.get_by_label("Các từ cùng nghĩa, mỗi dòng một từ")
    words.fill(f"{words.input_value()}\n{WORD}")
    follow(officer, officer.get_by_role("button", name="Xem trước", exact=True))

    row = officer.locator("tr", has=officer.get_by_role("rowheader", name=WORD, exact=True))
    before, after = (int(cell.replace(".", "")) for cell in row.locator("td").all_inner_texts())
    assert before == 0 < after
    officer.get_by_label("Lý do (lưu cùng phiên bản)").fill("Khách miền Nam gõ vậy.")
    follow(officer, officer.get_by_role("button", name="Đưa vào dùng"))
    expect(officer.locator(".flash")).to_contain_text("Phiên bản 2 đã vào dùng")
    _found(page, shop, wanted=True)

    follow(officer, officer.get_by_role("link", name="Các phiên bản"))
    follow(officer, officer.get_by_role("link", name="Phiên bản 1", exact=True))
    follow(officer, officer.get_by_role("button", name="Dùng lại phiên bản này"))
    officer.get_by_label("Lý do (lưu cùng phiên bản)").fill("Thử xong.")
    follow(officer, officer.get_by_role("button", name="Đưa vào dùng"))
    _found(page, shop, wanted=False)
