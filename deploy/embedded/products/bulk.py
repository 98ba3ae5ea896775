"""`productBulkCreate`: every row is judged with what one read of the database shows, then the good ones are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from deploy.embedded.attributes.services import Assigned, read_assignments
from deploy.embedded.channels.models import Channel
from deploy.embedded.core.bulk import accepted
from deploy.embedded.core.errors import Problem, Refused
from deploy.embedded.core.ids import global_id
from deploy.embedded.core.metadata import set_metadata
from deploy.embedded.core.text import next_slug, plain_slug
from deploy.embedded.products.description import plain
from deploy.embedded.products.draft import (
    Known,
    VariantDraft,
    link_values,
    read_variant,
    repeated,
    save_variants,
    taken,
)
from deploy.embedded.products.models import Category, Product, ProductChannelListing, ProductType, ProductValue
from deploy.embedded.webhooks.events import emit

COLUMNS = ("name", "slug", "description", "weight", "rating", "external_reference")


@dataclass
class ProductDraft:
    """A product with what belongs to it."""

    product: Product
    assigned: list[Assigned] = field(default_factory=list)
    listings: list[ProductChannelListing] = field(default_factory=list)
    variants: list[VariantDraft] = field(default_factory=list)


class Reader:
    """Reads the rows of one request."""

    def __init__(self, rows: list[Mapping[str, Any]]) -> None:
        variants = [variant for row in rows for variant in row.get("variants") or []]
        self.known = Known.read(variants)
        self.types = {global_id("ProductType", kind.pk): kind for kind in ProductType.objects.all()}
        self.categories = {global_id("Category", category.pk): category for category in Category.objects.all()}
        self.references = taken(Product, "external_reference", rows)
        self.slugs = taken(Product, "slug", rows)
        self.repeated_references = repeated("external_reference", rows)
        self.repeated_slugs = repeated("slug", rows)
        self.given = {row["slug"] for row in rows if row.get("slug")}
        self.made: set[str] | None = None

    def read(self, row: Mapping[str, Any]) -> tuple[ProductDraft, list[Problem]]:
        """One product and its problems, each with its path in the row."""
        draft = ProductDraft(Product(**{name: row[name] for name in COLUMNS if row.get(name) is not None}))
        problems = self._unique(row) + self._relations(draft.product, row)
        if not (row.get("name") or "").strip():
            problems.append(Problem("REQUIRED", "This field cannot be blank.", "name"))
        draft.product.slug = row.get("slug") or self._slug(row.get("name") or "")
        draft.product.external_reference = row.get("external_reference") or None
        draft.product.description_plain = plain(row.get("description"))
        seo = row.get("seo") or {}
        draft.product.seo_title, draft.product.seo_description = seo.get("title") or "", seo.get("description") or ""
        try:
            set_metadata(draft.product, row)
        except Refused as refused:
            problems += [Problem(p.code, p.message, "metadata") for p in refused.problems]
        draft.listings, wrong = self._listings(row.get("channel_listings") or [])
        problems += wrong
        kind = self.types.get(row["product_type"])
        if kind is not None:
            attributes = self.known.of_type(kind, "PRODUCT")
            draft.assigned, wrong = read_assignments(
                row.get("attributes") or [], attributes, self.known.values, complete=True
            )
            problems += wrong + self._variants(draft, row, kind)
        return draft, problems

    def _unique(self, row: Mapping[str, Any]) -> list[Problem]:
        problems = []
        for column, seen, again, path, label in (
            (
                "external_reference",
                self.references,
                self.repeated_references,
                "externalReference",
                "External reference",
            ),
            ("slug", self.slugs, self.repeated_slugs, "slug", "Slug"),
        ):
            value = row.get(column)
            if value in seen:
                problems.append(Problem("UNIQUE", f"Product with this {label} already exists.", path))
            elif value in again:
                problems.append(Problem("DUPLICATED_INPUT_ITEM", f"Duplicated {label.lower()}.", path))
        return problems

    def _slug(self, name: str) -> str:
        if self.made is None:
            self.made = set(Product.objects.values_list("slug", flat=True))
        slug = next_slug(plain_slug(name) or "-", self.made | self.given)
        self.made.add(slug)
        return slug

    def _relations(self, product: Product, row: Mapping[str, Any]) -> list[Problem]:
        problems = []
        if row["product_type"] in self.types:
            product.product_type = self.types[row["product_type"]]
        else:
            problems.append(Problem("NOT_FOUND", f"Couldn't resolve to a node: {row['product_type']}", "productType"))
        if row.get("category") in self.categories:
            product.category = self.categories[row["category"]]
        elif row.get("category"):
            problems.append(Problem("NOT_FOUND", f"Couldn't resolve to a node: {row['category']}", "category"))
        return problems

    def _listings(self, rows: list[Mapping[str, Any]]) -> tuple[list[ProductChannelListing], list[Problem]]:
        listings, problems, seen = [], [], set()
        for row in rows:
            key = row["channel_id"]
            channel = self.known.channels.get(key)
            if channel is None:
                problems.append(
                    Problem("NOT_FOUND", "Not existing channel ID.", "channelListings", {"channels": [key]})
                )
            elif key in seen:
                message = "Duplicated channel ID."
                problems.append(Problem("DUPLICATED_INPUT_ITEM", message, "channelListings", {"channels": [key]}))
            else:
                listings.append(new_listing(channel, row))
            seen.add(key)
        return listings, problems

    def _variants(self, draft: ProductDraft, row: Mapping[str, Any], kind: ProductType) -> list[Problem]:
        problems = []
        channels = [listing.channel for listing in draft.listings]
        for index, given in enumerate(row.get("variants") or []):
            variant, wrong = read_variant(given, kind, channels, self.known)
            problems += [Problem(p.code, p.message, f"variants.{index}.{p.field}", p.extra) for p in wrong]
            if variant is not None:
                draft.variants.append(variant)
        return problems


def new_listing(channel: Channel, row: Mapping[str, Any]) -> ProductChannelListing:
    """A listing in a channel, unsaved."""
    listing = ProductChannelListing(channel=channel)
    set_listing(listing, row, timezone.now())
    return listing


def set_listing(listing: ProductChannelListing, row: Mapping[str, Any], now: datetime) -> None:
    """Only what is given changes. Publishing and selling without a moment begin now."""
    for name in ("is_published", "published_at", "visible_in_listings", "available_for_purchase_at"):
        if row.get(name) is not None:
            setattr(listing, name, row[name])
    if listing.is_published and listing.published_at is None:
        listing.published_at = now
    for_sale = row.get("is_available_for_purchase")
    if for_sale is False:
        listing.available_for_purchase_at = None
    elif for_sale and not row.get("available_for_purchase_at") and not listing.is_available_for_purchase:
        listing.available_for_purchase_at = now


def create_products(rows: list[Mapping[str, Any]], policy: str) -> tuple[list[list[Problem]], dict[int, Product]]:
    """The problems of every row and the products of the good ones. A row is written whole or not at all."""
    reader = Reader(rows)
    drafts, problems = [], []
    for row in rows:
        draft, wrong = reader.read(row)
        drafts.append(draft)
        problems.append(wrong)
    good = accepted(problems, policy)
    if good:
        _save([drafts[index] for index in good], reader.known)
    return problems, {index: drafts[index].product for index in good}


def _save(drafts: list[ProductDraft], known: Known) -> None:
    Product.objects.bulk_create([draft.product for draft in drafts])
    links, listings, variants = [], [], []
    for draft in drafts:
        links += link_values(draft.assigned, known.values, str(draft.product.pk), draft.product)
        for listing in draft.listings:
            listing.product = draft.product
        listings += draft.listings
        variants += [(draft.product, variant) for variant in draft.variants]
    known.values.save()
    ProductValue.objects.bulk_create(ProductValue(product=product, value=value) for product, value in links)
    ProductChannelListing.objects.bulk_create(listings)
    saved = save_variants(variants, known.values)
    emit("PRODUCT_CREATED", *(draft.product for draft in drafts))
    emit("PRODUCT_VARIANT_CREATED", *saved)
