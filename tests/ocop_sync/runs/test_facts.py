"""Several sources about one product: the better evidence wins, field by field, whatever the order of the runs."""

import tempfile
from importlib import import_module
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.certificates.models import SourceRecord
from catalog.certificates.services import is_listed
from catalog.history.models import ListingChange
from catalog.products.goods import branch_of, read_set, restriction_of
from catalog.products.models import Product, Restriction
from catalog.products.sets import PRODUCT_SETS
from catalog.regions import resolve
from ocop_sync.held.models import Action
from tests.ocop_sync.held.making import DAY, decided, make_officer, record, sync
from tests.ocop_sync.tables import row

pytestmark = pytest.mark.django_db
XUAN_HUONG = "Phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng"
CAM_LY = "Phường Cam Ly - Đà Lạt, tỉnh Lâm Đồng"
PROVINCE = "tỉnh Lâm Đồng"
FACTS = (
    "name", "slug", "producer__name", "category", "set_no", "branch", "restriction", "address", "province_code",
    "commune_code", "old_province_code", "region",
)  # fmt: skip
TIERS = {"so-goc": "A", "tinh": "B1", "bo": "B1"}
Told = dict[str, str]


def tell(folder: Path, source: str, *, gone: bool = False, **facts: str) -> None:
    """A run in which this source tells of product 1, or no longer does."""
    rows = [] if gone else [row(1, evidence_level=TIERS[source], **facts)]
    sync(folder, [*rows, row(9, producer=f"HTX {source}")], name=source, allow_mass_delist=True)


def product() -> Product:
    return Product.objects.get(name_key="mứt dâu 1")


def facts() -> tuple[Any, ...]:
    return Product.objects.values_list(*FACTS).get(name_key="mứt dâu 1")


def test_a_lesser_source_fills_what_the_better_one_leaves_empty_and_nothing_else(tmp_path: Path) -> None:
    tell(tmp_path, "so-goc", original_address=f"12 Trần Phú, {XUAN_HUONG}")
    tell(
        tmp_path,
        "tinh",
        category="Cà phê, chè",
        product_set="13",
        original_address=XUAN_HUONG,
        product_name="MỨT DÂU 1",
    )

    found = product()

    assert (found.category, found.set_no, found.branch) == ("Cà phê, chè", 13, 1)
    assert (found.name, found.address) == ("Mứt dâu 1", f"12 Trần Phú, {XUAN_HUONG}")


def test_the_next_ones_facts_stand_as_soon_as_the_better_source_withdraws_or_clears_a_cell(tmp_path: Path) -> None:
    tell(tmp_path, "tinh", category="Thực phẩm", original_address=XUAN_HUONG)
    tell(tmp_path, "so-goc", category="Gia vị", product_set="7", original_address=f"12 Trần Phú, {XUAN_HUONG}")
    assert (product().category, product().set_no, product().address[:2]) == ("Gia vị", 7, "12")

    tell(tmp_path, "so-goc", original_address=f"12 Trần Phú, {XUAN_HUONG}")
    assert (product().category, product().set_no, product().address[:2]) == ("Thực phẩm", None, "12")

    tell(tmp_path, "so-goc", gone=True)
    assert (product().category, product().address, is_listed(product(), DAY)) == ("Thực phẩm", XUAN_HUONG, True)


def test_when_the_better_source_is_held_the_next_ones_facts_stand(tmp_path: Path) -> None:
    tell(tmp_path, "so-goc", category="Gia vị", original_address=f"12 Trần Phú, {XUAN_HUONG}")
    tell(tmp_path, "tinh", category="Thực phẩm", original_address=XUAN_HUONG)

    tell(tmp_path, "so-goc", category="Gia vị", decision_number="")

    assert (product().category, product().address, is_listed(product(), DAY)) == ("Thực phẩm", XUAN_HUONG, True)


def test_what_nobody_tells_any_more_stays_and_a_sole_source_clears_its_cell(tmp_path: Path) -> None:
    tell(tmp_path, "tinh", category="Thực phẩm")
    before = facts()
    tell(tmp_path, "tinh", gone=True)
    assert facts() == before
    tell(tmp_path, "tinh")
    assert product().category == ""


@pytest.mark.parametrize(
    ("better", "lesser", "expected"),
    [
        ({"category": "Thực phẩm"}, {"product_set": "13"}, ("Thực phẩm", 13, 1, "")),
        ({"product_set": "13"}, {"category": "Thực phẩm"}, ("Thực phẩm", 13, 1, "")),
        ({"category": "Thực phẩm"}, {"product_set": "14"}, ("Thực phẩm", None, 1, "")),  # of another branch
        ({"product_set": "14"}, {"category": "Thực phẩm"}, ("", 14, 2, "alcohol")),
        ({"category": "Đồ uống"}, {"product_set": "14"}, ("Đồ uống", 14, 2, "alcohol")),
        ({"category": "Thực phẩm"}, {"category": "Đồ uống", "product_set": "13"}, ("Thực phẩm", 13, 1, "")),
        ({}, {"category": "Đồ uống", "product_set": "14"}, ("Đồ uống", 14, 2, "alcohol")),
    ],
)
def test_a_kind_of_goods_is_filled_in_within_the_branch_that_the_better_source_tells(
    better: Told, lesser: Told, expected: tuple[Any, ...], tmp_path: Path
) -> None:
    tell(tmp_path, "so-goc", **better)
    tell(tmp_path, "tinh", **lesser)

    found = product()
    assert (found.category, found.set_no, found.branch, found.restriction) == expected


