"""A synthetic catalogue of any size: listed products, on request with certificates, offers and stock; seed 1."""

import random
from datetime import timedelta
from typing import Any

GOODS = (
    "Cà phê", "Mật ong", "Nước mắm", "Gạo", "Chè", "Bưởi", "Xoài", "Dứa sấy", "Kẹo dừa", "Mứt dâu", "Rượu cần",
    "Tỏi đen", "Hạt điều", "Mắc ca", "Bánh tráng", "Lạc rang", "Tinh bột nghệ", "Nấm linh chi", "Khô cá", "Chả cá",
    "Trà atiso", "Hồ tiêu", "Nem chua", "Thịt trâu gác bếp", "Miến dong", "Sầu riêng", "Thanh long", "Cam sành",
    "Yến sào", "Đậu phộng",
)  # fmt: skip
KINDS = (
    "hữu cơ",
    "nguyên chất",
    "rừng",
    "đặc biệt",
    "sấy dẻo",
    "sấy lạnh",
    "truyền thống",
    "thượng hạng",
    "hòa tan",
    "bột",
)
BRANDS = (
    "Tân Phú",
    "Hoa Sen",
    "Sơn Hà",
    "Thiên An",
    "Bảo Lộc",
    "Kim Ngân",
    "Ngọc Lan",
    "Cầu Kè",
    "An Thịnh",
    "Mai Châu",
)
STORY = (
    "Sản phẩm được làm từ nguyên liệu của bà con trong xã, chế biến theo cách truyền thống, không dùng chất bảo quản, "
    "đóng gói tại hợp tác xã và kiểm nghiệm định kỳ."
)


def fill(number: int) -> None:
    """Listed products with all kinds of facts, half a per cent for adults only, a tenth without a price."""
    _products(number)


def fill_for_sale(number: int) -> None:
    """The same products, each with its certificate; those with a price have offers and stock too."""
    products, producers, dice = _products(number)
    _certify(products)
    _offer(products, producers, dice)


