"""What Saleor was last told about each product."""

from django.db import models


class Publication(models.Model):
    """One product that Saleor was told of, or may have been.

    Written ahead: the row says what may be true before a request leaves, and what is true after its answer, so that
    a publisher that was killed leaves nothing behind that its successor does not look at.
    """

    code = models.CharField(max_length=7, unique=True)
    saleor_id = models.CharField(max_length=60, blank=True)  # a cache, never a key; empty: made or not, nobody knows
    content_hash = models.CharField(max_length=64, blank=True)  # empty: what Saleor holds is not known
    is_published = models.BooleanField(default=False)  # it is, or may be
    unheard_since = models.DateTimeField(null=True)  # a request about it left then; nobody has heard its answer
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.code
