"""Combos over the API: what can be had today with parts, price and certificates; nothing of what may not be shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos import lists
from catalog.combos.models import Combo, ComboAgreement
from catalog.offers.models import Offer, OfferStock
from catalog.products.models import Product, Restriction
from tests.catalog.api.conftest import Ask, codes
from tests.factories import make_combo, make_offer, make_packaging, make_producer, make_product, make_sale_point

NODE = """code kind title(language: EN) story occasion choose url packaging(language: EN) availability deliverable
  collectable keepsDays certificatesUntil province { code } packedBy { name } proposedBy { name }
  price { alone goods packaging total saving }
  parts { quantity substitutes { code } offer { id price availability salePoints { name } }
          product { code star producer { name } certificate { until } } }"""
LIST = f"""query ($occasion: ComboOccasion, $province: String, $first: Int! = 24, $after: String) {{
  combos(occasion: $occasion, province: $province, first: $first, after: $after) {{
    totalCount edges {{ node {{ {NODE} }} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
ONE = f"query ($code: String!) {{ combo(code: $code) {{ {NODE} }} }}"


def listing(ask: Ask, **variables: object) -> list[dict]:
    body = ask(LIST, **variables)
    assert "errors" not in body, body
    return [edge["node"] for edge in body["data"]["combos"]["edges"]]


def one(ask: Ask, combo: Combo) -> dict | None:
    body = ask(ONE, code=combo.code)
    assert "errors" not in body, body
    return body["data"]["combo"]


def gift(**facts: object) -> tuple[Combo, Offer, Offer]:
    coffee, honey = (make_offer(make_product(producer=make_producer()), price=price) for price in (120_000, 90_000))
    return make_combo((coffee, 1), (honey, 2), **{"percent": 10, "occasion": "tet", **facts}), coffee, honey


def test_a_combo_is_told_with_parts_price_and_certificates(ask: Ask) -> None:
    combo, coffee, honey = gift(title_en="Highland gift", province_code="68")
    told = listing(ask)[0]
    assert told["title"] == "Highland gift"
    assert told["url"].endswith(combo.get_absolute_url())
    assert told["price"] == {"alone": 300_000, "goods": 270_000, "packaging": 25_000, "total": 295_000, "saving": 5_000}
    assert (told["kind"], told["occasion"], told["choose"]) == ("FIXED", "TET", None)
    assert (told["availability"], told["deliverable"], told["keepsDays"]) == ("FEW", True, 30)
    assert told["certificatesUntil"] == coffee.product.listable_until.isoformat()
    assert [(part["product"]["code"], part["offer"]["id"], part["quantity"]) for part in told["parts"]] == [
        (coffee.product.code, coffee.external_reference, 1),
        (honey.product.code, honey.external_reference, 2),
    ]
    assert one(ask, combo) == told


def revoke(offer: Offer) -> None:
    SourceRecord.objects.filter(product=offer.product).update(status=Status.REVOKED, revoked_on=clock.today())
    refresh_gate([offer.product_id])


def disagree(offer: Offer) -> None:
    ComboAgreement.objects.filter(producer=offer.product.producer).delete()


def pour(offer: Offer) -> None:
    Product.objects.filter(pk=offer.product_id).update(restriction=Restriction.ALCOHOL)


def withdraw(_offer: Offer) -> None:
    Combo.objects.update(withdrawn_at=clock.now())


@pytest.mark.parametrize("spoil", [revoke, disagree, pour, withdraw])
def test_what_may_not_be_sold_is_told_nowhere(ask: Ask, spoil: object) -> None:
    combo, coffee, _honey = gift()
    spoil(coffee)  # type: ignore[operator]
    assert listing(ask) == []
    assert one(ask, combo) is None


def test_what_is_sold_out_is_in_no_list_and_says_so(ask: Ask) -> None:
    combo, coffee, _honey = gift()
    OfferStock.objects.filter(offer=coffee).delete()
    assert listing(ask) == []
    assert one(ask, combo)["availability"] == "OUT_OF_STOCK"  # type: ignore[index]


def test_a_substitute_is_told_but_not_for_what_is_no_longer_listed(ask: Ask) -> None:
    coffee, tea = make_offer(make_product()), make_offer(make_product())
    combo = make_combo((coffee, 1, tea))
    OfferStock.objects.filter(offer=coffee).delete()
    part = one(ask, combo)["parts"][0]  # type: ignore[index]
    assert (part["product"]["code"], part["substitutes"]) == (tea.product.code, {"code": coffee.product.code})
    revoke(coffee)
    assert one(ask, combo)["parts"][0]["substitutes"] is None  # type: ignore[index]


def test_what_may_be_chosen_leaves_out_what_may_not_be_sold(ask: Ask) -> None:
    offers = [make_offer(make_product(producer=make_producer())) for _ in range(4)]
    combo = make_combo(*((offer, 2) for offer in offers), kind="choose", choose=3)
    revoke(offers[0])
    told = one(ask, combo)
    assert (told["kind"], told["choose"]) == ("CHOOSE", 3)  # type: ignore[index]
    assert (
        [part["product"]["code"] for part in told["parts"]]
        == [  # type: ignore[index]
            offer.product.code for offer in offers[1:]
        ]
    )


def test_pages_by_occasion_and_province(ask: Ask) -> None:
    made = [gift(occasion=occasion)[0].code for occasion in ("tet", "tet", "")]
    assert [node["code"] for node in listing(ask, occasion="TET")] == made[1::-1]
    assert len(listing(ask, province="68")) == 3
    assert listing(ask, province="01") == []
    body = ask(LIST, first=2)["data"]["combos"]
    assert (body["totalCount"], body["pageInfo"]["hasNextPage"]) == (3, True)
    rest = listing(ask, first=2, after=body["pageInfo"]["endCursor"])
    assert [node["code"] for node in rest] == made[:1]
    assert codes(ask(LIST, after=body["pageInfo"]["endCursor"], occasion="TET")) == ["BAD_CURSOR"]
    assert codes(ask(LIST, province="99")) == ["BAD_ARGUMENT"]


def test_the_same_list_is_counted_once(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    made, counted = [gift()[0] for _ in range(3)], []
    real = lists.count
    monkeypatch.setattr(lists, "count", lambda **asked: counted.append(asked) or real(**asked))
    many = " ".join(f"a{n}: combos(first: 1) {{ totalCount }}" for n in range(9))
    assert {one["totalCount"] for one in ask(f"{{ {many} }}")["data"].values()} == {len(made)}
    assert len(counted) == 1


def test_nobody_is_null(ask: Ask) -> None:
    assert ask('{ combo(code: "0000000") { code } }')["data"] == {"combo": None}
    assert ask('{ combo(code: "không có") { code } }')["data"] == {"combo": None}


def test_many_ask_as_much_as_few(ask: Ask) -> None:
    point = make_sale_point()

    def questions() -> int:
        with CaptureQueriesContext(connection) as queries:
            listing(ask)
        return len(queries)

    gift(packaging=make_packaging(point))
    listing(ask)
    few = questions()
    for _ in range(8):
        gift(packaging=make_packaging(point))
    assert questions() == few <= 11
