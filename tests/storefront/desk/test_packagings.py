"""A sale point's boxes: made with two stock numbers, changed, and nobody else's."""

from typing import Any

import pytest
from django.test import Client

from catalog.combos.models import Packaging
from catalog.products.codes import new_code
from catalog.salepoints.models import SalePoint
from tests.embedded_server import Api
from tests.storefront.world import open_point, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def point(saleor: Api) -> SalePoint:
    """With a shelf in Saleor."""
    return open_point(slug=f"quay-{new_code().lower()}")


def of(point: SalePoint, name: str = "hoa") -> Client:
    """Its staff's browser."""
    client = Client()
    client.force_login(staff_of(point, name))
    return client


def typed(**facts: Any) -> dict[str, Any]:
    """The form as it is posted."""
    return {
        "name": "Giỏ tre", "name_en": "Basket", "price": "45.000", "weight": "400", "most_pieces": "8",
        "to_collect": "5", "to_send": "7", "is_active": "on", "code": new_code(), **facts,
    }  # fmt: skip


def test_a_box_is_made_once_with_boxes_in_both_places_and_changed(point: SalePoint) -> None:
    browser, form = of(point), typed()
    for _ in range(2):
        assert browser.post("/diem-ban/hop/moi/", form).status_code == 302
    box = Packaging.objects.get()
    assert (box.sale_point, box.price, box.is_active) == (point, 45_000, True)
    page = " ".join(browser.get("/diem-ban/hop/").content.decode().split())
    assert "Trên kệ: <b>5</b> · Kho đóng gói: <b>7</b>" in page

    changed = typed(to_send="9", is_active="")
    assert browser.post(f"/diem-ban/hop/{box.code}/", changed).status_code == 302
    box.refresh_from_db()
    assert (box.is_active, sorted(box.stocks.values_list("quantity", flat=True))) == (False, [5, 9])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"price": "999"}, "Giá phải là"), ({"name": " "}, "Xin đặt tên"), ({"to_send": "-1"}, "Số hộp phải"),
     ({"most_pieces": "61"}, "từ 1 đến 60"), ({"weight": "x"}, "số gam nguyên")],
)  # fmt: skip
def test_what_cannot_be_is_told(point: SalePoint, wrong: dict[str, Any], told: str) -> None:
    response = of(point).post("/diem-ban/hop/moi/", typed(**wrong))
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Packaging.objects.exists()


def test_another_points_box_does_not_exist(point: SalePoint) -> None:
    of(point).post("/diem-ban/hop/moi/", typed())
    box = Packaging.objects.get()
    other = of(open_point(slug=f"quay-{new_code().lower()}"), "khac")
    assert other.get(f"/diem-ban/hop/{box.code}/").status_code == 404
    assert other.post(f"/diem-ban/hop/{box.code}/", typed()).status_code == 404
    assert other.post("/diem-ban/hop/moi/", typed(code=box.code)).status_code == 404
    assert other.get(f"/diem-ban/hop/moi/?diem={point.slug}").status_code == 404
    assert "Giỏ tre" not in other.get("/diem-ban/hop/").content.decode()
    assert other.post("/diem-ban/hop/moi/", typed(code="xyz")).status_code == 404
    box.refresh_from_db()
    assert box.price == 45_000
