"""Filling a checkout and making an order of it."""

from collections.abc import Mapping
from typing import Any

import graphene

from deploy.embedded.addresses.types import AddressInput
from deploy.embedded.channels.models import Channel
from deploy.embedded.checkout import services
from deploy.embedded.checkout.completion import complete
from deploy.embedded.checkout.models import Checkout as Row
from deploy.embedded.checkout.types import Checkout
from deploy.embedded.core.context import may
from deploy.embedded.core.enums import AddressTypeEnum, LanguageCodeEnum
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.metadata import MetadataInput, set_metadata
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.core.scalars import PositiveDecimal
from deploy.embedded.orders.types import Order

CheckoutError = error_type(
    "CheckoutError",
    "BILLING_ADDRESS_NOT_SET CHECKOUT_NOT_FULLY_PAID GRAPHQL_ERROR PRODUCT_NOT_PUBLISHED "
    "PRODUCT_UNAVAILABLE_FOR_PURCHASE INSUFFICIENT_STOCK INVALID INVALID_SHIPPING_METHOD NOT_FOUND PAYMENT_ERROR "
    "PRICE_OVERRIDE_REASON_WITHOUT_OVERRIDE QUANTITY_GREATER_THAN_LIMIT REQUIRED SHIPPING_ADDRESS_NOT_SET "
    "SHIPPING_METHOD_NOT_APPLICABLE DELIVERY_METHOD_NOT_APPLICABLE SHIPPING_METHOD_NOT_SET SHIPPING_NOT_REQUIRED "
    "TAX_ERROR UNIQUE VOUCHER_NOT_APPLICABLE GIFT_CARD_NOT_APPLICABLE ZERO_QUANTITY MISSING_CHANNEL_SLUG "
    "CHANNEL_INACTIVE UNAVAILABLE_VARIANT_IN_CHANNEL EMAIL_NOT_SET NO_LINES INACTIVE_PAYMENT NON_EDITABLE_GIFT_LINE "
    "NON_REMOVABLE_GIFT_LINE SHIPPING_CHANGE_FORBIDDEN MISSING_ADDRESS_DATA",
    variants=NonNullList(graphene.ID),
    lines=NonNullList(graphene.ID),
    address_type=AddressTypeEnum(),
)


class CheckoutAddressValidationRules(graphene.InputObjectType):
    """How strictly an address is judged now; completing asks again only for what was judged."""

    check_required_fields = graphene.Boolean(default_value=True)
    check_fields_format = graphene.Boolean(default_value=True)
    enable_fields_normalization = graphene.Boolean(default_value=True)


class CheckoutValidationRules(graphene.InputObjectType):
    """The rules of both addresses."""

    shipping_address = CheckoutAddressValidationRules()
    billing_address = CheckoutAddressValidationRules()


class CheckoutLineInput(graphene.InputObjectType):
    """Pieces to add; a price of its own only by an app that handles checkouts."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)
    price = PositiveDecimal()
    price_override_reason = graphene.String()
    force_new_line = graphene.Boolean(default_value=False)
    metadata = NonNullList(MetadataInput)


class CheckoutLineUpdateInput(graphene.InputObjectType):
    """A line, by its id or its variant, as it shall be."""

    variant_id = graphene.ID()
    quantity = graphene.Int()
    price = PositiveDecimal()
    price_override_reason = graphene.String()
    line_id = graphene.ID()
    metadata = NonNullList(MetadataInput)


class CheckoutCreateInput(graphene.InputObjectType):
    """A new checkout."""

    channel = graphene.String()
    lines = graphene.Field(graphene.NonNull(NonNullList(CheckoutLineInput)))
    email = graphene.String()
    shipping_address = AddressInput()
    billing_address = AddressInput()
    language_code = LanguageCodeEnum()
    validation_rules = CheckoutValidationRules()
    metadata = NonNullList(MetadataInput)
    private_metadata = NonNullList(MetadataInput)


def _may_price(info: graphene.ResolveInfo) -> bool:
    return may(info, "HANDLE_CHECKOUTS")


class CheckoutCreate(Mutation):
    """Open a checkout."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        input = CheckoutCreateInput(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """Lines and addresses are judged as when they are added later."""
        if not input.get("channel"):
            raise refuse("MISSING_CHANNEL_SLUG", "You need to provide channel slug.", "channel")
        channel = Channel.objects.filter(slug=input["channel"]).first()
        if channel is None:
            raise refuse("NOT_FOUND", f"Channel with '{input['channel']}' slug does not exist.", "channel")
        if not channel.is_active:
            raise refuse("CHANNEL_INACTIVE", f"Channel with '{input['channel']}' is inactive.", "channel")
        checkout = Row(channel=channel, email=input.get("email"), language_code=str(input.get("language_code") or "EN"))
        set_metadata(checkout, input)
        checkout.save()
        rules = input.get("validation_rules") or {}
        for kind in ("SHIPPING", "BILLING"):
            name = f"{kind.lower()}_address"
            if input.get(name):
                services.set_address(checkout, kind, input[name], rules.get(name), may_skip=_may_price(info))
        if input["lines"]:
            services.add_lines(checkout, input["lines"], may_price=_may_price(info))
        return {"checkout": checkout}


class _Step(Mutation):
    """One step on an open checkout."""

    class Meta:
        abstract = True

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, **given: Any) -> dict[str, Any]:
        """The checkout is locked, changed by `step`, and shown."""
        checkout = services.find_checkout(
            given.pop("id", None), given.pop("token", None), given.pop("checkout_id", None)
        )
        cls.step(info, checkout, **given)
        return {"checkout": checkout}

    @classmethod
    def step(cls, info: graphene.ResolveInfo, checkout: Row, **given: Any) -> None:
        """What this mutation changes."""
        raise NotImplementedError


class CheckoutLinesAdd(_Step):
    """Add pieces."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        lines = graphene.Argument(graphene.NonNull(NonNullList(CheckoutLineInput)))

    checkout = graphene.Field(Checkout)

    @classmethod
    def step(cls, info: graphene.ResolveInfo, checkout: Row, *, lines: list[Mapping[str, Any]]) -> None:
        """To the lines that are there."""
        services.add_lines(checkout, lines, may_price=_may_price(info))


