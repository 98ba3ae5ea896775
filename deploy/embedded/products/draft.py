"""New variants before they are written: read from their input, judged, then saved all at once.

A path is where a problem lies in the row: `sku`, `stocks.0.quantity`, `channelListings.1.price`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from deploy.embedded.attributes.models import Attribute
from deploy.embedded.attributes.services import Assigned, Values, read_assignments
from deploy.embedded.channels.models import Channel
from deploy.embedded.core.errors import Problem, Refused
from deploy.embedded.core.ids import global_id
from deploy.embedded.core.metadata import set_metadata
from deploy.embedded.core.money import digits, too_precise
from deploy.embedded.products.models import (
    Product,
    ProductType,
    ProductVariant,
    ProductVariantChannelListing,
    VariantValue,
)
from deploy.embedded.warehouses.models import Stock, Warehouse

COLUMNS = ("sku", "name", "track_inventory", "weight", "quantity_limit_per_customer", "external_reference")


@dataclass
class Known:
    """What the rows of one request refer to, read once."""

    channels: dict[str, Channel] = field(default_factory=dict)
    warehouses: dict[str, Warehouse] = field(default_factory=dict)
    attributes: dict[tuple[int, str], list[Attribute]] = field(default_factory=dict)
    values: Values = field(default_factory=lambda: Values({}))
    skus: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, variants: Iterable[Mapping[str, Any]]) -> "Known":
        """Channels and warehouses by global id; SKUs and references that are taken."""
        rows = list(variants)
        return cls(
            channels={global_id("Channel", channel.pk): channel for channel in Channel.objects.all()},
            warehouses={global_id("Warehouse", warehouse.pk): warehouse for warehouse in Warehouse.objects.all()},
            skus=taken(ProductVariant, "sku", rows) | repeated("sku", rows),
            references=taken(ProductVariant, "external_reference", rows),
            repeated=repeated("external_reference", rows),
        )

    def of_type(self, product_type: ProductType, of: str) -> list[Attribute]:
        """The attributes of a type's products or variants."""
        key = (product_type.pk, of)
        if key not in self.attributes:
            links = product_type.assigned.filter(of=of).select_related("attribute")
            self.attributes[key] = [link.attribute for link in links]
        return self.attributes[key]


