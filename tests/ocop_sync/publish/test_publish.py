"""Publishing to a real server: only what changed, delistings first, nothing twice, nothing left behind."""

import threading
from datetime import timedelta
from typing import Any

import httpx
import pytest

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.outbox.models import OutboxRow
from catalog.products.models import Product
from catalog.saleor.client import Saleor, SaleorUnavailable, client
from catalog.saleor.generated.fragments import PublishedFields
from ocop_sync.publish import run, sending, services
from ocop_sync.publish.models import Publication
from ocop_sync.publish.payload import content, content_hash
from ocop_sync.publish.services import PublisherBusy, publish_all, publish_codes, publish_due
from tests.embedded_server import Api
from tests.factories import add_recognition, make_product
from tests.holding import held_by_another

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("saleor")]


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PAUSES", (0.01, 0.01))


def held(product: Product) -> PublishedFields:
    """The product as Saleor holds it."""
    found = sending.find(client(), product.code)
    assert found
    return found


def on_shelf(product: Product) -> bool:
    """Is it on Saleor's shelf?"""
    return sending.is_published(held(product))


def values(product: Product) -> dict[str, list[tuple[str | None, str | None, Any]]]:
    """Saleor's attribute values by the attribute's reference."""
    return {
        one.attribute.external_reference or "": [(v.external_reference, v.plain_text, v.date) for v in one.values]
        for one in held(product).attributes
    }


def revoke(product: Product) -> None:
    """Its only decision is revoked."""
    SourceRecord.objects.filter(product=product).update(status=Status.REVOKED, revoked_on=clock.today())
    refresh_gate([product.pk])
    product.refresh_from_db()


def test_only_what_the_gate_allows_is_made_and_a_repeat_sends_nothing() -> None:
    listed, expired = make_product(commune_code="24787"), make_product(issued_on=clock.today() - timedelta(days=2000))

    first, second = publish_due(), publish_all()

    assert (first.created, first.refused) == (1, {})
    assert not OutboxRow.objects.filter(topic="publish").exists()
    assert (second.unchanged, second.created, second.updated) == (2, 0, 0)
    assert on_shelf(listed)
    assert sending.find(client(), expired.code) is None
    assert held(listed).hash == content_hash(content(listed))


def test_a_fact_that_is_no_longer_known_is_cleared() -> None:
    product = make_product(commune_code="24787")
    publish_all()
    assert values(product)["ocop-group"][0][0] == "set-13"

    Product.objects.filter(pk=product.pk).update(set_no=None, commune_code="", name="Tên mới")
    report = publish_codes([product.code])

    assert (report.updated, report.created) == (1, 0)
    told = values(product)
    assert (told["ocop-group"], told["ocop-commune"]) == ([], [])
    assert held(product).name == "Tên mới"


def test_a_revoked_certificate_leaves_the_shelf_and_returns_with_a_new_one() -> None:
    product, other = make_product(), make_product()
    publish_due()

    revoke(product)
    report = publish_due()
    assert (report.delisted, report.updated) == (1, 0)
    assert not on_shelf(product)
    assert on_shelf(other)

    add_recognition(product, star=4, issued_on=clock.today() - timedelta(days=1))
    report = publish_due()
    assert (report.updated, report.relisted, report.created) == (1, 1, 0)
    assert on_shelf(product)
    assert values(product)["ocop-star"][0][0] == "star-4"


def test_what_expired_at_midnight_is_taken_off_without_anybody_announcing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    product = make_product()
    publish_due()
    after = product.listable_until + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: after)

    assert publish_due().delisted == 1
    assert not on_shelf(product)
    assert publish_due().delisted == 0


def test_delistings_go_before_everything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, changed = make_product(), [make_product() for _ in range(9)]
    publish_due()
    sent: list[run.Lane] = []
    send = run.Run._send
    monkeypatch.setattr(run.Run, "_send", lambda self, request: (sent.append(request.lane), send(self, request))[1])

    Product.objects.filter(pk__in=[p.pk for p in changed]).update(name="Đổi tên")
    fresh = make_product()
    revoke(gone)
    report = publish_all()

    assert (report.delisted, report.updated, report.created) == (1, 9, 1)
    assert sent[0] is run.Lane.DELIST
    assert sent[-1] is run.Lane.CREATE
    assert on_shelf(fresh)


