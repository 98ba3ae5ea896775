"""Sample sale points and offers, as the first `up` uses them."""

from dataclasses import asdict
from datetime import date

import pytest

from catalog import regions
from catalog.offers.services import HIGHEST_PRICE, LOWEST_PRICE
from catalog.products.goods import branch_of, read_set
from catalog.products.sets import LIVE_BRANCH, SERVICE_BRANCH
from catalog.salepoints.models import SalePoint
from catalog.text import name_key
from ocop_sync.decide import decide
from ocop_sync.sample import SAMPLE_FILES
from ocop_sync.sample.offers import SampleOffer, sample_offer
from ocop_sync.sample.people import SALE_POINTS
from ocop_sync.sources.services import read

TODAY = date(2026, 11, 24)
SLUGS = {point.slug for point in SALE_POINTS}


def listed(number: int) -> list[tuple[str, int, int | None]]:
    """Name, branch and set of a source's listed products."""
    reading = read(str(SAMPLE_FILES[number][1]))
    kept = [r for r in reading.records if decide(r, TODAY, default_tier="C").outcome == "listed"]
    told = {r.product: read_set(r.set_no) for r in kept}
    return [(r.product, branch_of(r.category, told[r.product], r.product), told[r.product]) for r in kept]


def offers_of(name: str, branch: int, set_no: int | None) -> list[SampleOffer]:
    return sample_offer(name, branch, set_no, name_key(name))


def constructed() -> dict[str, tuple[int, list[SampleOffer]]]:
    return {name: (branch, offers_of(name, branch, set_no)) for name, branch, set_no in listed(1)}


def is_sold_out(packs: list[SampleOffer]) -> bool:
    return bool(packs) and not any(pack.own_stock or sum(pack.at_points.values()) for pack in packs)


def test_sale_points_stand_where_their_addresses_say() -> None:
    assert len(SLUGS) == 6
    for point in SALE_POINTS:
        place = regions.resolve(point.address)
        assert (place.province_code, place.commune_code) == (point.province_code, point.commune_code)
        assert point.name.endswith("(mẫu)")
        assert point.opening_hours


def test_sale_points_are_whole_for_the_model() -> None:
    for point in SALE_POINTS:
        SalePoint(**asdict(point), is_sample=True).clean_fields()


def test_the_real_products_get_no_price_of_ours() -> None:
    assert [offers_of(*facts) for facts in listed(0)] == [[]] * 24


def test_services_get_no_offer_and_living_plants_only_at_sale_points() -> None:
    by_branch = constructed().values()
    assert {len(packs) for branch, packs in by_branch if branch == SERVICE_BRANCH} == {0}
    live = [pack for branch, packs in by_branch if branch == LIVE_BRANCH for pack in packs]
    assert {pack.own_stock for pack in live} == {0}
    assert all(pack.at_points for pack in live)


def test_most_goods_have_one_pack_some_two_and_a_few_none() -> None:
    goods = [packs for branch, packs in constructed().values() if branch != SERVICE_BRANCH]
    assert {count: sum(len(packs) == count for packs in goods) for count in (0, 1, 2)} == {0: 7, 1: 98, 2: 28}
    assert sum(is_sold_out(packs) for packs in goods) == 5


def test_prices_weights_and_pieces_are_sensible() -> None:
    for name, (_, packs) in constructed().items():
        assert len({pack.name for pack in packs}) == len(packs), name
        for pack in packs:
            assert LOWEST_PRICE <= pack.price <= HIGHEST_PRICE
            assert pack.price % 1000 == 0
            assert 50 <= pack.weight <= 20_000
            assert 0 <= pack.own_stock <= 120
            assert set(pack.at_points) <= SLUGS
            assert all(4 <= pieces <= 24 for pieces in pack.at_points.values())


@pytest.mark.parametrize(
    ("name", "set_no", "expected"),
    [
        ("Cà phê Arabica Sơn La", 13, ["Gói 500 g"]),
        ("Trà xanh túi lọc Tân Cương", 11, ["Hộp 20 túi lọc"]),
        ("Mì Chũ ngũ sắc", 6, ["Gói 500 g"]),
        ("Hàng không rõ bộ", None, []),
    ],
)
def test_packs_follow_the_goods(name: str, set_no: int | None, expected: list[str]) -> None:
    packs = offers_of(name, 1, set_no)
    assert [pack.name for pack in packs] == expected
    assert packs == offers_of(name, 1, set_no)
