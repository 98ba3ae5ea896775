"""The first `up`: the sample registry through the sync, sample offers through the seller's service, demo logins.

Every step can be repeated: a seeding that was interrupted goes on at the next `up`; one that ended is not done again.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from catalog.certificates.services import is_listed
from catalog.errors import ShopError
from catalog.offers.bulk import WantedOffer, put_offers
from catalog.offers.models import Offer
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.producers.models import Producer
from catalog.products.models import Product, Restriction
from catalog.saleor.setup.bootstrap import Bootstrap
from catalog.salepoints.models import SalePoint
from catalog.salepoints.services import ensure_producer_warehouse, ensure_sale_point_warehouse
from catalog.search.services import reindex
from deploy.cli.seed_combos import make_combos
from deploy.cli.seed_livestreams import make_livestream
from ocop_sync.publish.services import publish_all
from ocop_sync.runs.services import run_sync
from ocop_sync.sample import SAMPLE_FILES
from ocop_sync.sample.offers import sample_offer
from ocop_sync.sample.people import SALE_POINTS

LOGINS = "demo_logins.json"
DONE = "sample.done"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Login:
    """A demo login as printed: who it is for and where to go with it."""

    role: str
    username: str
    password: str
    path: str


def logins(home: Path) -> list[Login]:
    """The demo logins of this home; none where the sample was never loaded."""
    path = home / LOGINS
    return [Login(**row) for row in json.loads(path.read_text())] if path.exists() else []


def seed(say: Say) -> None:
    """Bring Saleor's set-up up to date; load the sample unless this home has it already.

    A shop that was seeded once opens without Saleor too: everything but ordering works then. The first time raises
    what it cannot go on without (SaleorUnavailable), or what a Saleor of one's own needs before (NoApp,
    SharedSettings, SetupConflict).
    """
    done = Path(settings.HOME) / DONE
    say("setting up the sales channel")
    try:
        Bootstrap(None).carry_out(shared=False)
    except ShopError as error:
        if not done.exists():
            raise
        say(f"{error.message('en')} The shop opens without Saleor; ordering is paused until that is mended.")
    if done.exists():
        return
    for name, path, delta in SAMPLE_FILES:
        say(f"importing the sample registry {path.name}")
        run_sync(str(path), source_name=name, delta=delta)
    _make_sale_points()
    say("publishing to Saleor")
    publish_all()
    say("setting prices and stock")
    _make_offers()
    _make_logins()
    say("packing gift combos")
    make_combos()
    make_livestream()
    say("indexing")
    reindex()
    done.touch()


def _make_sale_points() -> None:
    for facts in SALE_POINTS:
        point, _ = SalePoint.objects.update_or_create(
            slug=facts.slug,
            defaults={**{k: v for k, v in asdict(facts).items() if k != "slug"}, "is_sample": True},
        )
        ensure_sale_point_warehouse(point)


def _make_offers() -> None:
    report = put_offers(_sample_offers())
    if report.refused:
        raise RuntimeError(f"sample offers were refused: {report.refused}")


def _sample_offers() -> Iterator[WantedOffer]:
    points = {point.slug: point.warehouse for point in SalePoint.objects.select_related("warehouse")}
    have = set(Offer.objects.values_list("product_id", flat=True))
    for product in Product.objects.select_related("producer").order_by("code"):
        if product.pk in have or not is_listed(product) or product.restriction == Restriction.SERVICE:
            continue
        packs = sample_offer(product.name, product.branch, product.set_no, product.name_key)
        for number, (name, price, weight, own_stock, at_points) in enumerate(packs, start=1):
            stocks = {ensure_producer_warehouse(product.producer): own_stock}
            stocks |= {points[slug]: quantity for slug, quantity in at_points.items()}
            yield WantedOffer(product, number, name=name, price=price, weight=weight, stocks=stocks)


@transaction.atomic
def _make_logins() -> None:
    producer = max(
        Producer.objects.filter(is_sample=True, products__offers__isnull=False).distinct(),
        key=lambda p: (p.products.filter(offers__isnull=False).distinct().count(), p.name),
    )
    point = SalePoint.objects.get(slug=SALE_POINTS[0].slug)
    rows = []
    for role, username, path in (
        ("người mua", "nguoi-mua", "/tai-khoan/"),
        ("hợp tác xã", "hop-tac-xa", "/hop-tac-xa/"),
        ("điểm bán", "diem-ban", "/diem-ban/"),
        ("cán bộ", "can-bo", "/can-bo/"),
    ):
        password = secrets.token_urlsafe(9)
        user, _ = User.objects.update_or_create(
            username=username, defaults={"email": f"{username}@example.test", "full_name": f"{role.capitalize()} (mẫu)"}
        )
        user.is_officer = username == "can-bo"
        user.set_password(password)
        user.save()
        if username == "hop-tac-xa":
            ProducerMember.objects.get_or_create(user=user, producer=producer)
        if username == "diem-ban":
            SalePointStaff.objects.get_or_create(user=user, sale_point=point)
        rows.append(asdict(Login(role, username, password, path)))
    path = Path(settings.HOME) / LOGINS
    with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        json.dump(rows, file, ensure_ascii=False)
