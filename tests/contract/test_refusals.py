"""What a server of this API must refuse, and in which words."""

import httpx
import pytest

from catalog.saleor.client import PermissionDenied, Saleor, SaleorFault, SaleorRefused
from catalog.saleor.generated.input_types import ShopSettingsInput
from catalog.saleor.setup import CHANNEL
from tests.contract.shop import Shop


def ask(
    api: Saleor, query: str, variables: dict[str, object] | None = None, token: str | None = None
) -> httpx.Response:
    """One raw request, with the app's token or another one."""
    headers = api.headers if token is None else {"Authorization": f"Bearer {token}"}
    return httpx.post(api.url, json={"query": query, "variables": variables or {}}, headers=headers, timeout=30)


def test_a_wrong_token_is_anonymous(shop: Shop) -> None:
    with Saleor(shop.api.url, "wrong") as stranger:
        for refused in (
            stranger.our_app,
            stranger.shop_settings,
            lambda: stranger.update_shop_settings(input=ShopSettingsInput(fulfillmentAllowUnpaid=True)),
            lambda: stranger.orders(first=1),
            lambda: stranger.warehouse(external_reference=shop.store),
        ):
            with pytest.raises(PermissionDenied):
                refused()

    assert shop.api.shop_settings().shop.fulfillment_allow_unpaid is False


def test_a_refusal_for_lack_of_permission_is_http_200(shop: Shop) -> None:
    answer = ask(shop.api, "{ app { id } }", token="wrong")

    assert answer.status_code == 200
    body = answer.json()
    assert body["data"] in (None, {"app": None})
    assert body["errors"][0]["extensions"]["exception"]["code"] == "PermissionDenied"


def test_a_stranger_does_not_see_what_is_not_published(shop: Shop) -> None:
    product = shop.product()
    query = "query ($ref: String!) { product(externalReference: $ref, channel: %s) { id } }"

    told = ask(shop.api, query % f'"{CHANNEL}"', {"ref": product.external_reference}, token="wrong").json()

    assert told["data"]["product"] == {"id": product.id}


def test_a_literal_null_is_a_syntax_error(shop: Shop) -> None:
    answer = ask(shop.api, "{ product(externalReference: null) { id } }")

    assert answer.status_code == 400
    assert "Syntax Error" in answer.json()["errors"][0]["message"]


def test_null_may_travel_in_a_variable(shop: Shop) -> None:
    query = "query ($after: String) { products(first: 1, after: $after) { edges { node { id } } } }"

    answer = ask(shop.api, query, {"after": None})

    assert answer.status_code == 200
    assert "errors" not in answer.json()


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("{ nothing }", "nothing"),
        ("{ shop { nothing } }", "nothing"),
        ("query ($id: ID!) { order(id: $id) { id } }", "id"),
        ("{", "Syntax Error"),
        ("mutation { orderCancel { errors { code } } }", "id"),
    ],
)
def test_a_wrong_document_is_refused_and_says_why(shop: Shop, query: str, word: str) -> None:
    answer = ask(shop.api, query)

    assert answer.status_code == 400
    assert word in answer.json()["errors"][0]["message"]


def test_a_page_has_at_most_a_hundred(shop: Shop) -> None:
    with pytest.raises(SaleorFault):
        shop.api.products(first=101)


def test_a_page_needs_its_size(shop: Shop) -> None:
    answer = ask(shop.api, "{ products { edges { node { id } } } }")

    assert answer.json()["errors"]


@pytest.mark.parametrize("order_id", ["T3JkZXI6Njg4NGEzOWQtNDc5Ny00YjhiLTg5MWItYzdkMmM4MGNmNWI4", "UHJvZHVjdDox"])
def test_an_order_that_is_none_is_not_cancelled(shop: Shop, order_id: str) -> None:
    with pytest.raises((SaleorRefused, SaleorFault)) as refused:
        shop.api.cancel_order(id=order_id)

    if isinstance(refused.value, SaleorRefused):
        assert refused.value.codes <= {"NOT_FOUND", "GRAPHQL_ERROR"}


def test_an_order_that_is_none_is_null(shop: Shop) -> None:
    assert shop.api.order(id="T3JkZXI6Njg4NGEzOWQtNDc5Ny00YjhiLTg5MWItYzdkMmM4MGNmNWI4").order is None


def test_amounts_are_answered_as_numbers_in_vnd(shop: Shop) -> None:
    variant = shop.variant(price=822_000)
    prices = "channelListings { price { amount currency } }"
    query = "query ($ref: String!) { productVariant(externalReference: $ref) { %s } }" % prices  # noqa: UP031

    told = ask(shop.api, query, {"ref": variant.external_reference}).json()

    assert told["data"]["productVariant"]["channelListings"] == [{"price": {"amount": 822000.0, "currency": "VND"}}]
