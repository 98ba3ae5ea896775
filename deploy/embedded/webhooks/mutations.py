"""Making, changing and removing webhooks."""

from typing import Any

import graphene
from django.db.models import QuerySet

from deploy.embedded.apps.manifests import is_url
from deploy.embedded.apps.models import App
from deploy.embedded.core.context import may
from deploy.embedded.core.errors import PermissionDenied, refuse
from deploy.embedded.core.ids import node, one_of
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.webhooks.events import EVENTS
from deploy.embedded.webhooks.models import Webhook as Row
from deploy.embedded.webhooks.queries import read_query
from deploy.embedded.webhooks.types import Webhook, WebhookEventTypeAsyncEnum

WebhookError = error_type(
    "WebhookError",
    "GRAPHQL_ERROR INVALID NOT_FOUND REQUIRED UNIQUE DELETE_FAILED SYNTAX MISSING_SUBSCRIPTION UNABLE_TO_PARSE "
    "MISSING_EVENT INVALID_CUSTOM_HEADERS INVALID_NOTIFY_WITH_SUBSCRIPTION",
)


class WebhookCreateInput(graphene.InputObjectType):
    """A new webhook. Without `asyncEvents` it hears of the events that its query names."""

    name = graphene.String()
    identifier = graphene.String()
    target_url = graphene.String()
    async_events = NonNullList(WebhookEventTypeAsyncEnum)
    app = graphene.ID()
    is_active = graphene.Boolean()
    query = graphene.String()
    custom_headers = graphene.JSONString()


class WebhookUpdateInput(WebhookCreateInput):
    """What changes; what is left out stays."""


def _save(webhook: Row, data: dict[str, Any]) -> None:
    if (url := data.get("target_url")) is not None:
        if not is_url(url):
            raise refuse("INVALID", "Enter a valid URL.", "targetUrl")
        webhook.target_url = url
    if not webhook.target_url:
        raise refuse("REQUIRED", "This field is required.", "targetUrl")
    named: list[str] = []
    if query := data.get("query"):
        named = read_query(query)
        webhook.subscription_query = query
    if not webhook.subscription_query:
        raise refuse("REQUIRED", "This server sends what a subscription query asks for: give one.", "query")
    headers = data.get("custom_headers")
    if headers is not None:
        _check_headers(headers)
        webhook.custom_headers = headers
    events = [str(event) for event in data.get("async_events") or []] or named
    if never := [event for event in events if event not in EVENTS]:
        raise refuse("INVALID", f"This server never tells of {', '.join(never)}.", "asyncEvents")
    webhook.events = events or webhook.events
    for name in ("name", "identifier", "is_active"):
        if data.get(name) is not None:
            setattr(webhook, name, data[name])
    webhook.save()


def _check_headers(headers: Any) -> None:
    fine = isinstance(headers, dict) and len(headers) <= 5
    allowed = ("x-", "authorization")
    if not fine or not all(isinstance(v, str) and k.lower().startswith(allowed) for k, v in headers.items()):
        raise refuse("INVALID_CUSTOM_HEADERS", "At most 5 headers, named X-… or Authorization….", "customHeaders")


def _own(info: graphene.ResolveInfo) -> QuerySet[Row]:
    """The webhooks that the caller may touch."""
    if info.context.app is None:
        raise PermissionDenied(["MANAGE_APPS", "AUTHENTICATED_APP"])
    rows = Row.objects.select_related("app")
    return rows if may(info, "MANAGE_APPS") else rows.filter(app=info.context.app)


class WebhookCreate(Mutation):
    """Make a webhook."""

    class Meta:
        errors = WebhookError

    class Arguments:
        input = WebhookCreateInput(required=True)

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """For the caller's own app, or another for those who manage apps."""
        _own(info)
        app = info.context.app
        if input.get("app"):
            app = node(App.objects.all(), input["app"], "app")
            if app != info.context.app and not may(info, "MANAGE_APPS"):
                raise PermissionDenied(["MANAGE_APPS"])
        webhook = Row(app=app)
        _save(webhook, input)
        return {"webhook": webhook}


class WebhookUpdate(Mutation):
    """Change a webhook."""

    class Meta:
        errors = WebhookError

    class Arguments:
        id = graphene.ID()
        identifier = graphene.String()
        input = WebhookUpdateInput(required=True)

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        input: dict[str, Any],  # noqa: A002 - the API's name
        id: str | None = None,  # noqa: A002 - the API's name
        identifier: str | None = None,
    ) -> dict[str, Any]:
        """Only what is given changes."""
        webhook = one_of(_own(info), id=id, identifier=identifier)
        _save(webhook, input)
        return {"webhook": webhook}


class WebhookDelete(Mutation):
    """Remove a webhook with what it had not been told yet."""

    class Meta:
        errors = WebhookError

    class Arguments:
        id = graphene.ID()
        identifier = graphene.String()

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        id: str | None = None,  # noqa: A002 - the API's name
        identifier: str | None = None,
    ) -> dict[str, Any]:
        """The removed webhook is shown once more."""
        webhook = one_of(_own(info), id=id, identifier=identifier)
        key = webhook.pk
        webhook.delete()
        webhook.pk = key
        return {"webhook": webhook}
