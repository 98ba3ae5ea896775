"""Which product of the catalogue a record speaks of, and whether it may change it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from catalog.certificates.models import PROVING, Source, SourceRecord, Tier
from catalog.products.models import Product
from ocop_sync.decide import Grant
from ocop_sync.normalise.keys import authority_key, decision_key
from ocop_sync.runs.judging import Judged, Names, names_of

_WITH = ("producer", "current")  # what is read of a product
_BEST = (Tier.A, Tier.B1, Tier.B2, Tier.C)


@dataclass
class Catalogue:
    """What the catalogue knows about some records of one source.

    `records`: the source's own, by key, with product and producer; `named`: products by their names; `proofs`:
    every present record that is not held, of any source, by product; `merged`: products that officers named, by id;
    `told`: products that have just got the facts of one of these records.
    """

    source: Source
    records: dict[str, SourceRecord]
    named: dict[Names, Product]
    proofs: dict[int, list[SourceRecord]]
    merged: dict[int | None, Product] = field(default_factory=dict)
    told: list[Product] = field(default_factory=list)

    def product_of(self, one: Judged) -> Product | None:
        """Which an officer named; else by the source's own earlier record under this key, else by the names of producer
        and product."""
        if one.product in self.merged:
            return self.merged[one.product]
        record = self.records.get(one.key)
        return (record.product if record else None) or self.named.get(names_of(one))

    def conflict(self, one: Judged) -> str:
        """A reason code or empty.

        "identity_conflict": it would rename or re-home what another source holds with equal or better evidence (unless
        an officer accepted that), or take the name of another product; "duplicate_conflict": another source tells this
        recognition with another star; "star_jump": it would take the product from 3 stars to 5 in one step. What an
        officer named the product of renames nothing.
        """
        product, grant = self.product_of(one), one.decision.grant
        if product is None or grant is None:
            return ""
        others = [other for other in self.proofs.get(product.pk, ()) if other.source_id != self.source.pk]
        if one.product not in self.merged:
            bears_the_name = self.named.get(names_of(one))
            if bears_the_name is not None and bears_the_name.pk != product.pk:
                return "identity_conflict"
            held_elsewhere = any(_rank(other.evidence) <= _rank(one.decision.tier) for other in others)
            if "identity_conflict" not in one.waived and held_elsewhere and _moves(one, product):
                return "identity_conflict"
        if any(_other_star(grant, other) for other in others):
            return "duplicate_conflict"
        return "star_jump" if "star_jump" not in one.waived and _jumps(product, grant) else ""

    def outranks(self, record: SourceRecord, product: Product) -> bool:
        """Does another record hold the product with better evidence than `record`, so that its facts stand?"""
        others = (other for other in self.proofs.get(product.pk, ()) if other is not record and other.pk != record.pk)
        return any(_rank(other.evidence) < _rank(record.evidence) for other in others)


def load(source: Source, judged: Sequence[Judged], *, lock: Collection[int] | None = None) -> Catalogue:
    """What is known about these records, by a fixed number of queries.

    `lock`: to write, in a transaction: the products found and these are locked, in order, before their proofs are read.
    """
    keys = [one.key for one in judged]
    own = SourceRecord.objects.filter(source=source, key__in=keys).select_related(
        "product__producer", "product__current", "recognition"
    )
    records = {record.key: record for record in own}
    products: dict[int, Product] = {}  # one object a product, whatever number of records speak of it
    for record in records.values():
        if record.product is not None:
            record.product = products.setdefault(record.product.pk, record.product)
    named_by_officers = Product.objects.filter(pk__in={one.product for one in judged if one.product})
    merged: dict[int | None, Product] = {
        product.pk: products.setdefault(product.pk, product) for product in named_by_officers.select_related(*_WITH)
    }
    names = {names_of(one) for one in judged if one.decision.place.province_code}
    named = {name: products.setdefault(product.pk, product) for name, product in borne(names).items()}
    if lock is not None and (products or lock):
        rows = Product.objects.select_for_update().filter(pk__in={*products, *lock}).order_by("pk")
        list(rows.values_list("pk"))
    proofs: dict[int, list[SourceRecord]] = defaultdict(list)
    proving = SourceRecord.objects.filter(PROVING, product__in=list(products))
    own_by_pk = {record.pk: record for record in records.values()}
    for proof in proving.select_related("recognition").order_by("pk"):
        proofs[proof.product_id or 0].append(own_by_pk.get(proof.pk, proof))
    return Catalogue(source, records, named, proofs, merged)


def borne(names: Collection[Names]) -> dict[Names, Product]:
    """The products, with their producers, that bear these names."""
    keys = Q(name_key__in={name[0] for name in names}, producer__name_key__in={name[1] for name in names})
    found = {}
    for product in Product.objects.filter(keys).select_related(*_WITH):
        identity = (product.name_key, product.producer.name_key, product.producer.province_code)
        if identity in names:
            found[identity] = product
    return found


def shared_products(source: Source) -> Iterator[int]:
    """Products of the source that another source has records of: only these can conflict without having changed."""
    elsewhere = SourceRecord.objects.filter(present=True, product__isnull=False).exclude(source=source)
    ours = SourceRecord.objects.filter(source=source, product__in=elsewhere.values("product"))
    return ours.values_list("product", flat=True).distinct().iterator(chunk_size=2000)


def _moves(one: Judged, product: Product) -> bool:
    product_key, producer_key, _ = names_of(one)
    if (product_key, producer_key) != (product.name_key, product.producer.name_key):
        return True
    place = one.decision.place
    if place.province_code != product.province_code:
        return True
    return bool(place.commune_code and product.commune_code and place.commune_code != product.commune_code)


def _jumps(product: Product, grant: Grant) -> bool:
    """Would the product go from three stars to five in one step?"""
    now = product.current
    return now is not None and (now.star, grant.star) == (3, 5) and grant.issued_on >= now.issued_on


def _other_star(grant: Grant, other: SourceRecord) -> bool:
    """Does the other record prove this very recognition with another star?"""
    told = other.recognition
    if told is None or other.star == grant.star:
        return False
    return identity_of(grant) == (told.authority_key, told.decision_key, told.issued_on)


def identity_of(grant: Grant) -> tuple[str, str, date]:
    """What makes two recognitions of one product the same: authority, number and day."""
    return authority_key(grant.authority)[:200], decision_key(grant.decision)[:60], grant.issued_on


def _rank(tier: str) -> int:
    return _BEST.index(Tier(tier)) if tier in _BEST else len(_BEST)
