"""Changing products and variants, their listings, prices and values."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils import timezone

from deploy.embedded.attributes.services import Assigned, Values, read_assignments
from deploy.embedded.channels.models import Channel
from deploy.embedded.core.errors import Problem, Refused, refuse
from deploy.embedded.core.ids import node, nodes
from deploy.embedded.core.metadata import set_metadata
from deploy.embedded.products.bulk import set_listing
from deploy.embedded.products.description import plain
from deploy.embedded.products.draft import Known, link_values
from deploy.embedded.products.models import (
    Category,
    Product,
    ProductChannelListing,
    ProductValue,
    ProductVariant,
    ProductVariantChannelListing,
    VariantValue,
)
from deploy.embedded.webhooks.events import emit, emit_last_words

_LABELS = {"slug": "Slug", "external_reference": "External reference", "sku": "SKU"}


def _check_unique(instance: Model, data: Mapping[str, Any], label: str, columns: Iterable[str]) -> None:
    for column in columns:
        value = data.get(column)
        if value and type(instance)._default_manager.filter(**{column: value}).exclude(pk=instance.pk).exists():
            field = "externalReference" if column == "external_reference" else column
            raise refuse("UNIQUE", f"{label} with this {_LABELS[column]} already exists.", field)


def update_product(product: Product, data: Mapping[str, Any]) -> None:
    """Only what is given changes. Fires PRODUCT_UPDATED."""
    _check_unique(product, data, "Product", ("slug", "external_reference"))
    if "name" in data and not (data["name"] or "").strip():
        raise refuse("REQUIRED", "This field cannot be blank.", "name")
    for name in ("name", "slug", "weight", "rating", "external_reference"):
        if name in data and (data[name] is not None or name in ("weight", "rating", "external_reference")):
            setattr(product, name, data[name])
    if "description" in data:
        product.description, product.description_plain = data["description"], plain(data["description"])
    if "category" in data:
        product.category = node(Category.objects.all(), data["category"], "category") if data["category"] else None
    if seo := data.get("seo"):
        product.seo_title = seo.get("title") or product.seo_title
        product.seo_description = seo.get("description") or product.seo_description
    set_metadata(product, data)
    product.save()
    if data.get("attributes"):
        _assign(product, product, data["attributes"], "PRODUCT")
    emit("PRODUCT_UPDATED", product)


def _assign(owner: Any, product: Product, given: list[Mapping[str, Any]], of: str) -> None:
    """Replace the values of the given attributes; others stay."""
    known, values = Known(), Values({})
    attributes = known.of_type(product.product_type, of)
    assigned, problems = read_assignments(given, attributes, values, complete=False)
    if problems:
        raise Refused(*problems)
    empty = [one.attribute for one in assigned if one.attribute.value_required and not one.shared and not one.own]
    if empty:
        raise Refused(Problem("REQUIRED", "Attribute expects a value but none were given.", "attributes"))
    write_values(owner, assigned, values)


def write_values(owner: Any, assigned: list[Assigned], values: Values) -> None:
    """Take the owner's values of these attributes away, own ones for good, and write the new ones."""
    model, name = (ProductValue, "product") if isinstance(owner, Product) else (VariantValue, "variant")
    touched = [one.attribute.pk for one in assigned]
    old = model._default_manager.filter(**{name: owner}, value__attribute__in=touched)
    prefix = str(owner.pk) if isinstance(owner, Product) else f"v{owner.pk}"
    own = [f"{prefix}_{key}" for key in touched]
    old_values = [row.value for row in old.select_related("value")]
    old.delete()
    for value in old_values:
        if value.slug in own:
            value.delete()
    links = link_values(assigned, values, prefix, owner)
    values.save()
    model._default_manager.bulk_create(model(**{name: owner, "value": value}) for _, value in links)


def update_listings(product: Product, data: Mapping[str, Any]) -> None:
    """Publish, sell, withdraw, leave channels. Fires PRODUCT_UPDATED."""
    for given in data.get("update_channels") or []:
        channel = node(Channel.objects.all(), given["channel_id"], "updateChannels")
        listing = ProductChannelListing.objects.filter(product=product, channel=channel).first()
        listing = listing or ProductChannelListing(product=product, channel=channel)
        if given.get("is_available_for_purchase") is False and given.get("available_for_purchase_at"):
            message = "Cannot set available for purchase at when isAvailableForPurchase is false."
            raise refuse("INVALID", message, "availableForPurchaseAt", channels=[given["channel_id"]])
        set_listing(listing, given, timezone.now())
        listing.save()
        _listed_variants(product, channel, given)
    if gone := data.get("remove_channels"):
        channels = nodes(Channel.objects.all(), gone, "removeChannels")
        product.channel_listings.filter(channel__in=channels).delete()
        ProductVariantChannelListing.objects.filter(variant__product=product, channel__in=channels).delete()
    product.save(update_fields=["updated_at"])
    emit("PRODUCT_UPDATED", product)


def _listed_variants(product: Product, channel: Channel, given: Mapping[str, Any]) -> None:
    for variant in nodes(product.variants.all(), given.get("add_variants") or [], "addVariants"):
        ProductVariantChannelListing.objects.get_or_create(variant=variant, channel=channel)
    if gone := given.get("remove_variants"):
        variants = nodes(product.variants.all(), gone, "removeVariants")
        ProductVariantChannelListing.objects.filter(variant__in=variants, channel=channel).delete()


def update_variant(variant: ProductVariant, data: Mapping[str, Any]) -> None:
    """Only what is given changes. Fires PRODUCT_VARIANT_UPDATED."""
    _check_unique(variant, data, "Product variant", ("sku", "external_reference"))
    limit = data.get("quantity_limit_per_customer")
    if limit is not None and limit < 1:
        raise refuse("INVALID", "Product variant can't have quantity limit lower than 1.", "quantityLimitPerCustomer")
    nullable = ("sku", "weight", "quantity_limit_per_customer", "external_reference")
    for name in ("name", "track_inventory", *nullable):
        if name in data and (data[name] is not None or name in nullable):
            setattr(variant, name, data[name])
    variant.sku = (variant.sku or "").strip() or None
    set_metadata(variant, data)
    variant.save()
    if data.get("attributes"):
        _assign(variant, variant.product, data["attributes"], "VARIANT")
    emit("PRODUCT_VARIANT_UPDATED", variant)


def delete_products(products: list[Product]) -> None:
    """Gone with variants and stock; orders keep their lines. Fires PRODUCT_DELETED with what was known of them."""
    emit_last_words("PRODUCT_DELETED", *products)
    Product.objects.filter(pk__in=[product.pk for product in products]).delete()


def delete_variant(variant: ProductVariant) -> None:
    """Gone with its stock; orders keep their lines. Fires PRODUCT_VARIANT_DELETED with what was known of it."""
    emit_last_words("PRODUCT_VARIANT_DELETED", variant)
    ProductVariant.objects.filter(pk=variant.pk).delete()
