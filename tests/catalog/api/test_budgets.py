"""How many questions a query asks the database: the same with 3 rows of everything as with 24."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.search import services
from tests.catalog.api.conftest import Ask
from tests.factories import add_recognition, make_offer, make_producer, make_product, make_sale_point

ROW = (
    "code name url story region { name } province { name } commune { name } branch { name } productSet { name } "
    "producer { name url } certificate { state until } offers { price availability salePoints { name } }"
)
BUDGETS = {  # query → questions
    "{ products(first: 24) { edges { node { code name } } } }": 1,
    f"{{ products(first: 24) {{ edges {{ node {{ {ROW} }} }} }} }}": 3,
    "{ products { totalCount edges { node { certificate { history { star } facts { source { name } } } } } } }": 4,
    f"{{ search(first: 24) {{ totalCount facets {{ values {{ count }} }} edges {{ node {{ {ROW} }} }} }} }}": 4,
    "{ producers { edges { node { name products(first: 5) { edges { node { code offers { price } } } } } } } }": 4,
    "{ products { edges { node { producer { products(first: 3) { edges { node { offers { price } } } } } } } } }": 4,
    "{ salePoints(first: 24) { edges { node { name province { name } } } } }": 1,
    "{ regions { name oldProvinces { name province { name communes { totalCount } } } } }": 0,
    '{ suggestions(text: "ca phe") { text url } }': 1,
}  # fmt: skip


def fill(many: int) -> None:
    for _ in range(many):
        product, point = make_product(producer=make_producer()), make_sale_point()
        add_recognition(product)
        make_offer(product, number=1, stocks={point.warehouse: 9})
        make_offer(product, number=2, stocks={point.warehouse: 9})
        make_product(producer=product.producer)
    services.catch_up()


def questions(ask: Ask, query: str) -> int:
    """How many this query asks, once what a process remembers is remembered."""
    ask(query)
    with CaptureQueriesContext(connection) as queries:
        assert "errors" not in ask(query)
    return len(queries)


def test_queries_ask_as_much_with_many_rows_as_with_few(ask: Ask, index: None) -> None:
    fill(3)
    assert {query: questions(ask, query) for query in BUDGETS} == BUDGETS

    fill(21)
    assert {query: questions(ask, query) for query in BUDGETS} == BUDGETS


def test_verifying_asks_a_fixed_number_of_questions(ask: Ask) -> None:
    product = make_product()
    for _ in range(3):
        add_recognition(product)
    query = (
        f'{{ verify(code: "{product.code}") {{ sentence producer {{ name }} certificate {{ history {{ star }} '
        "facts { value } } product { name } } }"
    )

    assert questions(ask, query) == 4


@pytest.mark.parametrize("code", ["0000000", "0000001"])
def test_no_product_asks_one_question_at_most(code: str, ask: Ask) -> None:
    assert questions(ask, f'{{ verify(code: "{code}") {{ state certificate {{ star }} }} }}') <= 1
