"""The door for Saleor's webhooks."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from catalog.errors import ShopError
from catalog.saleor.webhooks.errors import TooLarge
from catalog.saleor.webhooks.receiving import LARGEST_BODY, receive
from catalog.saleor.webhooks.signatures import key_ring

log = logging.getLogger(__name__)


@csrf_exempt  # the signature over the body takes its place
@require_POST
def receive_webhook(request: HttpRequest) -> HttpResponse:
    """202 for what went into the inbox, 200 for a repeat or a thing not ours, else the refusal's own status."""
    try:
        created = receive(read_body(request, LARGEST_BODY), request.headers, key_ring())
    except ShopError as refusal:
        log.warning("webhook refused: %s %s", refusal.code, refusal.data)
        return HttpResponse(refusal.message("en"), status=refusal.status, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=202 if created else 200)


def read_body(request: HttpRequest, most: int) -> bytes:
    """The request's body. Raises TooLarge before it is read, where its length is told, or else once it is too long."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    if told.isdecimal() and int(told) > most:
        raise TooLarge
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise TooLarge from error
    if len(body) > most:
        raise TooLarge
    return body
