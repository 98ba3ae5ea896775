"""The Jinja2 environment of every page, one a language."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Final

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from catalog.health.services import pause
from catalog.ui import formats
from catalog.ui.addresses import address, in_language
from catalog.ui.art import box_art, product_art

_FIXED: Final[dict[str, Callable[..., Any]]] = {  # what these give is the same on every page in a language
    "_": gettext,
    "is_english": formats.is_english,
    "language": get_language,
    "url": address,
    "static": static,
}


def environment(*, language: str, **options: Any) -> Environment:
    """Strict: an undefined name in a template is an error, never an empty space."""
    options["undefined"] = StrictUndefined
    env = _Spoken(language, trim_blocks=True, lstrip_blocks=True, **options)
    english = language == "en"
    env.globals.update(
        _FIXED,
        in_language=in_language,
        get_messages=get_messages,
        ngettext=ngettext,
        art=product_art,
        box_art=box_art,
        star_row=partial(formats.star_row, english=english),
        moment=formats.moment,
        pause=pause,
        kept=_kept,
    )
    env.filters.update(
        dong=partial(formats.dong, english=english),
        ngay=formats.ngay,
        hour=formats.hour,
        ago=formats.ago,
        number=partial(formats.number, english=english),
        score=formats.score,
    )
    return env


@lru_cache(maxsize=2000)
def _kept(macro: Callable[..., Markup], *arguments: object) -> Markup:
    """What a macro imported without context gives for these arguments, of which there are few."""
    return macro(*arguments)


class _Spoken(Environment):
    """Templates are compiled with the texts of one language in them."""

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**options)
        self._language = language

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        with translation.override(self._language):
            found: nodes.Template = _Fixing().visit(super()._parse(source, name, filename))
        return found


class _Fixing(NodeTransformer):
    """A call whose outcome is known becomes that outcome, which Jinja2 then joins to the text around it."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        call = _FIXED.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        known = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        if call is None or len(known) < len(node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        return nodes.Const(call(*known), lineno=node.lineno)
