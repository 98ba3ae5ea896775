"""The officer's pages of synonyms: draft, preview, in force, versions, file; refusals keep what was typed."""

import html
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalog.people.models import User
from catalog.search import services as search
from catalog.search.query import SearchQuery
from catalog.synonyms import files, in_force, services
from catalog.synonyms.groups import BUILT_IN, Group, Kind
from catalog.synonyms.models import SynonymVersion
from tests.catalog.search.conftest import Find, find, index, only_tantivy, standin  # noqa: F401 - fixtures
from tests.factories import make_buyer, make_member, make_product, make_staff

pytestmark = pytest.mark.django_db
WIDER = "lạc\nđậu phộng\nđậu phụng"
KHO = Group(Kind.GOODS, ("khô", "cá khô"))


@pytest.fixture
def desk(find: Find, monkeypatch: pytest.MonkeyPatch) -> Client:  # noqa: F811
    monkeypatch.setattr(in_force, "EVERY", 0.0)
    make_product("Đậu phụng rang tỏi")
    find("")
    client = Client()
    client.force_login(User.objects.create(username="can-bo", is_officer=True))
    return client


def tried(desk: Client, op: str = "save", **typed: Any) -> HttpResponse:
    return desk.post(reverse("officer_synonyms_try"), {"op": op, "base": 1, "kind": "goods", **typed})


def hidden(page: HttpResponse) -> dict[str, str]:
    """The hidden fields of the page's last form to put something in force."""
    form = page.content.decode().rpartition(reverse("officer_synonyms_apply"))[2].partition("</form>")[0]
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def applied(desk: Client, page: HttpResponse, **typed: Any) -> HttpResponse:
    return desk.post(reverse("officer_synonyms_apply"), {**hidden(page), "why": "khách gõ nhiều", **typed})


def text_of(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


def other_changes() -> None:
    other = User.objects.create(username="khac", full_name="Trần Văn Bình", is_officer=True)
    services.put_in_force((*BUILT_IN, KHO), base=1, by=other, why="mùa khô")


ADDRESSES = [
    ("officer_synonyms", []), ("officer_synonym_new", []), ("officer_synonym", [1, 0]),
    ("officer_synonym_versions", []), ("officer_synonym_version", [1]), ("officer_synonyms_export", [1]),
]  # fmt: skip


@pytest.mark.parametrize("make", [make_buyer, make_member, make_staff])
def test_nobody_but_officers_finds_any_of_it(make: Any, client: Client) -> None:
    client.force_login(make())
    assert [client.get(reverse(name, args=args)).status_code for name, args in ADDRESSES] == [404] * 6
    assert tried(client, phrases=WIDER).status_code == 404
    draft = {"base": 1, "draft": "[]", "why": "x"}
    assert client.post(reverse("officer_synonyms_apply"), draft).status_code == 404
    assert not SynonymVersion.objects.exists()


def test_a_stranger_is_sent_to_the_login_and_posts_need_the_forms_word(client: Client) -> None:
    assert {client.get(reverse(name, args=args)).status_code for name, args in ADDRESSES} == {302}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create(username="can-bo", is_officer=True))
    assert tried(strict, phrases=WIDER).status_code == 403
    assert strict.get(reverse("officer_synonyms_try")).status_code == 405
    assert strict.get(reverse("officer_synonyms_apply")).status_code == 405


def test_the_list_is_searched_without_accents_and_linked_from_the_desk(desk: Client) -> None:
    page = text_of(desk.get(reverse("officer_synonyms"), {"tim": "phong"}))
    assert "<b>đậu phộng</b>" in page
    assert "<b>vừng</b>" not in page
    assert "Không nhóm nào có “zzz”" in text_of(desk.get(reverse("officer_synonyms"), {"tim": "zzz"}))
    assert reverse("officer_synonyms") in text_of(desk.get(reverse("officer")))
    assert "Synonyms" in text_of(desk.get(f"/en{reverse('officer_synonyms')}"))


def test_a_group_is_changed_tried_out_and_put_in_force(desk: Client) -> None:
    shown = tried(desk, index=0, phrases=WIDER, note="miền Trung")
    assert shown.status_code == 200
    assert "Đậu phụng rang tỏi" in text_of(shown)
    assert not SynonymVersion.objects.exists()

    done = applied(desk, shown)

    assert (done.status_code, done["Location"]) == (302, reverse("officer_synonyms"))
    assert services.latest().groups[0] == Group(Kind.GOODS, tuple(WIDER.split("\n")), (), "miền Trung")
    assert search.search(SearchQuery(text="lạc")).total == 1
    again = applied(desk, shown)
    assert (again.status_code, services.latest().number) == (302, 2)


