"""Texts of the schema in both languages, and fields that answer in the language that is asked for."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter
from typing import Any, Final

import graphene
from django.utils import translation

_BETWEEN: Final = "\n\n"


def said(en: str, vi: str) -> str:
    """A description: English first, as tools show the beginning, then Vietnamese."""
    return f"{en}{_BETWEEN}{vi}"


def told(description: str | None) -> tuple[str, str]:
    """(vi, en) of what `said` made; what is somebody else's stands for both."""
    en, _, vi = (description or "").partition(_BETWEEN)
    return vi or en, en


def enum(name: str, description: str, values: Mapping[str, tuple[str | int, str, str]]) -> Any:
    """An enum type of NAME → (value, description in English, in Vietnamese)."""
    words = {key: said(en, vi) for key, (_, en, vi) in values.items()}
    members = [(key, value) for key, (value, _, _) in values.items()]
    return graphene.Enum(name, members, description=lambda one: words[one.name] if one else description)


Language = enum(
    "Language",
    said("The language of a text.", "Ngôn ngữ của văn bản."),
    {"VI": ("vi", "Vietnamese.", "Tiếng Việt."), "EN": ("en", "English.", "Tiếng Anh.")},
)


class Date(graphene.Date):
    """A day, as YYYY-MM-DD."""

    class Meta:
        description = said(
            "A day in Vietnam (Asia/Ho_Chi_Minh), as YYYY-MM-DD.", "Một ngày theo giờ Việt Nam, dạng YYYY-MM-DD."
        )


class DateTime(graphene.DateTime):
    """A moment, as ISO 8601 with its offset."""

    class Meta:
        description = said(
            "A moment as ISO 8601, with the offset of Vietnam's time.",
            "Một thời điểm dạng ISO 8601, kèm múi giờ Việt Nam.",
        )


def value(one: Any) -> Any:
    """An argument as plain data: graphene gives members of enums."""
    return getattr(one, "value", one)


def in_words(en: str, vi: str, resolver: Callable[[Any, str], str | None], *, required: bool = True) -> graphene.Field:
    """A text with `language`; `resolver(row, "vi" or "en")` is asked with that language active."""

    def resolve(row: Any, _info: Any, language: Any) -> str | None:
        with speaking(value(language)):
            return resolver(row, value(language))

    return graphene.Field(
        graphene.String,
        required=required,
        description=said(en, vi),
        resolver=resolve,
        language=graphene.Argument(
            Language,
            required=True,
            default_value=Language.VI,
            description=said("The language to answer in.", "Ngôn ngữ của câu trả lời."),
        ),
    )


def named(en: str, vi: str) -> graphene.Field:
    """The text of a row that has `name_vi` and `name_en`."""
    return in_words(en, vi, lambda row, language: str(getattr(row, f"name_{language}")))


def labelled(en: str, vi: str) -> graphene.Field:
    """The text of a row that has `label_vi` and `label_en`."""
    return in_words(en, vi, lambda row, language: str(getattr(row, f"label_{language}")))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """With this language active: texts and addresses are in it."""
    with translation.override(language):
        yield


Get = str | Callable[[Any], Any] | None


def many(of: Any, en: str, vi: str, *, get: Get = None, **options: Any) -> graphene.Field:
    """A whole list, neither null nor with nulls in it; `get` as for `one`."""
    return one(graphene.List(graphene.NonNull(of)), en, vi, get=get, **options)


def one(of: Any, en: str, vi: str, *, get: Get = None, required: bool = True, **options: Any) -> graphene.Field:
    """A single value or object: the attribute of this name, or `get`: a dotted path from the row, or what it gives."""
    if get is not None:
        found = attrgetter(get) if isinstance(get, str) else get
        options["resolver"] = lambda row, _info: found(row)
    return graphene.Field(of, required=required, description=said(en, vi), **options)


def argument(of: Any, en: str, vi: str, **options: Any) -> graphene.Argument:
    """An argument with its description."""
    return graphene.Argument(of, description=said(en, vi), **options)
