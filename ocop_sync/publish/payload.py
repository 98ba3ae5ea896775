"""A product as Saleor is told of it, and the hash that says whether it changed."""

import hashlib
import json
from typing import Any

from catalog.products.models import Product, Restriction
from catalog.regions import commune
from catalog.saleor.client import Saleor
from catalog.saleor.generated import (
    AttributeValueInput,
    AttributeValueSelectableTypeInput,
    MetadataInput,
    ProductBulkCreateInput,
    ProductChannelListingCreateInput,
    ProductInput,
)
from catalog.saleor.generated.fragments import PublishedFields
from catalog.saleor.setup import category_id, channel_id, product_type_id
from catalog.saleor.setup.catalogue import GOODS, SERVICE, branch_slug, set_slug

HASH_KEY = "chosao.hash"


def content(product: Product) -> dict[str, Any]:
    """The facts that Saleor holds of a product, in plain values; dates as ISO days."""
    proof = product.current
    return {
        "name": product.name[:250],
        "slug": f"{product.slug[:200]}-{product.code}".lower(),
        "external_reference": product.code,
        "service": product.restriction == Restriction.SERVICE,
        "set_no": product.set_no,
        "branch": product.branch or 1,
        "star": product.star,
        "province": product.province_code,
        "commune": commune(product.commune_code).name if product.commune_code else "",
        "certificate": f"{proof.decision_number} · {proof.authority}" if proof else "",
        "valid_until": product.listable_until.isoformat() if product.listable_until else "",
        "producer": product.producer.name,
    }


def content_hash(facts: dict[str, Any]) -> str:
    """A digest of `content`; equal digests mean that nothing has to be sent."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def expected(facts: dict[str, Any]) -> dict[str, str]:
    """What a product with this `content` must look like in Saleor, in the form of `held`."""
    choices, texts = _attribute_values(facts)
    category = set_slug(facts["set_no"]) if facts["set_no"] else branch_slug(facts["branch"])
    values = choices | texts | {"ocop-valid-until": facts["valid_until"]}
    told = {reference: value for reference, value in values.items() if value}
    return {"name": facts["name"], "slug": facts["slug"], "category": category, **told}


def held(product: PublishedFields) -> dict[str, str]:
    """Name, slug, category's slug, and what our attributes say: a choice's reference, a text, an ISO day."""
    values = {
        one.attribute.external_reference or "": value.plain_text or value.date or value.external_reference or ""
        for one in product.attributes
        for value in one.values
    }
    told = {reference: value for reference, value in values.items() if reference.startswith("ocop-") and value}
    category = product.category.slug if product.category else ""
    return {"name": product.name, "slug": product.slug, "category": category, **told}


def creation(api: Saleor, facts: dict[str, Any]) -> ProductBulkCreateInput:
    """A row of productBulkCreate, published at once."""
    listing = ProductChannelListingCreateInput(
        channelId=channel_id(api), isPublished=True, visibleInListings=True, isAvailableForPurchase=True
    )
    return ProductBulkCreateInput(
        productType=product_type_id(api, SERVICE if facts["service"] else GOODS),
        channelListings=[listing],
        variants=[],
        **_common(api, facts),
    )


def change(api: Saleor, facts: dict[str, Any]) -> ProductInput:
    """The input of productUpdate."""
    return ProductInput(**_common(api, facts))


def _common(api: Saleor, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": facts["name"],
        "slug": facts["slug"],
        "externalReference": facts["external_reference"],
        "category": category_id(api, set_no=facts["set_no"], branch=facts["branch"]),
        "attributes": _attributes(facts),
        "metadata": [MetadataInput(key=HASH_KEY, value=content_hash(facts))],
    }


def _attribute_values(facts: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Choices by their references, and texts; empty where unknown."""
    choices = {
        "ocop-star": f"star-{facts['star']}",
        "ocop-province": f"province-{facts['province']}",
        "ocop-group": f"set-{facts['set_no']}" if facts["set_no"] else "",
    }
    texts = {
        "ocop-commune": facts["commune"],
        "ocop-certificate": facts["certificate"],
        "ocop-producer": facts["producer"],
    }
    return choices, texts


def _attributes(facts: dict[str, Any]) -> list[AttributeValueInput]:
    """Every attribute, an unknown one cleared: what Saleor is not told of stays as it was."""
    choices, texts = _attribute_values(facts)
    chosen = [AttributeValueInput(externalReference=ref, dropdown=_choice(value)) for ref, value in choices.items()]
    told = [AttributeValueInput(externalReference=ref, plainText=text or None) for ref, text in texts.items()]
    return [
        *chosen,
        *told,
        AttributeValueInput(externalReference="ocop-valid-until", date=facts["valid_until"] or None),
    ]


def _choice(reference: str) -> AttributeValueSelectableTypeInput:
    return AttributeValueSelectableTypeInput(**({"externalReference": reference} if reference else {}))
