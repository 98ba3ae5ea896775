"""Attributes and their values in the schema."""

from typing import Any

import graphene
from django.db.models import Q, QuerySet

from deploy.embedded.attributes.models import CHOICES
from deploy.embedded.attributes.models import Attribute as Row
from deploy.embedded.attributes.models import AttributeValue as ValueRow
from deploy.embedded.core.connection import Page, connection, page, paged
from deploy.embedded.core.enums import enum
from deploy.embedded.core.ids import find, key_of
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.objects import ModelObject, Node, NonNullList

AttributeInputTypeEnum = enum(
    "AttributeInputTypeEnum",
    "DROPDOWN MULTISELECT FILE REFERENCE SINGLE_REFERENCE NUMERIC RICH_TEXT PLAIN_TEXT SWATCH BOOLEAN DATE DATE_TIME",
)
AttributeTypeEnum = enum("AttributeTypeEnum", "PRODUCT_TYPE PAGE_TYPE CUSTOMER_TYPE")
AttributeEntityTypeEnum = enum("AttributeEntityTypeEnum", "PAGE PRODUCT PRODUCT_VARIANT CATEGORY COLLECTION")
MeasurementUnitsEnum = enum(
    "MeasurementUnitsEnum",
    "MM CM DM M KM FT YD INCH SQ_MM SQ_CM SQ_DM SQ_M SQ_KM SQ_FT SQ_YD SQ_INCH CUBIC_MILLIMETER CUBIC_CENTIMETER "
    "CUBIC_DECIMETER CUBIC_METER LITER CUBIC_FOOT CUBIC_INCH CUBIC_YARD QT PINT FL_OZ ACRE_IN ACRE_FT G LB OZ KG TONNE",
)


class AttributeValue(ModelObject):
    """One value of an attribute."""

    class Meta:
        model = ValueRow
        interfaces = (Node,)

    name = graphene.String()
    slug = graphene.String()
    value = graphene.String()
    input_type = AttributeInputTypeEnum()
    plain_text = graphene.String()
    rich_text = graphene.JSONString()
    boolean = graphene.Boolean()
    date = graphene.Date()
    date_time = graphene.DateTime()
    external_reference = graphene.String()

    @staticmethod
    def resolve_input_type(root: ValueRow, _info: graphene.ResolveInfo) -> str:
        """Its attribute's."""
        return root.attribute.input_type

    @staticmethod
    def resolve_date(root: ValueRow, _info: graphene.ResolveInfo) -> Any:
        """The day of a DATE attribute."""
        return root.date_time.date() if root.date_time and root.attribute.input_type == "DATE" else None

    @staticmethod
    def resolve_date_time(root: ValueRow, _info: graphene.ResolveInfo) -> Any:
        """The moment of a DATE_TIME attribute."""
        return root.date_time if root.attribute.input_type == "DATE_TIME" else None


AttributeValueCountableConnection = connection(AttributeValue)


class AttributeValueFilterInput(graphene.InputObjectType):
    """Which values."""

    search = graphene.String()
    ids = NonNullList(graphene.ID)
    slugs = NonNullList(graphene.String)


class Attribute(MetadataFields, ModelObject):
    """A property of products."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    input_type = AttributeInputTypeEnum()
    entity_type = AttributeEntityTypeEnum()
    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    type = AttributeTypeEnum(required=True)
    unit = MeasurementUnitsEnum()
    choices = paged(AttributeValueCountableConnection, filter=AttributeValueFilterInput(), search=graphene.String())
    value_required = graphene.Boolean(required=True)
    visible_in_storefront = graphene.Boolean(required=True)
    with_choices = graphene.Boolean(required=True)
    external_reference = graphene.String()

    @staticmethod
    def resolve_entity_type(root: Row, _info: graphene.ResolveInfo) -> str | None:
        """What a reference points to."""
        return root.entity_type or None

    @staticmethod
    def resolve_unit(root: Row, _info: graphene.ResolveInfo) -> str | None:
        """What a number counts."""
        return root.unit or None

    @staticmethod
    def resolve_with_choices(root: Row, _info: graphene.ResolveInfo) -> bool:
        """Whether products share its values."""
        return root.input_type in CHOICES

    @staticmethod
    def resolve_choices(
        root: Row,
        info: graphene.ResolveInfo,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the API's name
        search: str | None = None,
        **paging: Any,
    ) -> Page:
        """Its values in the order in which they were made; none for types whose values are not shared."""
        rows = root.values.all() if root.input_type in CHOICES else root.values.none()
        given = filter or {}
        if text := search or given.get("search"):
            rows = rows.filter(Q(name__icontains=text) | Q(slug__icontains=text))
        if given.get("ids"):
            rows = rows.filter(pk__in=[key_of(ValueRow, value) for value in given["ids"]])
        if given.get("slugs"):
            rows = rows.filter(slug__in=given["slugs"])
        return page(rows, info, order=["pk"], **paging)


AttributeCountableConnection = connection(Attribute)


class AttributeFilterInput(graphene.InputObjectType):
    """Which attributes."""

    search = graphene.String()
    ids = NonNullList(graphene.ID)
    slugs = NonNullList(graphene.String)
    type = AttributeTypeEnum()


def filtered_attributes(rows: QuerySet[Row], given: dict[str, Any], search: str | None) -> QuerySet[Row]:
    """The rows that the filter keeps."""
    if text := search or given.get("search"):
        rows = rows.filter(Q(name__icontains=text) | Q(slug__icontains=text))
    if given.get("ids"):
        rows = rows.filter(pk__in=[key_of(Row, value) for value in given["ids"]])
    if given.get("slugs"):
        rows = rows.filter(slug__in=given["slugs"])
    return rows.filter(type=given["type"]) if given.get("type") else rows


class AttributeQueries:
    """Root fields about attributes."""

    attribute = graphene.Field(
        Attribute, id=graphene.ID(), slug=graphene.String(), external_reference=graphene.String()
    )
    attributes = paged(AttributeCountableConnection, filter=AttributeFilterInput(), search=graphene.String())

    @staticmethod
    def resolve_attribute(
        _root: None,
        _info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
        slug: str | None = None,
        external_reference: str | None = None,
    ) -> Row | None:
        """One attribute."""
        if id:
            return find(Row.objects.all(), id)
        by = {"slug": slug} if slug else {"external_reference": external_reference}
        return Row.objects.filter(**by).first()

    @staticmethod
    def resolve_attributes(
        _root: None,
        info: graphene.ResolveInfo,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the API's name
        search: str | None = None,
        **paging: Any,
    ) -> Page:
        """Attributes by slug."""
        return page(filtered_attributes(Row.objects.all(), filter or {}, search), info, order=["slug"], **paging)
