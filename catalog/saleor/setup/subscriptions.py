"""Our webhook: which changes Saleor tells us of, and where."""

import re
from pathlib import Path

from catalog.saleor.client import Saleor
from catalog.saleor.generated.enums import WebhookEventTypeAsyncEnum
from catalog.saleor.generated.input_types import WebhookCreateInput, WebhookUpdateInput

NAME = "Chợ Sao"
QUERY = (Path(__file__).parent.parent / "webhooks" / "subscription.graphql").read_text(encoding="utf-8")
EVENTS = [
    WebhookEventTypeAsyncEnum(re.sub(r"(?<!^)(?=[A-Z])", "_", event).upper())
    for event in re.findall(r"\.\.\. on (\w+)", QUERY)
]


def ensure_webhook(api: Saleor, target_url: str) -> list[str]:
    """Make our app's webhook, or point it to `target_url` with today's subscription query. Needs the app's token."""
    app = api.our_app().app
    known = next((hook for hook in (app.webhooks or ()) if hook.name == NAME), None) if app else None
    if known is None:
        facts = WebhookCreateInput(name=NAME, targetUrl=target_url, asyncEvents=EVENTS, query=QUERY, isActive=True)
        api.create_webhook(input=facts)
        return ["webhook"]
    events = {event.event_type for event in known.async_events}
    if (known.target_url, known.subscription_query, events, known.is_active) == (target_url, QUERY, set(EVENTS), True):
        return []
    change = WebhookUpdateInput(targetUrl=target_url, asyncEvents=EVENTS, query=QUERY, isActive=True)
    api.update_webhook(id=known.id, input=change)
    return ["webhook settings"]
