"""Both engines over one catalogue: equal sets, equal facets, one order up to ties; and the way beyond the window."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from catalog.search import elasticsearch_schema, services
from catalog.search.elasticsearch_engine import ElasticsearchEngine
from catalog.search.elasticsearch_query import search_body
from catalog.search.engine import Filters, Request
from catalog.search.query import SORTS
from catalog.search.questions import filters, gate, matching, scoring
from catalog.search.synonyms import Clause, clauses
from catalog.search.tantivy_engine import TantivyEngine
from catalog.search.tantivy_query import everything, scored
from catalog.search.tokens import tokens
from deploy.bench._relevance import measuring
from deploy.bench._relevance.catalogue import TODAY, specialities
from tests.catalog.search.conftest import only_elasticsearch

pytestmark = [pytest.mark.django_db, only_elasticsearch]
QUESTIONS = 400
NEAR = 0.02  # sums of some ten thousand in single precision, added in another order
ALL = 1000  # more than there are
COLUMNS = {
    "provinces": "province", "old_provinces": "old_province", "communes": "commune", "named_regions": "region",
    "regions": "region", "stars": "star", "branches": "branch", "producer_kinds": "producer_kind",
}  # fmt: skip


@pytest.fixture
def engines(index: None) -> tuple[TantivyEngine, ElasticsearchEngine]:
    elasticsearch = services.engine()
    assert isinstance(elasticsearch, ElasticsearchEngine)
    tantivy = TantivyEngine()
    for engine in (tantivy, elasticsearch):
        measuring.fill(engine)
    return tantivy, elasticsearch


def _request(chance: random.Random) -> Request:
    documents = specialities()
    name = chance.choice(documents).facts.name.split()
    start = chance.randrange(len(name))
    text = " ".join(name[start : start + chance.choice((0, 1, 1, 2, 3))])
    typed = tokens(text if chance.random() < 0.5 else " ".join(t.folded for t in tokens(text)))
    asked = tuple(clauses(typed))
    if typed and chance.random() < 0.15:
        asked = (Clause(tuple(typed), in_a_row=True),)
    if typed and chance.random() < 0.2:
        communes = tuple({chance.choice(documents).index_document().commune for _ in range(3)})
        asked = (*asked, Clause(tuple(typed[:2]), in_a_row=True, communes=communes))
    narrowed = {
        field: tuple({getattr(chance.choice(documents).index_document(), column) for _ in range(chance.choice((1, 3)))})
        for field, column in COLUMNS.items()
        if chance.random() < 0.06
    }
    sort = "relevance" if chance.random() < 0.7 else chance.choice(SORTS)
    low = chance.choice((None, None, None, 50_000))
    asked_filters = Filters(**narrowed, price_min=low, price_max=low and low * 4, in_stock=chance.random() < 0.1)
    return Request(TODAY.toordinal(), asked, asked_filters, adult=chance.random() < 0.5, sort=sort, limit=ALL)


def test_four_hundred_questions_get_one_answer(engines: tuple[TantivyEngine, ElasticsearchEngine]) -> None:
    tantivy, elasticsearch = engines
    chance, some, scored = random.Random(11), 0, 0
    for _ in range(QUESTIONS):
        request = _request(chance)
        one, other = tantivy.search(request), elasticsearch.search(request)
        assert (one.total, sorted(one.ids)) == (other.total, sorted(other.ids)), request
        assert _without_zeros(one.counts) == _without_zeros(other.counts), request
        for engine, told in ((tantivy, one), (elasticsearch, other)):
            assert engine.search(replace(request, counted=False)) == replace(told, counts={}), request
        assert tantivy.count(request.clauses, request.today, adult=request.adult) == elasticsearch.count(
            request.clauses, request.today, adult=request.adult
        )
        if request.sort == "relevance" and request.clauses:
            hits = elasticsearch._ask(search_body(request), 0, ALL)["hits"]["hits"]
            scores = {hit["fields"]["id"][0]: hit["sort"][0] for hit in hits}
            given = [scores[one] for one in one.ids]
            assert all(a >= b - NEAR for a, b in pairwise(given)), request
            scored += len(given) > 1
        else:
            assert one.ids == other.ids, request
        some += bool(one.ids)
    assert some > QUESTIONS / 2
    assert scored > QUESTIONS / 10


def test_scores_differ_by_what_every_hit_has(engines: tuple[TantivyEngine, ElasticsearchEngine]) -> None:
    tantivy, elasticsearch = engines
    chance, compared = random.Random(3), 0
    for _ in range(QUESTIONS):
        request = replace(_request(chance), sort="relevance")
        if not request.clauses:
            continue
        searcher, kept = tantivy._open().index.searcher(), gate(request.today, adult=request.adult)
        conditions = [*kept, *matching(request.clauses), *filters(request.filters).values()]
        asked = everything(conditions)
        many = chance.choice((0, 20, ALL))  # asked side by side or one within the other, they score the same
        hits = searcher.search(scored(asked, scoring(request), searcher, many), ALL).hits
        ids = searcher.fast_field_values("id", [address for _, address in hits]) if hits else []
        told = elasticsearch._ask(search_body(request), 0, ALL)["hits"]["hits"]
        scores = {hit["fields"]["id"][0]: hit["sort"][0] for hit in told}
        apart = [score - scores[one] for (score, _), one in zip(hits, ids, strict=True)]
        assert max(apart, default=0) - min(apart, default=0) < NEAR, request
        compared += len(apart)
    assert compared > QUESTIONS


def test_one_vocabulary(engines: tuple[TantivyEngine, ElasticsearchEngine], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.search.elasticsearch_vocabulary.PAGE", 500)  # several pages
    one, other = (engine.vocabulary() for engine in engines)

    assert one.folded == other.folded
    assert one.accented == other.accented


@pytest.mark.parametrize("sort", ["relevance", "price", "name"])
def test_hits_beyond_the_window_are_walked_to(index: None, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elasticsearch_schema, "WINDOW", 7)  # the server refuses more
    engine = services.engine()
    measuring.fill(engine)
    asked = Request(TODAY.toordinal(), tuple(clauses(tokens("trà"))), adult=True, sort=sort, limit=5)
    pages = [engine.search(replace(asked, offset=offset)) for offset in range(0, 60, 5)]

    found = [one for page in pages for one in page.ids]
    total = pages[0].total
    assert 7 < total < 60
    assert len(found) == len(set(found)) == total
    assert {page.total for page in pages} == {total}
    monkeypatch.setattr(elasticsearch_schema, "WINDOW", 10_000)
    services.engine.cache_clear()
    measuring.fill(services.engine())
    assert services.engine().search(replace(asked, limit=100)).ids == found


def _without_zeros(counts: dict[str, dict[int, int]]) -> dict[str, dict[int, int]]:
    return {facet: {value: n for value, n in values.items() if n} for facet, values in counts.items()}
