"""The relevance set (deploy/bench/_relevance) on the engine in use, held to its targets; facets against brute force."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from catalog.search import codes, services
from catalog.search.documents import IndexDocument
from catalog.search.engine import FACETS, Engine, Filters, Request
from catalog.search.synonyms import Clause
from catalog.search.tokens import tokens
from deploy.bench._relevance import measuring, typos
from deploy.bench._relevance.catalogue import TODAY, specialities
from deploy.bench._relevance.queries import questions
from deploy.bench._relevance.rules import rule
from tests.catalog.search.conftest import only_tantivy

pytestmark = [pytest.mark.django_db, pytest.mark.self_contained]
CASES = 300
WORDS = ("mat", "ong", "dua", "tra", "banh", "kho", "htx", "say")
COLUMNS = {
    "provinces": "province", "old_provinces": "old_province", "regions": "region", "stars": "star",
    "branches": "branch", "producer_kinds": "producer_kind",
}  # fmt: skip
OWN = {
    "place": ("provinces", "old_provinces"), "region": ("regions",), "star": ("stars",), "branch": ("branches",),
    "producer_kind": ("producer_kinds",), "price": ("price_min", "price_max"), "in_stock": ("in_stock",),
}  # fmt: skip


@pytest.fixture
def engine(index: None) -> Iterator[Engine]:
    measuring.fill(services.engine())
    return services.engine()


def test_the_set_is_large_enough_and_every_judgement_judges_something() -> None:
    assert len(specialities()) >= 250
    assert len(questions()) >= 150
    for question in questions():
        assert bool(question.grades) != question.finds_nothing, str(question)


def test_rules_that_do_not_exist_are_refused() -> None:
    for text in ("nam:dứa", "dứa", "not"):
        with pytest.raises(ValueError, match="no such rule"):
            rule(text)


def test_every_question_is_answered_as_judged(engine: Engine) -> None:
    scores = measuring.measure(engine)

    assert {str(s.question): (s.precision, s.ndcg, s.broken, s.first) for s in scores if not s.perfect} == {}
    assert measuring.means(scores).zero_rate == 0
    assert measuring.means(measuring.by_kind(scores)["accents"]).precision == 1


@only_tantivy  # the corrector asks ten thousands of times; what it asks is compared in test_conformance
@pytest.mark.parametrize("seed", [typos.SEED, 1])
@pytest.mark.parametrize("accents", [False, True])
def test_nine_of_ten_typos_that_nobody_wrote_down_are_put_right(accents: bool, seed: int, engine: Engine) -> None:
    tried = typos.typos(engine, accents=accents, seed=seed)

    assert sum(one.restored for one in tried) >= 0.9 * len(tried)


@pytest.mark.parametrize("accents", [False, True])
def test_real_words_and_brands_are_left_alone(accents: bool, engine: Engine) -> None:
    count, wrong = typos.falsely_corrected(engine, accents=accents, seen=False)  # no threshold was chosen with these
    everything, wrong_ones = typos.falsely_corrected(engine, accents=accents)

    assert count >= 120
    assert len(wrong) <= 0.01 * count, wrong
    assert everything >= 250
    assert len(wrong_ones) <= 0.01 * everything, wrong_ones


def test_most_of_what_is_not_put_right_is_offered(engine: Engine) -> None:
    tried = typos.typos(engine)

    assert sum(one.restored or one.asked_back for one in tried) >= 0.95 * len(tried)


def test_facets_of_any_filters_are_what_counting_by_hand_gives(engine: Engine) -> None:
    chance, documents = random.Random(5), [one.index_document() for one in specialities()]
    for _ in range(CASES):
        word, filters = chance.choice(("", *WORDS)), _filters(chance, documents)
        clauses = (Clause(tuple(tokens(word))),) if word else ()
        found = engine.search(Request(TODAY.toordinal(), clauses, filters, adult=True))
        left = [one for one in documents if not word or word in one.all.split()]
        assert found.total == sum(_passes(one, filters) for one in left)
        for facet, (column, own) in FACETS.items():
            values = Counter(getattr(one, column) for one in left if _passes(one, filters, but=own))
            counted = {value: number for value, number in found.counts.get(facet, {}).items() if number}
            assert counted == values, (word, filters, facet)


def _filters(chance: random.Random, documents: list[IndexDocument]) -> Filters:
    def some(column: str) -> tuple[int, ...]:
        if chance.random() > 0.3:
            return ()
        values = {getattr(chance.choice(documents), column) for _ in range(chance.randrange(1, 4))}
        return tuple(values | ({codes.NOWHERE} if chance.random() < 0.05 else set()))

    low, high = sorted(chance.choice(documents).price for _ in range(2))
    return Filters(
        **{name: some(column) for name, column in COLUMNS.items()},
        price_min=max(0, low) if chance.random() < 0.2 else None,
        price_max=max(0, high) if chance.random() < 0.2 else None,
        in_stock=chance.random() < 0.2,
    )


def _passes(one: IndexDocument, filters: Filters, but: str = "") -> bool:
    skipped = OWN.get(but, ())
    held = [
        getattr(one, COLUMNS[name]) in asked
        for name in ("regions", "stars", "branches", "producer_kinds")
        if name not in skipped and (asked := getattr(filters, name))
    ]
    if "provinces" not in skipped and (filters.provinces or filters.old_provinces):
        held.append(one.province in filters.provinces or one.old_province in filters.old_provinces)
    if "price_min" not in skipped and (filters.price_min is not None or filters.price_max is not None):
        low, high = filters.price_min or 0, filters.price_max
        held.append(one.price >= low and (high is None or one.price <= high))
    if "in_stock" not in skipped and filters.in_stock:
        held.append(bool(one.in_stock))
    return all(held)
