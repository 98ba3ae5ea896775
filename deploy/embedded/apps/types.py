"""Apps in the schema."""

from typing import Any

import graphene
from django.db.models import QuerySet

from deploy.embedded.apps.models import App as Row
from deploy.embedded.apps.models import AppToken as TokenRow
from deploy.embedded.apps.permissions import PERMISSIONS
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import enum
from deploy.embedded.core.errors import PermissionDenied, refuse
from deploy.embedded.core.ids import find, node
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import ModelObject, Node, NonNullList

PermissionEnum = enum("PermissionEnum", PERMISSIONS)
AppTypeEnum = enum("AppTypeEnum", "LOCAL THIRDPARTY")


class Permission(graphene.ObjectType):
    """Something an app may do."""

    code = PermissionEnum(required=True)
    name = graphene.String(required=True)

    @classmethod
    def all_of(cls, codes: list[str]) -> list[dict[str, str]]:
        """These permissions, with a name for people."""
        return [{"code": code, "name": code.replace("_", " ").capitalize() + "."} for code in codes]


class AppToken(ModelObject):
    """A token, of which only the end is known."""

    class Meta:
        model = TokenRow
        interfaces = (Node,)

    name = graphene.String()
    auth_token = graphene.String()

    @staticmethod
    def resolve_auth_token(root: TokenRow, _info: graphene.ResolveInfo) -> str:
        """Its last four characters."""
        return root.last_four


def _webhook() -> Any:
    from deploy.embedded.webhooks.types import Webhook  # noqa: PLC0415 - the two types name each other

    return Webhook


class App(MetadataFields, ModelObject):
    """A client program."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    identifier = graphene.String()
    permissions = NonNullList(Permission)
    created = graphene.DateTime()
    is_active = graphene.Boolean()
    name = graphene.String()
    type = AppTypeEnum()
    version = graphene.String()
    author = graphene.String()
    about_app = graphene.String()
    app_url = graphene.String()
    manifest_url = graphene.String()
    homepage_url = graphene.String()
    support_url = graphene.String()
    data_privacy_url = graphene.String()
    tokens = NonNullList(AppToken)
    webhooks = NonNullList(_webhook)

    @staticmethod
    def resolve_permissions(root: Row, _info: graphene.ResolveInfo) -> list[dict[str, str]]:
        """What it may do."""
        return Permission.all_of(root.permissions)

    @staticmethod
    def resolve_type(root: Row, _info: graphene.ResolveInfo) -> str:
        """Made here, or installed from a manifest."""
        return "THIRDPARTY" if root.manifest_url else "LOCAL"

    @staticmethod
    def resolve_tokens(root: Row, info: graphene.ResolveInfo) -> QuerySet[TokenRow]:
        """Its tokens, for those who manage apps."""
        require(info, "MANAGE_APPS")
        return root.tokens.all()

    @staticmethod
    def resolve_webhooks(root: Row, info: graphene.ResolveInfo) -> QuerySet[Any]:
        """Its webhooks, for itself or those who manage apps."""
        if info.context.app != root:
            require(info, "MANAGE_APPS")
        return root.webhooks.all()


AppError = error_type(
    "AppError",
    "FORBIDDEN GRAPHQL_ERROR INVALID INVALID_STATUS INVALID_PERMISSION INVALID_URL_FORMAT INVALID_MANIFEST_FORMAT "
    "INVALID_CUSTOM_HEADERS DUPLICATED_EXTENSION_IDENTIFIER DUPLICATED_WEBHOOK_IDENTIFIER MANIFEST_URL_CANT_CONNECT "
    "NOT_FOUND REQUIRED UNIQUE OUT_OF_SCOPE_APP OUT_OF_SCOPE_PERMISSION UNSUPPORTED_SALEOR_VERSION",
    permissions=NonNullList(PermissionEnum),
)


class AppInput(graphene.InputObjectType):
    """A new app."""

    name = graphene.String()
    identifier = graphene.String()
    permissions = NonNullList(PermissionEnum)


def within(info: graphene.ResolveInfo, given: list[Any] | None) -> list[str]:
    """The permissions asked for; refused where the caller does not have them itself."""
    permissions = [str(code) for code in given or []]
    if beyond := [code for code in permissions if code not in info.context.permissions]:
        message = "You can't add permission that you don't have."
        raise refuse("OUT_OF_SCOPE_PERMISSION", message, "permissions", permissions=beyond)
    return permissions


class _Switch(Mutation):
    """Start or stop an app."""

    class Meta:
        abstract = True

    active = True

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, id: str) -> dict[str, Any]:  # noqa: A002 - the API's name
        """A stopped app's token makes a visitor of its bearer."""
        app = node(Row.objects.all(), id)
        app.is_active = cls.active
        app.save()
        return {"app": app}


class AppActivate(_Switch):
    """Start an app."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app = graphene.Field(App)


class AppDeactivate(_Switch):
    """Stop an app."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app = graphene.Field(App)
    active = False


class AppDelete(Mutation):
    """Remove an app: its tokens open nothing any more, its webhooks hear nothing any more."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app = graphene.Field(App)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, id: str) -> dict[str, Any]:  # noqa: A002 - the API's name
        """The removed app is shown once more. An app that may more than the caller stays."""
        app = node(Row.objects.all(), id)
        if not info.context.permissions.issuperset(app.permissions):
            raise refuse("OUT_OF_SCOPE_APP", "You can't delete this app.", "id")
        key = app.pk
        app.delete()
        app.pk, app.is_active = key, False
        return {"app": app}


class AppQueries:
    """Root fields about apps."""

    app = graphene.Field(App, id=graphene.ID())

    @staticmethod
    def resolve_app(
        _root: None,
        info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
    ) -> Row | None:
        """The caller's own app, or one by id for those who manage apps; a visitor is refused."""
        if info.context.app is None:
            raise PermissionDenied(["AUTHENTICATED_STAFF_USER", "AUTHENTICATED_APP"])
        if id is None:
            return info.context.app
        found = find(Row.objects.all(), id)
        if found != info.context.app:
            require(info, "MANAGE_APPS")
        return found
