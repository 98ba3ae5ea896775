"""Checkouts: prices, addresses, deliveries, refusals."""

from typing import Any

import pytest

from tests.deploy.embedded.shop import ADDRESS, CHECKOUT_CREATE, CHOOSE, COMPLETE, FULFILL, Shop

pytestmark = pytest.mark.self_contained

LINES_ADD = """mutation($id:ID!,$lines:[CheckoutLineInput!]!){checkoutLinesAdd(id:$id,lines:$lines){
 checkout{quantity totalPrice{gross{amount}} lines{quantity unitPrice{gross{amount}} metadata{key value}}}
 errors{field code}}}"""
SHIP_TO = """mutation($id:ID!,$a:AddressInput!,$rules:CheckoutAddressValidationRules){
 checkoutShippingAddressUpdate(id:$id,shippingAddress:$a,validationRules:$rules){
 checkout{shippingAddress{city cityArea countryArea phone}} errors{field code addressType}}}"""


def create(shop: Shop, variant: str, quantity: int = 1, **more: Any) -> dict[str, Any]:
    """The answer of a visitor's checkoutCreate."""
    lines = [{"variantId": variant, "quantity": quantity}]
    given = {"channel": "ocop-vn", "email": "khach@example.com", "lines": lines, **more}
    return shop.run(CHECKOUT_CREATE, token=None, input=given)


def codes(answer: dict[str, Any]) -> list[tuple[str | None, str]]:
    """(field, code) of each refusal."""
    return [(error["field"], error["code"]) for error in answer["errors"]]


def test_a_delivery_costs_its_method(shop: Shop) -> None:
    variant = shop.product("d1", 5, price=773000)["variant"]
    made = create(shop, variant, shippingAddress=ADDRESS, billingAddress=ADDRESS)["checkout"]
    assert made["totalPrice"] == {"gross": {"amount": 773000.0}}
    assert (len(made["shippingMethods"]), made["availableCollectionPoints"]) == (1, [])

    chosen = shop.run(CHOOSE, token=None, id=made["id"], method=shop.method)

    assert chosen["checkout"]["totalPrice"] == {"gross": {"amount": 803000.0}}


def test_collection_needs_no_address_and_takes_from_the_point_alone(shop: Shop) -> None:
    variant = shop.product("c1", 2, at="point")["variant"]
    made = create(shop, variant, billingAddress=ADDRESS)["checkout"]
    assert (made["shippingMethods"], made["availableCollectionPoints"]) == ([], [{"id": shop.point}])

    order = shop.run(COMPLETE, token=None, id=shop.checkout(variant, 2, collect=True))["order"]

    assert (order["status"], order["collectionPointName"]) == ("UNCONFIRMED", "diem-hue")
    assert shop.stock(variant) == [(2, 2)]


def test_a_point_outside_all_zones_does_not_serve_deliveries(shop: Shop) -> None:
    variant = shop.product("c2", 2, at="point")["variant"]
    checkout = shop.checkout(variant)

    answer = shop.run(COMPLETE, token=None, id=checkout)

    assert (answer["order"], codes(answer)) == (None, [(None, "INSUFFICIENT_STOCK")])
    assert answer["errors"][0]["variants"] == [variant]
    assert shop.stock(variant) == [(2, 0)]


def test_a_point_without_the_goods_cannot_be_chosen(shop: Shop) -> None:
    variant = shop.product("c3", 2)["variant"]
    made = create(shop, variant, billingAddress=ADDRESS)["checkout"]

    answer = shop.run(CHOOSE, token=None, id=made["id"], method=shop.point)

    assert codes(answer) == [("deliveryMethodId", "DELIVERY_METHOD_NOT_APPLICABLE")]


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (0, ("quantity", "ZERO_QUANTITY")),
        (6, ("quantity", "INSUFFICIENT_STOCK")),
        (51, ("quantity", "QUANTITY_GREATER_THAN_LIMIT")),
    ],
)
def test_a_quantity_that_cannot_be(shop: Shop, quantity: int, expected: tuple[str, str]) -> None:
    variant = shop.product(f"q{quantity}", 5)["variant"]

    answer = create(shop, variant, quantity)

    assert (answer["checkout"], codes(answer)) == (None, [expected])