def fill_combos(number: int) -> None:
    """Approved combos of a catalogue for sale, agreed to by all: about one in seven of them to choose from, one in
    eight with something in it that is sold out, in two packagings.
    """
    from django.utils import timezone  # noqa: PLC0415

    from catalog.combos.models import Combo, ComboAgreement, ComboPart, Occasion  # noqa: PLC0415
    from catalog.offers.models import Offer  # noqa: PLC0415
    from catalog.products.codes import new_code  # noqa: PLC0415
    from catalog.regions import provinces  # noqa: PLC0415

    dice, places = random.Random(3), [one.code for one in provinces()]
    packagings = _packagings()
    known = Offer.objects.filter(product__restriction="").select_related("product").order_by("pk")
    offers = {stocked: list(known.filter(product__in_stock=stocked)) for stocked in (True, False)}
    combos, parts, agreements, start = [], [], [], Combo.objects.count()
    for index in range(start, start + number):
        chosen = dice.sample(offers[True], dice.randrange(3, 7))
        if dice.random() < 1 / 8:
            chosen[0] = dice.choice(offers[False])
        choose = 2 if dice.random() < 1 / 7 else None
        approved = timezone.now() - timedelta(minutes=index)
        combo = Combo(
            code=new_code(), slug=f"qua-{index}", title=f"Quà {dice.choice(GOODS).lower()} {index}", story=STORY,
            occasion=dice.choice(Occasion.values), province_code=dice.choice(places), packaging=dice.choice(packagings),
            kind="choose" if choose else "fixed", choose=choose, percent=dice.choice((0, 5, 10)),
            proposed_at=approved, approved_at=approved, approved_terms=1,
        )  # fmt: skip
        if not choose and dice.random() < 0.2:
            combo.percent, combo.fixed_price = 0, sum(one.price for one in chosen) * 9 // 10
        combos.append(combo)
        spare = dice.choice(offers[True]) if dice.random() < 0.2 else None
        parts += [
            ComboPart(combo=combo, offer=one, quantity=1, position=n, substitute=spare if n == 0 else None)
            for n, one in enumerate(chosen) if one != spare
        ]  # fmt: skip
        told: dict[int, dict[str, object]] = {}
        for one in [*chosen, *([spare] if spare else [])]:
            terms = {"lowest": one.price // 2, "keeps_days": 90}
            told.setdefault(one.product.producer_id, {})[one.external_reference] = terms
        agreements += [ComboAgreement(combo=combo, producer_id=pk, terms=1, parts=rows) for pk, rows in told.items()]
    for model, rows in ((Combo, combos), (ComboPart, parts), (ComboAgreement, agreements)):
        _write(model, rows)


def _packagings() -> list[Any]:
    """Two, with plenty of boxes in their points' packing stores."""
    from catalog.combos.models import Packaging, PackagingStock  # noqa: PLC0415
    from catalog.salepoints.models import SalePoint, Warehouse  # noqa: PLC0415

    if known := list(Packaging.objects.order_by("pk")):
        return known
    points = list(SalePoint.objects.order_by("pk")[:2])
    stores = _write(Warehouse, [Warehouse(external_reference=f"packing-{p.slug}", packing_point=p) for p in points])
    packagings = _write(
        Packaging,
        [Packaging(code=f"000000{n}", name="Hộp tre", sale_point=point, price=25_000, weight=300, most_pieces=12)
         for n, point in enumerate(points)],
    )  # fmt: skip
    pairs = zip(packagings, stores, strict=True)
    _write(PackagingStock, [PackagingStock(packaging=one, warehouse=store, quantity=500) for one, store in pairs])
    return packagings


def _products(number: int) -> tuple[list[Any], list[Any], random.Random]:
    from catalog import clock  # noqa: PLC0415
    from catalog.products.codes import new_code  # noqa: PLC0415
    from catalog.products.models import Product  # noqa: PLC0415
    from catalog.regions import old_provinces  # noqa: PLC0415
    from catalog.text import fold, name_key  # noqa: PLC0415

    dice, today = random.Random(1), clock.today()
    by_code = {old.code: old for old in old_provinces()}
    producers = _producers(max(1, number // 2), dice, list(by_code.values()))
    unique: set[str] = set()
    while len(unique) < number:
        unique.add(new_code())
    codes, products = sorted(unique), []
    for index in range(number):
        producer = dice.choice(producers)
        old = by_code[producer.address]
        name = f"{dice.choice(GOODS)} {dice.choice(KINDS)} {dice.choice(BRANDS)} {index % 997}"
        price = None if dice.random() < 0.1 else dice.randrange(20, 1500) * 1000
        since = today - timedelta(days=dice.randrange(1000))
        products.append(
            Product(code=codes[index], name=name, name_key=f"{name_key(name)} {index}",
                    slug=fold(name).replace(" ", "-"),
                    producer=producer, set_no=dice.randrange(1, 27), branch=dice.randrange(1, 7),
                    restriction="alcohol" if dice.random() < 0.005 else "", address=f"Xã Tân Phú, {old.name}",
                    province_code=old.province_code, old_province_code=old.code, region=old.region,
                    star=dice.choice((3, 3, 3, 4, 5)), listable_from=since, listable_until=since + timedelta(days=1095),
                    blocked="", story=STORY, price_from=price, in_stock=price is not None and dice.random() < 0.8)
        )  # fmt: skip
    return _write(Product, products), producers, dice


def _producers(number: int, dice: random.Random, olds: list[Any]) -> list[Any]:
    from catalog.producers.models import Producer, ProducerKind  # noqa: PLC0415
    from catalog.text import fold, name_key  # noqa: PLC0415

    producers = []
    for index in range(number):
        old = dice.choice(olds)
        name = f"Hợp tác xã {dice.choice(BRANDS)} {index}"
        producers.append(
            Producer(name=name, name_key=name_key(name), slug=fold(name).replace(" ", "-"),
                     kind=dice.choice(ProducerKind.values), province_code=old.province_code, address=old.code)
        )  # fmt: skip
    return _write(Producer, producers)


def _certify(products: list[Any]) -> None:
    """Each product's recognition, proved by one present record of tier A."""
    from django.db.models import OuterRef, Subquery  # noqa: PLC0415

    from catalog.certificates.models import Recognition, Source, SourceRecord  # noqa: PLC0415
    from catalog.products.models import Product  # noqa: PLC0415

    ministry, province = "Bộ Nông nghiệp và Môi trường", "UBND tỉnh"
    recognitions = []
    for number, one in enumerate(products, 1):
        authority = ministry if one.star == 5 else province
        recognitions.append(
            Recognition(product=one, authority=authority, authority_key=authority, decision_number=f"{number}/QĐ-UBND",
                        decision_key=f"{number}/QD-UBND", issued_on=one.listable_from, star=one.star, evidence="A",
                        proved=True)
        )  # fmt: skip
    source = Source.objects.create(name="bench")
    records = [
        SourceRecord(source=source, key=one.product.code, hash=one.product.code, outcome="listed", status="valid",
                     evidence="A", star=one.star, product=one.product, recognition=one)
        for one in _write(Recognition, recognitions)
    ]  # fmt: skip
    _write(SourceRecord, records)
    proof = Recognition.objects.filter(product=OuterRef("pk")).values("pk")[:1]
    Product.objects.update(current=Subquery(proof))


def _offer(products: list[Any], producers: list[Any], dice: random.Random) -> None:
    """Offers for what has a price; what is in stock lies at its producer's and at one of twenty sale points."""
    from catalog.offers.models import Offer, OfferStock  # noqa: PLC0415
    from catalog.salepoints.models import SalePoint, Warehouse  # noqa: PLC0415

    points = _write(
        SalePoint,
        [SalePoint(slug=f"diem-{n}", name=f"Điểm OCOP {n}", address="1 Lê Lợi", province_code="68") for n in range(20)],
    )
    stores = [Warehouse(external_reference=f"producer-{one.pk}", producer=one) for one in producers]
    by_producer = {store.producer_id: store for store in _write(Warehouse, stores)}
    shelves = _write(Warehouse, [Warehouse(external_reference=one.slug, sale_point=one) for one in points])
    offers = [
        Offer(product=one, number=number, name=f"Gói {250 * number} g", price=one.price_from * number,
              weight=250 * number)
        for one in products if one.price_from is not None for number in range(1, dice.randrange(2, 4))
    ]  # fmt: skip
    stocks = []
    for offer in _write(Offer, offers):
        for warehouse in (by_producer[offer.product.producer_id], dice.choice(shelves)):
            quantity = dice.randrange(1, 60) if offer.product.in_stock else 0
            stocks.append(OfferStock(offer=offer, warehouse=warehouse, quantity=quantity))
    _write(OfferStock, stocks)


def _write(model: Any, rows: list[Any]) -> list[Any]:
    return list(model.objects.bulk_create(rows, batch_size=2000))
