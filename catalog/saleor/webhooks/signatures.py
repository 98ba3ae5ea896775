"""Is a delivery really Saleor's: a detached JWS (RS256) over the raw body, with a key from Saleor's own JWKS."""

import time
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
from django.conf import settings

from catalog.saleor.errors import SaleorUnavailable
from catalog.saleor.webhooks.errors import NotFromSaleor

REFETCH_AFTER = 60.0  # seconds: an unknown key id must not let strangers make us call Saleor at will


class KeyRing:
    """Saleor's public keys by id; an unknown id makes it look once more, at most once a minute.

    `fetch` returns a JWKS document and raises SaleorUnavailable; `clock` counts seconds.
    """

    def __init__(self, fetch: Callable[[], dict[str, Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at: float | None = None
        self._lock = Lock()

    def key(self, kid: str) -> jwt.PyJWK:
        """The key of this id. Raises NotFromSaleor, or SaleorUnavailable when the keys cannot be had."""
        with self._lock:
            if kid not in self._keys and self._may_fetch():
                document = self._fetch()
                self._fetched_at = self._clock()
                self._keys = {one["kid"]: jwt.PyJWK(one, algorithm="RS256") for one in document.get("keys", ())}
            if kid not in self._keys:
                raise NotFromSaleor(reason=f"unknown key {kid!r}")
            return self._keys[kid]

    def _may_fetch(self) -> bool:
        return self._fetched_at is None or self._clock() - self._fetched_at >= REFETCH_AFTER


def verify(body: bytes, signature: str, keys: KeyRing) -> None:
    """Raises NotFromSaleor unless `signature` was made over exactly this body, SaleorUnavailable without keys."""
    try:
        header = jwt.get_unverified_header(signature)
        if header.get("alg") != "RS256" or header.get("b64") is not False:
            raise NotFromSaleor(reason="not a detached RS256 signature")
        key = keys.key(str(header.get("kid", "")))
        jwt.PyJWS().decode_complete(signature, key=key.key, algorithms=["RS256"], detached_payload=body)
    except jwt.InvalidTokenError as error:
        raise NotFromSaleor(reason=str(error)) from error


def origin(url: str) -> str:
    """Scheme and host of an address, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def key_ring() -> KeyRing:
    """The keys of the server that the settings name, kept by this process."""
    return _ring(f"{origin(settings.SALEOR_API_URL)}/.well-known/jwks.json")


@lru_cache(maxsize=4)
def _ring(address: str) -> KeyRing:
    def fetch() -> dict[str, Any]:
        try:
            answer = httpx.get(address, timeout=httpx.Timeout(5, connect=2)).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise SaleorUnavailable(operation="jwks", reason=str(error)) from error
        return answer if isinstance(answer, dict) else {}

    return KeyRing(fetch)
