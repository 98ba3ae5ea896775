"""A Saleor hands us a token. Nothing in the request is believed until the token has proved itself."""

import json
import re
from dataclasses import dataclass

from django.conf import settings

from catalog.saleor.app.addresses import same_api
from catalog.saleor.app.errors import (
    NotOurSaleor,
    NotTheApp,
    PermissionsMissing,
    RegistrationBusy,
    RegistrationMalformed,
    TokenRefused,
)
from catalog.saleor.app.manifest import IDENTIFIER
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.app.tokens import store_token
from catalog.saleor.client import PermissionDenied, Saleor
from catalog.saleor.turns import alone

LARGEST_BODY = 4096  # bytes
_TOKEN = re.compile(r"[\x21-\x7e]{8,512}")


@dataclass(frozen=True, slots=True)
class Proof:
    """What Saleor says of the app that a token belongs to."""

    app_id: str
    identifier: str
    permissions: frozenset[str]


def register(api_url: str, body: bytes) -> str:
    """Take the token that `body` holds for the Saleor at `api_url`; returns Saleor's id of our app.

    Only the address in the settings is ever asked, by one registration at a time. The token we have stays in use
    until the new one has proved itself: it belongs to our app, with every permission that we need. A repeat changes
    nothing. Raises RegistrationMalformed, NotOurSaleor, TokenRefused, NotTheApp, PermissionsMissing, RegistrationBusy
    and SaleorUnavailable; then nothing has changed.
    """
    token = _token(body)
    if not same_api(api_url, settings.SALEOR_API_URL):
        raise NotOurSaleor(theirs=api_url[:200])
    with alone("registration") as mine:
        if not mine:
            raise RegistrationBusy
        proof = prove(settings.SALEOR_API_URL, token)
        if proof is None:
            raise TokenRefused
        if proof.identifier != IDENTIFIER:
            raise NotTheApp(identifier=proof.identifier)
        if missing := sorted(set(PERMISSIONS) - proof.permissions):
            raise PermissionsMissing(permissions=", ".join(missing))
        store_token(settings.SALEOR_API_URL, token, proof.app_id)
    return proof.app_id


def prove(api_url: str, token: str) -> Proof | None:
    """Ask Saleor whose token it is; None for one that Saleor takes for nobody's. Raises SaleorUnavailable, SaleorFault.

    A wrong token, and that of an app that was switched off, makes its bearer a visitor, with HTTP 200.
    """
    if not token:
        return None
    with Saleor(api_url, token, pauses=()) as api:
        try:
            app = api.app_of_token().app
        except PermissionDenied:
            return None
    if app is None:
        return None
    permissions = frozenset(permission.code.value for permission in app.permissions or ())
    return Proof(app.id, app.identifier or "", permissions)


def _token(body: bytes) -> str:
    try:
        told = json.loads(body)
        token = told["auth_token"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RegistrationMalformed from error
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise RegistrationMalformed
    return token
