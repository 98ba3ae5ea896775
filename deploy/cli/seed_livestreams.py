"""A sample livestream that is announced, with products and combos pinned, through the services that hosts use."""

from datetime import timedelta

from django.db import transaction

from catalog import clock
from catalog.livestreams import overseeing, pins, services
from catalog.livestreams.models import COMBO, Livestream
from catalog.livestreams.services import Plan
from catalog.products.codes import new_code
from catalog.salepoints.models import SalePoint
from deploy.cli.seed_combos import speaker
from ocop_sync.sample.livestreams import COMBOS, LINK, NOTE, POINT, PRODUCTS, TITLE

AHEAD = timedelta(days=7, hours=20)  # after today's midnight, so that whoever looks within a week finds it announced


@transaction.atomic
def make_livestream() -> None:
    """The sample's livestream, unless it is there: some of what its sale point packs, and of what lies on its shelf."""
    if Livestream.objects.filter(title=TITLE).exists():
        return
    point = SalePoint.objects.get(slug=POINT)
    start = clock.start_of(clock.today()) + AHEAD
    plan = Plan(TITLE, NOTE, LINK, start, start + timedelta(hours=1))
    with speaker() as user:
        session = services.draft(user, point, new_code(), plan)
        overseeing.approve(session.host_id, user, session.host.version, "Dữ liệu mẫu")
        session = services.change(user, session.code, session.version, plan, confirmed=True)
        combos = [f"{COMBO}{box.combo.code}" for box in pins.boxes_of(session).values()]
        products = [one.code for one in pins.pinnable(session.host, clock.today())]
        for key in (*combos[:COMBOS], *products[:PRODUCTS]):
            services.pin(user, session.code, session.version, key)
            session.refresh_from_db()
