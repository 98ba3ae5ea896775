"""Gift boxes at the point that packs them: best-before read, stopped, sent, handed over; gifts paid before."""

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos.models import PackagingStock
from catalog.offers.models import Offer, OfferStock
from catalog.people.models import User
from catalog.saleor.turns import in_turn
from catalog.salepoints.models import SalePoint
from storefront.basket import services as baskets
from storefront.checkout import saleor as seam
from storefront.desk import boxes
from storefront.desk.errors import (
    BestBeforePast,
    BestBeforeUnread,
    NotPacked,
    NotToHandOver,
    Stopped,
    WrongCode,
)
from storefront.desk.services import hand_over, mark_picked, orders_of, take_payment
from storefront.orders.errors import NotPaidYet, TooLateToCancel
from storefront.orders.models import Order, OrderBox, State
from storefront.orders.pickup import pickup_code
from storefront.orders.services import cancel, lapse_unpaid
from storefront.orders.steps import steps_of
from storefront.portal.services import mark_delivered, mark_sent
from tests.embedded_server import Api
from tests.storefront.world import basket_with, gift, member_of, on_sale, open_point, order, staff_of, with_boxes

pytestmark = pytest.mark.django_db


def days(box: OrderBox, *ahead: int) -> dict[int, date]:
    """What stands on the packages: so many days from today, part by part; the last for all others."""
    offers = list(dict.fromkeys(box.lines.order_by("pk").values_list("offer_id", flat=True)))
    told = [*ahead, *[ahead[-1]] * len(offers)]
    return {offer: clock.today() + timedelta(days=n) for offer, n in zip(offers, told, strict=False)}


def collected(**facts: object) -> tuple[Order, OrderBox, User, Offer, Offer]:
    """An order of two boxes to be collected, and a member of the point's staff."""
    point = open_point()
    combo, coffee, tea = gift(point, **facts)  # type: ignore[arg-type]
    placed = order(with_boxes(combo, 2), point)
    return placed, placed.boxes.get(), staff_of(point), coffee, tea


def sent(**facts: object) -> tuple[Order, OrderBox, User, Offer, Offer]:
    """An order of one box to be sent."""
    point = open_point()
    combo, coffee, tea = gift(point)
    placed = order(with_boxes(combo), **facts)
    return placed, placed.boxes.get(), staff_of(point), coffee, tea


def revoke(offer: Offer) -> None:
    """Its certificate falls."""
    SourceRecord.objects.filter(product=offer.product).update(status=Status.REVOKED, revoked_on=clock.today())
    refresh_gate([offer.product_id])


def test_a_box_keeps_as_long_as_its_first_part(saleor: Api) -> None:
    _placed, box, staff, coffee, _tea = collected()

    boxes.pack(box, staff, days(box, 90, 40))

    box.refresh_from_db()
    assert (box.best_before, box.packed_by) == (clock.today() + timedelta(days=40), staff)
    assert {line.best_before for line in box.lines.filter(offer=coffee)} == {clock.today() + timedelta(days=90)}


def test_packed_collected_paid_and_fulfilled_with_nothing_left_promised(saleor: Api) -> None:
    placed, box, staff, coffee, tea = collected()
    boxes.pack(box, staff, days(box, 90))

    mark_picked(placed, staff)
    hand_over(placed, staff, pickup_code(placed))

    told = seam.fetch_order(placed.saleor_id)
    assert told
    assert (told.status, told.is_paid, placed.state) == ("FULFILLED", True, State.HANDED_OVER)
    point = placed.sale_point
    for offer, left in ((coffee, 6), (tea, 8)):
        shelf = OfferStock.objects.get(offer=offer, warehouse=point.warehouse)
        assert (shelf.quantity, shelf.reserved) == (left, 0)
    packaging = PackagingStock.objects.get(warehouse=point.warehouse)
    assert (packaging.quantity, packaging.reserved) == (8, 0)


def test_nothing_is_handed_over_before_it_is_packed(saleor: Api) -> None:
    placed, _box, staff, *_ = collected()

    with pytest.raises(NotPacked):
        mark_picked(placed, staff)
    with pytest.raises(NotPacked):
        hand_over(placed, staff, pickup_code(placed))

    placed.refresh_from_db()
    assert (placed.state, placed.is_paid) == (State.PLACED, False)


