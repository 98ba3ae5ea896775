"""GraphQL over HTTP: what is sent wrongly is told so, in JSON, with a status of its own and never a 500."""

import json
import shutil
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from catalog.api.limits import MOST_BYTES
from catalog.certificates import verify as certificates
from catalog.search import pointer, services
from tests.catalog.api.conftest import Ask, codes
from tests.factories import make_product

pytestmark = pytest.mark.django_db
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
REGIONS = "{ regions { slug } }"


def post(client: Client, body: object, kind: str = "application/json", **headers: str) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post("/graphql/", text, content_type=kind, **headers)  # type: ignore[arg-type]


WRONG: dict[str, tuple[object, str, int]] = {
    "no JSON": ("{", "BAD_JSON", 400),
    "not UTF-8": (b'{"query": "\xff"}', "BAD_JSON", 400),
    "deep JSON": ("[" * 5_000, "BAD_JSON", 400),
    "a number of five thousand digits": ('{"query": "", "variables": {"a": ' + "9" * 5000 + "}}", "BAD_JSON", 400),
    "no number": ('{"query": "{ regions { slug } }", "variables": {"a": NaN}}', "BAD_JSON", 400),
    "half a character": ('{"query": "{ regions { slug } } # \\ud800"}', "BAD_JSON", 400),
    "half a character in a variable": ('{"query": "{ a }", "variables": {"a": "\\ud800"}}', "BAD_JSON", 400),
    "U+0000": ({"query": "{ regions { slug } } # \0"}, "BAD_REQUEST", 400),
    "U+0000 in braces": ({"query": '{ suggestions(text: "\\u{000}") { text } }'}, "BAD_REQUEST", 400),
    "U+0000 in a variable": ({"query": REGIONS, "variables": {"a": "\0"}}, "BAD_REQUEST", 400),
    "a batch": ([{"query": REGIONS}, {"query": REGIONS}], "BATCHING_REFUSED", 400),
    "a text": ('"query"', "BAD_JSON", 400),
    "nothing": ({}, "BAD_REQUEST", 400),
    "an empty query": ({"query": " "}, "BAD_REQUEST", 400),
    "a query that is none": ({"query": 1}, "BAD_REQUEST", 400),
    "variables that are a list": ({"query": REGIONS, "variables": [1]}, "BAD_REQUEST", 400),
    "a name that is a number": ({"query": REGIONS, "operationName": 1}, "BAD_REQUEST", 400),
    "an unknown operation": ({"query": REGIONS, "operationName": "B"}, "UNKNOWN_OPERATION", 400),
    "a long body": ({"query": REGIONS, "variables": {"a": "x" * MOST_BYTES}}, "BODY_TOO_LARGE", 413),
}  # fmt: skip


@pytest.mark.parametrize(("body", "code", "status"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_body_is_told_so(body: object, code: str, status: int, client: Client) -> None:
    answer = post(client, body)

    assert (answer.status_code, codes(answer.json())) == (status, [code])
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/graphql", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
     "application/json; charset=latin-1", "", "nonsense"],
)  # fmt: skip
def test_only_json_in_utf_8_is_read(kind: str, client: Client) -> None:
    answer = post(client, {"query": REGIONS}, kind)

    assert (answer.status_code, codes(answer.json())) == (415, ["WRONG_CONTENT_TYPE"])


VARIABLES = {
    "a text for a number": ("query ($a: Int!) { products(first: $a) { totalCount } }", {"a": "x"}),
    "a number for a text": ("query ($a: String!) { verify(code: $a) { state } }", {"a": 1}),
    "none": ("query ($a: String!) { verify(code: $a) { state } }", {}),
    "null": ("query ($a: String!) { verify(code: $a) { state } }", {"a": None}),
    "null where a default was": ("query ($a: Int = 3) { products(first: $a) { totalCount } }", {"a": None}),
    "beyond 32 bits": ("query ($a: Int!) { products(first: $a) { totalCount } }", {"a": 2**40}),
    "an unknown value": ("query ($a: SearchSort!) { search(sort: $a) { totalCount } }", {"a": "CHEAP"}),
    "an unknown filter": ("query ($a: SearchFilter) { search(filter: $a) { totalCount } }", {"a": {"colour": "red"}}),
    "an object for a text": ("query ($a: String!) { verify(code: $a) { state } }", {"a": {"b": ["x"] * 2000}}),
}


