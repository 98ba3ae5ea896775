"""Our projection of Saleor's orders. Saleor owns lines and totals; hand-over and the certificates are ours."""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import models

from catalog import clock
from catalog.certificates.models import Recognition
from catalog.combos.models import Combo, Packaging
from catalog.offers.models import Offer
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.salepoints.models import SalePoint, Warehouse


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


def new_box_code() -> str:
    """What stands on a box: it tells nothing and cannot be guessed."""
    return secrets.token_urlsafe(12)


class Order(models.Model):
    """One order. Amounts are whole đồng; `address` is what the buyer typed, with codes and names of its places.

    A gift that is sent to somebody else names `recipient_name` and `recipient_phone`, and is paid before it is packed.
    `message` stands on the card; `wanted_on` is the day on which it is wanted, Asia/Ho_Chi_Minh.
    """

    saleor_id = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=14, choices=State.choices, default=State.PLACED)
    method = models.CharField(max_length=10, choices=Method.choices)
    sale_point = models.ForeignKey(SalePoint, null=True, on_delete=models.PROTECT, related_name="orders")

    buyer_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=12)  # +84 and nine digits
    email = models.EmailField(blank=True, default="")
    address = models.JSONField(default=dict)
    recipient_name = models.CharField(max_length=100, blank=True, default="")
    recipient_phone = models.CharField(max_length=12, blank=True, default="")
    message = models.CharField(max_length=300, blank=True, default="")
    wanted_on = models.DateField(null=True)
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

    @property
    def receiver(self) -> tuple[str, str]:
        """Who is at the door: name and number."""
        return (self.recipient_name or self.buyer_name, self.recipient_phone or self.phone)

    @property
    def is_owed(self) -> bool:
        """A gift for somebody else that its buyer has still to pay: nobody packs or sends any of it."""
        return bool(self.recipient_name) and not self.is_paid

    @property
    def pay_by(self) -> date | None:
        """The last day on which such a gift is paid, Asia/Ho_Chi_Minh; None where nothing is owed before packing.

        Three days after the order, and the day before it is wanted; never before the day of the order itself.
        """
        if not self.is_owed:
            return None
        placed = self.placed_at.astimezone(clock.TIME_ZONE).date()
        last = placed + PAID_WITHIN
        return max(placed, min(last, self.wanted_on - timedelta(days=1))) if self.wanted_on else last

    @property
    def has_lapsed(self) -> bool:
        """Cancelled, and not paid by that day."""
        if self.state not in (State.CANCELLING, State.CANCELLED) or self.pay_by is None:
            return False
        ended = self.cancelled_at.astimezone(clock.TIME_ZONE).date() if self.cancelled_at else clock.today()
        return ended > self.pay_by


PAID_WITHIN = timedelta(days=3)  # a gift for somebody else holds its goods no longer than this without money
OPEN_STATES = (State.PLACED, State.READY)


class OrderBox(models.Model):
    """Equal gift boxes of an order, packed by one sale point; its goods are the lines that point to it.

    `saleor_id` is the packaging's line; `packaging_price` đồng a box. `code` opens its public page. `best_before`:
    the earliest of its parts', as read from the packages by who packed it. `sent_at` and `delivered_at`: of a delivery.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="boxes")
    saleor_id = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=16, unique=True, default=new_box_code)
    combo = models.ForeignKey(Combo, null=True, on_delete=models.PROTECT, related_name="+")
    packaging = models.ForeignKey(Packaging, on_delete=models.PROTECT, related_name="+")
    sale_point = models.ForeignKey(SalePoint, on_delete=models.PROTECT, related_name="boxes")
    title = models.CharField(max_length=120)
    packaging_name = models.CharField(max_length=120)
    packaging_price = models.PositiveIntegerField()
    quantity = models.PositiveSmallIntegerField()
    best_before = models.DateField(null=True)
    packed_at = models.DateTimeField(null=True)
    packed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class OrderLine(models.Model):
    """Pieces bought, with the certificate of that day: its later expiry is honoured, its revocation is not.

    `stopped` is why the line may not be handed over or sent (revoked, suspended, policy), or empty. `box`: the boxes
    that it goes into, which its producer does not send to the buyer but to the point that packs them. `shelf`: the
    warehouse that Saleor allotted. `best_before`: the earliest, read from the packages.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    box = models.ForeignKey(OrderBox, null=True, on_delete=models.CASCADE, related_name="lines")
    shelf = models.ForeignKey(Warehouse, null=True, on_delete=models.SET_NULL, related_name="+")
    best_before = models.DateField(null=True)
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
