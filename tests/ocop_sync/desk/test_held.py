"""The officer's queue of held records: filters, one record, what can be decided; nobody else finds any of it."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.certificates.models import SourceRecord
from catalog.people.models import User
from catalog.products.models import Product
from catalog.reports.models import private_storage
from ocop_sync.held.evidence import MOST_BYTES
from ocop_sync.held.models import Action, Evidence, Ruling
from tests.ocop_sync.held.making import LINK, decided, make_officer, record, seen, sync
from tests.ocop_sync.tables import row
from tests.pictures import picture

pytestmark = pytest.mark.django_db
HELD = {"decision_number": ""}


def log_in(user: User | None = None) -> Client:
    client = Client()
    client.force_login(user or make_officer())
    return client


def act(client: Client, one: SourceRecord, action: str, **typed: Any) -> Any:
    one.refresh_from_db()
    address = reverse("officer_held_record_act", args=[one.pk])
    facts = {"version": seen(one)[one.pk], "action": action, "why": "Đã đối chiếu.", **typed}
    return client.post(address, facts)


def act_on_many(client: Client, records: list[SourceRecord], action: str, asked: str = "", **typed: Any) -> Any:
    chosen = [f"{pk}:{version}" for pk, version in seen(*records).items()]
    facts = {"seen": chosen, "action": action, "why": "Đã đối chiếu.", **typed}
    return client.post(f"{reverse('officer_held_act')}?{asked}", facts)


def addresses(one: SourceRecord) -> list[str]:
    names = ("officer_held", "officer_held_export")
    return [*map(reverse, names), reverse("officer_held_record", args=[one.pk]), reverse("officer_evidence", args=[1])]


def test_nobody_but_officers_finds_or_decides_anything(tmp_path: Path, client: Client) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held = record()
    buyer = log_in(User.objects.create(username="nguoi-mua"))

    assert [client.get(address).status_code for address in addresses(held)] == [302] * 4
    assert [buyer.get(address).status_code for address in addresses(held)] == [404] * 4
    assert [act(one, held, "rejected").status_code for one in (client, buyer)] == [302, 404]
    assert [act_on_many(one, [held], "rejected").status_code for one in (client, buyer)] == [302, 404]
    assert Ruling.objects.count() == 0


def test_decisions_come_by_post_with_the_forms_word_only(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held, client = record(), log_in()
    assert client.get(reverse("officer_held_act")).status_code == 405
    assert client.get(reverse("officer_held_record_act", args=[held.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_officer())
    assert act(strict, held, "rejected").status_code == 403
    assert act(client, held, "delete").status_code == 404
    assert act(client, held, "").status_code == 404
    assert client.get(reverse("officer_held_record", args=[held.pk + 1])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [0, 1, 2, 6]),
        ({"ly-do": "missing_decision"}, [0, 1, 6]),
        ({"ly-do": "below_three_stars"}, [2]),
        ({"ly-do": "invented"}, [0, 1, 2, 6]),
        ({"nguon": "khac"}, [6]),
        ({"nguon": "khong-co"}, []),
        ({"tinh": "68"}, [0, 2, 6]),
        ({"tinh": "khong-ro"}, [1]),
        ({"tuoi": "7"}, [0]),
        ({"trang-thai": "da-hoi"}, [3]),
        ({"trang-thai": "da-quyet"}, [4, 5]),
        ({"trang-thai": "tat-ca"}, [0, 1, 2, 3, 4, 5, 6]),
        ({"trang-thai": "da-quyet", "ly-do": "rejected"}, [4]),
        ({"trang": "99", "tuoi": "x"}, [0, 1, 2, 6]),
        ({"ly-do": "\0", "nguon": "\0", "tinh": "\0", "tuoi": "\0", "trang-thai": "\0"}, []),
    ],
)
def test_the_queue_and_its_export_are_filtered(tmp_path: Path, asked: dict[str, str], numbers: list[int]) -> None:
    rows = [row(n, **HELD) for n in range(6)]
    rows[1]["original_address"] = "Phường Ấy"
    rows[2] = row(2, star_rating="2")
    sync(tmp_path, [*rows, row(9)])
    sync(tmp_path, [row(6, **HELD)], name="khac")
    SourceRecord.objects.filter(pk=record("Mứt dâu 0").pk).update(held_since=clock.now() - timedelta(days=8))
    decided(Action.ASKED, record("Mứt dâu 3"))
    decided(Action.REJECTED, record("Mứt dâu 4"))
    decided(Action.CORRECTED, record("Mứt dâu 5"), cells={"decision": "1/QĐ-UBND"})
    client = log_in()

    page = client.get(reverse("officer_held"), asked).content.decode()
    file = BytesIO(b"".join(client.get(reverse("officer_held_export"), asked).streaming_content))

    assert [n for n in range(10) if f"<b>Mứt dâu {n}</b>" in page] == numbers
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    told = {str(line[2].value) for line in sheet.iter_rows(min_row=5)}
    assert told == {f"Mứt dâu {n}" for n in numbers}


def test_the_row_stands_beside_its_reading_with_what_others_say(tmp_path: Path) -> None:
    sync(tmp_path, [row(1)], name="goc")
    sync(tmp_path, [row(1, star_rating="★★★★★", note="<b>x</b>")])
    page = log_in().get(reverse("officer_held_record", args=[record().pk])).content.decode()
    code = Product.objects.get().code
    for told in (
        "★★★★★",
        "5 sao",
        "02/03/2026",
        "Phường Xuân Hương - Đà Lạt, Tỉnh Lâm Đồng",
        "&lt;b&gt;x",
        "goc",
        code,
    ):
        assert told in page, told
    assert "Cơ quan không có thẩm quyền cấp hạng này" in page


def test_a_correction_with_a_file_is_kept_and_only_officers_get_the_file(tmp_path: Path, private: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held, client = record(), log_in()
    scan = SimpleUploadedFile("QĐ 1207 <ký>.pdf", b"%PDF-1.7 scan", content_type="text/html")

    answer = act(client, held, "corrected", file=scan, **{"o.1.decision": "1207/QĐ-UBND", "o.product": "Mứt dâu 1"})

    assert (answer.status_code, answer["Location"]) == (302, reverse("officer_held_record", args=[held.pk]))
    assert record().outcome == "listed"
    kept = Evidence.objects.get()
    assert (kept.kind, kept.size, Ruling.objects.get().evidence) == ("pdf", 13, kept)
    page = client.get(answer["Location"]).content.decode()
    assert "có hiệu lực ngay" in page
    assert "QĐ 1207 &lt;ký&gt;.pdf" in page
    file = client.get(reverse("officer_evidence", args=[kept.pk]))
    assert b"".join(file.streaming_content) == b"%PDF-1.7 scan"
    assert (file["Content-Type"], file["Content-Disposition"]) == (
        "application/pdf",
        f'attachment; filename="{kept.pk}.pdf"',
    )
    assert (file["Content-Security-Policy"], file["X-Content-Type-Options"]) == (
        "default-src 'none'; sandbox",
        "nosniff",
    )
    assert {"private", "no-store"} <= set(file["Cache-Control"].split(", "))
    private_storage().delete(kept.name)
    assert client.get(reverse("officer_evidence", args=[kept.pk])).status_code == 404


def docx(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture(), "jpg"),
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (docx("[Content_Types].xml", "word/document.xml"), "docx"),
        (docx("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        (docx("[Content_Types].xml", "xl/workbook.xml"), ""),
        (b"PK\x03\x04 no archive", ""),
        (b"<html><script>", ""),
        (b"MZ\x90", ""),
        (b" %PDF-1.7", ""),
        (b"", ""),
    ],
)
def test_files_are_told_by_their_bytes(tmp_path: Path, private: Path, data: bytes, kind: str) -> None:
    sync(tmp_path, [row(1, **HELD)])
    answer = act(log_in(), record(), "corrected", file=SimpleUploadedFile("qd.pdf", data), **{"o.decision": "1/QĐ"})
    assert answer.status_code == (302 if kind else 422)
    assert [one.kind for one in Evidence.objects.all()] == [kind] * bool(kind)
    assert len(list(private.rglob("*.*"))) == bool(kind)


def test_a_file_that_is_too_large_or_that_nobody_needs_is_not_kept(tmp_path: Path, private: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held, client = record(), log_in()
    huge = SimpleUploadedFile("qd.pdf", b"%PDF-" + b"x" * MOST_BYTES)
    assert act(client, held, "corrected", file=huge, **{"o.decision": "1/QĐ"}).status_code == 413
    small = SimpleUploadedFile("qd.pdf", b"%PDF-")
    answer = act(client, held, "accepted", file=small)
    assert answer.status_code == 422
    assert "Không thể chấp nhận khi còn: Thiếu số quyết định" in answer.content.decode()
    assert (Evidence.objects.count(), list(private.rglob("*.*"))) == (0, [])


def test_a_refused_correction_keeps_what_was_typed(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    answer = act(log_in(), record(), "corrected", why="Lý do đã gõ", **{"o.1.decision": "77/QĐ đã gõ"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for told in ("Muốn sửa hồ sơ phải kèm bằng chứng", "Lý do đã gõ", "77/QĐ đã gõ"):
        assert told in page


def test_a_record_that_stays_held_says_why(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD, issuing_authority="")])
    client = log_in()
    answer = act(client, record(), "corrected", link=LINK, **{"o.1.decision": "77/QĐ"})
    page = client.get(answer["Location"]).content.decode()
    assert "Đã ghi, nhưng hồ sơ vẫn bị giữ vì: Thiếu cơ quan ban hành." in page


def test_an_officers_way_through_a_record(tmp_path: Path) -> None:
    sync(tmp_path, [row(1)], name="goc")
    sync(tmp_path, [row(1, star_rating="3")])
    held, client = record(), log_in()
    assert held.reasons == ["duplicate_conflict"]
    code = Product.objects.get().code

    answers = [
        act(client, held, "asked", why="3 hay 4 sao?"),
        act(client, held, "accepted"),
        act(client, held, "withdrawn"),
        act(client, held, "merged", product=code),
        act(client, held, "rejected"),
        act(client, held, "withdrawn"),
    ]

    assert [answer.status_code for answer in answers] == [302] * 6
    assert [one.action for one in Ruling.objects.all()] == [
        "asked", "accepted", "withdrawn", "merged", "rejected", "withdrawn",
    ]  # fmt: skip
    page = client.get(reverse("officer_held_record", args=[held.pk])).content.decode()
    assert "3 hay 4 sao?" in page
    assert act(client, record(), "withdrawn").status_code == 409


def test_of_two_officers_the_second_is_told_and_keeps_what_was_typed(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held = record()
    old = seen(held)[held.pk]
    decided(Action.REJECTED, held, officer=make_officer("an"))
    answer = act(log_in(make_officer("binh")), held, "asked", version=old, why="Câu đã gõ")
    assert answer.status_code == 409
    assert "an đã xử lý hồ sơ này (Từ chối)" in answer.content.decode()
    assert "Câu đã gõ" in answer.content.decode()
    assert Ruling.objects.count() == 1


def test_many_are_decided_at_once_and_the_others_are_told(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, star_rating="3", registry_id="A"), row(2, **HELD), row(3, **HELD)])
    records = list(SourceRecord.objects.filter(outcome="held").order_by("pk"))
    client = log_in()

    asked = act_on_many(client, records, "asked", asked="ly-do=missing_decision&trang=1&chon=het", why="Số nào?")

    assert (asked.status_code, asked["Location"]) == (302, f"{reverse('officer_held')}?ly-do=missing_decision")
    assert "Đã ghi quyết định cho 2 hồ sơ." in client.get(asked["Location"]).content.decode()
    accepted = act_on_many(client, records, "accepted")
    page = client.get(accepted["Location"]).content.decode()
    assert "2 hồ sơ chưa ghi (Mứt dâu 2, Mứt dâu 3): Không thể chấp nhận khi còn: Thiếu số quyết định." in page
    corrected = act_on_many(client, records, "corrected", link=LINK, **{"o.decision": "9/QĐ-UBND", "o.star": " "})
    assert corrected.status_code == 302
    assert list(SourceRecord.objects.order_by("pk").values_list("outcome", "star")) == [
        ("listed", 3),
        ("listed", 4),
        ("listed", 4),
    ]


def test_nothing_ticked_is_told_and_what_was_typed_and_ticked_stays(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD), row(2, **HELD)])
    client = log_in()
    nothing = act_on_many(client, [], "rejected", why="Đã gõ")
    assert nothing.status_code == 422
    assert "Xin đánh dấu ít nhất một hồ sơ." in nothing.content.decode()
    answer = act_on_many(client, [record()], "corrected", why="Đã gõ", **{"o.decision": "Số đã gõ"})
    page = answer.content.decode()
    assert "Đã gõ" in page
    assert "Số đã gõ" in page
    assert page.count(" checked") == 1
    assert client.get(reverse("officer_held"), {"chon": "het"}).content.decode().count(" checked") == 2
    rubbish = client.post(
        reverse("officer_held_act"), {"seen": ["x", "1", "²:1", "9" * 30], "action": "asked", "why": "?"}
    )
    assert rubbish.status_code in (302, 422)
    assert Ruling.objects.count() == 0


def test_the_desk_speaks_english_too(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, **HELD)])
    held, client = record(), log_in()
    decided(Action.ASKED, held)
    deciding = f"/en{reverse('officer_held_record_act', args=[held.pk])}"
    for address in (reverse("officer_held") + "?trang-thai=tat-ca", reverse("officer_held_record", args=[held.pk])):
        page = client.get(f"/en{address}").content.decode()
        for told in (
            "Ask the province",
            "Correct by evidence",
            "Row as read",
            "Decision number",
        ):
            assert told in page, told
    refused = client.post(deciding, {"version": seen(held)[held.pk], "action": "accepted", "why": "x"})
    assert "This cannot be accepted because of: The decision&#39;s number is missing" in refused.content.decode()
