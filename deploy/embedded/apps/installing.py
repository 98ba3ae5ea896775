"""Installing apps from their manifests, behind the request that asked for it, as Saleor does.

Fetch the manifest, make the app and its webhooks, post the token to the app; an app that does not take it is removed
again, and the installation says why.
"""

import json
import logging
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from deploy.embedded.apps.manifests import TIMEOUT, Manifest, fetch, read
from deploy.embedded.apps.models import App, AppInstallation
from deploy.embedded.apps.services import issue_token
from deploy.embedded.core.errors import Refused
from deploy.embedded.webhooks.models import Webhook
from deploy.embedded.webhooks.queries import read_query

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
NO_CONNECTION = "Failed to connect to app. Try later or contact with app support."
UNKNOWN = "Unknown error. Contact with app support."


def install_pending() -> int:
    """Carry out what was asked for, one after the other. Returns how many, successful or not."""
    count = 0
    while job := _take():
        try:
            _install(job)
        except _Failed as failed:
            _give_up(job, str(failed))
        except Exception:
            log.exception("The installation of %s failed unexpectedly", job.app_name)
            _give_up(job, UNKNOWN)
        else:
            job.delete()
        count += 1
    return count


class _Failed(Exception):
    """The sentence that the installation then shows."""


def _give_up(job: AppInstallation, why: str) -> None:
    _undo(job)
    AppInstallation.objects.filter(pk=job.pk).update(
        status="FAILED", message=why[:255], updated_at=timezone.now(), leased_until=None
    )


def _take() -> AppInstallation | None:
    now = timezone.now()
    due = AppInstallation.objects.filter(Q(leased_until=None) | Q(leased_until__lt=now), status="PENDING")
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job:
            job.leased_until = now + LEASE
            job.save(update_fields=["leased_until"])
    return job


def _install(job: AppInstallation) -> None:
    _undo(job)
    try:
        manifest = read(fetch(job.manifest_url, tries=3), job.permissions, strictly=True)
    except Refused as refused:
        raise _Failed(", ".join(f"{one.field}: {[one.message]}" for one in refused.problems)) from refused
    except httpx.HTTPStatusError as error:
        raise _Failed(_internal(error.response)) from error
    except httpx.HTTPError as error:
        raise _Failed(NO_CONNECTION) from error
    except ValueError as error:
        raise _Failed(UNKNOWN) from error
    with transaction.atomic():
        token = _make(job, manifest)
    if manifest.token_target_url:
        _hand_over(manifest.token_target_url, token)


def _make(job: AppInstallation, manifest: Manifest) -> str:
    texts = {
        name: getattr(manifest, name) or ""
        for name in ("author", "app_url", "homepage_url", "support_url", "data_privacy_url", "version")
    }
    app = App.objects.create(
        name=job.app_name, identifier=manifest.id, is_active=job.activate, permissions=job.permissions,
        about_app=manifest.about or "", manifest_url=job.manifest_url, **texts,
    )  # fmt: skip
    for hook in manifest.webhooks:
        Webhook.objects.create(
            app=app, name=hook.name, identifier=hook.identifier or "", target_url=hook.target_url,
            is_active=hook.is_active, subscription_query=hook.query, custom_headers=hook.custom_headers,
            events=hook.async_events or read_query(hook.query),
        )  # fmt: skip
    job.app = app
    job.save(update_fields=["app"])
    return issue_token(app, "Default token")


def _hand_over(url: str, token: str) -> None:
    host = urlsplit(settings.PUBLIC_URL).netloc
    headers = {
        "Content-Type": "application/json",
        "X-Saleor-Domain": host,
        "Saleor-Domain": host,
        "Saleor-Api-Url": f"{settings.PUBLIC_URL}/graphql/",
        "Saleor-Schema-Version": settings.VERSION[:4],
    }
    try:
        answer = httpx.post(url, content=json.dumps({"auth_token": token}), headers=headers, timeout=TIMEOUT)
    except httpx.HTTPError as error:
        raise _Failed(NO_CONNECTION) from error
    if not answer.is_success:
        try:
            message = str(answer.json()["error"]["message"])
        except (ValueError, KeyError, TypeError):
            message = _internal(answer)
        raise _Failed(message)


def _internal(answer: httpx.Response) -> str:
    return f"App internal error ({answer.status_code}). Try later or contact with app support."


def _undo(job: AppInstallation) -> None:
    """Remove what this attempt, or one that was killed, has made."""
    if job.app:
        job.app.delete()
        job.app = None
