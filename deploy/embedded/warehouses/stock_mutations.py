"""`stockBulkUpdate`: many quantities at once."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import graphene
from django.db.models import Q

from deploy.embedded.core.bulk import accepted, answer
from deploy.embedded.core.enums import ErrorPolicyEnum
from deploy.embedded.core.errors import Problem
from deploy.embedded.core.ids import global_id, key_of
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.products.models import ProductVariant
from deploy.embedded.warehouses.models import Stock as Row
from deploy.embedded.warehouses.services import set_quantities
from deploy.embedded.warehouses.types import Stock

StockBulkUpdateError = error_type("StockBulkUpdateError", "GRAPHQL_ERROR INVALID NOT_FOUND REQUIRED")


class StockBulkUpdateInput(graphene.InputObjectType):
    """A stock by its variant and warehouse, and its quantity from now on."""

    variant_id = graphene.ID()
    variant_external_reference = graphene.String()
    warehouse_id = graphene.ID()
    warehouse_external_reference = graphene.String()
    quantity = graphene.Int(required=True)


class StockBulkResult(graphene.ObjectType):
    """What became of one row."""

    stock = graphene.Field(Stock)
    errors = NonNullList(StockBulkUpdateError)


def _find(rows: list[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    """Stock keys by (variant, warehouse), each under its global id and its reference."""
    names = [row["variant_external_reference"] for row in rows if row.get("variant_external_reference")]
    wanted = Q(variant__external_reference__in=names)
    keys = []
    for row in rows:
        with suppress(ValueError):
            keys.append(key_of(ProductVariant, row.get("variant_id") or ""))
    references = Row.objects.filter(wanted | Q(variant__in=[key for key in keys if key is not None]))
    found: dict[tuple[str, str], int] = {}
    columns = ("pk", "variant_id", "variant__external_reference", "warehouse_id", "warehouse__external_reference")
    for pk, variant, variant_ref, warehouse, warehouse_ref in references.values_list(*columns):
        for left in (global_id("ProductVariant", variant), variant_ref):
            for right in (global_id("Warehouse", warehouse), warehouse_ref):
                found[left, right] = pk
    return found


def _judge(row: Mapping[str, Any], found: Mapping[tuple[str, str], int]) -> tuple[int | None, list[Problem]]:
    keys = []
    for name, label in (("variant", "variant"), ("warehouse", "warehouse")):
        ways = [row.get(f"{name}_id"), row.get(f"{name}_external_reference")]
        if not any(ways):
            message = f"At least one of arguments is required: '{label}Id', '{label}ExternalReference'."
            return None, [Problem("INVALID", message)]
        if all(ways):
            message = f"Argument '{label}Id' cannot be combined with '{label}ExternalReference'."
            return None, [Problem("INVALID", message)]
        keys.append(ways[0] or ways[1])
    if row["quantity"] < 0:
        return None, [Problem("INVALID", "Ensure this value is greater than or equal to 0.", "quantity")]
    stock = found.get((keys[0], keys[1]))
    return stock, [] if stock is not None else [Problem("NOT_FOUND", "Stock was not found.")]


class StockBulkUpdate(Mutation):
    """Set quantities of stocks that exist."""

    class Meta:
        errors = StockBulkUpdateError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        stocks = graphene.Argument(graphene.NonNull(NonNullList(StockBulkUpdateInput)))
        error_policy = ErrorPolicyEnum()

    count = graphene.Int(required=True)
    results = graphene.Field(graphene.NonNull(NonNullList(StockBulkResult)))
    refusal = {"count": 0, "results": []}

    @classmethod
    def perform(
        cls, _info: graphene.ResolveInfo, *, stocks: list[Mapping[str, Any]], error_policy: str = "REJECT_EVERYTHING"
    ) -> dict[str, Any]:
        """Rows as the error policy wants them. Fires PRODUCT_VARIANT_STOCK_UPDATED and nothing else."""
        found = _find(stocks)
        judged = [_judge(row, found) for row in stocks]
        problems = [wrong for _, wrong in judged]
        good = accepted(problems, error_policy)
        keys = {index: judged[index][0] for index in good}
        wanted = {key: stocks[index]["quantity"] for index, key in keys.items() if key is not None}
        fresh = {stock.pk: stock for stock in set_quantities(wanted, in_and_out=False)}
        return answer("stock", problems, {index: fresh[key] for index, key in keys.items() if key is not None})
