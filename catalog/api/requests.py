"""Reading a query out of a request, as "GraphQL over HTTP" describes it. No batching."""

import json
import re
from typing import Any, Final, NoReturn

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict

from catalog.api.errors import BadJson, BadRequest, BatchingRefused, BodyTooLarge, MethodNotAllowed, WrongContentType
from catalog.api.limits import MOST_BYTES
from catalog.api.running import Asked

BODY = "The body", "Nội dung yêu cầu"
FORM = "application/x-www-form-urlencoded"
_NUL: Final = re.compile(r"\x00|\\u0000|\\u\{0+\}")  # as it is, or in either of the ways in which GraphQL writes it


def read(request: HttpRequest) -> Asked:
    """What is asked by GET parameters or a JSON body. Raises Refused."""
    if request.method in ("GET", "HEAD"):
        return of_pairs(_parameters(request))
    if request.method != "POST":
        raise MethodNotAllowed(method=str(request.method)[:20])
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != "application/json" or charset not in ("utf-8", "utf8"):
        raise WrongContentType(given=request.headers.get("Content-Type", "")[:80])
    _check_length(request)
    body = _json(request.body, *BODY)
    if isinstance(body, list):
        raise BatchingRefused
    if not isinstance(body, dict):
        raise BadJson(part=BODY[0], vi_part=BODY[1])
    return _asked(body)


def _parameters(request: HttpRequest) -> QueryDict:
    try:
        return request.GET
    except TooManyFieldsSent as error:
        kind, vi_kind = "one with query, variables and operationName", "có query, variables và operationName, không hơn"
        raise BadRequest(part="URL", kind=kind, vi_kind=vi_kind) from error


def form(request: HttpRequest) -> QueryDict:
    """What the page's form sent. Raises Refused."""
    _check_length(request)
    return QueryDict(request.body, encoding="utf-8")


def _check_length(request: HttpRequest) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise BodyTooLarge(most=MOST_BYTES)


def of_pairs(pairs: QueryDict) -> Asked:
    """`query`, and where they are not empty `variables` (JSON) and `operationName`. Raises Refused."""
    given: dict[str, Any] = {"query": pairs.get("query", "")}
    if text := str(pairs.get("variables", "")).strip():
        given["variables"] = _json(text.encode(errors="surrogatepass"), "“variables”", "“variables”")
    given["operationName"] = pairs.get("operationName") or None
    return _asked(given)


def _asked(given: dict[str, Any]) -> Asked:
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(part="query", kind="a text with a GraphQL document", vi_kind="văn bản chứa truy vấn GraphQL")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest(part="variables", kind="an object", vi_kind="một đối tượng JSON")
    if name is not None and not isinstance(name, str):
        raise BadRequest(part="operationName", kind="a text", vi_kind="văn bản")
    _check_text(query)
    _check_text(json.dumps(variables, ensure_ascii=False))
    return Asked(query, variables or {}, name or None)


def _check_text(text: str) -> None:
    """No half characters, which cannot be written again, and no NUL, which a database refuses."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadJson(part="A text in it", vi_part="Một văn bản trong đó") from error
    if _NUL.search(text):
        raise BadRequest(part="query", kind="without the character U+0000", vi_kind="văn bản không có ký tự U+0000")


def _json(text: bytes, part: str, vi_part: str) -> Any:
    try:
        return json.loads(text.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadJson(part=part, vi_part=vi_part) from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
