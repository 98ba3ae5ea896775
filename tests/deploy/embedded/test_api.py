"""The API itself: what is refused before anything runs, who may what, and the documents of the project."""

from pathlib import Path

import httpx
import pytest
from graphql import build_schema, concat_ast, parse, validate

from tests.deploy.embedded.shop import Shop
from tests.embedded_server import ROOT

pytestmark = pytest.mark.self_contained

NOT_SERVED = {
    "appFetchManifest",  # asks for synchronous events
    "paymentGatewayInitialize",
    "tokenCreate",
    "transactionInitialize",
    "transactionProcess",
    "transactionRequestAction",
}
"""What needs accounts of people or an app's synchronous answers: nothing of the shop sends it."""


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b"{", 400, "Unable to parse query."),
        (b'{"query": ""}', 400, "Must provide a query string."),
        (b'[{"query": "{shop{name}}"}]', 400, "Number of batch queries exceeded."),
        (b'{"query": "{shop{nothing}}"}', 400, "Cannot query field 'nothing' on type 'Shop'."),
        (b'{"query": "{channel(slug:null){id}}"}', 400, 'Syntax Error: Unexpected Name "null"'),
        (b'{"query": "subscription{event{version}}"}', 400, "Subscriptions are not allowed."),
        (b'{"query": "{shop{name}}", "variables": []}' + b" " * 2_700_000, 413, "Request body exceeds maximum size."),
    ],
)
def test_what_cannot_be_run(shop: Shop, body: bytes, status: int, message: str) -> None:
    answer = httpx.post(shop.server.url, content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (status, message)
    assert "data" not in answer.json()


def test_five_mutations_in_one_document_are_too_many(shop: Shop) -> None:
    one = 'm%d: updateMetadata(id:"x", input:[]){errors{code}}'

    answer = shop.server.post("mutation{" + " ".join(one % n for n in range(5)) + "}")

    assert answer["errors"][0]["message"] == "Number of mutations exceed the limit of 4"


def test_a_wrong_token_makes_a_visitor(shop: Shop) -> None:
    headers = {"Authorization": "Bearer wrong"}
    answer = httpx.post(shop.server.url, json={"query": "{shop{name} app{id}}"}, headers=headers)

    assert (answer.status_code, answer.json()["data"]["app"]) == (200, None)
    assert answer.json()["errors"][0]["extensions"]["exception"]["code"] == "PermissionDenied"


def test_an_app_may_only_what_it_was_given(shop: Shop) -> None:
    create = 'mutation($p:[PermissionEnum!]){appCreate(input:{name:"x",permissions:$p}){authToken errors{code}}}'
    token = shop.run(create, p=["MANAGE_PRODUCTS"])["authToken"]

    made = shop.server.post("{warehouses(first:1){totalCount} orders(first:1){totalCount}}", token=token)

    assert (made["data"]["warehouses"]["totalCount"], made["data"]["orders"]) == (2, None)
    assert made["errors"][0]["message"].endswith("MANAGE_ORDERS")
    refused = shop.server.post(create, {"p": ["MANAGE_ORDERS"]}, token=token)
    assert refused["errors"][0]["extensions"]["exception"]["code"] == "PermissionDenied"


def test_a_stopped_app_is_a_visitor(shop: Shop) -> None:
    made = shop.run('mutation{appCreate(input:{name:"y"}){authToken app{id} errors{code}}}')
    assert shop.run("{app{name}}", token=made["authToken"]) == {"name": "y"}

    shop.run("mutation($id:ID!){appDeactivate(id:$id){app{isActive}}}", id=made["app"]["id"])

    assert shop.server.post("{app{name}}", token=made["authToken"])["data"] == {"app": None}


def test_a_new_token_ends_the_one_issued_before_and_gives_no_more_than_asked_for(shop: Shop) -> None:
    def ensure() -> str:
        return shop.server.manage("ensure_app", "--name", "z", "--identifier", "vn.z", "--permissions",
                                  "MANAGE_PRODUCTS").strip()  # fmt: skip

    first, second = ensure(), ensure()

    facts = "{app{name identifier permissions{code}}}"
    assert shop.server.post(facts, token=first)["data"] == {"app": None}
    assert shop.run(facts, token=second) == {
        "name": "z", "identifier": "vn.z", "permissions": [{"code": "MANAGE_PRODUCTS"}],
    }  # fmt: skip


def test_a_malformed_and_an_unknown_id(shop: Shop) -> None:
    cancel = "mutation($id:ID!){orderCancel(id:$id){errors{field code}}}"

    told = [shop.run(cancel, id=key)["errors"] for key in ("???", "UHJvZHVjdDox", "T3JkZXI6MQ==")]

    assert [errors[0]["code"] for errors in told] == ["GRAPHQL_ERROR", "GRAPHQL_ERROR", "NOT_FOUND"]


def test_every_document_of_the_project_is_valid_here(shop: Shop) -> None:
    schema = build_schema(shop.server.manage("print_schema"))
    folder = ROOT / "catalog" / "saleor" / "documents"

    documents = concat_ast([parse(path.read_text()) for path in sorted(folder.glob("*.graphql"))])

    assert [error.message for error in validate(schema, documents)] == []


def test_every_document_that_worked_on_the_real_one_is_valid_here(shop: Shop, shared: Path) -> None:
    schema = build_schema(shop.server.manage("print_schema"))
    paths = sorted((shared / "saleor" / "operations").glob("*.graphql"))

    wrong = {path.stem for path in paths if validate(schema, parse(path.read_text()))}

    assert wrong == NOT_SERVED
