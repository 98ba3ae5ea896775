"""A row that was kept is the same row, and a correction changes the cells that it names alone."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ocop_sync.held.rulings import NO_RULINGS, RECOGNITION_CELLS, RECORD_CELLS, Ruled, cell_of, corrected, under
from ocop_sync.records import RECOGNITION_CELLS as ALL_RECOGNITION_CELLS
from ocop_sync.records import RECORD_CELLS as ALL_RECORD_CELLS
from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.runs.judging import judge
from ocop_sync.runs.snapshot import Snapshot, entry_of

DAY = date(2026, 11, 23)
texts = st.text(max_size=12)
recognitions = st.builds(RawRecognition, **dict.fromkeys(ALL_RECOGNITION_CELLS, texts))
records = st.builds(
    RawRecord,
    sheet=texts,
    row=st.none() | st.integers(1, 10**6),
    recognitions=st.lists(recognitions, max_size=3).map(tuple),
    **dict.fromkeys(ALL_RECORD_CELLS, texts),
)


@given(records)
def test_what_is_kept_of_a_row_gives_the_row_back(record: RawRecord) -> None:
    again = RawRecord.from_columns(record.columns(), sheet=record.sheet, row=record.row)
    assert again == record
    assert again.columns() == record.columns()


def test_what_is_no_cell_is_not_read_back() -> None:
    kept = {"product": "Mứt", "deleted": True, "row": 7, "phone": "x", "recognitions": [{"star": "4", "phone": "x"}]}
    assert RawRecord.from_columns(kept) == RawRecord(product="Mứt", recognitions=(RawRecognition(star="4"),))


@given(
    records,
    st.dictionaries(st.sampled_from([*RECORD_CELLS, *[f"1.{c}" for c in RECOGNITION_CELLS], "9.star", "note"]), texts),
)
def test_a_correction_changes_what_it_names_and_nothing_else(record: RawRecord, cells: dict[str, str]) -> None:
    after = corrected(record, cells)
    names = [*ALL_RECORD_CELLS, *(f"1.{cell}" for cell in RECOGNITION_CELLS)]
    for name in names:
        was = cell_of(record, name)
        if was is not None:
            assert cell_of(after, name) == cells.get(name, was)
    assert (after.note, after.registry_id, after.current_star) == (record.note, record.registry_id, record.current_star)
    assert after.recognitions[1:] == record.recognitions[1:]
    assert corrected(record, {}) == record


def test_a_ruling_holds_for_its_row_alone_and_keeps_key_and_hash() -> None:
    row = RawRecord(product="Mứt", producer="HTX", address="tỉnh Lâm Đồng", evidence="A",
                    recognitions=(RawRecognition("4", decision="1/QĐ", authority="UBND tỉnh Lâm Đồng"),))  # fmt: skip
    plain = judge(row, DAY, default_tier="B2")
    rulings = {plain.hash: Ruled(cells=(("1.issued", "02/03/2026"), ("product", "Mứt dâu")))}

    one = under(plain, rulings, DAY)
    changed = under(judge(replace(row, note="x"), DAY, default_tier="B2"), rulings, DAY)

    assert plain.decision.reasons == ("missing_issue_date",)
    assert (one.outcome, one.record.product, one.told) == ("listed", "Mứt dâu", row)
    assert (one.key, one.hash) == (plain.key, plain.hash)
    assert (changed.outcome, changed.record.product, changed.told) == ("held", "Mứt", None)
    assert under(plain, NO_RULINGS, DAY) is plain
    snapshot = Snapshot()
    snapshot.add_all([entry_of(plain)])
    snapshot.rule(rulings, DAY)
    assert list(snapshot.records()) == [(one, False)]


def test_a_waived_code_does_not_come_back_and_a_rejected_row_stays_held() -> None:
    row = RawRecord(product="Mứt", producer="HTX", address="tỉnh Lâm Đồng", evidence="A",
                    recognitions=(RawRecognition("4", "12", "1/QĐ", "UBND tỉnh Lâm Đồng", "02/03/2026"),))  # fmt: skip
    plain = judge(row, DAY, default_tier="B2")
    waived = under(plain, {plain.hash: Ruled(waived=("score_conflict", "duplicate_conflict"))}, DAY)
    rejected = under(waived, {plain.hash: Ruled(rejected=True)}, DAY)

    assert plain.decision.reasons == ("score_conflict",)
    assert (waived.outcome, waived.objected("duplicate_conflict")) == ("listed", waived)
    assert waived.objected("identity_conflict").decision.reasons == ("identity_conflict",)
    assert (rejected.outcome, rejected.decision.reasons) == ("held", ("rejected",))
