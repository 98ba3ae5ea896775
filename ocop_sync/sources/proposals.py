"""What an unknown column looks like, by its header and by its cells. Proposed to the officer, never applied."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial

from catalog.text import fold
from ocop_sync.normalise.dates import read_date
from ocop_sync.normalise.stars import read_star
from ocop_sync.sources.archive import column_letters
from ocop_sync.sources.columns import ALIASES, LABELS, LONGEST_HEADER, RECOGNITION, field_of, is_counter, is_personal

SAMPLE_ROWS = 50
ALIKE = 0.75  # of two folded headers, by difflib
LOOKS_LIKE = 0.6  # of a column's filled cells
MOST_PROPOSALS = 20
MOST_UNKNOWN = 100  # columns looked at

_DECISION = re.compile(r"^\s*(số\s*)?\d+\s*/\s*(\d{4}\s*/\s*)?QĐ", re.IGNORECASE)
_AUTHORITY = re.compile(r"^(ubnd|uy ban nhan dan|bo nong nghiep|bo nn|so nong nghiep|hoi dong)\b")
_STAR_WORD = re.compile(r"sao\b|[★⭐*]", re.IGNORECASE)


@dataclass(frozen=True)
class Proposal:
    """Column `letter` (1 → A) with this header looks like `field`."""

    letter: str
    header: str
    field: str

    def sentence(self, language: str) -> str:
        """For a person, in "vi" or "en"."""
        looks, column = ("looks like", "column") if language == "en" else ("có vẻ là", "cột")
        return f'{column} {self.letter} "{self.header}" {looks} "{LABELS[self.field]}" ({self.field})'


def propose(
    headers: Mapping[int, str], samples: Mapping[int, Sequence[str]], columns: Mapping[str, str]
) -> list[Proposal]:
    """A proposal for each unknown header (column number, 1 = A) that resembles a field which the table still lacks."""
    fields = {column: field_of(header, columns) for column, header in headers.items()}
    taken = {field for field in fields.values() if field and field not in RECOGNITION}
    found: list[Proposal] = []
    unknown = [column for column, header in sorted(headers.items()) if not fields[column] and _could_name(header)]
    for column in unknown[:MOST_UNKNOWN]:
        header = headers[column]
        looks = looks_of(header, samples.get(column, ()))
        field, alike = _most_alike(header, taken, looks)
        if alike < ALIKE or (looks and looks != field):  # what the cells hold says more than a name that is alike
            field = looks if looks not in taken else ""
        if field:
            found.append(Proposal(column_letters(column), header, field))
            taken |= {field} - set(RECOGNITION)
    return found[:MOST_PROPOSALS]


def known_names(texts: Sequence[str], columns: Mapping[str, str]) -> int:
    """How many cells of a row are known column names."""
    return sum(1 for text in texts[:MOST_UNKNOWN] if text and field_of(text, columns))


def header_score(texts: Sequence[str], columns: Mapping[str, str]) -> float:
    """How much a row looks like a table's header: known names count whole, resembling ones half."""
    unknown = [text for text in texts[:MOST_UNKNOWN] if _could_name(text) and not field_of(text, columns)]
    alike = sum(1 for text in unknown if _most_alike(text, set(), "")[1] >= ALIKE)
    return known_names(texts, columns) + alike / 2


def looks_of(header: str, cells: Sequence[str]) -> str:
    """The field whose values most of a column's filled cells look like, or ""."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    words = fold(header)
    ending = "expires" if re.search(r"\b(het|han|den)\b", words) else "issued"
    kinds = {
        "decision": sum(1 for cell in filled if _DECISION.match(cell)),
        "authority": sum(1 for cell in filled if _AUTHORITY.match(fold(cell))),
        ending: sum(1 for cell in filled if not cell.isdecimal() and read_date(cell)),
        "star": sum(1 for cell in filled if len(cell) <= 40 and _STAR_WORD.search(cell) and read_star(cell).star),
    }
    field, count = max(kinds.items(), key=lambda pair: pair[1])
    return field if count >= LOOKS_LIKE * len(filled) else ""


def _could_name(header: str) -> bool:
    return 0 < len(header) <= LONGEST_HEADER and not is_personal(header) and not is_counter(header)


def _most_alike(header: str, taken: set[str], looks: str) -> tuple[str, float]:
    """The field whose names resemble a header most; cells that look like it weigh as much as a third of the header."""
    best, matcher = ("", 0.0), SequenceMatcher(None, "", fold(header))
    for field, aliases in ALIASES.items():
        if field in taken:
            continue
        alike = max(map(partial(_ratio, matcher), aliases)) + (0.3 if field == looks else 0.0)
        best = max(best, (field, alike), key=lambda pair: pair[1])
    return best


def _ratio(matcher: SequenceMatcher[str], alias: str) -> float:
    matcher.set_seq1(alias)
    return matcher.ratio() if matcher.real_quick_ratio() > ALIKE / 2 else 0.0
