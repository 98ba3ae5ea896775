"""From a basket to an order, exactly once.

What makes it once: an attempt per basket revision, held by one worker; one Saleor checkout that may ever be completed
for it (a new one only after the old one was emptied); and Saleor, which answers a repeat with the same order.
"""

from typing import Any

from catalog import clock
from catalog.offers.selling import SOLD_OUT, WITHDRAWN
from catalog.offers.services import refresh_variant
from catalog.saleor.addresses import address
from catalog.saleor.client import NO_ANSWER, SaleorRefused
from catalog.saleor.errors import SaleorBusy
from catalog.saleor.patience import take_place
from catalog.saleor.turns import in_turn
from catalog.salepoints.models import SalePoint
from storefront.basket.models import Basket
from storefront.basket.services import BasketView, see
from storefront.checkout import saleor
from storefront.checkout.attempts import Hold, change, hold, lease, release
from storefront.checkout.errors import LinesRefused, OrderingBusy, OrderingPaused, PriceChanged, WayClosed
from storefront.checkout.exploding import pieces_of, problems_of, snapshots, wanted_of
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.checkout.ways import rate, ways_for
from storefront.orders.models import Method, Order
from storefront.orders.projection import record_order

_NOT_SOLD = {
    "NOT_FOUND", "PRODUCT_NOT_PUBLISHED", "PRODUCT_UNAVAILABLE_FOR_PURCHASE", "UNAVAILABLE_VARIANT_IN_CHANNEL",
    "QUANTITY_GREATER_THAN_LIMIT",
}  # fmt: skip
_NO_WAY = {
    "DELIVERY_METHOD_NOT_APPLICABLE", "INVALID_SHIPPING_METHOD", "SHIPPING_METHOD_NOT_APPLICABLE",
    "SHIPPING_METHOD_NOT_SET", "SHIPPING_NOT_REQUIRED",
}  # fmt: skip


def place_order(basket: Basket, *, revision: int, form: dict[str, Any], agreed_total: int) -> Order:
    """The order for this revision of the basket: made now, or the one that was made before.

    `form` is a `BuyerForm.record()`; `agreed_total` is what the buyer was shown, in đồng. An earlier attempt whose
    answer was lost is looked for first: its order is returned instead. Raises BasketChanged, LinesRefused (the gate,
    the policy or the stock says no), WayClosed, PriceChanged, OrderInProgress, OrderingPaused, SaleorRefused;
    the basket is then as it was.
    """
    try:
        take_place()
        if found := _find_lost(basket, revision):
            return found
        held = hold(basket, revision)
        if held.attempt.order:
            return held.attempt.order
        try:
            order = _make(held, form, agreed_total)
        finally:
            release(held.attempt)
    except SaleorBusy as busy:
        raise OrderingBusy from busy
    except NO_ANSWER as error:
        raise OrderingPaused from error
    refresh_stock(pieces_of(held.attempt))
    return order


def settle(attempt: CheckoutAttempt, *, for_good: bool = False) -> Order | None:
    """The order of an attempt whose outcome is not known, if Saleor made one; nothing is ordered by asking.

    `for_good`: where there is none, there will be none. A request that was given up may still lie before a Saleor
    that hangs, and be worked off when it wakes up: the checkout is emptied, which makes that one fail.
    """
    asked_at, checkout = clock.now(), attempt.saleor_checkout_id
    if saleor.void(checkout) if for_good else saleor.is_open(checkout):
        if for_good:
            change(attempt, state=AttemptState.OPEN)
        return None
    try:
        return record_order(attempt.pk, saleor.complete(checkout), asked_at)
    except SaleorRefused:  # thrown away as too old: there is no order, and there will be none
        change(attempt, state=AttemptState.OPEN, saleor_checkout_id="")
        return None


def refresh_stock(references: Any) -> None:
    """Mirror these offers' and packagings' stock after an order moved it. Reconciliation does it when Saleor is silent
    now.
    """
    for reference in references:
        try:
            refresh_variant(reference)
        except NO_ANSWER:
            return


def _find_lost(basket: Basket, revision: int) -> Order | None:
    unknown = basket.attempts.filter(state=AttemptState.COMPLETING).exclude(revision=revision)
    for attempt in unknown.order_by("-revision"):
        if lease(attempt):
            try:
                if order := settle(attempt, for_good=True):
                    return order
            finally:
                release(attempt)
    return None


def _make(held: Hold, form: dict[str, Any], agreed_total: int) -> Order:
    attempt, view = held.attempt, held.view
    if attempt.state == AttemptState.COMPLETING and (order := settle(attempt)):
        return order
    try:
        _ask_every_line(view)
    except LinesRefused:
        if attempt.state == AttemptState.COMPLETING and (order := settle(attempt, for_good=True)):
            return order
        raise
    if attempt.state == AttemptState.COMPLETING:  # sent once already: finish that one, as it was sent
        try:
            return _complete(attempt)
        except LinesRefused:
            view = see(view.basket)
            _ask_every_line(view)
    change(attempt, form=form, **snapshots(view), saleor_checkout_id="")
    quote = _quote(view, attempt)
    if quote.total != agreed_total:
        refresh_stock(view.pieces)
        raise PriceChanged(shown=f"{quote.total:,} ₫".replace(",", "."), shipping=quote.shipping, total=quote.total)
    change(attempt, saleor_checkout_id=quote.checkout_id, state=AttemptState.COMPLETING)
    return _complete(attempt)


