"""From three stars to five in one step: the five wait for an officer, the three stay on the shelf."""

from datetime import date
from pathlib import Path

import pytest

from catalog.certificates.models import Recognition, SourceRecord
from catalog.certificates.services import is_listed
from catalog.history.models import ListingChange
from catalog.products.models import Product
from ocop_sync.held import errors
from ocop_sync.held.models import Action
from tests.ocop_sync.held.making import DAY, decide, decided, record, sync
from tests.ocop_sync.tables import row

pytestmark = pytest.mark.django_db
THREE = {"star_rating": "3", "issued_at": "2025-03-02"}
FIVE = {
    "star_rating": "5", "decision_number": "88/QĐ-BNNMT", "issuing_authority": "Bộ Nông nghiệp và Môi trường",
    "issued_at": "2026-08-05",
}  # fmt: skip


def product() -> Product:
    return Product.objects.get(name="Mứt dâu 1")


def jumped(folder: Path) -> SourceRecord:
    sync(folder, [row(1, **THREE), row(2)])
    report = sync(folder, [row(1, **FIVE), row(2)])
    assert (report.listed, report.held, report.applied) == (1, 1, 1)
    return record()


def test_the_five_wait_and_the_three_stay(tmp_path: Path) -> None:
    held = jumped(tmp_path)
    assert (held.outcome, held.reasons, held.keeps_proof, held.star) == ("held", ["star_jump"], True, 3)
    assert held.columns["recognitions"][0]["star"] == "5"
    assert held.held_since is not None
    assert (product().star, is_listed(product(), DAY)) == (3, True)
    assert product().listable_until == date(2028, 3, 2)
    assert Recognition.objects.count() == 2  # the five are no recognition yet
    assert ListingChange.objects.filter(product=product()).count() == 1

    again = sync(tmp_path, [row(1, **FIVE), row(2)])
    assert (again.held, again.applied, record().keeps_proof, product().star) == (1, 0, True, 3)


def test_only_product_of_a_source_may_jump_without_the_guard_stopping_the_run(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **THREE)])
    assert sync(tmp_path, [row(1, **FIVE)]).held == 1
    assert is_listed(product(), DAY)


def test_accepted_the_five_are_on_the_shelf_and_stay_there(tmp_path: Path) -> None:
    held = jumped(tmp_path)
    decided(Action.ACCEPTED, held)
    assert (held.outcome, held.keeps_proof, held.star, product().star) == ("listed", False, 5, 5)
    change = ListingChange.objects.filter(product=product()).latest("pk")
    assert change.changes["star"] == [3, 5]
    assert change.by is not None

    assert sync(tmp_path, [row(1, **FIVE), row(2)]).applied == 0
    assert sync(tmp_path, [row(1, **FIVE, note="x"), row(2)]).listed == 2  # another row, the same star
    assert product().star == 5


def test_an_accepted_star_cannot_be_withdrawn_but_rejected(tmp_path: Path) -> None:
    held = jumped(tmp_path)
    decided(Action.ACCEPTED, held)
    refused = decide(Action.WITHDRAWN, held).refused
    assert [type(error) for _, error in refused] == [errors.StarAccepted]
    assert product().star == 5
    decided(Action.REJECTED, held)
    assert not is_listed(product(), DAY)


def test_rejected_the_product_leaves_the_shelf(tmp_path: Path) -> None:
    held = jumped(tmp_path)
    decided(Action.REJECTED, held)
    assert (held.outcome, held.reasons, held.keeps_proof) == ("held", ["rejected"], False)
    assert not is_listed(product(), DAY)
    decided(Action.WITHDRAWN, held)  # the row proves nothing that could be kept: it waits off the shelf
    assert (held.reasons, held.keeps_proof, is_listed(product(), DAY)) == (["star_jump"], False, False)


def test_asking_the_province_changes_nothing(tmp_path: Path) -> None:
    held = jumped(tmp_path)
    decided(Action.ASKED, held)
    assert (held.reasons, held.keeps_proof, product().star) == (["star_jump"], True, 3)


def test_a_row_that_is_revoked_or_unsound_as_well_keeps_nothing(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **THREE), row(2)])
    sync(tmp_path, [row(1, **FIVE, note="Đã thu hồi"), row(2)])
    assert not is_listed(product(), DAY)
    assert not record().keeps_proof


def test_what_waits_goes_with_its_row(tmp_path: Path) -> None:
    jumped(tmp_path)
    assert sync(tmp_path, [row(2)], allow_mass_delist=True).withdrawn == 1
    assert not is_listed(product(), DAY)
    sync(tmp_path, [row(1, **FIVE), row(2)])
    assert (record().reasons, record().keeps_proof) == (["star_jump"], False)  # nothing was proved any more
    assert not is_listed(product(), DAY)


def test_back_at_three_nothing_waits(tmp_path: Path) -> None:
    jumped(tmp_path)
    assert sync(tmp_path, [row(1, **THREE), row(2)]).listed == 2
    assert (record().keeps_proof, record().held_since, product().star) == (False, None, 3)


@pytest.mark.parametrize(("before", "after"), [("3", "4"), ("4", "5")])
def test_one_step_is_no_jump(tmp_path: Path, before: str, after: str) -> None:
    told = FIVE if after == "5" else {"star_rating": "4", "decision_number": "9/QĐ-UBND", "issued_at": "2026-08-05"}
    sync(tmp_path, [row(1, star_rating=before, issued_at="2025-03-02"), row(2)])
    assert sync(tmp_path, [row(1, **told), row(2)]).listed == 2
    assert product().star == int(after)


def test_an_older_decision_of_five_stars_is_no_jump(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, star_rating="3", issued_at="2026-09-02"), row(2)])
    report = sync(tmp_path, [row(1, **FIVE)], name="khac")
    assert report.held == 0
    assert product().star == 3


def test_another_source_may_not_jump_either(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **THREE), row(2)])
    report = sync(tmp_path, [row(1, **FIVE)], name="khac")
    assert (report.held, record(source="khac").keeps_proof) == (1, False)
    assert (product().star, is_listed(product(), DAY)) == (3, True)
