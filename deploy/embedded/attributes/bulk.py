"""`attributeBulkCreate` and `attributeBulkUpdate`: rows are judged one by one, then the good ones are written."""

from collections.abc import Mapping
from typing import Any

from deploy.embedded.attributes.models import CHOICES, Attribute, AttributeValue
from deploy.embedded.attributes.services import FLAGS
from deploy.embedded.core.errors import Problem
from deploy.embedded.core.ids import key_of
from deploy.embedded.core.text import next_slug, plain_slug, unique_slug


def judge_new(rows: list[Mapping[str, Any]]) -> list[list[Problem]]:
    """The problems of each new attribute: REQUIRED name, UNIQUE or repeated references, values that do not fit."""
    references = [row.get("external_reference") for row in rows if row.get("external_reference")]
    taken = set(
        Attribute.objects.filter(external_reference__in=references).values_list("external_reference", flat=True)
    )
    return [_judge(row, references, taken) for row in rows]


def _judge(row: Mapping[str, Any], references: list[Any], taken: set[str]) -> list[Problem]:
    problems = []
    reference = row.get("external_reference")
    if not row["name"].strip():
        problems.append(Problem("REQUIRED", "This field cannot be blank.", "name"))
    if reference in taken:
        problems.append(
            Problem("UNIQUE", "Attribute with this External reference already exists.", "externalReference")
        )
    elif reference and references.count(reference) > 1:
        problems.append(Problem("DUPLICATED_INPUT_ITEM", "Duplicated external reference.", "externalReference"))
    if row.get("values") and str(row.get("input_type") or "DROPDOWN") not in CHOICES:
        problems.append(Problem("INVALID", "Values cannot be used with this input type.", "values"))
    return problems + judge_values(row.get("values") or [], "values")


def judge_values(rows: list[Mapping[str, Any]], place: str) -> list[Problem]:
    """References of values are unique over all attributes."""
    references = [row["external_reference"] for row in rows if row.get("external_reference")]
    taken = set(
        AttributeValue.objects.filter(external_reference__in=references).values_list("external_reference", flat=True)
    )
    problems = []
    for index, row in enumerate(rows):
        reference, name = row.get("external_reference"), (row.get("name") or row.get("value") or "").strip()
        if not name:
            problems.append(Problem("REQUIRED", "The name field is required.", f"{place}.{index}.name"))
        if reference in taken:
            message = "Attribute value with this External reference already exists."
            problems.append(Problem("UNIQUE", message, f"{place}.{index}.externalReference"))
        elif reference and references.count(reference) > 1:
            message = "External reference already exists."
            problems.append(Problem("DUPLICATED_INPUT_ITEM", message, f"{place}.{index}.externalReference"))
    return problems


def create(row: Mapping[str, Any]) -> Attribute:
    """One good row. Its slug is made from the name: the one given is not looked at, as in Saleor."""
    attribute = Attribute(
        name=row["name"],
        slug=unique_slug(Attribute, row["name"]),
        type=str(row["type"]),
        input_type=str(row.get("input_type") or "DROPDOWN"),
        entity_type=str(row.get("entity_type") or ""),
        unit=str(row.get("unit") or ""),
        external_reference=row.get("external_reference") or None,
    )
    _set_flags(attribute, row)
    attribute.save()
    add_values(attribute, row.get("values") or [])
    return attribute


def _set_flags(attribute: Attribute, row: Mapping[str, Any]) -> None:
    for name in FLAGS:
        if row.get(name) is not None:
            setattr(attribute, name, row[name])


def add_values(attribute: Attribute, rows: list[Mapping[str, Any]]) -> None:
    """New shared values with slugs of their own."""
    taken = set(attribute.values.values_list("slug", flat=True))
    fresh = []
    for row in rows:
        name = (row.get("name") or row.get("value") or "").strip()
        slug = next_slug(plain_slug(name) or "-", taken)
        taken.add(slug)
        fresh.append(
            AttributeValue(
                attribute=attribute,
                name=name,
                slug=slug,
                value=row.get("value") or "",
                external_reference=row.get("external_reference") or None,
            )
        )
    AttributeValue.objects.bulk_create(fresh)


def judge_change(attribute: Attribute, row: Mapping[str, Any]) -> list[Problem]:
    """The problems of a change."""
    problems = []
    slug, reference = row.get("slug"), row.get("external_reference")
    others = Attribute.objects.exclude(pk=attribute.pk)
    if "name" in row and not (row["name"] or "").strip():
        problems.append(Problem("REQUIRED", "This field cannot be blank.", "name"))
    if slug and others.filter(slug=slug).exists():
        problems.append(Problem("UNIQUE", "Attribute with this Slug already exists.", "slug"))
    if reference and others.filter(external_reference=reference).exists():
        problems.append(
            Problem("UNIQUE", "Attribute with this External reference already exists.", "externalReference")
        )
    if row.get("add_values") and attribute.input_type not in CHOICES:
        problems.append(Problem("INVALID", "Values cannot be used with this input type.", "addValues"))
    return problems + judge_values(row.get("add_values") or [], "addValues")


def change(attribute: Attribute, row: Mapping[str, Any]) -> None:
    """One good change."""
    for name in ("name", "slug", "external_reference"):
        if row.get(name) is not None:
            setattr(attribute, name, row[name])
    if row.get("unit"):
        attribute.unit = str(row["unit"])
    _set_flags(attribute, row)
    attribute.save()
    if gone := row.get("remove_values"):
        attribute.values.filter(pk__in=[key_of(AttributeValue, value) for value in gone]).delete()
    add_values(attribute, row.get("add_values") or [])
