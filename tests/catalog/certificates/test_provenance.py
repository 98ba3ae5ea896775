"""Where each fact comes from: on the verify page in both languages, on the officer's page with who says otherwise."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalog import clock
from catalog.certificates.provenance import by_source, provenance
from catalog.products.models import Product
from tests.factories import make_product
from tests.ocop_sync.held.making import DAY, make_officer, sync
from tests.ocop_sync.tables import SOUND, row

pytestmark = pytest.mark.django_db
CAM_LY = "Phường Cam Ly - Đà Lạt, tỉnh Lâm Đồng"


@pytest.fixture
def told(tmp_path: Path) -> Product:
    """A signed decision without a kind of goods; a list that has one and spells the name its own way."""
    sync(tmp_path, [row(1)], name="so-goc")
    lesser = {"evidence_level": "B1", "category": "Gia vị", "product_set": "7", "product_name": "MỨT DÂU 1"}
    sync(tmp_path, [row(1, **lesser)], name="so-tinh")
    return Product.objects.select_related("producer", "current").get()


def test_each_fact_is_told_with_its_source(told: Product) -> None:
    with CaptureQueriesContext(connection) as captured:
        facts = {fact.name: fact for fact in provenance(told)}

    assert len(captured) == 1
    assert {name: fact.word and fact.word.source for name, fact in facts.items()} == {
        "star": "so-goc", "name": "so-goc", "producer": "so-goc", "place": "so-goc",
        "category": "so-tinh", "set_no": "so-tinh",
    }  # fmt: skip
    assert facts["star"].value == "4 sao · Số 1207/QĐ-UBND ngày 02/03/2026"
    assert facts["place"].value == SOUND["original_address"]
    assert [(one.word.source, one.value, one.differs) for one in facts["name"].others] == [
        ("so-tinh", "MỨT DÂU 1", False)
    ]
    with override("en"):
        assert {f.name: f.value for f in provenance(told)}["set_no"].startswith("Products of vegetables")


def test_what_a_held_record_says_otherwise_is_seen_at_a_glance(told: Product, tmp_path: Path) -> None:
    sync(tmp_path, [row(1, evidence_level="B1", original_address=CAM_LY, category="Thực phẩm")], name="so-bo")
    sync(tmp_path, [row(1, evidence_level="B1", star_rating="3")], name="so-huyen")

    facts = {fact.name: fact for fact in provenance(told)}

    def said(name: str) -> list[tuple[str, str, bool, bool]]:
        return [(one.word.source, one.value, one.differs, one.word.proves) for one in facts[name].others]

    assert ("so-bo", CAM_LY, True, False) in said("place")
    assert ("so-bo", "Thực phẩm", True, False) in said("category")
    assert ("so-huyen", "3 sao", True, False) in said("star")


def test_what_nobody_tells_any_more_is_said_to_be_kept(told: Product, tmp_path: Path) -> None:
    for source in ("so-goc", "so-tinh"):
        sync(tmp_path, [row(2)], name=source, allow_mass_delist=True)
    assert provenance(told) == []  # no source speaks at all

    sync(tmp_path, [row(1, decision_number="")], name="so-bo")
    told.refresh_from_db()
    groups = by_source(provenance(told))
    assert [word for word, _ in groups] == [None]
    page = page_of(told)
    assert "Không còn nguồn nào nói" in page


def page_of(product: Product, language: str = "") -> str:
    with clock.as_of(DAY):
        return Client().get(f"{language}/xac-minh/{product.code}/").content.decode()


def test_the_verify_page_says_it_in_both_languages_without_sheets_and_rows(told: Product) -> None:
    page = page_of(told)
    part = page[page.index('<details class="sources"') : page.index("</details>")]
    assert part.count("<section>") == 2
    for words in ("Các thông tin này lấy từ đâu?", "Quyết định đã ký kèm phụ lục", "Nguồn so-goc, đọc ngày",
                  "Tin hoặc danh sách của cơ quan nhà nước", "Gia vị", "chỉ bổ sung chỗ còn trống"):  # fmt: skip
        assert words in part
    assert "dòng" not in part

    english = page_of(told, "/en")
    for words in (
        "Where does this information come from?",
        "Signed decision with its annex",
        "Source so-tinh, read on",
    ):
        assert words in english


def test_one_source_is_one_short_list(tmp_path: Path) -> None:
    sync(tmp_path, [row(1)], name="so-goc")
    page = page_of(Product.objects.get())
    part = page[page.index('<details class="sources"') : page.index("</details>")]
    assert (part.count("<section>"), part.count("chỉ bổ sung")) == (1, 0)


def test_a_product_of_which_no_cell_is_kept_has_no_such_part() -> None:
    assert "Các thông tin này lấy từ đâu?" not in page_of(make_product())


def test_the_officers_page_tells_sheet_row_and_contradictions(told: Product, tmp_path: Path) -> None:
    sync(tmp_path, [row(1, evidence_level="B1", original_address=CAM_LY)], name="so-bo")
    client = Client()
    client.force_login(make_officer())

    page = client.get(f"/can-bo/lich-su/{told.code}/").content.decode()

    part = page[page.index("Từng dữ kiện lấy từ đâu") : page.index("Những gì đã đổi")]
    for words in ("so-goc</a> · dòng 2 · A ·", CAM_LY, "khác", "giữ lại", "so-tinh</a> · dòng 2 · B1"):
        assert words in part
    english = client.get(f"/en/can-bo/lich-su/{told.code}/").content.decode()
    assert "Where each fact comes from" in english
