"""The one way to Saleor: the generated typed client, with time limits, careful retries and errors that are classes.

`catalog/saleor/generated` comes from `documents/` and the embedded server's own schema:
`python -m deploy.embedded.manage print_schema > catalog/saleor/schema.graphql`, then `ariadne-codegen`.
"""

import logging
import random
import time
from functools import lru_cache
from typing import Any, TypeVar

import httpx
from django.conf import settings
from pydantic import BaseModel

from catalog.saleor.app.tokens import token_for
from catalog.saleor.errors import PermissionDenied, Refusal, SaleorFault, SaleorRefused, SaleorUnavailable
from catalog.saleor.generated.generated_client import GeneratedClient

__all__ = ["PermissionDenied", "Saleor", "SaleorFault", "SaleorRefused", "SaleorUnavailable", "accepted", "client"]

log = logging.getLogger(__name__)
TIMEOUT = httpx.Timeout(10, connect=2)
BULK_TIMEOUT = httpx.Timeout(90, connect=2)
BULK = frozenset({"CreateAttributes", "CreateProducts", "CreateVariants", "UpdateAttributes", "UpdateStocks"})
# Sent twice, these end the same: they set a state, or Saleor itself answers a repeat with the same order.
REPEATABLE = frozenset({
    "CompleteCheckout", "SetCheckoutBillingAddress", "SetCheckoutDelivery", "SetCheckoutEmail",
    "SetCheckoutShippingAddress", "SetMetadata", "SetProductListing", "SetProductListings", "SetShippingPrice",
    "SetVariantPrice", "SetVariantPrices", "SetVariantStocks", "UpdateProduct", "UpdateProducts",
    "UpdateShopSettings", "UpdateStocks", "UpdateVariant", "UpdateWarehouse", "UpdateWebhook",
})  # fmt: skip
PAUSES = (0.2, 0.8)  # seconds before the second and the third try
BUSY = frozenset({429, 502, 503, 504})


class Saleor(GeneratedClient):
    """Every document as a typed method. Raises SaleorUnavailable, SaleorRefused, PermissionDenied or SaleorFault.

    A payload's own `errors` become SaleorRefused; the errors of single rows of a bulk mutation stay in its `results`.
    `transport` is the seam for tests. Safe for use by threads.
    """

    def __init__(
        self, url: str, token: str, transport: httpx.BaseTransport | None = None, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        limits = httpx.Limits(max_connections=20, keepalive_expiry=20)
        http: Any = httpx.Client(headers=headers, timeout=TIMEOUT, transport=transport, limits=limits)
        super().__init__(url=url, headers=headers, http_client=http)
        self.pauses = pauses

    def execute(
        self,
        query: str,
        operation_name: str | None = None,
        variables: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Send one document. A read is tried again after any fault of the line; a mutation where that is harmless."""
        name = operation_name or ""
        repeatable = name in REPEATABLE or query.lstrip().startswith("query")
        kwargs.setdefault("timeout", BULK_TIMEOUT if name in BULK else TIMEOUT)
        for pause in (*self.pauses, None):
            try:
                response: httpx.Response = super().execute(query, operation_name, variables, **kwargs)  # type: ignore[assignment]
            except httpx.TransportError as error:
                unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
                again, reason = repeatable or unsent, f"{type(error).__name__}: {error}"
            else:
                if response.status_code not in BUSY:
                    return response
                again, reason = repeatable or response.status_code == 429, f"HTTP {response.status_code}"
            if pause is None or not again:
                break
            time.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311 - spreads retries, no secret
        log.warning("Saleor does not answer %s: %s", name, reason)
        raise SaleorUnavailable(operation=name, reason=reason)

    def get_data(self, response: Any) -> dict[str, Any]:
        """The answer's `data`, once it is known to hold no error."""
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not ({"data", "errors"} & answer.keys()):
            if response.status_code >= 500:
                raise SaleorUnavailable(reason=f"HTTP {response.status_code}")
            raise SaleorFault(reason=f"HTTP {response.status_code}: {response.text[:300]}")
        if answer.get("errors"):
            raise _fault(answer["errors"])
        data: dict[str, Any] = answer["data"]
        payloads = [payload for payload in data.values() if isinstance(payload, dict)]
        if errors := [error for payload in payloads for error in payload.get("errors") or ()]:
            raise SaleorRefused(Refusal.read(error) for error in errors)
        return data


def _fault(errors: list[dict[str, Any]]) -> PermissionDenied | SaleorFault:
    first = errors[0]
    exception = (first.get("extensions") or {}).get("exception") or {}
    reason = str(first.get("message", ""))
    if exception.get("code") == "PermissionDenied":
        return PermissionDenied(reason=reason)
    log.error("Saleor's fault: %s", errors)
    return SaleorFault(reason=reason)


Payload = TypeVar("Payload", bound=BaseModel)


def accepted(payload: Payload | None) -> Payload:
    """A payload of a mutation, or one row of a bulk mutation's `results`. Raises SaleorRefused when it holds errors."""
    if payload is None:
        raise SaleorFault(reason="a payload is missing")
    if errors := getattr(payload, "errors", None):
        raise SaleorRefused(Refusal.read(error.model_dump(mode="json", by_alias=True)) for error in errors)
    return payload


def client() -> Saleor:
    """The client for the server that the settings name, kept open by this process for as long as the token is the same.

    The token is SALEOR_APP_TOKEN, or else the one that was registered for this server: one look at our own database a
    call, so that web and workers use a new token from the next call on. Raises TokenUnreadable.
    """
    url = settings.SALEOR_API_URL
    return _kept(url, settings.SALEOR_APP_TOKEN or token_for(url))


@lru_cache(maxsize=4)
def _kept(url: str, token: str) -> Saleor:
    return Saleor(url, token)
