"""A letter that waits to be sent, whatever it is about."""

from django.db import models

from catalog.outbox.models import Leased


class LetterState(models.TextChoices):
    """What became of a letter. `MOOT`: before it could go, there was nothing left to tell, or nobody to tell it."""

    WAITING = "waiting", "Đang chờ gửi"
    SENT = "sent", "Đã gửi thư"
    REFUSED = "refused", "Thư bị từ chối"
    MOOT = "moot", "Không còn cần gửi"


class QueuedLetter(Leased):
    """`settled_at`: since when it waits no longer. `last_error`: the mail server's last refusal."""

    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
