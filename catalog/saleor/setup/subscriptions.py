"""Our webhook: which changes Saleor tells us of, and where."""

from collections.abc import Iterator
from functools import partial

from catalog.saleor.client import Saleor
from catalog.saleor.generated.enums import WebhookEventTypeAsyncEnum
from catalog.saleor.generated.fragments import WebhookFields
from catalog.saleor.generated.input_types import WebhookCreateInput, WebhookUpdateInput
from catalog.saleor.setup.changes import Change, differences
from catalog.saleor.webhooks.subscription import EVENTS, NAME, QUERY

_EVENTS = [WebhookEventTypeAsyncEnum(event) for event in EVENTS]


def plan_webhook(api: Saleor, target_url: str) -> Iterator[Change]:
    """Our app's webhook, at `target_url`, with today's subscription query. Needs the app's own token.

    One that came with the manifest is known by its name: the first is kept and corrected, a second is switched off, so
    that nothing is told twice.
    """
    app = api.our_app().app
    ours = [hook for hook in (app.webhooks or ()) if hook.name == NAME] if app else []
    if not ours:
        facts = WebhookCreateInput(name=NAME, targetUrl=target_url, asyncEvents=_EVENTS, query=QUERY, isActive=True)
        yield Change("webhook", partial(api.create_webhook, input=facts))
        return
    if wrong := _wrong(ours[0], target_url):
        change = WebhookUpdateInput(targetUrl=target_url, asyncEvents=_EVENTS, query=QUERY, isActive=True)
        yield Change("webhook", partial(api.update_webhook, id=ours[0].id, input=change), wrong)
    for hook in ours[1:]:
        if hook.is_active:
            off = partial(api.update_webhook, id=hook.id, input=WebhookUpdateInput(isActive=False))
            yield Change("second webhook", off, ("active: yes → no",))


def _wrong(hook: WebhookFields, target_url: str) -> tuple[str, ...]:
    now = {"target": hook.target_url, "active": hook.is_active}
    wrong = differences(now, {"target": target_url, "active": True})
    if {event.event_type for event in hook.async_events} != set(_EVENTS) or hook.subscription_query != QUERY:
        wrong += ("events: brought up to date",)
    return wrong
