"""Which words can be Vietnamese syllables at all."""

import re
from typing import Final

from catalog.text import fold

_SYLLABLE: Final = re.compile(  # folded
    r"""(?: (?:k|gh|ngh)(?=[eiy]) | c(?![eiy]) | g(?!e) | ng(?![eiy]) | gi(?=[aeou]) | qu(?=[aeoiy])
        | b|ch|d|h|kh|l|m|n|nh|ph|r|s|t|th|tr|v|x | )
    (?: (?:a|e|oa|ue)(?:c|ch|m|n|ng|nh|p|t)? | i(?:ch|m|n|nh|p|t)? | (?:o|u|ie|uo|ua|oe)(?:c|m|n|ng|p|t)?
        | ye(?:m|n|ng|t|u) | uy(?:ch|n|nh|p|t)? | uye[nt] | uya | oong
        | a[iouy] | eo | [iu]a | ieu | iu | oa[iouy] | oeo | oi | u[iu] | uo[iu] | ua[uy] | uyu )""",
    re.VERBOSE,
)


def is_syllable(word: str) -> bool:
    """Can a word, with accents or without, be a syllable of Vietnamese? "khọt" can, "khọtt" and "kọt" cannot."""
    return _SYLLABLE.fullmatch(fold(word)) is not None
