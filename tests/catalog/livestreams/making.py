"""Hosts and sessions for tests."""

from datetime import datetime, timedelta

from catalog import clock
from catalog.livestreams import overseeing, services
from catalog.livestreams.models import LiveHost, Livestream
from catalog.livestreams.services import Plan
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.producers.models import Producer
from catalog.products.codes import new_code
from catalog.salepoints.models import SalePoint
from tests.factories import make_producer

LINK = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def make_host(owner: Producer | SalePoint | None = None, *, approved: bool = True) -> tuple[User, LiveHost]:
    """A person who shows livestreams for a producer (a new one unless told otherwise) or a sale point."""
    owner = owner or make_producer()
    user = User.objects.create(username=f"phat-{owner.pk}-{type(owner).__name__}")
    if isinstance(owner, Producer):
        ProducerMember.objects.create(user=user, producer=owner)
        host = LiveHost.objects.create(producer=owner)
    else:
        SalePointStaff.objects.create(user=user, sale_point=owner)
        host = LiveHost.objects.create(sale_point=owner)
    if approved:
        officer, _ = User.objects.get_or_create(username="can-bo-duyet", is_officer=True)
        overseeing.approve(host.pk, officer, host.version, "Đối chiếu giấy chứng nhận hợp tác xã")
        host.refresh_from_db()
    return user, host


def plan(starts_at: datetime | None = None, **changes: object) -> Plan:
    """In an hour, for an hour."""
    starts_at = starts_at or clock.now() + HOUR
    facts = {"title": "Cà phê Cầu Đất", "note": "", "link": LINK, "starts_at": starts_at, "ends_at": starts_at + HOUR}
    return Plan(**{**facts, **changes})  # type: ignore[arg-type]


def announced(user: User, **changes: object) -> Livestream:
    """A public session of the user's first owner."""
    planned = plan(**changes)  # type: ignore[arg-type]
    made = services.draft(user, services.owners_of(user)[0], new_code(), planned)
    return services.change(user, made.code, made.version, planned, confirmed=True)


def moved(session: Livestream, by: timedelta) -> Livestream:
    """The session as if its host had planned it, and done everything, so much earlier or later."""
    for name in ("starts_at", "ends_at", "over_at", "started_at"):
        if at := getattr(session, name):
            setattr(session, name, at + by)
    session.save()
    return session


def on_air(user: User, **changes: object) -> Livestream:
    """A session that began just now."""
    session = moved(announced(user, **changes), -HOUR)
    services.start(user, session.code, session.version)
    session.refresh_from_db()
    return session