class CheckoutLinesUpdate(_Step):
    """Set lines."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        lines = graphene.Argument(graphene.NonNull(NonNullList(CheckoutLineUpdateInput)))

    checkout = graphene.Field(Checkout)

    @classmethod
    def step(cls, info: graphene.ResolveInfo, checkout: Row, *, lines: list[Mapping[str, Any]]) -> None:
        """Zero pieces remove a line."""
        services.update_lines(checkout, lines, may_price=_may_price(info))


class CheckoutLinesDelete(_Step):
    """Remove lines."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        lines_ids = graphene.Argument(graphene.NonNull(NonNullList(graphene.ID)))

    checkout = graphene.Field(Checkout)

    @classmethod
    def step(cls, _info: graphene.ResolveInfo, checkout: Row, *, lines_ids: list[str]) -> None:
        """All of them or none."""
        services.delete_lines(checkout, lines_ids)


class CheckoutEmailUpdate(_Step):
    """Set the buyer's address for mail."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        email = graphene.String(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def step(cls, _info: graphene.ResolveInfo, checkout: Row, *, email: str) -> None:
        """It must not be empty."""
        if not email.strip():
            raise refuse("REQUIRED", "This field cannot be blank.", "email")
        checkout.email = email
        services.touch(checkout)


class CheckoutShippingAddressUpdate(_Step):
    """Set where it goes."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        shipping_address = AddressInput(required=True)
        save_address = graphene.Boolean(default_value=True)
        validation_rules = CheckoutAddressValidationRules()

    checkout = graphene.Field(Checkout)

    @classmethod
    def step(
        cls,
        info: graphene.ResolveInfo,
        checkout: Row,
        *,
        shipping_address: Mapping[str, Any],
        validation_rules: Mapping[str, bool] | None = None,
        save_address: bool = True,
    ) -> None:
        """As strictly as the rules say."""
        may_skip = _may_price(info)
        services.set_address(checkout, "SHIPPING", shipping_address, validation_rules, may_skip=may_skip)


class CheckoutBillingAddressUpdate(_Step):
    """Set who pays."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        billing_address = AddressInput(required=True)
        save_address = graphene.Boolean(default_value=True)
        validation_rules = CheckoutAddressValidationRules()

    checkout = graphene.Field(Checkout)

    @classmethod
    def step(
        cls,
        info: graphene.ResolveInfo,
        checkout: Row,
        *,
        billing_address: Mapping[str, Any],
        validation_rules: Mapping[str, bool] | None = None,
        save_address: bool = True,
    ) -> None:
        """As strictly as the rules say."""
        may_skip = _may_price(info)
        services.set_address(checkout, "BILLING", billing_address, validation_rules, may_skip=may_skip)


class CheckoutDeliveryMethodUpdate(_Step):
    """Choose how it is delivered."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        delivery_method_id = graphene.ID()

    checkout = graphene.Field(Checkout)

    @classmethod
    def step(cls, _info: graphene.ResolveInfo, checkout: Row, *, delivery_method_id: str | None = None) -> None:
        """A shipping method, a collection point, or none."""
        services.choose_delivery(checkout, delivery_method_id)


class CheckoutComplete(Mutation):
    """Make an order."""

    class Meta:
        errors = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        checkout_id = graphene.ID()
        redirect_url = graphene.String()
        metadata = NonNullList(MetadataInput)

    order = graphene.Field(Order)
    confirmation_needed = graphene.Boolean(required=True)
    confirmation_data = graphene.JSONString()
    refusal = {"confirmation_needed": False}

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        id: str | None = None,  # noqa: A002 - the API's name
        token: Any = None,
        checkout_id: str | None = None,
        metadata: list[Mapping[str, str]] | None = None,
        redirect_url: str | None = None,
    ) -> dict[str, Any]:
        """Again and again the same order."""
        order = complete(id, token, checkout_id, metadata, info.context.app)
        return {"order": order, "confirmation_needed": False}
