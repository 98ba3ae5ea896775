"""The page that tells how lists are ranked says what the search does, sort by sort, and nothing else counts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.certificates.models import Recognition
from catalog.certificates.services import refresh_gate
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.search import plain, services
from catalog.search.query import SORTS as ASKED
from catalog.search.query import SearchQuery
from catalog.search.reading import read
from storefront.shop.listing import SORTS
from storefront.shop.ranking import CRITERIA, ORDERS, WORDS
from tests.factories import make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db
# Better and worse by a criterion, as facts of a product; a price of None is not for sale.
BETTER = {"for_sale": {"price": 100}, "in_stock": {"stock": 9}, "star": {"star": 4}, "newest": {"days": 50},
          "cheap": {"price": 10}, "dear": {"price": 900}, "name": {"name": "Ấm"}, "known": {}}  # fmt: skip
WORSE = {"for_sale": {"price": None}, "in_stock": {"stock": 0}, "star": {"star": 3}, "newest": {"days": 90},
         "cheap": {"price": 900}, "dear": {"price": 10}, "name": {"name": "bưởi"}, "known": {}}  # fmt: skip


@pytest.fixture(autouse=True)
def _index(tmp_path: Path, settings) -> Iterator[None]:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    services.engine.cache_clear()
    yield
    services.engine().close()
    services.engine.cache_clear()


def put(*, name: str = "Cam", price: int | None = 100, stock: int = 9, star: int = 3, days: int = 70) -> Product:
    product = make_product(name, star=star, issued_on=clock.today() - timedelta(days=days))
    if price is not None:
        make_offer(product, price=price)
        Product.objects.filter(pk=product.pk).update(in_stock=bool(stock))
    return product


def order(text: str = "", sort: str = "relevance") -> list[Product]:
    services.catch_up()
    shown = [one.pk for one in services.search(SearchQuery(text=text, sort=sort)).products]
    rows = Product.objects.in_bulk(shown)
    return [rows[number] for number in shown]


def test_the_sorts_told_are_the_sorts_offered() -> None:
    assert list(SORTS) == [name for name in ORDERS if name in SORTS]
    assert set(ORDERS) == set(SORTS) == set(ASKED)


@pytest.mark.parametrize(
    ("sort", "place"), [(sort, place) for sort, told in ORDERS.items() for place in range(len(told))]
)
def test_each_criterion_comes_before_all_those_below_it(sort: str, place: int) -> None:
    told = ORDERS[sort]
    first: dict[str, object] = {}
    for one in reversed(told[place + 1 :]):
        first |= WORSE[one]
    second: dict[str, object] = {}
    for one in reversed(told[place + 1 :]):
        second |= BETTER[one]
    first |= BETTER[told[place]]
    second |= WORSE[told[place]]
    if told[place] == "known":
        better, worse = put(**first), put(**second)  # type: ignore[arg-type]
    else:
        worse, better = put(**second), put(**first)  # type: ignore[arg-type]

    assert order(sort=sort) == [better, worse]
    ids = plain.search(read(SearchQuery(sort=sort)).request).ids
    assert ids == [better.pk, worse.pk]


def test_words_with_their_accents_then_in_the_name_or_in_a_row_then_on_sale() -> None:
    folded = make_product("Gao nép ướp")
    anywhere = make_product("Thức uống A", producer=make_producer("HTX Nếp hồng và Gạo"))
    one = make_product("Gạo B", producer=make_producer("HTX Nếp"))
    row = make_product("Thức uống C", producer=make_producer("HTX Gạo Nếp"))
    two = make_product("Nếp ướp gạo", producer=make_producer("HTX Một"))
    both = make_product("Gạo nếp D", producer=make_producer("HTX Hai"))
    make_offer(folded)

    assert order("gạo nếp") == [both, two, row, one, anywhere, folded]
    make_offer(anywhere)
    services.reindex()
    assert order("gạo nếp") == [both, two, row, one, anywhere, folded]
    make_offer(two)
    make_offer(one)
    services.reindex()
    assert order("gạo nếp") == [both, two, row, one, anywhere, folded]


def test_without_accents_what_is_on_sale_then_words_in_the_name_or_in_a_row() -> None:
    anywhere = make_product("Thức uống A", producer=make_producer("HTX Sen hồng và Trà"))
    row = make_product("Thức uống C", producer=make_producer("HTX Trà Sen"))
    two = make_product("Sen và trà")
    both = make_product("Trà sen")
    sold = make_product("Thức uống B", producer=make_producer("HTX Sen và Trà"))
    make_offer(sold)

    assert order("tra sen") == [sold, both, two, row, anywhere]


def test_the_word_typed_comes_before_its_synonym() -> None:
    other, own = make_product("Đậu phộng rang"), make_product("Lạc rang")

    assert order("lạc rang") == [own, other]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["", "cam", "Cam"])
def test_nothing_else_about_producer_or_certificate_changes_the_order(sort: str, text: str) -> None:
    products = [put() for _ in range(6)]
    before = order(text, sort)
    assert len(before) == 6

    last = products[-1]
    Producer.objects.filter(pk=last.producer_id).update(kind="enterprise", is_sample=True, province_code="01")
    Recognition.objects.filter(pk=last.current_id).update(score=99)
    Product.objects.filter(pk=last.pk).update(is_sample=True, commune_code="24787", category="Trái cây")
    refresh_gate([last.pk])

    assert order(text, sort) == before


@pytest.mark.parametrize("sort", SORTS)
def test_a_certificate_that_ends_soon_is_never_favoured(sort: str) -> None:
    products = [put() for _ in range(3)]
    Recognition.objects.filter(pk=products[2].current_id).update(expires_on=clock.today() + timedelta(days=3))
    Product.objects.filter(pk=products[2].pk).update(listable_until=clock.today() + timedelta(days=3))
    Product.objects.filter(pk=products[0].pk).update(listable_until=clock.today() + timedelta(days=900))
    services.reindex()

    assert order(sort=sort) == products
    assert order("cam", sort) == products


def test_the_page_tells_every_criterion_in_its_order(client: Client) -> None:
    page = client.get(reverse("ranking")).content.decode()

    words = page[page.index('id="go-tu"') : page.index('id="cach-xep"')]
    assert [words.index(str(text)) for text in WORDS.values()] == sorted(words.index(str(t)) for t in WORDS.values())
    rest = page[page.index('id="cach-xep"') :]
    for sort, told in ORDERS.items():
        part = rest[rest.index(f"<h3>{SORTS[sort]}</h3>") :]
        part = part[: part.index("</ol>")]
        assert [line.split("</li>")[0] for line in part.split("<li>")[1:]] == [str(CRITERIA[one]) for one in told]


def test_list_and_footer_lead_to_it_and_it_speaks_english(client: Client) -> None:
    listing = client.get(reverse("search")).content.decode()

    assert listing.count(f'href="{reverse("ranking")}"') == 3  # beside the sorts, below the list, in the footer
    assert "How products are ranked" in client.get("/en/cach-xep-hang/").content.decode()
