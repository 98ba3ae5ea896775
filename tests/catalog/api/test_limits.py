"""What is too much is refused before anything runs: with a stable code, what was wrong and what to do."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphql import get_introspection_query

from catalog.api import loading, quota, running
from catalog.api.cost import MOST_POINTS, SIZES, SURCHARGES
from catalog.api.limits import MOST_ALIASES, MOST_DEPTH
from catalog.api.schema import SCHEMA
from tests.catalog.api.conftest import Ask, codes
from tests.factories import make_offer, make_product

DEEP = "{ products(first: 1) { edges { node { producer { %s } } } } }"
NEST = "products(first: 1) { edges { node { producer { %s } } } }"


def deep(times: int) -> str:
    inner = "name"
    for _ in range(times):
        inner = NEST % inner
    return DEEP % inner


REFUSED = {
    "depth bomb": (deep(4), "TOO_DEEP"),
    "bracket bomb": ("{a" * 900, "TOO_DEEP"),
    "list bomb": ("{ search(filter: {provinces: " + "[" * 500, "TOO_DEEP"),
    "depth through fragments": (
        "{ ...a } fragment a on Query { products { ...b } } fragment b on ProductConnection { edges { node { ...c } "
        "} } fragment c on Product { producer { ...d } } fragment d on Producer { products(first: 1) { edges { node { "
        "producer { products(first: 1) { edges { node { producer { products(first: 1) { edges { node { producer { "
        "products(first: 1) { totalCount } } } } } } } } } } } } } }",
        "TOO_DEEP",
    ),
    "alias bomb": (
        "{" + " ".join(f"a{n}: regions {{ slug }}" for n in range(MOST_ALIASES + 1)) + "}",
        "TOO_MANY_ALIASES",
    ),
    "repeated fields": ("{ regions {" + " slug" * 300 + "} }", "DOCUMENT_TOO_LARGE"),
    "a costly list": ("{ products(first: 100) { edges { node { offers { salePoints { name address province { name "
                      "regions { name oldProvinces { name } } } } } } } } }", "TOO_COSTLY"),
    "lists within lists": (
        "{ producers(first: 100) { edges { node { products(first: 100) { edges { cursor } } } } } }", "TOO_COSTLY"),
    "fragment bomb": (
        "query { ...f0 } "
        + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40))
        + " fragment f40 on Query { regions { slug } }",
        "TOO_COSTLY",
    ),
    "fragments in a circle": ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "INVALID_DOCUMENT"),
    "introspection bomb": (
        "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
        "INVALID_DOCUMENT",
    ),
    "introspection many times": ("{" + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(25)) + "}",
                                 "TOO_COSTLY"),
    "a huge literal": ("{ products(first: " + "9" * 5000 + ") { totalCount } }", "DOCUMENT_TOO_LARGE"),
    "a number beyond 32 bits": ("{ products(first: 99999999999) { totalCount } }", "INVALID_DOCUMENT"),
    "a long document": ("{ regions { slug } }" + " " * 20_000, "DOCUMENT_TOO_LARGE"),
    "many tokens": ("{ search(filter: {stars: [" + "3," * 2500 + "]}) { totalCount } }", "DOCUMENT_TOO_LARGE"),
    "two of one name": ("query A { regions { slug } } query A { regions { slug } }", "INVALID_DOCUMENT"),
    "no such field": ("{ orders { buyer } }", "INVALID_DOCUMENT"),
    "no such argument": ('{ product(id: "1") { code } }', "INVALID_DOCUMENT"),
    "a value of a wrong type": ("{ products(first: \"x\") { totalCount } }", "INVALID_DOCUMENT"),
    "a mutation": ("mutation { buy }", "READ_ONLY"),
    "a subscription": ("subscription { prices }", "READ_ONLY"),
    "half a document": ("{ regions {", "SYNTAX_ERROR"),
    "half a character": ('{ verify(code: "\\uD83D") { state } }', "SYNTAX_ERROR"),
    "no operation": ("fragment a on Query { regions { slug } }", "INVALID_DOCUMENT"),
    "two operations, none named": ("query A { regions { slug } } query B { regions { name } }", "UNKNOWN_OPERATION"),
}  # fmt: skip


@pytest.mark.parametrize(("query", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_and_nothing_runs(query: str, code: str, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "execute_sync", lambda *_, **__: pytest.fail("it ran"))
    quota.spend("127.0.0.1", 1)  # the lot of points is there

    with CaptureQueriesContext(connection) as queries:
        body = ask(query, status=400)

    assert len(queries) == 0
    assert set(codes(body)) == {code}
    assert "data" not in body
    assert all(error["message"] and error["extensions"]["vi"] for error in body["errors"])


def test_the_answer_says_what_it_cost(ask: Ask) -> None:
    body = ask("{ products(first: 24) { edges { node { name producer { name } offers { price } } } } }")

    # products 1, edges 24 × (1 + node 1 + name 1 + producer 2 + offers 3 × 2)
    assert body["extensions"] == {"cost": {"points": 1 + 24 * (1 + 1 + 1 + 2 + 6), "most": MOST_POINTS}}


def test_first_from_a_variable_counts(ask: Ask) -> None:
    query = "query ($n: Int! = 50) { products(first: $n) { edges { node { name } } } }"

    assert ask(query)["extensions"]["cost"]["points"] == 1 + 50 * 3
    assert ask(query, n=7)["extensions"]["cost"]["points"] == 1 + 7 * 3


def test_a_costly_query_is_told_its_price(ask: Ask) -> None:
    body = ask("{ producers(first: 100) { edges { node { products(first: 100) { edges { cursor } } } } } }", status=400)

    points = 1 + 100 * (1 + 1 + 1 + 100 * 2)
    assert f"costs {points} points; {MOST_POINTS} at most" in body["errors"][0]["message"]


def test_the_schema_can_be_asked_for_by_common_tools(ask: Ask) -> None:
    for query in (
        get_introspection_query(),
        get_introspection_query(specified_by_url=True, input_value_deprecation=True),
    ):
        assert "errors" not in ask(query)


def test_every_list_has_a_size_and_no_size_is_without_its_field() -> None:
    sizes = set()
    for one in SCHEMA.graphql_schema.type_map.values():
        for name, field in getattr(one, "fields", {}).items():
            is_list = "[" in str(field.type) and not one.name.startswith("__") and hasattr(field, "args")
            if is_list and name != "edges" and "first" not in field.args:
                sizes.add((one.name, name))
    assert sizes == set(SIZES)
    for of, name in SURCHARGES:
        assert name.startswith("__") or name in SCHEMA.graphql_schema.type_map[of].fields  # type: ignore[attr-defined]


def test_a_query_that_has_had_its_time_is_stopped(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    make_offer(make_product())
    monkeypatch.setattr(loading, "SECONDS", -1)

    body = ask("{ regions { slug } products { edges { node { code offers { price } } } } }")

    assert codes(body) == ["OUT_OF_TIME"]
    assert body["data"]["products"] is None
    assert len(body["data"]["regions"]) == 7


def test_an_address_has_points_for_an_hour(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "PER_HOUR", 100)
    monkeypatch.setattr(quota, "LOT", 40)

    def send(address: str = "203.0.113.7") -> Any:
        asked = {"query": "{ regions { slug name } }"}  # 1 + 7 × 2 + 1 and 1 for the request
        return client.post("/graphql/", asked, content_type="application/json", REMOTE_ADDR=address)

    answers = [send() for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]
    assert codes(answers[-1].json()) == ["RATE_LIMITED"]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert send("203.0.113.8").status_code == 200


def test_points_are_taken_in_lots_that_processes_share(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "PER_HOUR", 100)
    monkeypatch.setattr(quota, "LOT", 40)
    quota.spend("203.0.113.7", 10)

    with CaptureQueriesContext(connection) as queries:
        quota.spend("203.0.113.7", 30)
    quota.forget()  # another process
    quota.spend("203.0.113.7", 60)  # all that is left

    assert len(queries) == 0
    with pytest.raises(quota.RateLimited):
        quota.spend("203.0.113.7", 1)


def test_depth_is_as_deep_as_it_says(ask: Ask) -> None:
    make_product()

    assert "errors" not in ask(deep(2))
    assert str(MOST_DEPTH) in ask(deep(4), status=400)["errors"][0]["message"]
