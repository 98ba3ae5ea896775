"""Small true worlds for tests: a listed product has a recognition and a source record behind it, as in life."""

from datetime import date, timedelta
from itertools import count

from catalog import clock
from catalog.certificates.models import Recognition, Source, SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos.models import Combo, ComboAgreement, ComboPart, Packaging, PackagingStock
from catalog.offers.models import Offer, OfferStock
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.producers.models import Producer
from catalog.products.codes import new_code
from catalog.products.models import Product
from catalog.salepoints.models import SalePoint, Warehouse
from catalog.text import fold, name_key

_numbers = count(1)


def _slug(text: str) -> str:
    return fold(text).replace(" ", "-")


def make_producer(name: str = "", province_code: str = "68", **facts: object) -> Producer:
    """A cooperative in Lâm Đồng unless told otherwise."""
    name = name or f"Hợp tác xã Thử nghiệm {next(_numbers)}"
    facts = {"kind": "cooperative", **facts}
    return Producer.objects.create(
        name=name, name_key=name_key(name), slug=_slug(name), province_code=province_code, **facts
    )


def make_product(
    name: str = "",
    *,
    star: int = 3,
    issued_on: date | None = None,
    status: str = Status.VALID,
    outcome: str = "listed",
    producer: Producer | None = None,
    **facts: object,
) -> Product:
    """A product with one proved recognition, issued 100 days ago; `facts` are columns of `Product`."""
    name = name or f"Cà phê thử nghiệm {next(_numbers)}"
    producer = producer or make_producer()
    defaults = {"province_code": producer.province_code, "branch": 1, "set_no": 13, "region": "tay-nguyen"}
    product = Product.objects.create(
        code=new_code(),
        name=name,
        name_key=name_key(name),
        slug=_slug(name),
        producer=producer,
        **{**defaults, **facts},
    )
    add_recognition(product, star=star, issued_on=issued_on, status=status, outcome=outcome)
    product.refresh_from_db()
    return product


def add_recognition(
    product: Product,
    *,
    star: int = 3,
    issued_on: date | None = None,
    status: str = Status.VALID,
    outcome: str = "listed",
    authority: str = "",
) -> Recognition:
    """A decision about the product, with a present source record of tier A behind it; the gate is asked anew."""
    number = next(_numbers)
    default = "Bộ Nông nghiệp và Môi trường" if star == 5 else "UBND tỉnh Lâm Đồng"
    recognition = Recognition.objects.create(
        product=product,
        authority=authority or default,
        authority_key=fold(authority or default),
        decision_number=f"{number}/QĐ-UBND",
        decision_key=f"{number}/QD-UBND",
        issued_on=issued_on or clock.today() - timedelta(days=100),
        star=star,
    )
    source, _ = Source.objects.get_or_create(name="thu-nghiem")
    SourceRecord.objects.create(
        source=source,
        key=f"{product.code}-{number}",
        hash=str(number),
        outcome=outcome,
        status=status,
        evidence="A",
        star=star,
        product_name=product.name,
        producer_name=product.producer.name,
        product=product,
        recognition=recognition,
    )
    refresh_gate([product.pk])
    recognition.refresh_from_db()
    return recognition


def make_sale_point(name: str = "", **facts: object) -> SalePoint:
    """A sale point in Đà Lạt with its own warehouse."""
    name = name or f"Điểm OCOP {next(_numbers)}"
    defaults = {"slug": _slug(name), "address": "1 Lê Đại Hành, phường Xuân Hương - Đà Lạt", "province_code": "68"}
    point = SalePoint.objects.create(name=name, **{**defaults, **facts})
    make_warehouse(sale_point=point)
    return point


def make_warehouse(*, producer: Producer | None = None, sale_point: SalePoint | None = None) -> Warehouse:
    """The warehouse of a producer or of a sale point."""
    reference = f"producer-{producer.pk}" if producer else f"point-{sale_point.slug}"  # type: ignore[union-attr]
    return Warehouse.objects.create(external_reference=reference, producer=producer, sale_point=sale_point)


def make_offer(
    product: Product,
    *,
    price: int = 120_000,
    weight: int = 500,
    stocks: dict[Warehouse, int] | None = None,
    number: int = 1,
) -> Offer:
    """An offer in our read model only (nothing is told to Saleor); without `stocks`, ten at the producer's."""
    offer = Offer.objects.create(product=product, number=number, name=f"Gói {weight} g", price=price, weight=weight)
    if stocks is None:
        owner = product.producer
        warehouse = Warehouse.objects.filter(producer=owner).first() or make_warehouse(producer=owner)
        stocks = {warehouse: 10}
    for warehouse, quantity in stocks.items():
        OfferStock.objects.create(offer=offer, warehouse=warehouse, quantity=quantity)
    Product.objects.filter(pk=product.pk).update(price_from=price, in_stock=any(stocks.values()))
    product.refresh_from_db()
    return offer


def make_packaging(
    point: SalePoint | None = None, *, price: int = 25_000, stock: int = 10, **facts: object
) -> Packaging:
    """A box in our read model only, so many of it on the point's shelf and as many in its packing store."""
    point = point or make_sale_point()
    facts = {"name": "Hộp tre", "most_pieces": 12, "weight": 300, **facts}
    packaging = Packaging.objects.create(code=new_code(), sale_point=point, price=price, **facts)
    store, _ = Warehouse.objects.get_or_create(
        packing_point=point, defaults={"external_reference": f"packing-{point.slug}"}
    )
    for warehouse in (point.warehouse, store):
        PackagingStock.objects.create(packaging=packaging, warehouse=warehouse, quantity=stock)
    return packaging


def make_combo(
    *parts: tuple[Offer, int] | tuple[Offer, int, Offer],
    packaging: Packaging | None = None,
    lowest: int = 1,
    **facts: object,
) -> Combo:
    """An approved combo of (offer, pieces) or (offer, pieces, substitute), agreed to by every producer in it."""
    title = f"Combo thử nghiệm {next(_numbers)}"
    facts = {"title": title, "slug": _slug(title), "approved_terms": 1, **facts}
    now = clock.now()
    combo = Combo.objects.create(
        code=new_code(), packaging=packaging or make_packaging(), proposed_at=now, approved_at=now, **facts
    )
    for position, (offer, quantity, *substitute) in enumerate(parts):
        ComboPart.objects.create(
            combo=combo, offer=offer, quantity=quantity, position=position, substitute=next(iter(substitute), None)
        )
    agree(combo, lowest=lowest)
    return combo


def agree(combo: Combo, *, lowest: int = 1, keeps_days: int | None = 30) -> None:
    """Every producer of a part or a substitute agrees to the combo's terms, at that price a piece or more."""
    offers = [one for part in combo.parts.all() for one in (part.offer, part.substitute) if one]
    for producer in {offer.product.producer for offer in offers}:
        own = [offer for offer in offers if offer.product.producer_id == producer.pk]
        terms = {offer.external_reference: {"lowest": lowest, "keeps_days": keeps_days} for offer in own}
        ComboAgreement.objects.create(combo=combo, producer=producer, terms=combo.terms, parts=terms)


def make_buyer() -> User:
    """A user without any role."""
    return User.objects.create(username="nguoi-mua")


def make_member() -> User:
    """A member of a producer of its own."""
    user = User.objects.create(username="htx")
    ProducerMember.objects.create(user=user, producer=make_producer())
    return user


def make_staff() -> User:
    """A sale point's own."""
    user = User.objects.create(username="diem-ban")
    SalePointStaff.objects.create(user=user, sale_point=make_sale_point())
    return user