def test_a_lesser_source_lifts_no_restriction(tmp_path: Path) -> None:
    wine = {"product_name": "Rượu cần", "evidence_level": "A", "category": "Đồ uống"}
    sync(tmp_path, [row(1, **wine)], name="so-goc")
    sync(tmp_path, [row(1, **{**wine, "evidence_level": "B1", "product_set": "17"})], name="tinh")

    assert Product.objects.get().restriction == Restriction.SUSPECT_ALCOHOL


def test_a_place_is_one_records_whole(tmp_path: Path) -> None:
    tell(tmp_path, "so-goc", original_address="12 Trần Phú, thành phố Đà Lạt, tỉnh Lâm Đồng")
    tell(tmp_path, "tinh", original_address=XUAN_HUONG)
    assert (product().address[:2], product().commune_code) == ("12", "")

    tell(tmp_path, "bo", original_address=CAM_LY)
    tell(tmp_path, "so-goc", gone=True)
    assert product().address in (XUAN_HUONG, CAM_LY)
    place = resolve(product().address)  # of two equals neither moves the other's
    assert (product().commune_code, product().region) == (place.commune_code, place.region)


def test_a_place_that_is_no_more_than_the_province_gives_way_to_one_in_it(tmp_path: Path) -> None:
    tell(tmp_path, "so-goc", original_address=PROVINCE)
    tell(tmp_path, "tinh", original_address=CAM_LY)
    assert (product().address, product().commune_code) == (CAM_LY, resolve(CAM_LY).commune_code)

    tell(tmp_path, "so-goc", original_address="tỉnh Bình Thuận")  # old, elsewhere in today's province
    assert (product().address, product().commune_code, product().old_province_code) == ("tỉnh Bình Thuận", "", "60")


@pytest.mark.parametrize("order", list(permutations(["so-goc", "tinh", "bo"])))
def test_of_equals_the_newest_recognition_and_then_a_fixed_order_win(order: tuple[str, ...], tmp_path: Path) -> None:
    """Whatever was synced last."""
    told = {
        "so-goc": {"original_address": f"1 Phan Bội Châu, {XUAN_HUONG}"},
        "tinh": {"category": "Mứt tỉnh", "product_name": "MỨT DÂU 1"},
        "bo": {"category": "Mứt bộ"},
    }
    for source in order:
        tell(tmp_path, source, **told[source])
    assert (product().category, product().name, product().slug) == ("Mứt bộ", "Mứt dâu 1", "mut-dau-1")

    tell(tmp_path, "tinh", **told["tinh"], decision_number="9/QĐ-UBND", issued_at="2026-09-01")
    assert product().category == "Mứt tỉnh"


def test_a_merged_record_fills_in_and_never_renames(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, evidence_level="B1")], name="tinh")
    other = row(1, product_name="Mứt dâu tây", producer="HTX Khác", category="Gia vị", issued_at="")
    sync(tmp_path, [other], name="so-goc")
    held = record("Mứt dâu tây", "so-goc")

    decided(Action.MERGED, held, product=product().code)
    decided(Action.CORRECTED, held, cells={"issued": "02/03/2026", "set_no": "7"})

    found = product()
    assert (found.name, found.producer.name) == ("Mứt dâu 1", "HTX Thử 1")
    assert (found.category, found.set_no) == ("Gia vị", 7)  # as corrected
    tell(tmp_path, "tinh", gone=True)
    assert (product().name, product().producer.name, product().set_no) == ("Mứt dâu 1", "HTX Thử 1", 7)


def test_records_from_before_get_the_cells_by_which_they_prove(tmp_path: Path) -> None:
    tell(tmp_path, "so-goc", decision_number="")
    decided(Action.CORRECTED, record(source="so-goc"), cells={"decision": "1207/QĐ-UBND", "category": "Gia vị"})
    kept = record(source="so-goc").read_as
    SourceRecord.objects.update(read_as=None)

    import_module("ocop_sync.migrations.0009_read_as").keep(apps, None)

    assert record(source="so-goc").read_as == kept
    assert kept["category"] == "Gia vị"
    assert SourceRecord.objects.filter(read_as__isnull=False).count() == 1


