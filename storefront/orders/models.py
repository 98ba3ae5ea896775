"""Our projection of Saleor's orders. Saleor owns lines and totals; hand-over and the certificates are ours."""

import secrets

from django.conf import settings
from django.db import models

from catalog.certificates.models import Recognition
from catalog.offers.models import Offer
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.salepoints.models import SalePoint


class State(models.TextChoices):
    """A pickup goes placed, ready, handed over; a delivery placed, sent, handed over (delivered and paid).

    `HANDING_OVER` and `CANCELLING`: decided here and shown so; Saleor is still to be told, and will be.
    """

    PLACED = "placed", "Đã đặt"
    READY = "ready", "Đã soạn xong"
    HANDING_OVER = "handing_over", "Đang ghi nhận giao hàng"
    HANDED_OVER = "handed_over", "Đã nhận hàng"
    SENT = "sent", "Đã gửi"
    CANCELLING = "cancelling", "Đang hủy"
    CANCELLED = "cancelled", "Đã hủy"


class Method(models.TextChoices):
    """How the goods reach the buyer."""

    DELIVERY = "delivery", "Giao tận nơi"
    PICKUP = "pickup", "Nhận tại điểm bán"


def new_nonce() -> str:
    """What a pickup code is derived from, together with the server's secret."""
    return secrets.token_hex(8)


class Order(models.Model):
    """One order. Amounts are whole đồng; `address` is what the buyer typed, with codes and names of its places."""

    saleor_id = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=14, choices=State.choices, default=State.PLACED)
    method = models.CharField(max_length=10, choices=Method.choices)
    sale_point = models.ForeignKey(SalePoint, null=True, on_delete=models.PROTECT, related_name="orders")

    buyer_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=12)  # +84 and nine digits
    email = models.EmailField(blank=True, default="")
    address = models.JSONField(default=dict)
    consent_version = models.CharField(max_length=20)
    consent_at = models.DateTimeField()

    subtotal = models.PositiveBigIntegerField()
    shipping = models.PositiveBigIntegerField()
    total = models.PositiveBigIntegerField()
    is_paid = models.BooleanField(default=False)

    pickup_nonce = models.CharField(max_length=16, default=new_nonce)
    placed_at = models.DateTimeField()
    picked_at = models.DateTimeField(null=True)
    picked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField()  # when this state was asked of Saleor; an answer asked for earlier is stale

    class Meta:
        indexes = [models.Index(fields=["sale_point", "state"], name="order_queue")]
        ordering = ["-placed_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_open(self) -> bool:
        """Still to be handed over or sent."""
        return self.state in OPEN_STATES


OPEN_STATES = (State.PLACED, State.READY)


class OrderLine(models.Model):
    """Pieces bought, with the certificate of that day: its later expiry is honoured, its revocation is not.

    `stopped` is why the line may not be handed over or sent (revoked, suspended, policy), or empty.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    saleor_id = models.CharField(max_length=100, unique=True)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="order_lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="order_lines")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="order_lines")
    name = models.CharField(max_length=300)
    pack = models.CharField(max_length=120)
    quantity = models.PositiveSmallIntegerField()
    unit_price = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    recognition = models.ForeignKey(Recognition, null=True, on_delete=models.SET_NULL, related_name="+")
    star = models.PositiveSmallIntegerField()
    certificate = models.JSONField()  # decision, authority, issued_on, until (ISO days) on the day of the sale
    stopped = models.CharField(max_length=12, blank=True, default="")
    sent_at = models.DateTimeField(null=True)  # by its producer, for delivery
    delivered_at = models.DateTimeField(null=True)  # delivered, and its cash taken

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"
