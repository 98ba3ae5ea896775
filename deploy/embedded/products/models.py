"""Categories, product types, products and variants."""

from django.db import models
from django.utils import timezone

from deploy.embedded.core.models import WithMetadata, money, reference


class Category(WithMetadata):
    """A shelf; categories nest."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    description = models.JSONField(null=True, blank=True)
    seo_title = models.CharField(max_length=70, blank=True)
    seo_description = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    level = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ProductType(WithMetadata):
    """What kind of product it is: which attributes it and its variants have. Weight in kilograms."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=32, default="NORMAL")
    has_variants = models.BooleanField(default=True)
    is_shipping_required = models.BooleanField(default=True)
    is_digital = models.BooleanField(default=False)
    weight = models.FloatField(default=0)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class ProductTypeAttribute(models.Model):
    """An attribute of a type's products (`of` PRODUCT) or of their variants (`of` VARIANT)."""

    product_type = models.ForeignKey(ProductType, models.CASCADE, related_name="assigned")
    attribute = models.ForeignKey("embedded.Attribute", models.CASCADE, related_name="assigned")
    of = models.CharField(max_length=10)
    variant_selection = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["product_type", "attribute", "of"], name="assigned_once")]

    def __str__(self) -> str:
        return f"{self.product_type_id}: {self.attribute_id}"


class Product(WithMetadata):
    """A product; sold through its variants. Weight in kilograms."""

    product_type = models.ForeignKey(ProductType, models.PROTECT, related_name="products")
    category = models.ForeignKey(Category, models.SET_NULL, null=True, blank=True, related_name="products")
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    description = models.JSONField(null=True, blank=True)
    description_plain = models.TextField(blank=True)
    seo_title = models.CharField(max_length=70, blank=True)
    seo_description = models.CharField(max_length=300, blank=True)
    weight = models.FloatField(null=True, blank=True)
    rating = models.FloatField(null=True, blank=True)
    external_reference = reference()
    created = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class ProductChannelListing(models.Model):
    """Whether and since when a product is shown and sold in a channel."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="channel_listings")
    channel = models.ForeignKey("embedded.Channel", models.CASCADE, related_name="+")
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    visible_in_listings = models.BooleanField(default=False)
    available_for_purchase_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["product", "channel"], name="listed_once")]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.channel_id}"

    @property
    def is_available_for_purchase(self) -> bool:
        """Sold now."""
        return self.available_for_purchase_at is not None and self.available_for_purchase_at <= timezone.now()

    @property
    def is_visible(self) -> bool:
        """Shown to visitors now."""
        return self.is_published and (self.published_at is None or self.published_at <= timezone.now())


class ProductVariant(WithMetadata):
    """What is bought: a pack of a product. Weight in kilograms."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    name = models.CharField(max_length=255, blank=True)
    sku = models.CharField(max_length=255, unique=True, null=True, blank=True)
    track_inventory = models.BooleanField(default=True)
    quantity_limit_per_customer = models.PositiveIntegerField(null=True, blank=True)
    weight = models.FloatField(null=True, blank=True)
    external_reference = reference()
    created = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.sku or f"ID:{self.pk}"


class ProductVariantChannelListing(models.Model):
    """A variant's price in a channel; without a price it is not sold there."""

    variant = models.ForeignKey(ProductVariant, models.CASCADE, related_name="channel_listings")
    channel = models.ForeignKey("embedded.Channel", models.CASCADE, related_name="+")
    price = money(null=True)
    cost_price = money(null=True)
    prior_price = money(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["variant", "channel"], name="priced_once")]

    def __str__(self) -> str:
        return f"{self.variant_id} in {self.channel_id}: {self.price}"


class ProductValue(models.Model):
    """A value that a product has."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="assigned_values")
    value = models.ForeignKey("embedded.AttributeValue", models.CASCADE, related_name="product_values")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["product", "value"], name="product_value_once")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.value_id}"


class VariantValue(models.Model):
    """A value that a variant has."""

    variant = models.ForeignKey(ProductVariant, models.CASCADE, related_name="assigned_values")
    value = models.ForeignKey("embedded.AttributeValue", models.CASCADE, related_name="variant_values")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["variant", "value"], name="variant_value_once")]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.value_id}"
