"""What kind of goods, as registries write it, and so under which selling rules."""

import re

from catalog.products.models import Restriction
from catalog.products.sets import LIVE_BRANCH, PRODUCT_SETS, SERVICE_BRANCH
from catalog.text import even, fold, remembered

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


def branch_of(category: str, set_no: int | None, product: str) -> int:
    """The branch (1–6) under today's rules; an unknown category is food, by far the largest."""
    if set_no:
        return PRODUCT_SETS[set_no - 1].branch
    branch = _branch_named(category)
    return 1 if branch == 2 and _FOOD_NOW.search(fold(product)) else branch


@remembered(1024)
def _branch_named(category: str) -> int:
    words = fold(category)
    return next((number for number, pattern in _BRANCH_WORDS if re.search(rf"\b({pattern})\b", words)), 1)


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
