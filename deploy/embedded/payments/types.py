"""Payments in the schema."""

from typing import Any

import graphene

from deploy.embedded.core.enums import enum
from deploy.embedded.core.ids import global_id
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.money import Amount, Money
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.payments.models import TransactionEvent as EventRow
from deploy.embedded.payments.models import TransactionItem as Row

TransactionActionEnum = enum("TransactionActionEnum", "CHARGE REFUND CANCEL")
TransactionEventTypeEnum = enum(
    "TransactionEventTypeEnum",
    "AUTHORIZATION_SUCCESS AUTHORIZATION_FAILURE AUTHORIZATION_ADJUSTMENT AUTHORIZATION_REQUEST "
    "AUTHORIZATION_ACTION_REQUIRED CHARGE_ACTION_REQUIRED CHARGE_SUCCESS CHARGE_FAILURE CHARGE_BACK CHARGE_REQUEST "
    "REFUND_SUCCESS REFUND_FAILURE REFUND_REVERSE REFUND_REQUEST CANCEL_SUCCESS CANCEL_FAILURE CANCEL_REQUEST INFO",
)


class TransactionEvent(ModelObject):
    """One notice about a payment."""

    class Meta:
        model = EventRow
        interfaces = (Node,)

    created_at = graphene.DateTime(required=True)
    psp_reference = graphene.String(required=True)
    message = graphene.String(required=True)
    external_url = graphene.String(required=True)
    amount = graphene.Field(Money, required=True)
    type = TransactionEventTypeEnum()

    @staticmethod
    def resolve_amount(root: EventRow, _info: graphene.ResolveInfo) -> Amount:
        """What it is about."""
        return Amount(root.amount, root.transaction.currency)


class TransactionItem(MetadataFields, ModelObject):
    """One payment."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    token = graphene.UUID(required=True)
    created_at = graphene.DateTime(required=True)
    modified_at = graphene.DateTime(required=True)
    actions = graphene.Field(graphene.NonNull(NonNullList(TransactionActionEnum)))
    charged_amount = graphene.Field(Money, required=True)
    refunded_amount = graphene.Field(Money, required=True)
    name = graphene.String(required=True)
    message = graphene.String(required=True)
    psp_reference = graphene.String(required=True)
    events = graphene.Field(graphene.NonNull(NonNullList(TransactionEvent)))
    external_url = graphene.String(required=True)

    @classmethod
    def resolve_id(cls, root: Row, _info: graphene.ResolveInfo) -> str:  # type: ignore[override] - by token, not by key
        """By its token."""
        return global_id("TransactionItem", root.token)

    @staticmethod
    def resolve_actions(root: Row, _info: graphene.ResolveInfo) -> list[str]:
        """What the app can do with it."""
        return root.available_actions

    @staticmethod
    def resolve_charged_amount(root: Row, _info: graphene.ResolveInfo) -> Amount:
        """Paid and not given back."""
        return Amount(root.charged, root.currency)

    @staticmethod
    def resolve_refunded_amount(root: Row, _info: graphene.ResolveInfo) -> Amount:
        """Given back."""
        return Amount(root.refunded, root.currency)

    @staticmethod
    def resolve_events(root: Row, _info: graphene.ResolveInfo) -> Any:
        """The newest first."""
        return root.events.select_related("transaction")
