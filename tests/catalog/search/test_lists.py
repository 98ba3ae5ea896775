"""Lists against what the documents say: the order of names after changes, facets under filters of several values."""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from catalog import clock
from catalog.certificates.services import refresh_gate
from catalog.offers.models import Offer
from catalog.outbox.services import emit
from catalog.products.models import Product, Restriction
from catalog.products.sets import BRANCHES
from catalog.search import codes, pointer, services
from catalog.search.documents import IndexDocument, documents
from catalog.search.engine import FACETS, Filters, Request
from catalog.search.query import SearchQuery
from catalog.search.synonyms import clauses as clauses_of
from catalog.search.tantivy_names import Names
from catalog.search.tantivy_schema import TRADE_BITS, apart, branch_set
from catalog.search.tokens import tokens
from tests.catalog.search.conftest import only_tantivy
from tests.factories import make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db
NAMES = ("Mật ong", "Mật ong rừng", "Mắt ong", "Cà phê", "Cà phê hạt", "Ca cao", "Dứa", "Dừa", "Đu đủ", "1 nắng")
PAGES = (1, 3, 7, 100)


def _make(chance: random.Random, number: int) -> None:
    for _ in range(number):
        product = make_product(chance.choice(NAMES), star=chance.choice((3, 4, 5)), branch=chance.choice((1, 2, 4, 6)))
        if chance.random() < 0.7:
            make_offer(product, price=chance.choice((0, 20_000, 70_000, 100_000, 150_000, 900_000, 1_000_000)))


def _in_order() -> list[int]:
    return [one.id for one in sorted(documents(), key=lambda one: one.sort_name)]


