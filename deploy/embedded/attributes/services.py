"""Making attributes in bulk, and turning an input's value into rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from deploy.embedded.attributes.models import CHOICES, Attribute, AttributeValue
from deploy.embedded.core.errors import Problem
from deploy.embedded.core.ids import global_id, key_of
from deploy.embedded.core.text import next_slug, plain_slug

FLAGS = ("value_required", "is_variant_only", "visible_in_storefront")


@dataclass
class Values:
    """The values that a request uses: known ones are read in one query, new ones are written in one."""

    attributes: Mapping[int, Attribute]
    by_slug: dict[tuple[int, str], AttributeValue] = field(default_factory=dict)
    by_reference: dict[tuple[int, str], AttributeValue] = field(default_factory=dict)
    by_name: dict[tuple[int, str], AttributeValue] = field(default_factory=dict)
    by_key: dict[int, AttributeValue] = field(default_factory=dict)
    new: list[AttributeValue] = field(default_factory=list)
    loaded: set[int] = field(default_factory=set)

    def load(self, attribute: Attribute) -> None:
        """Read an attribute's shared values, once."""
        if attribute.pk in self.loaded:
            return
        self.loaded.add(attribute.pk)
        for value in AttributeValue.objects.filter(attribute=attribute):
            self._remember(value)

    def choice(self, attribute: Attribute, given: Mapping[str, Any]) -> AttributeValue | None:
        """A dropdown's value by id, reference or name; a new name makes a value. None for an unknown id."""
        self.load(attribute)
        if given.get("id"):
            try:
                found = self.by_key.get(key_of(AttributeValue, given["id"]))
            except ValueError:
                return None
            return found if found is not None and found.attribute_id == attribute.pk else None
        reference, name = given.get("external_reference"), (given.get("value") or "").strip()
        if reference and (attribute.pk, reference) in self.by_reference:
            return self.by_reference[attribute.pk, reference]
        if not name:
            return None
        known = self.by_name.get((attribute.pk, name))
        if known is not None and not reference:
            return known
        taken = {slug for key, slug in self.by_slug if key == attribute.pk}
        slug = next_slug(plain_slug(name) or "-", taken)
        return self._add(
            AttributeValue(attribute=attribute, name=name, slug=slug, external_reference=reference or None)
        )

    def own(self, attribute: Attribute, slug: str, **columns: Any) -> AttributeValue:
        """A value that one product has for itself."""
        value = AttributeValue(attribute=attribute, slug=slug, **columns)
        self.new.append(value)
        return value

    def save(self) -> None:
        """Write the new ones."""
        AttributeValue.objects.bulk_create(self.new)
        self.new = []

    def _add(self, value: AttributeValue) -> AttributeValue:
        self.new.append(value)
        self._remember(value)
        return value

    def _remember(self, value: AttributeValue) -> None:
        self.by_slug[value.attribute_id, value.slug] = value
        self.by_name.setdefault((value.attribute_id, value.name), value)
        if value.external_reference:
            self.by_reference[value.attribute_id, value.external_reference] = value
        if value.pk:
            self.by_key[value.pk] = value


@dataclass(frozen=True)
class Assigned:
    """What one product or variant gets for one attribute: shared values, or the columns of one of its own."""

    attribute: Attribute
    shared: tuple[AttributeValue, ...] = ()
    own: Mapping[str, Any] | None = None


