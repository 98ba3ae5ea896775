"""Sample packagings and combos of the constructed products. What is told of the places is true of the places; the
producers are made up, as everywhere in the sample.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple


class SamplePackaging(NamedTuple):
    """A box of a sample sale point: đồng, grams, pieces; boxes to be collected and to be sent."""

    point: str
    name: str
    name_en: str
    price: int
    weight: int
    most_pieces: int
    to_collect: int
    to_send: int


class SamplePart(NamedTuple):
    """Pieces of a pack (its number) of the product of this name; the name of what may stand in for it, or empty."""

    product: str
    quantity: int = 1
    number: int = 1
    substitute: str = ""


@dataclass(frozen=True, slots=True)
class SampleCombo:
    """A combo packed in a packaging (by name). `by`: the product whose producer proposes it, or empty for the point.

    `waits_for`: the product whose producer has yet to agree, so that the demo has something to decide.
    """

    title: str
    title_en: str
    packaging: str
    parts: tuple[SamplePart, ...]
    story: str
    story_en: str
    by: str = ""
    occasion: str = ""
    province_code: str = ""
    choose: int | None = None
    percent: int = 0
    fixed_price: int | None = None
    waits_for: str = ""


def _combo(row: dict[str, Any]) -> SampleCombo:
    parts = tuple(SamplePart(**part) for part in row["parts"])
    texts = {name: "\n".join(row[name]) for name in ("story", "story_en")}
    return SampleCombo(**{**row, **texts, "parts": parts})


_ROWS: Final = json.loads((Path(__file__).parent / "data" / "combos.json").read_text(encoding="utf-8"))
PACKAGINGS: Final = tuple(SamplePackaging(**row) for row in _ROWS["packagings"])
COMBOS: Final = tuple(_combo(row) for row in _ROWS["combos"])
