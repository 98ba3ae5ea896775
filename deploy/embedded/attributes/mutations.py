"""Making and changing attributes."""

from collections.abc import Mapping
from typing import Any

import graphene

from deploy.embedded.attributes import bulk
from deploy.embedded.attributes.models import Attribute as Row
from deploy.embedded.attributes.types import (
    Attribute,
    AttributeEntityTypeEnum,
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    MeasurementUnitsEnum,
)
from deploy.embedded.core.bulk import settle
from deploy.embedded.core.enums import ErrorPolicyEnum
from deploy.embedded.core.errors import Problem, Refused
from deploy.embedded.core.ids import one_of
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList

_CODES = "ALREADY_EXISTS BLANK GRAPHQL_ERROR INVALID NOT_FOUND REQUIRED UNIQUE DUPLICATED_INPUT_ITEM MAX_LENGTH"
AttributeError_ = error_type("AttributeError", "ALREADY_EXISTS GRAPHQL_ERROR INVALID NOT_FOUND REQUIRED UNIQUE")
AttributeBulkCreateError = error_type("AttributeBulkCreateError", _CODES, place="path")
AttributeBulkUpdateError = error_type("AttributeBulkUpdateError", _CODES, place="path")
_PERMISSIONS = ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES", "MANAGE_PAGE_TYPES_AND_ATTRIBUTES")


class AttributeValueCreateInput(graphene.InputObjectType):
    """A value of a new attribute."""

    value = graphene.String()
    external_reference = graphene.String()
    name = graphene.String(required=True)


class AttributeCreateInput(graphene.InputObjectType):
    """A new attribute."""

    input_type = AttributeInputTypeEnum()
    entity_type = AttributeEntityTypeEnum()
    name = graphene.String(required=True)
    slug = graphene.String()
    type = AttributeTypeEnum(required=True)
    unit = MeasurementUnitsEnum()
    values = NonNullList(AttributeValueCreateInput)
    value_required = graphene.Boolean()
    is_variant_only = graphene.Boolean()
    visible_in_storefront = graphene.Boolean()
    external_reference = graphene.String()


class AttributeValueUpdateInput(graphene.InputObjectType):
    """A value to add."""

    value = graphene.String()
    external_reference = graphene.String()
    name = graphene.String()


class AttributeUpdateInput(graphene.InputObjectType):
    """What changes; what is left out stays."""

    name = graphene.String()
    slug = graphene.String()
    unit = MeasurementUnitsEnum()
    remove_values = NonNullList(graphene.ID)
    add_values = NonNullList(AttributeValueUpdateInput)
    value_required = graphene.Boolean()
    is_variant_only = graphene.Boolean()
    visible_in_storefront = graphene.Boolean()
    external_reference = graphene.String()


class AttributeBulkUpdateInput(graphene.InputObjectType):
    """One attribute and what changes of it."""

    id = graphene.ID()
    external_reference = graphene.String()
    fields = AttributeUpdateInput(required=True)


class AttributeBulkCreateResult(graphene.ObjectType):
    """What became of one row."""

    attribute = graphene.Field(Attribute)
    errors = NonNullList(AttributeBulkCreateError)


class AttributeBulkUpdateResult(graphene.ObjectType):
    """What became of one row."""

    attribute = graphene.Field(Attribute)
    errors = NonNullList(AttributeBulkUpdateError)


class AttributeBulkCreate(Mutation):
    """Make attributes."""

    class Meta:
        errors = AttributeBulkCreateError
        permissions = _PERMISSIONS

    class Arguments:
        attributes = graphene.Argument(graphene.NonNull(NonNullList(AttributeCreateInput)))
        error_policy = ErrorPolicyEnum()

    count = graphene.Int(required=True)
    results = graphene.Field(graphene.NonNull(NonNullList(AttributeBulkCreateResult)))
    refusal = {"count": 0, "results": []}

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        attributes: list[Mapping[str, Any]],
        error_policy: str = "REJECT_EVERYTHING",
    ) -> dict[str, Any]:
        """Rows as the error policy wants them."""
        problems = bulk.judge_new(attributes)
        return settle("attribute", problems, error_policy, lambda index: bulk.create(attributes[index]))


class AttributeBulkUpdate(Mutation):
    """Change attributes."""

    class Meta:
        errors = AttributeBulkUpdateError
        permissions = _PERMISSIONS

    class Arguments:
        attributes = graphene.Argument(graphene.NonNull(NonNullList(AttributeBulkUpdateInput)))
        error_policy = ErrorPolicyEnum()

    count = graphene.Int(required=True)
    results = graphene.Field(graphene.NonNull(NonNullList(AttributeBulkUpdateResult)))
    refusal = {"count": 0, "results": []}

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        attributes: list[Mapping[str, Any]],
        error_policy: str = "REJECT_EVERYTHING",
    ) -> dict[str, Any]:
        """Rows as the error policy wants them."""
        found: list[Row | None] = []
        problems: list[list[Problem]] = []
        for given in attributes:
            try:
                attribute = one_of(
                    Row.objects.all(), id=given.get("id"), external_reference=given.get("external_reference")
                )
            except Refused as refused:
                found.append(None)
                problems.append(list(refused.problems))
                continue
            found.append(attribute)
            problems.append(bulk.judge_change(attribute, given["fields"]))

        def change(index: int) -> Row:
            attribute = found[index]
            assert attribute is not None  # noqa: S101 - a row without one has a problem
            bulk.change(attribute, attributes[index]["fields"])
            return attribute

        return settle("attribute", problems, error_policy, change)


class AttributeUpdate(Mutation):
    """Change one attribute."""

    class Meta:
        errors = AttributeError_
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = AttributeUpdateInput(required=True)

    attribute = graphene.Field(Attribute)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        input: dict[str, Any],  # noqa: A002 - the API's name
        id: str | None = None,  # noqa: A002 - the API's name
        external_reference: str | None = None,
    ) -> dict[str, Any]:
        """Only what is given changes."""
        attribute = one_of(Row.objects.all(), id=id, external_reference=external_reference)
        if problems := bulk.judge_change(attribute, input):
            known = {p.code for p in problems} - {"DUPLICATED_INPUT_ITEM"}
            raise Refused(*(p if p.code in known else Problem("INVALID", p.message, p.field) for p in problems))
        bulk.change(attribute, input)
        return {"attribute": attribute}
