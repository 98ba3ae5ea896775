"""The public keys and the sign of life."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from deploy.embedded.webhooks import signing


def jwks(_request: HttpRequest) -> JsonResponse:
    """The keys that webhooks are, and lately were, signed with."""
    return JsonResponse({"keys": signing.jwks()})


def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("")
