"""The public key and the sign of life."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from deploy.embedded.webhooks.signing import jwk


def jwks(_request: HttpRequest) -> JsonResponse:
    """The keys that webhooks are signed with."""
    return JsonResponse({"keys": [jwk()]})


def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("")
