"""The lists of other pages: what is on stands first, and what is called off or over is gone."""

import pytest

from catalog.livestreams import lists, overseeing, services
from catalog.people.models import User
from tests.catalog.livestreams.making import HOUR, MINUTE, announced, make_host, moved, on_air
from tests.factories import make_offer, make_product, make_sale_point

pytestmark = pytest.mark.django_db


def titles(found: list[lists.Listed]) -> list[str]:
    return [one.session.title for one in found]


def test_what_is_on_stands_before_what_is_late_and_what_comes() -> None:
    user, host = make_host()
    announced(user, title="Sắp tới")
    late = [moved(announced(user, title=f"Trễ {n}"), -HOUR - 10 * MINUTE) for n in range(3)]
    live = on_air(user, title="Đang phát")

    assert titles(lists.of_producer(host.producer_id)) == ["Đang phát", "Trễ 0", "Trễ 1", "Trễ 2", "Sắp tới"]
    assert titles(lists.for_home()) == ["Đang phát", "Trễ 0", "Trễ 1"]
    assert titles(lists.of_province("68")) == titles(lists.of_producer(host.producer_id))
    assert lists.of_province("01") == []

    services.cancel(user, late[0].code, late[0].version, "Mưa")
    officer = User.objects.create(username="can-bo", is_officer=True)
    overseeing.stop(live.code, officer, "Sai")
    moved(late[1], -HOUR)  # past its end without having begun
    assert titles(lists.of_producer(host.producer_id)) == ["Trễ 2", "Sắp tới"]


def test_a_sale_points_sessions_are_its_provinces() -> None:
    user, host = make_host(make_sale_point(province_code="01"))
    session = on_air(user)
    assert [one.session.pk for one in lists.of_province("01")] == [session.pk]
    assert lists.of_province("68") == []
    assert (lists.of_province("01")[0].session.host.owner, lists.of_province("01")[0].is_live) == (host.owner, True)


def test_a_product_is_told_of_the_session_that_shows_it_now() -> None:
    user, host = make_host()
    product = make_product(producer=host.producer)
    make_offer(product)
    session = announced(user)
    services.pin(user, session.code, 1, product.code)
    assert lists.showing(product.pk) is None
    session.refresh_from_db()
    moved(session, -HOUR)
    services.start(user, session.code, session.version)
    assert lists.showing(product.pk) == session
    services.end(user, session.code, session.version + 1)
    assert lists.showing(product.pk) is None
