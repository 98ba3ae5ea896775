"""Whose word counts, for every fact of a product by itself: the better evidence wins, a lesser source fills in.

Pure; the result depends on what the sources tell and never on the order in which they were read: docs/decisions/0020.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from catalog.certificates.models import Tier
from catalog.products.goods import branch_of, restriction_of
from catalog.products.models import Restriction
from catalog.regions import find_province
from catalog.text import name_key, slug_of

_RANK = {str(tier): place for place, tier in enumerate((Tier.A, Tier.B1, Tier.B2, Tier.C))}


class Place(NamedTuple):
    """Where a product is made: the address as written, and the place of today that it names. One whole."""

    address: str
    province_code: str
    commune_code: str
    old_province_code: str
    region: str

    @property
    def is_vague(self) -> bool:
        """Is nothing told but the province?"""
        return not self.commune_code and (not self.address or bool(find_province(self.address)))


class Identity(NamedTuple):
    """Which product it is: keys of its name and its producer's, the producer's province. No source fills these in."""

    name_key: str
    producer_key: str
    province_code: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What one source record says of its product; `place` is None where it names none that is known.

    `recognised_on`: the day of the recognition that it proves; `read_on`: when it was read as it stands. `source` and
    `key` name the record.
    """

    source: str
    key: str
    tier: str
    recognised_on: date
    read_on: date
    name: str
    producer: str
    category: str = ""
    set_no: int | None = None
    place: Place | None = None

    @property
    def goods(self) -> tuple[str, int | None]:
        """What it says of the kind of goods."""
        return self.category, self.set_no


@dataclass(frozen=True, slots=True)
class Tellers:
    """Whose word counts for what; None where no source says anything."""

    name: Telling | None = None
    producer: Telling | None = None
    category: Telling | None = None
    set_no: Telling | None = None
    place: Telling | None = None


def best_first(tellings: Iterable[Telling]) -> list[Telling]:
    """By evidence, then the newest recognition, then the day of reading, then the names of source and record."""
    return sorted(tellings, key=_place_in_line)


def _place_in_line(one: Telling) -> tuple[int, int, int, str, str]:
    rank = _RANK.get(one.tier, len(_RANK))
    return rank, -one.recognised_on.toordinal(), -one.read_on.toordinal(), one.source, one.key


def tellers(tellings: Iterable[Telling], identity: Identity, name: str) -> Tellers:
    """Whose word counts for each fact of the product that bears `name`.

    The name is spelled, and never changed, by a record that bears the product's identity; the place is one record's
    whole, and lies in the producer's province.
    """
    line = best_first(tellings)
    bearing = [one for one in line if name_key(one.producer)[:300] == identity.producer_key]
    here = [one for one in line if one.place and one.place.province_code == identity.province_code]
    named = next((one for one in bearing if one in here and name_key(one.name)[:300] == identity.name_key), None)
    spelled = named.name if named else name
    return Tellers(
        name=named,
        producer=next(iter(bearing), None),
        category=_teller_of_goods([one for one in line if one.category], line, spelled),
        set_no=_teller_of_goods([one for one in line if one.set_no], line, spelled),
        place=_teller_of_place(here),
    )


def _teller_of_goods(telling: Sequence[Telling], line: Sequence[Telling], name: str) -> Telling | None:
    """The first that fits what the best record that says anything of the goods makes of them."""
    best = next((one for one in line if any(one.goods)), None)
    return next((one for one in telling if best and (one is best or _fits(one, best, name))), None)


def _fits(one: Telling, best: Telling, name: str) -> bool:
    """May it fill in what `best` leaves empty: is it in the same branch, and lifts it no restriction?"""
    branch = branch_of(*best.goods, name)
    if branch_of(*one.goods, name) != branch:
        return False
    restricted = restriction_of(name, best.set_no, branch) != Restriction.NONE
    return not restricted or restriction_of(name, best.set_no or one.set_no, branch) != Restriction.NONE


def _teller_of_place(here: Sequence[Telling]) -> Telling | None:
    """The best; where it names the province alone, the best that names more of the same old province."""
    best = next(iter(here), None)
    if best is None or best.place is None or not best.place.is_vague:
        return best
    old = best.place.old_province_code
    nearer = (one for one in here if one.place and not one.place.is_vague)
    return next((one for one in nearer if one.place and old in ("", one.place.old_province_code)), best)


def facts_of(told: Tellers, name: str) -> dict[str, Any]:
    """The product's columns by these tellers, for the product that bears `name`; none where nobody tells a place."""
    facts = name_facts(told.name.name) if told.name else {}
    category, set_no = told.category.category if told.category else "", told.set_no.set_no if told.set_no else None
    facts |= goods_facts(facts.get("name", name), category, set_no)
    return facts | (told.place.place._asdict() if told.place and told.place.place else {})


def name_facts(name: str) -> dict[str, Any]:
    """The columns of a product that its name makes."""
    return {"name": name[:300], "name_key": name_key(name)[:300], "slug": slug_of(name)}


def goods_facts(name: str, category: str, set_no: int | None) -> dict[str, Any]:
    """The columns of a product that tell what kind of goods it is, under today's rules."""
    branch = branch_of(category, set_no, name)
    restriction = restriction_of(name, set_no, branch)
    return {"category": category[:200], "set_no": set_no, "branch": branch, "restriction": restriction}
