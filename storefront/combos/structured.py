"""A combo as schema.org tells it, for search engines (JSON-LD)."""

from catalog.api import addresses
from catalog.combos.models import Combo
from catalog.combos.offering import Box


def structured(combo: Combo, box: Box) -> dict[str, object] | None:
    """A Product with its offer in whole đồng, related to its parts; None while it may not be sold."""
    if box.problem or box.price is None:
        return None
    address = addresses.page("combo", combo.slug, combo.code)
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": combo.told_title,
        "description": combo.told_story or combo.told_title,
        "sku": combo.code,
        "url": address,
        "isRelatedTo": [
            {
                "@type": "Product",
                "name": part.product.name,
                "url": addresses.of_product(part.product),
                "brand": {"@type": "Organization", "name": part.product.producer.name},
            }
            for part in box.parts
        ],
        "offers": {
            "@type": "Offer",
            "price": box.price.total,
            "priceCurrency": "VND",
            "availability": f"https://schema.org/{'InStock' if box.possible else 'OutOfStock'}",
            "url": address,
            "seller": {"@type": "Organization", "name": box.packaging.sale_point.name},
        },
    }
