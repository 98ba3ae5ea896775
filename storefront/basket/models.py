"""Baskets and their lines."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from catalog.combos.availability import MOST_BOXES
from catalog.combos.models import Combo, Packaging
from catalog.offers.models import Offer

MAX_QUANTITY = 50  # pieces of one offer in one order


class Basket(models.Model):
    """Known by a signed cookie. `revision` grows with every change: an order is made at most once per revision."""

    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.pk}@{self.revision}"


class BasketLine(models.Model):
    """1–50 pieces of one offer. `price_seen`: đồng a piece when the buyer last saw and accepted it."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MAX_QUANTITY)])
    price_seen = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basket", "offer"], name="basket_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=MAX_QUANTITY), name="basket_line_quantity"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.offer_id}"


class BasketBox(models.Model):
    """1–50 equal gift boxes: a combo's, or one of the buyer's own (`combo` None).

    `choice` is {offer reference: pieces in one box}, empty where the combo itself says what is in it; `key` tells two
    choices apart. `price_seen`: đồng a box, packaging included, when the buyer last saw and accepted it.
    """

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="boxes", db_index=False)
    combo = models.ForeignKey(Combo, null=True, on_delete=models.CASCADE, related_name="+")
    packaging = models.ForeignKey(Packaging, on_delete=models.CASCADE, related_name="+")
    choice = models.JSONField(default=dict)
    key = models.CharField(max_length=32)
    quantity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_BOXES)])
    price_seen = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basket", "key"], name="basket_box_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=MOST_BOXES), name="basket_box_quantity"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.combo_id or 'own'}"
