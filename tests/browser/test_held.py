"""From a held record to the shelf: an officer filters, corrects by evidence, accepts, rejects, asks the province and
exports, without JavaScript."""

import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Shop, follow, log_in
from tests.ocop_sync.tables import row, write

pytestmark = pytest.mark.browser
SOURCE = "so-cong-thuong"


def _sync(shop: Shop, table: str) -> None:
    unset = ("DATABASE_URL", "REDIS_URL", "SALEOR_API_URL", "SALEOR_APP_TOKEN", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment["CHOSAO_HOME"] = str(shop.home)
    command = [sys.executable, "-m", "deploy.cli", "sync", table, "--source-name", SOURCE]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def _tick(officer: Page, *names: str) -> None:
    for name in names:
        officer.get_by_label(f"Đánh dấu {name}", exact=True).check()


def test_held_records_are_decided_about(shop: Shop, page: Page, browser: Browser, tmp_path: Path) -> None:
    rows = [row(1, decision_number=""), row(2, star_rating="3"), row(2), row(3, issuing_authority=""),
            row(4, issuing_authority="")]  # fmt: skip
    _sync(shop, write(tmp_path / "bang.csv", rows))
    officer = log_in(browser, shop, "can-bo")

    officer.goto(f"{shop.url}/can-bo/")
    follow(officer, officer.get_by_role("link", name=re.compile("Xem từng hồ sơ")))
    officer.locator("select[name=nguon]").select_option(SOURCE)
    officer.locator("select[name=ly-do]").select_option("missing_decision")
    follow(officer, officer.get_by_role("button", name="Lọc", exact=True))
    expect(officer.locator(".held-row")).to_have_count(1)
    follow(officer, officer.get_by_role("link", name="Mứt dâu 1", exact=True))
    form = officer.locator("form", has=officer.get_by_role("button", name="Sửa hồ sơ"))
    form.get_by_label("Số quyết định", exact=True).fill("1207/QĐ-UBND")
    form.get_by_label("Đường dẫn tới văn bản làm bằng chứng").fill("https://lamdong.gov.vn/qd-1207.pdf")
    form.get_by_label("Lý do", exact=True).fill("Số nằm trong phụ lục của quyết định.")
    follow(officer, form.get_by_role("button", name="Sửa hồ sơ"))
    expect(officer.locator(".flash")).to_contain_text("có hiệu lực ngay")
    code = officer.locator("a[href*='/can-bo/lich-su/']").first.inner_text().strip()

    page.goto(f"{shop.url}/xac-minh/{code}/")
    expect(page.locator("h1")).to_have_text("Sao thật, đang còn hiệu lực")
    follow(page, page.get_by_role("link", name="Xem sản phẩm"))
    expect(page.locator("h1")).to_contain_text("Mứt dâu 1")
    expect(page.locator("main")).to_contain_text("1207/QĐ-UBND")

    officer.goto(f"{shop.url}/can-bo/giu-lai/?nguon={SOURCE}&ly-do=duplicate_conflict")
    expect(officer.locator(".held-row")).to_have_count(2)
    follow(officer, officer.locator(".held-row a", has_text="Mứt dâu 2").last)
    officer.get_by_text("Chấp nhận", exact=True).first.click()
    officer.locator("#accepted-why").fill("Dòng này đúng với quyết định.")
    follow(officer, officer.get_by_role("button", name="Chấp nhận", exact=True))
    expect(officer.locator(".section-head .tag")).to_have_text("Đã quyết định")

    officer.goto(f"{shop.url}/can-bo/giu-lai/?nguon={SOURCE}&ly-do=duplicate_conflict")
    _tick(officer, "Mứt dâu 2")
    officer.locator("#why").fill("Dòng cũ.")
    follow(officer, officer.get_by_role("button", name="Từ chối", exact=True))
    expect(officer.locator(".flash")).to_contain_text("Đã ghi quyết định cho 1 hồ sơ.")
    expect(officer.locator("h1")).to_contain_text("(0)")

    officer.goto(f"{shop.url}/can-bo/giu-lai/?nguon={SOURCE}")
    follow(officer, officer.get_by_role("link", name="Đánh dấu cả 2 hồ sơ của trang này"))
    officer.locator("#why").fill("Cơ quan nào ban hành?")
    follow(officer, officer.get_by_role("button", name="Hỏi lại tỉnh", exact=True))
    expect(officer.locator(".flash")).to_contain_text("Đã ghi quyết định cho 2 hồ sơ.")

    officer.goto(f"{shop.url}/can-bo/giu-lai/?nguon={SOURCE}&trang-thai=da-hoi")
    with officer.expect_download() as download:
        officer.get_by_role("link", name="Xuất Excel để gửi tỉnh sửa").click()
    download.value.save_as(tmp_path / "xuat.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "xuat.xlsx").active
    assert sheet is not None
    told = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=5)]
    assert [(line[2], line[-1]) for line in told] == [
        ("Mứt dâu 3", "Cơ quan nào ban hành?"), ("Mứt dâu 4", "Cơ quan nào ban hành?"),
    ]  # fmt: skip
