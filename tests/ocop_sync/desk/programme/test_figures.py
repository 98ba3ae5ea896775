"""The tables equal the database: a random catalogue is counted again, product by product and record by record."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from catalog import clock
from catalog.certificates.models import SourceRecord
from catalog.certificates.services import is_listed, standing_of
from catalog.certificates.states import IN_FORCE, State
from catalog.products.models import Product
from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions import commune, old_provinces, regions
from ocop_sync.desk.programme import sync_tables, tables
from ocop_sync.desk.programme.cells import Table
from ocop_sync.desk.programme.figures import figures
from ocop_sync.desk.programme.question import STARS, Question
from ocop_sync.desk.programme.views import TABLES
from ocop_sync.desk.reasons import REASONS
from tests.factories import make_product
from tests.ocop_sync.desk.programme.catalogue import TODAY, make_catalogue

pytestmark = pytest.mark.django_db
BRANCH = {None: "Chưa rõ nhóm"} | {one.number: one.name_vi for one in BRANCHES}
SET = {None: "Chưa rõ bộ sản phẩm"} | {one.number: one.name_vi for one in PRODUCT_SETS}
REGION = {"": "Chưa rõ vùng"} | {one.slug: one.name_vi for one in regions()}


@pytest.fixture(params=[1, 2, 3])
def seeded(request: Any) -> Any:
    """A catalogue, on the day it is made for."""
    make_catalogue(request.param)
    with clock.as_of(TODAY):
        yield


def asked() -> list[Question]:
    """Everything, questions that fit a product, and one that fits none."""
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


def listed(question: Question) -> list[Product]:
    return [one for one in chosen(question) if is_listed(one)]


def cells(table: Table, columns: dict[int, Any]) -> dict[Any, int]:
    """(a row's first cell, what a column stands for) → count, without zeros."""
    told = {(row[0], of): row[at] for row in table.rows for at, of in columns.items()}
    return {key: count for key, count in told.items() if isinstance(count, int) and count}


def adds_up(table: Table) -> None:
    assert table.total is not None
    for at in range(table.names, len(table.head)):
        assert table.total[at] == sum(row[at] or 0 for row in table.rows)


def place(one: Product) -> str:
    return tables.province_name(one.province_code)


@pytest.mark.parametrize(
    ("make", "group"),
    [
        (tables.provinces, place),
        (tables.programme_regions, lambda one: REGION[one.region]),
        (tables.branches, lambda one: BRANCH[one.branch]),
        (tables.product_sets, lambda one: SET[one.set_no]),
    ],
)
@pytest.mark.usefixtures("seeded")
def test_listed_products_by_star(make: Any, group: Any) -> None:
    for question in asked():
        products, table = listed(question), make(figures(question))
        first = table.names

        assert cells(table, {first + n: star for n, star in enumerate(STARS)}) == Counter(
            (group(one), one.star) for one in products
        )
        assert all(row[-1] == sum(row[first:-1]) for row in table.rows)
        assert table.total[-1] == len(products)
        assert [row[-1] for row in table.rows] == sorted((row[-1] for row in table.rows), reverse=True)
        adds_up(table)


@pytest.mark.usefixtures("seeded")
def test_every_province_set_group_and_region_has_its_row() -> None:
    found = figures(Question())
    assert len(tables.provinces(found).rows) == 34
    assert {row[0] for row in tables.product_sets(found).rows} >= {one.name_vi for one in PRODUCT_SETS}
    assert {row[0] for row in tables.branches(found).rows} >= {one.name_vi for one in BRANCHES}
    assert [row[0] for row in tables.provinces(figures(Question(province="68"))).rows] == ["Lâm Đồng"]
    highlands = {old.province_code for old in old_provinces() if old.region == "tay-nguyen"}
    assert len(tables.provinces(figures(Question(region="tay-nguyen"))).rows) == len(highlands)


@pytest.mark.usefixtures("seeded")
def test_provinces_by_group_and_everything_crossed() -> None:
    for question in asked():
        products, found = listed(question), figures(question)

        crossed = tables.provinces_by_branch(found)
        assert cells(crossed, dict(enumerate(crossed.head[1:-1], 1))) == Counter(
            (place(one), BRANCH[one.branch]) for one in products
        )
        adds_up(crossed)

        detail = tables.everything(found)
        assert {row[:-1]: row[-1] for row in detail.rows} == Counter(
            (place(one), REGION[one.region], BRANCH[one.branch], SET[one.set_no], one.star) for one in products
        )
        adds_up(detail)


def month_of(one: Product) -> str:
    """The column that a product belongs to, told by its certificate's standing."""
    standing = standing_of(one)
    if standing.state == State.EXPIRED:
        return "Đã hết hạn"
    if standing.state not in IN_FORCE:
        return ""
    assert standing.until is not None
    ahead = (standing.until.year - TODAY.year) * 12 + standing.until.month - TODAY.month
    return f"{standing.until:%m/%Y}" if ahead < 12 else "Sau 10/2027"


@pytest.mark.usefixtures("seeded")
def test_endings_by_month_and_province() -> None:
    for question in asked():
        products, found = [one for one in chosen(question) if month_of(one)], figures(question)

        by_month = tables.months(found)
        assert [row[0] for row in by_month.rows[:3]] == ["Đã hết hạn", "11/2026", "12/2026"]
        assert len(by_month.rows) == 14
        assert cells(by_month, {1: ""}) == Counter((month_of(one), "") for one in products)
        adds_up(by_month)

        by_province = tables.endings(found)
        assert cells(by_province, dict(enumerate(by_province.head[1:-1], 1))) == Counter(
            (place(one), month_of(one)) for one in products
        )
        assert cells(by_province, {15: ""}) == Counter((place(one), "") for one in listed(question))
        adds_up(by_province)


STANDING = {
    State.VALID: "Đang lên kệ", State.EXPIRING: "Đang lên kệ", State.EXTENDED: "Đang lên kệ",
    State.NOT_YET: "Chưa đến ngày hiệu lực", State.EXPIRED: "Đã hết hạn", State.SUSPENDED: "Tạm đình chỉ",
    State.REVOKED: "Đã thu hồi", State.UNPROVED: "Chưa đủ căn cứ, hoặc nguồn đã rút",
}  # fmt: skip


@pytest.mark.usefixtures("seeded")
def test_standings_are_those_of_the_verify_page() -> None:
    for question in asked():
        table = tables.standings(figures(question))
        assert cells(table, {1: ""}) == Counter((STANDING[standing_of(one).state], "") for one in chosen(question))
        adds_up(table)


@pytest.mark.usefixtures("seeded")
def test_kinds_by_products_and_by_producers() -> None:
    for question in asked():
        products, table = listed(question), tables.kinds(figures(question))
        makers = {one.producer for one in products}

        assert {row[0]: row[1] for row in table.rows} == Counter(one.producer.get_kind_display() for one in products)
        assert {row[0]: row[3] for row in table.rows} == Counter(one.get_kind_display() for one in makers)
        for row in table.rows:
            assert abs(float(row[2]) - 100 * row[1] / len(products)) < 0.1  # type: ignore[operator, arg-type]
            assert abs(float(row[4]) - 100 * row[3] / len(makers)) < 0.1  # type: ignore[operator, arg-type]
        adds_up(table)


def held(question: Question) -> list[SourceRecord]:
    """Held records that a question is about, found one by one."""
    return [
        one
        for one in SourceRecord.objects.all()
        if one.present
        and one.outcome == "held"
        and question.province in ("", one.province_code)
        and question.star in (None, one.star)
        and (not question.region or question.region in regions_of(one))
    ]


def regions_of(record: SourceRecord) -> set[str]:
    if record.commune_code:
        olds = set(commune(record.commune_code).old_province_codes)
        return {old.region for old in old_provinces() if old.code in olds}
    found = {old.region for old in old_provinces() if old.province_code == record.province_code}
    return found if len(found) == 1 else set()


@pytest.mark.usefixtures("seeded")
def test_held_records_by_reason() -> None:
    region = next(iter(set().union(*map(regions_of, held(Question())))))
    for question in [*asked(), Question(region=region)]:
        records, found = held(question), figures(question)
        table = sync_tables.held(found)
        several = sum(1 for one in records if len(one.reasons) > 1)

        assert {row[0]: row[1] for row in table.rows if row[1]} == Counter(
            str(REASONS[code]) for one in records for code in one.reasons
        )
        alone = Counter(str(REASONS[one.reasons[0]]) for one in records if len(one.reasons) == 1)
        assert cells(table, {2: ""}) == {(name, ""): n for name, n in alone.items()} | (
            {("Hồ sơ có nhiều lý do", ""): several} if several else {}
        )
        assert table.total is not None
        assert table.total[2] == len(records) == sync_tables.held_records(found)
        adds_up(table)
        assert len(table.links) in (0, len(table.rows))


@pytest.mark.usefixtures("seeded")
def test_tables_and_headline_tell_the_same() -> None:
    for question in asked():
        found = figures(question)
        made = {table.key: table for table in (make(found) for make in TABLES)}
        totals = {made[key].total[at] for key, at in HEADLINE}  # type: ignore[index]

        assert totals == {found.total}
        assert made["tinh-trang"].rows[0][1] == found.total == len(listed(question))
        assert found.samples == sum(1 for one in listed(question) if one.is_sample)


HEADLINE = [("tinh", 4), ("vung", 4), ("nhom", 4), ("bo", 5), ("tinh-nhom", -1), ("het-han-tinh", 15), ("chu-the", 1),
            ("chi-tiet", 5)]  # fmt: skip


def test_nothing_at_all() -> None:
    found = figures(Question())
    made = [make(found) for make in TABLES]
    assert found.total == 0
    assert all(not isinstance(cell, int) or cell == 0 for table in made for row in table.rows for cell in row)


@pytest.mark.parametrize(
    ("day", "listed", "expired"),
    [(date(2026, 11, 24), 1, 0), (date(2026, 11, 25), 0, 1), (date(2023, 11, 23), 0, 0), (date(2023, 11, 24), 1, 0)],
)
def test_today_is_vietnams_day(day: date, listed: int, expired: int) -> None:
    with clock.as_of(date(2026, 1, 1)):
        make_product(issued_on=date(2023, 11, 24))  # its last day is 24/11/2026
    with clock.as_of(day):
        found = figures(Question())
    assert (found.total, found.standing(State.EXPIRED), found.today) == (listed, expired, day)


def test_midnight_comes_in_vietnam_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.as_of(date(2026, 1, 1)):
        make_product(issued_on=date(2023, 11, 24))
    utc = clock.start_of(date(2026, 11, 25)).astimezone(clock.UTC)

    def at(moment: datetime) -> None:
        monkeypatch.setattr(clock, "datetime", type("Fixed", (), {"now": moment.astimezone}))

    at(utc - timedelta(seconds=1))
    assert figures(Question()).total == 1
    at(utc)
    assert figures(Question()).total == 0


def test_the_last_day_of_a_month_belongs_to_it() -> None:
    with clock.as_of(date(2026, 1, 1)):
        for issued in (date(2023, 11, 30), date(2023, 12, 1), date(2024, 2, 29)):  # 30/11, 1/12/2026, 28/2/2027
            make_product(issued_on=issued)
    with clock.as_of(date(2026, 11, 30)):
        table = tables.months(figures(Question()))
    assert {row[0] for row in table.rows if row[1]} == {"11/2026", "12/2026", "02/2027"}
    with clock.as_of(date(2026, 12, 31)):
        assert [row[0] for row in tables.months(figures(Question())).rows][1:13:11] == ["12/2026", "11/2027"]
