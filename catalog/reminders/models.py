"""Who wants to be reminded of which session, and the letters about it."""

from django.db import models

from catalog.livestreams.models import Livestream
from catalog.mail.models import QueuedLetter


class Language(models.TextChoices):
    """Of the page on which the reminder was asked for."""

    VI = "vi", "Tiếng Việt"
    EN = "en", "English"


class Reminder(models.Model):
    """One mail address for one session; deleted with its letters soon after the session (Luật 91/2025/QH15).

    Only the sender reads `address`. `consent_version`: of the text that was agreed to. What was told so far:
    `told_starts_at` (the start that this person knows), `reminded_of` (the start that a reminder was made for),
    `told_off` (that it does not take place).
    """

    livestream = models.ForeignKey(Livestream, on_delete=models.CASCADE, related_name="reminders", db_index=False)
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=Language.choices)
    consent_version = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_starts_at = models.DateTimeField()
    reminded_of = models.DateTimeField(null=True)
    told_off = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["livestream", "address"], name="reminder_once")]
        indexes = [models.Index(fields=["address"], name="reminder_address", condition=models.Q(confirmed_at=None))]

    def __str__(self) -> str:
        return f"{self.livestream_id}.{self.pk}"


class Purpose(models.TextChoices):
    """What a letter is for."""

    CONFIRM = "confirm", "Xin xác nhận"
    REMIND = "remind", "Nhắc giờ phát"
    MOVED = "moved", "Đổi giờ"
    OFF = "off", "Không diễn ra"


class ReminderLetter(QueuedLetter):
    """One of each purpose for a version of the session; `starts_at`: the start that was known when it was made.

    `was`: the start that the reader knew before.
    """

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="letters", db_index=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    version = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    was = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reminder", "purpose", "version"], name="reminder_letter_once")]
        indexes = [models.Index(fields=["state", "available_at"], name="reminder_letter_due")]

    def __str__(self) -> str:
        return f"{self.reminder_id}: {self.purpose} ({self.state})"
