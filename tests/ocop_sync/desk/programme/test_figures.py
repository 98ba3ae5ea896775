"""The tables equal the database: a random catalogue is counted again, product by product."""

import pytest

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.products.models import Product
from ocop_sync.desk.programme import tables
from ocop_sync.desk.programme.figures import figures
from ocop_sync.desk.programme.question import Question
from tests.ocop_sync.desk.programme.catalogue import TODAY, make_catalogue, recount

pytestmark = pytest.mark.django_db
SEEDS = (1, 2, 3)


def asked() -> list[Question]:
    """Nothing, and questions that fit the first listed product that has a region."""
    one = Product.objects.filter(blocked="").order_by("pk").first()
    assert one is not None
    return [
        Question(),
        Question(region=one.region),
        Question(province=one.province_code),
        Question(star=one.star),
        Question(one.region, one.province_code, one.star),
        Question("tay-nguyen", "01"),
    ]


def chosen(question: Question) -> list[Product]:
    """The products that a question is about, found one by one."""
    return [
        one
        for one in Product.objects.select_related("producer", "current")
        if question.region in ("", one.region)
        and question.province in ("", one.province_code)
        and question.star in (None, one.star)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_provinces_by_stars(seed: int) -> None:
    make_catalogue(seed)
    with clock.as_of(TODAY):
        for question in asked():
            listed = [one for one in chosen(question) if is_listed(one)]
            found = figures(question)
            table = tables.provinces(found)

            naive = recount(listed, lambda one: (tables.province_name(one.province_code), one.star))
            assert {(row[0], star): row[star - 2] for row in table.rows for star in (3, 4, 5) if row[star - 2]} == naive
            assert all(row[4] == sum(row[1:4]) for row in table.rows)
            assert table.total == ("Cộng", *(sum(row[n] for row in table.rows) for n in range(1, 5)))
            assert found.total == len(listed) == table.total[4]
