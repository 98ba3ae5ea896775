"""What we want Saleor to tell us: the one webhook, by its name, its events and its query."""

import re
from pathlib import Path
from typing import Final

from catalog.saleor.webhooks.registry import ORDER_EVENTS, PRODUCT_EVENTS, VARIANT_EVENTS

NAME: Final = "Chợ Sao"
HOOK_PATH: Final = "/hooks/saleor/"
QUERY: Final = (Path(__file__).parent / "subscription.graphql").read_text(encoding="utf-8")
SUBJECTS: Final = {
    **dict.fromkeys(PRODUCT_EVENTS, "product"),
    **dict.fromkeys(VARIANT_EVENTS, "productVariant"),
    **dict.fromkeys(ORDER_EVENTS, "order"),
}
"""Each event's GraphQL type, and the field that holds its object."""
EVENTS: Final = tuple(re.sub(r"(?<!^)(?=[A-Z])", "_", event).upper() for event in SUBJECTS)
"""As the API's enum spells them: PRODUCT_UPDATED."""
