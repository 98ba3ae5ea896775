"""Products and variants: made in bulk, changed, found, refused row by row."""

from typing import Any

import pytest

from tests.deploy.embedded.shop import BULK_CREATE, Shop

pytestmark = pytest.mark.self_contained

UPDATE = """mutation($ref:String!,$input:ProductInput!){productUpdate(externalReference:$ref,input:$input){
 product{name metadata{key value} attributes{attribute{externalReference} values{name slug plainText date}}}
 errors{field code}}}"""
PRICE = """mutation($id:ID!,$input:[ProductVariantChannelListingAddInput!]!){
 productVariantChannelListingUpdate(id:$id,input:$input){variant{channelListings{price{amount currency}}}
 errors{field code}}}"""
STOCKS = """mutation($s:[StockBulkUpdateInput!]!,$p:ErrorPolicyEnum){stockBulkUpdate(stocks:$s,errorPolicy:$p){
 count results{stock{quantity} errors{field code}}}}"""


def row(shop: Shop, ref: str, **more: Any) -> dict[str, Any]:
    """A product that is listed and has one variant with a price."""
    listed = {"channelId": shop.channel, "isPublished": True, "isAvailableForPurchase": True}
    variant = {
        "attributes": [],
        "sku": f"{ref}-1",
        "externalReference": f"{ref}-1",
        "channelListings": [{"channelId": shop.channel, "price": 1000}],
    }
    return {
        "name": f"Trà {ref}",
        "slug": ref,
        "externalReference": ref,
        "productType": shop.product_type,
        "channelListings": [listed],
        "variants": [variant],
        **more,
    }


def wrong(result: dict[str, Any]) -> set[tuple[str, str]]:
    """(path, code) of a row's refusals."""
    return {(error["path"], error["code"]) for error in result["errors"]}


def test_a_good_row_is_made_beside_bad_ones(shop: Shop) -> None:
    shop.product("b0", 1)
    rows = [
        row(shop, "b1"),
        row(shop, "b2", externalReference="b0", slug="b0"),
        row(shop, "b3", productType=shop.category, category="?"),
        row(shop, "b4", attributes=[{"id": shop.attributes["score"], "numeric": "mười"}]),
        row(shop, "b5", attributes=[{"id": shop.attributes["star"], "dropdown": {"externalReference": "star-9"}}]),
    ]
    rows[1]["variants"][0]["channelListings"][0]["price"] = 1000.5
    rows[2]["variants"][0]["stocks"] = [{"warehouse": shop.main, "quantity": -1}]

    answer = shop.run(BULK_CREATE, products=rows)

    assert answer["count"] == 1
    assert [wrong(result) for result in answer["results"]] == [
        set(),
        {("externalReference", "UNIQUE"), ("slug", "UNIQUE"), ("variants.0.channelListings.0.price", "INVALID_PRICE")},
        {("productType", "NOT_FOUND"), ("category", "NOT_FOUND")},
        {("attributes", "INVALID")},
        {("attributes", "INVALID")},
    ]
    find = 'query{products(first:9,filter:{slugs:["b1","b2","b3","b4","b5"]}){edges{node{slug}}}}'
    assert [edge["node"]["slug"] for edge in shop.run(find)["edges"]] == ["b1"]


def test_rows_of_one_request_that_repeat_each_other_are_all_refused(shop: Shop) -> None:
    answer = shop.run(BULK_CREATE, products=[row(shop, "r1"), row(shop, "r1"), row(shop, "r2")])

    repeated = {
        ("externalReference", "DUPLICATED_INPUT_ITEM"),
        ("slug", "DUPLICATED_INPUT_ITEM"),
        ("variants.0.sku", "UNIQUE"),
        ("variants.0.externalReference", "DUPLICATED_INPUT_ITEM"),
    }
    assert [wrong(result) for result in answer["results"]] == [repeated, repeated, set()]


def test_slugs_are_made_from_names(shop: Shop) -> None:
    rows = [row(shop, f"s{n}", name="Bưởi Đoan Hùng", slug=None) for n in range(2)]

    made = shop.run(BULK_CREATE, products=rows)["results"]

    assert [result["product"]["slug"] for result in made] == ["buoi-doan-hung", "buoi-doan-hung-2"]


def test_a_change_replaces_only_what_it_names(shop: Shop) -> None:
    shop.product("u-1", 1)
    ids = shop.attributes
    first = [{"id": ids["cert"], "plainText": "QĐ-1/2024"}, {"id": ids["until"], "date": "2029-05-05"}]
    second = [{"id": ids["cert"], "plainText": "QĐ-2/2025"}, {"id": ids["star"], "dropdown": {"value": "4 sao"}}]
    shop.run(UPDATE, ref="u-1", input={"attributes": first, "metadata": [{"key": "h", "value": "1"}]})

    told = shop.run(UPDATE, ref="u-1", input={"attributes": second, "metadata": [{"key": "g", "value": "2"}]})

    product = told["product"]
    assert (told["errors"], product["name"]) == ([], "u-1")
    assert product["metadata"] == [{"key": "g", "value": "2"}, {"key": "h", "value": "1"}]
    values = {a["attribute"]["externalReference"]: [v["name"] for v in a["values"]] for a in product["attributes"]}
    assert values == {"star": ["4 sao"], "score": [], "cert": ["QĐ-2/2025"], "until": ["2029-05-05"]}


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"name": " "}, ("name", "REQUIRED")),
        ({"slug": "kept-other"}, ("slug", "UNIQUE")),
        ({"metadata": [{"key": "", "value": "x"}]}, ("input", "REQUIRED")),
        ({"attributes": [{"id": "QXR0cmlidXRlOjk5OTk=", "plainText": "x"}]}, ("attributes", "NOT_FOUND")),
    ],
)
def test_a_wrong_change_changes_nothing(shop: Shop, change: dict[str, Any], refused: tuple[str, str]) -> None:
    shop.run(BULK_CREATE, products=[row(shop, "kept"), row(shop, "kept-other")])

    told = shop.run(UPDATE, ref="kept", input={"weight": 9, **change})

    assert [(error["field"], error["code"]) for error in told["errors"]] == [refused]
    assert shop.run('{product(externalReference:"kept"){name weight{value}}}') == {"name": "Trà kept", "weight": None}


