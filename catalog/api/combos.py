"""Gift combos in the schema: those that can be had today, with their parts and the certificates behind them."""

from dataclasses import dataclass
from typing import Any

import graphene

from catalog.api import addresses
from catalog.api.cursors import cursor, position
from catalog.api.loading import Loaders
from catalog.api.pages import Edge, Page, connection
from catalog.api.places import Province
from catalog.api.producers import Producer, SalePoint
from catalog.api.products import FEW, Availability, Offer, Product
from catalog.api.words import Date, enum, in_words, many, one, said
from catalog.certificates.models import Recognition
from catalog.certificates.services import is_listed
from catalog.combos import lists
from catalog.combos.lists import Listed
from catalog.combos.models import Kind, Occasion
from catalog.combos.offering import BoxPart, cheapest_box, on_offer, options
from catalog.offers.models import Offer as OfferRow
from catalog.producers.models import Producer as ProducerRow
from catalog.regions import province

ComboKind = enum(
    "ComboKind",
    said("Who says what is in the box.", "Ai quyết định trong hộp có gì."),
    {
        "FIXED": (Kind.FIXED.value, "Every box is the same.", "Hộp nào cũng như nhau."),
        "CHOOSE": (Kind.CHOOSE.value, "The buyer chooses some of the parts.", "Người mua chọn một số món."),
    },
)
ComboOccasion = enum(
    "ComboOccasion",
    said("What a combo is given for.", "Combo tặng vào dịp nào."),
    {
        "TET": (Occasion.TET.value, "Lunar New Year.", "Tết Nguyên đán."),
        "MID_AUTUMN": (Occasion.MID_AUTUMN.value, "Mid-Autumn Festival.", "Tết Trung thu."),
        "WEDDING": (Occasion.WEDDING.value, "Weddings and engagements.", "Cưới hỏi."),
        "CORPORATE": (Occasion.CORPORATE.value, "Business gifts.", "Doanh nghiệp."),
        "FOREIGN_GUESTS": (Occasion.FOREIGN_GUESTS.value, "Guests from abroad.", "Khách quốc tế."),
    },
)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part with the offer as the rest of the answer tells it."""

    part: BoxPart
    offer: OfferRow


class ComboPart(graphene.ObjectType):
    """Pieces of an offer in a box."""

    class Meta:
        description = said(
            "Pieces of one product in a box; in a combo to choose from, something that may be chosen.",
            "Một món trong hộp; với combo tự chọn, một món có thể chọn.",
        )

    product = one(Product, "What it is.", "Sản phẩm.", get="part.product")
    offer = one(Offer, "The pack size, with its price alone.", "Quy cách, kèm giá mua lẻ.")
    quantity = one(
        graphene.Int,
        "Pieces a box; in a combo to choose from, the most that one box takes.",
        "Số lượng mỗi hộp; với combo tự chọn là số nhiều nhất được chọn.",
        get="part.quantity",
    )
    substitutes = one(
        Product,
        "The product for which it stands in today, as its producers agreed; null mostly.",
        "Sản phẩm mà món này đang thay, theo thỏa thuận của các chủ thể; thường là null.",
        required=False,
        get=lambda row: row.part.replaces.product if row.part.replaces and _is_listed(row.part.replaces) else None,
    )


class ComboPrice(graphene.ObjectType):
    """What a box costs."""

    class Meta:
        description = said(
            "What one box costs today, in whole đồng, tax included, delivery not.",
            "Giá một hộp hôm nay, nguyên đồng, gồm thuế, chưa gồm phí giao.",
        )

    alone = one(graphene.Int, "Its parts bought alone.", "Các món nếu mua lẻ.")
    goods = one(graphene.Int, "Its parts in the box.", "Các món trong hộp.")
    packaging = one(graphene.Int, "The packaging.", "Tiền hộp.")
    total = one(graphene.Int, "All that is paid for one box.", "Tổng tiền một hộp.")
    saving = one(
        graphene.Int,
        "How much less than the parts alone, packaging counted; never below 0.",
        "Rẻ hơn mua lẻ bao nhiêu, đã tính tiền hộp; không dưới 0.",
    )


class Combo(graphene.ObjectType):
    """A gift combo that is sold today."""

    class Meta:
        description = said(
            "A gift of verified products of one or several producers, packed by one sale point. A combo with a part "
            "that may not be sold today is not told.",
            "Hộp quà gồm sản phẩm có chứng nhận của một hay nhiều chủ thể, do một điểm bán đóng. Combo có món "
            "không được bán hôm nay thì không có ở đây.",
        )

    code = one(graphene.String, "Its permanent code.", "Mã cố định của combo.", get="combo.code")
    kind = one(ComboKind, "Who says what is in it.", "Loại combo.", get="combo.kind")
    title = in_words("Its title.", "Tên combo.", lambda row, _: row.combo.told_title)
    story = in_words("Its story; may be empty.", "Câu chuyện, có thể trống.", lambda row, _: row.combo.told_story)
    url = in_words(
        "Its page in the shop.",
        "Trang của combo trên Chợ Sao.",
        lambda row, _: addresses.page("combo", row.combo.slug, row.combo.code),
    )
    occasion = one(
        ComboOccasion,
        "What it is given for; null for any time of the year.",
        "Dịp tặng; null nếu quanh năm.",
        required=False,
        get=lambda row: row.combo.occasion or None,
    )
    province = one(
        Province,
        "The province whose story it tells, if one.",
        "Tỉnh mà combo kể chuyện, nếu có.",
        required=False,
        get=lambda row: province(row.combo.province_code) if row.combo.province_code else None,
    )
    choose = one(
        graphene.Int,
        "How many pieces one chooses; null where every box is the same.",
        "Số món được chọn; null nếu hộp cố định.",
        required=False,
        get="combo.choose",
    )
    parts = many(ComboPart, "What is in it, or what may be chosen today.", "Các món trong hộp, hoặc có thể chọn.")
    price = one(
        ComboPrice,
        "What a box costs today; of one to choose from, the cheapest box.",
        "Giá một hộp hôm nay; với combo tự chọn là hộp rẻ nhất.",
        get="box.price",
    )
    packaging = in_words(
        "What it is packed in.",
        "Loại hộp.",
        lambda row, language: (language == "en" and row.box.packaging.name_en) or row.box.packaging.name,
    )
    packed_by = one(SalePoint, "Who packs it.", "Điểm bán đóng hộp.", get="box.packaging.sale_point")
    proposed_by = one(
        Producer,
        "The producer who proposed it; null where its sale point did.",
        "Chủ thể lập combo; null nếu do điểm bán lập.",
        required=False,
        get="combo.producer",
    )
    availability = one(Availability, "Can a box be had?", "Còn hộp không?")
    deliverable = one(
        graphene.Boolean, "Can it be sent?", "Có giao tận nơi không?", get=lambda row: row.box.deliverable > 0
    )
    collectable = one(
        graphene.Boolean,
        "Can it be collected where it is packed?",
        "Có nhận tại nơi đóng hộp không?",
        get=lambda row: row.box.collectable > 0,
    )
    certificates_until = one(
        Date,
        "The last day on which every certificate in it holds.",
        "Ngày cuối mà mọi chứng nhận trong hộp còn hiệu lực.",
        required=False,
        get="box.until",
    )
    keeps_days = one(
        graphene.Int,
        "Days that everything in it keeps at least when it comes to who packs it; null where one did not promise.",
        "Số ngày mọi món còn dùng được khi tới nơi đóng hộp; null nếu có món không hứa.",
        required=False,
        get="box.keeps_days",
    )

    @staticmethod
    def resolve_parts(row: Listed, info: Any) -> list[PartRow]:
        """With the offers of all products of the request."""
        return [PartRow(part, _offer(part.offer, info)) for part in _parts(row)]

    @staticmethod
    def resolve_availability(row: Listed, _info: Any) -> str:
        """Boxes that can be had one way or the other."""
        boxes = row.box.possible
        return "out_of_stock" if not boxes else "few" if boxes <= FEW else "in_stock"


ComboConnection = connection(Combo, "gift combos", "combo quà")


def some(occasion: str | None, place: str | None, first: int, after: str | None, loaders: Loaders) -> Page:
    """A page of what can be had today, the newest first. Raises BadCursor."""
    of, meant = f"combos {occasion} {place}", {"occasion": occasion or "", "place": place or ""}
    start = position(of, after)
    shown = lists.page(**meant, start=lists.Start(start), most=first)
    _complete([one for _start, one in shown.rows])
    _see((one for _start, one in shown.rows), loaders)
    edges = [Edge(one, cursor(of, begins.place + 1)) for begins, one in shown.rows]
    if start == 0 and shown.next is None:
        loaders.counts[of] = len(edges)

    def count() -> int:
        if of not in loaders.counts:
            loaders.hurry()
            loaders.counts[of] = lists.count(**meant)
        return loaders.counts[of]

    return Page(edges, shown.next is not None, start > 0, count)


def by_code(code: str | None, loaders: Any) -> Listed | None:
    """The one with this code, where nothing but stock keeps it from being sold today."""
    row = on_offer().filter(code=code).first()
    found = Listed(row, cheapest_box(row)) if row else None
    if found is None or found.box.problem:
        return None
    _see([found], loaders)
    return found


def _parts(row: Listed) -> list[BoxPart]:
    """What is in the box, or what may be chosen and sold today."""
    if row.combo.kind == Kind.FIXED:
        return list(row.box.parts)
    return [option.part for option in options(row.combo) if not option.problem]


def _complete(rows: list[Listed]) -> None:
    """As the rest of the answer reads them: products with their certificates, combos with who proposed them."""
    offers = [offer for row in rows for part in row.combo.contents for offer in (part.offer, part.substitute) if offer]
    products = [offer.product for offer in offers]
    known = Recognition.objects.in_bulk({one.current_id for one in products if one.current_id})
    for product in products:
        product.current = known.get(product.current_id) if product.current_id else None
    makers = ProducerRow.objects.in_bulk({row.combo.producer_id for row in rows if row.combo.producer_id})
    for row in rows:
        row.combo.producer = makers.get(row.combo.producer_id) if row.combo.producer_id else None


def _see(rows: Any, loaders: Any) -> None:
    for row in rows:
        parts = _parts(row)
        instead = [part.replaces.product for part in parts if part.replaces and _is_listed(part.replaces)]
        loaders.see([*(part.product for part in parts), *instead])
        loaders.see_producers([row.combo.producer_id] if row.combo.producer_id else [])


def _offer(offer: OfferRow, info: Any) -> OfferRow:
    found: dict[int, OfferRow] = {one.pk: one for one in info.context.offers.get(offer.product_id)}
    return found.get(offer.pk, offer)


def _is_listed(offer: OfferRow) -> bool:
    return is_listed(offer.product) and not offer.product.adult_only