@pytest.mark.parametrize(
    "area", ["Huế", "Thừa Thiên Huế", "Đắk Nông", "Hồ Chí Minh", "Tỉnh Lâm Đồng", "Thành phố Huế", "lam dong"]
)
def test_a_province_in_another_spelling(shop: Shop, area: str) -> None:
    answer = create(shop, shop.product(f"a-{area}", 1)["variant"], shippingAddress={**ADDRESS, "countryArea": area})

    assert codes(answer) == [("countryArea", "INVALID")]
    assert answer["errors"][0]["addressType"] == "SHIPPING"


def test_addresses_are_normalised_unless_the_rules_say_no(shop: Shop) -> None:
    made = create(shop, shop.product("n1", 1)["variant"])["checkout"]
    address = {**ADDRESS, "countryArea": "thừa thiên–huế", "cityArea": "Phường Vỹ Dạ", "phone": "0912345678"}

    first = shop.run(SHIP_TO, token=None, id=made["id"], a=address)
    loose = {"checkFieldsFormat": False, "enableFieldsNormalization": False}
    second = shop.run(SHIP_TO, token=None, id=made["id"], a={**address, "countryArea": "Huế"}, rules=loose)

    assert first["checkout"]["shippingAddress"] == {
        "city": "HÀ NỘI",
        "cityArea": "",
        "countryArea": "Thừa Thiên–Huế",
        "phone": "+84912345678",
    }
    assert second["checkout"]["shippingAddress"]["countryArea"] == "Huế"
    assert second["checkout"]["shippingAddress"]["cityArea"] == "Phường Vỹ Dạ"


def test_what_an_address_needs(shop: Shop) -> None:
    made = create(shop, shop.product("n2", 1)["variant"])["checkout"]

    answer = shop.run(SHIP_TO, token=None, id=made["id"], a={"country": "VN", "phone": "12"})

    assert codes(answer) == [("streetAddress1", "REQUIRED"), ("city", "REQUIRED"), ("phone", "INVALID")]


def test_completing_asks_for_what_is_missing(shop: Shop) -> None:
    variant = shop.product("m1", 5)["variant"]
    bare = create(shop, variant, email=None)["checkout"]["id"]
    unsent = create(shop, variant, billingAddress=ADDRESS)["checkout"]["id"]
    unpaid_by_nobody = create(shop, variant, shippingAddress=ADDRESS)["checkout"]["id"]
    shop.run(CHOOSE, token=None, id=unpaid_by_nobody, method=shop.method)

    told = [codes(shop.run(COMPLETE, token=None, id=key)) for key in (bare, unsent, unpaid_by_nobody)]

    assert told == [
        [("email", "EMAIL_NOT_SET")],
        [("shippingMethod", "SHIPPING_METHOD_NOT_SET")],
        [("billingAddress", "BILLING_ADDRESS_NOT_SET")],
    ]
    assert shop.stock(variant) == [(5, 0)]


