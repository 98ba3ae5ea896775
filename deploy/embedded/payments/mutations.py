"""An app reports payments."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import graphene

from deploy.embedded.checkout.models import Checkout
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import node, parse_id
from deploy.embedded.core.metadata import MetadataInput, set_metadata
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.core.scalars import PositiveDecimal
from deploy.embedded.orders.models import Order
from deploy.embedded.orders.services import recount
from deploy.embedded.payments.models import TransactionEvent as EventRow
from deploy.embedded.payments.models import TransactionItem as Row
from deploy.embedded.payments.types import (
    TransactionActionEnum,
    TransactionEvent,
    TransactionEventTypeEnum,
    TransactionItem,
)


class MoneyInput(graphene.InputObjectType):
    """An amount of money."""

    currency = graphene.String(required=True)
    amount = PositiveDecimal(required=True)


class TransactionCreateInput(graphene.InputObjectType):
    """A new payment."""

    name = graphene.String()
    message = graphene.String()
    psp_reference = graphene.String()
    available_actions = NonNullList(TransactionActionEnum)
    amount_charged = MoneyInput()
    amount_refunded = MoneyInput()
    metadata = NonNullList(MetadataInput)
    private_metadata = NonNullList(MetadataInput)
    external_url = graphene.String()


class TransactionEventInput(graphene.InputObjectType):
    """A first notice about it."""

    psp_reference = graphene.String()
    message = graphene.String()


class TransactionCreate(Mutation):
    """Report a payment for a checkout or an order."""

    class Meta:
        errors = error_type(
            "TransactionCreateError", "INVALID GRAPHQL_ERROR NOT_FOUND INCORRECT_CURRENCY METADATA_KEY_REQUIRED UNIQUE"
        )
        permissions = ("HANDLE_PAYMENTS",)

    class Arguments:
        id = graphene.ID(required=True)
        transaction = TransactionCreateInput(required=True)
        transaction_event = TransactionEventInput()

    transaction = graphene.Field(TransactionItem)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        transaction: Mapping[str, Any],
        transaction_event: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """An order's state follows what is charged."""
        order, checkout = _owner(id)
        currency = order.currency if order else checkout.channel.currency_code
        amounts = {name: _amount(transaction, f"amount_{name}", currency) for name in ("charged", "refunded")}
        reference = transaction.get("psp_reference") or ""
        if reference and Row.objects.filter(psp_reference=reference).exists():
            raise refuse("UNIQUE", "Transaction with provided `pspReference` already exists.", "transaction")
        item = Row(
            order=order,
            checkout=checkout,
            app=info.context.app,
            currency=currency,
            name=transaction.get("name") or "",
            message=transaction.get("message") or "",
            psp_reference=reference,
            external_url=transaction.get("external_url") or "",
            available_actions=[str(action) for action in transaction.get("available_actions") or []],
            **amounts,
        )
        set_metadata(item, transaction)
        item.save()
        _first_notices(item, transaction_event)
        if order:
            recount(order, info.context.app)
        return {"transaction": item}


def _owner(value: str) -> tuple[Order | None, Checkout | None]:
    try:
        parse_id(value, "Order")
    except ValueError:
        rows = Checkout.objects.select_for_update(of=("self",)).select_related("channel")
        return None, node(rows, value, "id", "Checkout")
    return node(Order.objects.select_for_update(), value), None


def _amount(data: Mapping[str, Any], name: str, currency: str) -> Decimal:
    given = data.get(name)
    if not given:
        return Decimal(0)
    if given["currency"] != currency:
        raise refuse("INCORRECT_CURRENCY", f"Currency needs to be the same as for order: {currency}", name)
    return given["amount"]


def _first_notices(item: Row, given: Mapping[str, Any] | None) -> None:
    notice = "Manual adjustment of the transaction."
    for type_, amount in (("CHARGE_SUCCESS", item.charged), ("REFUND_SUCCESS", item.refunded)):
        if amount:
            EventRow.objects.create(transaction=item, type=type_, amount=amount, message=notice)
    if given:
        message, reference = given.get("message") or "", given.get("psp_reference") or ""
        EventRow.objects.create(transaction=item, type="INFO", message=message, psp_reference=reference)


class TransactionEventReport(Mutation):
    """Report what became of a payment; the same pspReference and type count once."""

    class Meta:
        errors = error_type(
            "TransactionEventReportError", "INVALID GRAPHQL_ERROR NOT_FOUND INCORRECT_DETAILS ALREADY_EXISTS REQUIRED"
        )
        permissions = ("HANDLE_PAYMENTS",)

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        type = graphene.Argument(TransactionEventTypeEnum, required=True)
        amount = PositiveDecimal()
        psp_reference = graphene.String(required=True)
        time = graphene.DateTime()
        external_url = graphene.String()
        message = graphene.String()
        available_actions = NonNullList(TransactionActionEnum)

    already_processed = graphene.Boolean()
    transaction = graphene.Field(TransactionItem)
    transaction_event = graphene.Field(TransactionEvent)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        type: str,  # noqa: A002 - the API's name
        psp_reference: str,
        id: str | None = None,  # noqa: A002 - the API's name
        token: Any = None,
        amount: Decimal | None = None,
        time: datetime | None = None,
        **given: Any,
    ) -> dict[str, Any]:
        """An order's state follows what is charged and refunded."""
        item = _locked(id, token)
        kind = str(type)
        seen = item.events.filter(psp_reference=psp_reference, type=kind).first()
        if seen is not None:
            if amount is not None and seen.amount != amount:
                message = (
                    "The transaction with provided `pspReference` and `type` already exists with different amount."
                )
                raise refuse("INCORRECT_DETAILS", message, "pspReference")
            return {"already_processed": True, "transaction": item, "transaction_event": seen}
        if amount is None:
            amount = item.charged
        event = EventRow(transaction=item, type=kind, amount=amount, psp_reference=psp_reference)
        event.message, event.external_url = given.get("message") or "", given.get("external_url") or ""
        if time:
            event.created_at = time
        event.save()
        _apply(item, kind, amount)
        if given.get("available_actions") is not None:
            item.available_actions = [str(action) for action in given["available_actions"]]
        item.save()
        if item.order_id:
            recount(Order.objects.select_for_update().get(pk=item.order_id), info.context.app)
        return {"already_processed": False, "transaction": item, "transaction_event": event}


def _locked(id: str | None, token: Any) -> Row:  # noqa: A002 - the API's name
    if id:
        try:
            token = parse_id(id, "TransactionItem")
        except ValueError as error:
            raise refuse("GRAPHQL_ERROR", str(error), "id") from error
    found = Row.objects.select_for_update().filter(token=token).first()
    if found is None:
        raise refuse("NOT_FOUND", f"Couldn't resolve to a node: {id or token}", "id" if id else "token")
    return found


def _apply(item: Row, kind: str, amount: Decimal) -> None:
    """What a notice changes: successes move money, everything else is only kept."""
    if kind == "CHARGE_SUCCESS":
        item.charged += amount
    elif kind in ("REFUND_SUCCESS", "CHARGE_BACK"):
        item.charged -= amount
        item.refunded += amount if kind == "REFUND_SUCCESS" else 0
    elif kind == "REFUND_REVERSE":
        item.charged += amount
        item.refunded -= amount
