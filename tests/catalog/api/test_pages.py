"""Pages by cursor: all rows once, whatever comes or goes; a cursor belongs to one list."""

import pytest

from catalog.api import searching
from catalog.api.cursors import cursor, position
from catalog.api.errors import BadCursor
from catalog.products.models import Product
from catalog.search import services
from tests.catalog.api.conftest import Ask, codes
from tests.factories import make_producer, make_product

PAGE = "pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { code } }"
PRODUCTS = (
    f"query ($first: Int! = 2, $after: String) {{ products(first: $first, after: $after) {{ totalCount {PAGE} }} }}"
)
SEARCH = (
    f'query ($first: Int! = 2, $after: String, $text: String! = "", $sort: SearchSort! = NAME) '
    f"{{ search(first: $first, after: $after, text: $text, sort: $sort) {{ totalCount reach {PAGE} }} }}"
)


def walk(ask: Ask, query: str, **variables: object) -> list[list[str]]:
    """The codes of every page."""
    pages: list[list[str]] = []
    after, more = None, True
    while more:
        page = next(iter(ask(query, after=after, **variables)["data"].values()))
        pages.append([edge["node"]["code"] for edge in page["edges"]])
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        assert not page["edges"] or page["edges"][-1]["cursor"] == after
    return pages


def test_products_are_walked_through_in_the_order_in_which_they_came(ask: Ask) -> None:
    made = [make_product().code for _ in range(5)]

    assert walk(ask, PRODUCTS) == [made[:2], made[2:4], made[4:]]
    assert walk(ask, PRODUCTS, first=100) == [made]


def test_what_comes_and_goes_meanwhile_shifts_nothing(ask: Ask) -> None:
    made = [make_product() for _ in range(4)]
    first = ask(PRODUCTS)["data"]["products"]
    Product.objects.filter(pk__in=[made[0].pk, made[2].pk]).update(blocked="revoked")
    new = make_product()

    second = ask(PRODUCTS, after=first["pageInfo"]["endCursor"])["data"]["products"]

    assert [edge["node"]["code"] for edge in second["edges"]] == [made[3].code, new.code]
    assert second["pageInfo"]["hasPreviousPage"]


def test_a_search_is_walked_through_with_pages_of_any_size(ask: Ask, index: None) -> None:
    made = [make_product(f"Trà {letter}").code for letter in "ABCDE"]
    services.catch_up()

    assert walk(ask, SEARCH) == [made[:2], made[2:4], made[4:]]
    begun = ask(SEARCH, first=1)["data"]["search"]["pageInfo"]["endCursor"]
    rest = ask(SEARCH, first=3, after=begun)["data"]["search"]
    assert [edge["node"]["code"] for edge in rest["edges"]] == made[1:4]


def test_a_search_ends_where_its_pages_do_and_says_so(ask: Ask, index: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make_product(f"Trà {letter}").code for letter in "ABCDE"]
    services.catch_up()
    monkeypatch.setattr(searching, "MAX_HITS", 3)

    assert walk(ask, SEARCH) == [made[:2], made[2:3]]
    assert ask(SEARCH)["data"]["search"]["totalCount"] == 5


def test_hits_that_are_gone_neither_stop_nor_repeat_a_walk(ask: Ask, index: None) -> None:
    made = [make_product(f"Trà {letter}") for letter in "ABCDE"]
    services.catch_up()
    Product.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(blocked="revoked")

    pages = walk(ask, SEARCH)

    assert [code for page in pages for code in page] == [one.code for one in made[2:]]


@pytest.mark.parametrize(
    "other",
    [
        "{ products(after: %s, adult: true) { totalCount } }",
        '{ products(after: %s, province: "68") { totalCount } }',
        "{ producers(after: %s) { totalCount } }",
        "{ salePoints(after: %s) { totalCount } }",
        "{ search(after: %s) { totalCount } }",
        '{ province(code: "68") { communes(after: %s) { totalCount } } }',
    ],
)
def test_a_cursor_of_another_list_is_refused(other: str, ask: Ask) -> None:
    make_product()
    end = ask(PRODUCTS, first=1)["data"]["products"]["pageInfo"]["endCursor"]

    body = ask(other % f'"{end}"')

    assert codes(body) == ["BAD_CURSOR"]
    assert "endCursor" in body["errors"][0]["message"]
    assert body["errors"][0]["path"]


@pytest.mark.parametrize("text", ["", "x", "AAAA", "====", "é", "Zm9v", "9" * 500, "\n", "-1", "YWFhYWFhYWE5OQ"])
def test_what_is_no_cursor_is_refused(text: str, ask: Ask) -> None:
    assert codes(ask(PRODUCTS, after=text)) == ["BAD_CURSOR"]


def test_of_a_cursor_only_its_own_writing_counts() -> None:
    text = cursor("a", 12)

    assert position("a", text) == 12
    for other in (text + "=", text[:-1], text[:-1] + "B"):
        with pytest.raises(BadCursor):
            position("a", other)


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
def test_first_has_bounds(first: int, ask: Ask) -> None:
    body = ask(PRODUCTS, status=400, first=first)

    assert codes(body) == ["BAD_FIRST"]
    assert str(first) in body["errors"][0]["message"]
    assert "data" not in body


def test_a_producers_products_come_in_pages(ask: Ask) -> None:
    producer, other = make_producer(), make_product().producer
    made = [make_product(producer=producer).code for _ in range(3)]
    query = (
        f"query ($id: ID!, $after: String) {{ producer(id: $id) {{ products(first: 2, after: $after) {{ {PAGE} }} }} }}"
    )

    first = ask(query, id=producer.pk)["data"]["producer"]["products"]
    second = ask(query, id=producer.pk, after=first["pageInfo"]["endCursor"])["data"]["producer"]["products"]

    assert [edge["node"]["code"] for page in (first, second) for edge in page["edges"]] == made
    assert codes(ask(query, id=other.pk, after=first["pageInfo"]["endCursor"])) == ["BAD_CURSOR"]
