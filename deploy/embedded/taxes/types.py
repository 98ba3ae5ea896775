"""Taxes in the schema: one flat rate a country."""

from decimal import Decimal
from typing import Any

import graphene
from django.db.models import QuerySet

from deploy.embedded.addresses.types import CountryDisplay, country
from deploy.embedded.channels.types import Channel
from deploy.embedded.core.connection import Page, connection, page, paged
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import CountryCode, enum
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import node
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.taxes.models import TaxConfiguration as Row
from deploy.embedded.taxes.models import TaxRate

TaxCalculationStrategy = enum("TaxCalculationStrategy", "FLAT_RATES TAX_APP")


class TaxConfiguration(MetadataFields, ModelObject):
    """How a channel taxes."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    channel = graphene.Field(Channel, required=True)
    charge_taxes = graphene.Boolean(required=True)
    tax_calculation_strategy = TaxCalculationStrategy()
    display_gross_prices = graphene.Boolean(required=True)
    prices_entered_with_tax = graphene.Boolean(required=True)


class TaxClass(graphene.ObjectType):
    """A class of goods with its own rate; none are kept here."""

    id = graphene.ID(required=True)
    name = graphene.String(required=True)


class TaxClassCountryRate(graphene.ObjectType):
    """A country's rate, in percent."""

    country = graphene.Field(CountryDisplay, required=True)
    rate = graphene.Float(required=True)
    tax_class = graphene.Field(TaxClass)


class TaxCountryConfiguration(graphene.ObjectType):
    """A country's rates."""

    country = graphene.Field(CountryDisplay, required=True)
    tax_class_country_rates = graphene.Field(graphene.NonNull(NonNullList(TaxClassCountryRate)))


def _of_country(code: str) -> dict[str, Any]:
    rates = [
        {"country": country(code), "rate": r.rate, "tax_class": None} for r in TaxRate.objects.filter(country_code=code)
    ]
    return {"country": country(code), "tax_class_country_rates": rates}


class TaxConfigurationUpdateInput(graphene.InputObjectType):
    """What changes; what is left out stays. Prices are always entered with tax here."""

    charge_taxes = graphene.Boolean()
    tax_calculation_strategy = TaxCalculationStrategy()
    display_gross_prices = graphene.Boolean()
    prices_entered_with_tax = graphene.Boolean()


class TaxConfigurationUpdate(Mutation):
    """Change how a channel taxes."""

    class Meta:
        errors = error_type(
            "TaxConfigurationUpdateError",
            "DUPLICATED_INPUT_ITEM GRAPHQL_ERROR INVALID NOT_FOUND",
            country_codes=graphene.Field(graphene.NonNull(NonNullList(graphene.String)), default_value=()),
        )
        permissions = ("MANAGE_TAXES",)

    class Arguments:
        id = graphene.ID(required=True)
        input = TaxConfigurationUpdateInput(required=True)

    tax_configuration = graphene.Field(TaxConfiguration)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        input: dict[str, Any],  # noqa: A002 - the API's name
    ) -> dict[str, Any]:
        """Only what is given changes; what this server cannot reckon is refused, not ignored."""
        configuration = node(Row.objects.select_related("channel"), id)
        untaxed = False in (input.get("prices_entered_with_tax"), input.get("charge_taxes"))
        if untaxed or input.get("tax_calculation_strategy") == "TAX_APP":
            raise refuse("INVALID", "Only flat rates on prices with tax are reckoned here.", "input", country_codes=[])
        for name, value in input.items():
            if value is not None:
                setattr(configuration, name, value)
        configuration.save()
        return {"tax_configuration": configuration}


class TaxClassRateInput(graphene.InputObjectType):
    """A rate in percent; without a class it is the country's own."""

    tax_class_id = graphene.ID()
    rate = graphene.Float()


class TaxCountryConfigurationUpdate(Mutation):
    """Set a country's rate; null removes it."""

    class Meta:
        errors = error_type(
            "TaxCountryConfigurationUpdateError",
            "GRAPHQL_ERROR INVALID NOT_FOUND ONLY_ONE_DEFAULT_COUNTRY_RATE_ALLOWED CANNOT_CREATE_NEGATIVE_RATE",
            tax_class_ids=graphene.Field(graphene.NonNull(NonNullList(graphene.String)), default_value=()),
        )
        permissions = ("MANAGE_TAXES",)

    class Arguments:
        country_code = CountryCode(required=True)
        update_tax_class_rates = graphene.Argument(graphene.NonNull(NonNullList(TaxClassRateInput)))

    tax_country_configuration = graphene.Field(TaxCountryConfiguration)

    @classmethod
    def perform(
        cls, _info: graphene.ResolveInfo, *, country_code: str, update_tax_class_rates: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """One rate without a class at most, and not below zero."""
        if any(rate.get("tax_class_id") for rate in update_tax_class_rates):
            raise refuse("NOT_FOUND", "Couldn't resolve to a tax class.", "taxClassId", tax_class_ids=[])
        if len(update_tax_class_rates) > 1:
            raise refuse(
                "ONLY_ONE_DEFAULT_COUNTRY_RATE_ALLOWED",
                "Only one default rate.",
                "updateTaxClassRates",
                tax_class_ids=[],
            )
        for given in update_tax_class_rates:
            rate = given.get("rate")
            if rate is None:
                TaxRate.objects.filter(country_code=country_code).delete()
            elif rate < 0:
                raise refuse("CANNOT_CREATE_NEGATIVE_RATE", "A rate cannot be negative.", "rate", tax_class_ids=[])
            else:
                TaxRate.objects.update_or_create(country_code=country_code, defaults={"rate": Decimal(str(rate))})
        return {"tax_country_configuration": _of_country(country_code)}


TaxConfigurationCountableConnection = connection(TaxConfiguration)


class TaxQueries:
    """Root fields about taxes."""

    tax_configurations = paged(TaxConfigurationCountableConnection)
    tax_country_configuration = graphene.Field(TaxCountryConfiguration, country_code=CountryCode(required=True))

    @staticmethod
    def resolve_tax_configurations(_root: None, info: graphene.ResolveInfo, **paging: Any) -> Page:
        """One for each channel."""
        if info.context.app is None:
            require(info, "MANAGE_TAXES")
        rows: QuerySet[Row] = Row.objects.select_related("channel")
        return page(rows, info, order=["pk"], **paging)

    @staticmethod
    def resolve_tax_country_configuration(
        _root: None, _info: graphene.ResolveInfo, country_code: str
    ) -> dict[str, Any]:
        """A country's rates."""
        return _of_country(country_code)