def test_a_group_is_removed_and_the_old_version_put_in_force_again(desk: Client) -> None:
    applied(desk, tried(desk, "remove", index=0))
    assert services.latest().groups == BUILT_IN[1:]

    shown = tried(desk, "restore", base=2, number=1)
    assert "Dùng lại phiên bản 1" in text_of(shown)
    applied(desk, shown)

    assert (services.latest().number, services.latest().restored, services.latest().groups) == (3, 1, BUILT_IN)
    page = text_of(desk.get(reverse("officer_synonym_versions")))
    assert page.index("Phiên bản 3") < page.index("Phiên bản 2") < page.index("Phiên bản 1</a>")
    assert "So với phiên bản đang dùng (3)" in text_of(desk.get(reverse("officer_synonym_version", args=[2])))


def test_a_refusal_keeps_what_was_typed_and_says_why(desk: Client) -> None:
    page = tried(desk, phrases="nước mắm\nmắm nêm", note="ghi chú riêng")
    assert page.status_code == 422
    for said in ("hai loại hàng khác nhau", "nước mắm\nmắm nêm", "ghi chú riêng"):
        assert said in text_of(page)
    assert "must not be made one" in text_of(
        desk.post(f"/en{reverse('officer_synonyms_try')}", {"op": "save", "base": 1, "kind": "goods",
                                                            "phrases": "nước mắm\nmắm nêm"})
    )  # fmt: skip
    assert not SynonymVersion.objects.exists()


def test_a_word_of_another_group_can_be_merged(desk: Client) -> None:
    refused = tried(desk, phrases="đậu phụng\nđậu phộng")
    assert "đã có trong nhóm “lạc = đậu phộng”" in text_of(refused)
    assert 'value="merge"' in text_of(refused)

    applied(desk, tried(desk, "merge", phrases="đậu phụng\nđậu phộng"))

    assert Group(Kind.GOODS, ("lạc", "đậu phộng", "đậu phụng")) in services.latest().groups
    assert len(services.latest().groups) == len(BUILT_IN)


@pytest.mark.parametrize("typed", [{"kind": "trade"}, {"finds": "hạt điều"}, {"phrases": "đậu phộng\nBến Tre"}])
def test_merging_is_offered_only_where_it_helps(typed: dict[str, str], desk: Client) -> None:
    refused = tried(desk, **{"phrases": "đậu phụng\nđậu phộng", **typed})  # type: ignore[arg-type]
    assert (refused.status_code, 'value="merge"' in text_of(refused)) == (422, False)


def test_who_comes_second_sees_what_changed_and_can_go_on(desk: Client) -> None:
    shown = tried(desk, index=0, phrases=WIDER)
    other_changes()

    late = applied(desk, shown)

    assert late.status_code == 409
    assert "Trần Văn Bình đã đưa phiên bản 2 vào dùng (+ khô = cá khô)" in text_of(late)
    assert services.latest().number == 2
    again = applied(desk, late)
    assert "đậu phụng" in text_of(again)
    assert applied(desk, again).status_code == 302
    assert services.latest().groups == (Group(Kind.GOODS, tuple(WIDER.split("\n"))), *BUILT_IN[1:], KHO)


def test_a_group_that_both_changed_is_looked_at_again(desk: Client) -> None:
    shown = tried(desk, index=0, phrases=WIDER)
    other = User.objects.create(username="khac", is_officer=True)
    services.put_in_force(BUILT_IN[1:], base=1, by=other, why="bỏ lạc")

    late = applied(desk, shown)

    assert late.status_code == 409
    assert "không tự ghép được" in text_of(late)
    assert 'name="again"' not in text_of(late)


def test_a_draft_of_an_old_form_is_told_before_the_preview(desk: Client) -> None:
    other_changes()
    assert tried(desk, index=0, phrases=WIDER).status_code == 409


def test_a_reason_is_asked_for_with_the_draft_kept(desk: Client) -> None:
    page = applied(desk, tried(desk, index=0, phrases=WIDER), why="  ")
    assert page.status_code == 422
    assert "Xin ghi lý do" in text_of(page)
    assert applied(desk, page).status_code == 302


