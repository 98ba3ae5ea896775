"""What SQL finds about the records of one source is what comparing each with each other finds."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.text import name_key
from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.runs.judging import Judged, contradict, judge, told_by
from ocop_sync.runs.snapshot import MOST_TELLINGS, Snapshot, entry_of

DAY = date(2026, 11, 23)
few = st.sampled_from
recognitions = st.builds(
    RawRecognition,
    star=few(["3", "4", ""]),
    decision=few(["1/QĐ-UBND", "2/QĐ-UBND", ""]),
    authority=few(["UBND tỉnh Lâm Đồng", ""]),
    issued=few(["2026-03-02", "2025-03-02", "hôm qua", ""]),
)
rows = st.builds(
    RawRecord,
    row=st.integers(1, 99),
    registry_id=few(["", "", "A", "B"]),
    product=few(["Mứt dâu", "mứt  dâu", "Mật ong", "!", ""]),
    producer=few(["HTX Một", "HTX Hai", ""]),
    address=few(["tỉnh Lâm Đồng", "tỉnh Quảng Trị"]),
    evidence=few(["A", "B1"]),
    recognitions=st.lists(recognitions, max_size=2).map(tuple),
)


def settled(records: list[RawRecord]) -> list[tuple[Judged, bool]]:
    """The records as a run has them."""
    snapshot = Snapshot()
    snapshot.add_all(entry_of(judge(record, DAY, default_tier="B1")) for record in records)
    snapshot.settle()
    return list(snapshot.records())


@settings(max_examples=150)
@given(st.lists(rows, max_size=9))
def test_repeats_contradictions_and_keys_are_those_of_a_naive_comparison(records: list[RawRecord]) -> None:
    alone = [judge(record, DAY, default_tier="B1") for record in records]
    repeats = [any((one.key, one.hash) == (two.key, two.hash) for two in alone[:n]) for n, one in enumerate(alone)]
    kept = [n for n, is_repeat in enumerate(repeats) if not is_repeat]
    clashing = {n for n in kept if any(m != n and clash(alone[n], alone[m]) for m in kept)}

    told = settled(records)

    assert [is_repeat for _, is_repeat in told] == repeats
    for n, (one, _) in enumerate(told):
        before = alone[n].objected("duplicate_conflict") if n in clashing else alone[n]
        assert (one.record, one.hash, one.decision) == (before.record, before.hash, before.decision)
    keys = [told[n][0].key for n in kept]
    assert len(set(keys)) == len(keys)
    for key in {alone[n].key for n in kept}:
        same = [n for n in kept if alone[n].key == key]
        assert [told[n][0].key for n in same].count(key) == 1
        (first,) = [n for n in same if told[n][0].key == key]
        assert issued(alone[first]) == max(issued(alone[n]) for n in same)


def clash(one: Judged, two: Judged) -> bool:
    """One id for two records, or one product told in two ways."""
    names = [(name_key(j.record.product), name_key(j.record.producer)) for j in (one, two)]
    if one.record.registry_id and one.key == two.key and two.record.registry_id:
        return True
    return all(names[0]) and names[0] == names[1] and contradict(told_by(one), told_by(two))


def issued(one: Judged) -> date:
    """The day of the counting recognition."""
    return one.decision.grant.issued_on if one.decision.grant else date.min


def test_a_product_told_in_very_many_ways_is_held_whole_without_comparing_each_with_each() -> None:
    records = [
        RawRecord(
            row=n, product="Mứt", producer="HTX", address="tỉnh Lâm Đồng", evidence="A",
            recognitions=(RawRecognition("3", "", f"{n}/QĐ-UBND", "UBND tỉnh Lâm Đồng", "2026-03-02"),),
        )
        for n in range(MOST_TELLINGS + 1)
    ]  # fmt: skip
    assert all(one.decision.reasons == ("duplicate_conflict",) for one, _ in settled(records))
    assert not any(one.decision.reasons for one, _ in settled(records[:-1]))
