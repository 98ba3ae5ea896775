"""The order of names as a number: how many of the names that the index was built with come before it.

tantivy sorts by numbers ten times as fast as by texts. What was added since shares its number with the names around
it, and only these are then put in order by their texts. The numbers of an index hold as long as its folder does.
"""

from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Final

FILE: Final = "names.txt"
_NUMBER_BITS: Final = 32
_FLAG: Final = len("0 ")  # what `sort_name` begins with: is it for sale?
_FEW: Final = 2000  # as many new names, or twice as many as there were, call for new numbers


class Names:
    """The names that an index was built with, in order."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)

    @classmethod
    def read(cls, folder: Path) -> "Names":
        """Those of an index. Raises OSError."""
        return cls((folder / FILE).read_text(encoding="utf-8").splitlines())

    def write(self, folder: Path) -> None:
        """Keep them with the index."""
        (folder / FILE).write_text("\n".join(self._known), encoding="utf-8")

    def number(self, sort_name: str) -> int:
        """Never descends as `sort_name` ascends."""
        return int(sort_name[0]) << _NUMBER_BITS | bisect_left(self._known, sort_name[_FLAG:])

    def outgrown(self, documents: int) -> bool:
        """Are there so many more documents now that most share their number with others?"""
        return documents > 2 * len(self._known) + _FEW
