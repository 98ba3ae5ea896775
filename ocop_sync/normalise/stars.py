"""Reading a star out of a text that people wrote."""

import re
from dataclasses import dataclass

from catalog.text import fold, remembered

_POTENTIAL = re.compile(r"\b(tiem nang|de xuat|de nghi|du kien|dang ky|huong den|phan dau)\b")
_SEVERAL = re.compile(r"\b\d+ (sp|san pham|sp ocop|san pham ocop)\b")
_STAR_SIGNS = re.compile(r"[★⭐*]")
_STAR_COUNT = re.compile(r"^[\s★⭐☆*]+$")


@dataclass(frozen=True, slots=True)
class StarReading:
    """`star` that was granted, or None; `potential` when the text speaks of a star hoped for."""

    star: int | None
    potential: bool = False


@remembered(8192)
def read_star(text: str) -> StarReading:
    """The star that a text says was granted: `4`, `04`, `4*`, `4 sao`, `★★★★`, "4 sao (tiềm năng 5 sao)" → 4.

    A text that speaks of several products, of several granted stars or of none reads as no star.
    """
    text = text.strip()
    if not text or text.startswith("#"):
        return StarReading(None)
    if _STAR_COUNT.match(text):
        count = len(re.findall(r"[★⭐*]", text))
        return StarReading(count if 1 <= count <= 5 else None)
    words = fold(_STAR_SIGNS.sub(" sao ", text))
    if _SEVERAL.search(words):
        return StarReading(None)
    hoped = _POTENTIAL.search(words)
    granted = words[: hoped.start()] if hoped else words
    return StarReading(_one_star(granted), potential=hoped is not None)


def _one_star(words: str) -> int | None:
    marked = {int(m[1]) for m in re.finditer(r"(?<!\d)0?(\d{1,2}) ?sao\b", words)}
    if marked:
        return marked.pop() if len(marked) == 1 and marked <= {1, 2, 3, 4, 5} else None
    bare = re.fullmatch(r"(?:ocop |hang |dat |sao )*0?([1-5])(?: 0+)?", words.strip())
    return int(bare[1]) if bare else None
