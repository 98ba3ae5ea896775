"""Products and offers in the schema."""

from typing import Any

import graphene

from catalog.api import addresses
from catalog.api.certificates import Certificate, certificate_of
from catalog.api.goods import BY_NUMBER, Branch, ProductSet, Restriction
from catalog.api.pages import connection, edge
from catalog.api.places import Commune, OldProvince, Province, Region, region_of
from catalog.api.producers import Producer, SalePoint
from catalog.api.words import enum, in_words, many, one, said
from catalog.offers.models import Offer as OfferRow
from catalog.products.models import Product as ProductRow
from catalog.products.sets import PRODUCT_SETS
from catalog.regions import province
from catalog.regions.places import places

FEW = 5  # pieces, as the product's page tells it
Availability = enum(
    "Availability",
    said("Whether a pack can be bought; pieces are not told.", "Có mua được không; không nói số lượng."),
    {
        "IN_STOCK": ("in_stock", "In stock.", "Còn hàng."),
        "FEW": ("few", f"{FEW} or fewer are left.", f"Chỉ còn từ {FEW} trở xuống."),
        "OUT_OF_STOCK": ("out_of_stock", "None is left.", "Hết hàng."),
    },
)


class Offer(graphene.ObjectType):
    """A pack size."""

    class Meta:
        description = said("A pack size of a product that is for sale.", "Một quy cách đang bán của sản phẩm.")

    id = one(
        graphene.ID,
        "Its permanent code: the product's, and a number.",
        "Mã cố định: mã sản phẩm kèm số thứ tự.",
        get="external_reference",
    )
    name = one(graphene.String, "What is in the pack.", "Quy cách.")
    price = one(
        graphene.Int, "Whole đồng, tax included, delivery not.", "Giá nguyên đồng, gồm thuế, chưa gồm phí giao."
    )
    weight_grams = one(graphene.Int, "Grams; 0 where unknown.", "Khối lượng, gam; 0 nếu chưa rõ.", get="weight")
    availability = one(Availability, "Can it be bought?", "Còn hàng không?")
    sale_points = many(SalePoint, "Where it can be collected at once.", "Các điểm bán có sẵn để nhận ngay.")

    @staticmethod
    def resolve_availability(offer: OfferRow, _info: Any) -> str:
        """From all warehouses together."""
        pieces = sum(stock.available for stock in offer.stocks.all())
        return "out_of_stock" if not pieces else "few" if pieces <= FEW else "in_stock"

    @staticmethod
    def resolve_sale_points(offer: OfferRow, _info: Any) -> list[Any]:
        """Open ones that have some."""
        points = [stock.warehouse.sale_point for stock in offer.stocks.all() if stock.available]
        return [point for point in points if point and point.is_open]


class Product(graphene.ObjectType):
    """A speciality that is listed today."""

    class Meta:
        description = said(
            "A speciality whose OCOP certificate is in force today. What is not listed is told by `verify` alone.",
            "Đặc sản có chứng nhận OCOP còn hiệu lực hôm nay. Sản phẩm không được bày chỉ có ở `verify`.",
        )

    code = one(graphene.String, "Its permanent code: 7 letters and digits.", "Mã cố định: 7 chữ và số.")
    name = one(graphene.String, "Its name as registered.", "Tên theo sổ đăng ký.")
    url = in_words(
        "Its permanent page in the shop.", "Trang cố định trên Chợ Sao.", lambda row, _: addresses.of_product(row)
    )
    verify_url = in_words(
        "The page that its label's QR leads to.",
        "Trang xác minh mà mã QR trên nhãn dẫn tới.",
        lambda row, _: addresses.page("verify_code", row.code),
    )
    star = one(graphene.Int, "3 to 5 stars, granted by the State.", "Hạng sao 3 đến 5, do Nhà nước cấp.")
    certificate = one(Certificate, "The decision behind the star.", "Quyết định đứng sau hạng sao.", get=certificate_of)
    producer = one(Producer, "Who makes it.", "Chủ thể.")
    address = one(graphene.String, "As on the certificate; may be empty.", "Địa chỉ trên chứng nhận, có thể trống.")
    region = one(
        Region,
        "The programme's region; null where the address does not tell.",
        "Vùng; null nếu địa chỉ không cho biết.",
        required=False,
        get=lambda row: region_of(row.region),
    )
    province = one(Province, "The province of today.", "Tỉnh hiện nay.", get=lambda row: province(row.province_code))
    commune = one(
        Commune,
        "The commune of today, where known.",
        "Xã, phường hiện nay, nếu rõ.",
        required=False,
        get=lambda row: places().communes.get(row.commune_code),
    )
    old_province = one(
        OldProvince,
        "The old province, where known.",
        "Tỉnh cũ, nếu rõ.",
        required=False,
        get=lambda row: places().old_provinces.get(row.old_province_code),
    )
    category = one(graphene.String, "The category as published; may be empty.", "Nhóm như đã công bố, có thể trống.")
    branch = one(
        Branch,
        "Its branch, where known.",
        "Nhóm sản phẩm, nếu rõ.",
        required=False,
        get=lambda row: BY_NUMBER.get(row.branch),
    )
    product_set = one(
        ProductSet,
        "Its set, where the registry tells it.",
        "Bộ sản phẩm, nếu sổ đăng ký cho biết.",
        required=False,
        get=lambda row: PRODUCT_SETS[row.set_no - 1] if row.set_no else None,
    )
    restriction = one(
        Restriction,
        "A rule of selling, or null.",
        "Quy định bán, hoặc null.",
        required=False,
        get=lambda row: row.restriction or None,
    )
    adult_only = one(graphene.Boolean, "For people of 18 or older only?", "Chỉ cho người từ đủ 18 tuổi?")
    story = one(
        graphene.String, "The producer's own words, in Vietnamese; may be empty.", "Câu chuyện sản phẩm, có thể trống."
    )
    price_from = one(
        graphene.Int,
        "The lowest price in whole đồng; null while not for sale.",
        "Giá thấp nhất, nguyên đồng; null nếu chưa mở bán.",
        required=False,
    )
    in_stock = one(graphene.Boolean, "Is any pack in stock?", "Có quy cách nào còn hàng?")
    offers = many(Offer, "Its pack sizes that are for sale.", "Các quy cách đang bán.")
    is_sample = one(graphene.Boolean, "Is it made-up sample data?", "Có phải dữ liệu mẫu?")

    @staticmethod
    def resolve_offers(row: ProductRow, info: Any) -> list[OfferRow]:
        """Two questions for all products of the request."""
        found: list[OfferRow] = info.context.offers.get(row.pk)
        return found


ProductEdge = edge(Product, "products", "sản phẩm")
ProductConnection = connection(Product, "products", "sản phẩm", ProductEdge)