def test_a_certificate_revoked_while_the_publisher_works_is_not_kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is revoked after the plan was made and while changes are in flight."""
    monkeypatch.setattr(run, "LOOK_FOR_DELISTINGS", 0.0)
    products = [make_product() for _ in range(60)]
    publish_due()
    Product.objects.update(name="Đổi tên")
    chosen: list[run.Lane] = []
    next_of, settle = run.Run._next, run.Run._settle

    def choosing(self: run.Run) -> run.Request | None:
        if request := next_of(self):
            chosen.append(request.lane)
        return request

    def settling(self: run.Run, future: Any) -> None:
        if run.Lane.DELIST not in chosen:
            revoke(products[-1])
        settle(self, future)

    monkeypatch.setattr(run.Run, "_next", choosing)
    monkeypatch.setattr(run.Run, "_settle", settling)
    report = publish_all()

    assert report.delisted == 1
    assert not on_shelf(products[-1])
    assert run.Lane.UPDATE in chosen[chosen.index(run.Lane.DELIST) :]


def test_what_a_killed_publisher_made_is_adopted() -> None:
    """It wrote ahead, sent, and died before it heard the answer."""
    products = [make_product() for _ in range(3)]
    publish_due()
    Publication.objects.update(saleor_id="", content_hash="")

    report = publish_all()

    assert (report.adopted, report.created, report.refused) == (3, 0, {})
    assert Publication.objects.exclude(saleor_id="").exclude(content_hash="").count() == 3
    assert publish_all().unchanged == 3
    assert all(on_shelf(product) for product in products)


def test_what_a_killed_publisher_made_does_not_stay_on_the_shelf_when_it_was_revoked_since() -> None:
    product = make_product()
    publish_due()
    Publication.objects.update(saleor_id="", content_hash="")
    revoke(product)

    report = publish_due()

    assert (report.adopted, report.delisted) == (1, 1)
    assert not on_shelf(product)


def test_a_making_that_may_still_land_is_looked_for_again() -> None:
    product = make_product()
    ahead = Publication.objects.create(code=product.code, saleor_id="", is_published=True, unheard_since=clock.now())
    revoke(product)

    publish_due()
    assert Publication.objects.filter(pk=ahead.pk).exists()

    Publication.objects.update(unheard_since=clock.now() - timedelta(minutes=5))
    publish_due()
    assert not Publication.objects.filter(pk=ahead.pk).exists()


def test_a_change_that_a_killed_publisher_sent_is_sent_again() -> None:
    product = make_product()
    publish_due()
    Publication.objects.update(content_hash="")

    assert publish_all().updated == 1
    assert held(product).hash == content_hash(content(product))


def long_ago() -> None:
    """Nothing that was sent can still land."""
    Publication.objects.update(unheard_since=clock.now() - run.LANDED_AFTER - timedelta(seconds=1))


@pytest.mark.parametrize("reached", [True, False], ids=["reached", "lost"])
@pytest.mark.parametrize("lane", ["delisting", "relisting"])
def test_a_listing_that_a_killed_publisher_sent_is_sent_again(
    lane: str, reached: bool, monkeypatch: pytest.MonkeyPatch, saleor: Api
) -> None:
    """Whether it came to Saleor or not, nobody heard the answer; in the end the gate's word holds."""
    product = make_product()
    publish_due()
    until = product.listable_until
    revoke(product)
    if lane == "relisting":
        publish_due()
        Product.objects.filter(pk=product.pk).update(blocked="", listable_until=until)
    with monkeypatch.context() as patch:
        through(patch, saleor, lambda n, body: ("after" if reached else "before") if "mutation" in body else "")
        with pytest.raises(SaleorUnavailable):
            publish_all()

    Product.objects.filter(pk=product.pk).update(blocked="", listable_until=until)
    assert publish_all().refused.keys() == {product.code}
    assert on_shelf(product)
    long_ago()
    assert publish_all().relisted == 1
    assert publish_all().unchanged == 1
    revoke(product)
    publish_all()
    assert not on_shelf(product)


def test_a_request_that_lands_after_its_successor_has_not_the_last_word(
    monkeypatch: pytest.MonkeyPatch, saleor: Api
) -> None:
    """It waited in Saleor behind longer work, while its publisher was killed and the next one came by."""
    shown, hidden = make_product(), make_product()
    publish_due()
    revoke(hidden)
    publish_due()
    until = shown.listable_until
    Product.objects.filter(pk=hidden.pk).update(blocked="", listable_until=until)
    revoke(shown)
    held_up: list[str] = []
    with monkeypatch.context() as patch:
        through(patch, saleor, lambda n, body: "before" if "mutation" in body and not held_up.append(body) else "")
        with pytest.raises(SaleorUnavailable):
            publish_all()

    Product.objects.filter(pk=shown.pk).update(blocked="", listable_until=until)
    revoke(hidden)
    publish_all()
    assert (on_shelf(shown), on_shelf(hidden)) == (True, False)
    headers = {"Authorization": f"Bearer {saleor.token}", "Content-Type": "application/json"}
    for body in dict.fromkeys(held_up):
        httpx.post(saleor.url, content=body.encode(), headers=headers).raise_for_status()
    assert (on_shelf(shown), on_shelf(hidden)) == (False, True)

    publish_all()
    assert (on_shelf(shown), on_shelf(hidden)) == (True, False)
    long_ago()
    publish_all()
    assert publish_all().refused == {}
    assert (on_shelf(shown), on_shelf(hidden)) == (True, False)
    assert not Publication.objects.exclude(unheard_since=None).exists()


