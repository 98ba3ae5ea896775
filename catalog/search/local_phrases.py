"""Old districts as phrases to offer: what to search for, and what it is called."""

from collections.abc import Iterator

from catalog.regions.places import places
from catalog.search import place_words
from catalog.search.query import Chip
from catalog.search.tokens import tokens


def old_districts() -> Iterator[tuple[str, Chip]]:
    """A text that search reads as the district, and its chip: "Huyện Châu Thành, Bến Tre".

    With its province only where the name needs it. A town that bears its province's name is left out: it is read as
    the province.
    """
    table = places()
    for district in table.old_districts.values():
        for text in (district.name, f"{district.name}, {table.old_provinces[district.old_province_code].short}"):
            spans = place_words.find(tokens(text))
            if named := next((span.chip for span in spans if span.chip.value == district.code), None):
                yield text, named
                break
