"""Combos in a session: its page and feeds, what it brings, what the host sees of it, and the voucher that leaves them
alone."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos.models import Combo
from catalog.livestreams import services, signals
from catalog.livestreams.models import COMBO, Livestream
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.livestreams.vouchers.services import set_voucher
from catalog.offers.models import Offer
from catalog.people.models import User
from storefront.basket.models import Basket
from storefront.basket.services import see
from storefront.livestreams.attribution import AFTER, NAME
from storefront.livestreams.figures import Sums, figures
from storefront.livestreams.models import BasketOrigin, BoxOrigin, LivestreamVisits, OrderOrigin, Phase
from storefront.livestreams.vouchers import enter
from storefront.orders.models import Method, Order, OrderBox, OrderLine, State
from tests.catalog.livestreams.making import MINUTE, make_host, on_air
from tests.deploy.test_query_budgets import make_order
from tests.embedded_server import Api
from tests.factories import make_combo, make_offer, make_packaging, make_product, make_sale_point, make_warehouse
from tests.storefront.livestreams.test_attribution import browser
from tests.storefront.world import box_at, on_sale, open_point, order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was told a second ago is asked anew."""
    monkeypatch.setattr(signals, "FRESH", 0.0)


@pytest.fixture
def host() -> User:
    return make_host()[0]


@pytest.fixture
def show(host: User) -> Livestream:
    return on_air(host)


def gift(show: Livestream, user: User, **facts: object) -> tuple[Combo, Offer, Offer]:
    """A pinned combo of the host's own coffee and another's tea: 2 × 100,000 + 50,000, 20 % off, in a box at 25,000."""
    own = make_offer(make_product("Cà phê", producer=show.host.producer), price=100_000)
    other = make_offer(make_product("Trà"), price=50_000)
    combo = make_combo((own, 2), (other, 1), **{"title": "Quà sáng", "percent": 20, **facts})  # type: ignore[arg-type]
    pin(show, user, f"{COMBO}{combo.code}")
    return combo, own, other


def pin(show: Livestream, user: User, key: str) -> None:
    show.refresh_from_db()
    services.pin(user, show.code, show.version, key)


def revoke(offer: Offer) -> None:
    SourceRecord.objects.filter(product=offer.product).update(status=Status.REVOKED)
    refresh_gate([offer.product_id])


def page(client: Client, show: Livestream) -> str:
    return client.get(show.get_absolute_url()).content.decode()


def told(client: Client, show: Livestream) -> list[str]:
    answer = client.get(reverse("livestream_events", args=[show.code])).content.decode()
    pins: list[str] = json.loads(next(line[6:] for line in answer.split("\n") if line.startswith("data: ")))["pins"]
    return pins


def put(client: Client, combo: Combo, show: Livestream | None = None, **more: object) -> None:
    """Press "buy" on the session's page, or on the combo's."""
    client.post(reverse("basket_add_box"), {"combo": combo.code, **({"phien": show.code} if show else {}), **more})


def follow(client: Client, combo: Combo, show: Livestream) -> str:
    return client.get(f"{combo.get_absolute_url()}?phien={show.code}").content.decode()


def origins() -> list[tuple[str, str]]:
    """(session, phase) of the boxes that lie in baskets."""
    rows = BoxOrigin.objects.exclude(box=None).select_related("livestream")
    return [(row.livestream.code, row.phase) for row in rows.order_by("pk")]


