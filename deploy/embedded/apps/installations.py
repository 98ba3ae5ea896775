"""Installing apps from manifests in the schema. There are no people here: an app that manages apps stands for staff."""

from typing import Any

import graphene
import httpx
from django.db.models import QuerySet

from deploy.embedded.apps.manifests import Manifest as Read
from deploy.embedded.apps.manifests import ManifestWebhook, fetch, reachable, read
from deploy.embedded.apps.models import AppInstallation as Row
from deploy.embedded.apps.types import AppError, Permission, PermissionEnum, within
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import enum
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import node
from deploy.embedded.core.mutation import Mutation
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.webhooks.types import WebhookEventTypeAsyncEnum

JobStatusEnum = enum("JobStatusEnum", "PENDING SUCCESS FAILED DELETED")


class AppManifestWebhook(graphene.ObjectType):
    """A webhook that the app brings along."""

    name = graphene.String(required=True)
    async_events = NonNullList(WebhookEventTypeAsyncEnum)
    query = graphene.String(required=True)
    target_url = graphene.String(required=True)


class AppManifestRequiredSaleorVersion(graphene.ObjectType):
    """The versions that the app works with, and whether this is one of them."""

    constraint = graphene.String(required=True)
    satisfied = graphene.Boolean(required=True)


class Manifest(graphene.ObjectType):
    """What an app says of itself."""

    identifier = graphene.String(required=True)
    version = graphene.String(required=True)
    name = graphene.String(required=True)
    about = graphene.String()
    permissions = NonNullList(Permission)
    app_url = graphene.String()
    token_target_url = graphene.String()
    data_privacy_url = graphene.String()
    homepage_url = graphene.String()
    support_url = graphene.String()
    webhooks = graphene.Field(graphene.NonNull(NonNullList(AppManifestWebhook)))
    required_saleor_version = graphene.Field(AppManifestRequiredSaleorVersion)
    author = graphene.String()

    @staticmethod
    def resolve_identifier(root: Read, _info: graphene.ResolveInfo) -> str:
        """Its `id`."""
        return root.id

    @staticmethod
    def resolve_permissions(root: Read, _info: graphene.ResolveInfo) -> list[dict[str, str]]:
        """What it wants to be allowed."""
        return Permission.all_of(root.permissions)

    @staticmethod
    def resolve_webhooks(root: Read, _info: graphene.ResolveInfo) -> list[ManifestWebhook]:
        """What it wants to hear of."""
        return root.webhooks

    @staticmethod
    def resolve_required_saleor_version(root: Read, _info: graphene.ResolveInfo) -> dict[str, Any] | None:
        """Its condition, if it has one."""
        condition = root.required_saleor_version
        return {"constraint": condition, "satisfied": root.suits} if condition else None


class AppInstallation(ModelObject):
    """An installation under way, or one that failed."""

    class Meta:
        model = Row
        interfaces = (Node,)

    status = JobStatusEnum(required=True)
    created_at = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    message = graphene.String()
    app_name = graphene.String(required=True)
    manifest_url = graphene.String(required=True)


class AppFetchManifest(Mutation):
    """Look at a manifest before it is installed."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        manifest_url = graphene.String(required=True)

    manifest = graphene.Field(Manifest)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, manifest_url: str) -> dict[str, Any]:
        """Nothing is kept."""
        try:
            given = fetch(reachable(manifest_url))
        except httpx.TimeoutException as error:
            message = "The request to fetch manifest data timed out."
            raise refuse("MANIFEST_URL_CANT_CONNECT", message, "manifestUrl") from error
        except httpx.HTTPStatusError as error:
            raise refuse("MANIFEST_URL_CANT_CONNECT", "Unable to fetch manifest data.", "manifestUrl") from error
        except httpx.HTTPError as error:
            raise refuse("INVALID", "Can't fetch manifest data. Please try later.", "manifestUrl") from error
        except ValueError as error:
            raise refuse("INVALID_MANIFEST_FORMAT", "Incorrect structure of manifest.", "manifestUrl") from error
        return {"manifest": read(given)}


class AppInstallInput(graphene.InputObjectType):
    """What to install, and what it will be allowed, whatever its manifest asks for."""

    app_name = graphene.String(required=True)
    manifest_url = graphene.String(required=True)
    activate_after_installation = graphene.Boolean(default_value=True)
    permissions = NonNullList(PermissionEnum)


class AppInstall(Mutation):
    """Ask for an installation; it is carried out behind the request."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        input = AppInstallInput(required=True)

    app_installation = graphene.Field(AppInstallation)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """The manifest is only fetched later."""
        job = Row.objects.create(
            app_name=input["app_name"],
            manifest_url=reachable(input["manifest_url"]),
            permissions=within(info, input.get("permissions")),
            activate=input["activate_after_installation"],
        )
        return {"app_installation": job}


def _failed(key: str, doing: str) -> Row:
    job = node(Row.objects.all(), key)
    if job.status != "FAILED":
        raise refuse("INVALID_STATUS", f"Cannot {doing} installation with different status than failed.", "id")
    return job


class AppRetryInstall(Mutation):
    """Try a failed installation once more."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        activate_after_installation = graphene.Boolean(default_value=True)
        id = graphene.ID(required=True)

    app_installation = graphene.Field(AppInstallation)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        activate_after_installation: bool,
    ) -> dict[str, Any]:
        """It is pending again."""
        job = _failed(id, "retry")
        job.status, job.activate = "PENDING", activate_after_installation
        job.save()
        return {"app_installation": job}


class AppDeleteFailedInstallation(Mutation):
    """Forget a failed installation."""

    class Meta:
        errors = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app_installation = graphene.Field(AppInstallation)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, id: str) -> dict[str, Any]:  # noqa: A002 - the API's name
        """The removed one is shown once more."""
        job = _failed(id, "delete")
        key = job.pk
        job.delete()
        job.pk = key
        return {"app_installation": job}


class InstallationQueries:
    """Root fields about installations."""

    apps_installations = graphene.Field(graphene.NonNull(NonNullList(AppInstallation)))

    @staticmethod
    def resolve_apps_installations(_root: None, info: graphene.ResolveInfo) -> QuerySet[Row]:
        """Those under way and those that failed."""
        require(info, "MANAGE_APPS")
        return Row.objects.all()
