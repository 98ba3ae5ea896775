"""A product as the index knows it: folded words, numbers to narrow by, and keys to sort by. Every engine has these."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from catalog.certificates.gate import listable
from catalog.producers.models import ProducerName
from catalog.products.models import ADULT_ONLY, Product
from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions import REGIONS
from catalog.regions.places import places
from catalog.search import codes
from catalog.search.decision_numbers import fused
from catalog.search.tokens import accented, both, folded

SCHEMA_VERSION: Final = 5  # raise it with every change of fields, folding or words: the index is then built anew
CHUNK: Final = 2000
_NEVER: Final = -1  # an interval that no day lies in
_ID_BITS: Final = 26
_MAX_ID: Final = (1 << _ID_BITS) - 1
_DAY_BITS: Final = 22
_FREE_PRICE: Final = 1 << 32  # above every price: no offer sorts last


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """Fields of one product. Days are proleptic ordinals, `price` đồng; the five keys sort with the id inside.

    `name_vi` and `all_vi` are `name` and `all` with their accents.
    Ascending: `price_up`, `sort_name`. Descending: `rank`, `price_down`, `by_star`, `newest`. In each, what has no
    offer comes after what has one.
    """

    id: int
    code: str
    name: str
    name_vi: str
    all: str
    all_vi: str
    sort_name: str
    province: int
    commune: int
    old_province: int
    region: int
    star: int
    branch: int
    producer_kind: int
    price: int
    price_band: int
    for_sale: int
    in_stock: int
    adult: int
    blocked: int
    listable_from: int
    listable_until: int
    rank: int
    price_up: int
    price_down: int
    by_star: int
    newest: int


class Facts(NamedTuple):
    """The columns that a document is made of."""

    pk: int
    code: str
    name: str
    producer_id: int
    producer_name: str
    producer_kind: str
    category: str
    set_no: int | None
    branch: int | None
    restriction: str
    address: str
    province_code: str
    commune_code: str
    old_province_code: str
    region: str
    star: int | None
    listable_from: date | None
    listable_until: date | None
    blocked: str
    story: str
    price_from: int | None
    in_stock: bool
    decision: str | None


_JOINED: Final = {
    "producer_name": "producer__name",
    "producer_kind": "producer__kind",
    "decision": "current__decision_number",
}
_COLUMNS: Final = tuple(_JOINED.get(name, name) for name in Facts._fields)


def documents(product_codes: Iterable[str] | None = None) -> Iterator[IndexDocument]:
    """The documents of all products, or of those with these codes, in the order of their ids."""
    products = Product.objects.order_by("pk")
    names = ProducerName.objects.order_by("pk")
    if product_codes is not None:
        products = products.filter(code__in=list(product_codes))
        names = names.filter(producer__products__in=products)
    borne: dict[int, list[str]] = {}
    for producer, name in names.values_list("producer_id", "name"):
        borne.setdefault(producer, []).append(name)
    for row in products.values_list(*_COLUMNS).iterator(chunk_size=CHUNK):
        facts = Facts(*row)
        yield document(facts, borne.get(facts.producer_id, ()))


def names() -> Iterator[str]:
    """What the sort keys of all products hold of their names, in any order."""
    for pk, name in Product.objects.values_list("pk", "name").iterator(chunk_size=CHUNK):
        yield _name_key(folded(name), pk)


def count(today: date) -> int:
    """How many products are listed today (Asia/Ho_Chi_Minh)."""
    return Product.objects.filter(listable(today)).count()


def document(facts: Facts, former_names: Iterable[str] = ()) -> IndexDocument:
    """One product's document; `former_names` are those that its producer bears or bore."""
    name, (words, words_vi) = folded(facts.name), _words(facts, former_names)
    sale = int(facts.price_from is not None)
    price = facts.price_from or 0
    until = facts.listable_until.toordinal() if facts.listable_until else _NEVER
    since = facts.listable_from.toordinal() if facts.listable_from else 0
    star, last = facts.star or 0, _MAX_ID - facts.pk
    return IndexDocument(
        id=facts.pk,
        code=facts.code,
        name=name,
        name_vi=accented(facts.name),
        all=words,
        all_vi=words_vi,
        sort_name=f"{1 - sale} {_name_key(name, facts.pk)}",
        province=codes.place(facts.province_code),
        commune=codes.place(facts.commune_code),
        old_province=codes.place(facts.old_province_code),
        region=codes.region(facts.region),
        star=star,
        branch=facts.branch or 0,
        producer_kind=codes.producer_kind(facts.producer_kind),
        price=price if sale else codes.NO_PRICE,
        price_band=codes.price_band(facts.price_from),
        for_sale=sale,
        in_stock=int(facts.in_stock),
        adult=int(facts.restriction in ADULT_ONLY),
        blocked=int(bool(facts.blocked)),
        listable_from=since,
        listable_until=until,
        rank=((((sale * 2 + facts.in_stock) * 8 + star) << _DAY_BITS | since) << _ID_BITS) | last,
        price_up=((price if sale else _FREE_PRICE) << _ID_BITS) | facts.pk,
        price_down=((price + 1 if sale else 0) << _ID_BITS) | last,
        by_star=((sale * 8 + star) << _ID_BITS) | last,
        newest=((sale << _DAY_BITS | since) << _ID_BITS) | last,
    )


def _name_key(name: str, number: int) -> str:
    return f"{name} {number:08d}"


def _words(facts: Facts, former_names: Iterable[str]) -> tuple[str, str]:
    """What finds a product, folded and with accents: its own texts, its decision, what it shares with many."""
    decision = facts.decision or ""
    own = (facts.name, facts.producer_name, *former_names, facts.address, facts.story, decision, fused(decision))
    group = (facts.category, facts.set_no, facts.branch, facts.star)
    shared = _shared(group, facts.province_code, facts.old_province_code, facts.region)
    plain, spoken = both(" ".join(own))
    return f"{plain} {shared[0]}", f"{spoken} {shared[1]}"


@lru_cache(maxsize=65_536)
def _shared(
    group: tuple[str, int | None, int | None, int | None], now: str, before: str, region: str
) -> tuple[str, str]:
    """Group and place. Each is an OCOP speciality: people write those words too."""
    table = places()
    category, set_no, branch, star = group
    today, old = table.provinces.get(now), table.old_provinces.get(before)
    parts = [category, *(place.short for place in (today, old) if place)]
    if "79" in (now, before):
        parts.append("Sài Gòn TPHCM")
    parts += [one.name_vi for one in REGIONS if one.slug == region]
    if set_no:
        parts.append(PRODUCT_SETS[set_no - 1].name_vi)
    if branch:
        parts.append(BRANCHES[branch - 1].name_vi)
    parts.append(f"sản phẩm OCOP đặc sản {star or ''} sao")
    return both(" ".join(parts))