class TestPages:
    def test_the_sessions_page_shows_and_sells_it(self, show: Livestream, host: User, client: Client) -> None:
        combo, _own, _other = gift(show, host)
        text = page(client, show)
        assert f'data-pin="combo-{combo.code}"' in text
        assert f'data-pins="combo-{combo.code}"' in text
        for said in ("Quà sáng", "2 món · 2 chủ thể", "225.000", "rẻ hơn mua lẻ 25.000", "Mua combo"):
            assert said in text
        assert f"{combo.get_absolute_url()}?phien={show.code}" in text
        english = client.get(f"/en{show.get_absolute_url()}").content.decode()
        for said in ("Products and combos of this session", "Buy the combo", "2 producers"):
            assert said in english

    def test_of_one_to_choose_from_the_page_leads_to_the_choice(
        self, show: Livestream, host: User, client: Client
    ) -> None:
        combo, _own, _other = gift(show, host, kind="choose", choose=2, percent=0)
        text = page(client, show)
        assert f'{combo.get_absolute_url()}?phien={show.code}#mua"' in text
        assert reverse("basket_add_box") not in text

    def test_a_part_that_is_revoked_takes_it_off_everywhere(self, show: Livestream, host: User, client: Client) -> None:
        combo, _own, other = gift(show, host)
        assert told(client, show) == [f"combo-{combo.code}"]
        assert show.title in client.get(combo.get_absolute_url()).content.decode()
        [feed] = client.get(reverse("livestreams_json")).json()["livestreams"]
        assert [(one["kind"], one["code"], one["price"]) for one in feed["pins"]] == [("combo", combo.code, 225_000)]

        revoke(other)

        assert told(client, show) == []
        assert "Quà sáng" not in page(client, show)
        assert show.title not in client.get(combo.get_absolute_url()).content.decode()
        assert client.get(reverse("livestreams_json")).json()["livestreams"][0]["pins"] == []

        SourceRecord.objects.filter(product=other.product).update(status=Status.VALID)
        refresh_gate([other.product_id])
        assert told(client, show) == [f"combo-{combo.code}"]
        assert "Quà sáng" in page(client, show)

    def test_what_was_stopped_has_no_pins_in_the_feed(self, show: Livestream, host: User, client: Client) -> None:
        gift(show, host)
        Livestream.objects.filter(pk=show.pk).update(stopped_at=clock.now())
        assert client.get(reverse("livestreams_json")).json()["livestreams"][0]["pins"] == []

    def test_the_replay_tells_when_it_is_spoken_of(self, show: Livestream, host: User, client: Client) -> None:
        combo, _own, _other = gift(show, host)
        show.refresh_from_db()
        services.end(host, show.code, show.version)
        services.set_replay(host, show.code, show.version + 1, show.url)
        services.arrange(host, show.code, show.version + 2, [(f"combo-{combo.code}", 754)])
        text = page(client, show)
        assert "&amp;t=754s" in text
        assert "12:34" in text
        assert client.get(reverse("livestreams_json")).json()["livestreams"][0]["pins"][0]["offset"] == 754

    def test_the_badge_is_that_of_a_session_that_is_on(self, show: Livestream, host: User, client: Client) -> None:
        combo, _own, _other = gift(show, host)
        unpinned = make_combo((make_offer(make_product()), 1))
        assert "Đang phát" in client.get(combo.get_absolute_url()).content.decode()
        assert "Đang phát" not in client.get(unpinned.get_absolute_url()).content.decode()
        Livestream.objects.filter(pk=show.pk).update(over_at=clock.now() - MINUTE)
        assert "Đang phát" not in client.get(combo.get_absolute_url()).content.decode()


class TestEditor:
    def edit(self, client: Client, user: User, show: Livestream, **asked: str) -> str:
        client.force_login(user)
        return client.get(reverse("live_host_session", args=[show.code]), asked).content.decode()

    @pytest.mark.parametrize("words", ["qua sang", "QUÀ SÁNG", "sang qua", "sán"])
    def test_it_finds_combos_without_accents(self, show: Livestream, host: User, client: Client, words: str) -> None:
        combo, own, _other = gift(show, host)
        show.pins.all().delete()
        option = f'<option value="combo-{combo.code}">Quà sáng</option>'
        text = self.edit(client, host, show, tim=words)
        assert option in text
        assert text.count('id="tim"') == 1  # the header's
        assert f'<option value="{own.product.code}"' not in text
        assert option in self.edit(client, host, show)
        nothing = self.edit(client, host, show, tim="không có gì như thế")
        assert "Không có sản phẩm hay combo nào ghim được" in nothing
        assert "<option" not in nothing

    def test_it_is_pinned_arranged_and_taken_off_by_the_page(
        self, show: Livestream, host: User, client: Client
    ) -> None:
        combo, own, _other = gift(show, host)
        show.pins.all().delete()
        client.force_login(host)

        def act(action: str, **data: object) -> int:
            show.refresh_from_db()
            posted = {"action": action, "version": show.version, **data}
            return client.post(reverse("live_host_act", args=[show.code]), posted).status_code

        assert act("pin", pin=f"combo-{combo.code}") == 302
        assert act("pin", pin="combo-0000000") == 404
        assert act("pin", pin="") == 404
        assert act("arrange", pin=[f"combo-{combo.code}"], place=["1"], offset=["2:05"]) == 302
        assert [(one.combo, one.offset) for one in show.pins.all()] == [(combo, 125)]
        text = self.edit(client, host, show)
        assert f'<option value="combo-{combo.code}"' not in text  # it is pinned
        assert "Không hiện lúc này" not in text
        own.stocks.update(reserved=10)
        assert "Không hiện lúc này" in self.edit(client, host, show)
        taken = {"take-off": [f"combo-{combo.code}"]}
        assert act("arrange", pin=[f"combo-{combo.code}"], place=["1"], offset=[""], **taken) == 302
        assert not show.pins.exists()
        assert act("pin", pin=f"combo-{combo.code}") == 409  # sold out


