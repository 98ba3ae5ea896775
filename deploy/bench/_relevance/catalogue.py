"""The invented catalogue of `catalogue.txt`, as documents for any engine; it needs no database."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from catalog.products.models import ADULT_ONLY
from catalog.products.sets import PRODUCT_SETS
from catalog.regions import resolve
from catalog.regions.places import places
from catalog.search.documents import Facts, IndexDocument, document

TODAY: Final = date(2026, 6, 1)
_FILE: Final = Path(__file__).parent / "catalogue.txt"
_FROM, _UNTIL = date(2025, 1, 1), date(2027, 12, 31)


@dataclass(frozen=True, slots=True)
class Speciality:
    """A product with its producer; `facts` are what the index is made of, its id is `facts.pk`, its price in đồng."""

    facts: Facts

    @property
    def adult(self) -> bool:
        """Shown to adults only."""
        return self.facts.restriction in ADULT_ONLY

    def index_document(self) -> IndexDocument:
        """What an engine gets."""
        return document(self.facts)


@dataclass(frozen=True, slots=True)
class _Producer:
    number: int
    name: str
    kind: str
    old_province: str
    address: str
    decision: str


@lru_cache(maxsize=1)
def specialities() -> tuple[Speciality, ...]:
    """All of them, in the order of the file; ids count from 1."""
    found: list[Speciality] = []
    producer: _Producer | None = None
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), start=1):
        cells = [cell.strip() for cell in line.lstrip("=").split("|")]
        if line.startswith("="):
            producer = _Producer(number, *cells)
        elif producer and line and not line.startswith("#"):
            found.append(_speciality(len(found) + 1, cells, producer))
    return tuple(found)


def _speciality(number: int, cells: list[str], producer: _Producer) -> Speciality:
    name, set_no, star, price = cells[:4]
    goods = PRODUCT_SETS[int(set_no) - 1]
    old = places().old_provinces[producer.old_province]
    return Speciality(
        Facts(
            pk=number,
            code=f"R{number:06d}",
            name=name,
            producer_id=producer.number,
            producer_name=producer.name,
            producer_kind=producer.kind,
            category="",
            set_no=goods.number,
            branch=goods.branch,
            restriction="alcohol" if goods.alcohol else "",
            address=producer.address,
            province_code=old.province_code,
            commune_code=resolve(producer.address).commune_code,
            old_province_code=old.code,
            region=old.region,
            star=int(star),
            listable_from=_FROM,
            listable_until=_UNTIL,
            blocked="",
            story=cells[4] if len(cells) > 4 else "",
            price_from=None if price == "-" else int(price.rstrip("!")) * 1000,
            in_stock=price.isdecimal(),
            decision=producer.decision,
        )
    )
