"""What people type, and what they find."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.outbox.models import OutboxRow
from catalog.products.models import Product, Restriction
from catalog.search import services
from catalog.search.query import SearchPage, SearchQuery
from tests.catalog.search.conftest import Find
from tests.factories import make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db


def names(page: SearchPage) -> list[str]:
    return [product.name for product in page.products]


def sold(name: str, price: int = 100_000, **facts: object) -> Product:
    product = make_product(name, **facts)  # type: ignore[arg-type]
    make_offer(product, price=price)
    return product


@pytest.mark.parametrize("typed", ["ca phe", "cà phê", "CA PHE", "cà phê Đắk Hà", "dak ha"])
def test_accents_need_not_be_typed(typed: str, find: Find) -> None:
    sold("Cà phê Đắk Hà")
    sold("Mật ong rừng", set_no=4)

    assert names(find(typed)) == ["Cà phê Đắk Hà"]


@pytest.mark.parametrize("typed", ["dứa", "dừa", "dưa"])
def test_typed_accents_come_first(typed: str, find: Find) -> None:
    for name in ("Mứt dứa", "Mứt dừa", "Mứt dưa"):
        sold(name)

    found = names(find(typed))

    assert found[0] == f"Mứt {typed}"
    assert len(found) == 3


def test_one_word_written_two_ways(find: Find) -> None:
    sold("Bánh hòa bình")

    assert names(find("bánh hoà bình")) == ["Bánh hòa bình"]


def test_northern_and_southern_words_are_one(find: Find) -> None:
    sold("Dầu đậu phộng")

    assert names(find("dầu lạc")) == ["Dầu đậu phộng"]


def test_a_typo_is_corrected_and_said_so(find: Find) -> None:
    sold("Mật ong rừng")

    page = find("matt ong")

    assert (names(page), page.corrected) == (["Mật ong rừng"], "mat ong")
    assert find("matt ong", exact=True).total == 0


def test_an_old_provinces_name_finds_and_narrows(find: Find) -> None:
    sold("Kẹo dừa", province_code="86", old_province_code="83", region="dong-bang-song-cuu-long")
    sold("Kẹo dừa sáp", province_code="86", old_province_code="84", region="dong-bang-song-cuu-long")

    page = find("kẹo dừa bến tre")

    assert names(page) == ["Kẹo dừa"]
    assert [(chip.kind, chip.value) for chip in page.chips] == [("old_province", "83")]
    assert find("kẹo dừa bến tre", keep_words=True).total == 1


def test_alcohol_is_off_unless_asked_for(find: Find) -> None:
    sold("Rượu cần", restriction=Restriction.ALCOHOL)
    sold("Rượu ngâm lạ", restriction=Restriction.SUSPECT_ALCOHOL)

    assert find("rượu").total == 0
    assert find("rượu", adult=True).total == 2


@pytest.mark.parametrize("sort", ["relevance", "price", "-price", "star", "name", "newest"])
def test_what_has_no_offer_comes_last(sort: str, find: Find) -> None:
    make_product("An trà", star=4)
    sold("Bát trà")

    assert names(find("trà", sort=sort)) == ["Bát trà", "An trà"]
    assert names(find("", sort=sort)) == ["Bát trà", "An trà"]


def test_prices_sort_and_pages_are_stable(find: Find) -> None:
    for price in (30_000, 10_000, 20_000, 20_000):
        sold(f"Trà {price} {Product.objects.count()}", price)

    pages = [find("trà", sort="price", per_page=1, page=n) for n in (1, 2, 3, 4)]

    assert [page.products[0].price_from for page in pages] == [10_000, 20_000, 20_000, 30_000]
    assert len({page.products[0].pk for page in pages}) == 4
    assert {page.pages for page in pages} == {4}


def test_pages_may_begin_after_any_hit(find: Find) -> None:
    for price in (10_000, 20_000, 30_000, 40_000):
        sold(f"Trà {price}", price)

    page = find("trà", sort="price", per_page=2, skip=1)

    assert [one.price_from for one in page.products] == [20_000, 30_000]
    assert page.total == 4
    assert find("trà", skip=10**9).products == []


def test_an_unlisted_product_never_shows_even_before_the_index_knows(find: Find) -> None:
    product = sold("Trà quý")
    assert find("trà quý").total == 1
    Product.objects.filter(pk=product.pk).update(blocked="revoked")

    assert services.search(SearchQuery(text="trà quý")).products == []


def test_midnight_needs_no_indexing(find: Find) -> None:
    product = sold("Trà hết hạn")
    assert product.listable_until is not None
    assert find("trà").total == 1

    with clock.as_of(product.listable_until):
        assert services.search(SearchQuery(text="trà")).total == 1
    with clock.as_of(product.listable_until + timedelta(days=1)):
        assert services.search(SearchQuery(text="trà")).total == 0


def test_changes_come_through_the_outbox(find: Find) -> None:
    product = sold("Trà cũ")
    assert find("trà cũ").total == 1
    Product.objects.filter(pk=product.pk).update(name="Trà mới")
    OutboxRow.objects.create(topic="index", key=product.code, available_at=clock.now())

    assert names(find("trà mới")) == ["Trà mới"]
    assert not OutboxRow.objects.filter(topic="index").exists()


def test_nothing_typed_but_signs_finds_nothing_and_breaks_nothing(find: Find) -> None:
    sold("Trà")

    for text in ("???", "🍵", "'; DROP TABLE", "a" * 5000, "\x00"):
        assert find(text).total == 0


def test_suggestions_begin_with_what_was_typed(find: Find) -> None:
    producer = make_producer("Hợp tác xã Trà Xanh")
    sold("Trà shan tuyết", producer=producer)
    find("trà")

    assert [(one.text, one.kind) for one in services.suggest("tra sh")] == [("Trà shan tuyết", "product")]
    assert [(one.kind, one.key) for one in services.suggest("ben t")] == [("old_province", "83")]
    assert services.suggest("") == []


def test_a_commune_narrows_by_its_code_of_today(find: Find) -> None:
    sold("Tiêu Quảng Trực", commune_code="24736")
    sold("Tiêu Phan Thiết", commune_code="22945")
    sold("Tiêu đâu đó")

    assert names(find("tiêu", commune=("24736",))) == ["Tiêu Quảng Trực"]
    assert find("tiêu", commune=("24736", "22945")).total == 2
    assert find("tiêu", commune=("24736",), province=("01",)).total == 0


@pytest.mark.parametrize("code", ["00000", "99999", "quang-truc", ""])
def test_a_commune_that_does_not_exist_finds_nothing(code: str, find: Find) -> None:
    sold("Tiêu Quảng Trực", commune_code="24736")
    sold("Tiêu đâu đó")

    assert find("tiêu", commune=(code,)).total == 0
