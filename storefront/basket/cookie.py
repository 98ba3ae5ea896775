"""Which basket a browser has: a signed cookie with the row's key, so that no other basket can be named."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from storefront.basket.models import Basket

NAME = "gio"
SALT = "storefront.basket"
MAX_AGE = 60 * 24 * 3600


def basket_of(request: HttpRequest) -> Basket | None:
    """The browser's basket, or None; a forged or stale cookie counts as none."""
    key = key_of(request)
    return Basket.objects.filter(pk=key).first() if key else None


def key_of(request: HttpRequest) -> int | None:
    """The key that the cookie names, without asking the database."""
    key = request.get_signed_cookie(NAME, default=None, salt=SALT, max_age=MAX_AGE)
    return int(key) if key else None


def remember(response: HttpResponse, basket: Basket) -> None:
    """Let the browser keep this basket for sixty days."""
    response.set_signed_cookie(
        NAME, str(basket.pk), salt=SALT, max_age=MAX_AGE, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
