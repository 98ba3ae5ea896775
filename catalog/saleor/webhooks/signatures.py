"""Is a delivery really Saleor's: a detached JWS (RS256) over the raw body, with a key from Saleor's own JWKS."""

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any

import httpx
import jwt
from django.conf import settings

from catalog.saleor.app.addresses import origin
from catalog.saleor.errors import SaleorUnavailable
from catalog.saleor.webhooks.errors import NotFromSaleor

log = logging.getLogger(__name__)
AGAIN_AFTER = 60.0  # seconds: an unknown key id must not let strangers make us call Saleor at will
AGAIN_AFTER_SILENCE = 5.0  # seconds
FRESH = 3600.0  # seconds: then the keys are asked for anew, so that one that was withdrawn opens nothing for long
STALE = 24 * 3600.0  # seconds: keys that nobody could confirm for so long are believed no more
PATIENCE = 3.0  # seconds that somebody with an unknown key waits for another's question


class KeyRing:
    """Saleor's public keys by id, asked for when an unknown id turns up or an hour has passed.

    Whoever comes with a known key never waits for the network, unless it is he who asks. `fetch` returns a JWKS
    document and raises SaleorUnavailable: then the keys that are known stay. `clock` counts seconds.
    """

    def __init__(self, fetch: Callable[[], dict[str, Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._known_at = self._ask_from = float("-inf")
        self._answers = 0
        self._asking = Lock()

    def key(self, kid: str) -> jwt.PyJWK:
        """The key of this id. Raises NotFromSaleor for an id that Saleor does not publish.

        Raises SaleorUnavailable while that cannot be known: no answer, or none since the last minute. Saleor then
        delivers once more, which it would not do after a refusal.
        """
        key, answers = self._keys.get(kid), self._answers
        if key and self._clock() - self._known_at < FRESH:
            return key
        if self._asking.acquire(timeout=0 if key else PATIENCE):
            try:
                self._ask()
            finally:
                self._asking.release()
        key = self._keys.get(kid)
        if key and self._clock() - self._known_at < STALE:
            return key
        if self._answers > answers:
            raise NotFromSaleor(reason=f"unknown key {kid!r}")
        raise SaleorUnavailable(operation="jwks", reason=f"key {kid!r} cannot be looked up at this moment")

    def _ask(self) -> None:
        if self._clock() < self._ask_from:
            return
        try:
            document = self._fetch()
        except SaleorUnavailable as silence:
            log.warning("Saleor's keys cannot be had: %s", silence.data.get("reason"))
            self._ask_from = self._clock() + AGAIN_AFTER_SILENCE
            return
        self._keys = _read(document)
        self._answers += 1
        self._known_at = self._clock()
        self._ask_from = self._known_at + AGAIN_AFTER


def _read(document: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    """The keys of a JWKS that RS256 signatures can be made with; others are passed over."""
    keys = {}
    for one in document.get("keys") or ():
        try:
            if one["kty"] == "RSA" and one.get("use", "sig") == "sig" and one.get("alg", "RS256") == "RS256":
                keys[str(one["kid"])] = jwt.PyJWK(one, algorithm="RS256")
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError) as error:
            log.warning("a key of Saleor's cannot be read: %s", error)
    return keys


def verify(body: bytes, signature: str, keys: KeyRing) -> None:
    """Raises NotFromSaleor unless `signature` was made over exactly this body, SaleorUnavailable without keys."""
    try:
        header = jwt.get_unverified_header(signature)
        if header.get("alg") != "RS256" or header.get("b64") is not False or header.get("crit") != ["b64"]:
            raise NotFromSaleor(reason="not a detached RS256 signature")
        kid = header.get("kid")
        if not isinstance(kid, str) or not kid:
            raise NotFromSaleor(reason="the signature names no key")
        key = keys.key(kid)
        jwt.PyJWS().decode_complete(signature, key=key.key, algorithms=["RS256"], detached_payload=body)
    except jwt.InvalidTokenError as error:
        raise NotFromSaleor(reason=str(error)) from error


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
