"""What Saleor was last told about each product."""

from django.db import models


class Publication(models.Model):
    """One product in Saleor: its id there (a cache, never a key), the hash of what was sent, is it published."""

    code = models.CharField(max_length=7, unique=True)
    saleor_id = models.CharField(max_length=60)
    content_hash = models.CharField(max_length=64)
    is_published = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.code
