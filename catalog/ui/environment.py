"""The Jinja2 environment of every page."""

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined

from catalog.health.services import pause
from catalog.ui import formats
from catalog.ui.art import product_art


def environment(**options: object) -> Environment:
    """Strict: an undefined name in a template is an error, never an empty space."""
    options["undefined"] = StrictUndefined
    env = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # type: ignore[arg-type]  # noqa: S701 - settings switch autoescape on
    env.globals.update(
        static=static,
        url=reverse,
        translate_url=translate_url,
        language=get_language,
        is_english=formats.is_english,
        get_messages=get_messages,
        _=gettext,
        ngettext=ngettext,
        art=product_art,
        star_row=formats.star_row,
        moment=formats.moment,
        pause=pause,
    )
    env.filters.update(
        dong=formats.dong,
        ngay=formats.ngay,
        hour=formats.hour,
        ago=formats.ago,
        number=formats.number,
        score=formats.score,
    )
    return env