def test_a_file_goes_out_and_comes_back_through_the_preview(desk: Client) -> None:
    answer = desk.get(reverse("officer_synonyms_export", args=[1]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert files.read(answer.content) == BUILT_IN
    mended = answer.content.replace("lạc / đậu phộng".encode(), "lạc / đậu phộng / đậu phụng".encode())

    shown = tried(desk, "import", file=SimpleUploadedFile("tu.csv", mended))

    assert "1 nhóm khác với phiên bản 1" in text_of(shown)
    assert applied(desk, shown).status_code == 302
    assert services.latest().groups[0].phrases == ("lạc", "đậu phộng", "đậu phụng")


def test_a_full_set_fits_through_the_forms(desk: Client) -> None:
    full = tuple(Group(Kind.GOODS, (f"từ đồng nghĩa {n}", f"chữ khác của nó {n}"), (), "ỹ" * 100) for n in range(1000))

    shown = tried(desk, "import", file=SimpleUploadedFile("tu.csv", files.write(full)))

    assert "1.021 nhóm khác" in text_of(shown)
    assert applied(desk, shown).status_code == 302
    assert services.latest().groups == full


def test_old_versions_are_shown_in_parts(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocop_sync.desk.synonyms.versions.SHOWN", 1)
    other_changes()
    address = reverse("officer_synonym_versions")
    newest = text_of(desk.get(address))
    assert ("Phiên bản 2</a>" in newest, "Phiên bản 1</a>" in newest, "?den=1" in newest) == (True, False, True)
    assert "Phiên bản 1</a>" in text_of(desk.get(address, {"den": "1"}))
    assert desk.get(address, {"den": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"\xff\xd8\xff\xe0", 422, "CSV UTF-8"),
        ("Loại,Từ\ngì,lạc / đậu phộng".encode(), 422, "chưa có loại"),
        (files.write(BUILT_IN), 422, "Không có gì khác"),
        (b"x" * (files.MOST_BYTES + 1), 413, "quá lớn"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(content: bytes, status: int, said: str, desk: Client) -> None:
    page = tried(desk, "import", file=SimpleUploadedFile("tu.csv", content))
    assert (page.status_code, said in text_of(page)) == (status, True)


GROUP = {"kind": "goods", "phrases": ["a", "b"], "finds": [], "note": ""}


@pytest.mark.parametrize(
    "draft",
    ["", "{", "7", "null", '{"a": 1}', "[1]", "[[]]", "[" * 20_000, json.dumps([{**GROUP, "phrases": [1]}]),
     json.dumps([{**GROUP, "kind": ["goods"]}]), json.dumps([{**GROUP, "note": None}]),
     json.dumps([{"kind": "goods"}])],
)  # fmt: skip
def test_a_draft_that_no_page_wrote_is_refused(draft: str, desk: Client) -> None:
    page = desk.post(reverse("officer_synonyms_apply"), {"base": 1, "draft": draft, "why": "x"})
    assert (page.status_code, "không đọc được" in text_of(page)) == (400, True)


@pytest.mark.parametrize(
    "typed",
    [{"op": "bừa"}, {"base": "x"}, {"base": "9"}, {"index": "99"}, {"index": "-1"}, {"op": "remove"}, {"op": "restore"},
     {"op": "restore", "number": "77"}, {"base": "9" * 30}],
)  # fmt: skip
def test_a_form_that_no_page_wrote_is_refused(typed: dict[str, str], desk: Client) -> None:
    assert tried(desk, **{"phrases": WIDER, **typed}).status_code == 400  # type: ignore[arg-type]


def test_a_draft_is_checked_again_when_it_is_put_in_force(desk: Client) -> None:
    draft = json.dumps([{**GROUP, "phrases": ["nước mắm", "mắm nêm\x00\ud800"]}])
    page = desk.post(reverse("officer_synonyms_apply"), {"base": 1, "draft": draft, "why": "x"})
    assert page.status_code == 422
    assert not SynonymVersion.objects.exists()


@pytest.mark.parametrize("args", [[1, 99], [9, 0]])
def test_a_group_that_is_not_there_is_a_404(args: list[int], desk: Client) -> None:
    assert desk.get(reverse("officer_synonym", args=args)).status_code == 404
    assert desk.get(reverse("officer_synonym_version", args=[9])).status_code == 404
    assert desk.get(reverse("officer_synonym_version", args=[10**30])).status_code == 404


@only_tantivy
def test_while_no_index_can_be_read_nothing_is_tried_out(desk: Client, settings, tmp_path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    page = tried(desk, index=0, phrases=WIDER)
    assert (page.status_code, "đang được chuẩn bị" in text_of(page)) == (503, True)
    assert "đậu phụng" in text_of(page)