def test_every_part_needs_its_day_and_none_may_be_past(saleor: Api) -> None:
    _placed, box, staff, coffee, tea = collected()
    told = days(box, 30)

    with pytest.raises(BestBeforeUnread) as unread:
        boxes.pack(box, staff, {coffee.pk: told[coffee.pk]})
    with pytest.raises(BestBeforePast) as past:
        boxes.pack(box, staff, {**told, tea.pk: clock.today() - timedelta(days=1)})

    assert (unread.value.data["names"], past.value.data["names"]) == (tea.product.name, tea.product.name)
    box.refresh_from_db()
    assert (box.packed_at, box.best_before) == (None, None)
    assert not box.lines.exclude(best_before=None).exists()
    boxes.pack(box, staff, {**told, tea.pk: clock.today()})


def test_a_part_that_does_not_keep_until_the_wanted_day_is_refused(saleor: Api) -> None:
    point = open_point()
    combo, *_ = gift(point)
    wanted = clock.today() + timedelta(days=20)
    placed = order(with_boxes(combo), point, wanted_on=wanted.isoformat())
    box, staff = placed.boxes.get(), staff_of(point)

    with pytest.raises(BestBeforePast):
        boxes.pack(box, staff, days(box, 19))

    boxes.pack(box, staff, days(box, 20))
    assert Order.objects.get().wanted_on == wanted


def test_packing_once_more_corrects_the_days(saleor: Api) -> None:
    _placed, box, staff, *_ = collected()
    boxes.pack(box, staff, days(box, 30))

    boxes.pack(box, staff, days(box, 60))

    box.refresh_from_db()
    assert box.best_before == clock.today() + timedelta(days=60)


def test_a_part_revoked_after_the_order_stops_the_box(saleor: Api) -> None:
    placed, box, staff, coffee, _tea = collected()
    boxes.pack(box, staff, days(box, 30))
    revoke(coffee)

    for step in (
        lambda: boxes.pack(box, staff, days(box, 30)),
        lambda: mark_picked(placed, staff),
        lambda: hand_over(placed, staff, pickup_code(placed)),
    ):
        with pytest.raises(Stopped):
            step()

    placed.refresh_from_db()
    assert (placed.state, placed.is_paid) == (State.PLACED, False)


def test_a_part_on_its_way_to_the_point_still_stops_the_box(saleor: Api) -> None:
    placed, box, staff, coffee, tea = sent()
    for place, offer in enumerate((coffee, tea)):
        mark_sent(placed, member_of(offer.product.producer, f"htx{place}"))
    boxes.pack(box, staff, days(box, 30))
    revoke(tea)

    with pytest.raises(Stopped):
        boxes.send(box, staff)

    box.refresh_from_db()
    assert box.sent_at is None


def test_an_expired_certificate_of_a_part_is_honoured(saleor: Api) -> None:
    placed, box, staff, coffee, _tea = collected()
    until = coffee.product.listable_until
    assert until

    with clock.as_of(until + timedelta(days=1)):
        boxes.pack(box, staff, days(box, 30))
        mark_picked(placed, staff)

    assert placed.state == State.READY


def test_a_packed_box_is_not_cancelled_by_its_buyer(saleor: Api) -> None:
    placed, box, staff, *_ = collected()
    boxes.pack(box, staff, days(box, 30))

    with pytest.raises(TooLateToCancel):
        cancel(placed)


def test_a_cancelled_order_is_not_packed(saleor: Api) -> None:
    placed, box, staff, *_ = collected()
    cancel(placed)

    with pytest.raises(NotToHandOver):
        boxes.pack(box, staff, days(box, 30))


def test_a_delivery_goes_from_the_producers_over_the_point_to_the_buyer(saleor: Api) -> None:
    placed, box, staff, coffee, tea = sent()
    members = [member_of(offer.product.producer, f"htx{n}") for n, offer in enumerate((coffee, tea))]
    for member in members:
        mark_sent(placed, member)
    placed.refresh_from_db()
    assert placed.state == State.PLACED  # the box lies at the point
    with pytest.raises(NotPacked):
        boxes.send(box, staff)

    boxes.pack(box, staff, days(box, 30))
    boxes.send(box, staff)
    boxes.send(box, staff)
    placed.refresh_from_db()
    assert placed.state == State.SENT

    boxes.deliver(box, staff)
    boxes.deliver(box, staff)
    placed.refresh_from_db()
    told = seam.fetch_order(placed.saleor_id)
    assert told
    assert (placed.state, placed.is_paid, told.status) == (State.HANDED_OVER, True, "FULFILLED")
    assert not OfferStock.objects.filter(reserved__gt=0).exists()
    assert not PackagingStock.objects.filter(reserved__gt=0).exists()


