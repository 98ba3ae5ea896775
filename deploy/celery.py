"""The Celery application. A message only wakes somebody up; the work lies in outbox and inbox rows."""

import os
from collections.abc import Callable
from pathlib import Path

import django
from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready
from django.conf import settings
from kombu import Exchange, Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog.outbox.services import on_wake  # noqa: E402 - its models are ready only now
from deploy.heartbeat import WorkerHeartbeat  # noqa: E402

app = Celery("chosao")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks([
    "catalog.agreements", "catalog.health", "catalog.reminders", "catalog.reports", "catalog.saleor",
    "catalog.warnings", "ocop_sync", "ocop_sync.configured", "ocop_sync.publish", "storefront.orders",
])  # fmt: skip
# RabbitMQ takes a message back that is not acknowledged within half an hour; a sync may take longer, up to its limit.
app.conf.task_queues = [
    Queue("sync", Exchange("sync"), routing_key="sync", queue_arguments={"x-consumer-timeout": 4 * 3600 * 1000})
]
app.conf.beat_schedule = {
    "look": {"task": "catalog.health.look", "schedule": 10.0, "options": {"expires": 10}},
    "publish": {"task": "ocop_sync.publish.publish_due", "schedule": 10.0},
    "inbox": {"task": "catalog.saleor.work_inbox", "schedule": 5.0},
    "sync": {"task": "ocop_sync.sync_due", "schedule": crontab(), "options": {"expires": 60}},
    "midnight": {"task": "ocop_sync.sweep", "schedule": crontab(hour="0", minute="0")},
    "sweep": {"task": "ocop_sync.sweep", "schedule": crontab(minute="1,16,31,46")},
    "send-warnings": {"task": "catalog.warnings.send", "schedule": 60.0, "options": {"expires": 60}},
    "work-reminders": {"task": "catalog.reminders.work", "schedule": 60.0, "options": {"expires": 60}},
    "ask-for-agreements": {"task": "catalog.agreements.ask", "schedule": crontab(hour="7-20", minute="7")},
    "send-agreements": {"task": "catalog.agreements.send", "schedule": 60.0, "options": {"expires": 60}},
    "tidy-reports": {"task": "catalog.reports.tidy", "schedule": crontab(minute="41")},
    "reconcile-publications": {"task": "ocop_sync.publish.reconcile", "schedule": crontab(minute="23")},
    "reconcile-offers": {"task": "catalog.saleor.reconcile_offers", "schedule": 300.0},
    "reconcile-orders": {"task": "storefront.orders.reconcile", "schedule": 120.0},
}
app.steps["worker"].add(WorkerHeartbeat)


@worker_ready.connect  # type: ignore[untyped-decorator]
def _sweep_at_start(**_: object) -> None:
    """A shop that slept over midnight catches up before anybody asks; a repeat announces nothing."""
    app.send_task("ocop_sync.sweep", retry=False)


WAKES = {
    "publish": "ocop_sync.publish.publish_due",
    "inbox": "catalog.saleor.work_inbox",
    "warnings": "catalog.warnings.send",
    "agreements": "catalog.agreements.send",
    "reminders": "catalog.reminders.work",
    "sync": "ocop_sync.sync_due",
}

if settings.CELERY_BROKER_URL == "filesystem://":
    for key in ("data_folder_in", "data_folder_out", "control_folder"):
        Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[key]).mkdir(parents=True, exist_ok=True)


def _waker(task: str) -> Callable[[], None]:
    def wake() -> None:
        app.send_task(task, expires=60, retry=False)

    return wake


for topic, name in WAKES.items():
    on_wake(topic, _waker(name))
