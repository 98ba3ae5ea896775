"""Pages as a reader takes them in: links with their words."""

import re
from html import unescape

from django.test import Client

from catalog.products.models import Product, Restriction
from tests.factories import make_producer, make_product

COAST = "duyen-hai-nam-trung-bo"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def links(page: str) -> dict[str, str]:
    """Address → words, tags taken out; of several links with one address the last."""
    found = re.findall(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {unescape(href): " ".join(unescape(re.sub(r"<[^>]+>", "", words)).split()) for href, words in found}


def part(page: str, since: str, until: str) -> str:
    """What stands between two marks."""
    return page.split(since, 1)[1].split(until, 1)[0]


def some_goods() -> list[Product]:
    """Two in Đắk Nông of old, one in Bình Thuận, one without region or commune; one in Hà Nội. And two not shown."""
    tam = make_producer("HTX Tâm")
    goods = [
        make_product("Tiêu Đắk Nông", star=4, producer=tam, old_province_code="67", commune_code="24736"),
        make_product("Cà phê Đắk Nông", producer=tam, old_province_code="67", commune_code="24736"),
        make_product("Thanh long", old_province_code="60", region=COAST, commune_code="22945", branch=2),
        make_product("Atiso", region=""),
        make_product("Cốm Vòng", province_code="01", old_province_code="01", region="dong-bang-song-hong"),
    ]  # fmt: skip
    make_product("Rượu cần", restriction=Restriction.ALCOHOL, old_province_code="67", commune_code="24736")
    make_product("Thu hồi", status="revoked", old_province_code="67", commune_code="24736")
    return goods
