"""Apps: who may use the API beyond what a visitor may."""

from django.db import models

from deploy.embedded.core.models import WithMetadata


def _text(length: int = 512) -> models.CharField:
    return models.CharField(max_length=length, blank=True, default="")


class App(WithMetadata):
    """A client program with its permissions; one that was installed from a manifest knows where that lies."""

    name = models.CharField(max_length=60)
    identifier = models.CharField(max_length=256, blank=True)
    is_active = models.BooleanField(default=True)
    permissions = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    version = _text(60)
    author = _text(60)
    about_app = models.TextField(blank=True, default="")
    app_url = _text()
    manifest_url = _text()
    homepage_url = _text()
    support_url = _text()
    data_privacy_url = _text()

    def __str__(self) -> str:
        return self.name


class AppToken(models.Model):
    """A bearer token, kept only as its SHA-256 (the token itself is 256 random bits)."""

    app = models.ForeignKey(App, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=128, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    last_four = models.CharField(max_length=4)

    def __str__(self) -> str:
        return f"{self.app}: …{self.last_four}"


class AppInstallation(models.Model):
    """An installation that was asked for, until it has succeeded: then only the app is left.

    `app` is what an attempt has made so far, `leased_until` keeps a second worker away; `status` is PENDING or FAILED.
    """

    app_name = models.CharField(max_length=60)
    manifest_url = models.CharField(max_length=512)
    permissions = models.JSONField(default=list)
    activate = models.BooleanField(default=True)
    status = models.CharField(max_length=10, default="PENDING")
    message = models.CharField(max_length=255, null=True)  # noqa: DJ001 - the API tells null from empty
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    app = models.ForeignKey(App, models.SET_NULL, null=True, related_name="+")
    leased_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.app_name} from {self.manifest_url}"
