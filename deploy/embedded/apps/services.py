"""Apps, their tokens, and who a request comes from."""

import hashlib
import secrets

from deploy.embedded.apps.models import App, AppToken
from deploy.embedded.core.context import Caller

PERMISSIONS = (
    "MANAGE_USERS MANAGE_STAFF IMPERSONATE_USER MANAGE_APPS MANAGE_OBSERVABILITY MANAGE_CHECKOUTS HANDLE_CHECKOUTS "
    "HANDLE_TAXES MANAGE_TAXES MANAGE_CHANNELS MANAGE_CUSTOMER_TYPES_AND_ATTRIBUTES MANAGE_DISCOUNTS MANAGE_GIFT_CARD "
    "MANAGE_MENUS MANAGE_ORDERS MANAGE_ORDERS_IMPORT MANAGE_PAGES MANAGE_PAGE_TYPES_AND_ATTRIBUTES HANDLE_PAYMENTS "
    "MANAGE_PLUGINS MANAGE_PRODUCTS MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES MANAGE_SHIPPING MANAGE_SETTINGS "
    "MANAGE_TRANSLATIONS"
)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(app: App, name: str = "", token: str | None = None) -> str:
    """A new token for the app; it is shown this once."""
    token = token or secrets.token_urlsafe(32)
    AppToken.objects.create(app=app, name=name, digest=digest(token), last_four=token[-4:])
    return token


def ensure_app(name: str, token: str | None) -> str:
    """The token of the app of this name with all permissions; a token that is already the app's is kept."""
    app, _ = App.objects.update_or_create(name=name, defaults={"permissions": PERMISSIONS.split(), "is_active": True})
    if token and AppToken.objects.filter(app=app, digest=digest(token)).exists():
        return token
    return issue_token(app, "ensure_app", token)


def caller(authorization: str) -> Caller:
    """The app behind a `Bearer TOKEN` header; an unknown token or a stopped app is a visitor, never an error."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() not in ("bearer", "jwt") or not token:
        return Caller()
    found = AppToken.objects.select_related("app").filter(digest=digest(token.strip()), app__is_active=True).first()
    if found is None:
        return Caller()
    return Caller(found.app, frozenset(found.app.permissions))
