"""Queries that nobody wrote: whatever is asked, the answer keeps to the schema and is never a 500."""

import json
from typing import Any

import pytest
from django.test import Client
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    build_schema,
    get_named_type,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.api import quota
from catalog.api.check import SDL
from catalog.api.schema import SCHEMA
from catalog.search import services
from tests.factories import make_offer, make_product

pytestmark = pytest.mark.django_db
PUBLIC = build_schema(SDL.read_text())
EXPECTED = {
    "BAD_ARGUMENT", "BAD_CURSOR", "BAD_FIRST", "TOO_COSTLY", "TOO_DEEP", "TOO_MANY_ALIASES", "DOCUMENT_TOO_LARGE",
    "BAD_REQUEST", "SYNTAX_ERROR", "INVALID_DOCUMENT",
}  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=12), st.sampled_from(["ca phe", "68", "Lâm Đồng", "0000000", "1", "tay-nguyen", "%", "*"])
)
relaxed = settings(max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


def value(draw: st.DrawFn, kind: Any) -> str:
    """A literal of this type."""
    if isinstance(kind, GraphQLNonNull):
        return value(draw, kind.of_type)
    if draw(st.integers(0, 9)) == 0 and not isinstance(kind, GraphQLInputObjectType):
        return "null"
    if isinstance(kind, GraphQLList):
        return f"[{', '.join(value(draw, kind.of_type) for _ in range(draw(st.integers(0, 2))))}]"
    if isinstance(kind, GraphQLEnumType):
        return str(draw(st.sampled_from(list(kind.values))))
    if isinstance(kind, GraphQLInputObjectType):
        names = draw(st.lists(st.sampled_from(list(kind.fields)), max_size=3, unique=True))
        return "{" + ", ".join(f"{name}: {value(draw, kind.fields[name].type)}" for name in names) + "}"
    if kind.name == "Int":
        return str(draw(st.one_of(st.integers(-2, 30), st.integers(-(2**31), 2**31 - 1))))
    if kind.name == "Boolean":
        return draw(st.sampled_from(["true", "false"]))
    return json.dumps(draw(WORDS))


def arguments(draw: st.DrawFn, known: dict[str, GraphQLArgument]) -> str:
    """Those that must be there, and some of the others."""
    chosen = [
        name
        for name, one in known.items()
        if (isinstance(one.type, GraphQLNonNull) and one.default_value is None)
        or draw(st.integers(0, 3)) == 0
        or name == "code"
    ]
    return f"({', '.join(f'{name}: {value(draw, known[name].type)}' for name in chosen)})" if chosen else ""


def selection(draw: st.DrawFn, of: GraphQLObjectType, depth: int) -> str:
    """Some fields of an object, with what is below them."""
    fields = {
        name: one
        for name, one in of.fields.items()
        if depth > 0 or not isinstance(get_named_type(one.type), GraphQLObjectType)
    }
    told = []
    for number, name in enumerate(
        draw(st.lists(st.sampled_from(list(fields) or ["__typename"]), min_size=1, max_size=4))
    ):
        if name == "__typename":
            told.append(name)
            continue
        kind = get_named_type(of.fields[name].type)
        below = f" {selection(draw, kind, depth - 1)}" if isinstance(kind, GraphQLObjectType) else ""
        alias = f"a{number}_{depth}: " if draw(st.booleans()) else ""
        told.append(f"{alias}{name}{arguments(draw, of.fields[name].args)}{below}")
    return "{ " + " ".join(told) + " }"


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A query of the schema's own fields."""
    query = PUBLIC.query_type
    assert query
    return selection(draw, query, draw(st.integers(2, 6)))


def wrongs(told: Any, kind: Any, where: str) -> list[str]:
    """Where an answer is not what the schema says (aliases aside)."""
    if isinstance(kind, GraphQLNonNull):
        return [f"{where} is null"] if told is None else wrongs(told, kind.of_type, where)
    if told is None:
        return []
    if isinstance(kind, GraphQLList):
        return [] if isinstance(told, list) else [f"{where} is no list"]
    if isinstance(kind, GraphQLEnumType):
        return [] if told in kind.values else [f"{where} is {told}"]
    if isinstance(kind, GraphQLObjectType):
        return [
            wrong
            for name, one in told.items()
            if name in kind.fields
            for wrong in wrongs(one, kind.fields[name].type, f"{where}.{name}")
        ]
    fits = {"Int": int, "Float": (int, float), "Boolean": bool}.get(kind.name, str)
    return [] if isinstance(told, fits) else [f"{where} is {told!r}"]


@pytest.fixture
def shop(index: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "spend", lambda *_: None)
    for number in range(3):
        make_offer(make_product(f"Cà phê {number}"))
    services.catch_up()


@relaxed
@given(query=queries())
def test_what_the_schema_allows_is_answered_by_the_schema(query: str, client: Client, shop: None) -> None:
    answer = client.post("/graphql/", {"query": query}, content_type="application/json")
    body = answer.json()

    assert answer.status_code in (200, 400), body
    assert {error["extensions"]["code"] for error in body.get("errors", ())} <= EXPECTED, (query, body)
    if answer.status_code == 200 and body["data"] is not None:
        assert wrongs(body["data"], SCHEMA.graphql_schema.query_type, "") == []


@relaxed
@given(
    query=st.text(max_size=60) | st.text("{}()[]:$!@.\"'#a1_-, \n", max_size=120),
    variables=st.dictionaries(WORDS, WORDS),
)
def test_noise_is_refused(query: str, variables: dict[str, str], client: Client, shop: None) -> None:
    for answer in (
        client.post("/graphql/", {"query": query, "variables": variables}, content_type="application/json"),
        client.get("/graphql/", {"query": query, "variables": json.dumps(variables)}),
    ):
        assert answer.status_code == 400, query
        assert answer.json()["errors"][0]["extensions"]["vi"]


@relaxed
@given(body=st.binary(min_size=1, max_size=80))
def test_any_bytes_are_told_to_be_no_query(body: bytes, client: Client, shop: None) -> None:
    answer = client.post("/graphql/", body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] in ("BAD_JSON", "BAD_REQUEST", "BATCHING_REFUSED")
