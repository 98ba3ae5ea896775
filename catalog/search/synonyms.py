"""Words of North and South, and of the trade, that mean the same goods. Nước mắm and mắm nêm are not the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from catalog.search.tokens import Token, tokens

GOODS: Final = (
    ("lạc", "đậu phộng"),
    ("vừng", "mè"),
    ("đậu tương", "đậu nành"),
    ("lợn", "heo"),
    ("ngô", "bắp"),
    ("sắn", "khoai mì"),
    ("dứa", "khóm", "trái thơm"),
    ("na", "mãng cầu"),
    ("hoa", "bông"),
    ("trà", "chè"),
    ("hạt", "hột"),
    ("rau mùi", "ngò"),
    ("bánh đa", "bánh tráng"),
    ("hủ tiếu", "hủ tíu"),
    ("cà phê", "cafe", "coffee"),
    ("ca cao", "cacao"),
    ("mắc ca", "macca", "macadamia"),
    ("atiso", "actiso", "artichoke"),
)
TRADE: Final = (
    ("HTX", "HTXNN", "hợp tác xã", "hợp tác xã nông nghiệp"),
    ("HKD", "hộ kinh doanh", "hộ SXKD"),
    ("OCOP", "mỗi xã một sản phẩm"),
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for the same; goods are looked for with accents in the name, forms of trade folded in all words."""

    words: tuple[str, ...]
    goods: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of a query that stand together: all of them match, or one of the alternatives does.

    `in_a_row`: they match only one behind the other, in this order; with accents if any of them has some.
    """

    words: tuple[Token, ...]
    alternatives: tuple[Alternative, ...] = ()
    in_a_row: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[Token, ...]
    alternatives: tuple[Alternative, ...]

    def is_meant_by(self, typed: Sequence[Token]) -> bool:
        """Accents that were typed must be this word's: "mẹ" is not "mè"; "me" may be."""
        return all(not t.has_accents or t.accented == w.accented for t, w in zip(typed, self.words, strict=True))


def clauses(typed: Sequence[Token]) -> list[Clause]:
    """The words of a query with their synonyms, the longest reading first."""
    table, longest = _table()
    found: list[Clause] = []
    start = 0
    while start < len(typed):
        for length in range(min(longest, len(typed) - start), 0, -1):
            part = tuple(typed[start : start + length])
            entries = table.get(tuple(t.folded for t in part), ())
            meant = [alt for entry in entries if entry.is_meant_by(part) for alt in entry.alternatives]
            if meant or length == 1:
                found.append(Clause(part, tuple(dict.fromkeys(meant))))
                start += length
                break
    return found


@lru_cache(maxsize=1)
def _table() -> tuple[dict[tuple[str, ...], list[_Entry]], int]:
    table: dict[tuple[str, ...], list[_Entry]] = {}
    for goods, groups in ((True, GOODS), (False, TRADE)):
        for group in groups:
            for phrase in group:
                own = tuple(tokens(phrase))
                entry = _Entry(own, tuple(_alternative(other, goods) for other in group if other != phrase))
                table.setdefault(tuple(t.folded for t in own), []).append(entry)
    return table, max(len(key) for key in table)


def _alternative(phrase: str, goods: bool) -> Alternative:
    return Alternative(tuple(t.accented if goods else t.folded for t in tokens(phrase)), goods)
