"""Apps, their tokens, and who a request comes from."""

import hashlib
import secrets

from deploy.embedded.apps.models import App, AppToken
from deploy.embedded.apps.permissions import PERMISSIONS
from deploy.embedded.core.context import Caller

ENSURED = "ensure_app"


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(app: App, name: str = "") -> str:
    """A new token for the app; it is shown this once."""
    token = secrets.token_urlsafe(32)
    AppToken.objects.create(app=app, name=name, digest=digest(token), last_four=token[-4:])
    return token


def ensure_app(name: str, identifier: str, permissions: list[str]) -> str:
    """A new token of the app of this identifier, or else of this name, in place of those issued here before."""
    unknown = set(permissions) - set(PERMISSIONS.split())
    if unknown:
        raise ValueError(f"there is no permission {', '.join(sorted(unknown))}")
    known = App.objects.filter(identifier=identifier).first() if identifier else None
    app = known or App.objects.filter(name=name).order_by("pk").first() or App(name=name)
    app.permissions, app.is_active, app.identifier = permissions, True, identifier or app.identifier
    app.save()
    AppToken.objects.filter(app=app, name=ENSURED).delete()
    return issue_token(app, ENSURED)


def caller(authorization: str) -> Caller:
    """The app behind a `Bearer TOKEN` header; an unknown token or a stopped app is a visitor, never an error."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() not in ("bearer", "jwt") or not token:
        return Caller()
    found = AppToken.objects.select_related("app").filter(digest=digest(token.strip()), app__is_active=True).first()
    if found is None:
        return Caller()
    return Caller(found.app, frozenset(found.app.permissions))
