"""Runs over tables: what is written, that a repeat writes nothing, what is withdrawn, guarded, conflicting."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from catalog import clock
from catalog.certificates.models import Recognition, Source, SourceRecord
from catalog.certificates.services import is_listed, refresh_gate
from catalog.history.models import ListingChange
from catalog.outbox.models import OutboxRow
from catalog.producers.models import Producer
from catalog.products.models import Product
from ocop_sync.errors import ClockBackwards, MassDelist, SourceBusy, SourceStale, SourceUnusable
from ocop_sync.runs import applying, leases, services
from ocop_sync.runs.models import Run, RunState, StagedRecord
from ocop_sync.runs.services import resume_dead_runs, run_sync
from tests.ocop_sync.tables import row, write

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def sync(path: str, name: str = "nguon", **options: object):
    return run_sync(path, source_name=name, as_of=DAY, **options)  # type: ignore[arg-type]


def picture() -> list[tuple[object, ...]]:
    """All that a run leaves behind, without what differs by chance (codes, times)."""
    products = Product.objects.order_by("name").values_list(
        "name", "producer__name", "star", "listable_from", "listable_until", "blocked", "commune_code", "restriction"
    )
    records = SourceRecord.objects.order_by("source__name", "key").values_list("key", "outcome", "reasons", "present")
    return [*products, *[(k, o, tuple(r), p) for k, o, r, p in records]]


def test_a_sound_record_is_on_the_shelf_and_a_repeat_changes_nothing(tmp_path: Path) -> None:
    table = write(tmp_path / "bang.csv", [row(1), row(2, star_rating="đề xuất 5 sao")])

    first = sync(table)
    announced = OutboxRow.objects.count()
    before = picture()
    again = sync(table)

    product = Product.objects.get()
    assert is_listed(product, DAY)
    assert (product.star, product.listable_from, product.listable_until) == (4, date(2026, 3, 2), date(2029, 3, 2))
    assert first.counts() == {
        "read": 2, "listed": 1, "lapsed": 0, "held": 1, "ignored": 0, "withdrawn": 0, "applied": 2,
    }  # fmt: skip
    assert "potential_only" in first.records[1]["reasons"]
    assert again.applied == 0
    assert (picture(), OutboxRow.objects.count()) == (before, announced)


def test_what_the_next_snapshot_lacks_is_withdrawn_and_kept(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(n) for n in range(1, 6)]))

    report = sync(write(tmp_path / "b.csv", [row(n) for n in range(1, 5)]))

    gone = Product.objects.get(name="Mứt dâu 5")
    assert (report.withdrawn, report.applied) == (1, 1)
    assert gone.blocked == "unproved"
    assert Recognition.objects.filter(product=gone).exists()


def test_a_delta_withdraws_nothing(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1), row(2)]))

    report = sync(write(tmp_path / "b.csv", [row(3)]), delta=True)

    assert (report.withdrawn, report.applied) == (0, 1)
    assert all(is_listed(product, DAY) for product in Product.objects.all())


def test_a_record_that_came_back_is_listed_under_its_old_code(tmp_path: Path) -> None:
    both, one = [row(n) for n in range(1, 6)], [row(n) for n in range(1, 5)]
    sync(write(tmp_path / "a.csv", both))
    code = Product.objects.get(name="Mứt dâu 5").code
    sync(write(tmp_path / "b.csv", one))

    sync(write(tmp_path / "c.csv", both))

    product = Product.objects.get(name="Mứt dâu 5")
    assert (product.code, is_listed(product, DAY)) == (code, True)


def test_a_listed_record_that_fails_now_leaves_the_shelf_in_the_same_run(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(n) for n in range(1, 6)]))

    sync(write(tmp_path / "b.csv", [*(row(n) for n in range(1, 5)), row(5, note="Đã thu hồi theo QĐ 12")]))

    assert Product.objects.get(name="Mứt dâu 5").blocked == "revoked"


def test_a_new_recognition_changes_the_star_and_not_the_code(tmp_path: Path) -> None:
    older = row(1, star_rating="3", decision_number="88/QĐ-UBND", issued_at="2025-08-02")
    sync(write(tmp_path / "a.csv", [older]))
    code = Product.objects.get().code

    sync(write(tmp_path / "b.csv", [row(1)]), allow_mass_delist=True)

    product = Product.objects.get()
    assert (product.code, product.star) == (code, 4)
    assert product.recognitions.count() == 2


@pytest.mark.parametrize(("lost", "stopped"), [(3, False), (4, True), (40, True)])
def test_the_guard_stops_a_mass_delisting(lost: int, stopped: bool, tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(n) for n in range(1, 31)]))
    before = picture()
    rest = write(tmp_path / "b.csv", [row(n) for n in range(1, 31 - lost)] or [row(99)])

    if not stopped:
        assert sync(rest).withdrawn == lost
        return
    with pytest.raises(MassDelist) as stop:
        sync(rest)

    assert picture() == before
    assert stop.value.report.withdrawn == min(lost, 30)
    assert Run.objects.first().state == RunState.WAITING  # type: ignore[union-attr]
    assert sync(rest, allow_mass_delist=True).withdrawn == min(lost, 30)


def test_what_expired_by_itself_is_no_delisting_for_the_guard(tmp_path: Path) -> None:
    rows = [row(n, issued_at="2024-01-05") for n in range(1, 9)]
    sync(write(tmp_path / "a.csv", rows))

    report = run_sync(write(tmp_path / "b.csv", [*rows, row(9)]), source_name="nguon", as_of=date(2027, 2, 1))

    assert (report.lapsed, report.listed) == (8, 1)


def test_a_run_killed_between_chunks_is_finished_by_the_next(tmp_path: Path, monkeypatch) -> None:
    table = write(tmp_path / "a.csv", [row(n) for n in range(1, 121)])
    written = []

    def killed(run: Run) -> int:
        if len(written) == 1:
            raise KeyboardInterrupt
        written.append(applying.apply_chunk(run))
        return written[-1]

    monkeypatch.setattr(applying, "CHUNK", 50)
    monkeypatch.setattr(services, "apply_chunk", killed)
    with pytest.raises(KeyboardInterrupt):
        sync(table)
    monkeypatch.setattr(services, "apply_chunk", applying.apply_chunk)
    half = Product.objects.count()

    report = sync(table)

    assert 0 < half < 120
    assert Product.objects.count() == 120
    assert (report.read, report.applied, Run.objects.count(), StagedRecord.objects.count()) == (120, 120, 1, 0)
    assert sync(table).applied == 0


@pytest.mark.django_db(transaction=True)
def test_a_run_gives_way_after_each_of_its_transactions(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 5)
    monkeypatch.setattr(services, "STAGED_AT_ONCE", 4)
    waits: list[tuple[bool, int, int]] = []

    def give_way() -> None:
        waits.append((connection.in_atomic_block, StagedRecord.objects.count(), SourceRecord.objects.count()))

    monkeypatch.setattr(services, "give_way", give_way)
    sync(write(tmp_path / "a.csv", [row(n) for n in range(12)]))
    assert waits == [(False, n, 0) for n in (4, 8, 12)] + [(False, 7, 5), (False, 2, 10), (False, 0, 12)]


def test_a_dead_runs_rest_is_written_by_the_sweep(tmp_path: Path, monkeypatch) -> None:
    table = write(tmp_path / "a.csv", [row(n) for n in range(1, 4)])
    monkeypatch.setattr(services, "apply_chunk", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sync(table)
    monkeypatch.setattr(services, "apply_chunk", applying.apply_chunk)

    assert (resume_dead_runs(), resume_dead_runs()) == (1, 0)
    assert Product.objects.count() == 3


def test_two_runs_over_one_source_are_not_at_work_at_once(tmp_path: Path) -> None:
    source = Source.objects.create(name="nguon")
    Run.objects.create(
        source=source, origin="x", digest="x", as_of=DAY, state=RunState.APPLYING,
        lease_owner=leases.new_owner(), leased_until=clock.now() + leases.LEASE,
    )  # fmt: skip

    with pytest.raises(SourceBusy):
        sync(write(tmp_path / "a.csv", [row(1)]))

    assert not Product.objects.exists()


def test_an_exact_repeat_is_ignored_and_a_contradiction_holds_both(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", [row(1), row(1), row(2), row(2, star_rating="3")])

    report = sync(table)

    assert [record["outcome"] for record in report.records] == ["listed", "ignored", "held", "held"]
    assert report.records[2]["reasons"] == report.records[3]["reasons"] == ["duplicate_conflict"]
    assert (report.read, report.ignored) == (3, 1)


def test_a_weaker_source_does_not_move_a_product(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1)]), "so-goc")
    elsewhere = row(1, original_address="Phường 1 Bảo Lộc, tỉnh Lâm Đồng")

    report = sync(write(tmp_path / "b.csv", [elsewhere]), "nguon-khac")

    product = Product.objects.get()
    assert is_listed(product, DAY)
    assert report.records[0]["outcome"] == "held"
    assert report.records[0]["reasons"] == ["identity_conflict"]


def test_two_sources_prove_one_recognition_and_one_may_withdraw(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1)]), "mot")
    sync(write(tmp_path / "b.csv", [row(1), row(2)]), "hai")

    sync(write(tmp_path / "c.csv", [row(2)]), "hai", allow_mass_delist=True)

    assert (Product.objects.count(), Producer.objects.count(), Recognition.objects.count()) == (2, 2, 2)
    assert is_listed(Product.objects.get(name="Mứt dâu 1"), DAY)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    report = run_sync(write(tmp_path / "a.csv", [row(1)]), dry_run=True, as_of=DAY)

    assert (report.read, report.listed, report.applied) == (1, 1, 0)
    assert not Source.objects.exists()
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trong.csv", b""),
        ("khoang-trang.csv", b"  \n \n"),
        ("khong-tieu-de.csv", b"a,b\n1,2\n"),
        ("nhi-phan.csv", b"\x00\x01\x02"),
        ("lan-bang-ma.csv", "Tên sản phẩm,Chủ thể\n".encode() + "Đăk,HTX\n".encode("cp1258")),
        ("hong.xlsx", b"PK\x03\x04 day khong phai la so"),
        ("cu.xls", b"\xd0\xcf\x11\xe0 rest"),
        ("hong.json", b'{"items": [{"product_name": '),
        ("khong-items.json", b'{"rows": []}'),
        ("hong.jsonl", b'{"product_name": "x"}\n{"product'),
        ("chi-tieu-de.csv", b"product_name,producer\n"),
    ],
)
def test_an_unusable_file_changes_nothing_and_is_named(name: str, content: bytes, tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1)]))
    before = picture()
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SourceUnusable) as refused:
        sync(str(tmp_path / name))

    assert name in str(refused.value)
    assert "Nothing was changed" in str(refused.value)
    assert picture() == before


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceUnusable, match=r"khong-co\.csv"):
        sync(str(tmp_path / "khong-co.csv"))


def test_a_run_by_a_day_before_the_last_runs_changes_nothing(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1)]))
    before = picture()

    with pytest.raises(ClockBackwards, match=r"22/11/2026.*23/11/2026"):
        run_sync(write(tmp_path / "b.csv", [row(1), row(2)]), source_name="nguon", as_of=date(2026, 11, 22))

    assert (picture(), Run.objects.count()) == (before, 1)
    elsewhere = run_sync(write(tmp_path / "c.csv", [row(3)]), source_name="nguon-khac", as_of=date(2026, 11, 22))
    assert elsewhere.listed == 1


def test_what_a_newer_run_overtook_while_it_was_read_is_not_written(tmp_path: Path, monkeypatch) -> None:
    table = write(tmp_path / "a.csv", [row(1)])
    sync(table)
    before = picture()
    start = services._start

    def overtaken(source, origin, reading, *rest):
        reading.as_of = DAY
        Source.objects.update(last_as_of=DAY + timedelta(days=1))
        return start(source, origin, reading, *rest)

    monkeypatch.setattr(services, "_start", overtaken)
    with pytest.raises(SourceStale):
        sync(write(tmp_path / "b.csv", [row(1, star_rating="3"), row(2)]))
    assert (picture(), Run.objects.count()) == (before, 1)


def test_a_row_that_takes_the_name_of_another_product_is_held(tmp_path: Path) -> None:
    """The registry's own id says that it is product 1; its name says that it is product 2."""
    first = [row(n, registry_id=f"LD-{n}", producer="HTX Thử") for n in range(1, 6)]
    sync(write(tmp_path / "a.csv", first))

    taken = {**first[0], "product_name": "Mứt dâu 2"}
    report = sync(write(tmp_path / "b.csv", [taken, *first[2:]]), allow_mass_delist=True)

    assert report.records[0]["reasons"] == ["identity_conflict"]
    assert sorted(Product.objects.values_list("name", flat=True)) == [f"Mứt dâu {n}" for n in range(1, 6)]


