"""The one seam between the shop's orders and Saleor: plain values in, plain values out, amounts in whole đồng.

Every function may raise one of `NO_ANSWER`; those that change something, SaleorRefused too. That something does not
exist is believed only of a Saleor that knows our token.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from catalog.saleor.client import Saleor, SaleorFault, SaleorRefused, accepted, client
from catalog.saleor.errors import Refusal
from catalog.saleor.generated.enums import (
    LanguageCodeEnum,
    OrderDirection,
    OrderSortField,
    WarehouseClickAndCollectOptionEnum,
)
from catalog.saleor.generated.fragments import CheckoutFields, OrderFields
from catalog.saleor.generated.input_types import (
    AddressInput,
    CheckoutCreateInput,
    CheckoutLineInput,
    DateTimeRangeInput,
    MetadataInput,
    OrderFilterInput,
    OrderFulfillInput,
    OrderFulfillLineInput,
    OrderFulfillStockInput,
    OrderSortingInput,
    ProductVariantWhereInput,
    StringFilterInput,
)
from catalog.saleor.setup import CHANNEL

KEY = "chosao.line"  # of a line's metadata, which Saleor copies from checkout to order
PAGE = 100  # variants a question; Saleor gives no more


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pieces of a variant that become a line of their own; `reference` is the variant's externalReference.

    `key` is what we call the line: the order tells it back. `price` is đồng a piece, tax included, or None for the
    catalogue's.
    """

    reference: str
    quantity: int
    key: str
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pieces that a warehouse was allotted to give: by Saleor's id, and by ours (`reference`)."""

    id: str
    reference: str
    quantity: int