def test_a_price_has_no_fractions_of_a_dong(shop: Shop) -> None:
    variant = shop.product("pr", 1)["variant"]

    good = shop.run(PRICE, id=variant, input=[{"channelId": shop.channel, "price": 199000}])
    bad = shop.run(PRICE, id=variant, input=[{"channelId": shop.channel, "price": 0.5}])

    assert good["variant"]["channelListings"] == [{"price": {"amount": 199000.0, "currency": "VND"}}]
    assert [(error["field"], error["code"]) for error in bad["errors"]] == [("price", "INVALID")]


def test_stocks_in_bulk(shop: Shop) -> None:
    shop.product("sb", 5)
    known = {"variantExternalReference": "sb-1", "warehouseExternalReference": "kho-ha-noi"}
    rows = [{**known, "quantity": 7}, {**known, "warehouseExternalReference": "?", "quantity": 1}]
    rows.append({**known, "quantity": -1})

    answer = shop.run(STOCKS, s=rows, p="REJECT_FAILED_ROWS")
    nothing = shop.run(STOCKS, s=[{**known, "quantity": 9}, rows[1]], p="REJECT_EVERYTHING")

    assert [r["stock"] for r in answer["results"]] == [{"quantity": 7}, None, None]
    assert [[e["code"] for e in r["errors"]] for r in answer["results"]] == [[], ["NOT_FOUND"], ["INVALID"]]
    assert nothing["count"] == 0


def test_what_can_be_bought_is_capped_and_counts_what_others_hold(shop: Shop) -> None:
    many, few = shop.product("cap", 500)["variant"], shop.product("few", 7)["variant"]
    query = 'query($id:ID!){productVariant(id:$id,channel:"ocop-vn"){quantityAvailable pricing{price{gross{amount}}}}}'

    told = [shop.run(query, token=None, id=variant) for variant in (many, few)]

    assert [variant["quantityAvailable"] for variant in told] == [50, 7]
    assert told[0]["pricing"]["price"]["gross"]["amount"] == 50000.0


def test_a_visitor_sees_only_what_is_published(shop: Shop) -> None:
    shop.run(BULK_CREATE, products=[row(shop, "hidden", channelListings=[], variants=[])])
    query = 'query{product(externalReference:"hidden",channel:"ocop-vn"){name}}'
    secret = 'query{product(externalReference:"hidden"){privateMetadata{key} channelListings{isPublished}}}'

    assert shop.run(query, token=None) is None
    assert shop.run(secret) == {"privateMetadata": [], "channelListings": []}


def test_pages_cover_everything_once(shop: Shop) -> None:
    shop.run(BULK_CREATE, products=[row(shop, f"page-{n}") for n in range(7)])
    query = """query($after:String){products(first:3,after:$after,sortBy:{field:LAST_MODIFIED_AT,direction:DESC}){
     totalCount pageInfo{hasNextPage endCursor} edges{node{slug}}}}"""
    seen: list[str] = []
    after = None
    while True:
        page = shop.run(query, after=after)
        seen += [edge["node"]["slug"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert (len(seen), len(set(seen))) == (page["totalCount"], page["totalCount"])


def test_two_hundred_products_in_one_request(shop: Shop) -> None:
    rows = [
        row(shop, f"bulk-{n}", attributes=[{"id": shop.attributes["star"], "dropdown": {"value": "5 sao"}}])
        for n in range(200)
    ]

    answer = shop.run(BULK_CREATE, products=rows)

    assert (answer["count"], [r["errors"] for r in answer["results"] if r["errors"]]) == (200, [])


def test_variants_changed_in_bulk(shop: Shop) -> None:
    product = shop.product("vb", 5)
    find = "query($id:ID!){productVariant(id:$id){channelListings{id price{amount}} stocks{id quantity} name}}"
    change = """mutation($p:ID!,$v:[ProductVariantBulkUpdateInput!]!,$e:ErrorPolicyEnum){
     productVariantBulkUpdate(product:$p,variants:$v,errorPolicy:$e){count results{errors{field code}}}}"""
    now = shop.run(find, id=product["variant"])
    prices = {"update": [{"channelListing": now["channelListings"][0]["id"], "price": 255000}]}
    stocks = {"update": [{"stock": now["stocks"][0]["id"], "quantity": 136}]}
    good = {"id": product["variant"], "name": "Hộp", "channelListings": prices, "stocks": stocks}
    bad = {"id": product["variant"], "name": "Chai", "stocks": {"create": [{"warehouse": shop.main, "quantity": -1}]}}

    refused = shop.run(change, p=product["id"], v=[good, bad])
    assert (refused["count"], shop.run(find, id=product["variant"])) == (0, now)
    done = shop.run(change, p=product["id"], v=[good, bad], e="REJECT_FAILED_ROWS")

    assert [r["errors"] for r in done["results"]] == [[], [{"field": "quantity", "code": "INVALID"}]]
    after = shop.run(find, id=product["variant"])
    assert (after["name"], after["channelListings"][0]["price"], after["stocks"][0]["quantity"]) == (
        "Hộp",
        {"amount": 255000.0},
        136,
    )