def _ask_every_line(view: BasketView) -> None:
    """The gate's, the policy's and the shelf's say today. A shelf that looks empty here is asked of Saleor first."""
    short = {reference for row in view.rows if row.problem for reference in row.references}
    if short:
        refresh_stock(short)
        view = see(view.basket)
    if problems := {row.key: row.problem for row in view.rows if row.problem}:
        raise LinesRefused(problems=problems)


def _quote(view: BasketView, attempt: CheckoutAttempt) -> saleor.Quote:
    form, wanted = attempt.form, wanted_of(attempt)
    point = SalePoint.objects.select_related("warehouse").filter(pk=form["sale_point"] or 0).first()
    buyer = {"name": form["name"], "phone": form["phone"]}
    email = form["email"] or f"khach-{attempt.pk}@khach.invalid"
    if form["method"] == Method.PICKUP:
        if point is None or ways_for(view).point(point.slug) is None:
            raise WayClosed
        billing = address(street=point.address, province_code=point.province_code, **buyer)
        shipping = None
    else:
        if ways_for(view).no_delivery:
            raise WayClosed
        place = {name: form["address"][name] for name in ("street", "commune", "province_code")}
        billing = shipping = address(**place, **buyer)
        if form.get("recipient_name"):
            shipping = address(**place, name=form["recipient_name"], phone=form["recipient_phone"])
    try:
        checkout = saleor.open_checkout(wanted, email=email, billing=billing, shipping=shipping)
        if shipping is None:
            quote = saleor.collect_at(checkout, point.warehouse.external_reference)
        else:
            quote = saleor.send_by(checkout, rate(view, form["address"]["province_code"]).name)
        if quote is None:  # there is too little of something, or the way is closed
            saleor.require_pieces(pieces_of(attempt), _shelf(attempt))
            raise WayClosed
    except saleor.UnknownVariant as gone:
        raise LinesRefused(problems=problems_of(attempt, {gone.reference: str(WITHDRAWN)})) from gone
    except SaleorRefused as refused:
        raise _told(_named(refused, attempt), attempt) from refused
    return quote


def _complete(attempt: CheckoutAttempt) -> Order:
    """Ask Saleor for the order. Only a refusal that holds reopens the attempt: after silence the order may exist.

    Of two requests for one checkout that meet in Saleor, the first may make the order and the second be refused.
    """
    asked_at = clock.now()
    try:
        with in_turn(pieces_of(attempt)):
            if shared := pieces_of(attempt, shared=True):
                saleor.require_pieces(shared, _shelf(attempt))
            told = saleor.complete(attempt.saleor_checkout_id)
    except SaleorRefused as refused:
        if order := settle(attempt, for_good=True):
            return order
        raise _told(refused, attempt) from refused
    return record_order(attempt.pk, told, asked_at)


def _shelf(attempt: CheckoutAttempt) -> str | None:
    """The warehouse that everything is collected from; None where it is sent."""
    point = SalePoint.objects.select_related("warehouse").filter(pk=attempt.form["sale_point"] or 0).first()
    return point.warehouse.external_reference if point else None


def _named(refused: SaleorRefused, attempt: CheckoutAttempt) -> SaleorRefused:
    """Opening a checkout, Saleor 3.23 does not say of which goods there is too little: we count."""
    if not any(one.code == "INSUFFICIENT_STOCK" and not one.variants for one in refused.refusals):
        return refused
    try:
        saleor.require_pieces(pieces_of(attempt), _shelf(attempt))
    except SaleorRefused as counted:
        return counted
    return refused


def _told(refused: SaleorRefused, attempt: CheckoutAttempt) -> Exception:
    """A refusal of Saleor's as the buyer should hear it."""
    if refused.codes & _NO_WAY:
        return WayClosed()
    wanted = set(pieces_of(attempt))
    problems: dict[str, str] = {}
    if "NOT_FOUND" in refused.codes:
        saleor.forget_ids()
    for refusal in refused.refusals:
        if refusal.code == "INSUFFICIENT_STOCK" or refusal.code in _NOT_SOLD:
            text = str(SOLD_OUT if refusal.code == "INSUFFICIENT_STOCK" else WITHDRAWN)
            meant = saleor.references_of(wanted, refusal.variants) or wanted
            problems |= dict.fromkeys(meant, text)
    if not problems:
        return refused
    refresh_stock(problems)
    return LinesRefused(problems=problems_of(attempt, problems))