@pytest.mark.parametrize(("query", "variables"), VARIABLES.values(), ids=VARIABLES.keys())
def test_variables_of_a_wrong_type_are_told_so(query: str, variables: dict[str, Any], client: Client) -> None:
    answer = post(client, {"query": query, "variables": variables})

    assert (answer.status_code, codes(answer.json())) == (400, ["BAD_VARIABLES"])
    assert len(answer.json()["errors"][0]["message"]) < 600


ARGUMENTS = {
    "an unknown province": ('{ search(filter: {provinces: ["68", "00"]}) { totalCount } }', "“00”"),
    "an unknown region": ('{ search(filter: {regions: ["x"]}) { totalCount } }', "“x”"),
    "two stars": ("{ search(filter: {stars: [2]}) { totalCount } }", "“2”"),
    "a seventh branch": ("{ search(filter: {branches: [7]}) { totalCount } }", "“7”"),
    "a price below nothing": ("{ search(filter: {priceMin: -1}) { totalCount } }", "“-1”"),
    "a long text": ('{ search(text: "%s") { totalCount } }' % ("x" * 201), "200 characters"),
    "a long thing typed": ('{ suggestions(text: "%s") { key } }' % ("x" * 201), "200 characters"),
    "a long address": ('{ resolvePlace(text: "%s") { problem } }' % ("x" * 301), "300 characters"),
    "many values": ("{ search(filter: {stars: [%s]}) { totalCount } }" % ("3," * 101), "100 at most"),
    "no province of products": ('{ products(province: "xx") { totalCount } }', "“xx”"),
    "no producer's number": ('{ producer(id: "1 or 1=1") { name } }', "digits only"),
    "an empty number": ('{ producer(id: "") { name } }', "digits only"),
}


@pytest.mark.parametrize(("query", "says"), ARGUMENTS.values(), ids=ARGUMENTS.keys())
def test_an_argument_that_cannot_be_is_told_so(query: str, says: str, ask: Ask) -> None:
    body = ask(query)

    assert codes(body) == ["BAD_ARGUMENT"]
    assert says in body["errors"][0]["message"]
    assert set(body["data"].values()) == {None}


def test_get_and_post_give_the_same(client: Client) -> None:
    make_product()
    query = "query Q($n: Int!) { products(first: $n) { edges { node { code } } } }"
    sent = {"query": query, "variables": json.dumps({"n": 3}), "operationName": "Q"}

    got = client.get(f"/graphql/?{urlencode(sent)}")

    assert got.status_code == 200
    assert got.json() == post(client, {**sent, "variables": {"n": 3}}).json()
    assert client.head(f"/graphql/?{urlencode(sent)}").status_code == 200


def test_wrong_parameters_of_get_are_told_so(client: Client) -> None:
    for sent, code in (({}, "BAD_REQUEST"), ({"query": REGIONS, "variables": "{"}, "BAD_JSON"),
                       ({"query": REGIONS, "variables": "[]"}, "BAD_REQUEST"),
                       ({"query": "mutation { a }"}, "READ_ONLY"),
                       ({f"a{n}": "1" for n in range(1_500)}, "BAD_REQUEST")):  # fmt: skip
        answer = client.get("/graphql/", sent)
        assert (answer.status_code, codes(answer.json())) == (400, [code])
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_answered(method: str, client: Client) -> None:
    answer = getattr(client, method)("/graphql/")

    assert (answer.status_code, codes(answer.json())) == (405, ["METHOD_NOT_ALLOWED"])
    assert answer["Allow"] == "GET, POST, OPTIONS"


