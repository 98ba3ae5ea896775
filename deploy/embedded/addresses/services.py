"""Checking and normalising addresses, with Vietnam's own rules; other countries need a street and a city only."""

import re
from collections.abc import Mapping
from typing import Any

from deploy.embedded.addresses.models import Address
from deploy.embedded.addresses.vietnam import AREAS
from deploy.embedded.core.errors import Problem, Refused, refuse
from deploy.embedded.core.metadata import merged

TEXTS = (
    "first_name",
    "last_name",
    "company_name",
    "street_address_1",
    "street_address_2",
    "city",
    "city_area",
    "postal_code",
    "country_area",
    "phone",
)
_CAMEL = {"street_address_1": "streetAddress1", "country_area": "countryArea", "postal_code": "postalCode"}
_AREAS = {key.casefold(): area for area, english in AREAS.items() for key in (area, english)}
_POSTAL_CODE = re.compile(r"\d{5}\d?")
_NOT_DIGITS = re.compile(r"[\s().-]+")
DEFAULT_RULES = {"check_required_fields": True, "check_fields_format": True, "enable_fields_normalization": True}


def build_address(
    data: Mapping[str, Any],
    *,
    kind: str | None = None,
    rules: Mapping[str, bool] | None = None,
    may_skip: bool = False,
) -> Address:
    """A saved address from an `AddressInput`. `kind` is SHIPPING or BILLING; refusals are REQUIRED or INVALID by field.

    Normalising writes Vietnam's province as the list spells it, upper-cases the city and drops `cityArea`, which the
    country's format does not have.
    """
    values = {name: (data.get(name) or "").strip() for name in TEXTS}
    country = data.get("country")
    extra = {"address_type": kind} if kind else {}
    if not country:
        raise refuse("REQUIRED", "This field is required.", "country", **extra)
    active = {**DEFAULT_RULES, **(rules or {})}
    if data.get("skip_validation"):
        if not may_skip:
            raise refuse("INVALID", "This mutation doesn't allow to skip address validation.", "skipValidation")
        active["check_fields_format"] = False
    problems = _problems(values, country)
    counted = [
        p for p in problems if active["check_required_fields" if p.code == "REQUIRED" else "check_fields_format"]
    ]
    if counted:
        raise Refused(*(Problem(p.code, p.message, p.field, extra) for p in counted))
    if active["enable_fields_normalization"] and not problems:
        _normalise(values, country)
    return Address.objects.create(
        **values,
        country_code=country,
        validation_skipped=bool(problems),
        metadata=merged({}, data.get("metadata")),
    )


def _problems(values: Mapping[str, str], country: str) -> list[Problem]:
    found = [
        Problem("REQUIRED", "This field is required.", _CAMEL.get(name, name))
        for name in ("street_address_1", "city")
        if not values[name] and not (name == "street_address_1" and values["street_address_2"])
    ]
    invalid = [name for name in ("country_area", "postal_code") if country == "VN" and not _fits(name, values[name])]
    if values["phone"] and phone(values["phone"], country) is None:
        found.append(Problem("INVALID", f"'{values['phone']}' is not a valid phone number.", "phone"))
    message = "This value is not valid for the address."
    return found + [Problem("INVALID", message, _CAMEL[name]) for name in invalid]


def _fits(name: str, value: str) -> bool:
    if not value:
        return True
    return value.casefold() in _AREAS if name == "country_area" else bool(_POSTAL_CODE.fullmatch(value))


def _normalise(values: dict[str, str], country: str) -> None:
    values["phone"] = phone(values["phone"], country) or ""
    if country != "VN":
        return
    values["country_area"] = _AREAS.get(values["country_area"].casefold(), "")
    values["city"] = values["city"].upper()
    values["city_area"] = ""


def phone(text: str, country: str) -> str | None:
    """The number with its country's prefix, or None when no such number can exist."""
    digits = _NOT_DIGITS.sub("", text)
    if country == "VN" and digits.startswith("0"):
        digits = f"+84{digits[1:]}"
    if not re.fullmatch(r"\+\d{8,15}", digits):
        return None
    if digits.startswith("+84") and not 10 <= len(digits) <= 13:
        return None
    return digits
