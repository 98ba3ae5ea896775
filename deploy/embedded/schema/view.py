"""`POST /graphql/`."""

import json
from functools import lru_cache
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from graphql import DocumentNode, ExecutionResult, GraphQLError, execute, parse, validate

from deploy.embedded.apps.services import caller
from deploy.embedded.core.context import calling
from deploy.embedded.schema.format import format_error
from deploy.embedded.schema.root import SCHEMA
from deploy.embedded.schema.strict import check


class Invalid(Exception):
    """A document that the schema does not allow."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors
        super().__init__(str(errors))


@lru_cache(maxsize=512)
def read(query: str) -> DocumentNode:
    """A document that may be run. Raises GraphQLError or Invalid."""
    document = parse(query)
    check(document)
    if wrong := validate(SCHEMA, document):
        raise Invalid(wrong)
    return document


@csrf_exempt
def graphql(request: HttpRequest) -> HttpResponse:
    """200 with `data` (and `errors`); 400 for what cannot be run at all; 413 for a body that is too long."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["OPTIONS", "POST"])
    try:
        body = _body(request)
        document = read(body["query"])
    except RequestDataTooBig:
        return _refused(GraphQLError("Request body exceeds maximum size."), status=413)
    except GraphQLError as error:
        return _refused(error)
    except Invalid as invalid:
        return _refused(*invalid.errors)
    return _run(request, document, body.get("variables") or {}, body.get("operationName"))


def _body(request: HttpRequest) -> dict[str, Any]:
    """The request's query, variables and operation name, of the right kinds. Raises GraphQLError."""
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise GraphQLError("Unable to parse query.") from error
    if isinstance(body, list):
        raise GraphQLError("Number of batch queries exceeded.")
    if not isinstance(body, dict) or not isinstance(body.get("query"), str) or not body["query"]:
        raise GraphQLError("Must provide a query string.")
    if not isinstance(body.get("variables") or {}, dict):
        raise GraphQLError("Variables are invalid JSON.")
    return body


def _run(request: HttpRequest, document: DocumentNode, variables: dict[str, Any], name: Any) -> HttpResponse:
    bare = request.headers.get("Authorization-Bearer")
    context = caller(f"Bearer {bare}" if bare else request.headers.get("Authorization", ""))
    with calling(context):
        result = execute(SCHEMA, document, context_value=context, variable_values=variables, operation_name=name)
    if not isinstance(result, ExecutionResult):
        raise TypeError("nothing here is awaited")
    errors = [format_error(error) for error in result.errors or ()]
    if result.data is None and errors and all("path" not in error for error in errors):
        return JsonResponse({"errors": errors}, status=400)
    answer = {"errors": errors, "data": result.data} if errors else {"data": result.data}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _refused(*errors: GraphQLError, status: int = 400) -> JsonResponse:
    return JsonResponse({"errors": [format_error(error) for error in errors]}, status=status)