@pytest.mark.parametrize("new_one_first", [True, False])
def test_a_new_row_and_a_renamed_one_under_one_name_end_the_run_all_the_same(new_one_first: bool, tmp_path) -> None:
    known = row(1, registry_id="LD-1", producer="HTX Thử")
    sync(write(tmp_path / "a.csv", [known]))
    both = [row(9, registry_id="LD-9", producer="HTX Thử"), {**known, "product_name": "Mứt dâu 9"}]

    sync(write(tmp_path / "b.csv", both if new_one_first else both[::-1]), allow_mass_delist=True)

    assert Run.objects.first().state == RunState.DONE  # type: ignore[union-attr]
    assert [p.name for p in Product.objects.all() if is_listed(p, DAY)] == ["Mứt dâu 9"]


def test_two_rows_of_one_product_change_its_facts_in_one_chunk(tmp_path: Path) -> None:
    newer = {"registry_id": "LD-2"}
    older = {"registry_id": "LD-1", "star_rating": "3", "decision_number": "88/QĐ-UBND", "issued_at": "2024-08-02"}
    sync(write(tmp_path / "a.csv", [row(1, **newer), row(1, **older)]))
    code = Product.objects.get().code
    moved = {"original_address": "Phường Cam Ly - Đà Lạt, tỉnh Lâm Đồng"}

    report = sync(write(tmp_path / "b.csv", [row(1, **newer, **moved), row(1, **older, **moved)]))

    product = Product.objects.get()
    assert (report.listed, report.applied) == (2, 2)
    assert (product.code, product.star, product.address) == (code, 4, moved["original_address"])


