"""What a session brought: visits, what went into baskets, what was ordered. Rows of sums and keys, nobody's name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.combos.models import Combo
from catalog.livestreams.models import Livestream
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.offers.models import Offer
from storefront.basket.models import Basket, BasketBox, BasketLine
from storefront.orders.models import OrderLine


class Phase(models.TextChoices):
    """While the session is on, or in the day after it."""

    DURING = "during", _("Trong phiên")
    AFTER = "after", _("Sau phiên")


class LivestreamVisits(models.Model):
    """Visits of one day (Asia/Ho_Chi_Minh): a browser counts once a day and session. Nothing tells whose they were."""

    livestream = models.ForeignKey(Livestream, on_delete=models.CASCADE, related_name="visits", db_index=False)
    day = models.DateField()
    phase = models.CharField(max_length=6, choices=Phase.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["livestream", "day", "phase"], name="livestream_visits_once")]

    def __str__(self) -> str:
        return f"{self.livestream_id}, {self.day}: {self.count}"


class BasketOrigin(models.Model):
    """An offer that a session brought into a basket; `line` while it lies there and no later session claims it."""

    livestream = models.ForeignKey(Livestream, on_delete=models.CASCADE, related_name="basket_origins", db_index=False)
    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    line = models.OneToOneField(BasketLine, null=True, on_delete=models.SET_NULL, related_name="origin")
    phase = models.CharField(max_length=6, choices=Phase.choices)
    put_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["livestream", "basket", "offer"], name="livestream_basket_origin_once")
        ]

    def __str__(self) -> str:
        return f"{self.livestream_id}: {self.basket_id} {self.offer_id}"


class BoxOrigin(models.Model):
    """Boxes of a pinned combo that a session brought into a basket; `box` while they lie there and no later session
    claims them."""

    livestream = models.ForeignKey(Livestream, on_delete=models.CASCADE, related_name="box_origins")
    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="+")
    combo = models.ForeignKey(Combo, on_delete=models.CASCADE, related_name="+")
    box = models.OneToOneField(BasketBox, null=True, on_delete=models.SET_NULL, related_name="origin")
    phase = models.CharField(max_length=6, choices=Phase.choices)
    put_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.livestream_id}: {self.basket_id} {self.combo_id}"


class OrderOrigin(models.Model):
    """The session that an order's line was born from, kept as long as the line.

    `discount`: đồng a piece, that its `voucher` took off.
    """

    order_line = models.OneToOneField(OrderLine, on_delete=models.CASCADE, related_name="origin")
    livestream = models.ForeignKey(Livestream, on_delete=models.PROTECT, related_name="order_origins")
    phase = models.CharField(max_length=6, choices=Phase.choices)
    voucher = models.ForeignKey(LivestreamVoucher, null=True, on_delete=models.PROTECT, related_name="+")
    discount = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.livestream_id}: {self.order_line_id}"


class BasketVoucher(models.Model):
    """A voucher that was entered into a basket. Whether it is in force is asked whenever the basket is seen."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="vouchers", db_index=False)
    voucher = models.ForeignKey(LivestreamVoucher, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["basket", "voucher"], name="basket_voucher_once")]

    def __str__(self) -> str:
        return f"{self.basket_id}: {self.voucher_id}"
