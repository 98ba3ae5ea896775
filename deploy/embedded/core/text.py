"""Slugs, made as Saleor makes them: plain Latin letters, unique by a number behind."""

import unicodedata

from django.db.models import Model
from django.utils.text import slugify


def plain_slug(text: str) -> str:
    """ "Số sao OCOP" → "so-sao-ocop"."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return slugify("".join(char for char in bare if not unicodedata.combining(char)))


def unique_slug(model: type[Model], text: str, **within: object) -> str:
    """A slug that no row of `model` (within these columns) has: `x`, `x-2`, `x-3`, …"""
    base = plain_slug(text) or "-"
    taken = set(model._default_manager.filter(slug__startswith=base, **within).values_list("slug", flat=True))
    return next_slug(base, taken)


def next_slug(base: str, taken: set[str]) -> str:
    """The first of `x`, `x-2`, `x-3`, … that is not taken."""
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
