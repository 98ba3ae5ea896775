"""How many questions each page asks the database: the same with 3 rows of everything as with 30.

Every address that answers GET has a line in `BUDGETS`; a new page without one fails here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from catalog import clock
from catalog.certificates.models import SourceRecord
from catalog.combos.models import Combo, ComboEvent, ComboPart
from catalog.livestreams import services as livestreams
from catalog.livestreams import signals
from catalog.livestreams.models import LiveHost, Livestream
from catalog.offers.models import Offer
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.producers.models import Producer, ProducerName
from catalog.products.models import Product
from catalog.quota.models import Quota
from catalog.reminders.models import Reminder
from catalog.reminders.services import confirm_token, stop_token
from catalog.reports.models import Report, ReportPhoto, private_storage
from catalog.salepoints.models import SalePoint
from catalog.search import services as search
from ocop_sync.configured.models import SourceSchedule
from ocop_sync.configured.services import due, sync_if_due
from ocop_sync.held.models import Action, Evidence
from ocop_sync.runs.models import Run, RunState
from storefront.basket import cookie
from storefront.basket.models import Basket, BasketBox, BasketLine
from storefront.orders.links import token_of
from storefront.orders.models import Method, Order, OrderBox, OrderLine
from tests.catalog.livestreams.making import HOUR, LINK, announced, make_host, moved, on_air
from tests.catalog.reminders.making import ask as remind
from tests.catalog.reports.making import make_report
from tests.catalog.warnings.making import ending_in
from tests.factories import (
    add_recognition,
    make_combo,
    make_offer,
    make_packaging,
    make_producer,
    make_product,
    make_sale_point,
    make_warehouse,
)
from tests.ocop_sync.configured.files import SOUND, write_sources
from tests.ocop_sync.held.making import decided, make_officer, record
from tests.ocop_sync.held.making import sync as sync_table
from tests.ocop_sync.tables import row, write
from tests.private_folder import private  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
FEW, MORE = 3, 27
# Asked by one who is buyer, producer, sale point's staff and officer at once. Every page but the suggestions asks two
# for the basket in its header, and those that ask who it is two for the session and the user.
BUDGETS = {
    "home": 14,
    "search": 11,
    "suggestions": 8,
    "ranking": 2,
    "product": 15,
    "producer": 14,
    "graphql": 3,
    "verify": 2,
    "verify_code": 6,
    "verify_qr": 0,
    "regions": 3,
    "province": 16,
    "livestreams": 4,
    "livestreams_calendar": 1,
    "livestreams_json": 9,
    "livestream": 13,
    "livestream_events": 9,
    "livestream_calendar": 1,
    "reminder": 3,
    "reminder_asked": 3,
    "reminder_confirm": 3,
    "reminder_stop": 3,
    "live_host": 8,
    "live_host_new": 6,
    "live_host_session": 31,
    "live_host_figures": 15,
    "live_host_csv": 15,
    "sale_points": 3,
    "policies": 2,
    "adult": 2,
    "report": 2,
    "report_state": 3,
    "basket": 18,
    "checkout": 18,
    "checkout_details": 18,
    "order": 8,
    "account": 6,
    "portal": 15,
    "portal_product": 11,
    "portal_orders": 11,
    "desk": 12,
    "desk_order": 13,
    "desk_box_label": 6,
    "box": 4,
    "officer": 10,
    "combo_maker": 19,
    "combo_maker_new": 8,
    "combo_maker_show": 15,
    "combo_maker_edit": 16,
    "desk_packagings": 10,
    "desk_packaging": 10,
    "desk_packaging_new": 7,
    "officer_combo": 13,
    "officer_combos": 13,
    "officer_evidence": 3,
    "officer_health": 20,
    "officer_held": 8,
    "officer_held_export": 5,
    "officer_held_record": 8,
    "officer_history": 10,
    "officer_live_host": 8,
    "officer_livestream": 16,
    "officer_livestreams": 7,
    "officer_programme": 10,
    "officer_programme_table": 8,
    "officer_report": 10,
    "officer_report_photo": 3,
    "officer_reports": 6,
    "officer_source_release": 7,
    "officer_sources": 10,
    "officer_synonym": 5,
    "officer_synonym_new": 5,
    "officer_synonym_version": 6,
    "officer_synonym_versions": 6,
    "officer_synonyms": 5,
    "officer_synonyms_export": 3,
    "officer_warnings": 9,
    "combos": 10,
    "combo": 11,
    "combo_build": 10,
    "combo_own": 8,
}
POSTED: dict[str, list[object]] = {  # with arguments
    "basket_add": [], "basket_add_box": [], "basket_update": [], "basket_remove": [], "order_cancel": ["x"],
    "portal_sent": [1], "portal_delivered": [1], "desk_pick": [1], "desk_hand_over": [1], "desk_pay": [1],
    "desk_box_pack": [1], "desk_box_send": [1], "desk_box_deliver": [1], "officer_held_act": [],
    "officer_held_record_act": [1], "officer_report_act": [1], "officer_source_run": [], "officer_synonyms_apply": [],
    "officer_synonyms_try": [], "live_host_act": ["0000000"], "officer_live_host_withdraw": [1],
    "officer_livestream_stop": ["0000000"], "basket_voucher": [], "combo_maker_act": ["0000000"],
    "officer_combo_act": ["0000000"],
}  # fmt: skip
ASKED = {
    "graphql": {"query": "{ products { edges { node { producer { name } offers { price } } } } }"},
    "combo_build": {"ngan-sach": "800k"},
    "search": {"q": "cà phê"}, "suggestions": {"q": "ca"}, "checkout_details": {"cach": "giao", "tinh": "68"},
    "officer_held": {"trang-thai": "tat-ca"}, "officer_reports": {"trang-thai": "tat-ca"},
}  # fmt: skip
# The account library's own; and what a page loads to be counted, which says nothing.
ELSEWHERE = {"account_login", "account_signup", "account_logout", "livestream_visit"}


def addresses() -> set[str]:
    """The names of all addresses of the pages; webhooks are told apart by their prefix."""

    def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLResolver):
                if str(one.pattern) != "hooks/":
                    yield from names(one.url_patterns)
            else:
                assert one.name, f"{one.pattern} has no name"
                yield one.name

    return set(names(get_resolver().url_patterns))


@dataclass
class World:
    """What the pages are about; `fill` adds rows of everything to it."""

    folder: Path
    user: User
    producer: Producer
    product: Product
    point: SalePoint
    basket: Basket
    order: Order
    report: Report
    run: Run
    show: Livestream
    proposal: Combo
    gift: Offer
    combo: Combo

    def asked(self, name: str) -> dict[str, object]:
        """What is asked of this page."""
        pieces = [f"{self.gift.external_reference}:1"]
        return {"hop": self.combo.packaging.code, "mon": pieces} if name == "combo_own" else dict(ASKED.get(name, {}))

    def arguments(self) -> dict[str, list[object]]:
        """The arguments of each address that takes some."""
        held = record()
        reminder = Reminder.objects.first()
        assert reminder
        return {
            "product": [self.product.slug, self.product.code],
            "producer": [self.producer.slug, self.producer.pk],
            "verify_code": [self.product.code],
            "verify_qr": [self.product.code],
            "province": ["lam-dong"],
            "combo": [self.combo.slug, self.combo.code],
            "report_state": [self.report.reference],
            "order": [token_of(self.order)],
            "livestream": [self.show.slug, self.show.code],
            "livestream_events": [self.show.code],
            "livestream_calendar": [self.show.code],
            "reminder": [self.show.code],
            "reminder_asked": [self.show.code],
            "reminder_confirm": [confirm_token(reminder)],
            "reminder_stop": [stop_token(reminder)],
            "live_host_session": [self.show.code],
            "officer_live_host": [self.show.host_id],
            "live_host_figures": [self.show.code],
            "live_host_csv": [self.show.code],
            "officer_livestream": [self.show.code],
            "portal_product": [self.product.code],
            "desk_order": [self.order.pk],
            "desk_box_label": [self.order.boxes.first().pk],  # type: ignore[union-attr]
            "box": [self.order.boxes.first().code],  # type: ignore[union-attr]
            "officer_evidence": [Evidence.objects.first().pk],  # type: ignore[union-attr]
            "combo_maker_show": [self.proposal.code],
            "combo_maker_edit": [self.proposal.code],
            "desk_packaging": [self.proposal.packaging.code],
            "officer_combo": [self.proposal.code],
            "officer_held_record": [held.pk],
            "officer_programme_table": ["tinh"],
            "officer_report": [self.report.pk],
            "officer_report_photo": [ReportPhoto.objects.first().pk],  # type: ignore[union-attr]
            "officer_source_release": [self.run.pk],
            "officer_history": [self.product.code],
            "officer_synonym": [1, 0],
            "officer_synonym_version": [1],
            "officer_synonyms_export": [1],
        }

    def client(self) -> Client:
        """The user's browser, with the basket."""
        client = Client()
        client.force_login(self.user)
        answer = client.get("/")
        cookie.remember(answer, self.basket)  # type: ignore[arg-type]
        client.cookies.update(answer.cookies)
        return client