@dataclass(frozen=True, slots=True)
class SaleorLine:
    """A line of an order; `reference` is the variant's externalReference, `to_fulfill` the pieces still here.

    `key` is what we called the line, or its reference where it was not called anything. `shelves`: where its pieces
    lie that are still here.
    """

    id: str
    key: str
    reference: str
    quantity: int
    to_fulfill: int
    unit_price: int
    total: int
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True, slots=True)
class SaleorOrder:
    """An order as Saleor tells it."""

    id: str
    number: str
    status: str
    checkout_id: str
    is_paid: bool
    subtotal: int
    shipping: int
    total: int
    created: datetime
    lines: tuple[SaleorLine, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What Saleor would charge."""

    checkout_id: str
    subtotal: int
    shipping: int
    total: int


class UnknownVariant(LookupError):
    """Saleor has no variant of this external reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def open_checkout(
    lines: Sequence[Wanted], *, email: str, billing: AddressInput, shipping: AddressInput | None
) -> CheckoutFields:
    """A new checkout of these lines. A checkout holds no stock, so one left behind harms nobody.

    The catalogue's price that it quotes is held for an hour. Raises UnknownVariant.
    """
    api = client()
    facts = CheckoutCreateInput(
        channel=CHANNEL,
        email=email,
        languageCode=LanguageCodeEnum.VI,
        lines=[_line(api, line) for line in lines],
        billingAddress=billing,
    )
    if shipping:
        facts.shipping_address = shipping
    checkout = accepted(api.create_checkout(input=facts).checkout_create).checkout
    assert checkout is not None  # noqa: S101 - accepted
    return checkout


def _line(api: Saleor, wanted: Wanted) -> CheckoutLineInput:
    line = CheckoutLineInput(
        variantId=_variant_id(api, wanted.reference),
        quantity=wanted.quantity,
        forceNewLine=True,
        metadata=[MetadataInput(key=KEY, value=wanted.key)],
    )
    if wanted.price is not None:
        line.price = wanted.price
    return line


def collect_at(checkout: CheckoutFields, warehouse: str) -> Quote | None:
    """Let it be collected at the point with this warehouse reference; None when Saleor does not offer the point."""
    points = checkout.available_collection_points
    point = next((point.id for point in points if point.external_reference == warehouse), None)
    return _deliver(checkout.id, point) if point else None


def send_by(checkout: CheckoutFields, method: str) -> Quote | None:
    """Let it be sent by the shipping method of this name; None when Saleor does not offer it."""
    found = next((option.id for option in checkout.shipping_methods if option.name == method), None)
    return _deliver(checkout.id, found) if found else None


def _deliver(checkout_id: str, method_id: str) -> Quote:
    answer = client().set_checkout_delivery(id=checkout_id, delivery_method_id=method_id)
    checkout = accepted(answer.checkout_delivery_method_update).checkout
    assert checkout is not None  # noqa: S101 - accepted
    return Quote(
        checkout_id=checkout.id,
        subtotal=round(checkout.subtotal_price.gross.amount),
        shipping=round(checkout.shipping_price.gross.amount),
        total=round(checkout.total_price.gross.amount),
    )


def is_open(checkout_id: str) -> bool:
    """Is the checkout still a checkout? One that is gone has become an order, or was thrown away as too old."""
    api = client()
    found = api.checkout(id=checkout_id).checkout
    if found is None:
        api.recognised()
    return found is not None


def void(checkout_id: str) -> bool:
    """Take everything out of a checkout, so that no late request can make it an order; False when it is gone."""
    api = client()
    found = api.checkout(id=checkout_id).checkout
    if found and found.lines:
        with suppress(SaleorRefused):  # it became an order, or was emptied, since we looked
            api.empty_checkout(id=checkout_id, lines_ids=[line.id for line in found.lines])
        found = api.checkout(id=checkout_id).checkout
    if found is None:
        api.recognised()
    elif found.lines:
        raise SaleorFault(reason=f"the checkout {checkout_id} would not be emptied")
    return found is not None


def require_pieces(wanted: Mapping[str, int], collected_at: str | None) -> None:
    """Raises SaleorRefused unless so many pieces are free: on the shelf of that warehouse, or in those that send.

    Making an order, Saleor 3.23 holds each line against the stock by itself, so that two lines of one variant may both
    take its last piece. Whoever has the goods' turn counts before.
    """
    left, ids = dict(wanted), dict.fromkeys(wanted, "")
    references = list(wanted)
    for start in range(0, len(references), PAGE):
        where = ProductVariantWhereInput(sku=StringFilterInput(oneOf=references[start : start + PAGE]))
        page = client().variants(first=PAGE, where=where).product_variants
        for variant in (edge.node for edge in (page.edges if page else ())):
            reference = variant.external_reference or ""
            ids[reference] = variant.id
            left[reference] -= sum(
                max(0, stock.quantity - stock.quantity_allocated)
                for stock in variant.stocks or ()
                if (
                    stock.warehouse.external_reference == collected_at
                    if collected_at
                    else stock.warehouse.click_and_collect_option == WarehouseClickAndCollectOptionEnum.DISABLED
                )
            )
    if short := [ids[reference] for reference, missing in left.items() if missing > 0]:
        raise SaleorRefused([Refusal("INSUFFICIENT_STOCK", variants=tuple(short))])


def complete(checkout_id: str) -> SaleorOrder:
    """Make the order, unpaid; asked again, Saleor answers with the same order."""
    order = accepted(client().complete_checkout(id=checkout_id).checkout_complete).order
    assert order is not None  # noqa: S101 - accepted
    return _plain(order)


def fetch_order(order_id: str) -> SaleorOrder | None:
    """One order as it is now."""
    api = client()
    order = api.order(id=order_id).order
    if order is None:
        api.recognised()
    return _plain(order) if order else None


def fetch_orders(order_ids: Sequence[str]) -> list[SaleorOrder]:
    """Up to a hundred orders as they are now, those of our channel."""
    page = client().orders(first=100, filter_=OrderFilterInput(ids=list(order_ids))).orders
    return [_plain(edge.node) for edge in page.edges if edge.node.channel.slug == CHANNEL] if page else []


def orders_since(since: datetime) -> Iterator[list[SaleorOrder]]:
    """Every order of our channel that moved since then, page by page, the longest unmoved first."""
    moved = OrderFilterInput(updatedAt=DateTimeRangeInput(gte=since))
    order = OrderSortingInput(field=OrderSortField.LAST_MODIFIED_AT, direction=OrderDirection.ASC)
    after = None
    while page := client().orders(first=50, after=after, filter_=moved, sort_by=order).orders:
        yield [_plain(edge.node) for edge in page.edges if edge.node.channel.slug == CHANNEL]
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def mark_paid(order_id: str, reference: str) -> None:
    """Record that the whole sum came in, under our reference."""
    client().mark_order_paid(id=order_id, reference=reference)


def fulfil(order: SaleorOrder) -> None:
    """Record that every piece still here left the shelf that Saleor allotted it from.

    Lines of one variant go one after the other: of several in one fulfilment, Saleor 3.23 takes only one off what its
    stock has promised, and the other pieces could never be sold. What was told already need not be told again.
    """
    rounds: list[list[OrderFulfillLineInput]] = []
    told = Counter[str]()
    for line in order.lines:
        if line.to_fulfill:
            stocks = [OrderFulfillStockInput(quantity=one.quantity, warehouse=one.id) for one in line.shelves]
            if told[line.reference] == len(rounds):
                rounds.append([])
            rounds[told[line.reference]].append(OrderFulfillLineInput(orderLineId=line.id, stocks=stocks))
            told[line.reference] += 1
    for rows in rounds:
        client().fulfill_order(id=order.id, input=OrderFulfillInput(lines=rows, notifyCustomer=False))


def cancel(order_id: str) -> None:
    """Cancel the order; its stock goes back on the shelf."""
    client().cancel_order(id=order_id)


def references_of(lines: Iterable[str], variant_ids: tuple[str, ...]) -> set[str]:
    """Which of these external references a refusal means."""
    api = client()
    return {reference for reference in lines if _variant_id(api, reference) in variant_ids}


@lru_cache(maxsize=65536)
def _variant_id(api: Saleor, reference: str) -> str:
    variant = api.variant(external_reference=reference).product_variant
    if variant is None:
        api.recognised()
        raise UnknownVariant(reference)
    return variant.id


def forget_ids() -> None:
    """Ask for the variants' ids anew: Saleor was put back from a copy, or somebody made a variant again."""
    _variant_id.cache_clear()


def _plain(order: OrderFields) -> SaleorOrder:
    return SaleorOrder(
        id=order.id,
        number=order.number,
        status=order.status.value,
        checkout_id=order.checkout_id or "",
        is_paid=order.is_paid,
        subtotal=round(order.subtotal.gross.amount),
        shipping=round(order.shipping_price.gross.amount),
        total=round(order.total.gross.amount),
        created=order.created,
        lines=tuple(
            SaleorLine(
                id=line.id,
                key=next((item.value for item in line.metadata if item.key == KEY), line.product_sku or ""),
                reference=line.product_sku or "",
                quantity=line.quantity,
                to_fulfill=line.quantity_to_fulfill,
                unit_price=round(line.unit_price.gross.amount),
                total=round(line.total_price.gross.amount),
                shelves=tuple(
                    Shelf(one.warehouse.id, one.warehouse.external_reference or "", one.quantity)
                    for one in line.allocations or ()
                ),
            )
            for line in order.lines
        ),
    )
