"""Celery's side of what Saleor tells us."""

from celery import shared_task

from catalog.offers.services import reconcile_offers
from catalog.saleor.client import SaleorUnavailable
from catalog.saleor.webhooks.services import process_inbox, purge_inbox


@shared_task(name="catalog.saleor.work_inbox")  # type: ignore[untyped-decorator, no-untyped-call]
def work_inbox_task() -> None:
    """Work off verified webhooks; what fails comes back by itself."""
    while process_inbox():
        continue


@shared_task(name="catalog.saleor.reconcile_offers")  # type: ignore[untyped-decorator, no-untyped-call]
def reconcile_offers_task() -> None:
    """Find the changes of price and stock that no webhook told of."""
    purge_inbox()
    try:
        reconcile_offers()
    except SaleorUnavailable:
        return