def build(folder: Path) -> World:
    """One of everything."""
    producer = make_producer()
    product = make_product(producer=producer)
    point = make_sale_point()
    make_warehouse(producer=producer)
    user = make_officer()
    ProducerMember.objects.create(user=user, producer=producer)
    SalePointStaff.objects.create(user=user, sale_point=point)
    basket = Basket.objects.create()
    order = make_order(point, 0)
    sync_table(folder, [row(1, decision_number="")])
    name = private_storage().save("bang-chung.pdf", ContentFile(b"%PDF-1.7"))
    Evidence.objects.create(name=name, title="Quyết định", kind="pdf", size=8, by=user)
    write_sources(folder / "sources.toml", lich={**SOUND, "address": "theo-lich.csv"})
    for rows in (range(100, 110), range(100, 101)):  # the second run is stopped by the guard
        write(folder / "theo-lich.csv", [row(n) for n in rows])
        due()
        SourceSchedule.objects.update(available_at=clock.now() - timedelta(seconds=1))
        sync_if_due("lich")
    report = make_report(1, code=product.code)
    run = Run.objects.get(state=RunState.WAITING)
    make_host(producer)
    remind(announced(user))
    show = on_air(user)
    proposal = make_combo(
        (make_offer(make_product(producer=producer)), 1), packaging=make_packaging(point), producer=producer,
        approved_terms=None,
    )  # fmt: skip
    gift = make_offer(product, number=900)
    combo = make_combo((gift, 1), packaging=make_packaging(point, stock=99))
    return World(folder, user, producer, product, point, basket, order, report, run, show, proposal, gift, combo)