def read_assignments(
    given: Iterable[Mapping[str, Any]], allowed: Iterable[Attribute], values: Values, *, complete: bool
) -> tuple[list[Assigned], list[Problem]]:
    """An input's `attributes`. With `complete` (a new object) every required attribute must be there.

    Problems: NOT_FOUND for an attribute that the product type does not have, INVALID for a value that does not fit
    the attribute's type, REQUIRED for a missing one.
    """
    by_key = {attribute.pk: attribute for attribute in allowed}
    by_reference = {a.external_reference: a for a in by_key.values() if a.external_reference}
    result: list[Assigned] = []
    problems: list[Problem] = []
    for item in given:
        attribute = _attribute(item, by_key, by_reference)
        if attribute is None:
            problems.append(Problem("NOT_FOUND", "Given attributes not found.", "attributes"))
            continue
        assigned = read_value(attribute, item, values)
        if isinstance(assigned, Problem):
            problems.append(assigned)
        else:
            result.append(assigned)
    if complete:
        present = {a.attribute.pk for a in result if a.shared or a.own}
        missing = [a for a in by_key.values() if a.value_required and a.pk not in present]
        if missing and not problems:
            ids = [global_id("Attribute", a.pk) for a in missing]
            message = "All attributes flagged as having a value required must be supplied."
            problems.append(Problem("REQUIRED", message, "attributes", {"attributes": ids}))
    return result, problems


def _attribute(
    item: Mapping[str, Any], by_key: Mapping[int, Attribute], by_reference: Mapping[str | None, Attribute]
) -> Attribute | None:
    if item.get("id"):
        try:
            return by_key.get(key_of(Attribute, item["id"]))
        except ValueError:
            return None
    return by_reference.get(item.get("external_reference"))


def read_value(attribute: Attribute, item: Mapping[str, Any], values: Values) -> Assigned | Problem:
    """One attribute's value from the input field of its type; none given clears it."""
    if attribute.input_type in CHOICES:
        return _choices(attribute, item, values)
    reader = _OWN.get(attribute.input_type)
    if reader is None:
        return _wrong(attribute, "This type of attribute is not supported here.")
    try:
        return Assigned(attribute, own=reader(item))
    except (ValueError, InvalidOperation):
        return _wrong(attribute, "Numeric value is required.")


def _choices(attribute: Attribute, item: Mapping[str, Any], values: Values) -> Assigned | Problem:
    given = list(item.get("multiselect") or [])
    given += [item[name] for name in ("dropdown", "swatch") if item.get(name)]
    given += [{"value": name} for name in item.get("values") or []]
    if attribute.input_type != "MULTISELECT" and len(given) > 1:
        return _wrong(attribute, "Attribute must take only one value.")
    found = [values.choice(attribute, one) for one in given]
    if any(value is None for value in found):
        return _wrong(attribute, "Attribute value with given externalReference or id can't be found")
    return Assigned(attribute, shared=tuple(value for value in found if value is not None))


def _wrong(attribute: Attribute, message: str) -> Problem:
    return Problem("INVALID", message, "attributes", {"attributes": [global_id("Attribute", attribute.pk)]})


def _numeric(item: Mapping[str, Any]) -> dict[str, Any] | None:
    given = item.get("numeric") or next(iter(item.get("values") or []), None)
    if given in (None, ""):
        return None
    number = Decimal(str(given))
    if not number.is_finite():
        raise ValueError(given)
    return {"name": str(given)}


def _plain_text(item: Mapping[str, Any]) -> dict[str, Any] | None:
    text = item.get("plain_text")
    return {"name": text[:200], "plain_text": text} if text and text.strip() else None


def _rich_text(item: Mapping[str, Any]) -> dict[str, Any] | None:
    return {"name": "", "rich_text": item["rich_text"]} if item.get("rich_text") else None


def _boolean(item: Mapping[str, Any]) -> dict[str, Any] | None:
    given = item.get("boolean")
    return None if given is None else {"name": "Yes" if given else "No", "boolean": given}


def _date(item: Mapping[str, Any]) -> dict[str, Any] | None:
    given = item.get("date")
    return {"name": str(given), "date_time": datetime.combine(given, time.min, UTC)} if given else None


def _date_time(item: Mapping[str, Any]) -> dict[str, Any] | None:
    given = item.get("date_time")
    return {"name": str(given), "date_time": given} if given else None


_OWN = {
    "NUMERIC": _numeric,
    "PLAIN_TEXT": _plain_text,
    "RICH_TEXT": _rich_text,
    "BOOLEAN": _boolean,
    "DATE": _date,
    "DATE_TIME": _date_time,
}
