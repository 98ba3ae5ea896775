"""The pickup code: right, wrong, too often wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.people.models import User
from storefront.desk.codes import FREE_FOR_ORDER, FREE_FOR_STAFF, check_code
from storefront.desk.errors import CodeLocked, WrongCode
from storefront.desk.models import CodeLock
from storefront.orders.models import Method, Order
from storefront.orders.pickup import pickup_code
from tests.factories import make_sale_point

pytestmark = pytest.mark.django_db


def make_order(number: int = 1) -> Order:
    now = timezone.now()
    return Order.objects.create(
        saleor_id=f"o{number}", number=str(number), method=Method.PICKUP, sale_point=make_sale_point(),
        buyer_name="Lê An", phone="+84912345678", consent_version="1", consent_at=now, subtotal=1, shipping=0, total=1,
        placed_at=now, read_at=now,
    )  # fmt: skip


def wrong_for(order: Order) -> str:
    return f"{(int(pickup_code(order)) + 1) % 1_000_000:06d}"


@pytest.fixture
def staff() -> User:
    return User.objects.create(username="nhan-vien")


def test_a_code_has_six_digits_of_its_own() -> None:
    codes = {pickup_code(make_order(number)) for number in range(1, 6)}

    assert len(codes) == 5
    assert all(len(code) == 6 and code.isdigit() for code in codes)


def test_the_code_is_stored_nowhere() -> None:
    order = make_order()

    assert pickup_code(order) not in str(Order.objects.filter(pk=order.pk).values().get())


@pytest.mark.parametrize("shape", ["{}", " {} ", "{0:.3} {1}", "{0:.3}-{1}"])
def test_the_right_code_however_it_is_spaced(shape: str, staff: User) -> None:
    order = make_order()
    code = pickup_code(order)

    check_code(order, staff, shape.format(code, code[3:]))

    assert set(CodeLock.objects.values_list("failures", flat=True)) == {0}


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "đđđđđđ", "0" * 20])
def test_anything_else_is_wrong_and_counted(typed: str, staff: User) -> None:
    order = make_order()

    with pytest.raises(WrongCode):
        check_code(order, staff, typed)

    assert set(CodeLock.objects.values_list("key", "failures")) == {(f"order:{order.pk}", 1), (f"staff:{staff.pk}", 1)}


def test_another_orders_code_is_wrong(staff: User) -> None:
    mine, other = make_order(1), make_order(2)

    with pytest.raises(WrongCode):
        check_code(mine, staff, pickup_code(other))


def test_wrong_codes_lock_the_order_even_for_the_right_one(staff: User) -> None:
    order = make_order()
    for _ in range(FREE_FOR_ORDER):
        with pytest.raises(WrongCode):
            check_code(order, staff, wrong_for(order))

    with pytest.raises(CodeLocked) as locked:
        check_code(order, staff, pickup_code(order))

    assert 25 <= int(str(locked.value.data["seconds"])) <= 31


def test_each_further_wrong_code_doubles_the_wait_up_to_an_hour(staff: User) -> None:
    order, waits = make_order(), []
    for _ in range(FREE_FOR_ORDER + 9):
        CodeLock.objects.update(locked_until=None)
        CodeLock.objects.filter(key__startswith="staff").update(failures=0)
        with pytest.raises(WrongCode):
            check_code(order, staff, wrong_for(order))
        lock = CodeLock.objects.get(key=f"order:{order.pk}")
        waits.append(round((lock.locked_until - lock.failed_at).total_seconds()) if lock.locked_until else 0)

    assert waits == [0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_after_the_wait_the_right_code_serves(staff: User) -> None:
    order = make_order()
    for _ in range(FREE_FOR_ORDER):
        with pytest.raises(WrongCode):
            check_code(order, staff, wrong_for(order))
    CodeLock.objects.update(locked_until=timezone.now() - timedelta(seconds=1))

    check_code(order, staff, pickup_code(order))


def test_a_member_of_staff_who_tries_order_after_order_is_locked_too(staff: User) -> None:
    for number in range(FREE_FOR_STAFF):
        order = make_order(number)
        with pytest.raises(WrongCode):
            check_code(order, staff, wrong_for(order))
    fresh = make_order(99)

    with pytest.raises(CodeLocked):
        check_code(fresh, staff, pickup_code(fresh))
    check_code(fresh, User.objects.create(username="khac"), pickup_code(fresh))


def test_wrong_codes_are_forgotten_after_a_day(staff: User) -> None:
    order = make_order()
    for _ in range(FREE_FOR_ORDER):
        with pytest.raises(WrongCode):
            check_code(order, staff, wrong_for(order))
    CodeLock.objects.update(locked_until=None, failed_at=timezone.now() - timedelta(days=1, minutes=1))

    with pytest.raises(WrongCode):
        check_code(order, staff, wrong_for(order))

    assert CodeLock.objects.get(key=f"order:{order.pk}").failures == 1


def test_a_code_written_down_before_the_secret_was_rotated_opens_as_long_as_the_old_one_is_kept(
    staff: User, settings: Any
) -> None:
    order = make_order()
    written_down, settings.SECRET_KEY_FALLBACKS = pickup_code(order), [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    shown = pickup_code(order)
    assert shown != written_down

    for code in (written_down, shown):
        check_code(order, staff, code)

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(WrongCode):
        check_code(order, staff, written_down)