def make_order(point: SalePoint, number: int, **facts: object) -> Order:
    return Order.objects.create(
        saleor_id=f"O{number}", number=str(number), sale_point=point, buyer_name="An", phone="+84912345678",
        address={"street": "1 Lê Lợi", "commune": "Xã A", "province": "Lâm Đồng"}, consent_version="1",
        consent_at=clock.now(), subtotal=1, shipping=0, total=1, placed_at=clock.now(),
        read_at=clock.now(), **{"method": Method.PICKUP, **facts},
    )  # fmt: skip


def add_line(order: Order, offer: object, number: int) -> None:
    product = offer.product  # type: ignore[attr-defined]
    OrderLine.objects.create(
        order=order, saleor_id=f"L{number}", offer=offer, product=product, producer=product.producer, name="x",
        pack="x", quantity=1, unit_price=1, total=1, recognition=product.current, star=3,
        certificate={"decision": "1", "authority": "UBND", "issued_on": "2026-01-01", "until": "2029-01-01"},
    )  # fmt: skip


def add_boxes(world: World, offer: object, number: int) -> None:
    """A box in the basket, and one in the order with all its lines so far."""
    combo = make_combo((offer, 1), packaging=make_packaging(world.point))  # type: ignore[arg-type]
    BasketBox.objects.create(
        basket=world.basket, combo=combo, packaging=combo.packaging, key=str(number), quantity=1, price_seen=1
    )
    facts = {"packaging": combo.packaging, "sale_point": world.point, "packaging_name": "Hộp", "packaging_price": 1}
    box = OrderBox.objects.create(order=world.order, saleor_id=f"B{number}", title="Quà", quantity=1, **facts)
    add_line(world.order, offer, number * 10 + 3)
    first = world.order.boxes.first()
    OrderLine.objects.filter(saleor_id=f"L{number * 10 + 3}").update(box=first if number % 2 else box)


def add_proposal(world: World, offer: Offer, number: int) -> None:
    """A combo that waits for this producer, and goods in its own proposal."""
    other = make_offer(make_product())
    maker = other.product.producer
    waiting = make_combo((offer, 1), (other, 1), packaging=make_packaging(), producer=maker, approved_terms=None)
    waiting.agreements.filter(producer=world.producer).delete()
    ComboPart.objects.create(combo=world.proposal, offer=other, quantity=1, position=number)
    world.proposal.agreements.create(producer=maker, terms=1, parts={})
    ComboEvent.objects.create(combo=world.proposal, version=number, producer=maker, action="agreed")


