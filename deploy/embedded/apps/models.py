"""Apps: who may use the API beyond what a visitor may."""

from django.db import models

from deploy.embedded.core.models import WithMetadata


class App(WithMetadata):
    """A client program with its permissions."""

    name = models.CharField(max_length=60)
    identifier = models.CharField(max_length=256, blank=True)
    is_active = models.BooleanField(default=True)
    permissions = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)

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
