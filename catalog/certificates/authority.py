"""Who may grant which star: the rank of an authority follows its name and the date of the decision."""

import re
from datetime import date
from enum import IntEnum

from catalog.text import fold, remembered

DISTRICTS_UNTIL = date(2025, 6, 30)  # the last day on which a district could grant 3 stars
CENTRAL_CITIES = {
    "ha noi": date.min,
    "hai phong": date.min,
    "da nang": date.min,
    "can tho": date.min,
    "ho chi minh": date.min,
    "hue": date(2025, 1, 1),
    "dong nai": date(2026, 4, 30),
}


class Rank(IntEnum):
    """Levels of the State that appear on decisions."""

    UNKNOWN = 0
    COMMUNE = 1
    DISTRICT = 2
    PROVINCE = 3
    MINISTRY = 4


_MINISTRY = re.compile(r"^(bo truong )?bo (nong nghiep|nn|nnmt|nnptnt)\b|^bnn(mt|ptnt)?\b")
_COMMITTEE = re.compile(r"^(chu tich )?(ubnd|uy ban nhan dan)\b(?P<unit>.*)")
_CITY = re.compile(r"^(thanh pho|tp) ?(?P<name>.*)$")
_PROVINCE = re.compile(r"^tinh\b")
_DISTRICT = re.compile(r"^(huyen|quan|thi xa|tx|h|q)\b")
_COMMUNE = re.compile(r"^(xa|phuong|thi tran|dac khu|tt|x|p)\b")


@remembered(8192)
def rank(authority: str, on: date) -> Rank:
    """The rank of `authority` as written on a decision of the day `on`; UNKNOWN when the words name no such body.

    Today's provinces and abolished ones rank alike; a city is provincial only while it is centrally run.
    """
    words = fold(authority)
    if _MINISTRY.match(words):
        return Rank.MINISTRY
    committee = _COMMITTEE.match(words)
    return _rank_of_unit(committee["unit"].strip(), on) if committee else Rank.UNKNOWN


def _rank_of_unit(unit: str, on: date) -> Rank:
    unit = re.sub(r"^(tp ?hcm|tphcm|tp hcm)\b", "tp ho chi minh", unit)
    for pattern, level in ((_PROVINCE, Rank.PROVINCE), (_DISTRICT, Rank.DISTRICT), (_COMMUNE, Rank.COMMUNE)):
        if pattern.match(unit):
            return level
    city = _CITY.match(unit)
    if city is None:
        return Rank.UNKNOWN
    return Rank.PROVINCE if _is_central(city["name"], on) else Rank.DISTRICT


def _is_central(name: str, on: date) -> bool:
    return any(on >= since and re.match(rf"{city}\b", name) for city, since in CENTRAL_CITIES.items())


def may_grant(star: int, level: Rank, on: date) -> bool:
    """5★ only the Ministry; 3★ and 4★ the province (or the Ministry); 3★ a district until 30/06/2025.

    Quyết định 26/2026/QĐ-TTg, Article 7, and the rules before it for certificates that run to their own term.
    """
    if star == 5:
        return level is Rank.MINISTRY
    if star in (3, 4) and level >= Rank.PROVINCE:
        return True
    return star == 3 and level is Rank.DISTRICT and on <= DISTRICTS_UNTIL