def fill(world: World, start: int, many: int) -> None:
    """`many` rows more of everything."""
    sync_table(world.folder, [row(n, decision_number="") for n in range(1, start + many + 1)])
    for number in range(start + 1, start + many + 1):
        point = make_sale_point()
        offer = make_offer(world.product, number=number, stocks={world.point.warehouse: 9, point.warehouse: 9})
        other = make_product(producer=world.producer, star=5)
        own = make_offer(other)
        gift = make_combo((world.gift, 1), (own, 1), title=f"Quà cà phê {number}", packaging=world.combo.packaging)
        maker = make_producer()
        make_product(producer=maker, commune_code="24787")
        ending_in(number, today=clock.today(), producer=world.producer)
        add_recognition(world.product)
        ProducerName.objects.create(producer=world.producer, name=f"Tên cũ {number}", since=clock.today())
        BasketLine.objects.create(basket=world.basket, offer=own, quantity=1, price_seen=own.price)
        add_line(world.order, own, number * 10)
        add_boxes(world, own, number)
        add_proposal(world, own, number)
        order = make_order(world.point, number)
        add_line(order, offer, number * 10 + 1)
        add_line(make_order(world.point, 1000 + number, method=Method.DELIVERY), own, number * 10 + 2)
        make_report(1, address=f"198.51.100.{number}", code=world.product.code)
        Report.objects.filter(pk=Report.objects.latest("pk").pk).update(livestream=world.show)
        LiveHost.objects.create(producer=maker)
        world.show.refresh_from_db()
        pinned = other.code if number % 2 else f"combo-{gift.code}"
        livestreams.pin(world.user, world.show.code, world.show.version, pinned)
        Quota.objects.all().delete()  # an hour's limit on asking is no matter of this test
        remind(announced(world.user), f"u{number}@example.test")
        past = moved(on_air(world.user), -4 * HOUR)
        Livestream.objects.filter(pk=past.pk).update(replay_url=LINK)
        decided(Action.ASKED, record(f"Mứt dâu {number}"))
        SourceRecord.objects.filter(pk=record(f"Mứt dâu {number}").pk).update(product=world.product)
        Run.objects.create(source=world.run.source, state=RunState.FAILED, origin="x", digest="x",
                           as_of=clock.today() - timedelta(days=1))  # fmt: skip
    write_sources(world.folder / "sources.toml", lich={**SOUND, "address": "theo-lich.csv"},
                  **{f"s{n}": {**SOUND, "address": f"{n}.csv"} for n in range(start + many)})  # fmt: skip
    due()
    search.reindex()


@pytest.fixture
def world(tmp_path: Path, settings, private: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:  # noqa: F811
    monkeypatch.setattr(signals, "FRESH", 0.0)
    settings.SEARCH_INDEX_DIR, settings.SOURCES_FILE = tmp_path / "index", tmp_path / "sources.toml"
    search.engine.cache_clear()
    yield build(tmp_path)
    search.engine().close()
    search.engine.cache_clear()


def questions(world: World, name: str) -> int:
    """How many this page asks, once everything that a process remembers is remembered."""
    client, path = world.client(), reverse(name, args=world.arguments().get(name))
    asked = world.asked(name)
    client.get(path, asked)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, asked)
        b"".join(answer)  # what is streamed is asked for as well
    assert answer.status_code == 200, (name, answer.status_code, answer.get("Location"))
    return len(queries)


def test_every_address_has_its_budget_or_answers_no_get(client: Client) -> None:
    assert addresses() == BUDGETS.keys() | POSTED.keys() | ELSEWHERE
    client.force_login(make_officer())
    answers = {name: client.get(reverse(name, args=arguments)).status_code for name, arguments in POSTED.items()}
    assert answers == dict.fromkeys(POSTED, 405)


def test_pages_ask_as_much_with_many_rows_as_with_few(world: World) -> None:
    fill(world, 0, FEW)
    assert {name: questions(world, name) for name in BUDGETS} == BUDGETS

    fill(world, FEW, MORE)
    assert {name: questions(world, name) for name in BUDGETS} == BUDGETS
