"""Who finds the desk's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponseBase]


def for_officers(*methods: str) -> Callable[[View], View]:
    """Only an account with the officer's role finds the page (everybody else: 404), by these methods."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if not getattr(request.user, "is_officer", False):
                raise Http404
            return view(request, **kwargs)

        return never_cache(require_http_methods(methods)(login_required(guarded)))

    return wrap
