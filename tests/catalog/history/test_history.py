"""The history of listings: what is added, by whom, in which words, and that nothing is ever changed in it."""

from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from catalog.append_only import Sealed
from catalog.certificates.services import refresh_gate
from catalog.history.models import ListingChange
from catalog.history.services import Cause, history_of
from catalog.history.telling import tell
from catalog.people.models import User
from catalog.products.models import Product
from ocop_sync.runs.services import run_sync
from tests.ocop_sync.tables import row, write

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def sync(path: str, day: date = DAY) -> None:
    run_sync(path, source_name="so-lam-dong", as_of=day)


def said(product: Product) -> list[list[str]]:
    """Newest first."""
    return [one.sentences for one in tell(history_of(product))]


def test_a_listing_begins_with_all_its_facts_and_a_repeat_adds_nothing(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", [row(1)])

    sync(table)
    sync(table)

    change = ListingChange.objects.get()
    assert (change.source, change.row, change.by) == ("so-lam-dong", 2, None)
    assert change.facts["star"] == 4
    assert change.changes["until"] == [None, "2029-03-02"]
    assert said(change.product) == [
        ["Lên kệ với 4 sao theo quyết định số 1207/QĐ-UBND, có hiệu lực đến hết ngày 02/03/2029."]
    ]


def test_a_revocation_stands_with_the_run_and_row_that_told_it(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(n) for n in range(1, 6)]))

    sync(write(tmp_path / "b.csv", [row(5, note="Đã thu hồi theo QĐ 12"), *(row(n) for n in range(1, 5))]))

    product = Product.objects.get(name="Mứt dâu 5")
    newest = history_of(product)[0]
    assert newest.changes["blocked"] == ["", "revoked"]
    assert (newest.row, newest.run) == (2, product.source_records.get().source.runs.first().pk)  # type: ignore[union-attr]
    assert said(product)[0] == ["Chứng nhận bị thu hồi; sản phẩm rời kệ."]
    assert ListingChange.objects.count() == 6


def test_what_was_never_on_the_shelf_is_not_said_to_have_been_there(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1, issued_at="2022-09-15"), row(2, note="Đã thu hồi"), row(3)]))

    assert said(Product.objects.get(name="Mứt dâu 1")) == [
        ["Được ghi nhận: 4 sao theo quyết định số 1207/QĐ-UBND, đã hết hạn sau ngày 15/09/2025."]
    ]
    assert said(Product.objects.get(name="Mứt dâu 2")) == [
        ["Được ghi nhận: chứng nhận đã bị thu hồi, sản phẩm không lên kệ."]
    ]


def test_withdrawn_and_recognised_anew(tmp_path: Path) -> None:
    many = [row(n) for n in range(1, 6)]
    sync(write(tmp_path / "a.csv", many))
    sync(write(tmp_path / "b.csv", many[:4]))
    again = row(5, decision_number="1/QĐ-UBND", issued_at="2026-11-01", star_rating="3")

    sync(write(tmp_path / "c.csv", [*many[:4], again]))

    assert said(Product.objects.get(name="Mứt dâu 5"))[:2] == [
        [
            "Lên kệ với 3 sao theo quyết định số 1/QĐ-UBND, có hiệu lực đến hết ngày 01/11/2029.",
            "Được công nhận lại: 3 sao, quyết định số 1/QĐ-UBND ngày 01/11/2026.",
        ],
        ["Không nguồn nào còn chứng minh chứng nhận; sản phẩm rời kệ."],
    ]


def test_a_person_is_named_with_the_reason(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1)]))
    officer = User.objects.create_user("can-bo", is_officer=True)
    product = Product.objects.get()
    Product.objects.update(suspended_reason="nhãn giả")

    refresh_gate([product.pk], Cause(by=officer, why="nhãn giả"))

    newest = history_of(product)[0]
    assert (newest.by, newest.why, newest.changes) == (officer, "nhãn giả", {"blocked": ["", "policy"]})


@pytest.mark.parametrize("statement", ["UPDATE {} SET source = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_history(statement: str, tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1)]))

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(ListingChange._meta.db_table))

    assert ListingChange.objects.get().source == "so-lam-dong"


def test_the_application_refuses_it_too(tmp_path: Path) -> None:
    sync(write(tmp_path / "a.csv", [row(1)]))
    change = ListingChange.objects.get()

    for attempt in (change.save, change.delete, ListingChange.objects.all().delete, ListingChange.objects.update):
        with pytest.raises(Sealed):
            attempt()


def test_the_pages_tell_it(tmp_path: Path, client: Client) -> None:
    sync(write(tmp_path / "a.csv", [row(1)]))
    code = Product.objects.get().code
    address = f"/can-bo/lich-su/{code}/"

    assert "Lên kệ với 4 sao" in client.get(f"/xac-minh/{code}/").content.decode()
    assert client.get(address).status_code == 302  # to the sign-in page
    client.force_login(User.objects.create_user("nguoi-ban"))
    assert client.get(address).status_code == 404
    client.force_login(User.objects.create_user("can-bo", is_officer=True))
    page = client.get(address).content.decode()
    assert "so-lam-dong" in page
    assert "dòng 2" in page
    assert client.post(address).status_code == 405
    assert client.get("/can-bo/lich-su/0000000/").status_code == 404
