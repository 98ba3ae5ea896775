"""The 18+ declaration that alcohol is shown after (a signed cookie, thirty days)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

NAME = "du18"
SALT = "storefront.adult"
MAX_AGE = 30 * 24 * 3600


def declared(request: HttpRequest) -> bool:
    """Has this browser's user declared to be 18 or older?"""
    return request.get_signed_cookie(NAME, default="", salt=SALT, max_age=MAX_AGE) == "1"


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """/du-18-tuoi/ asks, and a POST declares; `next` is an address of this shop to go back to."""
    target = (request.POST if request.method == "POST" else request.GET).get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    if request.method != "POST":
        return ask(request, target)
    response = HttpResponseRedirect(target)
    response.set_signed_cookie(
        NAME, "1", salt=SALT, max_age=MAX_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def ask(request: HttpRequest, target: str) -> HttpResponse:
    """The question, and where the answer leads."""
    return render(request, "shop/adult.html", {"target": target})
