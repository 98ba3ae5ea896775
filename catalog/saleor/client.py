"""The one way to Saleor: the generated typed client, with time limits, careful retries and errors that are classes.

`catalog/saleor/generated` comes from `documents/` and the embedded server's own schema:
`python -m deploy.embedded.manage print_schema > catalog/saleor/schema.graphql`, then `ariadne-codegen`.
"""

import logging
import random
import time
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import httpx
from django.conf import settings
from pydantic import BaseModel

from catalog.breaker import Breaker, CircuitOpen
from catalog.saleor import patience
from catalog.saleor.app.tokens import token_for
from catalog.saleor.errors import NO_ANSWER, PermissionDenied, Refusal, SaleorFault, SaleorRefused, SaleorUnavailable
from catalog.saleor.generated.generated_client import GeneratedClient
from catalog.saleor.line import ANSWER, Fault, Line, attempt, code_of

__all__ = [
    "NO_ANSWER", "PermissionDenied", "Saleor", "SaleorFault", "SaleorRefused", "SaleorUnavailable", "accepted",
    "client",
]  # fmt: skip

log = logging.getLogger(__name__)
SECONDS, BULK_SECONDS, PROBE_SECONDS, CONNECT_SECONDS = 10.0, 90.0, 2.0, 2.0
BULK = frozenset({"CreateAttributes", "CreateProducts", "CreateVariants", "UpdateAttributes", "UpdateStocks"})
# Long work, several requests of it in flight, each over a connection of its own: one that is kept stays with the
# process of Saleor's that took it, and the publisher was seen to keep one of two busy for minutes, the other idle.
APART = BULK | {"SetProductListings", "SetVariantPrices", "UpdateProducts"}
# Sent twice, these end the same: they set a state, or Saleor itself answers a repeat with the same order.
REPEATABLE = frozenset({
    "CompleteCheckout", "EmptyCheckout", "SetCheckoutBillingAddress", "SetCheckoutDelivery", "SetCheckoutEmail",
    "SetCheckoutShippingAddress", "SetMetadata", "SetProductListing", "SetProductListings", "SetShippingPrice",
    "SetVariantPrice", "SetVariantPrices", "SetVariantStocks", "UpdateProduct", "UpdateProducts",
    "UpdateShopSettings", "UpdateStocks", "UpdateVariant", "UpdateWarehouse", "UpdateWebhook",
})  # fmt: skip
PAUSES = (0.2, 0.8)  # seconds before the second and the third try
LONGEST_PAUSE = 5.0  # seconds; a server that asks for more (Retry-After) is asked again by a later request


class Presence(NamedTuple):
    """Is Saleor there (`why` it is not), and does it know our token? A stranger gets HTTP 200 too, as a visitor."""

    answers: bool
    knows_us: bool
    why: str = ""


class Saleor(GeneratedClient):
    """Every document as a typed method. Raises SaleorUnavailable, SaleorRefused, PermissionDenied or SaleorFault.

    A payload's own `errors` become SaleorRefused; the errors of single rows of a bulk mutation stay in its `results`.
    `transport` is the seam for tests. Safe for use by threads. How long a person may wait: `catalog.saleor.patience`.
    """

    def __init__(
        self,
        url: str,
        token: str,
        transport: httpx.BaseTransport | None = None,
        pauses: tuple[float, ...] | None = None,
    ) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        limits = httpx.Limits(max_connections=20, keepalive_expiry=20)
        line: Any = Line(httpx.Client(headers=headers, transport=transport, limits=limits))
        super().__init__(url=url, headers=headers, http_client=line)
        self.pauses = PAUSES if pauses is None else pauses
        self.breaker = Breaker(lambda: self.presence(PROBE_SECONDS).answers)

    def execute(
        self,
        query: str,
        operation_name: str | None = None,
        variables: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Send one document. A read is tried again after any fault of the line; a mutation where that is harmless.

        `once=seconds` sends it a single time, whatever the breaker believes and however long a person has waited.
        """
        name = operation_name or ""
        if once := kwargs.pop("once", None):
            outcome = self._try(query, name, variables, once)
            if isinstance(outcome, Fault):
                raise SaleorUnavailable(operation=name, reason=outcome.reason)
            return outcome
        repeatable = name in REPEATABLE or query.lstrip().startswith("query")
        most = BULK_SECONDS if name in BULK else SECONDS
        patience.take_place()
        sent = False
        for pause in (*self.pauses, None):
            try:
                self.breaker.admit()
            except CircuitOpen as silent:
                fault, again = Fault(str(silent), wait=silent.seconds), sent
            else:
                outcome = self._try(query, name, variables, patience.at_most(most))
                sent = True
                if isinstance(outcome, httpx.Response):
                    self.breaker.succeeded()
                    return outcome
                self.breaker.failed(outcome.wait)
                fault, again = outcome, repeatable or outcome.untouched
            if pause is None or not again or fault.wait > LONGEST_PAUSE:
                break
            time.sleep(patience.at_most(max(fault.wait, pause * random.uniform(0.7, 1.3))))  # noqa: S311 - no secret
        log.log(logging.WARNING if sent else logging.DEBUG, "Saleor does not answer %s: %s", name, fault.reason)
        raise SaleorUnavailable(operation=name, reason=fault.reason, again_in=fault.wait, was_sent=sent)

    def _try(self, query: str, name: str, variables: dict[str, Any] | None, seconds: float) -> httpx.Response | Fault:
        limit = httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
        headers = {"Connection": "close"} if name in APART else {}
        send: Any = super().execute
        return attempt(lambda: send(query, name, variables, timeout=limit, headers=headers))

    def presence(self, seconds: float) -> Presence:
        """Ask the smallest question there is, once. Raises nothing."""
        try:
            app = self.probe(once=seconds).app
        except SaleorUnavailable as silence:
            return Presence(answers=False, knows_us=False, why=str(silence.data["reason"]))
        except NO_ANSWER as error:
            return Presence(answers=True, knows_us=False, why=str(error.data.get("reason", "")))
        return Presence(answers=True, knows_us=app is not None)

    def recognised(self) -> None:
        """Raises PermissionDenied unless Saleor knows our token: to a stranger it denies that anything exists.

        To be asked before "there is no such thing" is believed.
        """
        if self.probe().app is None:
            raise PermissionDenied(reason="Saleor does not know our token")

    def get_data(self, response: Any) -> dict[str, Any]:
        """The answer's `data`, once it is known to hold no error."""
        answer = response.extensions.get(ANSWER)
        if answer is None:
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
    reason = str(first.get("message", ""))
    if code_of(first) == "PermissionDenied":
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