def test_pages_of_any_origin_may_read(client: Client) -> None:
    asked = client.options("/graphql/", HTTP_ORIGIN="https://other.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST")
    read = post(client, {"query": REGIONS}, HTTP_ORIGIN="https://other.example")

    assert asked.status_code == 204
    for answer in (asked, read):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert "Content-Type" in answer["Access-Control-Allow-Headers"]


def test_no_cookie_is_given_or_looked_at_and_no_token_asked_for(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = post(strict, {"query": REGIONS}, HTTP_COOKIE="sessionid=abcdefgh12345678abcdefgh; du18=1")

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer["Vary"]


def test_both_media_types_are_spoken(client: Client) -> None:
    plain, response = "application/json", "application/graphql-response+json"
    for accept, kind in ((response, response), (plain, plain), ("image/png", plain), ("*/*", plain)):
        answer = post(client, {"query": REGIONS}, HTTP_ACCEPT=accept)
        assert answer["Content-Type"] == f"{kind}; charset=utf-8"


def test_nobody_between_keeps_an_answer(client: Client) -> None:
    assert client.get("/graphql/", {"query": REGIONS})["Cache-Control"] == "no-store"
    assert post(client, {"query": REGIONS})["Cache-Control"] == "no-store"


def test_nonsense_of_strangers_does_not_fill_the_log(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    ask("{ nonsense", status=400)
    ask('{ products(after: "x") { totalCount } }')

    assert caplog.records == []


def test_what_was_not_foreseen_is_noted_and_told_as_an_internal_error(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("catalog.api.schema.resolved", lambda *_: 1 // 0)

    body = ask('{ resolvePlace(text: "x") { problem } regions { slug } }')

    assert codes(body) == ["INTERNAL"]
    assert "division" not in json.dumps(body)
    assert len(body["data"]["regions"]) == 7
    assert "resolvePlace" in caplog.text


def test_without_an_engine_the_answer_says_that_it_is_plain(ask: Ask, index: None) -> None:
    product = make_product()
    services.catch_up()
    shutil.rmtree(pointer.directory())

    told = ask('{ search(text: "Lâm Đồng") { plain edges { node { code } } } }')["data"]["search"]

    assert told == {"plain": True, "edges": [{"node": {"code": product.code}}]}


def test_a_browser_is_shown_a_page_with_a_form_that_works_without_javascript(client: Client) -> None:
    product = make_product()

    page = client.get("/graphql/?vi-du=verify", HTTP_ACCEPT=HTML)
    sent = client.post("/graphql/", urlencode({"query": REGIONS, "variables": ""}),
                       content_type="application/x-www-form-urlencoded", HTTP_ACCEPT=HTML)  # fmt: skip
    wrong = client.post("/graphql/", urlencode({"query": "{ x", "variables": ""}),
                        content_type="application/x-www-form-urlencoded", HTTP_ACCEPT=HTML)  # fmt: skip

    assert page["Content-Type"].startswith("text/html")
    assert product.code in page.content.decode()
    assert certificates.verify(product.code).state == "in_force"
    assert "mien-nui-phia-bac" in sent.content.decode()
    assert (wrong.status_code, "SYNTAX_ERROR" in wrong.content.decode()) == (400, True)
    assert "Accept" in page["Vary"]


def test_what_is_typed_is_shown_as_text(client: Client) -> None:
    typed = '{ verify(code: "</pre><script>alert(1)</script>") { code } }'

    page = client.get("/graphql/", {"query": typed}, HTTP_ACCEPT=HTML).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_form_too_long_is_not_read(client: Client) -> None:
    answer = client.post("/graphql/", "query=" + "x" * MOST_BYTES, content_type="application/x-www-form-urlencoded",
                         HTTP_ACCEPT=HTML)  # fmt: skip

    assert (answer.status_code, "BODY_TOO_LARGE" in answer.content.decode()) == (413, True)