def test_what_waits_tells_what_it_told_before(tmp_path: Path) -> None:
    tell(tmp_path, "so-goc", star_rating="3", issued_at="2025-03-02", category="Gia vị")
    before = facts()
    five = {"star_rating": "5", "decision_number": "88/QĐ-BNNMT", "issuing_authority": "Bộ Nông nghiệp và Môi trường"}

    tell(tmp_path, "so-goc", **five, category="Hàng thủ công")
    assert (record(source="so-goc").keeps_proof, facts()) == (True, before)
    tell(tmp_path, "so-goc", **five, category="Hàng thủ công mỹ nghệ")
    assert (record(source="so-goc").keeps_proof, facts()) == (True, before)
    tell(tmp_path, "tinh", star_rating="3", issued_at="2025-03-02", category="Thực phẩm", product_set="7")
    assert (product().category, product().set_no) == ("Gia vị", 7)

    decided(Action.ACCEPTED, record(source="so-goc"), officer=make_officer())
    assert (product().star, product().category, product().branch, record(source="so-goc").read_as) == (
        5, "Hàng thủ công mỹ nghệ", 4, None,
    )  # fmt: skip


def test_a_changed_place_stands_in_the_history_with_the_run_that_withdrew(tmp_path: Path) -> None:
    tell(tmp_path, "tinh", original_address=CAM_LY)
    tell(tmp_path, "so-goc", original_address=XUAN_HUONG)
    tell(tmp_path, "so-goc", gone=True)

    last = ListingChange.objects.filter(product=product()).latest("pk")
    assert (last.source, list(last.changes)) == ("so-goc", ["commune"])


def test_questions_do_not_grow_with_the_number_of_products(tmp_path: Path) -> None:
    def queries(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        rows = [row(n, producer=f"HTX {count}") for n in range(count)]
        sync(folder, rows, name=f"goc-{count}")
        lesser = [{**one, "evidence_level": "B1", "category": "Gia vị"} for one in rows]
        with CaptureQueriesContext(connection) as captured:
            sync(folder, lesser, name=f"tinh-{count}")
        return len(captured)

    few, many = queries(3), queries(30)
    assert Product.objects.filter(category="Gia vị").count() == 33
    assert many == few


# Any order of runs

ADDRESSES = (PROVINCE, XUAN_HUONG, f"3 Hồ Tùng Mậu, {XUAN_HUONG}")
tellings = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["", "Thực phẩm", "Đồ uống", "Gia vị"]),
        "product_set": st.sampled_from(["", "7", "13", "14"]),
        "product_name": st.sampled_from(["Mứt dâu 1", "MỨT DÂU 1"]),
        "decision_number": st.sampled_from(["1207/QĐ-UBND", "1207/QĐ-UBND", ""]),
        "issued_at": st.sampled_from(["2026-03-02", "2025-03-02"]),
        "original_address": st.sampled_from([*ADDRESSES, CAM_LY]),
    }
)
steps = st.lists(st.tuples(st.sampled_from(sorted(TIERS)), st.none() | tellings), min_size=1, max_size=7)
in_one_commune = tellings.filter(lambda told: told["original_address"] != CAM_LY)
quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def run_all(told: list[tuple[str, Told | None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for source, one in told:
            tell(Path(folder), source, gone=one is None, **(one or {}))


def naive(before: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """The facts of product 1 by the records that prove it, one after the other, as the rule is told to a person."""
    found = SourceRecord.objects.filter(product=product(), present=True).exclude(outcome="held")
    proving = sorted(
        found.select_related("source", "recognition"),
        key=lambda one: (one.evidence, -one.recognition.issued_on.toordinal(), one.source.name),
    )
    if not proving:
        return before
    cells = [one.columns for one in proving]
    name = cells[0]["product"]
    first = next((one for one in cells if one.get("category") or one.get("set_no")), {})
    category, number = first.get("category", ""), first.get("set_no", "")
    branch = branch_of(category, read_set(number), name)
    for one in cells:
        mine = (
            PRODUCT_SETS[int(one["set_no"]) - 1].branch
            if one.get("set_no")
            else branch_of(one.get("category", ""), None, name)
        )
        if mine == branch:
            category, number = category or one.get("category", ""), number or one.get("set_no", "")
    address = next((one["address"] for one in cells if one["address"] != PROVINCE), PROVINCE)
    place, set_no = resolve(address), read_set(number)
    return (
        name, before[1] if before else "mut-dau-1", "HTX Thử 1", category, set_no, branch,
        restriction_of(name, set_no, branch), address, place.province_code, place.commune_code,
        place.old_province_code, place.region,
    )  # fmt: skip


@quick
@given(steps)
def test_after_every_run_the_facts_are_those_of_a_naive_recomputation(told: list[tuple[str, Told | None]]) -> None:
    with transaction.atomic():
        before = None
        for step in told:
            run_all([step])
            if Product.objects.filter(name_key="mứt dâu 1").exists():
                assert facts() == naive(before)
                before = facts()
        transaction.set_rollback(True)


@quick
@given(st.fixed_dictionaries({source: st.none() | in_one_commune for source in TIERS}), st.permutations(sorted(TIERS)))
def test_any_order_of_runs_gives_the_same_facts(told: dict[str, Told | None], order: list[str]) -> None:
    found = []
    for sources in (sorted(TIERS), order, [order[0], *order[::-1]]):
        with transaction.atomic():
            run_all([(source, told[source]) for source in sources])
            found.append(facts() if Product.objects.filter(name_key="mứt dâu 1").exists() else None)
            transaction.set_rollback(True)
    assert found[0] == found[1] == found[2]
