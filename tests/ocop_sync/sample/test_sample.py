"""The sample registry: what becomes of each record, by the same reader and the same judge as any other source."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest

from catalog import regions
from catalog.certificates.terms import add_months
from catalog.products.goods import branch_of, read_set
from catalog.text import fold, name_key
from ocop_sync.decide import Decision, decide, with_reason
from ocop_sync.normalise.scrub import scrub
from ocop_sync.records import RawRecord
from ocop_sync.sample import SAMPLE_FILES
from ocop_sync.sources.services import read

TODAY = date(2026, 11, 24)
REAL, CONSTRUCTED = (name for name, _, _ in SAMPLE_FILES)
ITEM_KEYS = {
    "registry_id", "product_name", "producer", "category", "product_set", "address", "commune_code", "recognitions",
    "evidence", "updated_at", "deleted",
}  # fmt: skip
LAPSED = {
    "Rượu cần Mường Bi": "expired",
    "Nước mắm Gành Đỏ": "expired",
    "Hạt điều muối Đồng Xoài": "expired",
    "Gạo nàng nhen Bảy Núi": "expired",
    "Mắm cáy Hồng Tiến": "expired",
    "Viên nghệ mật ong Khoái Châu": "revoked",
    "Chả cá Sầm Sơn": "revoked",
    "Bún khô gạo lứt Long Điền": "revoked",
    "Muối Tuyết Diêm": "suspended",
    "Bánh phồng sữa Cái Bè": "suspended",
}
REASONS_OF_HELD = {
    "missing_decision": 3, "missing_authority": 3, "missing_issue_date": 3, "bad_date": 2, "date_conflict": 1,
    "bad_star": 1, "below_three_stars": 1, "potential_only": 2, "score_conflict": 2, "authority_mismatch": 3,
    "unknown_place": 2, "ambiguous_place": 1, "weak_evidence": 2, "duplicate_conflict": 2,
}  # fmt: skip


@lru_cache
def records(source: str) -> list[RawRecord]:
    path = next(path for name, path, _ in SAMPLE_FILES if name == source)
    return list(read(str(path)).records)


@lru_cache
def items(source: str) -> list[dict[str, Any]]:
    path = next(path for name, path, _ in SAMPLE_FILES if name == source)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def decided(source: str, today: date = TODAY) -> list[tuple[RawRecord, Decision]]:
    """Every record with its decision; two tellings of one product are held, as a run holds them."""
    told = Counter((name_key(r.product), name_key(r.producer)) for r in records(source))
    pairs = []
    for record in records(source):
        decision = decide(record, today, default_tier="C")
        if told[name_key(record.product), name_key(record.producer)] > 1:
            decision = with_reason(decision, "duplicate_conflict")
        pairs.append((record, decision))
    return pairs


def of(source: str, outcome: str, today: date = TODAY) -> list[tuple[RawRecord, Decision]]:
    return [(record, decision) for record, decision in decided(source, today) if decision.outcome == outcome]


def outcomes(source: str, today: date = TODAY) -> dict[str, int]:
    return dict(Counter(str(decision.outcome) for _, decision in decided(source, today)))


def test_sources_are_snapshots_that_say_they_are_samples() -> None:
    assert [(name, path.name, delta) for name, path, delta in SAMPLE_FILES] == [
        ("mau-lam-dong", "real.jsonl", False),
        ("mau-ca-nuoc", "constructed.jsonl", False),
    ]


def test_real_products_with_a_signed_decision_are_listed_and_news_is_held() -> None:
    assert outcomes(REAL) == {"listed": 24, "held": 36}
    assert Counter(d.star for _, d in of(REAL, "listed")) == {3: 19, 4: 5}
    unproved = {"missing_decision", "missing_issue_date", "weak_evidence"}
    assert all(unproved <= set(d.reasons) for _, d in of(REAL, "held"))
    assert {(r.evidence, d.outcome) for r, d in decided(REAL)} == {("A", "listed"), ("B1", "held")}


def test_real_producers_keep_their_names_and_have_a_kind() -> None:
    assert Counter(r.producer_kind for r in records(REAL)) == {"enterprise": 44, "cooperative": 9, "household": 7}
    assert all(not r.producer.endswith("(mẫu)") for r in records(REAL))


def test_constructed_outcomes() -> None:
    assert outcomes(CONSTRUCTED) == {"listed": 138, "held": 22, "lapsed": 10}
    assert Counter(code for _, d in of(CONSTRUCTED, "held") for code in d.reasons) == REASONS_OF_HELD
    assert {r.product: d.reasons for r, d in of(CONSTRUCTED, "lapsed")} == {k: (v,) for k, v in LAPSED.items()}


@pytest.mark.parametrize(("day", "listed"), [(date(2027, 5, 24), 127), (date(2028, 5, 24), 123)])
def test_most_of_it_stays_listed_for_long(day: date, listed: int) -> None:
    assert outcomes(CONSTRUCTED, day)["listed"] == listed


def test_revoked_ones_say_when_and_why() -> None:
    revoked = [d.grant for _, d in of(CONSTRUCTED, "lapsed") if d.reasons == ("revoked",)]
    assert len(revoked) == 3
    assert all(grant and grant.revoked_on and grant.ground for grant in revoked)


def test_listed_ones_cover_all_provinces_branches_stars_and_kinds_of_producer() -> None:
    listed = of(CONSTRUCTED, "listed")
    assert {d.place.province_code for _, d in listed} == {p.code for p in regions.provinces()}
    assert Counter(d.star for _, d in listed) == {3: 105, 4: 29, 5: 4}
    branches = Counter(branch_of(r.category, read_set(r.set_no), r.product) for r, _ in listed)
    assert branches == {1: 95, 2: 12, 3: 5, 4: 12, 5: 8, 6: 6}
    kinds = {"cooperative", "cooperative_group", "enterprise", "farm", "household", "association"}
    assert {r.producer_kind for r, _ in listed} == kinds
    assert {14, 15} <= {read_set(r.set_no) for r, _ in listed}


def test_five_stars_are_the_ministrys() -> None:
    five = [d.grant for _, d in of(CONSTRUCTED, "listed") if d.star == 5]
    assert all(grant and grant.authority.startswith("Bộ Nông nghiệp") and "QĐ-BNN" in grant.decision for grant in five)


def test_a_search_for_coffee_of_three_stars_has_answers_in_many_provinces() -> None:
    coffees = [d for r, d in of(CONSTRUCTED, "listed") if fold(r.product).startswith("ca phe") and d.star == 3]
    assert len(coffees) == 14
    assert len({d.place.province_code for d in coffees}) == 9


def test_one_cooperative_stands_out_and_others_have_several_products() -> None:
    of_producer = Counter((r.producer, r.producer_kind) for r, _ in of(CONSTRUCTED, "listed"))
    assert of_producer.most_common(1) == [(("HTX Chè Sương Mai (mẫu)", "cooperative"), 6)]
    assert sum(2 <= count <= 4 for count in of_producer.values()) == 17


def test_some_certificates_end_within_180_days_and_two_are_extended() -> None:
    grants = [d.grant for _, d in of(CONSTRUCTED, "listed") if d.grant]
    ends = [add_months(g.issued_on, 36) for g in grants if g.status == "valid"]
    assert sum(end <= TODAY + timedelta(days=180) for end in ends) == 9
    assert [(g.issued_on, g.filed_on) for g in grants if g.status == "extended"] == [
        (date(2023, 9, 20), date(2026, 5, 12)),
        (date(2023, 10, 30), date(2026, 6, 15)),
    ]


@pytest.mark.parametrize("source", [REAL, CONSTRUCTED])
def test_addresses_name_the_commune_whose_code_stands_beside_them(source: str) -> None:
    for record, decision in decided(source):
        if {"unknown_place", "ambiguous_place"} & set(decision.reasons):
            continue
        place = regions.resolve(record.address)
        assert (place.problem, place.commune_code) == (None, record.commune_code), record.registry_id
        if source == CONSTRUCTED:
            assert record.registry_id.startswith(f"MAU-{place.province_code}-")


@pytest.mark.parametrize("source", [REAL, CONSTRUCTED])
def test_nothing_personal_is_told(source: str) -> None:
    for item in items(source):
        assert set(item) <= ITEM_KEYS
        assert set(item["producer"]) == {"name", "type"}
        for text in (item["product_name"], item["producer"]["name"], item["address"], item["category"]):
            assert scrub(text) == text
            assert not re.search(r"\d{6}|[@]", text), text


def test_constructed_producers_are_marked_and_products_are_not() -> None:
    for record in records(CONSTRUCTED):
        assert record.producer.endswith(" (mẫu)")
        assert "mẫu" not in record.product


def test_registry_ids_are_unique_and_no_name_stands_in_both_sources() -> None:
    ids = [r.registry_id for name in (REAL, CONSTRUCTED) for r in records(name)]
    assert len(set(ids)) == len(ids) == 230
    assert not {name_key(r.product) for r in records(REAL)} & {name_key(r.product) for r in records(CONSTRUCTED)}
