"""Many offers at once: what differs is sent, four prices a document and five hundred stocks a request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.errors import ShopError
from catalog.offers.errors import NotListed, NotPublished
from catalog.offers.mirror import mirror
from catalog.offers.services import check_price, check_quantity, state_of, stock_inputs, variant_row
from catalog.products.models import Product
from catalog.saleor.client import Saleor, SaleorFault, SaleorRefused, accepted, client
from catalog.saleor.generated import (
    ProductVariantChannelListingAddInput,
    ProductVariantInput,
    ProductVariantWhereInput,
    StockBulkUpdateInput,
    StringFilterInput,
    VariantFields,
)
from catalog.saleor.setup import channel_id, warehouse_id
from catalog.saleor.several import DOCUMENT, Outcome, Result, four, in_flight, outcomes, told
from catalog.salepoints.models import Warehouse

PAGE = 100  # variants a query; Saleor gives no more
STOCKS = 500  # rows a request; more is no faster
STOCKS_IN_FLIGHT = 2


@dataclass(frozen=True, slots=True)
class WantedOffer:
    """An offer as it shall be: price in đồng with tax, weight in grams, pieces on hand by warehouse."""

    product: Product
    number: int
    name: str
    price: int
    weight: int
    stocks: Mapping[Warehouse, int]

    @property
    def reference(self) -> str:
        """The variant's externalReference, which is its SKU too."""
        return f"{self.product.code}-{self.number}"


@dataclass
class BulkReport:
    """How many offers are now as wanted, and which were refused, with the reason."""

    done: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def put_offers(wanted: Iterable[WantedOffer]) -> BulkReport:
    """Make these offers, or change what differs, and mirror them. A repeat sends nothing.

    One that the gate, the limits or Saleor refuse is told in the report; the others go on. Raises SaleorUnavailable
    with what was answered mirrored by the next reconciliation.
    """
    api, report = client(), BulkReport()
    source = iter(wanted)
    while lot := list(islice(source, 10 * PAGE)):
        offers = {one.reference: one for one in lot if _may_be(one, report)}
        known = {variant.external_reference or "": variant for variant in _variants(api, offers)}
        missing = [one for reference, one in offers.items() if reference not in known]
        report.refused |= _create(api, missing)
        report.refused |= _change(api, [(one, known[ref]) for ref, one in offers.items() if ref in known])
        report.done += mirror_again(ref for ref in offers if ref not in report.refused)
    return report


def send_prices(api: Saleor, prices: Mapping[str, int]) -> dict[str, str]:
    """Set prices, in đồng with tax, by the variant's reference. Returns what was refused, with the reason.

    Raises SaleorUnavailable.
    """

    def send(lot: list[tuple[str, int]]) -> list[Outcome]:
        rows = [
            {"sku": reference, "input": [ProductVariantChannelListingAddInput(channelId=channel_id(api), price=price)]}
            for reference, price in lot
        ]
        return outcomes(api.set_variant_prices(**four(rows)), len(rows))

    return _refused(
        ([reference for reference, _ in lot], answer) for lot, answer in in_flight(prices.items(), DOCUMENT, send)
    )


