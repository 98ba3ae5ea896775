"""Bringing Saleor up to date with the catalogue: only what changed, delistings first."""

import os
import secrets
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from catalog.certificates.services import is_listed
from catalog.outbox.services import claim, finish, retry
from catalog.products.models import Product
from catalog.saleor.client import Saleor, SaleorRefused, SaleorUnavailable, client
from catalog.saleor.generated import (
    CreateProductsProductBulkCreateResults,
    ProductChannelListingAddInput,
    ProductChannelListingUpdateInput,
)
from catalog.saleor.setup import channel_id
from ocop_sync.publish.models import Publication
from ocop_sync.publish.payload import change, content, content_hash, creation

CREATE_ROWS = 100
CLAIM_ROWS = 1000
Progress = Callable[[str], None]


@dataclass
class PublishReport:
    """How many products were delisted, made, changed, put back, left as they were; and what Saleor refused."""

    delisted: int = 0
    created: int = 0
    updated: int = 0
    relisted: int = 0
    unchanged: int = 0
    refused: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)


@dataclass(frozen=True)
class _Plan:
    delist: list[Publication]
    create: list[dict[str, Any]]
    update: list[tuple[Publication, dict[str, Any]]]
    relist: list[Publication]
    unchanged: int


def publish_due() -> PublishReport:
    """Work off the outbox rows that are due. What fails goes back with a growing wait. Raises SaleorUnavailable."""
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    total = PublishReport()
    while rows := claim("publish", owner, CLAIM_ROWS):
        try:
            report = publish_codes({row.key for row in rows})
        except SaleorUnavailable as error:
            for row in rows:
                retry(row, str(error))
            raise
        refused = [row for row in rows if row.key in report.refused]
        for row in refused:
            retry(row, report.refused[row.key])
        finish([row for row in rows if row.key not in report.refused])
        _add(total, report)
    return total


def publish_all(progress: Progress = lambda _: None) -> PublishReport:
    """Compare every product of the catalogue with what Saleor was last told, and send the difference."""
    codes = list(Product.objects.order_by("pk").values_list("code", flat=True))
    progress(f"{len(codes)} products to compare")
    return publish_codes(codes, progress)


def publish_codes(codes: Iterable[str], progress: Progress = lambda _: None) -> PublishReport:
    """Publish these products; a repeat sends nothing. Raises SaleorUnavailable with what was sent kept as sent."""
    api = client()
    plan = _plan(set(codes))
    report = PublishReport(unchanged=plan.unchanged)
    for publication in plan.delist:
        if _guard(report, publication.code, partial(_list, api, publication, published=False)):
            report.delisted += 1
    for batch in _batches(plan.create, CREATE_ROWS):
        _create(api, batch, report)
        progress(f"{report.created} of {len(plan.create)} made")
    for publication, facts in plan.update:
        if _guard(report, publication.code, partial(_update, api, publication, facts)):
            report.updated += 1
    for publication in plan.relist:
        if _guard(report, publication.code, partial(_list, api, publication, published=True)):
            report.relisted += 1
    return report


def _plan(codes: set[str]) -> _Plan:
    plan = _Plan([], [], [], [], 0)
    unchanged = 0
    for chunk in _batches(sorted(codes), 500):
        known = {p.code: p for p in Publication.objects.filter(code__in=chunk)}
        for product in Product.objects.filter(code__in=chunk).select_related("producer", "current").order_by("pk"):
            unchanged += _place(plan, product, known.get(product.code))
    return _Plan(plan.delist, plan.create, plan.update, plan.relist, unchanged)


def _place(plan: _Plan, product: Product, known: Publication | None) -> bool:
    """Put one product where it belongs in the plan; True when nothing has to be sent."""
    if not is_listed(product):
        if known and known.is_published:
            plan.delist.append(known)
            return False
        return True
    facts = content(product)
    if known is None:
        plan.create.append(facts)
        return False
    changed = known.content_hash != content_hash(facts)
    if changed:
        plan.update.append((known, facts))
    if not known.is_published:
        plan.relist.append(known)
    return not changed and known.is_published


def _create(api: Saleor, batch: Sequence[dict[str, Any]], report: PublishReport) -> None:
    payload = api.create_products(products=[creation(api, facts) for facts in batch]).product_bulk_create
    results = payload.results if payload else []
    for facts, row in zip(batch, results, strict=True):
        code = facts["external_reference"]
        if row.product and not row.errors:
            _remember(code, row.product.id, content_hash(facts), published=True)
            report.created += 1
        elif not _adopt(api, code, facts, row, report):
            report.refused[code] = "; ".join(f"{e.code.value} {e.path} {e.message}" for e in row.errors or [])


def _adopt(
    api: Saleor, code: str, facts: dict[str, Any], row: CreateProductsProductBulkCreateResults, report: PublishReport
) -> bool:
    """A row refused as UNIQUE was made before by a run that was killed or ran beside this one: take it as ours."""
    if not any(error.code.value == "UNIQUE" for error in row.errors or []):
        return False
    found = api.product(external_reference=code).product
    if found is None:
        return False
    listed = any(one.is_published for one in found.channel_listings or [])
    publication = _remember(code, found.id, found.hash or "", published=listed)
    if publication.content_hash != content_hash(facts):
        _guard(report, code, lambda: _update(api, publication, facts))
    if not listed:
        _guard(report, code, lambda: _list(api, publication, published=True))
    report.updated += 1
    return True


def _update(api: Saleor, publication: Publication, facts: dict[str, Any]) -> None:
    api.update_product(external_reference=publication.code, input=change(api, facts))
    _remember(publication.code, publication.saleor_id, content_hash(facts), published=publication.is_published)


def _list(api: Saleor, publication: Publication, *, published: bool) -> None:
    listing = ProductChannelListingAddInput(
        channelId=channel_id(api),
        isPublished=published,
        visibleInListings=published,
        isAvailableForPurchase=published,
    )
    api.set_product_listing(id=publication.saleor_id, input=ProductChannelListingUpdateInput(updateChannels=[listing]))
    Publication.objects.filter(pk=publication.pk).update(is_published=published)


def _remember(code: str, saleor_id: str, digest: str, *, published: bool) -> Publication:
    return Publication.objects.update_or_create(
        code=code, defaults={"saleor_id": saleor_id, "content_hash": digest, "is_published": published}
    )[0]


def _guard(report: PublishReport, code: str, send: Callable[[], None]) -> bool:
    """Send; a refusal is noted and the rest goes on."""
    try:
        send()
    except SaleorRefused as refused:
        report.refused[code] = str(refused)
        return False
    return True


def _add(total: PublishReport, one: PublishReport) -> None:
    for name in ("delisted", "created", "updated", "relisted", "unchanged"):
        setattr(total, name, getattr(total, name) + getattr(one, name))
    total.refused |= one.refused


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
