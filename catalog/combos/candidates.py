"""What a box of the buyer's own may be made of: certified goods that can be sent today, a fair draw of them a time."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from catalog import clock
from catalog.certificates.gate import listable
from catalog.combos.building import Candidate
from catalog.combos.models import Packaging
from catalog.combos.offering import packagings
from catalog.offers.models import Offer
from catalog.products.codes import ALPHABET, read_code
from catalog.products.models import Restriction
from catalog.regions import regions_of

LOOKED_AT = 600  # offers a question: enough for a choice, few enough for a page


@dataclass(frozen=True, slots=True)
class Taste:
    """Kinds of goods that go together, by their product sets (Quyết định 26/2026/QĐ-TTg)."""

    slug: str
    name_vi: str
    name_en: str
    sets: tuple[int, ...]


TASTES = (
    Taste("tra-ca-phe", "Trà, cà phê, ca cao", "Tea, coffee, cocoa", (11, 12, 13)),
    Taste("ngot", "Mật ong, trái cây và đồ ngọt", "Honey, fruit and sweets", (4, 7)),
    Taste("man", "Đặc sản mặn, đồ khô", "Savoury and dried goods", (5, 8)),
    Taste("gao-banh", "Gạo, ngũ cốc, bánh", "Rice, cereals and cakes", (3, 6)),
    Taste("gia-vi", "Nước chấm và gia vị", "Sauces and spices", (9, 10)),
    Taste("nuoc-uong", "Nước uống không cồn", "Soft drinks", (16, 17)),
    Taste("thu-cong", "Thủ công mỹ nghệ", "Handicrafts", (21, 22)),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; empty fields ask for nothing. `stars` at least; `boxes` alike are wanted."""

    region: str = ""
    province: str = ""
    tastes: tuple[str, ...] = ()
    stars: int = 3
    boxes: int = 1

    @property
    def sets(self) -> set[int]:
        """Of its tastes, or of all of them: fresh, live and medicinal goods are in no proposal."""
        return {number for one in TASTES if not self.tastes or one.slug in self.tastes for number in one.sets}


def candidates(wish: Wish, highest: int, seed: str) -> list[Candidate]:
    """Offers of at most `highest` đồng a piece that `boxes` can have one of: two queries at most.

    Public codes are drawn at random, so those that follow a random code are a fair draw; the seed says which.
    """
    start = "".join(ALPHABET[byte % 32] for byte in hashlib.blake2b(seed.encode(), digest_size=7).digest())
    fitting = _fitting(wish).filter(price__lte=highest)
    rows = list(_columns(fitting.filter(product__code__gte=start)))
    if len(rows) < LOOKED_AT:
        rows += _columns(fitting.filter(product__code__lt=start))[: LOOKED_AT - len(rows)]
    return [_candidate(row, wish.boxes) for row in rows]


def these(references: Iterable[str], boxes: int = 1) -> list[Candidate]:
    """The offers of these references as far as they may be in a box; one query."""
    wanted = set(references)
    codes = {read_code(reference.rpartition("-")[0]) for reference in wanted}
    rows = _columns(_fitting(Wish(boxes=boxes), sets=False).filter(product__code__in=codes))
    return [one for row in rows if (one := _candidate(row, boxes)).reference in wanted]


def packaging_for(wish: Wish) -> list[Packaging]:
    """Packagings with enough boxes to send: first those of points in the province, or in the region; then by price."""
    found = [
        one for one in packagings().filter(is_active=True, sale_point__is_open=True) if one.boxes.store >= wish.boxes
    ]
    return sorted(found, key=lambda one: (_away(one, wish), one.price, one.pk))


def _away(packaging: Packaging, wish: Wish) -> int:
    code = packaging.sale_point.province_code
    if wish.province:
        return 0 if code == wish.province else 1
    return 0 if not wish.region or wish.region in {one.slug for one in regions_of(code)} else 1


def _fitting(wish: Wish, *, sets: bool = True) -> QuerySet[Offer]:
    """Listed, plain, active, and enough of it in the producers' stores."""
    plain = listable(clock.today(), "product__") & Q(product__restriction=Restriction.NONE)
    found = Offer.objects.filter(plain, is_active=True, product__star__gte=wish.stars)
    if sets:
        found = found.filter(product__set_no__in=wish.sets)
    if wish.province:
        found = found.filter(product__province_code=wish.province)
    elif wish.region:
        found = found.filter(product__region=wish.region)
    in_stores = Q(stocks__warehouse__producer__isnull=False)
    free = Sum(F("stocks__quantity") - F("stocks__reserved"), filter=in_stores)
    return found.annotate(free=free).filter(free__gte=wish.boxes)


def _columns(offers: QuerySet[Offer]) -> QuerySet[Offer, tuple[Any, ...]]:
    columns = ("product__code", "number", "product_id", "product__producer_id", "product__set_no", "price",
               "product__star", "free")  # fmt: skip
    return offers.order_by("product__code", "number").values_list(*columns)[:LOOKED_AT]


def _candidate(row: tuple[Any, ...], boxes: int) -> Candidate:
    code, number, product, producer, set_no, price, star, free = row
    return Candidate(f"{code}-{number}", product, producer, set_no, price, star, free // boxes)
