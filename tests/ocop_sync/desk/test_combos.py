"""The officer's combos: what waits, what is wrong today, approving, refusing, withdrawing."""

import pytest
from django.test import Client

from catalog.combos.models import Combo
from catalog.combos.states import State, state_of
from catalog.offers.models import Offer
from catalog.people.models import User
from tests.factories import make_buyer, make_combo, make_member, make_offer, make_product, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    """An officer's browser."""
    client = Client()
    client.force_login(User.objects.create(username="can-bo", is_officer=True))
    return client


@pytest.fixture
def waiting() -> Combo:
    """Coffee and tea, agreed to by both."""
    coffee, tea = make_offer(make_product("Cà phê")), make_offer(make_product("Trà"), price=90_000)
    combo = make_combo((coffee, 2), (tea, 1), title="Quà cao nguyên", percent=10, approved_terms=None)
    Combo.objects.filter(pk=combo.pk).update(approved_at=None)
    return combo


def page(desk: Client, address: str) -> str:
    """Its text, white space evened."""
    return " ".join(desk.get(address).content.decode().split())


def test_what_waits_is_approved(desk: Client, waiting: Combo) -> None:
    assert "Mọi chủ thể đã đồng ý" in page(desk, "/can-bo/combo/")
    assert "Duyệt, cho bán ngay" in page(desk, f"/can-bo/combo/{waiting.code}/")
    assert "Đang chờ: 1" in page(desk, "/can-bo/")

    act = f"/can-bo/combo/{waiting.code}/lam/"
    assert desk.post(act, {"action": "approve", "version": 1}).status_code == 409
    assert desk.post(act, {"action": "approve", "version": 0}).status_code == 302

    waiting.refresh_from_db()
    assert state_of(waiting) is State.APPROVED
    assert waiting.title not in page(desk, "/can-bo/combo/")
    assert waiting.title in page(desk, "/can-bo/combo/?trang-thai=approved")


def test_one_that_is_not_agreed_to_cannot_be_approved(desk: Client, waiting: Combo) -> None:
    waiting.agreements.first().delete()
    assert "Còn chờ:" in page(desk, "/can-bo/combo/")
    told = desk.post(f"/can-bo/combo/{waiting.code}/lam/", {"action": "approve", "version": 0})
    assert told.status_code == 409
    assert "chưa đồng ý" in told.content.decode()
    waiting.refresh_from_db()
    assert state_of(waiting) is State.PROPOSED


def test_refusing_and_withdrawing_say_why(desk: Client, waiting: Combo) -> None:
    act = f"/can-bo/combo/{waiting.code}/lam/"
    assert desk.post(act, {"action": "refuse", "version": 0}).status_code == 422
    assert desk.post(act, {"action": "refuse", "version": 0, "reason": "Lời kể bịa"}).status_code == 302
    waiting.refresh_from_db()
    assert (state_of(waiting), waiting.reason) == (State.DRAFT, "Lời kể bịa")
    Combo.objects.filter(pk=waiting.pk).update(approved_terms=1)
    assert desk.post(act, {"action": "withdraw", "reason": "Có phản ánh"}).status_code == 302
    waiting.refresh_from_db()
    assert state_of(waiting) is State.WITHDRAWN
    assert "Có phản ánh" in page(desk, f"/can-bo/combo/{waiting.code}/")


def test_what_is_wrong_today_is_told(desk: Client) -> None:
    coffee = make_offer(make_product("Cà phê"))
    combo = make_combo((coffee, 2), percent=10, lowest=107_999)
    other = make_combo((coffee, 1), title="Khác")
    Offer.objects.filter(pk=coffee.pk).update(price=100_000)
    assert "chưa đồng ý với giá hôm nay" in page(desk, f"/can-bo/combo/{combo.code}/")
    assert page(desk, "/can-bo/combo/?trang-thai=approved").count("chưa đồng ý với giá hôm nay") == 1
    Offer.objects.filter(pk=coffee.pk).update(is_active=False)
    assert "không còn bán" in page(desk, f"/can-bo/combo/{other.code}/")


def test_nobody_else_finds_it(waiting: Combo) -> None:
    for user in (make_buyer(), make_member(), make_staff()):
        browser = Client()
        browser.force_login(user)
        assert browser.get("/can-bo/combo/").status_code == 404
        assert browser.get(f"/can-bo/combo/{waiting.code}/").status_code == 404
        assert (
            browser.post(f"/can-bo/combo/{waiting.code}/lam/", {"action": "approve", "version": 0}).status_code == 404
        )
    waiting.refresh_from_db()
    assert state_of(waiting) is State.PROPOSED
