"""The form for a label that looks false, and the page of a report. Plain pages: no account, no JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from catalog.certificates import verify as certificates
from catalog.errors import ShopError
from catalog.livestreams.models import Livestream
from catalog.products.codes import read_code
from catalog.quota.services import address_of
from catalog.reports import services
from catalog.reports.errors import PhotosTooLarge, TooManyReports
from catalog.reports.models import Kind
from catalog.reports.photos import MOST, MOST_BYTES_TOGETHER
from catalog.reports.tidying import KEPT_DAYS
from storefront.reports.forms import ReportForm, new_token

LARGEST_BODY = MOST_BYTES_TOGETHER + 200_000  # the photos, the texts and what separates them


@csrf_exempt  # asked for inside: it reads the body, whose length has to be looked at first
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """GET and POST /bao-nhan-gia/?ma=<code>&phien=<livestream>: the form; `?so=<reference>`: a report's page."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        error = PhotosTooLarge(most=MOST_BYTES_TOGETHER // 1_000_000)
        page = _page(request, _blank(request), error)
        page["Connection"] = "close"  # what is still on its way is not read
        return page
    return _report(request)


@csrf_protect
def _report(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        if typed := request.GET.get("so", "").strip():
            return redirect("report_state", typed[:40])
        return _page(request, _blank(request))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        kept = services.submit(
            form.cleaned_data["token"], form.sighting(), request.FILES.getlist("photos"), address_of(request)
        )
    except ShopError as error:
        return _page(request, form, error)
    return redirect("report_state", services.written(kept.reference))


@never_cache
@require_GET
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """GET /bao-nhan-gia/<reference>/: how the report stands and the officer's sentence, nothing else."""
    found = services.progress(reference)
    context = {"progress": found, "typed": reference[:20]}
    return render(request, "reports/state.html", context, status=200 if found else 404)


def _blank(request: HttpRequest) -> ReportForm:
    typed = {"code": request.GET.get("ma", "").strip()[:20], "livestream": request.GET.get("phien", "").strip()[:7]}
    kind = {"kind": Kind.LIVESTREAM} if typed["livestream"] else {}
    return ReportForm(initial={**typed, **kind, "token": new_token()})


def _page(request: HttpRequest, form: ReportForm, error: ShopError | None = None) -> HttpResponse:
    """The form with everything typed, but for the photos, which no browser sends back."""
    token = str(form["token"].value() or "")
    if form.is_bound and "token" in form.errors:
        token = new_token()
    code = read_code(str(form["code"].value() or ""))
    context = {
        "form": form,
        "token": token,
        "error": error.message(get_language() or "vi") if error else "",
        "photos_lost": form.is_bound and bool(request.FILES),
        "about": certificates.verify(code) if code else None,
        "show": _show(form),
        "most": MOST,
        "kept_days": KEPT_DAYS,
    }
    status = error.status if error else 422 if form.is_bound else 200
    response = render(request, "reports/form.html", context, status=status)
    if isinstance(error, TooManyReports):
        response["Retry-After"] = str(error.data["seconds"])
    return response


def _show(form: ReportForm) -> Livestream | None:
    """The public session that the report is about."""
    code = str(form["livestream"].value() or "")
    return Livestream.objects.filter(code=code, confirmed_at__isnull=False).first() if code else None
