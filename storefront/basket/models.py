"""Baskets and their lines."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

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