def test_loose_goods_and_a_box_end_one_delivery_together(saleor: Api) -> None:
    point = open_point()
    combo, coffee, _tea = gift(point)
    basket = with_boxes(combo)
    baskets.add(basket, coffee.external_reference, 1)
    placed, staff = order(basket), staff_of(point)
    box, member = placed.boxes.get(), member_of(coffee.product.producer)

    mark_sent(placed, member)
    boxes.pack(box, staff, days(box, 30))
    boxes.send(box, staff)
    placed.refresh_from_db()
    assert placed.state == State.SENT
    mark_delivered(placed, member)
    placed.refresh_from_db()
    assert placed.state == State.SENT
    boxes.deliver(box, staff)

    placed.refresh_from_db()
    assert placed.state == State.HANDED_OVER


GIFT = {"recipient_name": "Trần Thị Bé", "recipient_phone": "+84987654321", "message": "Chúc mừng năm mới!"}


def test_a_gift_for_somebody_else_is_paid_before_anybody_touches_it(saleor: Api) -> None:
    placed, box, staff, coffee, _tea = sent(**GIFT)
    assert (placed.is_owed, placed.receiver) == (True, ("Trần Thị Bé", "+84987654321"))
    assert [step.state for step in steps_of(placed)] == ["done", "now", "later", "later"]
    with pytest.raises(NotPaidYet):
        mark_sent(placed, member_of(coffee.product.producer))
    with pytest.raises(NotPaidYet):
        boxes.pack(box, staff, days(box, 30))
    with pytest.raises(WrongCode):
        take_payment(placed, staff, "12")

    take_payment(placed, staff, pickup_code(placed))

    placed.refresh_from_db()
    told = seam.fetch_order(placed.saleor_id)
    assert told
    assert (placed.is_paid, placed.is_owed, placed.state, told.is_paid) == (True, False, State.PLACED, True)
    assert [step.state for step in steps_of(placed)] == ["done", "done", "now", "later"]
    with pytest.raises(NotToHandOver):
        take_payment(placed, staff, pickup_code(placed))
    box.refresh_from_db()
    boxes.pack(box, staff, days(box, 30))
    boxes.send(box, staff)
    boxes.deliver(box, staff)
    placed.refresh_from_db()
    assert placed.state == State.HANDED_OVER
    assert {step.state for step in steps_of(placed)} == {"done"}


def later(placed: Order, days: int) -> date:
    """The day that many days after the order, Asia/Ho_Chi_Minh."""
    return placed.placed_at.astimezone(clock.TIME_ZONE).date() + timedelta(days=days)


def test_a_gift_that_nobody_pays_lapses_and_its_goods_are_back_on_the_shelf(saleor: Api) -> None:
    placed, _box, staff, coffee, _tea = sent(**GIFT)
    before = OfferStock.objects.filter(offer=coffee).aggregate(n=Sum("reserved"))["n"]
    assert placed.pay_by == later(placed, 3)

    with clock.as_of(later(placed, 3)):
        assert lapse_unpaid() == 0
    with clock.as_of(later(placed, 4)):
        assert (lapse_unpaid(), lapse_unpaid()) == (1, 0)

    placed.refresh_from_db()
    assert placed.state == State.CANCELLED
    assert OfferStock.objects.filter(offer=coffee).aggregate(n=Sum("reserved"))["n"] < before
    with pytest.raises(NotToHandOver):
        take_payment(placed, staff, pickup_code(placed))
    placed.cancelled_at = clock.start_of(later(placed, 4))
    assert placed.has_lapsed


def test_a_gift_lapses_before_the_day_on_which_it_is_wanted_and_not_before_its_own_day_is_over(saleor: Api) -> None:
    placed, *_ = sent(**GIFT)

    for wanted, last in ((30, 3), (3, 2), (1, 0), (0, 0)):
        placed.wanted_on = later(placed, wanted)
        assert placed.pay_by == later(placed, last)


def test_what_is_paid_or_collected_by_its_buyer_does_not_lapse(saleor: Api) -> None:
    placed, _box, staff, *_ = sent(**GIFT)
    own = order(basket_with((on_sale(), 1)))
    take_payment(placed, staff, pickup_code(placed))

    with clock.as_of(later(placed, 60)):
        assert lapse_unpaid() == 0

    assert set(Order.objects.values_list("state", flat=True)) == {State.PLACED}
    assert (placed.pay_by, own.pay_by, placed.has_lapsed) == (None, None, False)


