"""What mutations of products and variants take."""

import graphene

from deploy.embedded.core.metadata import MetadataInput
from deploy.embedded.core.mutation import error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.core.scalars import PositiveDecimal, WeightScalar

_CODES = (
    "ALREADY_EXISTS ATTRIBUTE_ALREADY_ASSIGNED ATTRIBUTE_CANNOT_BE_ASSIGNED ATTRIBUTE_VARIANTS_DISABLED "
    "MEDIA_ALREADY_ASSIGNED DUPLICATED_INPUT_ITEM GRAPHQL_ERROR INVALID INVALID_PRICE PRODUCT_WITHOUT_CATEGORY "
    "NOT_PRODUCTS_IMAGE NOT_PRODUCTS_VARIANT NOT_FOUND REQUIRED UNIQUE CANNOT_MANAGE_PRODUCT_WITHOUT_VARIANT "
    "PRODUCT_NOT_ASSIGNED_TO_CHANNEL UNSUPPORTED_MEDIA_PROVIDER PREORDER_VARIANT_CANNOT_BE_DEACTIVATED "
    "INVALID_FILE_TYPE UNSUPPORTED_MIME_TYPE FILE_SIZE_LIMIT_EXCEEDED"
)
_IDS = {"attributes": NonNullList(graphene.ID), "values": NonNullList(graphene.ID)}
ProductError = error_type("ProductError", _CODES, **_IDS)
ProductErrorCode = ProductError._meta.fields["code"].type.of_type


def _like(name: str, **columns: object) -> type[graphene.ObjectType]:
    """An error type with the codes of products and further columns."""
    fields = {
        "__doc__": "Why the mutation, or one of its rows, was refused.",
        "field": graphene.String(),
        "message": graphene.String(),
        "code": graphene.Field(ProductErrorCode, required=True),
        **{key: NonNullList(graphene.ID) for key in ("attributes", "values")},
        **columns,
    }
    return type(name, (graphene.ObjectType,), fields)


ProductChannelListingError = _like(
    "ProductChannelListingError", channels=NonNullList(graphene.ID), variants=NonNullList(graphene.ID)
)
BulkProductError = _like(
    "BulkProductError",
    index=graphene.Int(),
    warehouses=NonNullList(graphene.ID),
    channels=NonNullList(graphene.ID),
)
BulkStockError = _like("BulkStockError", index=graphene.Int())
ProductBulkCreateError = error_type(
    "ProductBulkCreateError",
    "ATTRIBUTE_ALREADY_ASSIGNED ATTRIBUTE_CANNOT_BE_ASSIGNED ATTRIBUTE_VARIANTS_DISABLED BLANK MAX_LENGTH "
    "DUPLICATED_INPUT_ITEM GRAPHQL_ERROR INVALID INVALID_PRICE PRODUCT_WITHOUT_CATEGORY NOT_FOUND REQUIRED UNIQUE "
    "PRODUCT_NOT_ASSIGNED_TO_CHANNEL UNSUPPORTED_MEDIA_PROVIDER FILE_SIZE_LIMIT_EXCEEDED",
    place="path",
    **{key: NonNullList(graphene.ID) for key in ("attributes", "values", "warehouses", "channels")},
)
ProductVariantBulkError = error_type(
    "ProductVariantBulkError",
    "ATTRIBUTE_ALREADY_ASSIGNED ATTRIBUTE_CANNOT_BE_ASSIGNED ATTRIBUTE_VARIANTS_DISABLED DUPLICATED_INPUT_ITEM "
    "GRAPHQL_ERROR INVALID INVALID_PRICE NOT_PRODUCTS_VARIANT NOT_FOUND REQUIRED UNIQUE "
    "PRODUCT_NOT_ASSIGNED_TO_CHANNEL STOCK_ALREADY_EXISTS",
    path=graphene.String(),
    **{
        key: NonNullList(graphene.ID)
        for key in ("attributes", "values", "warehouses", "stocks", "channels", "channel_listings")
    },
)


class SeoInput(graphene.InputObjectType):
    """What search engines show."""

    title = graphene.String()
    description = graphene.String()


