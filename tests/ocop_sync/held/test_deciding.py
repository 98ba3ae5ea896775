"""An officer's decisions: in effect at once, again on the next run of the same row, gone with the row."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from catalog import clock
from catalog.append_only import Sealed
from catalog.certificates.models import Recognition, SourceRecord
from catalog.certificates.services import is_listed
from catalog.history.models import ListingChange
from catalog.products.models import Product
from ocop_sync.errors import SourceBusy
from ocop_sync.held import errors
from ocop_sync.held.deeds import Deed
from ocop_sync.held.models import Action, Ruling
from ocop_sync.held.services import decide_on
from ocop_sync.runs import services
from ocop_sync.runs.models import Run, RunState
from ocop_sync.runs.services import run_sync
from tests.ocop_sync.held.making import DAY, LINK, decide, decided, make_officer, record, seen, sync
from tests.ocop_sync.tables import row

pytestmark = pytest.mark.django_db
HELD = {"decision_number": ""}


def picture() -> list[tuple[Any, ...]]:
    records = SourceRecord.objects.order_by("key").values_list("key", "hash", "outcome", "reasons", "product", "star")
    products = Product.objects.order_by("pk").values_list("name", "producer__name", "star", "blocked", "listable_until")
    return [*[(*r[:3], tuple(r[3]), *r[4:]) for r in records], *products]


def test_a_correction_lists_the_product_at_once_and_the_next_run_says_the_same(tmp_path: Path) -> None:
    rows = [row(1, **HELD), row(2)]
    sync(tmp_path, rows)
    held = record()
    columns = held.columns

    decided(Action.CORRECTED, held, cells={"decision": " 1207/QĐ-UBND "})

    product = Product.objects.get(name="Mứt dâu 1")
    assert is_listed(product, DAY)
    assert (held.outcome, held.reasons, held.columns, held.held_since) == ("listed", [], columns, None)
    ruling = Ruling.objects.get()
    assert (ruling.cells, ruling.columns, ruling.reasons) == (
        {"1.decision": "1207/QĐ-UBND"},
        columns,
        ["missing_decision"],
    )
    assert (ruling.by.username, ruling.link, ruling.hash) == ("can-bo", LINK, held.hash)
    change = ListingChange.objects.get(product=product)
    assert (change.by, change.why, change.source) == (ruling.by, "Đã đối chiếu với quyết định.", "nguon")

    before = picture()
    report = sync(tmp_path, rows)

    assert report.counts() == {
        "read": 2,
        "listed": 2,
        "lapsed": 0,
        "held": 0,
        "ignored": 0,
        "withdrawn": 0,
        "applied": 0,
    }
    assert picture() == before


def test_a_correction_holds_for_a_new_run_that_has_to_write_the_record_again(tmp_path: Path) -> None:
    rows = [row(1, **HELD), row(2)]
    sync(tmp_path, rows)
    decided(Action.CORRECTED, record(), cells={"decision": "1207/QĐ-UBND", "product": "Mứt dâu tây"})
    sync(tmp_path, [row(2)], allow_mass_delist=True)
    assert not is_listed(Product.objects.get(name="Mứt dâu tây"), DAY)

    sync(tmp_path, rows)

    assert is_listed(Product.objects.get(name="Mứt dâu tây"), DAY)
    assert record().columns["product"] == "Mứt dâu 1"
    assert Product.objects.count() == 2


def test_a_changed_row_drops_the_ruling_and_is_judged_anew(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD), row(2)])
    decided(Action.CORRECTED, record(), cells={"decision": "1207/QĐ-UBND"})

    sync(tmp_path, [row(1, **HELD, note="sửa"), row(2)], allow_mass_delist=True)

    held = record()
    assert (held.outcome, held.reasons) == ("held", ["missing_decision"])
    assert not is_listed(Product.objects.get(name="Mứt dâu 1"), DAY)
    assert Ruling.objects.get().record == held
    sync(tmp_path, [row(1, **HELD), row(2)])  # the row as it was decided about: decided it is
    assert record().outcome == "listed"


def test_a_star_is_never_lifted_without_evidence(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, star_rating="đề xuất 4 sao")])
    held = record()
    with pytest.raises(errors.EvidenceMissing):
        decide(Action.CORRECTED, held, cells={"star": "4"}, link="")
    assert (Ruling.objects.count(), held.outcome) == (0, "held")


def test_the_gate_is_not_passed_by_a_correction(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held = record()
    decided(Action.CORRECTED, held, cells={"decision": "9/QĐ-UBND", "star": "5"})
    assert (held.outcome, held.reasons) == ("held", ["authority_mismatch"])
    assert not Recognition.objects.exists()


def test_weak_evidence_is_mended_by_the_tier_alone_and_withdrawn_as_it_was(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, evidence_level="")])
    held = record()
    assert (held.reasons, held.evidence) == (["weak_evidence"], "B2")
    before = picture()
    decided(Action.CORRECTED, held, cells={"evidence": "a"})
    assert (held.outcome, held.evidence) == ("listed", "A")
    decided(Action.WITHDRAWN, held)
    assert (held.outcome, held.reasons, held.evidence) == ("held", ["weak_evidence"], "B2")
    assert picture()[0][:4] == before[0][:4]
    assert not is_listed(Product.objects.get(), DAY)
    assert [one.action for one in Ruling.objects.all()] == ["corrected", "withdrawn"]
    sync(tmp_path, [row(1, evidence_level="")])
    assert record().outcome == "held"


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"note": "x"}, errors.BadCell),
        ({"registry_id": "x"}, errors.BadCell),
        ({"status": "valid"}, errors.BadCell),
        ({"1.status": "valid"}, errors.BadCell),
        ({"2.star": "5"}, errors.BadCell),
        ({"0.star": "5"}, errors.BadCell),
        ({"recognitions": "5"}, errors.BadCell),
        ({"evidence": "B2"}, errors.BadCell),
        ({"decision": "1" * 61}, errors.BadCell),
        ({"product": "Mứt dâu 1", "star": "4"}, errors.NothingCorrected),
        ({}, errors.NothingCorrected),
    ],
)
def test_cells_that_cannot_be_corrected(tmp_path: Path, cells: dict[str, str], error: type) -> None:
    sync(tmp_path, [row(1, **HELD)])
    told = decide(Action.CORRECTED, record(), cells=cells)
    assert [type(one) for _, one in told.refused] == [error]
    assert (told.done, Ruling.objects.count()) == ([], 0)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.vn/a", "x", "https://", "https://a.vn/" + "x" * 500])
def test_links_that_are_none(tmp_path: Path, link: str) -> None:
    sync(tmp_path, [row(1, **HELD)])
    with pytest.raises(errors.BadLink):
        decide(Action.CORRECTED, record(), cells={"decision": "1/QĐ"}, link=link)


def test_every_decision_says_why(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    for action in Action:
        with pytest.raises(errors.WhyMissing):
            decide(action, record(), why=" \n")
    with pytest.raises(errors.NothingChosen):
        decide(Action.ASKED)
    with pytest.raises(errors.NoSuchProduct):
        decide(Action.MERGED, record(), product="0000000")


def test_accepting_waives_what_may_be_waived_and_nothing_else(tmp_path: Path) -> None:
    both = [row(1, star_rating="4"), row(1, star_rating="3"), row(2, **HELD)]
    sync(tmp_path, both)
    four = next(one for one in SourceRecord.objects.filter(product_name="Mứt dâu 1") if one.star == 4)
    three = next(one for one in SourceRecord.objects.filter(product_name="Mứt dâu 1") if one.star == 3)

    told = decide(Action.ACCEPTED, four, record("Mứt dâu 2"))

    assert [type(error) for _, error in told.refused] == [errors.NotWaivable]
    assert "Thiếu số quyết định" in told.refused[0][1].message("vi")
    assert (four.outcome, record("Mứt dâu 2").outcome) == ("listed", "held")
    assert Product.objects.get().star == 4
    assert Ruling.objects.get().waived == ["duplicate_conflict"]
    second = decide(Action.ACCEPTED, three)
    assert [type(error) for _, error in second.refused] == [errors.OtherAccepted]
    assert three.outcome == "held"
    decided(Action.REJECTED, three, why="Dòng cũ, đã thay.")
    assert three.reasons == ["duplicate_conflict", "rejected"]
    assert sync(tmp_path, both).applied == 0


def test_two_rows_that_contradict_each_other_are_not_accepted_at_once(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, star_rating="4"), row(1, star_rating="3")])
    told = decide(Action.ACCEPTED, *SourceRecord.objects.all())
    assert [type(error) for _, error in told.refused] == [errors.OtherAccepted] * 2
    assert Ruling.objects.count() == 0


def test_a_correction_frees_the_row_that_it_contradicted(tmp_path: Path) -> None:
    rows = [row(1, star_rating="4"), row(1, star_rating="3", decision_number="77/QĐ-UBND", issued_at="")]
    rows[1]["decision_number"] = rows[0]["decision_number"]
    sync(tmp_path, rows)
    right, wrong = SourceRecord.objects.order_by("row")
    assert "duplicate_conflict" in right.reasons

    decided(Action.CORRECTED, wrong, cells={"star": "4", "issued": "02/03/2026"})

    right.refresh_from_db()
    assert (wrong.outcome, right.outcome) == ("listed", "listed")
    assert sync(tmp_path, rows).applied <= 2  # the rows may change places, nothing else
    assert set(SourceRecord.objects.filter(present=True).values_list("outcome", flat=True)) == {"listed"}


def test_a_rejected_row_stays_held_when_its_reason_goes(tmp_path: Path) -> None:
    rows = [row(1, issued_at="2026-12-01")]
    sync(tmp_path, rows)
    decided(Action.REJECTED, record(), why="Sai sản phẩm.")
    later = DAY + timedelta(days=60)
    run_sync(str(tmp_path / "bang.csv"), source_name="nguon", as_of=later)
    assert (record().outcome, record().reasons) == ("held", ["rejected"])


def test_asking_the_province_changes_no_outcome_and_keeps_what_was_corrected(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD, issuing_authority="")])
    held = record()
    decided(Action.CORRECTED, held, cells={"decision": "1207/QĐ-UBND"})
    before = (held.outcome, held.reasons, held.updated_at)
    decided(Action.ASKED, held, why="Xin cho biết cơ quan ban hành.")
    assert (held.outcome, held.reasons, held.updated_at) == before
    assert held.reasons == ["missing_authority"]
    last = Ruling.objects.last()
    assert last is not None
    assert (last.action, last.cells, last.version) == ("asked", {"1.decision": "1207/QĐ-UBND"}, 2)
    decided(Action.CORRECTED, held, cells={"authority": "UBND tỉnh Lâm Đồng"})
    assert held.outcome == "listed"


def test_what_is_long_in_the_row_may_stay_as_it_is(tmp_path: Path) -> None:
    long = "Quyết định số 1207/QĐ-UBND " + "về việc công nhận " * 5
    sync(tmp_path, [row(1, decision_number=long, issued_at="", evidence_level="c")])
    held = record()
    typed = {"1.decision": held.columns["recognitions"][0]["decision"], "evidence": "c", "1.issued": "02/03/2026"}
    decided(Action.CORRECTED, held, cells=typed)
    ruling = Ruling.objects.get()
    assert ruling.cells == {"1.issued": "02/03/2026"}


def test_a_cell_can_be_given_back_its_own_text(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held = record()
    decided(Action.CORRECTED, held, cells={"decision": "1/QĐ", "star": "3"})
    decided(Action.CORRECTED, held, cells={"star": "4"})
    last = Ruling.objects.last()
    assert last is not None
    assert (last.cells, held.star) == ({"1.decision": "1/QĐ"}, 4)


def test_a_merge_makes_the_row_speak_of_a_known_product_without_renaming_it(tmp_path: Path) -> None:
    sync(tmp_path, [row(1)], name="goc")
    product = Product.objects.get()
    other = [row(7, registry_id="LD-7", product_name="Mứt dâu tây", **HELD)]
    sync(tmp_path, other, name="tinh")
    held = record("Mứt dâu tây", "tinh")

    decided(Action.MERGED, held, product=product.code.lower())
    decided(Action.CORRECTED, held, cells={"decision": "9/QĐ-UBND", "issued": "01/06/2026"})

    product.refresh_from_db()
    assert (held.outcome, held.product, Product.objects.count()) == ("listed", product, 1)
    assert (product.name, product.recognitions.count()) == ("Mứt dâu 1", 2)
    assert sync(tmp_path, other, name="tinh").applied == 0
    assert sync(tmp_path, [row(1)], name="goc").counts()["held"] == 0
    decided(Action.WITHDRAWN, held)
    assert (held.outcome, held.product) == ("held", None)
    product.refresh_from_db()
    assert is_listed(product, DAY)
    assert product.current is not None
    assert product.current.decision_number == "1207/QĐ-UBND"


def test_an_accepted_star_counts_and_goes_when_it_is_withdrawn_by_the_officer_or_by_its_source(tmp_path: Path) -> None:
    sync(tmp_path, [row(1)], name="goc")
    other = [row(1, star_rating="3"), *[row(n) for n in range(2, 6)]]
    sync(tmp_path, other, name="tinh")
    held, product = record(source="tinh"), Product.objects.get(name="Mứt dâu 1")
    assert held.reasons == ["duplicate_conflict"]

    def star() -> int | None:
        product.refresh_from_db()
        return product.star

    decided(Action.ACCEPTED, held)
    assert (held.outcome, star()) == ("listed", 3)
    decided(Action.WITHDRAWN, held)
    assert (held.reasons, star()) == (["duplicate_conflict"], 4)
    decided(Action.ACCEPTED, held)
    assert star() == 3
    sync(tmp_path, other[1:], name="tinh")
    assert (star(), is_listed(product, DAY)) == (4, True)
    sync(tmp_path, other, name="tinh")
    sync(tmp_path, [row(1)], name="goc", allow_mass_delist=True)
    assert (star(), record(source="goc").reasons) == (3, ["duplicate_conflict"])


def test_an_accepted_new_name_renames_and_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, registry_id="X1")], name="tinh")
    sync(tmp_path, [row(1)], name="goc")
    sync(tmp_path, [row(1, registry_id="X1", product_name="Mứt dâu Đà Lạt"), row(2, registry_id="X2")], name="tinh",
         allow_mass_delist=True)  # fmt: skip
    held = record("Mứt dâu Đà Lạt", "tinh")
    assert held.reasons == ["identity_conflict"]
    sync(tmp_path, [row(1), row(3, product_name="Mứt dâu Đà Lạt", producer="HTX Thử 1")], name="goc")
    third = Product.objects.get(name="Mứt dâu Đà Lạt")

    refused = decide(Action.ACCEPTED, held).refused
    assert [type(error) for _, error in refused] == [errors.NameTaken]
    assert third.code in refused[0][1].message("vi")
    decided(Action.MERGED, held, product=third.code)
    assert (held.outcome, held.product) == ("listed", third)
    decided(Action.WITHDRAWN, held)
    assert (held.outcome, held.product) == ("held", Product.objects.get(name="Mứt dâu 1"))


def test_an_accepted_new_name_is_the_products_from_then_on(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, registry_id="X1")], name="tinh")
    sync(tmp_path, [row(1)], name="goc")
    rows = [row(1, registry_id="X1", product_name="Mứt dâu Đà Lạt")]
    sync(tmp_path, rows, name="tinh", allow_mass_delist=True)
    decided(Action.ACCEPTED, record("Mứt dâu Đà Lạt", "tinh"))
    assert Product.objects.get().name == "Mứt dâu Đà Lạt"
    assert sync(tmp_path, rows, name="tinh").applied == 0


def test_of_two_officers_the_second_is_told_and_a_double_click_is_one_ruling(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held = record()
    shown = seen(held)
    decided(Action.REJECTED, held, shown=shown, officer=make_officer("an"), why="Sai.")

    again = decide(Action.REJECTED, held, shown=shown, officer=make_officer("an"), why="Sai.")
    second = decide(Action.ASKED, held, shown=shown, officer=make_officer("binh"))

    assert (again.done, again.refused) == ([held], [])
    assert [type(error) for _, error in second.refused] == [errors.Decided]
    assert second.refused[0][1].message("vi").startswith("Trong lúc bạn xem, an đã xử lý hồ sơ này (Từ chối)")
    assert Ruling.objects.count() == 1


def test_a_record_that_a_run_changed_is_not_decided_about_unseen(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    shown = seen(record())
    sync(tmp_path, [row(1, **HELD, note="mới")])
    told = decide(Action.REJECTED, record(), shown=shown)
    assert [type(error) for _, error in told.refused] == [errors.RowChanged]


def test_what_is_not_held_is_not_decided_about(tmp_path: Path) -> None:
    sync(tmp_path, [row(1), row(2, **HELD), row(3), row(4), row(5)])
    listed, gone = record(), record("Mứt dâu 2")
    sync(tmp_path, [row(1), row(3), row(4), row(5)])
    gone.refresh_from_db()
    told = decide(Action.REJECTED, listed, gone)
    assert [type(error) for _, error in told.refused] == [errors.NotHeld] * 2
    sync(tmp_path, [row(2, **HELD)], delta=True)
    told = decide(Action.WITHDRAWN, record("Mứt dâu 2"))
    assert [type(error) for _, error in told.refused] == [errors.NothingInForce]
    assert Ruling.objects.count() == 0


@pytest.mark.parametrize(("state", "is_alive", "busy"), [
    (RunState.STAGING, True, True), (RunState.APPLYING, True, True), (RunState.APPLYING, False, True),
    (RunState.STAGING, False, False), (RunState.DONE, False, False), (RunState.WAITING, False, False),
])  # fmt: skip
def test_nothing_is_decided_while_a_run_is_at_work(tmp_path: Path, state: str, is_alive: bool, busy: bool) -> None:
    sync(tmp_path, [row(1, **HELD)])
    sync(tmp_path, [row(2, **HELD)], name="khac")
    held, other = record(), record("Mứt dâu 2", "khac")
    until = clock.now() + timedelta(minutes=5) if is_alive else None
    Run.objects.create(source=held.source, origin="x", digest="x", as_of=DAY, state=state, leased_until=until)

    told = decide(Action.REJECTED, held, other)

    assert [type(error) for _, error in told.refused] == [SourceBusy] * busy
    assert other.reasons == ["missing_decision", "rejected"]
    assert ("rejected" in held.reasons) is not busy


def test_the_age_of_a_held_row(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD), row(2)])
    since = record().held_since
    assert since is not None
    assert record("Mứt dâu 2").held_since is None
    sync(tmp_path, [row(1, **HELD), row(2), row(3)])
    decided(Action.ASKED, record(), why="?")
    decided(Action.CORRECTED, record(), cells={"star": "3"})
    assert record().held_since == since
    sync(tmp_path, [row(1, **HELD, note="mới"), row(2), row(3)])
    again = record().held_since
    assert again is not None
    assert again > since
    decided(Action.CORRECTED, record(), cells={"decision": "1/QĐ"})
    assert record().held_since is None
    decided(Action.WITHDRAWN, record())
    last = record().held_since
    assert last is not None
    assert last > again


def test_the_log_is_only_added_to(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    decided(Action.REJECTED, record())
    with pytest.raises(Sealed):
        Ruling.objects.all().delete()
    with pytest.raises(Sealed):
        Ruling.objects.get().save()


def test_many_at_once_by_a_fixed_number_of_queries(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    rows = [row(n, **HELD) for n in range(1, 61)]
    sync(tmp_path, rows)
    records = list(SourceRecord.objects.all())
    officer, shown = make_officer(), seen(*records)
    deed = Deed(Action.CORRECTED, "Quyết định đã ký.", {"decision": "1207/QĐ-UBND"}, link=LINK)
    with clock.as_of(DAY), django_assert_max_num_queries(40):
        told = decide_on(officer, shown, deed)
    assert (len(told.done), told.refused) == (60, [])
    assert sync(tmp_path, rows).counts()["listed"] == 60


def test_a_killed_run_writes_what_was_ruled_and_nothing_is_decided_until_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(1, **HELD), row(2), row(3, star_rating="5", **HELD)]
    sync(tmp_path, rows)
    decided(Action.CORRECTED, record(), cells={"decision": "9/QĐ-UBND"})
    sync(tmp_path, rows[1:], allow_mass_delist=True)
    with monkeypatch.context() as patch:
        patch.setattr(services, "apply_chunk", lambda _run: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sync(tmp_path, rows)

    told = decide(Action.REJECTED, record("Mứt dâu 3"))
    assert [type(error) for _, error in told.refused] == [SourceBusy]
    assert services.resume_dead_runs() == 1

    assert (record().outcome, record().columns.get("decision")) == ("listed", None)
    assert record().product == Product.objects.get(name="Mứt dâu 1")
    decided(Action.REJECTED, record("Mứt dâu 3"))


def test_records_of_before_are_filled_as_well_as_it_can_be_told(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD, evidence_level=""), row(2), row(3, producer="", **HELD)])
    facts = ("names", "hint", "default_tier")
    before = list(SourceRecord.objects.order_by("pk").values_list("names", "province_code"))
    SourceRecord.objects.update(held_since=None, **dict.fromkeys(facts, ""))

    import_module("ocop_sync.migrations.0007_rulings").fill(apps, None)

    filled = SourceRecord.objects.order_by("pk")
    assert list(filled.values_list("names", "hint")) == before
    assert list(filled.values_list("default_tier", flat=True)) == ["B2", "A", "A"]
    assert [one.held_since == (one.updated_at if one.outcome == "held" else None) for one in filled] == [True] * 3
    decided(Action.CORRECTED, record(), cells={"decision": "1/QĐ", "evidence": "B1"})
    assert record().outcome == "listed"
