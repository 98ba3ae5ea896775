"""Districts and communes asked of the engine and of the database: what is made there, and what bears the name."""

import random
from datetime import date

import pytest
from django.test import Client

from catalog import clock
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.regions.places import places
from catalog.search import plain, services
from catalog.search.query import SearchPage, SearchQuery
from catalog.search.reading import read
from tests.catalog.search.conftest import Find
from tests.factories import make_offer, make_producer, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.self_contained]
TODAY = date(2026, 11, 25)
LAI_VUNG, HOA_LONG, ELSEWHERE = "30226", "30208", "00004"


def made(name: str, commune: str = "", address: str = "", producer: str = "HTX Quê", province: str = "82") -> Product:
    known = Producer.objects.filter(name=producer, province_code=province).first()
    owner = known or make_producer(producer, province_code=province)
    product = make_product(name, producer=owner, commune_code=commune, address=address, province_code=province)
    make_offer(product, price=50_000)
    return product


def names(page: SearchPage) -> list[str]:
    return [product.name for product in page.products]


def chips(page: SearchPage) -> list[str]:
    return [f"{chip.kind}:{chip.value}" for chip in page.chips]


@pytest.fixture
def nem(find: Find) -> Find:
    made("Nem chua lá vông", LAI_VUNG)
    made("Nem bì", "", "Xã Tân Hòa, huyện Lai Vung, tỉnh Đồng Tháp")  # split: known to the province only
    made("Nem Lai Vung đóng gói", ELSEWHERE, province="01")
    made("Nem chua Thanh Hóa", ELSEWHERE, province="38")
    made("Quýt hồng", HOA_LONG)
    return find


@pytest.mark.parametrize("text", ["nem Lai Vung", "nem lai vung", "nem huyện Lai Vung", "NEM H. LAI VUNG"])
def test_what_is_made_there_comes_before_what_bears_the_name(text: str, nem: Find) -> None:
    page = nem(text)

    assert names(page)[0] == "Nem chua lá vông"
    assert sorted(names(page)) == ["Nem Lai Vung đóng gói", "Nem bì", "Nem chua lá vông"]
    assert chips(page) == ["old_district:876"]


def test_a_province_beside_it_narrows(nem: Find) -> None:
    assert sorted(names(nem("nem Lai Vung Đồng Tháp"))) == ["Nem bì", "Nem chua lá vông"]


def test_facets_narrow_and_the_place_stays(nem: Find) -> None:
    page = nem("nem Lai Vung", province=("01",))

    assert (names(page), chips(page)) == (["Nem Lai Vung đóng gói"], ["old_district:876"])
    assert {value.value: value.count for value in page.facets["province"]} == {"01": 1, "82": 2}


def test_taken_away_the_words_are_words_again(nem: Find) -> None:
    page = nem("nem Lai Vung", keep_words=True)

    assert sorted(names(page)) == ["Nem Lai Vung đóng gói", "Nem bì"]
    assert chips(page) == []


def test_a_commune_of_before_leads_to_that_of_today(nem: Find) -> None:
    page = nem("nem xã Tân Thành huyện Lai Vung")

    assert names(page) == ["Nem chua lá vông"]
    assert chips(page) == ["old_commune:30226", "old_district:876"]


def test_a_name_stays_words_while_its_district_sells_nothing(find: Find) -> None:
    made("Tỏi cô đơn", ELSEWHERE, producer="HTX Sơn Hà")

    page = find("tỏi Sơn Hà")
    assert (names(page), chips(page)) == (["Tỏi cô đơn"], [])

    made("Tỏi tía", "21292", producer="HTX Núi")  # xã Sơn Hạ, huyện Sơn Hà
    page = find("tỏi Sơn Hà")
    assert (names(page), chips(page)) == (["Tỏi tía", "Tỏi cô đơn"], ["old_district:529"])


def test_a_place_comes_first_even_where_its_words_find_everything(find: Find) -> None:
    made("Mứt bưởi Đoan Hùng", ELSEWHERE, province="01")
    made("Bưởi ngọt", "07996", "Xã Bằng Luân, huyện Đoan Hùng, tỉnh Phú Thọ", province="25")

    page = find("bưởi Đoan Hùng")

    assert (names(page), chips(page)) == (["Bưởi ngọt", "Mứt bưởi Đoan Hùng"], ["old_district:230"])


def test_a_district_that_leaves_nothing_gives_way_to_the_words(find: Find) -> None:
    made("Vung nồi đất Lai", ELSEWHERE)

    page = find("huyện Lai Vung", exact=True)
    assert (names(page), chips(page)) == ([], ["old_district:876"])  # nor do the words find anything: no "huyện"
    assert names(find("Lai Vung")) == ["Vung nồi đất Lai"]


def test_a_district_of_a_provinces_name_is_not_the_province(find: Find) -> None:
    made("Khoai deo", places().old_districts["456"].commune_codes[0], province="44")
    made("Chả mực", ELSEWHERE, "Phường Hồng Gai, tỉnh Quảng Ninh", province="22")

    assert names(find("huyện Quảng Ninh")) == ["Khoai deo"]
    assert names(find("Quảng Ninh")) == ["Chả mực"]


def test_the_database_finds_the_same_places(index: None) -> None:
    chance = random.Random(3)
    some = 0
    with clock.as_of(TODAY):
        for number in range(60):
            commune = chance.choice((LAI_VUNG, HOA_LONG, ELSEWHERE, ""))
            address = chance.choice(("Xã Tân Hòa, huyện Lai Vung, Đồng Tháp", "Ấp 3, Đồng Tháp"))
            made(f"Quà {number}", commune, address)
        services.catch_up()
        for _ in range(200):
            text = chance.choice(("huyện Lai Vung", "Lai Vung", "xã Hòa Long Đồng Tháp", "H. Lai Vung Đồng Tháp"))
            sort = chance.choice(("price", "star", "newest"))
            star = chance.choice(((), (3,), (4,)))
            request = read(SearchQuery(text=text, star=star, sort=sort, per_page=100)).request
            engine, listed = services.engine().search(request), plain.search(request)
            assert (listed.total, listed.ids) == (engine.total, engine.ids), (text, sort)
            some += bool(engine.ids)
    assert some > 50


def test_the_page_says_what_the_district_is_now_and_lets_it_go(nem: Find, client: Client) -> None:
    nem()
    page = client.get("/tim/?q=nem+Lai+Vung&sao=4").content.decode()

    assert "Huyện Lai Vung cũ (nay thuộc Đồng Tháp)" in page
    assert "tu=1" in page
    assert 'href="/tim/?xa=30226">xã Lai Vung</a>' in page
    assert "/vung/dong-thap/" in page
    english = client.get("/en/tim/?q=nem+Lai+Vung").content.decode()
    assert "Former Lai Vung district (now in Đồng Tháp)" in english
    assert "Huyện Lai Vung is now:" in english


def test_what_may_have_been_meant_is_offered_and_not_done(find: Find, client: Client) -> None:
    made("Miến dong Bình Liêu", ELSEWHERE)

    page = find("miem dong")
    assert (page.total, page.corrected, page.offered) == (0, None, "mien dong")
    assert find("miem dong", exact=True).offered is None
    shown = client.get("/tim/?q=miem+dong&sao=3").content.decode()
    assert 'Ý bạn là <a href="?sao=3&amp;q=mien+dong"><b>mien dong</b></a>?' in shown
    assert "Ý bạn là" not in client.get("/tim/?q=iphone").content.decode()
