"""Groups of words that mean the same, as values; and those that the shop comes with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from catalog.text import clean

_APART = re.compile(r"[\r\n,;/|=]+")


class Kind(TextChoices):
    """Where a group's words are looked for: goods with their accents in the name, forms of trade in all words."""

    GOODS = "goods", _("Hàng hóa")
    TRADE = "trade", _("Cách gọi chung")


@dataclass(frozen=True, slots=True)
class Group:
    """`phrases` mean the same, each finds the others (two-way).

    With `finds` the group is one-way: whoever types one of `phrases` also finds `finds`, and nothing the other way.
    """

    kind: str
    phrases: tuple[str, ...]
    finds: tuple[str, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        typed = " = ".join(self.phrases)
        return f"{typed} → {' + '.join(self.finds)}" if self.finds else typed


Groups = tuple[Group, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SynonymSet:
    """All groups of one version; compared by identity, so that what is made of it can be kept. A draft has number 0."""

    number: int
    groups: Groups


BUILT_IN: Final[Groups] = (
    Group(Kind.GOODS, ("lạc", "đậu phộng")),
    Group(Kind.GOODS, ("vừng", "mè")),
    Group(Kind.GOODS, ("đậu tương", "đậu nành")),
    Group(Kind.GOODS, ("lợn", "heo")),
    Group(Kind.GOODS, ("ngô", "bắp")),
    Group(Kind.GOODS, ("sắn", "khoai mì")),
    Group(Kind.GOODS, ("dứa", "khóm", "trái thơm")),
    Group(Kind.GOODS, ("na", "mãng cầu")),
    Group(Kind.GOODS, ("hoa", "bông")),
    Group(Kind.GOODS, ("trà", "chè")),
    Group(Kind.GOODS, ("hạt", "hột")),
    Group(Kind.GOODS, ("rau mùi", "ngò")),
    Group(Kind.GOODS, ("bánh đa", "bánh tráng")),
    Group(Kind.GOODS, ("hủ tiếu", "hủ tíu")),
    Group(Kind.GOODS, ("cà phê", "cafe", "coffee")),
    Group(Kind.GOODS, ("ca cao", "cacao")),
    Group(Kind.GOODS, ("mắc ca", "macca", "macadamia")),
    Group(Kind.GOODS, ("atiso", "actiso", "artichoke")),
    Group(Kind.TRADE, ("HTX", "HTXNN", "hợp tác xã", "hợp tác xã nông nghiệp")),
    Group(Kind.TRADE, ("HKD", "hộ kinh doanh", "hộ SXKD")),
    Group(Kind.TRADE, ("OCOP", "mỗi xã một sản phẩm")),
)


def split_phrases(text: str) -> tuple[str, ...]:
    """The phrases of a typed text: one a line, or between commas, semicolons, slashes, bars or equals signs."""
    return tuple(filter(None, map(clean, _APART.split(text))))


def typed_group(kind: str, phrases: str, finds: str, note: str) -> Group:
    """A group as somebody typed it, tidied and not yet checked."""
    return Group(kind, split_phrases(phrases), split_phrases(finds), clean(note))


def as_json(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """What is kept of groups."""
    return [{"kind": str(g.kind), "phrases": list(g.phrases), "finds": list(g.finds), "note": g.note} for g in groups]


def from_json(kept: Iterable[Mapping[str, Any]]) -> Groups:
    """The groups that `as_json` was given, tidied. Raises TypeError or KeyError for anything else."""
    return tuple(Group(clean(g["kind"]), _cleaned(g["phrases"]), _cleaned(g["finds"]), clean(g["note"])) for g in kept)


def _cleaned(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(clean, phrases))
