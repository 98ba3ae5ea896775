"""Drift: where what Saleor holds is not what it was told, because somebody changed it there, or a copy was put back.

Saleor is read page by page, each page while no publisher works, so that nothing under way is taken for drift. What
is found is only noted, in `Publication` and the outbox; the publisher then mends it as it does everything else.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.outbox.services import emit
from catalog.products.codes import read_code
from catalog.products.models import Product
from catalog.saleor.client import Saleor, client
from catalog.saleor.generated.fragments import PublishedFields
from catalog.saleor.watermarks import compared
from ocop_sync.publish import sending
from ocop_sync.publish.models import Publication
from ocop_sync.publish.payload import content, content_hash, expected, held
from ocop_sync.publish.report import Progress
from ocop_sync.publish.services import look_again, the_publisher

PAGE = 100
PRODUCTS = "products"  # what was compared


@dataclass
class PublicationDrift:
    """Codes by what was wrong; `read` counts Saleor's products that bear a code of ours."""

    read: int = 0
    missing: list[str] = field(default_factory=list)  # told of, and not there
    forgotten: list[str] = field(default_factory=list)  # there, and we had no note of it
    shown: list[str] = field(default_factory=list)  # on Saleor's shelf, and we had taken it off
    hidden: list[str] = field(default_factory=list)  # the other way round
    changed: list[str] = field(default_factory=list)  # facts or attributes are not those that were told
    strangers: list[str] = field(default_factory=list)  # bears a code that the catalogue does not know

    @property
    def found(self) -> set[str]:
        """All codes with something wrong."""
        lists = (value for value in asdict(self).values() if isinstance(value, list))
        return {code for one in lists for code in one}

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)


def find_publication_drift(progress: Progress = lambda done, total: None) -> PublicationDrift:
    """Compare every product of ours in Saleor with what it was told; what differs is left to the publisher.

    Raises PublisherBusy, SaleorUnavailable; what was found by then stays noted.
    """
    api, drift, seen, started, after = client(), PublicationDrift(), set[str](), clock.now(), None
    total = Publication.objects.count()
    while True:
        with the_publisher():
            page = api.published_products(first=PAGE, after=after).products
            if page is None:
                break
            ours = {code: edge.node for edge in page.edges if (code := _code_of(edge.node))}
            _compare(drift, ours)
        seen |= ours.keys()
        drift.read += len(ours)
        progress(min(drift.read, total), total)
        if not page.page_info.has_next_page:
            break
        after = page.page_info.end_cursor
    known = Publication.objects.exclude(saleor_id="").filter(updated_at__lt=started)
    _look_for(api, drift, [code for code in known.values_list("code", flat=True).iterator() if code not in seen])
    compared(PRODUCTS, started)
    return drift


def look_at(codes: Iterable[str]) -> PublicationDrift:
    """Compare only these products with what they were told; what differs is left to the publisher.

    Raises PublisherBusy while another process publishes, and SaleorUnavailable; what was found by then stays noted.
    """
    api, drift = client(), PublicationDrift()
    for code in codes:
        with the_publisher(patient=False):
            found = sending.find(api, code)
            if found:
                _compare(drift, {code: found})
                drift.read += 1
            else:
                _miss(drift, code)
    look_again()
    return drift


def _code_of(product: PublishedFields) -> str:
    reference = product.external_reference or ""
    return reference if read_code(reference) == reference else ""


@transaction.atomic
def _compare(drift: PublicationDrift, ours: dict[str, PublishedFields]) -> None:
    notes = {one.code: one for one in Publication.objects.filter(code__in=ours)}
    products = Product.objects.filter(code__in=ours).select_related("producer", "current")
    catalogue = {product.code: product for product in products}
    wrong = [code for code, found in ours.items() if _note(drift, found, notes.get(code), catalogue.get(code), code)]
    emit("publish", wrong)


def _note(
    drift: PublicationDrift, found: PublishedFields, note: Publication | None, product: Product | None, code: str
) -> bool:
    """Write down how this one is; True when the publisher has to look at it."""
    before = len(drift.found)
    published = sending.is_published(found)
    if product is None and published:
        drift.strangers.append(code)
    if note is None and product is not None:
        drift.forgotten.append(code)
    known = note or Publication(code=code, saleor_id=found.id, is_published=published)
    if known.is_published != published:
        (drift.shown if published else drift.hidden).append(code)
    facts = content(product) if product and is_listed(product) else None
    if note and facts and known.content_hash == content_hash(facts) and held(found) != expected(facts):
        drift.changed.append(code)
        known.content_hash = ""
    if len(drift.found) == before and known.saleor_id == found.id:
        return False
    known.saleor_id, known.is_published = found.id, published
    known.save()
    return True


def _look_for(api: Saleor, drift: PublicationDrift, codes: Collection[str]) -> None:
    """Those that no page showed: asked for by name, for a page may have moved while we read."""
    for code in codes:
        with the_publisher():
            if sending.find(api, code) is None:
                _miss(drift, code)


def _miss(drift: PublicationDrift, code: str) -> None:
    if Publication.objects.filter(code=code).delete()[0]:
        drift.missing.append(code)
        emit("publish", [code])
