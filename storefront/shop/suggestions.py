"""What the search field suggests while somebody types: options for its list. One question, where no combo is meant."""

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop
from django.views.decorators.http import require_GET
from markupsafe import escape

from catalog.combos import lists as combos
from catalog.products.sets import PRODUCT_SETS
from catalog.regions import province
from catalog.search.errors import SearchUnavailable
from catalog.search.query import Suggestion
from catalog.search.services import suggest
from catalog.search.tokens import folded
from catalog.ui.formats import is_english

MOST: Final = 8
COMBOS: Final = 2  # of them
LONGEST: Final = 120  # characters, as in the field
MAX_AGE: Final = 30  # seconds that a browser or a proxy may keep an answer: it can be that much behind the index
_GROUP: Final = gettext_noop("Nhóm")
_PLACE: Final = gettext_noop("Nơi")
KINDS: Final = {
    "product": gettext_noop("Sản phẩm"), "producer": gettext_noop("Chủ thể"), "branch": _GROUP, "set": _GROUP,
    "combo": gettext_noop("Combo quà"),
}  # fmt: skip
_FILTERS: Final = {"old_province": "tinh-cu", "region": "vung", "branch": "nhom"}
_TRANSLATED: Final = frozenset({"branch", "set", "region"})  # found by a name that this page does not show: left out
_WORD: Final = re.compile(r"[^\W_]+")


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """GET /goi-y/?q=: at most `MOST` options of a listbox, as HTML; nothing for what cannot be read.

    The same for everybody: no session, no cookie; goods for adults are never among them. 503 while a new process still
    reads what there is: the field is a plain one meanwhile.
    """
    text = unicodedata.normalize("NFC", request.GET.get("q", "")[:LONGEST])
    typed = folded(text).split()
    try:
        suggested = suggest(text, MOST)
    except SearchUnavailable:
        return HttpResponse(status=503, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})
    found = [one for one in suggested if one.kind not in _TRANSLATED or "<mark>" in marked(_text(one), typed)]
    gifts = [one.combo for one in combos.beginning(typed, COMBOS, english=is_english())]
    found = [
        *found[: MOST - len(gifts)],
        *(Suggestion("combo", one.code, one.told_title, slug=one.slug) for one in gifts),
    ]
    made = "".join(_option(number, one, typed) for number, one in enumerate(found))
    return HttpResponse(made, headers={"Cache-Control": f"public, max-age={MAX_AGE}", "X-Robots-Tag": "noindex"})


def _option(number: int, one: Suggestion, typed: list[str]) -> str:
    text, link, told = _standing(one, get_language() or "vi")
    return (
        f'<a role="option" aria-selected="false" tabindex="-1" id="goi-y-{number}" class="hint" href="{link}">'
        f'<span class="hint-text">{marked(text, typed)}</span> <span class="hint-kind">{told}</span></a>'
    )


def _text(one: Suggestion) -> str:
    return (one.text_en or one.text) if is_english() else one.text


@lru_cache(maxsize=16_384)
def _standing(one: Suggestion, language: str) -> tuple[str, str, str]:
    """What an option is whatever was typed: its text, and as HTML its address and what it is."""
    told = [gettext(KINDS.get(one.kind, _PLACE))]
    if one.star:
        told.append(gettext("OCOP {n} sao").format(n=one.star))
    told += [one.maker] if one.maker else []
    told += [province(one.province).short] if one.province else []
    return _text(one), str(escape(address(one))), str(escape(" · ".join(told)))


def address(one: Suggestion) -> str:
    """Where a suggestion leads in the language that is active: a page of its own, or the list narrowed to it."""
    match one.kind:
        case "product":
            return reverse("product", args=[one.slug, one.key])
        case "combo":
            return reverse("combo", args=[one.slug, one.key])
        case "producer":
            return reverse("producer", args=[one.slug, one.key])
        case "province":
            return reverse("province", args=[province(one.key).slug])
        case "set":  # its name is among the words of all its goods
            asked = {"q": one.text, "nhom": PRODUCT_SETS[int(one.key) - 1].branch}
        case kind if kind in _FILTERS:
            asked = {_FILTERS[kind]: one.key}
        case _:
            asked = {"q": one.text}
    return f"{reverse('search')}?{urlencode(asked)}"


def marked(text: str, typed: list[str]) -> str:
    """The text as HTML; the words that were typed (folded, the last one perhaps only begun) stand in <mark>."""
    words = _words(text)
    for first in range(len(words) - len(typed) + 1):
        part = words[first : first + len(typed)]
        if typed and all(
            own == asked or (own.startswith(asked) and number == len(typed) - 1)
            for number, ((_, _, own), asked) in enumerate(zip(part, typed, strict=True))
        ):
            start, (last, end, own) = part[0][0], part[-1]
            if len(own) == end - last:  # a letter is a letter, with its accent or without
                end = last + len(typed[-1])
            return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
    return str(escape(text))


@lru_cache(maxsize=16_384)
def _words(text: str) -> list[tuple[int, int, str]]:
    """Where each word begins and ends, and the word folded."""
    return [(found.start(), found.end(), folded(found[0])) for found in _WORD.finditer(text)]