def test_an_app_sets_prices_and_lines_of_its_own_but_a_visitor_does_not(shop: Shop) -> None:
    variant = shop.product("p1", 20, price=50000)["variant"]
    checkout = create(shop, variant)["checkout"]["id"]
    own = [
        {"variantId": variant, "quantity": 2, "price": 41000, "forceNewLine": True},
        {"variantId": variant, "quantity": 1, "price": 99001, "forceNewLine": True},
    ]
    own[0]["metadata"] = [{"key": "combo", "value": "1"}]

    refused = shop.server.post(LINES_ADD, {"id": checkout, "lines": own}, token=None)
    made = shop.run(LINES_ADD, id=checkout, lines=own)["checkout"]

    assert refused["errors"][0]["extensions"]["exception"]["code"] == "PermissionDenied"
    assert [(li["quantity"], li["unitPrice"]["gross"]["amount"]) for li in made["lines"]] == [
        (1, 50000.0),
        (2, 41000.0),
        (1, 99001.0),
    ]
    assert made["totalPrice"]["gross"]["amount"] == 231001.0
    assert made["lines"][1]["metadata"] == [{"key": "combo", "value": "1"}]


def test_more_of_the_same_joins_its_line(shop: Shop) -> None:
    variant = shop.product("p2", 20)["variant"]
    checkout = create(shop, variant)["checkout"]["id"]

    made = shop.run(LINES_ADD, token=None, id=checkout, lines=[{"variantId": variant, "quantity": 3}])["checkout"]

    assert [line["quantity"] for line in made["lines"]] == [4]


def test_an_unpublished_product_cannot_be_bought(shop: Shop) -> None:
    product = shop.product("u1", 5)
    checkout = shop.checkout(product["variant"])
    hide = """mutation($id:ID!,$input:ProductChannelListingUpdateInput!){
     productChannelListingUpdate(id:$id,input:$input){errors{code}}}"""
    shop.run(hide, id=product["id"], input={"updateChannels": [{"channelId": shop.channel, "isPublished": False}]})

    answers = [create(shop, product["variant"]), shop.run(COMPLETE, token=None, id=checkout)]

    assert [codes(answer) for answer in answers] == [
        [("lines", "PRODUCT_NOT_PUBLISHED")],
        [("lines", "UNAVAILABLE_VARIANT_IN_CHANNEL")],
    ]


def test_paying_confirms_and_refunding_is_seen(shop: Shop) -> None:
    variant = shop.product("t1", 5)["variant"]
    order = shop.run(COMPLETE, token=None, id=shop.checkout(variant))["order"]["id"]
    pay = """mutation($id:ID!,$t:TransactionCreateInput!){transactionCreate(id:$id,transaction:$t){
     transaction{id chargedAmount{amount}} errors{field code}}}"""
    report = """mutation($id:ID!,$a:PositiveDecimal){transactionEventReport(id:$id,type:REFUND_SUCCESS,amount:$a,
     pspReference:"R1"){alreadyProcessed transaction{chargedAmount{amount} refundedAmount{amount}} errors{code}}}"""
    money = {"amount": 80000, "currency": "VND"}

    paid = shop.run(pay, id=order, t={"name": "VietQR", "pspReference": "P1", "amountCharged": money})
    state = "query($id:ID!){order(id:$id){status chargeStatus isPaid}}"
    after = shop.run(state, id=order)
    refunds = [shop.run(report, id=paid["transaction"]["id"], a=1000) for _ in range(2)]

    assert after == {"status": "UNFULFILLED", "chargeStatus": "FULL", "isPaid": True}
    assert [r["alreadyProcessed"] for r in refunds] == [False, True]
    assert refunds[1]["transaction"] == {"chargedAmount": {"amount": 79000.0}, "refundedAmount": {"amount": 1000.0}}
    assert shop.run(state, id=order)["chargeStatus"] == "PARTIAL"


