"""The storefront's rules hold: only what is in force today, alcohol by declaration alone, nothing private."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.api.loading import in_turn, listed
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.products.models import Product, Restriction
from catalog.search import services
from tests.catalog.api.conftest import Ask
from tests.factories import add_recognition, make_offer, make_producer, make_product, make_sale_point

EVERYWHERE = """query ($code: String!, $producer: ID!, $adult: Boolean!) {
  product(code: $code, adult: $adult) { code }
  products(adult: $adult) { totalCount edges { node { code } } }
  producer(id: $producer) { products(adult: $adult) { edges { node { code } } } }
  producers(adult: $adult) { edges { node { id } } }
  search(adult: $adult) { edges { node { code } } }
  verify(code: $code) { state name product(adult: $adult) { code } }
}"""


def everywhere(ask: Ask, product: Product, *, adult: bool = False) -> tuple[list[str], str]:
    """The fields that show the product, and what `verify` says of it."""
    body = ask(EVERYWHERE, code=product.code, producer=str(product.producer_id), adult=adult)
    assert "errors" not in body
    told = body["data"]
    rows = {
        "product": [told["product"]] if told["product"] else [],
        "products": [edge["node"] for edge in told["products"]["edges"]],
        "producer": [edge["node"] for edge in told["producer"]["products"]["edges"]],
        "search": [edge["node"] for edge in told["search"]["edges"]],
        "verify": [told["verify"]["product"]] if told["verify"]["product"] else [],
    }
    shown = [name for name, some in rows.items() if product.code in [row["code"] for row in some]]
    if str(product.producer_id) in [edge["node"]["id"] for edge in told["producers"]["edges"]]:
        shown.append("producers")
    assert told["verify"]["name"] == product.name
    return shown, told["verify"]["state"]


ALL = ["product", "products", "producer", "search", "verify", "producers"]


def revoke(product: Product) -> None:
    SourceRecord.objects.filter(product=product).update(status=Status.REVOKED)


def suspend(product: Product) -> None:
    SourceRecord.objects.filter(product=product).update(status=Status.SUSPENDED)


def withdraw(product: Product) -> None:
    SourceRecord.objects.filter(product=product).update(present=False)


def test_what_is_listed_is_everywhere(ask: Ask, index: None) -> None:
    product = make_product()
    services.catch_up()

    assert everywhere(ask, product) == (ALL, "VALID")


@pytest.mark.parametrize(
    ("ends", "state"),
    [(revoke, "REVOKED"), (suspend, "SUSPENDED"), (withdraw, "UNPROVED")],
    ids=["revoked", "suspended", "withdrawn"],
)
def test_what_is_delisted_is_told_by_verify_alone_also_while_the_index_still_has_it(
    ends, state: str, ask: Ask, index: None
) -> None:
    product = make_product()
    services.catch_up()
    ends(product)
    refresh_gate([product.pk])

    assert everywhere(ask, product) == ([], state)


def test_what_has_expired_is_told_by_verify_alone(ask: Ask, index: None) -> None:
    product = make_product()
    services.catch_up()
    assert product.listable_until is not None

    with clock.as_of(product.listable_until):
        assert everywhere(ask, product) == (ALL, "EXPIRING")
    with clock.as_of(product.listable_until + timedelta(days=1)):
        assert everywhere(ask, product) == ([], "EXPIRED")


def test_what_was_revoked_shows_no_older_recognition(ask: Ask, index: None) -> None:
    product = make_product(issued_on=clock.today() - timedelta(days=700))
    add_recognition(product, star=4, status=Status.REVOKED)
    services.catch_up()

    assert everywhere(ask, product) == ([], "REVOKED")


@pytest.mark.parametrize("kind", [Restriction.ALCOHOL, Restriction.SUSPECT_ALCOHOL])
def test_alcohol_is_there_for_who_declares_to_show_it_to_adults_alone(kind: str, ask: Ask, index: None) -> None:
    product = make_product("Rượu cần", restriction=kind, branch=2, set_no=15)
    services.catch_up()

    assert everywhere(ask, product) == ([], "VALID")
    assert everywhere(ask, product, adult=True) == (ALL, "VALID")


def test_suggestions_have_neither_alcohol_nor_what_was_just_delisted(ask: Ask, index: None) -> None:
    make_product("Rượu cần Tây Nguyên", restriction=Restriction.ALCOHOL)
    gone, there = make_product("Mật ong Lâm Hà"), make_product("Mật ong Bảo Lộc")
    services.catch_up()
    query = "query ($text: String!) { suggestions(text: $text) { kind key text(language: EN) url } }"
    assert {one["key"] for one in ask(query, text="mat ong")["data"]["suggestions"]} == {gone.code, there.code}

    Product.objects.filter(pk=gone.pk).update(blocked="revoked")

    assert [one["key"] for one in ask(query, text="mat ong")["data"]["suggestions"]] == [there.code]
    assert [one for one in ask(query, text="ruou can")["data"]["suggestions"] if one["kind"] == "PRODUCT"] == []


@pytest.mark.parametrize(("typed", "state"), [("0000000", "UNKNOWN"), ("0000001", "MISTYPED"), ("x" * 900, "MISTYPED")])
def test_verify_says_what_is_no_code_of_ours(typed: str, state: str, ask: Ask) -> None:
    told = ask(
        "query ($c: String!) { verify(code: $c) { state inForce name certificate { star } product { code } } }", c=typed
    )

    nothing = {"inForce": False, "name": None, "certificate": None, "product": None}
    assert told["data"]["verify"] == {"state": state, **nothing}
    assert ask("query ($c: String!) { product(code: $c) { code } }", c=typed)["data"] == {"product": None}


def test_a_code_is_read_as_people_write_it(ask: Ask) -> None:
    product = make_product()
    typed = f" {product.code[:3].lower()}-{product.code[3:]} "

    told = ask("query ($c: String!) { product(code: $c) { code } verify(code: $c) { code } }", c=typed)

    assert told["data"] == {"product": {"code": product.code}, "verify": {"code": product.code}}


def test_offers_tell_prices_and_whether_some_are_left_but_not_how_many(ask: Ask) -> None:
    product, point, closed = make_product(), make_sale_point(), make_sale_point(is_open=False)
    make_offer(product, price=120_000, weight=500, number=1, stocks={point.warehouse: 40, closed.warehouse: 2})
    make_offer(product, price=60_000, weight=250, number=2, stocks={point.warehouse: 5})
    make_offer(product, price=30_000, weight=0, number=3, stocks={})

    told = ask(
        "query ($c: String!) { product(code: $c) { offers { id price weightGrams availability "
        "salePoints { slug } } } }",
        c=product.code,
    )

    shelf = [{"slug": point.slug}]
    assert told["data"]["product"]["offers"] == [
        {"id": f"{product.code}-{n}", "price": price, "weightGrams": grams, "availability": how, "salePoints": where}
        for n, price, grams, how, where in (
            (1, 120_000, 500, "IN_STOCK", shelf), (2, 60_000, 250, "FEW", shelf), (3, 30_000, 0, "OUT_OF_STOCK", []),
        )
    ]  # fmt: skip


def test_closed_sale_points_are_not_told(ask: Ask) -> None:
    there, closed = make_sale_point(), make_sale_point(is_open=False)

    told = ask(
        f'{{ salePoints {{ totalCount edges {{ node {{ slug }} }} }} a: salePoint(slug: "{there.slug}") {{ slug }} '
        f'b: salePoint(slug: "{closed.slug}") {{ slug }} }}'
    )["data"]

    assert told["salePoints"] == {"totalCount": 1, "edges": [{"node": {"slug": there.slug}}]}
    assert (told["a"], told["b"]) == ({"slug": there.slug}, None)


def test_a_certificate_tells_what_the_verify_page_tells(ask: Ask) -> None:
    product = make_product(issued_on=clock.today() - timedelta(days=1150), star=3)
    later = add_recognition(product, star=4)
    product.refresh_from_db()

    told = ask(
        "query ($c: String!) { verify(code: $c) { sentence(language: EN) url(language: EN) certificate { state star "
        "decisionNumber issuedOn until daysLeft history { star change reRecognised counts } } } }",
        c=product.code,
    )["data"]["verify"]

    assert product.listable_until is not None
    assert told["certificate"] == {
        "state": "VALID",
        "star": 4,
        "decisionNumber": later.decision_number,
        "issuedOn": later.issued_on.isoformat(),
        "until": product.listable_until.isoformat(),
        "daysLeft": (product.listable_until - clock.today()).days,
        "history": [
            {"star": 3, "change": "FIRST", "reRecognised": False, "counts": False},
            {"star": 4, "change": "UP", "reRecognised": True, "counts": True},
        ],
    }
    assert told["sentence"].startswith("The OCOP 4-star certificate is in force")
    assert told["url"].endswith(f"/en/xac-minh/{product.code}/")


def test_facts_come_with_their_sources(ask: Ask) -> None:
    product = make_product("Cà phê Cầu Đất")
    record = SourceRecord.objects.get(product=product)
    record.columns = {"product": "Cà phê Cầu Đất", "producer": product.producer.name, "province": "Lâm Đồng"}
    record.save()

    told = ask(
        "query ($c: String!) { verify(code: $c) { certificate { facts { name label(language: EN) value source { name "
        "tier } } } } }",
        c=product.code,
    )["data"]["verify"]["certificate"]["facts"]

    source = {"name": "thu-nghiem", "tier": "A"}
    assert {"name": "NAME", "label": "Product name", "value": "Cà phê Cầu Đất", "source": source} in [
        {**one, "label": "Product name"} if one["name"] == "NAME" else one for one in told
    ]
    assert "STAR" in [one["name"] for one in told]


def test_places_are_told_old_and_new(ask: Ask) -> None:
    told = ask(
        '{ resolvePlace(text: "Xã Lát, huyện Lạc Dương, tỉnh Lâm Đồng") { problem province { code } commune { code } } '
        'old: resolvePlace(text: "Bến Tre") { province { shortName } oldProvince { shortName } region { slug } } '
        'none: resolvePlace(text: "Atlantis") { problem province { code } } '
        'province(code: "68") { name communes(first: 2) { totalCount pageInfo { hasNextPage } } regions { slug } } '
        'nowhere: province(code: "00") { name } commune(code: "x") { name } regions { slug oldProvinces { code } } }'
    )["data"]

    assert told["resolvePlace"]["province"] == {"code": "68"}
    assert told["old"]["oldProvince"] == {"shortName": "Bến Tre"}
    assert told["none"] == {"problem": "UNKNOWN_PLACE", "province": None}
    assert told["province"]["communes"]["pageInfo"] == {"hasNextPage": True}
    assert (told["nowhere"], told["commune"]) == (None, None)
    assert [len(one["oldProvinces"]) for one in told["regions"]] == [14, 11, 6, 8, 5, 6, 13]


def test_a_producer_of_whom_nothing_is_listed_is_known_but_not_in_the_list(ask: Ask) -> None:
    producer = make_producer()

    told = ask(f'{{ producer(id: "{producer.pk}") {{ name products {{ totalCount }} }} producers {{ totalCount }} }}')

    assert ask('{ producer(id: "99999999999999999999") { name } }')["data"] == {"producer": None}
    assert told["data"] == {
        "producer": {"name": producer.name, "products": {"totalCount": 0}},
        "producers": {"totalCount": 0},
    }


def test_both_conditions_mean_the_same(db: None) -> None:
    there, alcohol = make_product(), make_product(restriction=Restriction.ALCOHOL)
    make_product(status=Status.REVOKED)
    make_product(outcome="held")
    make_product(issued_on=clock.today() - timedelta(days=2000))
    make_product(issued_on=clock.today() + timedelta(days=2))
    Product.objects.filter(pk=make_product().pk).update(listable_from=None)
    Product.objects.filter(pk=make_product().pk).update(listable_until=None)

    for adult, expected in ((False, {there}), (True, {there, alcohol})):
        assert set(in_turn(adult=adult)) == set(listed(adult=adult)) == expected
