"""Runs of the sync, and what a run still has to write."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.certificates.models import Source


class RunState(models.TextChoices):
    """Where a run stands. `WAITING`: stopped by the guard, nothing written, waits for an officer."""

    STAGING = "staging", "Đang đọc"
    APPLYING = "applying", "Đang ghi"
    DONE = "done", "Xong"
    WAITING = "waiting", "Chờ cán bộ xác nhận"
    FAILED = "failed", "Không dùng được nguồn"
    ABANDONED = "abandoned", "Bị ngắt, đã thay bằng lần chạy khác"


ACTIVE = (RunState.STAGING, RunState.APPLYING)


class Run(models.Model):
    """One run over one source; at most one is at work on a source, under a lease.

    `as_of` is the day it judged by (Asia/Ho_Chi_Minh); `feed_as_of` and `etag` are what a feed said of itself.
    `counts`: read, listed, lapsed, held, ignored, withdrawn, applied. `guarded`, of a run that waits: `delists` and
    `listed` (how many of how many would go), `codes` (the first of those products, by name).
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.STAGING)
    origin = models.CharField(max_length=300)  # the file's name or the feed's address
    digest = models.CharField(max_length=64)
    as_of = models.DateField()
    is_delta = models.BooleanField(default=False)
    feed_as_of = models.DateField(null=True)
    etag = models.CharField(max_length=200, blank=True, default="")
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)  # sentences about the file, for the officer
    problem = models.CharField(max_length=500, blank=True, default="")
    guarded = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    lease_owner = models.CharField(max_length=100, blank=True, default="")
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=Q(state__in=ACTIVE), name="one_active_run_a_source")
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.origin} ({self.get_state_display()})"


class Release(models.Model):
    """An officer lets the content of a guarded run pass, once: `used_by` is the run that did."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="release")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True)
    used_by = models.OneToOneField(Run, null=True, on_delete=models.PROTECT, related_name="passed_by")

    def __str__(self) -> str:
        return f"{self.run_id}: {self.why}"


class StagedRecord(models.Model):
    """A change that a run has still to write; deleted in the transaction that writes it. Delistings stand first."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="staged", db_index=False)
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    withdraw = models.BooleanField(default=False)
    payload = models.TextField(blank=True, default="")  # the record to write, as JSON

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="staged_position")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.position}"
