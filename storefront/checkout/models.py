"""What was tried to turn a basket into an order."""

from django.db import models

from storefront.basket.models import Basket
from storefront.orders.models import Order


class AttemptState(models.TextChoices):
    """`COMPLETING`: Saleor was asked to make the order and may have done so, whatever we heard."""

    OPEN = "open", "Đang chuẩn bị"
    COMPLETING = "completing", "Đang đặt"
    DONE = "done", "Đã đặt"


class CheckoutAttempt(models.Model):
    """One basket revision has one attempt, one Saleor checkout and so at most one order.

    `form`: what the buyer typed, as `storefront.checkout.forms` cleaned it; `lines`: a snapshot of each line with
    the certificate that it is sold under; `boxes`: of each box, by whose key its lines name it. All stay here, for an
    order that is found only afterwards.
    A worker holds the attempt by a lease while it talks to Saleor: no transaction stays open meanwhile.
    """

    basket = models.ForeignKey(Basket, on_delete=models.PROTECT, related_name="attempts")
    revision = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=AttemptState.choices, default=AttemptState.OPEN)
    saleor_checkout_id = models.CharField(max_length=100, blank=True, default="", db_index=True)
    form = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    boxes = models.JSONField(default=list)
    order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="attempt")
    leased_until = models.DateTimeField(null=True)
    lease_owner = models.CharField(max_length=32, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["basket", "revision"], name="attempt_once_per_revision")]

    def __str__(self) -> str:
        return f"{self.basket_id}@{self.revision}: {self.state}"
