"""Who gives apps their permissions and tokens. Staff sign in at a real Saleor; this server has none."""

from typing import Any

import graphene
from django.db.models import QuerySet

from deploy.embedded.apps.models import App as Row
from deploy.embedded.apps.services import issue_token
from deploy.embedded.apps.types import App, AppError, AppInput, AppToken, within
from deploy.embedded.core.connection import Page, connection, page, paged
from deploy.embedded.core.context import require
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import global_id, node
from deploy.embedded.core.mutation import Mutation, error_type


class AppCreate(Mutation):
    """Make an app and its first token."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        input = AppInput(required=True)

    auth_token = graphene.String()
    app = graphene.Field(App)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """An app can give only the permissions that it has."""
        if not (input.get("name") or "").strip():
            raise refuse("REQUIRED", "This field is required.", "name")
        permissions = within(info, input.get("permissions"))
        app = Row.objects.create(name=input["name"], identifier=input.get("identifier") or "", permissions=permissions)
        if not app.identifier:
            app.identifier = global_id("App", app.pk)
            app.save(update_fields=["identifier"])
        return {"auth_token": issue_token(app), "app": app}


class AppUpdate(Mutation):
    """Rename an app, or give it exactly these permissions."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)
        input = AppInput(required=True)

    app = graphene.Field(App)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        input: dict[str, Any],  # noqa: A002 - the API's name
    ) -> dict[str, Any]:
        """What is left out stays."""
        app = node(Row.objects.select_for_update(), id)
        if input.get("permissions") is not None:
            app.permissions = within(info, input["permissions"])
        app.name = input.get("name") or app.name
        app.save()
        return {"app": app}


class AppTokenInput(graphene.InputObjectType):
    """A further token for an app."""

    name = graphene.String()
    app = graphene.ID(required=True)


class AppTokenCreate(Mutation):
    """Make a further token, shown this once."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        input = AppTokenInput(required=True)

    auth_token = graphene.String()
    app_token = graphene.Field(AppToken)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """For an app that has no permission beyond the giver's."""
        app = node(Row.objects.all(), input["app"], "app")
        if not info.context.permissions.issuperset(app.permissions):
            raise refuse("OUT_OF_SCOPE_APP", "You can't manage this app.", "app")
        token = issue_token(app, input.get("name") or "")
        return {"auth_token": token, "app_token": app.tokens.latest("pk")}


class CreateToken(Mutation):
    """Sign a member of staff in."""

    class Meta:
        errors = error_type("AccountError", "INVALID_CREDENTIALS INVALID REQUIRED NOT_FOUND INACTIVE")

    class Arguments:
        email = graphene.String(required=True)
        password = graphene.String(required=True)

    token = graphene.String()

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, email: str, password: str) -> dict[str, Any]:
        """This server has no accounts, so nobody's credentials are right."""
        raise refuse("INVALID_CREDENTIALS", "Please, enter valid credentials", "email")


class AppFilterInput(graphene.InputObjectType):
    """Which apps."""

    search = graphene.String()
    is_active = graphene.Boolean()


AppCountableConnection = connection(App)


class AppsQueries:
    """All apps, for those who manage them."""

    apps = paged(AppCountableConnection, filter=AppFilterInput())

    @staticmethod
    def resolve_apps(
        _root: None,
        info: graphene.ResolveInfo,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the API's name
        **paging: Any,
    ) -> Page:
        """In the order in which they were made."""
        require(info, "MANAGE_APPS")
        rows: QuerySet[Row] = Row.objects.all()
        if text := (filter or {}).get("search"):
            rows = rows.filter(name__icontains=text)
        if (active := (filter or {}).get("is_active")) is not None:
            rows = rows.filter(is_active=active)
        return page(rows, info, order=["pk"], **paging)
