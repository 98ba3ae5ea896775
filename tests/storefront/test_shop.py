"""The read pages: the listed is shown, the rest is told on the verify page, alcohol waits for the declaration."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.products.models import Restriction
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_a_listed_product_shows_its_certificate(client: Client) -> None:
    product = make_product()

    page = client.get(product.get_absolute_url()).content.decode()

    assert product.name in page
    assert product.current is not None
    assert product.current.decision_number in page
    assert f"{product.listable_until:%d/%m/%Y}" in page
    assert reverse("verify_code", args=[product.code]) in page


def test_an_expired_product_leads_to_the_verify_page(client: Client) -> None:
    product = make_product()
    assert product.listable_until is not None

    with clock.as_of(product.listable_until + timedelta(days=1)):
        answer = client.get(product.get_absolute_url())
        verified = client.get(reverse("verify_code", args=[product.code])).content.decode()

    assert (answer.status_code, answer["Location"]) == (302, reverse("verify_code", args=[product.code]))
    assert "đã hết hạn" in verified


def test_the_last_valid_day_is_still_valid(client: Client) -> None:
    product = make_product()
    last: date | None = product.listable_until
    assert last is not None

    with clock.as_of(last):
        assert client.get(product.get_absolute_url()).status_code == 200


def test_an_old_slug_leads_to_the_address_of_today(client: Client) -> None:
    product = make_product()

    answer = client.get(f"/san-pham/ten-cu-{product.code}/")

    assert (answer.status_code, answer["Location"]) == (301, product.get_absolute_url())


@pytest.mark.parametrize("code", ["0000001", "ZZZZZZZ"])
def test_a_code_that_is_none_is_a_404(code: str, client: Client) -> None:
    assert client.get(f"/san-pham/gi-do-{code}/").status_code == 404


@pytest.mark.parametrize("code", ["ABC", "0000001"])
def test_verify_says_what_is_wrong_with_a_code(code: str, client: Client) -> None:
    answer = client.get(reverse("verify_code", args=[code]))

    assert answer.status_code == 404
    assert "Mã không đúng" in answer.content.decode()


def test_alcohol_is_shown_only_after_the_declaration(client: Client) -> None:
    product = make_product(restriction=Restriction.ALCOHOL)
    address = product.get_absolute_url()

    before = client.get(address).content.decode()
    client.post(reverse("adult"), {"next": address})
    after = client.get(address).content.decode()

    assert product.name not in before
    assert product.name in after
    assert reverse("basket_add") not in after


def test_the_declaration_leads_nowhere_else(client: Client) -> None:
    answer = client.post(reverse("adult"), {"next": "https://evil.example/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("name", ["home", "verify", "sale_points", "basket", "policies", "account_login"])
def test_every_page_opens_in_both_languages(name: str, client: Client) -> None:
    address = reverse(name)

    assert 'lang="vi"' in client.get(address).content.decode()
    assert 'lang="en"' in client.get(f"/en{address}").content.decode()
