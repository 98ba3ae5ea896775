"""Filling a checkout: lines, addresses and the way of delivery, each judged before it is written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from deploy.embedded.addresses.services import build_address
from deploy.embedded.channels.models import Channel
from deploy.embedded.checkout.models import Checkout, CheckoutLine
from deploy.embedded.checkout.pricing import Basket
from deploy.embedded.core.errors import PermissionDenied, Refused, refuse
from deploy.embedded.core.ids import global_id, key_of, nodes, parse_id
from deploy.embedded.core.metadata import merged
from deploy.embedded.core.money import too_precise
from deploy.embedded.products.models import ProductChannelListing, ProductVariant, ProductVariantChannelListing
from deploy.embedded.shipping.models import ShippingMethodType
from deploy.embedded.shop.models import Shop
from deploy.embedded.warehouses.availability import stocks_for, stocks_of_channel
from deploy.embedded.warehouses.models import Stock, Warehouse


def find_checkout(id: str | None, token: Any, checkout_id: str | None = None) -> Checkout:  # noqa: A002 - the API's name
    """The checkout, locked, by id or by its older names."""
    key = checkout_key(id, token, checkout_id)
    field = "id" if id else "checkoutId" if checkout_id else "token"
    found = Checkout.objects.select_for_update(of=("self",)).filter(pk=key).select_related("channel").first()
    if found is None:
        raise refuse("NOT_FOUND", f"Couldn't resolve to a node: {id or checkout_id or token}", field)
    return found


def checkout_key(id: str | None, token: Any, checkout_id: str | None = None) -> Any:  # noqa: A002 - the API's name
    """The key that the arguments name; exactly one may be given."""
    given = [value for value in (id, token, checkout_id) if value]
    if len(given) != 1:
        raise refuse("GRAPHQL_ERROR", "At least one of arguments is required: 'checkoutId', 'token', 'id'.")
    if token:
        return token
    try:
        return UUID(parse_id(str(given[0]), "Checkout"))
    except ValueError as error:
        raise refuse("GRAPHQL_ERROR", str(error), "id" if id else "checkoutId") from error


def find_variants(lines: list[Mapping[str, Any]]) -> list[ProductVariant]:
    """The lines' variants, in their order."""
    rows = ProductVariant.objects.select_related("product__product_type")
    return nodes(rows, [line["variant_id"] for line in lines], "variantId", "ProductVariant")


def _ids(keys: set[int]) -> list[str]:
    return [global_id("ProductVariant", key) for key in sorted(keys)]


def check_for_sale(channel: Channel, keys: set[int]) -> None:
    """Every variant has a price in the channel, and its product is published and sold there."""
    prices = ProductVariantChannelListing.objects.filter(channel=channel, variant__in=keys, price__isnull=False)
    if missing := keys - set(prices.values_list("variant_id", flat=True)):
        raise refuse(
            "UNAVAILABLE_VARIANT_IN_CHANNEL",
            "Cannot add lines with unavailable variants.",
            "lines",
            variants=_ids(missing),
        )
    owners = dict(ProductVariant.objects.filter(pk__in=keys).values_list("pk", "product_id"))
    listings = {
        listing.product_id: listing
        for listing in ProductChannelListing.objects.filter(channel=channel, product__in=owners.values())
    }
    listed = {key: listings.get(product) for key, product in owners.items()}
    if hidden := {key for key, listing in listed.items() if listing is None or not listing.is_visible}:
        message = "Cannot add lines for unpublished variants."
        raise refuse("PRODUCT_NOT_PUBLISHED", message, "lines", variants=_ids(hidden))
    if unsold := {key for key, listing in listed.items() if listing and not listing.is_available_for_purchase}:
        message = "Cannot add lines for unavailable for purchase variants."
        raise refuse("PRODUCT_UNAVAILABLE_FOR_PURCHASE", message, "lines", variants=_ids(unsold))


