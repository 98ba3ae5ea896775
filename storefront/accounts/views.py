"""Where an account's roles lead."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from storefront.desk.services import points_of
from storefront.portal.services import producers_of


@never_cache
@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """GET /tai-khoan/."""
    context = {"points": list(points_of(request.user)), "producers": list(producers_of(request.user))}
    return render(request, "accounts/home.html", context)
