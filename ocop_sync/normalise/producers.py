"""What kind of producer."""

import re

from catalog.producers.models import ProducerKind
from catalog.text import fold

_KINDS = (
    (ProducerKind.COOPERATIVE, r"^(lien hiep )?(htx|hop tac xa)|^htxnn\b|^htxdv\b"),
    (ProducerKind.COOPERATIVE_GROUP, r"^(tht|to hop tac)\b"),
    (ProducerKind.ENTERPRISE, r"^(chi nhanh |tong )?(cong ty|cty|doanh nghiep|dntn|dn|nha may|tap doan)\b"),
    (ProducerKind.FARM, r"^(trang trai|farm|nong trai)\b"),
    (ProducerKind.ASSOCIATION, r"^(hoi|hiep hoi|chi hoi|hoi quan)\b"),
    (ProducerKind.HOUSEHOLD, r"^(ho|hkd|co so|cssx|ho sxkd|lang nghe|ba|ong)\b"),
)
_KIND_WORDS = {
    "htx": ProducerKind.COOPERATIVE,
    "hop tac xa": ProducerKind.COOPERATIVE,
    "tht": ProducerKind.COOPERATIVE_GROUP,
    "to hop tac": ProducerKind.COOPERATIVE_GROUP,
    "dn": ProducerKind.ENTERPRISE,
    "doanh nghiep": ProducerKind.ENTERPRISE,
    "cong ty": ProducerKind.ENTERPRISE,
    "hkd": ProducerKind.HOUSEHOLD,
    "ho kinh doanh": ProducerKind.HOUSEHOLD,
    "ho sxkd": ProducerKind.HOUSEHOLD,
    "trang trai": ProducerKind.FARM,
}


def producer_kind(told: str, name: str) -> str:
    """The legal form: as the source tells it, else by the first words of the name, else unknown."""
    if told and told in ProducerKind.values:
        return told
    if known := _KIND_WORDS.get(fold(told)):
        return known
    words = fold(name)
    return next((kind for kind, pattern in _KINDS if re.search(pattern, words)), ProducerKind.UNKNOWN)
