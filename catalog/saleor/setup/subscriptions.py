"""Our webhook: which changes Saleor tells us of, and where."""

from catalog.saleor.client import Saleor
from catalog.saleor.generated.enums import WebhookEventTypeAsyncEnum
from catalog.saleor.generated.fragments import WebhookFields
from catalog.saleor.generated.input_types import WebhookCreateInput, WebhookUpdateInput
from catalog.saleor.webhooks.subscription import EVENTS, NAME, QUERY

_EVENTS = [WebhookEventTypeAsyncEnum(event) for event in EVENTS]


def ensure_webhook(api: Saleor, target_url: str) -> list[str]:
    """Make our app's webhook, or point it to `target_url` with today's subscription query. Needs the app's token.

    One that came with the manifest, or was left over from a set-up that ran beside this one, is known by its name:
    the first is kept and corrected, a second is switched off, so that nothing is told twice.
    """
    app = api.our_app().app
    ours = [hook for hook in (app.webhooks or ()) if hook.name == NAME] if app else []
    if not ours:
        facts = WebhookCreateInput(name=NAME, targetUrl=target_url, asyncEvents=_EVENTS, query=QUERY, isActive=True)
        api.create_webhook(input=facts)
        return ["webhook"]
    changed = [_correct(api, ours[0], target_url), *(_switch_off(api, hook) for hook in ours[1:])]
    return ["webhook settings"] if any(changed) else []


def _correct(api: Saleor, hook: WebhookFields, target_url: str) -> bool:
    events = {event.event_type for event in hook.async_events}
    if (hook.target_url, hook.subscription_query, events, hook.is_active) == (target_url, QUERY, set(_EVENTS), True):
        return False
    change = WebhookUpdateInput(targetUrl=target_url, asyncEvents=_EVENTS, query=QUERY, isActive=True)
    api.update_webhook(id=hook.id, input=change)
    return True


def _switch_off(api: Saleor, hook: WebhookFields) -> bool:
    if hook.is_active:
        api.update_webhook(id=hook.id, input=WebhookUpdateInput(isActive=False))
    return hook.is_active
