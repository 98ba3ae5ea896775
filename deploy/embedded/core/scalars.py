"""Saleor's scalars where graphene has none of the same name and meaning."""

from decimal import Decimal as Number
from decimal import InvalidOperation
from typing import Any

import graphene
from graphql import GraphQLError
from graphql.language import ast
from graphql.utilities import value_from_ast_untyped


class PositiveDecimal(graphene.Scalar):
    """Zero or more. Accepts a number or its text."""

    serialize = staticmethod(float)

    @staticmethod
    def parse_value(value: Any) -> Number:
        """Refuses what is no number, is not finite or lies below zero."""
        try:
            number = Number(str(value))
        except InvalidOperation as error:
            raise GraphQLError(f"Value is not a valid decimal: {value!r}") from error
        if isinstance(value, bool) or not number.is_finite() or number < 0:
            raise GraphQLError(f"Value cannot be lower than 0. Unsupported value: {value}")
        return number

    @classmethod
    def parse_literal(cls, node: Any, _variables: Any = None) -> Number:
        """A number written in the document."""
        if not isinstance(node, ast.IntValueNode | ast.FloatValueNode | ast.StringValueNode):
            raise GraphQLError("Value is not a valid decimal")
        return cls.parse_value(node.value)


class _Untyped(graphene.Scalar):
    """Any JSON value, passed through."""

    class Meta:
        abstract = True

    serialize = staticmethod(lambda value: value)
    parse_value = staticmethod(lambda value: value)

    @staticmethod
    def parse_literal(node: Any, variables: Any = None) -> Any:
        """The value written in the document."""
        return value_from_ast_untyped(node, variables)


class Metadata(_Untyped):
    """A map of text to text."""


class JSON(_Untyped):
    """Any JSON value."""


class Minute(graphene.Scalar):
    """A number of minutes."""

    serialize = parse_value = staticmethod(int)
    parse_literal = graphene.Int.parse_literal


class Hour(graphene.Scalar):
    """A number of hours."""

    serialize = parse_value = staticmethod(int)
    parse_literal = graphene.Int.parse_literal


class Day(graphene.Scalar):
    """A number of days."""

    serialize = parse_value = staticmethod(int)
    parse_literal = graphene.Int.parse_literal


class WeightScalar(graphene.Scalar):
    """Kilograms: a number, or `{value, unit}`."""

    PER_KILOGRAM = {"G": 1000.0, "KG": 1.0, "TONNE": 0.001, "LB": 2.2046226218487757, "OZ": 35.27396194958041}

    serialize = staticmethod(float)

    @classmethod
    def parse_value(cls, value: Any) -> float:
        """Kilograms as a float; refuses units that are none, and weights below zero."""
        unit = "KG"
        if isinstance(value, dict):
            unit, value = str(value.get("unit", "KG")).upper(), value.get("value")
        try:
            kilograms = float(value) / cls.PER_KILOGRAM[unit]
        except (TypeError, ValueError, KeyError) as error:
            raise GraphQLError(f"Unsupported value: {value!r}") from error
        if kilograms < 0:
            raise GraphQLError(f"Value cannot be lower than 0. Unsupported value: {value}")
        return kilograms

    @classmethod
    def parse_literal(cls, node: Any, variables: Any = None) -> float:
        """A weight written in the document."""
        return cls.parse_value(value_from_ast_untyped(node, variables))