def stock_of(checkout: Checkout, variants: list[int], *, ordering: bool) -> list[Stock]:
    """The stock that serves this checkout's delivery; before a way is chosen, collection points count as well."""
    point = checkout.collection_point
    if point is not None:
        rows = stocks_of_channel(checkout.channel.slug)
        if point.click_and_collect_option == "LOCAL":
            rows = rows.filter(warehouse=point)
    else:
        undecided = not ordering and checkout.shipping_method_id is None
        rows = stocks_for(checkout.channel.slug, checkout.country, collection_points=undecided)
    return list(rows.filter(variant__in=variants))


def check_stock(checkout: Checkout, variants: Mapping[int, ProductVariant], wanted: Mapping[int, int]) -> None:
    """Limits and stock for these pieces. Nothing is held: only an order takes stock."""
    limit = Shop.current().limit_quantity_per_checkout
    for key, quantity in wanted.items():
        most = variants[key].quantity_limit_per_customer or limit
        if most is not None and quantity > most:
            message = f"Cannot add more than {most} times this item: {variants[key]}."
            raise refuse("QUANTITY_GREATER_THAN_LIMIT", message, "quantity")
    tracked = [key for key in wanted if variants[key].track_inventory]
    available = dict.fromkeys(tracked, 0)
    for stock in stock_of(checkout, tracked, ordering=False):
        available[stock.variant_id] += stock.available
    short = {key: available[key] for key in tracked if wanted[key] > available[key]}
    if short:
        left = ", ".join(f"{variants[key]}. Only {number} remaining in stock." for key, number in short.items())
        raise refuse("INSUFFICIENT_STOCK", f"Could not add items {left}", "quantity", variants=_ids(set(short)))


def insufficient(short: Mapping[int, int], variants: Mapping[int, ProductVariant]) -> Refused:
    """INSUFFICIENT_STOCK of an order: the variants that have too few pieces."""
    names = ", ".join(str(variants[key]) for key in short)
    return refuse("INSUFFICIENT_STOCK", f"Insufficient product stock: {names}", variants=_ids(set(short)))


def add_lines(checkout: Checkout, lines: list[Mapping[str, Any]], *, may_price: bool, replace: bool = False) -> None:
    """Add pieces (or set them, with `replace`), to the variant's line where there is one and no new one is forced."""
    if any("price" in line for line in lines) and not may_price:
        raise PermissionDenied(["HANDLE_CHECKOUTS"])
    variants = find_variants(lines)
    for line in lines:
        if line["quantity"] < 0 or (line["quantity"] == 0 and not replace):
            raise refuse("ZERO_QUANTITY", "The quantity should be higher than zero.", "quantity")
        if line.get("price") is not None and too_precise(line["price"], checkout.channel.currency_code):
            raise refuse("INVALID", "Value cannot have more decimals than the currency.", "price")
    _check(checkout, lines, variants, replace=replace)
    for line, variant in zip(lines, variants, strict=True):
        _put(checkout, line, variant, replace=replace)
    touch(checkout)


def _check(
    checkout: Checkout, lines: list[Mapping[str, Any]], variants: list[ProductVariant], *, replace: bool
) -> None:
    by_key = {variant.pk: variant for variant in variants}
    wanted = dict.fromkeys(by_key, 0)
    for line, variant in zip(lines, variants, strict=True):
        wanted[variant.pk] += line["quantity"]
    if not replace:
        for present in checkout.lines.filter(variant__in=by_key):
            wanted[present.variant_id] += present.quantity
    wanted = {key: quantity for key, quantity in wanted.items() if quantity}
    check_for_sale(checkout.channel, set(wanted))
    check_stock(checkout, by_key, wanted)


def _put(checkout: Checkout, given: Mapping[str, Any], variant: ProductVariant, *, replace: bool) -> None:
    present = None if given.get("force_new_line") else _present(checkout, given, variant)
    line = present or CheckoutLine(checkout=checkout, variant=variant, quantity=0)
    line.quantity = given["quantity"] if replace or present is None else line.quantity + given["quantity"]
    if "price" in given:
        line.price_override = given["price"]
        line.price_override_reason = given.get("price_override_reason")
    line.metadata = merged(line.metadata, given.get("metadata"))
    if line.quantity:
        line.save()
    elif present is not None:
        line.delete()


