"""Stock under concurrency: rows are always locked in the order of their keys, then read, then changed.

On PostgreSQL the lock is SELECT … FOR UPDATE; on SQLite the transaction itself is IMMEDIATE, so it is alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from deploy.embedded.channels.models import Channel
from deploy.embedded.warehouses.models import Allocation, Stock, Warehouse
from deploy.embedded.webhooks.events import emit_stocks


class NotEnough(Exception):
    """Some variants have less than is wanted: `available` pieces by variant key."""

    def __init__(self, available: Mapping[int, int]) -> None:
        self.available = dict(available)
        super().__init__(str(self.available))


@dataclass(frozen=True)
class Wanted:
    """An order line and how many pieces of which variant it needs."""

    line: Any
    variant_id: int
    quantity: int


def lock(keys: Iterable[int]) -> list[Stock]:
    """The stocks with these keys, held until the transaction ends, and as they are now."""
    rows = Stock.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk")
    return list(rows.select_related("variant", "warehouse"))


def allocate(wanted: list[Wanted], keys: Iterable[int], channel: Channel, first: Warehouse | None = None) -> None:
    """Hold pieces for order lines in these stocks, all or NotEnough.

    As in Saleor 3.23 each line is held against what other orders left, whatever the order's other lines take: two
    lines of one variant may both be given its last piece. Stocks are drawn on in the order of the channel's strategy,
    a collection point (`first`) before all others. Fires PRODUCT_VARIANT_OUT_OF_STOCK for a stock whose last piece is
    taken.
    """
    stocks = _in_order(lock(keys), channel, first)
    by_variant: dict[int, list[Stock]] = defaultdict(list)
    for stock in stocks:
        by_variant[stock.variant_id].append(stock)
    allocations: list[Allocation] = []
    short: dict[int, int] = {}
    for want in wanted:
        missing = want.quantity
        for stock in by_variant[want.variant_id]:
            if piece := min(missing, stock.available):
                missing -= piece
                allocations.append(Allocation(order_line=want.line, stock=stock, quantity=piece))
        if missing:
            short[want.variant_id] = want.quantity - missing
    if short:
        raise NotEnough(short)
    Allocation.objects.bulk_create(allocations)
    for allocation in allocations:
        allocation.stock.quantity_allocated += allocation.quantity
    taken = {allocation.stock for allocation in allocations}
    Stock.objects.bulk_update(taken, ["quantity_allocated"])
    drained = [stock for stock in stocks if stock in taken and not stock.available]
    emit_stocks("PRODUCT_VARIANT_OUT_OF_STOCK", drained * 2)  # Saleor tells of an order's last piece twice


def _in_order(stocks: list[Stock], channel: Channel, first: Warehouse | None) -> list[Stock]:
    places = list(channel.channel_warehouses.values_list("warehouse_id", flat=True))

    def rank(stock: Stock) -> tuple[bool, int, int]:
        place = places.index(stock.warehouse_id)
        high_stock = channel.allocation_strategy == "PRIORITIZE_HIGH_STOCK"
        return (first is None or stock.warehouse_id != first.pk, -stock.available if high_stock else place, stock.pk)

    return sorted((stock for stock in stocks if stock.warehouse_id in places), key=rank)


def release(lines: Iterable[Any]) -> None:
    """Give back what these order lines hold. Fires PRODUCT_VARIANT_BACK_IN_STOCK for a stock that had none left."""
    keys = list(Allocation.objects.filter(order_line__in=lines, quantity__gt=0).values_list("stock_id", flat=True))
    stocks = {stock.pk: stock for stock in lock(keys)}
    empty = {pk for pk, stock in stocks.items() if not stock.available}
    for allocation in Allocation.objects.filter(order_line__in=lines, stock__in=stocks):
        stocks[allocation.stock_id].quantity_allocated -= allocation.quantity
    Allocation.objects.filter(order_line__in=lines).delete()
    Stock.objects.bulk_update(stocks.values(), ["quantity_allocated"])
    emit_stocks("PRODUCT_VARIANT_BACK_IN_STOCK", [stocks[pk] for pk in sorted(empty) if stocks[pk].available])


def take(line: Any, stock: Stock, quantity: int, lowered: set[int]) -> bool:
    """Hand over pieces of a locked stock: first those that the line holds there, then those it holds elsewhere.

    `lowered`: stocks that other lines of this fulfilment gave pieces back to. As in Saleor 3.23 they go on saying that
    they have promised what this line held. False when the stock has too few pieces that nobody else holds.
    """
    held = {a.stock_id: a for a in line.allocations.all()}
    here = min(quantity, held[stock.pk].quantity) if stock.pk in held else 0
    if quantity > stock.quantity or quantity - here > stock.available:
        return False
    missing = quantity
    for key in sorted(held, key=lambda key: key != stock.pk):
        allocation = held[key]
        piece = min(missing, allocation.quantity)
        if not piece:
            continue
        missing -= piece
        if key not in lowered:
            lowered.add(key)
            Stock.objects.filter(pk=key).update(quantity_allocated=F("quantity_allocated") - piece)
        allocation.quantity -= piece
        if allocation.quantity:
            allocation.save()
        else:
            allocation.delete()
    Stock.objects.filter(pk=stock.pk).update(quantity=F("quantity") - quantity)
    stock.refresh_from_db(fields=["quantity", "quantity_allocated"])
    return True


def put_back(stock_id: int, line: Any, quantity: int) -> None:
    """Pieces come back to a stock and are held for their line again."""
    (stock,) = lock([stock_id])
    stock.quantity += quantity
    stock.quantity_allocated += quantity
    stock.save()
    allocation, made = Allocation.objects.get_or_create(order_line=line, stock=stock, defaults={"quantity": quantity})
    if not made:
        allocation.quantity += quantity
        allocation.save()


def set_quantities(wanted: Mapping[int, int], *, in_and_out: bool) -> list[Stock]:
    """Set quantities by stock key. Fires PRODUCT_VARIANT_STOCK_UPDATED for each that changed.

    With `in_and_out` also OUT_OF_STOCK and BACK_IN_STOCK where that is so; `stockBulkUpdate` fires neither.
    """
    stocks = lock(wanted)
    changed = [stock for stock in stocks if stock.quantity != wanted[stock.pk]]
    before = {stock.pk: stock.available for stock in changed}
    for stock in changed:
        stock.quantity = wanted[stock.pk]
    Stock.objects.bulk_update(changed, ["quantity"], batch_size=500)
    emit_stocks("PRODUCT_VARIANT_STOCK_UPDATED", changed)
    if in_and_out:
        emit_stocks("PRODUCT_VARIANT_OUT_OF_STOCK", [s for s in changed if before[s.pk] and not s.available])
        emit_stocks("PRODUCT_VARIANT_BACK_IN_STOCK", [s for s in changed if not before[s.pk] and s.available])
    return stocks
