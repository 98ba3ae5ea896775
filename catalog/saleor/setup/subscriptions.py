"""Our webhook: which changes Saleor tells us of, and where."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from catalog.saleor.client import Saleor
from catalog.saleor.generated.enums import WebhookEventTypeAsyncEnum
from catalog.saleor.generated.input_types import WebhookCreateInput, WebhookUpdateInput
from catalog.saleor.setup.changes import Change

NAME = "Chợ Sao"
QUERY = (Path(__file__).parent.parent / "webhooks" / "subscription.graphql").read_text(encoding="utf-8")
EVENTS = [
    WebhookEventTypeAsyncEnum(re.sub(r"(?<!^)(?=[A-Z])", "_", event).upper())
    for event in re.findall(r"\.\.\. on (\w+)", QUERY)
]


def plan_webhook(api: Saleor, target_url: str) -> Iterator[Change]:
    """Our app's webhook, at `target_url`, with today's subscription query. Needs the app's own token."""
    app = api.our_app().app
    known = next((hook for hook in (app.webhooks or ()) if hook.name == NAME), None) if app else None
    if known is None:
        facts = WebhookCreateInput(name=NAME, targetUrl=target_url, asyncEvents=EVENTS, query=QUERY, isActive=True)
        yield Change("webhook", partial(api.create_webhook, input=facts))
        return
    wanted = {"target": target_url, "events": set(EVENTS), "query": QUERY, "active": True}
    events = {event.event_type for event in known.async_events}
    now = {"target": known.target_url, "events": events, "query": known.subscription_query, "active": known.is_active}
    if wrong := [name for name, value in wanted.items() if now[name] != value]:
        change = WebhookUpdateInput(targetUrl=target_url, asyncEvents=EVENTS, query=QUERY, isActive=True)
        yield Change("webhook", partial(api.update_webhook, id=known.id, input=change), tuple(wrong))