def _present(checkout: Checkout, given: Mapping[str, Any], variant: ProductVariant) -> CheckoutLine | None:
    """The line that is meant: by its key, or the variant's if there is just one."""
    if given.get("line"):
        found: CheckoutLine = given["line"]
        return found
    lines = list(checkout.lines.filter(variant=variant))
    return lines[0] if len(lines) == 1 else None


def update_lines(checkout: Checkout, lines: list[Mapping[str, Any]], *, may_price: bool) -> None:
    """Set lines by their id or their variant; zero pieces remove a line."""
    by_variant = []
    for line in lines:
        if not line.get("line_id"):
            if not line.get("variant_id"):
                raise refuse("GRAPHQL_ERROR", "At least one of arguments is required: 'variantId', 'lineId'.")
            by_variant.append({"quantity": 1, **line})
            continue
        (found,) = nodes(checkout.lines.all(), [line["line_id"]], "lineId", "CheckoutLine")
        rest = {key: value for key, value in line.items() if key != "line_id"}
        variant_id = global_id("ProductVariant", found.variant_id)
        quantity = rest.get("quantity", found.quantity)
        by_variant.append({**rest, "quantity": quantity, "variant_id": variant_id, "line": found})
    add_lines(checkout, by_variant, may_price=may_price, replace=True)


def delete_lines(checkout: Checkout, ids: list[str]) -> None:
    """Remove lines."""
    found = nodes(checkout.lines.all(), ids, "linesIds", "CheckoutLine")
    checkout.lines.filter(pk__in=[line.pk for line in found]).delete()
    touch(checkout)


def set_address(
    checkout: Checkout, kind: str, data: Mapping[str, Any], rules: Mapping[str, bool] | None, *, may_skip: bool = False
) -> None:
    """Give the checkout its SHIPPING or BILLING address. A delivery that does not reach it is taken back."""
    name = f"{kind.lower()}_address"
    old = getattr(checkout, name)
    setattr(checkout, name, build_address(data, kind=kind, rules=rules, may_skip=may_skip))
    touch(checkout)
    if old is not None:
        old.delete()


def choose_delivery(checkout: Checkout, value: str | None) -> None:
    """A shipping method that is offered, a collection point that is available, or none."""
    checkout.shipping_method = checkout.collection_point = None
    if value is not None:
        basket = Basket(checkout)
        if not basket.needs_shipping:
            raise refuse("SHIPPING_NOT_REQUIRED", "This checkout doesn't need shipping.", "deliveryMethod")
        _choose(checkout, basket, value)
    touch(checkout)


def _choose(checkout: Checkout, basket: Basket, value: str) -> None:
    field = "deliveryMethodId"
    for model, names in ((Warehouse, ("Warehouse",)), (ShippingMethodType, ("ShippingMethod", "ShippingMethodType"))):
        try:
            key = key_of(model, value, *names)
        except ValueError:
            continue
        found = model.objects.filter(pk=key).first() if key is not None else None
        if found is None:
            raise refuse("NOT_FOUND", f"Couldn't resolve to a node: {value}", field)
        if model is Warehouse:
            if found not in basket.collection_points(counted=False):
                message = "This pick up point is not applicable."
                raise refuse("DELIVERY_METHOD_NOT_APPLICABLE", message, field)
            checkout.collection_point = found
        else:
            if all(offered.method.pk != found.pk for offered in basket.methods()):
                message = "This shipping method is not applicable."
                raise refuse("DELIVERY_METHOD_NOT_APPLICABLE", message, field)
            checkout.shipping_method = found
        return
    raise refuse("GRAPHQL_ERROR", f"Invalid ID: {value}. Expected one of: Warehouse, ShippingMethod.", field)


def touch(checkout: Checkout) -> None:
    """Save, with a new `updatedAt`, and quote prices anew."""
    checkout.updated_at = timezone.now()
    checkout.save()
    Basket(checkout).hold_prices()
