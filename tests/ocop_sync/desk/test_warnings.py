"""The officer's list of certificates that end soon."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.mail.models import LetterState
from catalog.people.models import User
from catalog.products.models import Product
from catalog.warnings.models import Letter
from catalog.warnings.services import warn
from tests.catalog.warnings.making import ending_in, member
from tests.factories import make_producer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(User.objects.create(username="can-bo", is_officer=True))
    return client


def near(days: int, **facts: Any) -> Any:
    return ending_in(days, today=clock.today(), **facts)


def page(officer: Client, **asked: str) -> str:
    response = officer.get(reverse("officer_warnings"), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_what_ends_within_180_days_the_most_urgent_first(officer: Client) -> None:
    later, soon, _far = near(100, name="Muộn"), near(3, name="Sớm"), near(181, name="Xa")

    told = page(officer)

    assert told.index(soon.name) < told.index(later.name)
    assert "Xa" not in told
    assert "Còn 3 ngày" in told
    assert "Trong 180 ngày tới: 2" in officer.get(reverse("officer")).content.decode()


def test_by_province_and_threshold(officer: Client) -> None:
    here, there = make_producer(province_code="68"), make_producer(province_code="01")
    near(100, name="Chè", producer=here)
    near(20, name="Mật", producer=here)
    near(20, name="Gạo", producer=there)

    def shown(**asked: str) -> set[str]:
        text = page(officer, **asked)
        return {name for name in ("Chè", "Mật", "Gạo") if f">{name}</a>" in text}

    assert shown() == {"Chè", "Mật", "Gạo"}
    assert shown(tinh="68") == {"Chè", "Mật"}
    assert shown(tinh="68", moc="30") == {"Mật"}
    assert shown(moc="180") == set()
    assert shown(tinh="zz", moc="7", trang="x") == {"Chè", "Mật", "Gạo"}


def test_whether_the_producer_was_told(officer: Client) -> None:
    near(20)
    assert "Chưa đến lượt quét" in page(officer)

    warn(clock.today())
    told = page(officer)
    assert "Chưa có tài khoản" in told
    assert "Gọi điện" in told


def test_what_became_of_the_letter(officer: Client) -> None:
    product = near(20)
    user = member(product.producer)
    warn(clock.today())
    assert "Thư đang chờ gửi" in page(officer)

    Letter.objects.update(state=LetterState.REFUSED, settled_at=clock.now(), last_error="550 5.1.1 No such user")
    told = page(officer)
    assert ("Thư bị từ chối" in told, "550 5.1.1 No such user" in told, "Gọi điện" in told) == (True, True, True)

    notice = Letter.objects.get().notice
    second = member(product.producer, "binh")
    Letter.objects.create(
        notice=notice, user=second, state=LetterState.SENT, settled_at=clock.now(), available_at=clock.now()
    )
    told = page(officer)
    assert ("Đã gửi thư" in told, "Gọi điện" in told) == (True, False)
    assert user.email not in told


def test_whom_to_call(officer: Client) -> None:
    names = ("Không ai", "Bị từ chối", "Đã nhận", "Đang chờ", "Chưa quét", "Mốc trước")
    made = {name: near(100 if name == "Mốc trước" else 20, name=name) for name in names}
    for number, name in enumerate(names[1:4]):
        member(made[name].producer, f"u{number}")
    Product.objects.filter(name="Chưa quét").update(blocked="policy")
    warn(clock.today())
    Product.objects.filter(name="Chưa quét").update(blocked="")
    Letter.objects.filter(notice__producer__products__name="Bị từ chối").update(state=LetterState.REFUSED)
    Letter.objects.filter(notice__producer__products__name="Đã nhận").update(state=LetterState.SENT)

    told = page(officer, bao="goi")

    assert {name for name in names if f">{name}</a>" in told} == {"Không ai", "Bị từ chối", "Mốc trước"}


def test_an_account_without_an_address(officer: Client) -> None:
    product = near(20)
    member(product.producer, email="")
    warn(clock.today())

    assert "Không có địa chỉ thư" in page(officer)


def test_what_was_told_of_an_earlier_last_day_does_not_count(officer: Client) -> None:
    product = near(20)
    with clock.as_of(clock.today() - timedelta(days=20)):
        warn(clock.today())
    product.warnings.update(last_day=clock.today() + timedelta(days=1))

    assert "Chưa đến lượt quét" in page(officer)


def test_what_is_more_than_a_page_has_pages(officer: Client) -> None:
    coop = make_producer()
    for _ in range(61):
        near(50, producer=coop)

    assert "trang=2" in page(officer)


def test_nobody_else_finds_it(client: Client) -> None:
    address = reverse("officer_warnings")
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create(username="nguoi-mua"))
    assert client.get(address).status_code == 404
