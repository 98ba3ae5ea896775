"""Finding orders."""

from typing import Any

import graphene
from django.db.models import Q, QuerySet

from deploy.embedded.channels.models import Channel
from deploy.embedded.core.connection import Page, connection, page, paged
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import OrderDirection, enum
from deploy.embedded.core.filters import (
    DateTimeRangeInput,
    GlobalIDFilterInput,
    MetadataFilter,
    StringFilterInput,
    has_metadata,
    in_range,
    texts,
)
from deploy.embedded.core.ids import find, key_of
from deploy.embedded.core.objects import NonNullList, selected
from deploy.embedded.orders.models import Order as Row
from deploy.embedded.orders.types import Order, OrderChargeStatusEnum, OrderStatus

OrderCountableConnection = connection(Order)
OrderSortField = enum("OrderSortField", "NUMBER CREATED_AT LAST_MODIFIED_AT")
OrderStatusFilter = enum("OrderStatusFilter", "UNFULFILLED UNCONFIRMED PARTIALLY_FULFILLED FULFILLED CANCELED")
_ORDERS = {"NUMBER": "number", "CREATED_AT": "created", "LAST_MODIFIED_AT": "updated_at"}


class OrderSortingInput(graphene.InputObjectType):
    """By what, and which way."""

    direction = OrderDirection(required=True)
    field = OrderSortField(required=True)


class DateRangeInput(graphene.InputObjectType):
    """From day to day, both included."""

    gte = graphene.Date()
    lte = graphene.Date()


class OrderFilterInput(graphene.InputObjectType):
    """Which orders."""

    ids = NonNullList(graphene.ID)
    numbers = NonNullList(graphene.String)
    status = NonNullList(OrderStatusFilter)
    charge_status = NonNullList(OrderChargeStatusEnum)
    customer = graphene.String()
    created = DateRangeInput()
    updated_at = DateTimeRangeInput()
    channels = NonNullList(graphene.ID)
    is_click_and_collect = graphene.Boolean()
    checkout_tokens = NonNullList(graphene.UUID)
    checkout_ids = NonNullList(graphene.ID)
    metadata = NonNullList(MetadataFilter)


class OrderStatusEnumFilterInput(graphene.InputObjectType):
    """A status, or one of several."""

    eq = OrderStatus()
    one_of = NonNullList(OrderStatus)


class OrderChargeStatusEnumFilterInput(graphene.InputObjectType):
    """A charge status, or one of several."""

    eq = OrderChargeStatusEnum()
    one_of = NonNullList(OrderChargeStatusEnum)


class OrderWhereInput(graphene.InputObjectType):
    """Which orders."""

    ids = NonNullList(graphene.ID)
    channel_id = GlobalIDFilterInput()
    created_at = DateTimeRangeInput()
    updated_at = DateTimeRangeInput()
    user_email = StringFilterInput()
    status = OrderStatusEnumFilterInput()
    charge_status = OrderChargeStatusEnumFilterInput()
    checkout_id = GlobalIDFilterInput()
    is_click_and_collect = graphene.Boolean()


def prefetched(rows: QuerySet[Row], info: graphene.ResolveInfo) -> QuerySet[Row]:
    """With everything that the query asks for about each order."""
    names = selected(info)
    rows = rows.select_related("channel", "shipping_address", "billing_address", "shipping_method", "collection_point")
    if "lines" in names:
        rows = rows.prefetch_related("lines__variant")
    if "allocations" in names:
        rows = rows.prefetch_related("lines__allocations__stock__warehouse")
    if "fulfillments" in names:
        rows = rows.prefetch_related("fulfillments__warehouse", "fulfillments__lines__order_line")
    return rows


def _condition(given: dict[str, Any]) -> Q:
    condition = in_range("created__date", given.get("created")) & in_range("updated_at", given.get("updated_at"))
    condition &= has_metadata(given.get("metadata"))
    for name, column in (
        ("numbers", "number"),
        ("status", "status"),
        ("charge_status", "charge_status"),
        ("checkout_tokens", "checkout_token"),
    ):
        if given.get(name) is not None:
            values = [v for v in given[name] if name != "numbers" or v.isdecimal()]
            condition &= Q(**{f"{column}__in": values})
    for name, column, model, type_name in (
        ("ids", "pk", Row, "Order"),
        ("channels", "channel", Channel, "Channel"),
        ("checkout_ids", "checkout_token", Row, "Checkout"),
    ):
        if given.get(name) is not None:
            condition &= Q(**{f"{column}__in": [key_of(model, value, type_name) for value in given[name]]})
    if given.get("customer"):
        condition &= Q(user_email__icontains=given["customer"])
    if given.get("is_click_and_collect") is not None:
        condition &= Q(collection_point_name__isnull=not given["is_click_and_collect"])
    return condition


def _where(given: dict[str, Any]) -> Q:
    same = {
        "ids": given.get("ids"),
        "updated_at": given.get("updated_at"),
        "is_click_and_collect": given.get("is_click_and_collect"),
    }
    for name, target in (
        ("channel_id", "channels"),
        ("checkout_id", "checkout_ids"),
        ("status", "status"),
        ("charge_status", "charge_status"),
    ):
        if given.get(name) is not None:
            same[target] = texts(given[name])
    condition = _condition(same) & in_range("created", given.get("created_at"))
    return condition & Q(user_email__in=texts(given["user_email"])) if given.get("user_email") else condition


class OrderQueries:
    """Root fields about orders."""

    order = graphene.Field(Order, id=graphene.ID(), external_reference=graphene.String())
    orders = paged(
        OrderCountableConnection,
        sort_by=OrderSortingInput(),
        filter=OrderFilterInput(),
        where=OrderWhereInput(),
        channel=graphene.String(),
    )

    @staticmethod
    def resolve_order(
        _root: None,
        info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
        external_reference: str | None = None,
    ) -> Row | None:
        """One order; who only knows its id sees it with names and addresses veiled."""
        rows = prefetched(Row.objects.all(), info)
        if id:
            return find(rows, id)
        require(info, "MANAGE_ORDERS")
        return rows.filter(external_reference=external_reference).first()

    @staticmethod
    def resolve_orders(
        _root: None,
        info: graphene.ResolveInfo,
        sort_by: dict[str, Any] | None = None,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the API's name
        where: dict[str, Any] | None = None,
        channel: str | None = None,
        **paging: Any,
    ) -> Page:
        """The newest first, or as asked for."""
        require(info, "MANAGE_ORDERS")
        rows = Row.objects.filter(_condition(filter or {}), _where(where or {}))
        if channel:
            rows = rows.filter(channel__slug=channel)
        order = ["-number"]
        if sort_by:
            turn = "-" if sort_by["direction"] == "DESC" else ""
            order = list(dict.fromkeys([f"{turn}{_ORDERS[sort_by['field']]}", f"{turn}number"]))
        return page(prefetched(rows, info), info, order=order, **paging)