def _pages(size: int) -> list[int]:
    found: list[int] = []
    for page in range(1, Product.objects.count() // size + 2):
        found += [one.pk for one in services.search(SearchQuery(sort="name", page=page, per_page=size)).products]
    return found


def test_pages_by_name_are_the_order_of_names_after_any_change(index: None) -> None:
    chance = random.Random(3)
    _make(chance, 15)
    services.catch_up()
    assert _pages(4) == _in_order()
    for _ in range(3):
        _make(chance, 6)  # added to the index as it stands: they share numbers
        for product in chance.sample(list(Product.objects.order_by("pk")), 4):
            Product.objects.filter(pk=product.pk).update(name=chance.choice(NAMES))
            Offer.objects.filter(product=product).delete()
            Product.objects.filter(pk=product.pk).update(price_from=None, in_stock=False)
            emit("index", [product.code])
        services.catch_up()
        for size in PAGES:
            assert _pages(size) == _in_order(), size
    services.reindex()
    assert _pages(5) == _in_order()


def test_pages_by_name_under_words_and_filters(index: None) -> None:
    chance = random.Random(5)
    _make(chance, 12)
    services.catch_up()
    _make(chance, 12)
    services.catch_up()
    asked = {"text": "ong", "star": (3, 4), "sort": "name", "per_page": 2, "exact": True}
    kept = {one.id for one in documents() if "ong" in one.all.split() and one.star in (3, 4)}
    found = [one.pk for page in range(1, 14) for one in services.search(SearchQuery(page=page, **asked)).products]
    assert found == [one for one in _in_order() if one in kept]
    assert len(found) > 2


@only_tantivy
def test_an_index_that_has_outgrown_its_names_is_built_anew(index: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.search.tantivy_names._FEW", 3)
    make_product("Mật ong")
    services.catch_up()
    before = pointer.read()
    _make(random.Random(1), 4)  # five are two for each and three
    services.catch_up()
    services.catch_up()
    assert before
    assert pointer.read().folder == before.folder
    _make(random.Random(2), 1)
    services.catch_up()
    assert not services.engine().ready()
    assert services.engine().standing().state == "ok"  # it finds as before
    services.catch_up()
    assert pointer.read().folder != before.folder
    assert services.engine().ready()
    assert _pages(2) == _in_order()


@only_tantivy
def test_an_index_without_its_names_is_built_anew(index: None) -> None:
    make_product("Mật ong")
    services.catch_up()
    (pointer.read().path / "names.txt").unlink()
    assert not services.engine().ready()
    services.catch_up()
    assert services.engine().ready()


def test_numbers_of_names_never_descend() -> None:
    chance = random.Random(9)
    keys = sorted({f"{chance.choice(NAMES).lower()} {chance.randrange(30):08d}" for _ in range(200)})
    names = Names(chance.sample(keys, 60))
    told = [names.number(f"{flag} {key}") for flag in (0, 1) for key in keys]
    assert told == sorted(told)
    assert len(set(told)) > 100


def test_a_set_of_groups_has_a_number_only_where_all_are_groups() -> None:
    assert branch_set((2, 6)) == branch_set((6, 2, 6)) != branch_set((2,))
    assert branch_set((2, codes.NOWHERE)) is branch_set((0, 2)) is None


def test_every_value_that_is_counted_together_has_its_bits() -> None:
    most = {"star": 5, "branch": BRANCHES[-1].number, "price_band": len(codes.BAND_STARTS), "in_stock": 1}
    assert all(most[name] < 1 << bits for name, bits in TRADE_BITS.items())
    assert apart((4 << 7) | (6 << 4) | (5 << 1) | 1) == (4, 6, 5, 1)


def _filters(chance: random.Random) -> tuple[Filters, dict[str, Callable[[IndexDocument], bool]]]:
    """Filters, and by each facet's own filter what it lets through."""
    stars = tuple(chance.sample((2, 3, 4, 5, codes.NOWHERE), chance.randrange(4)))
    branches = tuple(chance.sample((1, 2, 4, 6, 99), chance.randrange(5)))
    kinds = tuple(chance.sample((1, 2, 3, 4), chance.randrange(3)))
    regions = tuple(chance.sample((1, 5, 7, codes.NOWHERE), chance.randrange(3)))
    now, before = chance.choice((((), ()), ((68,), ()), ((86, 68), ()), ((), (68,)), ((86,), (68, 83))))
    low = chance.choice((None, None, 0, 1, 50_000, 100_000, 150_000, 900_000))
    high = chance.choice((None, None, 49_999, 99_999, 100_000, 999_999))
    stock = chance.random() < 0.3
    made = Filters(
        provinces=now, old_provinces=before, regions=regions, stars=stars, branches=branches, producer_kinds=kinds,
        price_min=low, price_max=high, in_stock=stock,
    )  # fmt: skip
    return made, {
        "place": lambda one: not (now or before) or one.province in now or one.old_province in before,
        "region": lambda one: not regions or one.region in regions,
        "star": lambda one: not stars or one.star in stars,
        "branch": lambda one: not branches or one.branch in branches,
        "producer_kind": lambda one: not kinds or one.producer_kind in kinds,
        "price": lambda one: (
            (low is None and high is None) or (max(0, low or 0) <= one.price and (high is None or one.price <= high))
        ),
        "in_stock": lambda one: not stock or bool(one.in_stock),
    }


def _make_everywhere(chance: random.Random, number: int) -> None:
    places = [("68", "68", "tay-nguyen"), ("86", "83", "dong-bang-song-cuu-long"), ("86", "86", ""), ("", "", "")]
    for _ in range(number):
        province, old, region = chance.choice(places)
        producer = make_producer(kind=chance.choice(("household", "cooperative", "farm")), province_code=province)
        kind = chance.choice(("", "", Restriction.ALCOHOL))
        facts = {"old_province_code": old, "region": region, "restriction": kind}
        product = make_product("Dứa", producer=producer, star=chance.choice((3, 4, 5)), branch=2, **facts)
        if chance.random() < 0.5:
            make_offer(product, price=chance.choice((20_000, 70_000)), stocks=chance.choice((None, {})))
        if chance.random() < 0.2:
            Product.objects.filter(pk=product.pk).update(suspended_reason="x")
            refresh_gate([product.pk])


@pytest.mark.parametrize("words", [(), ("dua",)])
def test_facets_under_filters_of_several_values_are_counted_exactly(words: tuple[str, ...], index: None) -> None:
    chance = random.Random(4)
    _make(chance, 30)
    _make_everywhere(chance, 30)
    services.catch_up()
    listed = [one for one in documents() if not one.blocked and set(words) <= set(one.all.split())]
    assert len(listed) > 20
    for _ in range(250):
        asked, lets = _filters(chance)
        adult = chance.random() < 0.5
        everything = [one for one in listed if adult or not one.adult]
        clauses = tuple(clauses_of(tokens(" ".join(words))))
        request = Request(clock.today().toordinal(), clauses, filters=asked, adult=adult, limit=100)
        found = services.engine().search(request)
        matching = [one.id for one in everything if all(let(one) for let in lets.values())]
        assert (found.total, sorted(found.ids)) == (len(matching), matching), asked
        for facet, (field, own) in FACETS.items():
            left = [one for one in everything if all(let(one) for name, let in lets.items() if name != own)]
            counted = Counter(getattr(one, field) for one in left)
            assert {v: n for v, n in found.counts[facet].items() if n} == counted, (facet, asked)


ORDER: dict[str, Callable[[IndexDocument], int]] = {
    "relevance": lambda one: -one.rank, "star": lambda one: -one.by_star, "price": lambda one: one.price_up,
    "-price": lambda one: -one.price_down, "newest": lambda one: -one.newest,
}  # fmt: skip


@pytest.mark.parametrize("sort", ORDER)
def test_pages_of_many_hits_are_the_order_of_all(sort: str, index: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.search.tantivy_pages._MANY", 0)
    chance = random.Random(6)
    _make(chance, 30)
    _make_everywhere(chance, 15)
    Product.objects.filter(pk__in=Product.objects.filter(price_from=None).values("pk")[:2]).update(in_stock=True)
    emit("index", Product.objects.values_list("code", flat=True))
    services.catch_up()
    listed = [one for one in documents() if not one.blocked and not one.adult]
    for stars in ((), (5, 3), (4,)):
        asked = Filters(stars=stars, in_stock=chance.random() < 0.2)
        kept = [one for one in listed if (not stars or one.star in stars) and (one.in_stock or not asked.in_stock)]
        right = [one.id for one in sorted(kept, key=ORDER[sort])]
        for offset in range(len(right) + 2):
            limit = chance.choice((1, 2, 5, 100))
            request = Request(clock.today().toordinal(), filters=asked, sort=sort, offset=offset, limit=limit)
            found = services.engine().search(request)
            assert (found.ids, found.total) == (right[offset : offset + limit], len(right)), (stars, offset, limit)


def test_the_provinces_that_are_chosen_come_first_then_those_with_most(index: None) -> None:
    for code, many in (("01", 3), ("68", 1), ("79", 2)):
        for _ in range(many):
            make_product(producer=make_producer(province_code=code))
    services.catch_up()

    def told(*provinces: str) -> list[tuple[str, int, bool]]:
        found = services.search(SearchQuery(province=provinces)).facets["province"]
        return [(one.value, one.count, one.selected) for one in found]

    assert told() == [("01", 3, False), ("79", 2, False), ("68", 1, False)]
    assert told("68") == [("68", 1, True), ("01", 3, False), ("79", 2, False)]
    assert told("68", "79") == [("79", 2, True), ("68", 1, True), ("01", 3, False)]
