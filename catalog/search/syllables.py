"""Which words can be Vietnamese syllables at all."""

import re
import unicodedata
from typing import Final

_TONES: Final = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE: Final = re.compile(
    r"""(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?
    (?:
        (?:a|ă|â|e|ê|i|o|ô|ơ|u|ư|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uơ|uyê|uy)(?:ch|nh|ng|[cmnpt])
        |a[iouy]?|â[uy]|e[ou]?|êu?|i[au]?|iêu|o[aei]?|oa[iouy]|oeo?|ôi?|ơi?|u[aiêyơ]?|uya|uôi|uây|uyu|ư[aiu]?|ươ[iu]
        |y|yêu
    )""",
    re.VERBOSE,
)


def is_syllable(word: str) -> bool:
    """Can a word in lower case, with its accents, be a syllable of Vietnamese? "khọt" can, "khọtt" cannot."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONES))
    return _SYLLABLE.fullmatch(bare) is not None
