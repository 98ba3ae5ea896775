"""Working on orders."""

from collections.abc import Mapping
from typing import Any

import graphene

from deploy.embedded.addresses.services import build_address
from deploy.embedded.addresses.types import AddressInput
from deploy.embedded.core.enums import AddressTypeEnum, LanguageCodeEnum
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import node, one_of
from deploy.embedded.core.metadata import MetadataInput, set_metadata
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.orders import services
from deploy.embedded.orders.models import Fulfillment as FulfillmentRow
from deploy.embedded.orders.models import Order as Row
from deploy.embedded.orders.types import Fulfillment, Order, OrderEvent
from deploy.embedded.webhooks.events import emit

OrderError = error_type(
    "OrderError",
    "BILLING_ADDRESS_NOT_SET CANNOT_CANCEL_FULFILLMENT CANNOT_CANCEL_ORDER CANNOT_DELETE CANNOT_DISCOUNT CANNOT_REFUND "
    "CANNOT_FULFILL_UNPAID_ORDER CAPTURE_INACTIVE_PAYMENT GIFT_CARD_LINE NOT_EDITABLE FULFILL_ORDER_LINE GRAPHQL_ERROR "
    "INVALID PRODUCT_NOT_PUBLISHED PRODUCT_UNAVAILABLE_FOR_PURCHASE NOT_FOUND ORDER_NO_SHIPPING_ADDRESS PAYMENT_ERROR "
    "PAYMENT_MISSING TRANSACTION_ERROR REQUIRED SHIPPING_METHOD_NOT_APPLICABLE SHIPPING_METHOD_REQUIRED TAX_ERROR "
    "UNIQUE VOID_INACTIVE_PAYMENT ZERO_QUANTITY INVALID_QUANTITY INSUFFICIENT_STOCK DUPLICATED_INPUT_ITEM "
    "NOT_AVAILABLE_IN_CHANNEL CHANNEL_INACTIVE INVALID_VOUCHER INVALID_VOUCHER_CODE NON_EDITABLE_GIFT_LINE "
    "NON_REMOVABLE_GIFT_LINE MISSING_ADDRESS_DATA",
    warehouse=graphene.ID(),
    order_lines=NonNullList(graphene.ID),
    variants=NonNullList(graphene.ID),
    address_type=AddressTypeEnum(),
)
_PERMISSIONS = ("MANAGE_ORDERS",)


def _locked(value: str | None, field: str = "id") -> Row:
    return node(Row.objects.select_for_update(of=("self",)).select_related("channel"), value, field)


class OrderConfirm(Mutation):
    """Take an order on."""

    class Meta:
        errors = OrderError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, id: str) -> dict[str, Any]:  # noqa: A002 - the API's name
        """Only an unconfirmed one."""
        order = _locked(id)
        services.confirm(order, info.context.app)
        return {"order": order}


class OrderCancel(Mutation):
    """Cancel an order."""

    class Meta:
        errors = OrderError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, id: str) -> dict[str, Any]:  # noqa: A002 - the API's name
        """Its stock is given back."""
        order = _locked(id)
        services.cancel(order, info.context.app)
        return {"order": order}


class OrderMarkAsPaid(Mutation):
    """Note that money came by another way."""

    class Meta:
        errors = OrderError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID(required=True)
        transaction_reference = graphene.String()

    order = graphene.Field(Order)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        transaction_reference: str | None = None,
    ) -> dict[str, Any]:
        """Once; an order with payments is refused."""
        order = _locked(id)
        services.mark_as_paid(order, transaction_reference, info.context.app)
        return {"order": order}


class OrderFulfillStockInput(graphene.InputObjectType):
    """Pieces from a warehouse."""

    quantity = graphene.Int(required=True)
    warehouse = graphene.ID(required=True)


class OrderFulfillLineInput(graphene.InputObjectType):
    """A line and where its pieces come from."""

    order_line_id = graphene.ID()
    stocks = graphene.Field(graphene.NonNull(NonNullList(OrderFulfillStockInput)))


class OrderFulfillInput(graphene.InputObjectType):
    """What is handed over."""

    lines = graphene.Field(graphene.NonNull(NonNullList(OrderFulfillLineInput)))
    notify_customer = graphene.Boolean()
    tracking_number = graphene.String()


