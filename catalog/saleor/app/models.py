"""The token that a Saleor gave us, never in the clear."""

from django.db import models


class StoredToken(models.Model):
    """Our app's token for one Saleor. `secret` is a Fernet token: it opens with one of `settings.SALEOR_TOKEN_KEYS`."""

    api_url = models.CharField(max_length=300, unique=True)
    secret = models.TextField()
    app_id = models.CharField(max_length=100)  # Saleor's id of our app
    stored_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.api_url
