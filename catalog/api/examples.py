"""The examples of the page: `examples/*.graphql`, each with its titles and variables in its first lines."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "examples"
ANY_CODE: Final = "A_CODE"  # stands for the code of some product that is listed


@dataclass(frozen=True, slots=True)
class Example:
    """A document that anybody may try; `name` is its file's, without number."""

    name: str
    vi: str
    en: str
    variables: str
    query: str

    def variables_with(self, code: str) -> dict[str, Any]:
        """The variables with a code in the place of `ANY_CODE`."""
        found: dict[str, Any] = json.loads(self.variables.replace(ANY_CODE, code))
        return found


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """All of them, in the order of their files."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.graphql"), key=_number))


def _number(path: Path) -> int:
    return int(path.stem.partition("-")[0])


def _read(path: Path) -> Example:
    """Raises ValueError for a file without the three lines."""
    vi, en, variables, *lines = path.read_text().split("\n")
    for line, mark in ((vi, "# vi: "), (en, "# en: "), (variables, "# variables: ")):
        if not line.startswith(mark):
            raise ValueError(f"{path.name}: a line must begin with {mark!r}")
    name = path.stem.split("-", 1)[1]
    return Example(name, vi[6:], en[6:], variables[13:], "\n".join(lines).strip() + "\n")