class AttributeValueSelectableTypeInput(graphene.InputObjectType):
    """A shared value by id, reference or name."""

    id = graphene.ID()
    external_reference = graphene.String()
    value = graphene.String()


class AttributeValueInput(graphene.InputObjectType):
    """An attribute and its value, in the field of its type."""

    id = graphene.ID()
    external_reference = graphene.String()
    values = NonNullList(graphene.String)
    dropdown = AttributeValueSelectableTypeInput()
    swatch = AttributeValueSelectableTypeInput()
    multiselect = NonNullList(AttributeValueSelectableTypeInput)
    numeric = graphene.String()
    rich_text = graphene.JSONString()
    plain_text = graphene.String()
    boolean = graphene.Boolean()
    date = graphene.Date()
    date_time = graphene.DateTime()


class BulkAttributeValueInput(AttributeValueInput):
    """An attribute and its value, in the field of its type."""


class StockInput(graphene.InputObjectType):
    """Pieces in a warehouse."""

    warehouse = graphene.ID(required=True)
    quantity = graphene.Int(required=True)


class ProductVariantChannelListingAddInput(graphene.InputObjectType):
    """A price in a channel."""

    channel_id = graphene.ID(required=True)
    price = PositiveDecimal(required=True)
    cost_price = PositiveDecimal()
    prior_price = PositiveDecimal()


class ProductVariantInput(graphene.InputObjectType):
    """What changes of a variant; what is left out stays."""

    attributes = NonNullList(AttributeValueInput)
    sku = graphene.String()
    name = graphene.String()
    track_inventory = graphene.Boolean()
    weight = WeightScalar()
    quantity_limit_per_customer = graphene.Int()
    metadata = NonNullList(MetadataInput)
    private_metadata = NonNullList(MetadataInput)
    external_reference = graphene.String()


class ProductVariantCreateInput(ProductVariantInput):
    """A new variant."""

    attributes = graphene.Field(graphene.NonNull(NonNullList(AttributeValueInput)))
    product = graphene.ID(required=True)
    stocks = NonNullList(StockInput)


class ProductVariantBulkCreateInput(ProductVariantInput):
    """A new variant with its stock and prices."""

    attributes = graphene.Field(graphene.NonNull(NonNullList(BulkAttributeValueInput)))
    stocks = NonNullList(StockInput)
    channel_listings = NonNullList(ProductVariantChannelListingAddInput)


class ProductInput(graphene.InputObjectType):
    """What changes of a product; what is left out stays."""

    attributes = NonNullList(AttributeValueInput)
    category = graphene.ID()
    description = graphene.JSONString()
    name = graphene.String()
    slug = graphene.String()
    seo = SeoInput()
    weight = WeightScalar()
    rating = graphene.Float()
    metadata = NonNullList(MetadataInput)
    private_metadata = NonNullList(MetadataInput)
    external_reference = graphene.String()


class ProductChannelListingCreateInput(graphene.InputObjectType):
    """How a new product is listed in a channel."""

    channel_id = graphene.ID(required=True)
    is_published = graphene.Boolean()
    published_at = graphene.DateTime()
    visible_in_listings = graphene.Boolean()
    is_available_for_purchase = graphene.Boolean()
    available_for_purchase_at = graphene.DateTime()


class ProductBulkCreateInput(ProductInput):
    """A new product with its listings and variants."""

    product_type = graphene.ID(required=True)
    channel_listings = NonNullList(ProductChannelListingCreateInput)
    variants = NonNullList(ProductVariantBulkCreateInput)


class ProductChannelListingAddInput(ProductChannelListingCreateInput):
    """How a product is listed in a channel from now on; what is left out stays."""

    add_variants = NonNullList(graphene.ID)
    remove_variants = NonNullList(graphene.ID)


class ProductChannelListingUpdateInput(graphene.InputObjectType):
    """Channels to list in and to leave."""

    update_channels = NonNullList(ProductChannelListingAddInput)
    remove_channels = NonNullList(graphene.ID)