def test_what_is_new_is_judged_as_if_it_had_been_read_back(tmp_path: Path) -> None:
    older = {"star_rating": "3", "decision_number": "88/QĐ-UBND", "issued_at": "2024-08-02"}
    expired = {"decision_number": "7/QĐ-UBND", "issued_at": "2021-03-02"}
    rows = [
        *(row(n) for n in range(1, 40)),
        row(2, registry_id="LD-2", **older),
        row(3, registry_id="LD-3", note="Thu hồi theo Quyết định 9/QĐ-UBND"),
        row(40, note="Thu hồi"),
        row(41, **expired),
        row(42, star_rating="đề xuất 5 sao"),
        row(43, decision_number="Số " + "12/QĐ-UBND " * 9, original_address=f"{'Thôn 7, ' * 90}tỉnh Lâm Đồng"),
    ]
    sync(write(tmp_path / "a.csv", rows))

    def written() -> list[object]:
        kept = [field.attname for field in Product._meta.concrete_fields if field.name != "updated_at"]
        products = list(Product.objects.order_by("pk").values_list(*kept))
        return [products, list(Recognition.objects.order_by("pk").values()), ListingChange.objects.count()]

    before = written()
    with clock.as_of(DAY):
        assert refresh_gate(Product.objects.values_list("pk", flat=True)) == 0
    assert written() == before
    assert ListingChange.objects.count() == Product.objects.count() == 41  # not 3, which contradicts itself, nor 42
