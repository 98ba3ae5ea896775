"""What kind of goods, and so under which selling rules; what kind of producer."""

import re

from catalog.producers.models import ProducerKind
from catalog.products.models import Restriction
from catalog.products.sets import LIVE_BRANCH, PRODUCT_SETS, SERVICE_BRANCH
from catalog.text import even, fold

# Branches as registries write them. Coffee and tea stood under drinks before Quyết định 26/2026 and are food since.
_BRANCH_WORDS = (
    (6, r"du lich|diem du lich|dich vu"),
    (5, r"sinh vat canh|cay canh|hoa canh"),
    (4, r"thu cong|my nghe|vai|may mac|luu niem|noi that|trang tri"),
    (3, r"duoc lieu|thao duoc|my pham|thuoc"),
    (2, r"do uong"),
    (1, r"thuc pham|gia vi|che|ca phe|nong san"),
)
_FOOD_NOW = re.compile(r"\b(ca phe|cafe|coffee|cacao|ca cao|che|tra)\b")
_ALCOHOL = re.compile(r"(?<!\w)(rượu|riệu|bia|vang|vodka|whisky|whiskey|rum|sake|soju|cognac|brandy)(?!\w)")
_NOT_ALCOHOL = re.compile(
    r"(?<!\w)(dấm|giấm|men|bánh|kẹo|nho|mứt|nem|chả|lá|hạt|đậu|mật ong|bột|tinh dầu|khoai|măng|gà|cá|tôm)(?!\w).*"
    r"(?<!\w)(rượu|bia|vang)(?!\w)|(?<!\w)(vang (dội|danh|lừng)|bia đá)(?!\w)|không cồn"
)
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


def branch_of(category: str, set_no: int | None, product: str) -> int:
    """The branch (1–6) under today's rules; an unknown category is food, by far the largest."""
    if set_no:
        return PRODUCT_SETS[set_no - 1].branch
    words = fold(category)
    branch = next((number for number, pattern in _BRANCH_WORDS if re.search(rf"\b({pattern})\b", words)), 1)
    return 1 if branch == 2 and _FOOD_NOW.search(fold(product)) else branch


def read_set(text: str) -> int | None:
    """A product set's number 1–26, or None."""
    digits = text.strip().removesuffix(".0")
    return int(digits) if digits.isdecimal() and 1 <= int(digits) <= len(PRODUCT_SETS) else None


def restriction_of(product: str, set_no: int | None, branch: int) -> Restriction:
    """The selling rule of a product; where the set is unknown, a name that speaks of alcohol restricts it."""
    if set_no and PRODUCT_SETS[set_no - 1].alcohol:
        return Restriction.ALCOHOL
    if set_no and PRODUCT_SETS[set_no - 1].health:
        return Restriction.HEALTH
    if branch == LIVE_BRANCH:
        return Restriction.LIVE
    if branch == SERVICE_BRANCH:
        return Restriction.SERVICE
    name = even(product)
    if not set_no and _ALCOHOL.search(name) and not _NOT_ALCOHOL.search(name):
        return Restriction.SUSPECT_ALCOHOL
    return Restriction.NONE


def producer_kind(told: str, name: str) -> str:
    """The legal form: as the source tells it, else by the first words of the name, else unknown."""
    if told and told in ProducerKind.values:
        return told
    if known := _KIND_WORDS.get(fold(told)):
        return known
    words = fold(name)
    return next((kind for kind, pattern in _KINDS if re.search(pattern, words)), ProducerKind.UNKNOWN)
