"""What hosts and officers do, and what they are refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from catalog import clock
from catalog.append_only import Sealed
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.errors import ShopError
from catalog.livestreams import consent, overseeing, pins, services
from catalog.livestreams.models import LiveHost, Livestream, LivestreamEvent
from catalog.livestreams.states import AHEAD, GRACE, LONGEST, OVERRUN, State, state
from catalog.people.models import User
from catalog.products.codes import new_code
from catalog.products.models import Product, Restriction
from tests.catalog.livestreams.making import HOUR, LINK, MINUTE, announced, make_host, moved, on_air, plan
from tests.factories import make_buyer, make_offer, make_product, make_sale_point

pytestmark = pytest.mark.django_db


def now_state(session: Livestream) -> State:
    session.refresh_from_db()
    return state(session, clock.now())


def refused(code: str, do: Callable[..., object], *arguments: object, **more: object) -> None:
    with pytest.raises(ShopError) as error, transaction.atomic():
        do(*arguments, **more)
    assert error.value.code == code
    assert error.value.message("vi") != error.value.message("en")


def log(session: Livestream) -> list[str]:
    return [event.action for event in session.events.all()]


def officer() -> User:
    return User.objects.get_or_create(username="can-bo", is_officer=True)[0]


def test_a_session_is_made_confirmed_begun_prolonged_ended_and_seen_again() -> None:
    user, host = make_host()
    code = new_code()
    made = services.draft(user, host.owner, code, plan(note="Gọi 0912 345 678 nhé"))
    assert (made.note, made.url, made.slug) == ("Gọi … nhé", LINK, "ca-phe-cau-dat")
    assert services.draft(user, host.owner, code, plan()).pk == made.pk
    assert now_state(made) == State.DRAFT

    services.change(user, code, 0, plan(), confirmed=True)
    assert now_state(made) == State.ANNOUNCED
    assert (made.confirmed_by, made.confirmed_version) == (user, consent.VERSION)

    refused("livestream_too_early", services.start, user, code, 1)
    moved(made, -50 * MINUTE)
    services.start(user, code, 1)
    services.start(user, code, 1)  # a repeat
    assert now_state(made) == State.LIVE

    services.still_on(user, code, 2)
    services.still_on(user, code, 2)
    made.refresh_from_db()
    assert made.over_at == made.ends_at + GRACE + timedelta(minutes=30)
    for version in (3, 4, 5):
        services.still_on(user, code, version)
    made.refresh_from_db()
    assert made.over_at == made.ends_at + OVERRUN
    refused("livestream_no_more_time", services.still_on, user, code, 6)

    services.end(user, code, 6)
    assert now_state(made) == State.ENDED
    refused("link_of_another_site", services.set_replay, user, code, 7, "https://evil.example/v")
    services.set_replay(user, code, 7, "https://youtu.be/aaaaaaaaaaa")
    assert now_state(made) == State.REPLAY
    assert made.replay_url == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    services.set_replay(user, code, 8, "")
    assert now_state(made) == State.ENDED
    assert log(made) == [
        "made", "confirmed", "started", "still_on", "still_on", "still_on", "still_on", "ended", "replay", "replay",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("starts_in", "lasts"),
    [(-MINUTE, HOUR), (AHEAD + HOUR, HOUR), (HOUR, timedelta()), (HOUR, -MINUTE), (HOUR, LONGEST + MINUTE)],
)
def test_times_lie_ahead_and_twelve_hours_apart_at_most(starts_in: timedelta, lasts: timedelta) -> None:
    user, host = make_host()
    start = clock.now() + starts_in
    refused("bad_times", services.draft, user, host.owner, new_code(), plan(start, ends_at=start + lasts))
    assert not Livestream.objects.exists()


def test_twelve_hours_across_midnight_are_taken() -> None:
    user, host = make_host()
    start = clock.start_of(clock.today() + timedelta(days=2)) - HOUR
    made = services.draft(user, host.owner, new_code(), plan(start, ends_at=start + LONGEST))
    assert made.ends_at - made.starts_at == LONGEST


def test_nothing_is_public_without_an_identity_check_and_a_confirmation() -> None:
    user, host = make_host(approved=False)
    made = services.draft(user, host.owner, new_code(), plan())
    refused("host_not_approved", services.change, user, made.code, 0, plan(), confirmed=True)
    refused("livestream_reason_missing", overseeing.approve, host.pk, officer(), 0, " ")
    assert LiveHost.objects.get().approved_at is None

    overseeing.approve(host.pk, officer(), 0, "Giấy chứng nhận đăng ký")
    other = User.objects.create(username="khac", is_officer=True)
    overseeing.approve(host.pk, other, 0, "Lần hai")
    assert (LiveHost.objects.get().approved_by, LiveHost.objects.get().approved_on) == (
        officer(), "Giấy chứng nhận đăng ký",
    )  # fmt: skip
    services.change(user, made.code, 0, plan(title="Nháp khác"), confirmed=False)
    assert now_state(made) == State.DRAFT
    services.change(user, made.code, 1, plan(), confirmed=True)
    assert now_state(made) == State.ANNOUNCED
    refused("content_not_confirmed", services.change, user, made.code, 2, plan(title="Tên khác"), confirmed=False)
    made.refresh_from_db()
    assert made.title == "Cà phê Cầu Đất"


def test_the_same_moment_in_another_zone_is_no_change() -> None:
    user, _ = make_host()
    session = announced(user)
    same = plan(session.starts_at.astimezone(clock.TIME_ZONE))
    services.change(user, session.code, session.version, same, confirmed=False)
    services.change(user, session.code, 0, same, confirmed=True)  # whatever version was seen
    assert log(session) == ["made", "confirmed"]
    assert set(session.events.last().facts) == {"confirmed"}  # type: ignore[union-attr]
    services.change(user, session.code, 1, plan(session.starts_at + HOUR), confirmed=True)
    assert set(session.events.last().facts) == {"starts_at", "ends_at", "confirmed"}  # type: ignore[union-attr]


def test_anothers_session_does_not_exist() -> None:
    user, _ = make_host()
    other, _ = make_host()
    session = announced(user)
    for do in (
        lambda: services.change(other, session.code, 1, plan(), confirmed=True),
        lambda: services.start(other, session.code, 1),
        lambda: services.cancel(other, session.code, 1, "x"),
        lambda: services.pin(make_buyer(), session.code, 1, "0000000"),
    ):
        with pytest.raises(Livestream.DoesNotExist):
            do()
    refused("livestream_changed", services.draft, other, services.owners_of(other)[0], session.code, plan())
    assert log(session) == ["made", "confirmed"]


def test_of_two_changes_of_one_version_the_second_is_refused() -> None:
    user, host = make_host()
    colleague = User.objects.create(username="dong-nghiep")
    colleague.producer_memberships.create(producer=host.producer)
    session = announced(user)
    seen = session.version
    services.change(user, session.code, seen, plan(session.starts_at, title="Một"), confirmed=True)
    refused("livestream_changed", services.change, colleague, session.code, seen, plan(title="Hai"), confirmed=True)
    refused("livestream_changed", services.cancel, colleague, session.code, seen, "Mưa")
    session.refresh_from_db()
    assert (session.title, session.version) == ("Một", seen + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        LivestreamEvent.objects.create(livestream=session, version=seen + 1, by=user, action="changed")


def test_once_it_began_only_note_and_link_of_its_platform_change() -> None:
    user, _ = make_host()
    session = on_air(user)
    refused("livestream_other_platform", services.change, user, session.code, session.version,
            plan(link="https://zalo.me/htxcaudat"), confirmed=True)  # fmt: skip
    changed = plan(title="Tên khác", note="Đổi đường truyền", link="https://youtu.be/aaaaaaaaaaa")
    refused("content_not_confirmed", services.change, user, session.code, session.version, changed, confirmed=False)
    services.change(user, session.code, session.version, changed, confirmed=True)
    before = (session.title, session.starts_at, session.ends_at)
    session.refresh_from_db()
    assert (session.title, session.starts_at, session.ends_at) == before
    assert (session.note, session.url) == ("Đổi đường truyền", "https://www.youtube.com/watch?v=aaaaaaaaaaa")
    assert set(session.events.last().facts) == {"note", "url", "confirmed"}  # type: ignore[union-attr]
    refused("livestream_not_now", services.cancel, user, session.code, session.version, "Mưa")


def test_a_cancelled_session_says_why_and_stays_cancelled() -> None:
    user, _ = make_host()
    session = announced(user)
    refused("livestream_reason_missing", services.cancel, user, session.code, 1, "  ")
    services.cancel(user, session.code, 1, "Bão, gọi 0912345678")
    services.cancel(user, session.code, 1, "Bão")
    assert now_state(session) == State.CANCELLED
    assert session.reason == "Bão, gọi …"
    for do in (services.start, services.end, services.still_on):
        refused("livestream_not_now", do, user, session.code, 2)
    refused("livestream_not_now", services.change, user, session.code, 2, plan(), confirmed=True)
    refused("livestream_not_now", overseeing.stop, session.code, officer(), "x")


def test_an_officer_stops_at_once_whatever_the_host_did_meanwhile() -> None:
    user, _ = make_host()
    session = on_air(user)
    refused("livestream_reason_missing", overseeing.stop, session.code, officer(), "")
    overseeing.stop(session.code, officer(), "Quảng cáo sai")
    overseeing.stop(session.code, officer(), "Lần hai")
    assert now_state(session) == State.STOPPED
    assert session.reason == "Quảng cáo sai"
    refused("livestream_not_now", services.end, user, session.code, session.version)
    refused("livestream_not_now", services.set_replay, user, session.code, session.version, LINK)
    draft = services.draft(user, session.host.owner, new_code(), plan())
    refused("livestream_not_now", overseeing.stop, draft.code, officer(), "x")


def test_the_log_cannot_be_edited() -> None:
    user, _ = make_host()
    event = announced(user).events.first()
    assert event
    with pytest.raises(Sealed):
        event.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_livestreamevent SET reason = 'x'")


def pinned(session: Livestream) -> list[str]:
    return [one.product.code for one in pins.shown(session.pk, clock.today())]


def test_a_pin_needs_the_gate_and_an_offer_when_made_and_whenever_shown() -> None:
    user, host = make_host()
    session = announced(user)
    good, unsold = make_product(producer=host.producer), make_product(producer=host.producer)
    make_offer(good, price=90_000)
    make_offer(good, price=50_000, number=2)
    lapsed = make_product(producer=host.producer, status=Status.VALID)
    make_offer(lapsed)
    SourceRecord.objects.filter(product=lapsed).update(status=Status.REVOKED)
    refresh_gate([lapsed.pk])
    refused("pin_not_on_sale", services.pin, user, session.code, 1, unsold.code)
    refused("pin_not_listed", services.pin, user, session.code, 1, lapsed.code)
    refused("pin_not_yours", services.pin, user, session.code, 1, make_product().code)
    refused("pin_not_yours", services.pin, user, session.code, 1, "0000000")
    assert not session.pins.exists()

    services.pin(user, session.code, 1, good.code)
    services.pin(user, session.code, 1, good.code)
    assert [(one.product, one.price) for one in pins.shown(session.pk, clock.today())] == [(good, 50_000)]
    assert pins.pinnable(host, clock.today()) == [good]

    good.offers.update(is_active=False)
    assert pinned(session) == []
    good.offers.filter(number=1).update(is_active=True)
    assert pinned(session) == [good.code]
    until = Product.objects.get(pk=good.pk).listable_until
    assert until
    assert [one.product for one in pins.shown(session.pk, until)] == [good]
    assert pins.shown(session.pk, until + timedelta(days=1)) == []
    SourceRecord.objects.filter(product=good).update(status=Status.SUSPENDED)
    refresh_gate([good.pk])
    assert pinned(session) == []


@pytest.mark.parametrize(
    ("restriction", "code"),
    [
        (Restriction.HEALTH, "pin_health"),
        (Restriction.ALCOHOL, "pin_alcohol"),
        (Restriction.SUSPECT_ALCOHOL, "pin_alcohol"),
        (Restriction.LIVE, "pin_no_parcel"),
        (Restriction.SERVICE, "pin_no_parcel"),
    ],
)
def test_goods_with_rules_of_their_own_are_never_pinned(restriction: str, code: str) -> None:
    user, host = make_host()
    session = announced(user)
    product = make_product(producer=host.producer, restriction=restriction)
    make_offer(product)
    refused(code, services.pin, user, session.code, 1, product.code)
    assert pins.pinnable(host, clock.today()) == []

    Product.objects.filter(pk=product.pk).update(restriction="")
    services.pin(user, session.code, 1, product.code)
    assert pinned(session) == [product.code]
    Product.objects.filter(pk=product.pk).update(restriction=restriction)  # judged anew later
    assert pinned(session) == []


def test_a_sale_point_pins_what_lies_on_its_shelf() -> None:
    point = make_sale_point()
    user, _ = make_host(point)
    session = announced(user)
    here, elsewhere = make_product(), make_product()
    make_offer(here, stocks={point.warehouse: 3})
    make_offer(elsewhere)
    services.pin(user, session.code, 1, here.code)
    refused("pin_not_yours", services.pin, user, session.code, 2, elsewhere.code)
    assert pinned(session) == [here.code]


def test_pins_are_arranged_with_offsets_and_taken_off() -> None:
    user, host = make_host()
    session = announced(user)
    products = [make_product(producer=host.producer) for _ in range(3)]
    for number, product in enumerate(products, 1):
        make_offer(product)
        services.pin(user, session.code, number, product.code)
    first, second, third = (product.code for product in products)
    services.arrange(user, session.code, 4, [(third, 90), (first, None), ("0000000", 5)])
    assert [(one.product.code, one.offset) for one in pins.shown(session.pk, clock.today())] == [
        (third, 90), (first, None),
    ]  # fmt: skip
    refused("livestream_changed", services.arrange, user, session.code, 4, [(second, None)])
    assert pinned(session) == [third, first]


def test_as_many_pins_as_a_page_bears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "MOST", 1)
    user, host = make_host()
    session = announced(user)
    for version, code in ((1, ""), (2, "too_many_pins")):
        product = make_product(producer=host.producer)
        make_offer(product)
        if code:
            refused(code, services.pin, user, session.code, version, product.code)
        else:
            services.pin(user, session.code, version, product.code)
    assert session.pins.count() == 1
