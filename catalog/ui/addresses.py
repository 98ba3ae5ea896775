"""Addresses as templates ask for them."""

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language


def address(name: str, args: Sequence[object] = ()) -> str:
    """`reverse` in the page's language; an address without arguments is looked up once. Raises NoReverseMatch."""
    return reverse(name, args=args) if args else _fixed(name, get_language())


@lru_cache(maxsize=256)
def _fixed(name: str, _language: str | None) -> str:
    return reverse(name)


def in_language(path: str, language: str) -> str:
    """The address of the same page in another language: Vietnamese lies at the root, English under /en/."""
    plain = path.removeprefix("/en") if path.startswith("/en/") else path
    return plain if language == settings.LANGUAGE_CODE else f"/{language}{plain}"
