"""Suggestions in the schema: the shop's own."""

import graphene
from django.conf import settings

from catalog.api import addresses
from catalog.api.loading import listed
from catalog.api.searching import PLACE_KINDS, check_length
from catalog.api.words import enum, in_words, one, said
from catalog.products.models import page_address
from catalog.regions import province
from catalog.search.query import Suggestion as SuggestionRow
from catalog.search.services import suggest

SuggestionKind = enum(
    "SuggestionKind",
    said("What a suggestion leads to.", "Gợi ý dẫn tới đâu."),
    {
        "PRODUCT": ("product", "A product.", "Sản phẩm."),
        "PRODUCER": ("producer", "A producer.", "Chủ thể."),
        "BRANCH": ("branch", "A branch.", "Nhóm sản phẩm."),
        "SET": ("set", "A product set.", "Bộ sản phẩm."),
        **{name: told for name, told in PLACE_KINDS.items() if name not in ("COMMUNE", "OLD_COMMUNE")},
    },
)


class Suggestion(graphene.ObjectType):
    """Something to go to."""

    class Meta:
        description = said("What begins with what was typed.", "Thứ bắt đầu bằng những gì đã gõ.")

    kind = one(SuggestionKind, "What it leads to.", "Dẫn tới đâu.")
    key = one(graphene.String, "Its code, number or slug.", "Mã hoặc số của nó.")
    text = in_words(
        "What it is called.", "Tên gọi.", lambda row, language: (language == "en" and row.text_en) or row.text
    )
    url = in_words("Its page, where it has one.", "Trang của nó, nếu có.", lambda row, _: _page_of(row), required=False)


def suggested(text: str, first: int) -> list[SuggestionRow]:
    """Suggestions; the products among them are asked of the gate once more. Raises SearchUnavailable, BadArgument."""
    check_length(text)
    some = suggest(text, first)
    codes = [row.key for row in some if row.kind == "product"]
    there = set(listed(adult=False).filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    return [row for row in some if row.kind != "product" or row.key in there]


def _page_of(row: SuggestionRow) -> str | None:
    if row.kind == "product":
        return f"{settings.PUBLIC_URL}{page_address(row.slug, row.key)}"
    if row.kind == "producer":
        return addresses.page("producer", row.slug, row.key)
    return addresses.page("province", province(row.key).slug) if row.kind == "province" else None