class TestAttribution:
    def test_the_button_of_the_sessions_page_tells_where_it_comes_from(self, show: Livestream, host: User) -> None:
        combo, _own, _other = gift(show, host)
        client = browser()
        put(client, combo, show)
        put(client, combo, show)
        assert origins() == [(show.code, Phase.DURING)]
        [row] = BoxOrigin.objects.all()
        box = Basket.objects.get().boxes.get()
        assert (row.basket_id, row.box_id, row.combo, box.quantity) == (box.basket_id, box.pk, combo, 2)

    def test_so_does_a_link_to_the_combo_and_its_visit_counts(self, show: Livestream, host: User) -> None:
        combo, _own, _other = gift(show, host)
        client = browser()
        assert reverse("livestream_visit", args=[show.code]) in follow(client, combo, show)
        client.get(reverse("livestream_visit", args=[show.code]))
        put(client, combo)
        assert origins() == [(show.code, Phase.DURING)]
        assert LivestreamVisits.objects.get().count == 1

    @pytest.mark.parametrize(("after", "phase"), [(10 * MINUTE, Phase.AFTER), (AFTER + MINUTE, None)])
    def test_shortly_after_counts_and_later_not(
        self, show: Livestream, host: User, after: object, phase: Phase | None
    ) -> None:
        combo, _own, _other = gift(show, host)
        Livestream.objects.filter(pk=show.pk).update(over_at=clock.now() - after)  # type: ignore[operator]
        put(browser(), combo, show)
        assert [row[1] for row in origins()] == ([phase] if phase else [])
        assert Basket.objects.get().boxes.count() == 1

    @pytest.mark.parametrize("code", ["0000000", "x", "' OR 1=1", "\x00", "é" * 40])
    def test_an_unknown_session_is_ignored_in_silence(self, show: Livestream, host: User, code: str) -> None:
        combo, _own, _other = gift(show, host)
        put(browser(), combo, phien=code)
        assert origins() == []
        assert Basket.objects.get().boxes.count() == 1

    def test_only_what_is_pinned_there_and_no_box_of_ones_own(self, show: Livestream, host: User) -> None:
        _combo, own, _other = gift(show, host)
        loose, client = make_combo((own, 1)), browser()
        put(client, loose, show)
        follow(client, loose, show)
        assert NAME not in client.cookies
        box = make_packaging()
        client.post(
            reverse("basket_add_box"),
            {"packaging": box.code, f"pieces-{own.external_reference}": "1", "phien": show.code},
        )
        assert Basket.objects.get().boxes.count() == 2
        assert origins() == []

    def test_the_last_session_counts_and_what_is_put_in_anew_comes_from_nowhere(
        self, show: Livestream, host: User
    ) -> None:
        combo, _own, _other = gift(show, host)
        later = on_air(host)
        pin(later, host, f"{COMBO}{combo.code}")
        client = browser()
        put(client, combo, show)
        put(client, combo, later)
        assert origins() == [(later.code, Phase.DURING)]
        assert BoxOrigin.objects.count() == 2  # that it lay in a basket of the first is still counted

        box = Basket.objects.get().boxes.get()
        client.post(reverse("basket_remove"), {"box": box.pk})
        put(client, combo)
        assert Basket.objects.get().boxes.get().pk not in BoxOrigin.objects.values_list("box", flat=True)

    def test_the_orders_lines_keep_it_and_the_figures_tell_the_combo(self, saleor: Api, host: User) -> None:
        show, point = on_air(host), open_point()
        coffee = on_sale(make_product("Cà phê", producer=show.host.producer), price=100_000)
        tea = on_sale(make_product("Trà"), price=50_000)
        combo = make_combo((coffee, 2), (tea, 1), percent=20, packaging=box_at(point))
        for key in (f"{COMBO}{combo.code}", coffee.product.code):
            pin(show, host, key)
        client = browser()
        put(client, combo, show, quantity="3")
        client.get(f"{coffee.product.get_absolute_url()}?phien={show.code}")
        client.post(reverse("basket_add"), {"offer": coffee.external_reference})

        placed = order(Basket.objects.get())

        assert OrderOrigin.objects.filter(order_line__box__combo=combo, livestream=show).count() >= 2
        assert OrderOrigin.objects.count() == placed.lines.count()
        found = figures(show)
        assert [(row.name, row.whole) for row in found.rows] == [
            (combo.title, Sums(1, 1, 3, 480_000)),  # 3 × 2 × 100,000, less 20 %
            ("Cà phê", Sums(1, 1, 1, 100_000)),
        ]
        assert found.whole == Sums(1, 1, 4, 580_000)


