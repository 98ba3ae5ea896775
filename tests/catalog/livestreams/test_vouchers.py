"""A session's voucher: who may set it, how high, when it counts, and how its code is read."""

import pytest
from django.db import IntegrityError, transaction

from catalog import clock
from catalog.livestreams import overseeing, services
from catalog.livestreams.errors import Changed, NotNow
from catalog.livestreams.models import Action, Livestream
from catalog.livestreams.vouchers.errors import (
    BadVoucher,
    NoVoucherForSalePoints,
    UnknownVoucher,
    VoucherIsSaid,
    VoucherOver,
    VoucherTooEarly,
)
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.livestreams.vouchers.services import find_voucher, is_in_force, products_of, set_voucher
from catalog.people.models import User
from catalog.products.models import Product, Restriction
from tests.catalog.livestreams.making import HOUR, MINUTE, announced, make_host, moved, on_air
from tests.factories import make_offer, make_product, make_sale_point

pytestmark = pytest.mark.django_db


def given(user: User, show: Livestream, **facts: int) -> LivestreamVoucher:
    show.refresh_from_db()
    set_voucher(user, show.code, show.version, **{"percent": 20, "most": 3, "grace": 30, **facts})
    return LivestreamVoucher.objects.select_related("livestream__host").get(livestream=show)


def test_a_producer_sets_one_and_the_log_says_so() -> None:
    user, _ = make_host()
    show = announced(user)
    voucher = given(user, show)
    again = given(user, show, percent=30)
    assert (again.pk, again.code, again.percent) == (voucher.pk, voucher.code, 30)
    assert len(voucher.code) == 6
    assert voucher.code.isdecimal()
    assert [event.action for event in show.events.all()][-2:] == [Action.VOUCHER] * 2
    assert show.events.last().facts == {"percent": 30, "most": 3, "grace": 30}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "wrong",
    [{"percent": 0}, {"percent": 51}, {"percent": -1}, {"most": 0}, {"most": 51}, {"grace": -1}, {"grace": 1441}],
)
def test_limits(wrong: dict[str, int]) -> None:
    user, _ = make_host()
    show = announced(user)
    with pytest.raises(BadVoucher):
        given(user, show, **wrong)
    assert not LivestreamVoucher.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        LivestreamVoucher.objects.create(
            livestream=show, code="123456", **{"percent": 20, "most": 3, "grace": 0, **wrong}
        )


def test_a_sale_point_has_none() -> None:
    user, _ = make_host(make_sale_point())
    with pytest.raises(NoVoucherForSalePoints):
        given(user, announced(user))


def test_anothers_session_does_not_exist_and_an_old_page_is_told() -> None:
    user, _ = make_host()
    show = announced(user)
    with pytest.raises(Livestream.DoesNotExist):
        set_voucher(make_host()[0], show.code, show.version, percent=10, most=1, grace=0)
    with pytest.raises(Changed):
        set_voucher(user, show.code, show.version + 7, percent=10, most=1, grace=0)


def test_a_double_click_is_one_step() -> None:
    user, _ = make_host()
    show = announced(user)
    for _ in range(2):
        set_voucher(user, show.code, show.version, percent=10, most=1, grace=0)
    assert LivestreamVoucher.objects.count() == 1


def test_what_was_said_on_air_stands() -> None:
    user, _ = make_host()
    show = on_air(user)
    given(user, show)
    with pytest.raises(VoucherIsSaid):
        given(user, show, percent=10)
    Livestream.objects.filter(pk=show.pk).update(over_at=clock.now())
    with pytest.raises(NotNow):
        given(user, show, percent=10)


def test_in_force_from_the_start_until_its_grace_is_over() -> None:
    user, _ = make_host()
    show = announced(user)
    voucher = given(user, show)
    with pytest.raises(VoucherTooEarly):
        find_voucher(voucher.code, clock.now())
    show.refresh_from_db()
    moved(show, -HOUR)
    services.start(user, show.code, show.version)
    show.refresh_from_db()
    assert find_voucher(voucher.code, clock.now()) == voucher
    assert find_voucher(voucher.code, show.over_at + 30 * MINUTE - MINUTE) == voucher
    with pytest.raises(VoucherOver):
        find_voucher(voucher.code, show.over_at + 30 * MINUTE)


def test_an_officers_stop_ends_it() -> None:
    user, _ = make_host()
    show = on_air(user)
    voucher = given(user, show)
    overseeing.stop(show.code, User.objects.get(username="can-bo-duyet"), "Sai nhãn")
    voucher.livestream.refresh_from_db()
    assert not is_in_force(voucher, clock.now())
    with pytest.raises(VoucherOver):
        find_voucher(voucher.code, clock.now())


def test_how_people_type_a_code() -> None:
    user, _ = make_host()
    voucher = given(user, on_air(user))
    code, now = voucher.code, clock.now()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    for typed in (
        code,
        f" {code} ",
        f"{code[:3]} {code[3:]}",
        f"{code[:3]}.{code[3:]}",
        f"{code[:2]}-{code[2:]}",
        wide,
    ):
        assert find_voucher(typed, now) == voucher
    for typed in (
        "",
        "12345",
        "1234567",
        "abcdef",
        f"{code}0",
        "' OR 1",
        "٣٣٣٣٣٣",
        "999999" if code != "999999" else "1",
    ):
        with pytest.raises(UnknownVoucher):
            find_voucher(typed, now)


def test_a_drafts_code_is_unknown() -> None:
    user, _ = make_host()
    show = on_air(user)
    voucher = given(user, show)
    Livestream.objects.filter(pk=show.pk).update(confirmed_at=None)
    with pytest.raises(UnknownVoucher):
        find_voucher(voucher.code, clock.now())


@pytest.mark.parametrize(
    ("price", "percent", "reduced"), [(100_000, 20, 80_000), (99_999, 50, 50_000), (33_333, 33, 22_334), (1, 50, 1)]
)
def test_whole_dong_and_never_more_off_than_said(price: int, percent: int, reduced: int) -> None:
    assert LivestreamVoucher(percent=percent).reduced(price) == reduced
    assert (price - reduced) * 100 <= price * percent


def test_only_the_hosts_own_that_may_be_shown() -> None:
    user, host = make_host()
    show = on_air(user)
    products = [make_product(producer=host.producer) for _ in range(3)]
    for product in products:
        make_offer(product)
        show.refresh_from_db()
        services.pin(user, show.code, show.version, product.code)
    Product.objects.filter(pk=products[1].pk).update(restriction=Restriction.HEALTH)
    Product.objects.filter(pk=products[2].pk).update(producer=make_host()[1].producer)
    assert products_of(show) == {products[0].pk}