def test_a_change_that_is_heard_says_nothing_about_the_shelf(monkeypatch: pytest.MonkeyPatch, saleor: Api) -> None:
    """After a delisting that nobody heard of, the next publisher dies between its change and its listing."""
    product = make_product()
    publish_due()
    until = product.listable_until
    revoke(product)
    with monkeypatch.context() as patch:
        through(patch, saleor, lambda n, body: "after" if "mutation" in body else "")
        with pytest.raises(SaleorUnavailable):
            publish_all()
    long_ago()
    Product.objects.filter(pk=product.pk).update(blocked="", listable_until=until)
    with monkeypatch.context() as patch:
        patch.setattr(run.Run, "_relisting", lambda self, codes: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish_all()
    assert not on_shelf(product)

    publish_all()
    assert on_shelf(product)


def test_a_product_deleted_in_saleor_is_made_again(saleor: Api) -> None:
    product = make_product()
    publish_due()
    Publication.objects.update(saleor_id="UHJvZHVjdDo5OTk5OTk5", content_hash="")
    saleor.post("mutation($r: String!) { productUpdate(externalReference: $r, "
                "input: {externalReference: \"elsewhere\", slug: \"elsewhere\"}) { errors { message } } }",
                {"r": product.code})  # fmt: skip

    report = publish_all()

    assert (report.created, report.refused) == (1, {})
    assert on_shelf(product)


def test_a_refused_product_is_told_and_comes_back_later(saleor: Api) -> None:
    product, fine = make_product(), make_product()
    slug = content(product)["slug"]
    saleor.post("mutation($r: String!, $s: String!) { productUpdate(externalReference: $r, input: {slug: $s}) "
                "{ errors { message } } }", {"r": _strange(saleor), "s": slug})  # fmt: skip

    report = publish_due()

    assert list(report.refused) == [product.code]
    assert on_shelf(fine)
    row = OutboxRow.objects.get(topic="publish")
    assert (row.key, row.attempts) == (product.code, 1)
    assert row.available_at > clock.now()
    assert row.last_error


def _strange(saleor: Api) -> str:
    """A product that somebody else made."""
    stranger = make_product()
    publish_codes([stranger.code])
    Publication.objects.filter(code=stranger.code).delete()
    OutboxRow.objects.filter(key=stranger.code).delete()
    Product.objects.filter(pk=stranger.pk).update(blocked="suspended")
    return stranger.code


class Line(httpx.BaseTransport):
    """A line to the real server that fails as told: `fail(nth, body)` before or after the request was passed on."""

    def __init__(self, fail: Any) -> None:
        self.inner, self.fail, self.count = httpx.HTTPTransport(), fail, 0
        self.lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.content.decode()
        with self.lock:
            self.count += "query Probe" not in body
            number = self.count
        what = self.fail(number, body)
        if what == "before":
            raise httpx.ReadError("cut")
        response = self.inner.handle_request(request)
        if what == "after":
            response.read()
            raise httpx.ReadError("cut")
        if what == "500":
            response.read()
            return httpx.Response(500, json={"errors": [{"message": "Internal Server Error"}]})
        return response


def through(monkeypatch: pytest.MonkeyPatch, saleor: Api, fail: Any) -> Line:
    """Let the publisher speak over such a line."""
    line = Line(fail)
    api = Saleor(saleor.url, saleor.token, transport=line, pauses=())
    monkeypatch.setattr(services, "client", lambda: api)
    return line


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_answer_that_is_lost_changes_nothing_in_the_end(when: str, monkeypatch: Any, saleor: Api) -> None:
    products = [make_product() for _ in range(5)]
    through(monkeypatch, saleor, lambda n, body: when if n % 2 and "mutation" in body else "")

    publish_due()
    Product.objects.update(name="Đổi tên")
    revoke(products[0])
    publish_all()
    publish_due()

    assert [on_shelf(product) for product in products] == [False, True, True, True, True]
    assert {held(product).name for product in products[1:]} == {"Đổi tên"}
    assert publish_all().unchanged == 5


def test_a_saleor_that_stays_silent_leaves_every_row_due(monkeypatch: pytest.MonkeyPatch, saleor: Api) -> None:
    products = [make_product() for _ in range(3)]
    with monkeypatch.context() as patch:
        through(patch, saleor, lambda n, body: "before" if "mutation" in body else "")
        with pytest.raises(SaleorUnavailable):
            publish_due()
    assert OutboxRow.objects.filter(topic="publish").count() == 3

    assert publish_due().created == 3
    assert all(on_shelf(product) for product in products)


def test_a_row_that_saleor_stumbles_over_is_found_and_the_others_are_made(monkeypatch: Any, saleor: Api) -> None:
    products = [make_product() for _ in range(7)]
    bad = products[3].code
    through(monkeypatch, saleor, lambda n, body: "500" if bad in body and "CreateProducts" in body else "")

    report = publish_all()

    assert list(report.refused) == [bad]
    assert all(Publication.objects.filter(code=p.code).exists() for p in products if p.code != bad)


def test_one_publisher_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    make_product()
    with held_by_another("publish"):
        assert publish_due().created == 0
        assert OutboxRow.objects.filter(topic="publish").count() == 1
        monkeypatch.setattr(services, "PATIENCE", 0.1)
        with pytest.raises(PublisherBusy):
            publish_all()
    assert publish_due().created == 1
