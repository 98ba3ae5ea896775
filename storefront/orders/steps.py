"""Where an order stands, as steps that a buyer understands."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from storefront.orders.models import Method, Order, State


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `state` is done, now or later."""

    text: str
    state: str
    at: datetime | None = None


_REACHED = {
    State.PLACED: 0, State.READY: 1, State.SENT: 1, State.HANDING_OVER: 2, State.HANDED_OVER: 2,
}  # fmt: skip


def steps_of(order: Order) -> list[Step]:
    """Placed, made ready, received; a gift for somebody else is paid in between, a cancelled order has two steps."""
    if order.state in (State.CANCELLING, State.CANCELLED):
        ended = _("Đã hủy") if order.state == State.CANCELLED else _("Đang hủy")
        return [Step(_("Đã đặt"), "done", order.placed_at), Step(ended, "now", order.cancelled_at)]
    reached = _REACHED[State(order.state)]
    texts: list[str] = [_("Đã đặt")]
    times: list[datetime | None] = [order.placed_at]
    if order.recipient_name:
        texts.append(_("Đã trả tiền"))
        times.append(None)
        reached += reached > 0 or order.is_paid
    texts += [_("Điểm bán đã soạn xong") if order.method == Method.PICKUP else _("Người bán đã gửi"), _("Đã nhận hàng")]
    times += [order.picked_at, order.handed_over_at]
    steps = []
    for place, (text, at) in enumerate(zip(texts, times, strict=True)):
        done = place <= reached
        steps.append(Step(text, "done" if done else "now" if place == reached + 1 else "later", at if done else None))
    return steps
