"""Who was warned of what: a notice for each producer and sweep, its warnings, and a letter for each member."""

from django.conf import settings
from django.db import models

from catalog.mail.models import QueuedLetter
from catalog.producers.models import Producer
from catalog.products.models import Product


class Notice(models.Model):
    """What one sweep found for one producer. Every letter of a notice lists the same warnings."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="notices")
    made_on = models.DateField()  # the sweep's day in Asia/Ho_Chi_Minh
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.producer_id} ({self.made_on:%d/%m/%Y})"


class ExpiryWarning(models.Model):
    """At most `threshold` days (180, 120 or 30) were left until `last_day`.

    It speaks of the product as long as `last_day` is the product's `listable_until`: a new last day has warnings of
    its own, these are then history.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="warnings")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="warnings")
    last_day = models.DateField()
    threshold = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "last_day", "threshold"], name="expiry_warning_once")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.threshold} ({self.last_day:%d/%m/%Y})"


class Letter(QueuedLetter):
    """A notice to one member's mail address, which is read only when it is sent."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="letter_once")]
        indexes = [models.Index(fields=["state", "available_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.user_id}: {self.state}"
