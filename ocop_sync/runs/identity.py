"""Which product of the catalogue a record speaks of, and whether it may change it."""

from dataclasses import dataclass

from catalog.certificates.models import Recognition, Source, SourceRecord, Tier
from catalog.products.models import Product
from catalog.text import name_key
from ocop_sync.normalise.keys import authority_key, decision_key
from ocop_sync.runs.judging import Judged

_BEST = (Tier.A, Tier.B1, Tier.B2, Tier.C)


@dataclass
class Known:
    """The source's own record under the same key, if there is one, and the product that is meant, if it exists."""

    record: SourceRecord | None
    product: Product | None


def find(source: Source, one: Judged) -> Known:
    """By the source's own earlier record under this key, else by the names of producer and product."""
    record = SourceRecord.objects.filter(source=source, key=one.key).select_related("product__producer").first()
    if record and record.product:
        return Known(record, record.product)
    return Known(record, by_names(one))


def by_names(one: Judged) -> Product | None:
    """The product of this name of the producer of this name in the record's province."""
    return (
        Product.objects.filter(
            name_key=name_key(one.record.product),
            producer__name_key=name_key(one.record.producer),
            producer__province_code=one.decision.place.province_code,
        )
        .select_related("producer")
        .first()
    )


def conflict(source: Source, one: Judged, product: Product | None) -> str:
    """ "identity_conflict", "duplicate_conflict" or empty: what other sources hold with equal or better evidence."""
    if product is None or one.decision.grant is None:
        return ""
    others = SourceRecord.objects.filter(product=product, present=True).exclude(outcome="held").exclude(source=source)
    strong = [other for other in others if _rank(other.evidence) <= _rank(one.decision.tier)]
    if strong and _changes_identity(one, product):
        return "identity_conflict"
    return "duplicate_conflict" if _other_star(one, product, [other.pk for other in others]) else ""


def _changes_identity(one: Judged, product: Product) -> bool:
    names = (name_key(one.record.product), name_key(one.record.producer))
    if names != (product.name_key, product.producer.name_key):
        return True
    place = one.decision.place
    if place.province_code != product.province_code:
        return True
    return bool(place.commune_code and product.commune_code and place.commune_code != product.commune_code)


def _other_star(one: Judged, product: Product, others: list[int]) -> bool:
    """Another source proves this very recognition with another star."""
    grant = one.decision.grant
    if grant is None:
        return False
    return (
        Recognition.objects.filter(
            product=product,
            authority_key=authority_key(grant.authority),
            decision_key=decision_key(grant.decision),
            issued_on=grant.issued_on,
            records__in=others,
        )
        .exclude(star=grant.star)
        .exists()
    )


def outranked(record: SourceRecord, product: Product) -> bool:
    """Does another source hold the product with better evidence, so that its facts stand?"""
    others = SourceRecord.objects.filter(product=product, present=True).exclude(outcome="held").exclude(pk=record.pk)
    return any(_rank(evidence) < _rank(record.evidence) for evidence in others.values_list("evidence", flat=True))


def _rank(tier: str) -> int:
    return _BEST.index(Tier(tier)) if tier in _BEST else len(_BEST)
