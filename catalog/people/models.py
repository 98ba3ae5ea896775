"""People and their roles: buyer (any account), producer's member, sale point's staff, officer."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from catalog.producers.models import Producer
from catalog.salepoints.models import SalePoint


class User(AbstractUser):
    """An account. Every account can buy; the other roles are memberships, given by an officer."""

    full_name = models.CharField(max_length=150, blank=True, default="")
    is_officer = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.full_name or self.username


class ProducerMember(models.Model):
    """May manage the producer's listings, and no other's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="producer_memberships")
    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="members")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "producer"], name="producer_member_once")]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.producer_id}"


class SalePointStaff(models.Model):
    """May work the sale point's orders, and no other's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sale_point_posts")
    sale_point = models.ForeignKey(SalePoint, on_delete=models.CASCADE, related_name="staff")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "sale_point"], name="sale_point_staff_once")]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.sale_point_id}"