def taken(model: type[Model], column: str, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Which of the rows' values some object has already."""
    wanted = [row[column] for row in rows if row.get(column)]
    if not wanted:
        return set()
    return set(model._default_manager.filter(**{f"{column}__in": wanted}).values_list(column, flat=True))


def repeated(column: str, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Values that more than one row of the request has: every one of those rows is refused."""
    counted = Counter(row[column] for row in rows if row.get(column))
    return {value for value, count in counted.items() if count > 1}


@dataclass
class VariantDraft:
    """A variant with what belongs to it."""

    variant: ProductVariant
    assigned: list[Assigned]
    stocks: list[Stock]
    listings: list[ProductVariantChannelListing]


def read_variant(
    row: Mapping[str, Any], product_type: ProductType, channels: Iterable[Channel], known: Known
) -> tuple[VariantDraft | None, list[Problem]]:
    """A new variant; `channels` are those that its product is listed in."""
    problems = _unique(row, known)
    variant = ProductVariant(**{name: row[name] for name in COLUMNS if row.get(name) is not None})
    variant.sku = (row.get("sku") or "").strip() or None
    variant.external_reference = row.get("external_reference") or None
    try:
        set_metadata(variant, row)
    except Refused as refused:
        problems += [Problem(p.code, p.message, "metadata") for p in refused.problems]
    attributes = known.of_type(product_type, "VARIANT")
    assigned, wrong = read_assignments(row.get("attributes") or [], attributes, known.values, complete=True)
    stocks, wrong_stocks = read_stocks(row.get("stocks") or [], known)
    listings, wrong_listings = read_listings(row.get("channel_listings") or [], channels, known)
    problems += wrong + wrong_stocks + wrong_listings
    return (None if problems else VariantDraft(variant, assigned, stocks, listings)), problems


def _unique(row: Mapping[str, Any], known: Known) -> list[Problem]:
    """UNIQUE for what is taken, DUPLICATED_INPUT_ITEM for a reference that another row of the request has."""
    problems = []
    if (row.get("sku") or "").strip() in known.skus:
        problems.append(Problem("UNIQUE", "Product variant with this SKU already exists.", "sku"))
    reference = row.get("external_reference")
    if reference in known.references:
        message = "Product variant with this External reference already exists."
        problems.append(Problem("UNIQUE", message, "externalReference"))
    elif reference in known.repeated:
        problems.append(Problem("DUPLICATED_INPUT_ITEM", "Duplicated external reference.", "externalReference"))
    limit = row.get("quantity_limit_per_customer")
    if limit is not None and limit < 1:
        problems.append(
            Problem("INVALID", "Product variant can't have quantity limit lower than 1.", "quantityLimitPerCustomer")
        )
    return problems


def read_stocks(rows: list[Mapping[str, Any]], known: Known) -> tuple[list[Stock], list[Problem]]:
    """Stocks by warehouse: each once, known, and not below zero."""
    stocks, problems, seen = [], [], set()
    for index, row in enumerate(rows):
        warehouse = known.warehouses.get(row["warehouse"])
        if row["warehouse"] in seen:
            problems.append(_at(index, "DUPLICATED_INPUT_ITEM", "Duplicated warehouse ID.", row["warehouse"]))
        elif warehouse is None:
            problems.append(_at(index, "NOT_FOUND", "Not existing warehouse ID.", row["warehouse"]))
        elif row["quantity"] < 0:
            problems.append(Problem("INVALID", "Quantity can't be negative.", f"stocks.{index}.quantity"))
        else:
            stocks.append(Stock(warehouse=warehouse, quantity=row["quantity"]))
        seen.add(row["warehouse"])
    return stocks, problems


def _at(index: int, code: str, message: str, warehouse: str) -> Problem:
    return Problem(code, message, f"stocks.{index}.warehouse", {"warehouses": [warehouse]})


def read_listings(
    rows: list[Mapping[str, Any]], channels: Iterable[Channel], known: Known
) -> tuple[list[ProductVariantChannelListing], list[Problem]]:
    """Prices by channel: each once, where the product is listed, with no more decimals than the currency has."""
    allowed = {channel.pk for channel in channels}
    listings, problems, seen = [], [], set()
    for index, row in enumerate(rows):
        key, path = row["channel_id"], f"channelListings.{index}"
        channel = known.channels.get(key)
        if key in seen:
            problems.append(
                Problem("DUPLICATED_INPUT_ITEM", "Duplicated channel ID.", f"{path}.channelId", {"channels": [key]})
            )
        elif channel is None:
            problems.append(Problem("NOT_FOUND", "Not existing channel ID.", f"{path}.channelId", {"channels": [key]}))
        elif channel.pk not in allowed:
            message = "Product not available in channels."
            problems.append(
                Problem("PRODUCT_NOT_ASSIGNED_TO_CHANNEL", message, f"{path}.channelId", {"channels": [key]})
            )
        elif wrong := wrong_price(row, channel):
            message = f"Value cannot have more than {wrong[1]} decimal places."
            problems.append(Problem("INVALID_PRICE", message, f"{path}.{wrong[0]}", {"channels": [key]}))
        else:
            prices = {name: row.get(name) for name in ("price", "cost_price", "prior_price")}
            listings.append(ProductVariantChannelListing(channel=channel, **prices))
        seen.add(key)
    return listings, problems


def wrong_price(row: Mapping[str, Any], channel: Channel) -> tuple[str, int] | None:
    """The first price with too many decimals, as the API names it, and how many the currency has."""
    for name, path in (("price", "price"), ("cost_price", "costPrice"), ("prior_price", "priorPrice")):
        if row.get(name) is not None and too_precise(row[name], channel.currency_code):
            return path, digits(channel.currency_code)
    return None


def save_variants(drafts: list[tuple[Product, VariantDraft]], values: Values) -> list[ProductVariant]:
    """Write variants with their stocks, prices and values; a few statements however many there are."""
    for product, draft in drafts:
        draft.variant.product = product
    saved = ProductVariant.objects.bulk_create([draft.variant for _, draft in drafts])
    stocks, listings, links = [], [], []
    for _, draft in drafts:
        for stock in draft.stocks:
            stock.variant = draft.variant
        for listing in draft.listings:
            listing.variant = draft.variant
        stocks += draft.stocks
        listings += draft.listings
        links += link_values(draft.assigned, values, f"v{draft.variant.pk}", draft.variant)
    values.save()
    Stock.objects.bulk_create(stocks)
    ProductVariantChannelListing.objects.bulk_create(listings)
    VariantValue.objects.bulk_create(VariantValue(variant=variant, value=value) for variant, value in links)
    return saved


def link_values(assigned: list[Assigned], values: Values, prefix: str, owner: Any) -> list[tuple[Any, Any]]:
    """(owner, value) for every value; own values get a slug that nobody else has."""
    links = []
    for one in assigned:
        links += [(owner, value) for value in one.shared]
        if one.own is not None:
            links.append((owner, values.own(one.attribute, f"{prefix}_{one.attribute.pk}", **one.own)))
    return links
