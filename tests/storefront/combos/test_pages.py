"""What buyers see of combos: what can be had, why not, and boxes for a budget that can be changed and bought."""

import json
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos.models import Combo, ComboAgreement
from catalog.offers.models import Offer, OfferStock
from catalog.products.models import Product, Restriction
from tests.factories import make_combo, make_offer, make_packaging, make_producer, make_product, make_sale_point

pytestmark = pytest.mark.django_db


def text_of(answer: object) -> str:
    """The page as a reader gets it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def two_goods(**facts: object) -> tuple[Combo, Offer, Offer]:
    """Coffee of Lâm Đồng and honey of Đắk Lắk, 120,000 and 90,000 đ."""
    coffee = make_offer(make_product("Cà phê Cầu Đất"))
    honey = make_offer(
        make_product("Mật ong hoa cà phê", producer=make_producer(province_code="66"), set_no=4, branch=1), price=90_000
    )
    return make_combo((coffee, 1), (honey, 2), title="Quà cao nguyên", slug="qua-cao-nguyen", **facts), coffee, honey


class TestTheList:
    """GET /combo/."""

    def test_it_shows_what_can_be_had_with_its_price(self, client: Client) -> None:
        combo, *_ = two_goods(percent=10)
        told = text_of(client.get("/combo/"))
        assert combo.title in told
        assert "295.000" in told  # 300,000 less a tenth, and the box

    def test_what_cannot_be_had_is_not_shown(self, client: Client) -> None:
        combo, coffee, _honey = two_goods()
        OfferStock.objects.filter(offer=coffee).update(reserved=10)
        assert combo.title not in text_of(client.get("/combo/"))

    @pytest.mark.parametrize("facts", [{"approved_terms": None}, {"withdrawn_at": clock.now()}, {"terms": 2}])
    def test_what_is_not_approved_is_not_shown(self, client: Client, facts: dict[str, object]) -> None:
        combo, *_ = two_goods()
        Combo.objects.filter(pk=combo.pk).update(**facts)
        assert combo.title not in text_of(client.get("/combo/"))

    def test_by_occasion_and_by_the_province_of_any_part(self, client: Client) -> None:
        combo, *_ = two_goods(occasion="tet")
        for query, there in (
            ("dip=tet", True), ("dip=trung-thu", False), ("dip=gi-do", True), ("tinh=66", True), ("tinh=68", True),
            ("tinh=01", False), ("tinh=zz&xep=gia-cao&trang=99", True),
        ):  # fmt: skip
            assert (combo.title in text_of(client.get(f"/combo/?{query}"))) is there, query


class TestAPage:
    """GET /combo/<slug>-<code>/."""

    def test_it_tells_what_is_in_it_and_where_each_star_can_be_checked(self, client: Client) -> None:
        combo, coffee, honey = two_goods(percent=10)
        page = client.get(combo.get_absolute_url())
        told = text_of(page)
        assert "rẻ hơn mua lẻ" in told
        for offer in (coffee, honey):
            assert offer.product.name in told
            assert f"/xac-minh/{offer.product.code}/" in page.content.decode()

    def test_a_part_that_was_revoked_is_told_and_nothing_can_be_bought(self, client: Client) -> None:
        combo, coffee, _honey = two_goods()
        other, *_ = two_goods()
        Combo.objects.filter(pk=other.pk).update(title="Quà khác")
        SourceRecord.objects.filter(product=coffee.product).update(status=Status.REVOKED, revoked_on=clock.today())
        refresh_gate([coffee.product_id])
        page = client.get(combo.get_absolute_url())
        assert "Hôm nay combo này chưa bán được." in text_of(page)
        assert 'name="quantity"' not in page.content.decode()
        assert "Quà khác" in text_of(page)

    def test_an_agreement_that_is_gone_stops_it(self, client: Client) -> None:
        combo, _coffee, honey = two_goods()
        ComboAgreement.objects.filter(producer=honey.product.producer).delete()
        assert "chưa đồng ý" in text_of(client.get(combo.get_absolute_url()))

    def test_a_substitute_is_told(self, client: Client) -> None:
        coffee, tea = make_offer(make_product("Cà phê")), make_offer(make_product("Trà shan"))
        combo = make_combo((coffee, 1, tea))
        OfferStock.objects.filter(offer=coffee).delete()
        assert "Thay cho Cà phê đang hết" in text_of(client.get(combo.get_absolute_url()))

    def test_its_address_is_one(self, client: Client) -> None:
        combo, *_ = two_goods()
        answer = client.get(f"/combo/ten-cu-{combo.code}/")
        assert (answer.status_code, answer["Location"]) == (301, combo.get_absolute_url())
        assert client.get("/combo/khong-co-0000000/").status_code == 404
        Combo.objects.update(approved_at=None)
        assert client.get(combo.get_absolute_url()).status_code == 404

    def test_one_chooses_only_among_what_there_is(self, client: Client) -> None:
        offers = [make_offer(make_product(), price=price) for price in (50_000, 60_000, 70_000)]
        OfferStock.objects.filter(offer=offers[0]).delete()
        combo = make_combo(*((offer, 2) for offer in offers), kind="choose", choose=3)
        page = client.get(combo.get_absolute_url()).content.decode()
        fields = dict(re.findall(r'name="pieces-(\S+)" min="0" max="(\d)"', page))
        assert fields == {
            offers[0].external_reference: "0",
            offers[1].external_reference: "2",
            offers[2].external_reference: "2",
        }

    def choice(self) -> tuple[Combo, list[Offer]]:
        """Three of three kinds at 50,000, 60,000 and 70,000 đ, at most two of each; the box is 25,000."""
        offers = [make_offer(make_product(), price=price) for price in (50_000, 60_000, 70_000)]
        return make_combo(*((offer, 2) for offer in offers), kind="choose", choose=3, percent=10), offers

    def test_a_choice_has_its_own_price_in_an_address(self, client: Client) -> None:
        combo, offers = self.choice()
        typed = {f"pieces-{offers[2].external_reference}": "2", f"pieces-{offers[1].external_reference}": "1"}
        answer = client.post(combo.get_absolute_url(), {**typed, "csrfmiddlewaretoken": "x"})
        assert answer.status_code == 302
        assert "csrf" not in answer["Location"]
        page = client.get(answer["Location"])
        assert "205.000" in text_of(page)  # 200,000 less a tenth, and the box
        assert 'role="alert"' not in page.content.decode()
        assert 'name="robots" content="noindex"' in page.content.decode()

    @pytest.mark.parametrize(
        "typed", [("1", "1", ""), ("3", "0", "0"), ("0", "0", "0"), ("2", "2", "2"), ("ba", "", "")]
    )
    def test_a_choice_that_does_not_fit_comes_back_as_typed_with_a_word(
        self, client: Client, typed: tuple[str, ...]
    ) -> None:
        combo, offers = self.choice()
        fields = {f"pieces-{offer.external_reference}": text for offer, text in zip(offers, typed, strict=True)}
        answer = client.post("/gio-hang/them-hop/", {"combo": combo.code, "quantity": "1", **fields})
        assert answer["Location"].startswith(combo.get_absolute_url())
        page = client.get(answer["Location"]).content.decode()
        assert 'role="alert"' in page
        for name, text in fields.items():
            assert re.search(rf'name="{name}"[^>]* value="{text}"', page)

    def test_what_search_engines_are_told(self, client: Client) -> None:
        combo, coffee, _honey = two_goods(percent=10)
        found = re.search(
            r'<script type="application/ld\+json">(.*?)</script>', client.get(combo.get_absolute_url()).content.decode()
        )
        told = json.loads(found[1])  # type: ignore[index]
        assert told["offers"]["price"] == 295_000
        assert coffee.product.name in {one["name"] for one in told["isRelatedTo"]}
        ComboAgreement.objects.all().delete()
        assert "ld+json" not in client.get(combo.get_absolute_url()).content.decode()

    def test_a_part_that_may_not_be_sold_has_no_star_and_one_for_adults_is_not_named(self, client: Client) -> None:
        combo, coffee, honey = two_goods()
        Product.objects.filter(pk=coffee.product_id).update(blocked="revoked")
        Product.objects.filter(pk=honey.product_id).update(restriction=Restriction.ALCOHOL)
        page = client.get(combo.get_absolute_url()).content.decode()
        assert "Hôm nay không bán" in page
        assert 'class="stars"' not in page
        assert honey.product.get_absolute_url() not in page

    def test_it_speaks_english(self, client: Client) -> None:
        combo, *_ = two_goods()
        Combo.objects.filter(pk=combo.pk).update(title_en="Highland gift", story_en="From the highlands.")
        told = text_of(client.get("/en" + combo.get_absolute_url()))
        assert "Highland gift" in told
        assert "From the highlands." in told


class TestOnesOwn:
    """GET /combo/tu-chon/ and the box that it leads to."""

    @pytest.fixture(autouse=True)
    def _shelf(self) -> None:
        self.packaging = make_packaging(make_sale_point(), most_pieces=8)
        for number in range(12):
            maker = make_producer()
            product = make_product(f"Đặc sản {number}", producer=maker, set_no=(13, 4, 7, 10)[number % 4])
            make_offer(product, price=60_000 + 10_000 * number)

    def ask(self, client: Client, query: str) -> tuple[str, list[str]]:
        """The page, and where its proposals lead to."""
        page = client.get(f"/combo/tu-chon/?{query}")
        assert page.status_code == 200
        links = re.findall(r'href="(/combo/tu-chon/hop/[^"]+)"', page.content.decode())
        return text_of(page), [link.replace("&amp;", "&") for link in links]

    def total(self, client: Client, link: str) -> int:
        """Đồng of the box behind a link."""
        told = re.search(r"([\d.]+)\s₫ một hộp", text_of(client.get(link)))
        assert told
        return int(told[1].replace(".", ""))

    def test_boxes_fit_the_budget_and_differ(self, client: Client) -> None:
        told, links = self.ask(client, "ngan-sach=800k&vung=tay-nguyen")
        assert "Hộp vừa 800.000" in told
        assert len(links) == len(set(links)) >= 3
        for link in links:
            assert 0.95 * 775_000 <= self.total(client, link) <= 800_000

    def test_the_same_question_is_answered_alike_and_another_proposal_is_another(self, client: Client) -> None:
        assert self.ask(client, "ngan-sach=500k") == self.ask(client, "ngan-sach=500k")
        assert self.ask(client, "ngan-sach=500k")[1] != self.ask(client, "ngan-sach=500k&lan=1")[1]

    def test_what_may_not_be_sent_or_is_not_there_is_proposed_to_nobody(self, client: Client) -> None:
        Product.objects.filter(name__endswith="1").update(restriction=Restriction.LIVE)
        OfferStock.objects.filter(offer__product__name__endswith="2").update(reserved=10)
        Product.objects.filter(name__endswith="3").update(listable_until=clock.today() - timedelta(days=1))
        left = {offer.external_reference for offer in Offer.objects.all() if offer.product.name[-1] not in "123"}
        for turn in range(5):
            for link in self.ask(client, f"ngan-sach=900k&lan={turn}")[1]:
                pieces = {one.split(":")[0] for one in parse_qs(urlsplit(link).query)["mon"]}
                assert pieces <= left

    @pytest.mark.parametrize("typed", ["ba trăm", "0", "10k", "90tr", "-1"])
    def test_what_is_no_sum_is_told(self, client: Client, typed: str) -> None:
        told, links = self.ask(client, f"ngan-sach={typed}")
        assert "Xin ghi số tiền" in told
        assert not links

    def test_too_little_is_told_with_the_least_that_a_box_costs(self, client: Client) -> None:
        told, links = self.ask(client, "ngan-sach=100k")
        assert not links
        assert "145.000" in told  # two of the cheapest, and the box

    def test_more_boxes_than_there_are_pieces_for(self, client: Client) -> None:
        assert self.ask(client, "ngan-sach=800k&so-hop=10")[1]
        told, links = self.ask(client, "ngan-sach=800k&so-hop=11")
        assert not links
        assert "đóng quà" in told

    def test_without_a_box_to_send_there_is_no_gift(self, client: Client) -> None:
        self.packaging.stocks.all().delete()
        assert "Chưa có điểm bán nào còn hộp" in self.ask(client, "ngan-sach=800k")[0]

    def test_a_box_is_changed_piece_by_piece(self, client: Client) -> None:
        link = self.ask(client, "ngan-sach=500k")[1][0]
        pieces = parse_qs(urlsplit(link).query)["mon"]
        first, number = pieces[0].split(":")
        more = client.get(f"{link}&them={first}")
        assert parse_qs(urlsplit(more["Location"]).query)["mon"] == [f"{first}:{int(number) + 1}", *pieces[1:]]
        less = client.get(f"{more['Location']}&bot={first}")
        assert parse_qs(urlsplit(less["Location"]).query)["mon"] == pieces
        for _ in range(int(number)):
            less = client.get(f"{less['Location']}&bot={first}")
        assert parse_qs(urlsplit(less["Location"]).query)["mon"] == pieces[1:]

    def test_a_piece_is_swapped_for_another_that_fits_or_stays(self, client: Client) -> None:
        link = self.ask(client, "ngan-sach=500k")[1][0]
        pieces = parse_qs(urlsplit(link).query)["mon"]
        swapped = 0
        for piece in pieces:
            other = client.get(f"{link}&doi={piece.split(':')[0]}")["Location"]
            now = parse_qs(urlsplit(other).query)["mon"]
            swapped += now != pieces
            # Nothing else may fit where the cheapest piece lies in a full box.
            assert now == pieces or piece.split(":")[0] not in other
            assert self.total(client, other) <= 500_000
        assert swapped

    def test_a_full_box_takes_no_more_and_an_empty_one_is_none(self, client: Client) -> None:
        references = [offer.external_reference for offer in Offer.objects.order_by("pk")]
        query = "".join(f"&mon={name}:1" for name in references[:8])
        full = client.get(f"/combo/tu-chon/hop/?hop={self.packaging.code}{query}")
        assert "Hộp đã đầy" in text_of(full)
        again = client.get(f"/combo/tu-chon/hop/?hop={self.packaging.code}{query}&them={references[0]}")
        assert f"{references[0]}:2" not in again["Location"]
        over = client.get(f"/combo/tu-chon/hop/?hop={self.packaging.code}{query}&mon={references[8]}:1")
        assert "xin bớt đi" in text_of(over)
        assert client.get(f"/combo/tu-chon/hop/?hop={self.packaging.code}").status_code == 302
        assert client.get(f"/combo/tu-chon/hop/?hop=0000000{query}").status_code == 302

    def test_a_piece_that_left_the_shelf_since_is_told(self, client: Client) -> None:
        link = self.ask(client, "ngan-sach=500k")[1][0]
        code = parse_qs(urlsplit(link).query)["mon"][0][:7]
        Product.objects.filter(code=code).update(blocked="revoked")
        page = client.get(link)
        assert "không còn hiệu lực" in text_of(page)
        assert 'name="quantity"' not in page.content.decode()

    def test_nonsense_in_the_address_is_as_good_as_nothing(self, client: Client) -> None:
        for query in (
            f"hop={self.packaging.code}&mon=%00-1:1&mon=ABCDEF%00-1:1",
            "mon=&mon=:&mon=A:1&mon=ABC-1:x&hop=zz",
            "lan=999999&sao=9&so-hop=-3&vi=gi&tinh-cu=zz",
            "hop=%00",
        ):
            assert client.get(f"/combo/tu-chon/hop/?{query}").status_code == 302
            assert client.get(f"/combo/tu-chon/?{query}").status_code == 200
