"""The dashboard's page and files: for officers alone, filtered by the address, in few queries."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog import clock
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.products.models import Product
from ocop_sync.desk.programme import question
from ocop_sync.desk.programme.cells import Table, shares
from ocop_sync.desk.programme.export import as_csv
from ocop_sync.desk.programme.figures import figures
from ocop_sync.desk.programme.question import Question
from ocop_sync.desk.programme.views import TABLES
from tests.catalog.reports.making import make_officer
from tests.factories import make_producer, make_product
from tests.ocop_sync.desk.programme.catalogue import TODAY, make_catalogue
from tests.ocop_sync.desk.programme.test_sources import make_source

pytestmark = pytest.mark.django_db
PAGE = "/can-bo/chuong-trinh/"
KEYS = ("tinh", "vung", "nhom", "bo", "tinh-nhom", "het-han", "het-han-tinh", "chu-the", "tinh-trang", "giu-lai",
        "nguon", "dong-bo", "chi-tiet")  # fmt: skip


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(make_officer())
    return client


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}tinh.csv", f"{PAGE}khong-co.csv"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_nobody_but_officers_finds_it(path: str, method: str, client: Client) -> None:
    if method != "post":
        assert getattr(client, method)(path).status_code == 302
    client.force_login(User.objects.create(username="nguoi-mua"))
    assert getattr(client, method)(path).status_code == (405 if method == "post" else 404)


@pytest.mark.parametrize("path", [PAGE, f"/en{PAGE}", f"{PAGE}tinh.csv"])
def test_head_is_answered(path: str, officer: Client) -> None:
    answer = officer.head(path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert officer.post(path).status_code == 405


def test_the_page_has_every_table_and_its_file(officer: Client) -> None:
    make_catalogue(1)
    make_source("so", "done", "failed")
    with clock.as_of(TODAY):
        page = officer.get(PAGE).content.decode()
        assert {make(figures(Question())).key for make in TABLES} == set(KEYS)
    for key in KEYS:
        assert f'href="{reverse("officer_programme_table", args=[key])}"' in page
    for key in KEYS[:-1]:
        assert f'id="{key}"' in page
    assert page.count('<svg class="plot"') == 8
    assert page.count('role="img" aria-labelledby="plot-') == 8


def test_the_desk_leads_to_it(officer: Client) -> None:
    make_source("so", "done")
    assert f'href="{PAGE}"' in officer.get(reverse("officer")).content.decode()
    assert f'href="{PAGE}#nguon"' in officer.get(reverse("officer_health")).content.decode()


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({}, ""),
        ({"vung": "tay-nguyen"}, "vung=tay-nguyen"),
        ({"tinh": "68", "sao": "4"}, "tinh=68&sao=4"),
        ({"vung": "tay-nguyen", "tinh": "68", "sao": "3"}, "vung=tay-nguyen&tinh=68&sao=3"),
    ],
)
def test_filters_hold_for_the_page_and_every_file(asked: dict[str, str], query: str, officer: Client) -> None:
    make_catalogue(2)
    with clock.as_of(TODAY):
        page = officer.get(PAGE, asked).content.decode().replace("&amp;", "&")
        found = figures(question.read(asked))
        for key, make in [(make(found).key, make) for make in TABLES]:
            assert f'{PAGE}{key}.csv{"?" if query else ""}{query}"' in page
            answer = officer.get(f"{PAGE}{key}.csv", asked)
            made = make(figures(question.read(asked)))
            assert rows_of(answer.content) == rows_of(as_csv(made))
            assert len(rows_of(answer.content)) == 1 + len(made.rows) + bool(made.total)


@pytest.mark.parametrize("value", ["9", "99", "tay-nguyen'", "\0", "²", "x" * 300, "<b>", "-1"])
def test_a_value_that_is_none_is_left_out_and_told(value: str, officer: Client) -> None:
    make_product()
    for name in ("vung", "tinh", "sao"):
        page = officer.get(PAGE, {name: value}).content.decode()
        assert "nên không lọc theo" in page
        assert "<b>1</b><span>Sản phẩm đang lên kệ" in page
        assert "<b></" not in page.replace("<b>1</b>", "")
        assert officer.get(f"{PAGE}tinh.csv", {name: value}).status_code == 200


def test_filters_that_fit_nothing_say_so(officer: Client) -> None:
    make_product(province_code="68", region="tay-nguyen")
    page = officer.get(PAGE, {"vung": "bac-trung-bo", "tinh": "68"}).content.decode()
    assert "Không có sản phẩm nào khớp bộ lọc." in page
    assert '<svg class="plot"' not in page
    assert "Không có sản phẩm nào khớp" not in officer.get(PAGE, {"tinh": "68"}).content.decode()


def test_an_empty_catalogue(officer: Client) -> None:
    assert "<b>0</b><span>Sản phẩm đang lên kệ" in officer.get(PAGE).content.decode()


def test_samples_are_told(officer: Client) -> None:
    make_product(is_sample=True)
    assert "có 1 sản phẩm của sổ mẫu" in officer.get(PAGE).content.decode()
    Product.objects.update(is_sample=False)
    assert "của sổ mẫu" not in officer.get(PAGE).content.decode()


@pytest.mark.parametrize("products", [3, 60])
@pytest.mark.parametrize("asked", [{}, {"vung": "tay-nguyen", "tinh": "68", "sao": "3"}])
def test_six_queries_whatever_there_is(products: int, asked: dict[str, str]) -> None:
    make_catalogue(3, products, held=products)
    for n in range(products // 10):
        make_source(f"nguon-{n}", "done", "failed", "failed")
    with CaptureQueriesContext(connection) as queries:
        figures(question.read(asked))
    assert len(queries) == 6
    assert sum("GROUP BY" in query["sql"] for query in queries) == 5  # and the last runs, by a window


def test_the_page_writes_nothing(officer: Client) -> None:
    make_product()
    with CaptureQueriesContext(connection) as queries:
        officer.get(PAGE)
    assert all(query["sql"].startswith(("SELECT", "BEGIN", "ROLLBACK")) for query in queries)


def test_the_file_is_for_excel(officer: Client) -> None:
    producer = make_producer("=HYPERLINK(1)", "68", kind="household")
    make_product(producer=producer)
    make_source("=cmd|' /C calc'!A0", "failed", problem='+1;"2"\r\n3')
    with clock.as_of(date(2026, 11, 24)):
        answer = officer.get(f"{PAGE}dong-bo.csv", {"tinh": "68", "sao": "3"})

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="ocop-dong-bo-2026-11-24-tinh-68-sao-3.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfNgu\xe1\xbb\x93n;")
    head, row = rows_of(answer.content)
    assert row[0] == "'=cmd|' /C calc'!A0"
    assert row[2] == "20/11/2026"
    assert row[4] == '\'+1;"2"\r\n3'
    assert row[5:] == ["9", "5", "2", "1", "1", "3"]
    assert len(head) == len(row)


def test_every_kind_of_cell_in_a_file() -> None:
    at = clock.start_of(date(2026, 11, 24))
    table = Table(
        "x", "X", ("=a", "b"), (("Huế", None), (at, date(2026, 11, 1)), (shares([1, 2])[0], 1204)), ("Cộng", -1)
    )
    assert rows_of(as_csv(table)) == [
        ["'=a", "b"], ["Huế", ""], ["24/11/2026 00:00", "01/11/2026"], ["33,3", "1204"], ["Cộng", "-1"],
    ]  # fmt: skip


def test_shares_add_up_to_a_hundred() -> None:
    for counts in ([1, 1, 1], [2, 1], [0, 5], [7], [1] * 7, [333, 333, 334]):
        assert sum(shares(counts)) == 100
    assert shares([0, 0]) == [0, 0]
    assert shares([]) == []


def test_english_is_complete(officer: Client) -> None:
    make_catalogue(1)
    make_source("so", "done", "failed")
    Producer.objects.update(name="x")
    with clock.as_of(TODAY):
        page = officer.get(f"/en{PAGE}").content.decode()
        for told in ("The OCOP programme on 24/11/2026", "Northern mountains", "Cooperative", "Expired", "3 stars"):
            assert told in page
        for left in ("sản phẩm", "Đang lên kệ", "Hợp tác xã", "Hết hạn", "Thực phẩm", "Nguồn"):
            assert left not in page.split("<main")[1]
        head = rows_of(officer.get(f"/en{PAGE}tinh.csv").content)[0]
    assert head == ["Province or city", "3 stars", "4 stars", "5 stars", "Listed"]


def test_an_unknown_table_is_a_404(officer: Client) -> None:
    assert officer.get(f"{PAGE}khong-co.csv").status_code == 404
    assert officer.get(f"{PAGE}tinh.xlsx").status_code == 404


def test_a_question_reads_back(officer: Client) -> None:
    for asked in ({}, {"vung": "tay-nguyen", "tinh": "68", "sao": "5"}):
        read: Any = question.read(asked)
        assert question.read(dict(part.split("=") for part in read.address.split("&") if part)) == read
