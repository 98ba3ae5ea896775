"""Which producer was asked for its agreement to what, in a notice a day, with a letter for each member."""

from django.conf import settings
from django.db import models

from catalog.combos.models import Combo
from catalog.mail.models import QueuedLetter
from catalog.producers.models import Producer


class AgreementNotice(models.Model):
    """What was new for one producer on a day (Asia/Ho_Chi_Minh): one at most."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="+", db_index=False)
    made_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["producer", "made_on"], name="agreement_notice_once_a_day")]

    def __str__(self) -> str:
        return f"{self.producer_id} ({self.made_on:%d/%m/%Y})"


class AgreementRequest(models.Model):
    """A combo that this producer was asked about, `state` as `services.wanted` has it; each state once."""

    notice = models.ForeignKey(AgreementNotice, on_delete=models.CASCADE, related_name="requests")
    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="+", db_index=False)
    combo = models.ForeignKey(Combo, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["producer", "combo", "state"], name="agreement_request_once"),
        ]

    def __str__(self) -> str:
        return f"{self.producer_id}: {self.combo_id} ({self.state})"


class AgreementLetter(QueuedLetter):
    """A notice to one member's mail address, which is read only when it is sent."""

    notice = models.ForeignKey(AgreementNotice, on_delete=models.CASCADE, related_name="letters", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="agreement_letter_once")]
        indexes = [models.Index(fields=["state", "available_at"], name="agreement_letter_due")]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.user_id}: {self.state}"
