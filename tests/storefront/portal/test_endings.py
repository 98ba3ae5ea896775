"""A producer's member sees what ends soon and what to do, of the own products and no other's."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.people.models import User
from catalog.products.models import Product
from tests.catalog.warnings.making import ending_in, member, tell
from tests.factories import make_producer, make_product

pytestmark = pytest.mark.django_db


def near(days: int, **facts: object) -> Product:
    return ending_in(days, today=clock.today(), **facts)


def log_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_first_page_begins_with_what_ends_soon_the_most_urgent_first() -> None:
    coop = make_producer()
    near(150, name="Trà", producer=coop)
    near(4, name="Nấm", producer=coop)
    make_product("Hồng", producer=coop)
    near(3, name="Của người khác")

    text = log_in(member(coop)).get(reverse("portal")).content.decode()

    assert "Chứng nhận sắp hết hạn: 2" in text
    assert text.index("Còn 4 ngày") < text.index("<b>Nấm</b>") < text.index("Còn 150 ngày") < text.index("<b>Trà</b>")
    assert text.index("<b>Trà</b>") < text.index("<b>Hồng</b>")
    assert "Ủy ban nhân dân xã" in text
    assert "Của người khác" not in text


def test_nothing_is_said_where_nothing_ends() -> None:
    product = make_product()

    assert "sắp hết hạn" not in log_in(member(product.producer)).get(reverse("portal")).content.decode()


def test_what_left_the_shelf_is_not_warned_of() -> None:
    product = near(20)
    tell(product, status="suspended")

    text = log_in(member(product.producer)).get(reverse("portal")).content.decode()

    assert ("sắp hết hạn" in text, "Tạm đình chỉ" in text) == (False, True)


def test_beside_the_product_stand_the_days_left_and_what_to_do() -> None:
    product = near(25)
    address = reverse("portal_product", args=[product.code])

    text = log_in(member(product.producer)).get(address).content.decode()

    assert "<b>Còn 25 ngày.</b> Nộp hồ sơ đánh giá lại ngay" in text
    assert "Ủy ban nhân dân xã" in text
    assert log_in(member(make_producer(), "binh")).get(address).status_code == 404


def test_in_english() -> None:
    product = near(25)

    text = log_in(member(product.producer)).get(f"/en{reverse('portal')}").content.decode()

    assert "Certificates that end soon: 1" in text
    assert "File for re-evaluation now" in text
