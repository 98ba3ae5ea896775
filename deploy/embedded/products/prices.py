"""Prices of variants and their quantities in warehouses, as sellers set them."""

from collections.abc import Mapping
from typing import Any

from deploy.embedded.channels.models import Channel
from deploy.embedded.core.errors import Problem, Refused, refuse
from deploy.embedded.core.ids import node
from deploy.embedded.products.draft import wrong_price
from deploy.embedded.products.models import ProductVariant, ProductVariantChannelListing
from deploy.embedded.warehouses.models import Stock, Warehouse
from deploy.embedded.warehouses.services import set_quantities
from deploy.embedded.webhooks.events import emit


def set_prices(variant: ProductVariant, rows: list[Mapping[str, Any]]) -> None:
    """Set prices where the product is listed. Fires PRODUCT_VARIANT_UPDATED."""
    listed = set(variant.product.channel_listings.values_list("channel_id", flat=True))
    seen: set[str] = set()
    for row in rows:
        key = row["channel_id"]
        channel = node(Channel.objects.all(), key, "channelId")
        if key in seen:
            raise refuse("DUPLICATED_INPUT_ITEM", "Duplicated channel ID.", "channelId", channels=[key])
        seen.add(key)
        if channel.pk not in listed:
            message = "Product not available in channels."
            raise refuse("PRODUCT_NOT_ASSIGNED_TO_CHANNEL", message, "input", channels=[key])
        if wrong := wrong_price(row, channel):
            message = f"Value cannot have more than {wrong[1]} decimal places."
            raise refuse("INVALID", message, wrong[0], channels=[key])
        prices = {name: row[name] for name in ("price", "cost_price", "prior_price") if name in row}
        ProductVariantChannelListing.objects.update_or_create(variant=variant, channel=channel, defaults=prices)
    variant.save(update_fields=["updated_at"])
    emit("PRODUCT_VARIANT_UPDATED", variant)


def set_stocks(variant: ProductVariant, rows: list[Mapping[str, Any]]) -> None:
    """Set a variant's quantities, making stocks where there were none. Fires the events of `set_quantities`."""
    wanted: dict[Any, int] = {}
    for index, row in enumerate(rows):
        try:
            warehouse = node(Warehouse.objects.all(), row["warehouse"], "warehouse")
        except Refused as refused:
            raise Refused(
                *(Problem(p.code, p.message, p.field, {"index": index}) for p in refused.problems)
            ) from refused
        if warehouse.pk in wanted:
            raise refuse("UNIQUE", "Duplicated warehouse ID.", "warehouse", index=index)
        if row["quantity"] < 0:
            raise refuse("INVALID", "Ensure this value is greater than or equal to 0.", "quantity", index=index)
        wanted[warehouse.pk] = row["quantity"]
    present = set(Stock.objects.filter(variant=variant, warehouse__in=wanted).values_list("warehouse_id", flat=True))
    Stock.objects.bulk_create(Stock(variant=variant, warehouse_id=key) for key in wanted if key not in present)
    keys = dict(Stock.objects.filter(variant=variant, warehouse__in=wanted).values_list("pk", "warehouse_id"))
    set_quantities({pk: wanted[warehouse] for pk, warehouse in keys.items()}, in_and_out=True)