def boxed(
    show: Livestream, combo: Combo, boxes: int, placed: Order, phase: Phase = Phase.DURING, *, price: int = 80
) -> OrderBox:
    """Boxes of an order that were born from the session: a line of each part at so much of a hundred of its price."""
    number = OrderBox.objects.count()
    facts = {"packaging_name": "Hộp", "packaging_price": 25_000, "sale_point": combo.packaging.sale_point}
    box = OrderBox.objects.create(
        order=placed, saleor_id=f"B{number}", combo=combo, packaging=combo.packaging, title="x", quantity=boxes, **facts
    )
    for part in combo.parts.all():
        pieces, unit = part.quantity * boxes, part.offer.price * price // 100
        line = OrderLine.objects.create(
            order=placed, box=box, saleor_id=f"L{OrderLine.objects.count()}", offer=part.offer,
            product=part.offer.product, producer=part.offer.product.producer, name="x", pack="x", quantity=pieces,
            unit_price=unit, total=unit * pieces, star=3, certificate={},
        )  # fmt: skip
        OrderOrigin.objects.create(order_line=line, livestream=show, phase=phase)
    return box


def sent(number: int, **facts: object) -> Order:
    return make_order(None, number, method=Method.DELIVERY, **facts)  # type: ignore[arg-type]


