"""The pickup code: six digits derived from the order's nonce and the server's secret, so it is stored nowhere.

A copy of the database alone tells no code; six digits under any hash would be found in a second.
"""

import hashlib
import hmac

from django.conf import settings

from storefront.orders.models import Order

DIGITS = 6


def pickup_code(order: Order) -> str:
    """The six digits that the buyer shows at the sale point."""
    return _code(order, settings.SECRET_KEY)


def _code(order: Order, key: str) -> str:
    message = f"pickup:{order.pk}:{order.pickup_nonce}".encode()
    digest = hmac.digest(key.encode(), message, hashlib.sha256)
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}d}"


def is_code_of(order: Order, typed: str) -> bool:
    """Compare what was typed (spaces, dots and hyphens ignored) in constant time.

    A code written down before the server's secret was rotated still opens, as long as the old one is kept.
    """
    digits = "".join(char for char in typed if char not in " .-\u00a0").encode()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any([hmac.compare_digest(digits, _code(order, key).encode()) for key in keys])  # noqa: C419 - always all
