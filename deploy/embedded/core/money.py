"""Money and its types. Amounts are decimals in units of the currency; VND has no smaller unit."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import graphene

DIGITS = {"VND": 0, "JPY": 0, "KRW": 0}
"""Decimal places of a currency where they are not two."""


def digits(currency: str) -> int:
    """How many decimals the currency has."""
    return DIGITS.get(currency, 2)


def too_precise(amount: Decimal, currency: str) -> bool:
    """An amount with more decimals than the currency has is refused as INVALID_PRICE."""
    exponent = amount.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > digits(currency)


@dataclass(frozen=True)
class Amount:
    """An amount of money."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Taxed:
    """An amount with and without tax."""

    gross: Decimal
    net: Decimal
    currency: str


def taxed(gross: Decimal, currency: str, rate: Decimal | int = 0) -> Taxed:
    """Split a gross amount; `rate` in percent. The net amount is rounded half up to the currency's unit."""
    net = (gross / (1 + Decimal(rate) / 100)).quantize(Decimal(1).scaleb(-digits(currency)), ROUND_HALF_UP)
    return Taxed(gross, net if rate else gross, currency)


class Money(graphene.ObjectType):
    """An amount of money."""

    currency = graphene.String(required=True)
    amount = graphene.Float(required=True)
    fractional_amount = graphene.Int(required=True)
    fraction_digits = graphene.Int(required=True)

    @staticmethod
    def resolve_fractional_amount(root: Amount, _info: graphene.ResolveInfo) -> int:
        """The amount in the currency's smallest unit."""
        return int(root.amount.scaleb(digits(root.currency)))

    @staticmethod
    def resolve_fraction_digits(root: Amount, _info: graphene.ResolveInfo) -> int:
        """Decimals of the currency."""
        return digits(root.currency)


class TaxedMoney(graphene.ObjectType):
    """An amount with and without tax."""

    currency = graphene.String(required=True)
    gross = graphene.Field(Money, required=True)
    net = graphene.Field(Money, required=True)
    tax = graphene.Field(Money, required=True)

    @staticmethod
    def resolve_gross(root: Taxed, _info: graphene.ResolveInfo) -> Amount:
        """With tax."""
        return Amount(root.gross, root.currency)

    @staticmethod
    def resolve_net(root: Taxed, _info: graphene.ResolveInfo) -> Amount:
        """Without tax."""
        return Amount(root.net, root.currency)

    @staticmethod
    def resolve_tax(root: Taxed, _info: graphene.ResolveInfo) -> Amount:
        """The difference."""
        return Amount(root.gross - root.net, root.currency)


class TaxedMoneyRange(graphene.ObjectType):
    """From the cheapest to the dearest."""

    start = graphene.Field(TaxedMoney)
    stop = graphene.Field(TaxedMoney)
