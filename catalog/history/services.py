"""Writing the history, and telling it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from catalog.bulk import insert_rows
from catalog.certificates.models import Recognition
from catalog.history.models import ListingChange
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.products.models import Product

_WRITTEN = ("product_id", "facts", "changes", "source", "run", "sheet", "row", "by_id", "why")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why listings are judged anew: a run of a source (with the row of each product), or a person with a reason."""

    source: str = ""
    run: int | None = None
    rows: Mapping[int, tuple[str, int | None]] = field(default_factory=dict)  # product → sheet, row
    by: User | None = None
    why: str = ""


def add_changes(
    products: Sequence[Product], counted: Mapping[int, Recognition], cause: Cause, *, new: Collection[int] = ()
) -> int:
    """Add a row for every product whose public facts differ from its last row; in the caller's transaction.

    The caller holds locks on the products, so that two writers never compare with the same last row. `counted`: the
    recognition that counts, by product; `new`: products that can have no row yet. Returns how many rows were added.
    """
    last = _last_facts([product for product in products if product.pk not in new])
    rows, by = [], cause.by.pk if cause.by else None
    producers = Producer.objects.filter(pk__in={product.producer_id for product in products})
    names = dict(producers.values_list("pk", "name"))
    for product in products:
        facts = _facts(product, names[product.producer_id], counted.get(product.pk))
        before = last.get(product.pk)
        changes = {name: [(before or {}).get(name), value] for name, value in facts.items()}
        if before is not None:
            changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if changes:
            sheet, row = cause.rows.get(product.pk, ("", None))
            rows.append((product.pk, facts, changes, cause.source, cause.run, sheet, row, by, cause.why[:500]))
    return insert_rows(ListingChange, _WRITTEN, rows)


def _facts(product: Product, producer: str, recognition: Recognition | None) -> dict[str, Any]:
    """The public facts of a listing, as JSON values; days are ISO texts."""
    return {
        "name": product.name,
        "producer": producer,
        "province": product.province_code,
        "commune": product.commune_code,
        "star": product.star,
        "decision": recognition.decision_number if recognition else "",
        "authority": recognition.authority if recognition else "",
        "issued_on": recognition.issued_on.isoformat() if recognition else None,
        "from": product.listable_from.isoformat() if product.listable_from else None,
        "until": product.listable_until.isoformat() if product.listable_until else None,
        "status": recognition.status if recognition else "",
        "blocked": product.blocked,
    }


def history_of(product: Product) -> list[ListingChange]:
    """All rows about a product, the newest first."""
    return list(ListingChange.objects.filter(product=product).select_related("by").order_by("-pk"))


def _last_facts(products: Sequence[Product]) -> dict[int, dict[str, Any]]:
    rows = ListingChange.objects.filter(product__in=products).order_by()
    last = rows.values("product").annotate(last=Max("pk")).values_list("last", flat=True)
    return dict(ListingChange.objects.filter(pk__in=list(last)).values_list("product", "facts"))
