"""Addresses and countries in the schema."""

import graphene

from deploy.embedded.addresses.models import Address as Row
from deploy.embedded.addresses.vietnam import AREAS
from deploy.embedded.core.enums import CountryCode
from deploy.embedded.core.metadata import MetadataFields, MetadataInput, ObjectWithMetadata
from deploy.embedded.core.objects import ModelObject, Node, NonNullList

NAMES = {"VN": "Vietnam"}
_FIELDS = ["city", "companyName", "countryArea", "name", "postalCode", "streetAddress1", "streetAddress2"]


class CountryDisplay(graphene.ObjectType):
    """A country."""

    code = graphene.String(required=True)
    country = graphene.String(required=True)


def country(code: str) -> dict[str, str]:
    """A country as the schema shows it."""
    return {"code": code, "country": NAMES.get(code, code)}


class Address(MetadataFields, ModelObject):
    """A postal address."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    first_name = graphene.String(required=True)
    last_name = graphene.String(required=True)
    company_name = graphene.String(required=True)
    street_address_1 = graphene.String(required=True)
    street_address_2 = graphene.String(required=True)
    city = graphene.String(required=True)
    city_area = graphene.String(required=True)
    postal_code = graphene.String(required=True)
    country = graphene.Field(CountryDisplay, required=True)
    country_area = graphene.String(required=True)
    phone = graphene.String()

    @staticmethod
    def resolve_country(root: Row, _info: graphene.ResolveInfo) -> dict[str, str]:
        """Its country."""
        return country(root.country_code)


class AddressInput(graphene.InputObjectType):
    """A postal address as it is given."""

    first_name = graphene.String()
    last_name = graphene.String()
    company_name = graphene.String()
    street_address_1 = graphene.String()
    street_address_2 = graphene.String()
    city = graphene.String()
    city_area = graphene.String()
    postal_code = graphene.String()
    country = CountryCode()
    country_area = graphene.String()
    phone = graphene.String()
    metadata = NonNullList(MetadataInput)
    skip_validation = graphene.Boolean(default_value=False)


class ChoiceValue(graphene.ObjectType):
    """A value and how it is written."""

    raw = graphene.String()
    verbose = graphene.String()


class AddressValidationData(graphene.ObjectType):
    """What an address of a country needs."""

    country_code = graphene.String(required=True)
    country_name = graphene.String(required=True)
    address_format = graphene.String(required=True)
    address_latin_format = graphene.String(required=True)
    allowed_fields = graphene.Field(graphene.NonNull(NonNullList(graphene.String)))
    required_fields = graphene.Field(graphene.NonNull(NonNullList(graphene.String)))
    upper_fields = graphene.Field(graphene.NonNull(NonNullList(graphene.String)))
    country_area_type = graphene.String(required=True)
    country_area_choices = graphene.Field(graphene.NonNull(NonNullList(ChoiceValue)))
    city_type = graphene.String(required=True)
    city_choices = graphene.Field(graphene.NonNull(NonNullList(ChoiceValue)))
    city_area_type = graphene.String(required=True)
    city_area_choices = graphene.Field(graphene.NonNull(NonNullList(ChoiceValue)))
    postal_code_type = graphene.String(required=True)
    postal_code_matchers = graphene.Field(graphene.NonNull(NonNullList(graphene.String)))
    postal_code_examples = graphene.Field(graphene.NonNull(NonNullList(graphene.String)))
    postal_code_prefix = graphene.String(required=True)


class AddressQueries:
    """Root fields about addresses."""

    address_validation_rules = graphene.Field(AddressValidationData, country_code=CountryCode(required=True))

    @staticmethod
    def resolve_address_validation_rules(
        _root: None, _info: graphene.ResolveInfo, country_code: str
    ) -> dict[str, object]:
        """Vietnam's rules in full; of other countries what this server checks."""
        vietnam = country_code == "VN"
        choices = [
            {"raw": area, "verbose": name} for area, english in AREAS.items() for name in sorted({area, english})
        ]
        return {
            "country_code": country_code,
            "country_name": NAMES.get(country_code, country_code).upper(),
            "address_format": "%N%n%O%n%A%n%C%n%S %Z",
            "address_latin_format": "%N%n%O%n%A%n%C%n%S %Z",
            "allowed_fields": _FIELDS,
            "required_fields": ["city", "streetAddress1"],
            "upper_fields": ["city"] if vietnam else [],
            "country_area_type": "province",
            "country_area_choices": choices if vietnam else [],
            "city_type": "city",
            "city_choices": [],
            "city_area_type": "suburb",
            "city_area_choices": [],
            "postal_code_type": "postal",
            "postal_code_matchers": [r"^\d{5}\d?$"] if vietnam else [],
            "postal_code_examples": ["70010", "55999"] if vietnam else [],
            "postal_code_prefix": "",
        }
