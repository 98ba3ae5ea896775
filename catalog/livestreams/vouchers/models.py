"""One voucher a session."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from catalog.livestreams.models import Livestream

CODE_LENGTH = 6
HIGHEST = 50  # percent; Nghị định 81/2018/NĐ-CP, article 7
MOST_PIECES = 50
LONGEST_GRACE = 24 * 60  # minutes


class LivestreamVoucher(models.Model):
    """`percent` off a piece, for at most `most` pieces a basket, from the start until `grace` minutes after the end.

    `code` is six digits: said on air, typed on any keyboard; letters are changed by Vietnamese input methods.
    """

    livestream = models.OneToOneField(Livestream, on_delete=models.PROTECT, related_name="voucher")
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    percent = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    grace = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=HIGHEST)
                & Q(most__gte=1, most__lte=MOST_PIECES)
                & Q(grace__gte=0, grace__lte=LONGEST_GRACE),
                name="livestream_voucher_limits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.percent} %"

    @property
    def spoken(self) -> str:
        """As it is written for people: "482 913"."""
        return f"{self.code[:3]} {self.code[3:]}"

    @property
    def until(self) -> datetime:
        """When it ends, as long as nobody prolongs or ends the session."""
        return self.livestream.over_at + timedelta(minutes=self.grace)

    def reduced(self, price: int) -> int:
        """A price in đồng with the voucher, in whole đồng: never more off than `percent`."""
        return -(-price * (100 - self.percent) // 100)