def send_stocks(api: Saleor, stocks: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Set pieces on hand by (variant's reference, warehouse's reference, pieces), where both know each other already.

    Returns what was refused, by the variant's reference. Raises SaleorUnavailable.
    """

    def send(lot: Sequence[tuple[str, str, int]]) -> list[Outcome]:
        rows = [
            StockBulkUpdateInput(variantExternalReference=variant, warehouseExternalReference=warehouse, quantity=n)
            for variant, warehouse, n in lot
        ]
        try:
            payload = api.update_stocks(stocks=rows).stock_bulk_update
        except SaleorFault as fault:  # one row that it stumbles over takes the whole request with it
            if len(lot) == 1:
                return [Outcome(Result.REFUSED, why=str(fault))]
            half = len(lot) // 2
            return send(lot[:half]) + send(lot[half:])
        return [told(row.errors or ()) for row in accepted(payload).results]

    return _refused(
        ([variant for variant, _, _ in lot], answer)
        for lot, answer in in_flight(stocks, STOCKS, send, STOCKS_IN_FLIGHT)
    )


def mirror_again(references: Iterable[str]) -> int:
    """Ask Saleor for these variants and mirror them. Returns how many there are. Raises SaleorUnavailable."""
    asked_at = clock.now()
    return sum(1 for variant in _variants(client(), references) if mirror(state_of(variant), asked_at))


def _may_be(one: WantedOffer, report: BulkReport) -> bool:
    try:
        check_price(one.price)
        for quantity in one.stocks.values():
            check_quantity(quantity)
        if not is_listed(one.product):
            raise NotListed(product=one.product.name)
    except ShopError as refusal:
        report.refused[one.reference] = str(refusal)
        return False
    return True


def _variants(api: Saleor, references: Iterable[str]) -> Iterator[VariantFields]:
    def ask(lot: list[str]) -> list[VariantFields]:
        where = ProductVariantWhereInput(sku=StringFilterInput(oneOf=lot))
        page = api.variants(first=PAGE, where=where).product_variants
        return [edge.node for edge in page.edges] if page else []

    for _, found in in_flight(references, PAGE, ask, STOCKS_IN_FLIGHT):
        yield from found


def _create(api: Saleor, offers: Sequence[WantedOffer]) -> dict[str, str]:
    """Make the packs of each product together."""
    by_product: dict[str, list[WantedOffer]] = {}
    for one in offers:
        by_product.setdefault(one.product.code, []).append(one)

    def send(lot: list[list[WantedOffer]]) -> list[Outcome]:
        packs = lot[0]
        parent = api.product_id(external_reference=packs[0].product.code).product
        if parent is None:
            why = str(NotPublished(product=packs[0].product.name))
            return [Outcome(Result.GONE, why=why)] * len(packs)
        rows = [variant_row(api, one.reference, one.name, one.price, one.weight, one.stocks) for one in packs]
        payload = accepted(api.create_variants(product=parent.id, variants=rows).product_variant_bulk_create)
        return [told(row.errors or ()) for row in payload.results]

    return _refused(
        ([one.reference for one in lot[0]], answer) for lot, answer in in_flight(by_product.values(), 1, send)
    )


def _change(api: Saleor, pairs: Sequence[tuple[WantedOffer, VariantFields]]) -> dict[str, str]:
    prices: dict[str, int] = {}
    stocks: list[tuple[str, str, int]] = []
    apart: list[tuple[WantedOffer, VariantFields, dict[Warehouse, int]]] = []
    for one, variant in pairs:
        now = state_of(variant)
        if now.price != one.price:
            prices[one.reference] = one.price
        here = {stock.warehouse: stock.quantity for stock in now.stocks}
        new = {w: n for w, n in one.stocks.items() if w.external_reference not in here}
        stocks += [
            (one.reference, w.external_reference, n)
            for w, n in one.stocks.items()
            if here.get(w.external_reference, n) != n
        ]
        if new or (now.name, now.weight) != (one.name, one.weight):
            apart.append((one, variant, new))
    return send_prices(api, prices) | send_stocks(api, stocks) | _change_apart(api, apart)


def _change_apart(
    api: Saleor, changes: Sequence[tuple[WantedOffer, VariantFields, Mapping[Warehouse, int]]]
) -> dict[str, str]:
    """Names, weights, and shelves that a variant did not lie on before."""
    for one in {warehouse.external_reference for _, _, new in changes for warehouse in new}:
        warehouse_id(api, one)  # kept, so that the threads need not ask

    def send(lot: list[tuple[WantedOffer, VariantFields, Mapping[Warehouse, int]]]) -> list[Outcome]:
        one, variant, new = lot[0]
        try:
            facts = ProductVariantInput(name=one.name, weight=one.weight / 1000)
            api.update_variant(external_reference=one.reference, input=facts)
            if new:
                api.set_variant_stocks(id=variant.id, stocks=stock_inputs(api, new))
        except SaleorRefused as refused:
            return [Outcome(Result.REFUSED, why=str(refused))]
        return [Outcome(Result.DONE)]

    return _refused(([lot[0][0].reference], answer) for lot, answer in in_flight(changes, 1, send))


def _refused(answers: Iterable[tuple[list[str], list[Outcome]]]) -> dict[str, str]:
    return {
        reference: outcome.why
        for references, told_ in answers
        for reference, outcome in zip(references, told_, strict=True)
        if outcome.result is not Result.DONE
    }
