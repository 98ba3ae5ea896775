"""The read pages: the listed is shown, the rest is told on the verify page, alcohol waits for the declaration."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog import clock
from catalog.products.models import Product, Restriction
from catalog.ui.addresses import in_language
from tests.factories import make_producer, make_product

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


def test_the_question_is_asked_on_a_page_of_its_own_that_lists_lead_to(client: Client) -> None:
    listed = client.get("/tim/?q=ruou&sao=4")
    asked = client.get(reverse("adult"), {"next": "/tim/?q=ruou&sao=4"})

    assert "/du-18-tuoi/?next=/tim/%3Fq%3Druou%26sao%3D4" in listed.content.decode()
    assert not listed.cookies  # nobody who only looks is given one
    assert 'name="next" value="/tim/?q=ruou&amp;sao=4"' in asked.content.decode()
    away = client.get(reverse("adult"), {"next": "//evil.example/"})
    assert 'name="next" value="/"' in away.content.decode()


def test_the_declaration_leads_nowhere_else(client: Client) -> None:
    answer = client.post(reverse("adult"), {"next": "https://evil.example/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("name", ["home", "verify", "sale_points", "basket", "policies", "account_login"])
def test_every_page_opens_in_both_languages(name: str, client: Client) -> None:
    address = reverse(name)

    assert 'lang="vi"' in client.get(address).content.decode()
    assert 'lang="en"' in client.get(f"/en{address}").content.decode()


def test_the_qr_code_is_a_picture_of_its_own_that_asks_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = make_product()
    address = reverse("verify_qr", args=[product.code])

    assert address in client.get(product.get_absolute_url()).content.decode()
    with django_assert_num_queries(0):
        picture = client.get(address)
    assert picture["Content-Type"] == "image/svg+xml"
    assert "immutable" in picture["Cache-Control"]
    assert picture.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert client.get(reverse("verify_qr", args=[product.code[:-1] + "!"])).status_code == 404
    assert client.get(reverse("verify_qr", args=[product.code.lower()])).status_code == 404


def test_a_shelf_of_the_same_producer_hides_what_is_not_listed_and_what_is_for_adults(client: Client) -> None:
    producer = make_producer()
    page_of = make_product("Trà", producer=producer).get_absolute_url()
    listed = make_product("Cà phê", producer=producer)
    wine = make_product("Rượu cần", producer=producer)
    Product.objects.filter(pk=wine.pk).update(restriction=Restriction.ALCOHOL)
    gone = make_product("Mật", producer=producer)
    Product.objects.filter(pk=gone.pk).update(blocked="revoked")

    for address in (page_of, reverse("producer", args=[producer.slug, producer.pk])):
        page = client.get(address).content.decode()
        assert listed.get_absolute_url() in page
        assert wine.get_absolute_url() not in page
        assert gone.get_absolute_url() not in page


@pytest.mark.parametrize(
    ("path", "english", "vietnamese"),
    [
        ("/", "/en/", "/"),
        ("/tim/?q=tr%C3%A0&sao=5", "/en/tim/?q=tr%C3%A0&sao=5", "/tim/?q=tr%C3%A0&sao=5"),
        ("/en/vung/", "/en/vung/", "/vung/"),
        ("/english/", "/en/english/", "/english/"),
    ],
)
def test_every_page_has_its_address_in_the_other_language(path: str, english: str, vietnamese: str) -> None:
    assert (in_language(path, "en"), in_language(path, "vi")) == (english, vietnamese)