def test_cash_is_not_taken_for_an_order_that_is_being_cancelled(saleor: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    placed, _box, staff, *_ = sent(**GIFT)
    asked: list[Iterable[str]] = []

    def cancelled_meanwhile(references: Iterable[str]) -> AbstractContextManager[None]:
        """Whoever asks for the turn second finds what the first has decided."""
        if not asked:
            asked.append(references)
            cancel(Order.objects.get(pk=placed.pk))
        return in_turn(references)

    monkeypatch.setattr("storefront.desk.services.in_turn", cancelled_meanwhile)
    with pytest.raises(NotToHandOver):
        take_payment(placed, staff, pickup_code(placed))

    told = seam.fetch_order(placed.saleor_id)
    assert told
    assert (told.status, told.is_paid) == ("CANCELED", False)


def test_the_parcel_bears_the_recipients_name_and_the_bill_the_buyers(saleor: Api) -> None:
    placed, *_ = sent(**GIFT)

    told = saleor.post(
        "query($id: ID!) { order(id: $id) { shippingAddress { lastName phone } billingAddress { lastName phone } } }",
        {"id": placed.saleor_id},
    )["data"]["order"]

    assert told["shippingAddress"]["phone"] == "+84987654321"
    assert told["billingAddress"]["phone"] == "+84912345678"


def test_a_delivery_is_not_handed_over_at_the_desk(saleor: Api) -> None:
    placed, _box, staff, *_ = sent()

    with pytest.raises(NotToHandOver):
        hand_over(placed, staff, pickup_code(placed))
    with pytest.raises(NotToHandOver):
        mark_picked(placed, staff)


def test_only_the_point_that_packs_sees_the_box(saleor: Api, client: Client) -> None:
    placed, box, staff, *_ = sent()
    stranger = staff_of(open_point(), "la")
    assert list(orders_of(staff)) == [placed]
    assert list(orders_of(stranger)) == []

    client.force_login(stranger)

    for name in ("desk_box_pack", "desk_box_send", "desk_box_deliver"):
        assert client.post(reverse(name, args=[box.pk])).status_code == 404
    assert client.get(reverse("desk_box_label", args=[box.pk])).status_code == 404
    assert client.get(reverse("desk_order", args=[placed.pk])).status_code == 404


def test_the_desks_pages(saleor: Api, client: Client) -> None:
    placed, box, staff, coffee, tea = collected()
    client.force_login(staff)
    assert box.title in client.get(reverse("desk")).content.decode()
    page = client.get(reverse("desk_order", args=[placed.pk])).content.decode()
    assert f"4 × {coffee.product.name}" in page

    empty = client.post(reverse("desk_box_pack", args=[box.pk]), {f"han-{coffee.pk}": "mai", "han-x": "2030-01-01"})
    typed = {f"han-{offer.pk}": f"{clock.today() + timedelta(days=30)}" for offer in (coffee, tea)}
    full = client.post(reverse("desk_box_pack", args=[box.pk]), typed)

    assert coffee.product.name in str(next(iter(get_messages(empty.wsgi_request))))
    assert [message.level_tag for message in get_messages(full.wsgi_request)][-1] == "success"
    label = client.get(reverse("desk_box_label", args=[box.pk])).content.decode()
    for told in (coffee.product.code, tea.product.code, coffee.product.producer.name, f"/hop/{box.code}/", "<svg"):
        assert told in label
    assert "₫" not in re.sub(r"<nav.*?</nav>", "", label, flags=re.S)


def test_the_page_of_a_box_tells_its_certificates_and_nobodys_name(saleor: Api, client: Client) -> None:
    point: SalePoint = open_point()
    combo, coffee, tea = gift(point)
    placed = order(with_boxes(combo), point, message="Tặng bạn Lan")
    box = placed.boxes.get()
    assert len(box.code) == 16
    until = coffee.product.listable_until

    answer = client.get(reverse("box", args=[box.code]))

    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex, nofollow")
    for told in (coffee.product.code, tea.product.code, placed.lines.first().certificate["decision"]):
        assert told in page
    for private in (placed.buyer_name, placed.phone, "Tặng bạn Lan", "₫"):
        assert private not in page
    revoke(tea)
    assert "Chứng nhận đã bị thu hồi" in client.get(reverse("box", args=[box.code])).content.decode()
    with clock.as_of(until + timedelta(days=1)):
        assert "Chứng nhận đã hết hạn" in client.get(reverse("box", args=[box.code])).content.decode()
    assert client.get(reverse("box", args=["A" * 16])).status_code == 404
    cancel(placed)
    assert client.get(reverse("box", args=[box.code])).status_code == 404
