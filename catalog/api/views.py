"""`/graphql/`: the endpoint for programs, and in a browser the page that explains it."""

import json

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from catalog.api import quota, requests
from catalog.api.explorer import context
from catalog.api.running import Answer, Asked, answer, refused
from catalog.errors import ShopError
from catalog.quota.services import address_of, this_hour

JSON, RESPONSE = "application/json", "application/graphql-response+json"
_METHODS = "GET, POST, OPTIONS"


@csrf_exempt  # it changes nothing and looks at no cookie: a request that another site makes somebody send gains nothing
def graphql(request: HttpRequest) -> HttpResponse:
    """GET and POST /graphql/: JSON for programs; for browsers the page, with the answer to what its form sent."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204, headers={"Access-Control-Max-Age": "86400", "Allow": _METHODS})
    elif _wants_page(request):
        response = _page(request)
    else:
        response = _answered(request)
    response["Access-Control-Allow-Origin"] = "*"  # public data, without cookies
    response["Access-Control-Allow-Methods"] = _METHODS
    response["Access-Control-Allow-Headers"] = "Content-Type, Accept"
    response["Access-Control-Expose-Headers"] = "Retry-After"
    patch_vary_headers(response, ["Accept"])
    return response


def _wants_page(request: HttpRequest) -> bool:
    form = request.method == "POST" and request.content_type == requests.FORM
    if request.method not in ("GET", "HEAD") and not form:
        return False
    return request.get_preferred_type([JSON, RESPONSE, "text/html"]) == "text/html"


def _answered(request: HttpRequest) -> HttpResponse:
    try:
        told = _answer(request, requests.read(request))
    except ShopError as error:
        told = refused(error)
    kind = request.get_preferred_type([JSON, RESPONSE]) or JSON
    text = json.dumps(told.body, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, status=told.status, content_type=f"{kind}; charset=utf-8")
    response["Cache-Control"] = "no-store"  # what a proxy kept would tell of a product that was delisted meanwhile
    response["X-Robots-Tag"] = "noindex"
    response._has_been_logged = told.status < 500  # type: ignore[attr-defined]  # no news: anybody may send nonsense
    if told.status == 405:
        response["Allow"] = _METHODS
    if told.status == 429:
        response["Retry-After"] = str(this_hour()[1])
    return response


def _answer(request: HttpRequest, asked: Asked) -> Answer:
    address = address_of(request)
    return answer(asked, lambda points: quota.spend(address, points))


def _page(request: HttpRequest) -> HttpResponse:
    """The page; what its form or an address asks is run as any other query."""
    given: QueryDict = request.GET
    told = None
    try:
        if request.method == "POST":
            given = requests.form(request)
        if given.get("query"):
            told = _answer(request, requests.of_pairs(given))
    except ShopError as error:
        told = refused(error)
    response = render(request, "api/explorer.html", context(given, told), status=told.status if told else 200)
    response["Cache-Control"] = "no-store"
    return response
