"""Is this star real and still in force?"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from catalog.certificates import verify as certificates
from catalog.certificates.provenance import by_source, provenance
from catalog.history.services import history_of
from catalog.history.telling import tell
from catalog.products.codes import read_code
from storefront.shop.cards import place_of
from storefront.shop.qr import verify_qr

A_YEAR = 365 * 24 * 3600  # seconds


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """GET /xac-minh/: type a code; `?ma=` leads to its answer."""
    typed = request.GET.get("ma", "").strip()
    if code := read_code(typed):
        return redirect("verify_code", code)
    return render(request, "shop/verify.html", {"answer": None, "typed": typed[:20], "wrong": bool(typed)})


@never_cache
@require_GET
def code(request: HttpRequest, code: str) -> HttpResponse:
    """GET /xac-minh/<code>/: the state today with the facts behind it; an unknown code is a 404 that says so."""
    answer = certificates.verify(code)
    found = answer.product
    context = {
        "answer": answer,
        "sentence": answer.sentence(get_language() or "vi"),
        "place": place_of(found) if found else "",
        "sources": by_source(provenance(found)) if found else [],
        "changes": tell(history_of(found)) if found else [],
        "typed": answer.code,
        "wrong": False,
    }
    return render(request, "shop/verify.html", context, status=200 if found else 404)


@cache_control(public=True, max_age=A_YEAR, immutable=True)
@require_GET
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """GET /xac-minh/<code>/qr.svg: that page's address as a QR code, the same for ever, drawn only where it is seen."""
    if read_code(code) != code:
        raise Http404
    return HttpResponse(verify_qr(code), content_type="image/svg+xml")
