"""GET /goi-y/: options of a list, the same for everybody, quick, and safe whatever is typed."""

import re
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.combos.models import Combo
from catalog.people.models import User
from catalog.products.models import Restriction
from catalog.products.sets import PRODUCT_SETS
from catalog.search import services
from catalog.search.suggesting import Dictionary
from storefront.shop.suggestions import marked
from tests.factories import make_combo, make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index(tmp_path: Path, settings) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    services.engine.cache_clear()


def ask(client: Client, typed: str, language: str = "") -> str:
    answer = client.get(f"{language}/goi-y/", {"q": typed})
    assert answer.status_code == 200
    return answer.content.decode()


def addresses(html: str) -> list[str]:
    return [unquote_plus(found).replace("&amp;", "&") for found in re.findall(r'href="([^"]+)"', html)]


def test_a_new_process_that_still_reads_says_so_and_nobody_keeps_its_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_dictionary", Dictionary(start=lambda _: None))
    services.prepare()
    answer = client.get("/goi-y/", {"q": "ca"})
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (503, b"", "no-store")


def test_an_option_of_each_kind_leads_somewhere(client: Client) -> None:
    producer = make_producer("HTX Bến Tre Xanh", province_code="86")
    product = make_product("Kẹo dừa Bến Tre", producer=producer, star=4, set_no=5)
    services.catch_up()

    assert addresses(ask(client, "ben tre")) == [
        "/tim/?tinh-cu=83", product.get_absolute_url(), reverse("producer", args=[producer.slug, producer.pk]),
    ]  # fmt: skip
    assert addresses(ask(client, "lâm đ")) == ["/vung/lam-dong/"]
    assert addresses(ask(client, "tây ng"))[-1] == "/tim/?vung=tay-nguyen"
    assert addresses(ask(client, "đồ ăn")) == ["/tim/?q=Đồ ăn nhanh&nhom=1"]
    for typed in ("ben tre", "lâm đ", "tây ng", "đồ ăn", "thuc pham"):
        for address in addresses(ask(client, typed)):
            assert client.get(address).status_code == 200


def test_an_option_is_marked_labelled_and_tells_equal_names_apart(client: Client) -> None:
    make_product("Cà phê Cầu Đất", star=4)
    services.catch_up()

    html = ask(client, "ca ph")
    english = ask(client, "ca ph", "/en")

    assert '<mark>Cà ph</mark>ê Cầu Đất</span> <span class="hint-kind">Sản phẩm · OCOP 4 sao · Lâm Đồng</span>' in html
    assert "Product · OCOP 4 stars · Lâm Đồng" in english
    assert 'href="/en/san-pham/' in english
    assert "<mark>Cof</mark>fee and cocoa" in ask(client, "cof", "/en")
    assert ask(client, "cof") == ""
    assert re.findall(r'id="(goi-y-\d)"', html) == ["goi-y-0", "goi-y-1"]
    assert html.count('role="option" aria-selected="false" tabindex="-1"') == 2


@pytest.mark.parametrize("one", [one for one in PRODUCT_SETS if not one.alcohol], ids=lambda one: one.slug)
def test_the_list_of_a_group_has_its_goods(one, client: Client) -> None:
    product = make_product("Thứ gì đó", set_no=one.number, branch=one.branch)
    services.catch_up()

    found = addresses(ask(client, one.name_vi))

    assert product.name in client.get(found[0]).content.decode()


@pytest.mark.parametrize("typed", ["", " ", "\x00", "?" * 50, "x" * 9000, "<script>", "\u0300", "%", "🍵"])
def test_what_says_nothing_is_an_empty_list(typed: str, client: Client) -> None:
    assert ask(client, typed) == ""


def test_bad_requests(client: Client) -> None:
    assert client.get("/goi-y/").content == b""
    assert client.get("/goi-y/?q=%ff%ed%a0%80&q=").content == b""
    assert client.post("/goi-y/", {"q": "a"}).status_code == 405


def test_nothing_of_a_name_is_markup(client: Client) -> None:
    make_product('Trà <img src=x onerror="alert(1)"> & mật')
    services.catch_up()

    html = ask(client, "img src")

    assert "<img" not in html
    assert "Trà &lt;<mark>img src</mark>=x onerror=&#34;alert(1)&#34;&gt; &amp; mật" in html


@pytest.mark.parametrize(
    ("text", "typed", "told"),
    [
        ("Cà phê", ["ca", "p"], "<mark>Cà p</mark>hê"),
        ("Đồ uống", ["do"], "<mark>Đồ</mark> uống"),
        ("Trà Bắc Hà", ["bac"], "Trà <mark>Bắc</mark> Hà"),
        ("Trà Bắc Hà", ["tra", "ha"], "Trà Bắc Hà"),
        ("Trà & <b>", [], "Trà &amp; &lt;b&gt;"),
    ],
)
def test_the_part_that_was_typed_is_marked(text: str, typed: list[str], told: str) -> None:
    assert marked(text, typed) == told


def test_combos_by_the_words_of_their_title_but_not_what_was_withdrawn(client: Client) -> None:
    combo = make_combo((make_offer(make_product("Mật ong")), 1), title="Quà Tết cao nguyên", title_en="Highland gift")
    services.catch_up()

    assert addresses(ask(client, "tet cao ng")) == [f"/combo/{combo.slug}-{combo.code}/"]
    assert "<mark>Tết cao ng</mark>uyên" in ask(client, "tet cao ng")
    assert addresses(ask(client, "highland g", "/en")) == [f"/en/combo/{combo.slug}-{combo.code}/"]
    assert addresses(ask(client, "highland g")) == []

    Combo.objects.update(withdrawn_at=clock.now())

    assert addresses(ask(client, "tet cao ng")) == []


def test_the_same_for_everybody_for_one_question_to_the_database(client: Client, django_assert_num_queries) -> None:
    make_product("Trà sen")
    make_product("Trà rượu", restriction=Restriction.ALCOHOL)
    services.catch_up()
    client.force_login(User.objects.create(username="nguoi-mua"))
    client.post(reverse("adult"), {"next": "/"})
    ask(client, "trà")

    with django_assert_num_queries(1):  # for combos
        answer = client.get("/goi-y/", {"q": "tra\u0300"})

    assert b"sen" in answer.content
    assert "rượu" not in answer.content.decode()
    assert answer["Cache-Control"] == "public, max-age=30"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_without_a_script_the_field_is_a_plain_one(client: Client) -> None:
    page = client.get("/chinh-sach/").content.decode()

    assert 'role="combobox"' not in page
    assert re.search(r'<input id="tim" name="q" type="search"[^>]+enterkeyhint="search"', page)
    assert re.search(r'<div id="goi-y" [^>]+ hidden></div>', page)