class TestFigures:
    def test_a_producer_sees_boxes_and_its_share_once(self, show: Livestream, host: User) -> None:
        combo, own, _other = gift(show, host)
        pin(show, host, own.product.code)
        boxed(show, combo, 3, sent(1))
        boxed(show, combo, 1, sent(2), Phase.AFTER)
        baskets = [Basket.objects.create() for _ in range(2)]
        for basket in (*baskets, baskets[0]):
            BoxOrigin.objects.create(
                livestream=show, combo=combo, basket=basket, phase=Phase.DURING, put_at=clock.now()
            )
        BasketOrigin.objects.create(
            livestream=show, basket=baskets[0], offer=own, phase=Phase.DURING, put_at=clock.now()
        )

        found = figures(show)

        assert [(row.name, row.by_phase["during"], row.by_phase["after"]) for row in found.rows] == [
            ("Quà sáng", Sums(2, 1, 3, 480_000), Sums(0, 1, 1, 160_000)),
            ("Cà phê", Sums(1, 0, 0, 0), Sums()),
        ]
        assert found.by_phase == {"during": Sums(2, 1, 3, 480_000), "after": Sums(0, 1, 1, 160_000)}
        assert found.whole == Sums(2, 2, 4, 640_000)

    def test_who_packs_sees_the_whole_price_and_of_the_rest_boxes_only(self) -> None:
        point = make_sale_point()
        user, _ = make_host(point)
        show = on_air(user)
        offers = []
        for product in (make_product("A"), make_product("B")):
            store = make_warehouse(producer=product.producer)
            offers.append(make_offer(product, price=100_000, stocks={point.warehouse: 9, store: 9}))
        packed = make_combo(*((one, 1) for one in offers), packaging=make_packaging(point), title="Của điểm")
        elsewhere = make_combo(*((one, 1) for one in offers), title="Nơi khác đóng")
        for combo in (packed, elsewhere):
            pin(show, user, f"{COMBO}{combo.code}")
        boxed(show, packed, 2, sent(1))
        boxed(show, packed, 1, make_order(point, 2))
        boxed(show, elsewhere, 4, sent(3))

        found = figures(show)

        assert [(row.name, row.whole) for row in found.rows] == [
            ("Của điểm", Sums(0, 2, 3, 3 * (2 * 80_000 + 25_000))), ("Nơi khác đóng", Sums()),
        ]  # fmt: skip
        assert found.whole == Sums(0, 2, 3, 555_000)
        assert found.sent == 4

    @pytest.mark.parametrize("state", [State.CANCELLED, State.CANCELLING])
    def test_cancelled_orders_leave(self, show: Livestream, host: User, state: State) -> None:
        combo, _own, _other = gift(show, host)
        boxed(show, combo, 1, sent(1, state=state))
        assert figures(show).whole == Sums()

    def test_a_part_that_is_stopped_stops_its_box(self, show: Livestream, host: User) -> None:
        combo, _own, other = gift(show, host)
        boxed(show, combo, 1, sent(1))
        boxed(show, combo, 2, sent(2))
        OrderLine.objects.filter(order__number="1", offer=other).update(stopped="revoked")
        assert figures(show).whole == Sums(0, 1, 2, 320_000)

    def test_what_is_not_pinned_any_more_is_still_told(self, show: Livestream, host: User) -> None:
        combo, _own, _other = gift(show, host)
        boxed(show, combo, 1, sent(1))
        show.pins.all().delete()
        assert [(row.name, row.whole.pieces) for row in figures(show).rows] == [("Quà sáng", 1)]

    def test_pages_and_table(self, show: Livestream, host: User, client: Client) -> None:
        combo, _own, _other = gift(show, host, title="=Quà sáng")
        boxed(show, combo, 2, sent(77123))
        client.force_login(host)
        text = client.get(reverse("live_host_figures", args=[show.code])).content.decode()
        assert "320.000" in text
        assert "phần của bạn trong hộp" in text
        table = client.get(reverse("live_host_csv", args=[show.code])).content.decode("utf-8-sig")
        head, row, whole = csv.reader(io.StringIO(table))
        assert head[4] == "Trong phiên: Gói, hộp"
        assert row == ["Combo: =Quà sáng", combo.code, "0", "1", "2", "320000", "0", "0", "0", "0"]
        assert whole[2:] == row[2:]
        assert "77123" not in text + table


class TestVoucher:
    def voucher(self, user: User, show: Livestream) -> LivestreamVoucher:
        show.refresh_from_db()
        set_voucher(user, show.code, show.version, percent=50, most=3, grace=30)
        return LivestreamVoucher.objects.get()

    def test_it_leaves_the_combo_alone(self, show: Livestream, host: User, client: Client) -> None:
        combo, own, _other = gift(show, host)
        pin(show, host, own.product.code)
        voucher, buyer = self.voucher(host, show), browser()
        put(buyer, combo, show)
        basket = Basket.objects.get()
        assert "Mã giảm giá sản phẩm lẻ" not in buyer.get(reverse("basket")).content.decode()  # nowhere to enter one
        buyer.post(reverse("basket_add"), {"offer": own.external_reference})
        enter(basket, voucher.code)

        view = see(basket)

        assert [box.total for box in view.boxes] == [225_000]
        assert [line.total for line in view.lines] == [50_000]
        assert "Mã giảm giá sản phẩm lẻ" in buyer.get(reverse("basket")).content.decode()
        assert "Không giảm combo" in page(client, show)
        client.force_login(host)
        assert "Không giảm combo" in client.get(reverse("live_host_session", args=[show.code])).content.decode()

    def test_a_basket_with_the_combo_alone_has_nothing_for_it(self, show: Livestream, host: User) -> None:
        combo, _own, _other = gift(show, host)
        voucher, buyer = self.voucher(host, show), browser()
        put(buyer, combo, show)
        said = buyer.post(reverse("basket_voucher"), {"ma": voucher.code}, follow=True).content.decode()
        assert "chưa có sản phẩm nào của phiên" in said
        assert see(Basket.objects.get()).subtotal == 225_000