class OrderFulfill(Mutation):
    """Hand pieces over."""

    class Meta:
        errors = OrderError
        permissions = _PERMISSIONS

    class Arguments:
        order = graphene.ID()
        input = OrderFulfillInput(required=True)

    fulfillments = NonNullList(Fulfillment)
    order = graphene.Field(Order)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        input: Mapping[str, Any],  # noqa: A002 - the API's name
        order: str | None = None,
    ) -> dict[str, Any]:
        """One fulfilment for each warehouse."""
        found = _locked(order, "order")
        fulfillments = services.fulfill(found, input, info.context.app)
        return {"fulfillments": fulfillments, "order": found}


class FulfillmentCancelInput(graphene.InputObjectType):
    """Where the pieces come back to."""

    warehouse_id = graphene.ID()


class FulfillmentCancel(Mutation):
    """Take a fulfilment back."""

    class Meta:
        errors = OrderError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID(required=True)
        input = FulfillmentCancelInput()

    fulfillment = graphene.Field(Fulfillment)
    order = graphene.Field(Order)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        input: Mapping[str, Any] | None = None,  # noqa: A002 - the API's name
    ) -> dict[str, Any]:
        """The order is locked before its fulfilment is looked at."""
        seen = node(FulfillmentRow.objects.all(), id)
        order = Row.objects.select_for_update().get(pk=seen.order_id)
        fulfillment = FulfillmentRow.objects.get(pk=seen.pk)
        fulfillment.order = order
        services.cancel_fulfillment(fulfillment, (input or {}).get("warehouse_id"), info.context.app)
        return {"fulfillment": fulfillment, "order": order}


class OrderUpdateInput(graphene.InputObjectType):
    """What changes; what is left out stays."""

    billing_address = AddressInput()
    user_email = graphene.String()
    shipping_address = AddressInput()
    external_reference = graphene.String()
    metadata = NonNullList(MetadataInput)
    private_metadata = NonNullList(MetadataInput)
    language_code = LanguageCodeEnum()


class OrderUpdate(Mutation):
    """Change an order's addresses, reference and facts."""

    class Meta:
        errors = OrderError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = OrderUpdateInput(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        input: Mapping[str, Any],  # noqa: A002 - the API's name
        id: str | None = None,  # noqa: A002 - the API's name
        external_reference: str | None = None,
    ) -> dict[str, Any]:
        """Fires ORDER_UPDATED."""
        order = one_of(Row.objects.select_for_update(), id=id, external_reference=external_reference)
        reference = input.get("external_reference")
        if reference and Row.objects.filter(external_reference=reference).exclude(pk=order.pk).exists():
            raise refuse("UNIQUE", "Order with this External reference already exists.", "externalReference")
        for name in ("user_email", "external_reference", "language_code"):
            if input.get(name) is not None:
                setattr(order, name, str(input[name]))
        for kind in ("BILLING", "SHIPPING"):
            if input.get(f"{kind.lower()}_address"):
                address = build_address(input[f"{kind.lower()}_address"], kind=kind, may_skip=True)
                setattr(order, f"{kind.lower()}_address", address)
        set_metadata(order, input)
        order.save()
        emit("ORDER_UPDATED", order)
        return {"order": order}


class OrderNoteInput(graphene.InputObjectType):
    """A note."""

    message = graphene.String(required=True)


class OrderNoteAdd(Mutation):
    """Write a note to an order."""

    class Meta:
        errors = error_type("OrderNoteAddError", "GRAPHQL_ERROR REQUIRED", required=False)
        permissions = _PERMISSIONS

    class Arguments:
        order = graphene.ID(required=True)
        input = OrderNoteInput(required=True)

    order = graphene.Field(Order)
    event = graphene.Field(OrderEvent)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        order: str,
        input: Mapping[str, str],  # noqa: A002 - the API's name
    ) -> dict[str, Any]:
        """It must say something. Fires ORDER_UPDATED."""
        found = _locked(order, "order")
        if not input["message"].strip():
            raise refuse("REQUIRED", "Message can't be empty.", "message")
        event = services.note(found, "NOTE_ADDED", info.context.app, message=input["message"].strip())
        emit("ORDER_UPDATED", found)
        return {"order": found, "event": event}