def test_handing_over_from_elsewhere_frees_what_was_held(shop: Shop) -> None:
    variant = shop.product("f1", 5)["variant"]
    set_stocks = (
        """mutation($id:ID!,$s:[StockInput!]!){productVariantStocksUpdate(variantId:$id,stocks:$s){errors{code}}}"""
    )
    shop.run(set_stocks, id=variant, s=[{"warehouse": shop.point, "quantity": 4}])
    order = shop.run(COMPLETE, id=shop.checkout(variant, 2))["order"]
    assert shop.stock(variant) == [(5, 2), (4, 0)]

    def hand_over(quantity: int) -> dict[str, Any]:
        pieces = {"orderLineId": order["lines"][0]["id"], "stocks": [{"warehouse": shop.point, "quantity": quantity}]}
        return shop.run(FULFILL, order=order["id"], input={"lines": [pieces]})

    first, second, third = hand_over(1), hand_over(2), hand_over(1)

    assert (first["order"]["status"], first["fulfillments"][0]["warehouse"]) == (
        "PARTIALLY_FULFILLED",
        {"slug": "diem-hue"},
    )
    assert codes(second) == [("orderLineId", "FULFILL_ORDER_LINE")]
    assert third["order"]["status"] == "FULFILLED"
    assert shop.stock(variant) == [(5, 0), (2, 0)]


def test_a_fulfilment_taken_back_is_held_again(shop: Shop) -> None:
    variant = shop.product("f2", 5)["variant"]
    order = shop.run(COMPLETE, id=shop.checkout(variant, 2))["order"]
    pieces = {"orderLineId": order["lines"][0]["id"], "stocks": [{"warehouse": shop.main, "quantity": 2}]}
    fulfillment = shop.run(FULFILL, order=order["id"], input={"lines": [pieces]})["fulfillments"][0]["id"]
    undo = """mutation($id:ID!,$w:ID!){orderFulfillmentCancel(id:$id,input:{warehouseId:$w}){
     order{status} errors{field code}}}"""

    first, again = (shop.run(undo, id=fulfillment, w=shop.main) for _ in range(2))

    assert (first["order"], codes(first)) == ({"status": "UNFULFILLED"}, [])
    assert codes(again) == [("fulfillment", "CANNOT_CANCEL_FULFILLMENT")]
    assert shop.stock(variant) == [(5, 2)]


def test_an_unpaid_order_is_not_handed_over_where_the_shop_forbids_it(shop: Shop) -> None:
    variant = shop.product("f3", 5)["variant"]
    order = shop.run(COMPLETE, id=shop.checkout(variant))["order"]
    pieces = {"orderLineId": order["lines"][0]["id"], "stocks": [{"warehouse": shop.main, "quantity": 1}]}
    allow = "mutation($a:Boolean){shopSettingsUpdate(input:{fulfillmentAllowUnpaid:$a}){errors{code}}}"
    shop.run(allow, a=False)

    answer = shop.run(FULFILL, order=order["id"], input={"lines": [pieces]})
    shop.run(allow, a=True)

    assert codes(answer) == [("order", "CANNOT_FULFILL_UNPAID_ORDER")]
    assert shop.stock(variant) == [(5, 1)]


def test_a_line_among_several_of_its_variant_is_named_by_its_id(shop: Shop) -> None:
    variant = shop.product("p3", 20, price=50000)["variant"]
    checkout = create(shop, variant)["checkout"]["id"]
    own = {"variantId": variant, "quantity": 2, "price": 41000, "forceNewLine": True}
    shop.run(LINES_ADD, id=checkout, lines=[own])
    read = "query($id:ID!){checkout(id:$id){lines{id quantity unitPrice{gross{amount}}}}}"
    (_, boxed) = shop.run(read, id=checkout)["lines"]
    update = """mutation($id:ID!,$lines:[CheckoutLineUpdateInput!]!){checkoutLinesUpdate(id:$id,lines:$lines){
     errors{field code}}}"""

    shop.run(update, id=checkout, lines=[{"lineId": boxed["id"], "quantity": 5}])
    shop.run(LINES_ADD, token=None, id=checkout, lines=[{"variantId": variant, "quantity": 1}])

    lines = shop.run(read, id=checkout)["lines"]
    assert [(line["quantity"], line["unitPrice"]["gross"]["amount"]) for line in lines] == [
        (1, 50000.0), (5, 41000.0), (1, 50000.0),
    ]  # fmt: skip
