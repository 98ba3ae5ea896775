"""The doors for a Saleor that installs the shop as an app."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from catalog.errors import ShopError
from catalog.saleor.app.manifest import manifest
from catalog.saleor.app.registration import LARGEST_BODY, register
from catalog.saleor.webhooks.views import read_body

log = logging.getLogger(__name__)


@require_safe
def show_manifest(_request: HttpRequest) -> HttpResponse:
    """GET /hooks/saleor/manifest.json: what an operator gives to Saleor's dashboard."""
    return JsonResponse(manifest(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt  # the token proves itself
@never_cache
@require_POST
def register_app(request: HttpRequest) -> HttpResponse:
    """POST /hooks/saleor/register/: 200, or the refusal in the form that Saleor shows to whoever installs."""
    try:
        app_id = register(request.headers.get("Saleor-Api-Url", ""), read_body(request, LARGEST_BODY))
    except ShopError as refusal:
        log.warning("registration refused: %s %s", refusal.code, refusal.data)
        error = {"code": refusal.code, "message": refusal.message("en")}
        return JsonResponse({"success": False, "error": error}, status=refusal.status)
    log.info("registered as app %s", app_id)
    if settings.SALEOR_APP_TOKEN:
        log.warning("SALEOR_APP_TOKEN is set, and comes before the token that was registered just now")
    return JsonResponse({"success": True})


@xframe_options_exempt  # Saleor's dashboard shows it in a frame; it holds nothing but two links
@require_safe
def show_app(request: HttpRequest) -> HttpResponse:
    """GET /hooks/saleor/app/: the app's page in Saleor's dashboard."""
    return render(request, "saleor/app.html")
