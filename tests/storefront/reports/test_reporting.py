"""Anybody reports a label, without an account or JavaScript, and sees the outcome by its number alone."""

import re
import secrets
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as shop_settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalog.certificates.models import Status
from catalog.quota.models import Quota
from catalog.reports import deciding, quota
from catalog.reports.models import Report, ReportPhoto, private_storage
from catalog.reports.services import written
from storefront.reports import views
from tests.catalog.reports.making import make_officer, make_report
from tests.factories import make_product
from tests.pictures import animation, picture, upload

pytestmark = pytest.mark.django_db
TYPED = {"kind": "expired", "place": "Sạp số 5", "note": "Tem 4 sao"}


def send(client: Client, *photos: bytes, **typed: Any) -> HttpResponse:
    data = {"token": secrets.token_urlsafe(16), **TYPED, **typed}
    return client.post(reverse("report"), {**data, "photos": [upload(photo) for photo in photos]})


def test_from_the_form_to_the_number(client: Client, private: Path) -> None:
    product = make_product()
    form = client.get(reverse("report"), {"ma": product.code}).content.decode()
    assert product.name in form
    token = re.search(r'name="token" value="([\w-]{22})"', form)
    assert token

    answer = send(client, picture(), picture("PNG"), token=token[1], code=product.code, province="68")

    report = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/bao-nhan-gia/{written(report.reference)}/")
    assert (report.product, report.kind, report.province_code) == (product, "expired", "68")
    assert report.photos.count() == len(list(private.rglob("*.jpg"))) == 2
    page = client.get(answer["Location"])
    assert written(report.reference) in page.content.decode()
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": ""}, "Xin chọn điều bạn thấy sai"),
        ({"kind": "invented"}, ""),
        ({"place": " "}, "Xin cho biết bạn thấy ở đâu"),
        ({"province": "99"}, ""),
        ({"token": ""}, ""),
        ({"token": "x" * 23}, ""),
        ({"note": "x" * 1001}, ""),
        ({"code": "x" * 21}, ""),
        ({"website": "https://seo.example"}, "Xin để trống ô dành cho máy"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, typed: dict[str, str], told: str) -> None:
    answer = send(client, **typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert told in page
    assert "Tem 4 sao" in page or "note" in typed
    assert re.search(r'name="token" value="[\w-]{22}"', page)
    assert not Report.objects.exists()
    assert not Quota.objects.exists()


@pytest.mark.parametrize(
    ("photos", "status", "told"),
    [
        ([b"no picture"], 422, "Ảnh thứ 1"),
        ([picture(), b"<svg/>"], 422, "Ảnh thứ 2"),
        ([animation("WEBP")], 422, "ảnh động"),
        ([picture()] * 4, 422, "nhiều nhất 3 ảnh"),
    ],
)
def test_a_refused_photo_is_named_and_to_be_chosen_again(
    client: Client, private: Path, photos: list[bytes], status: int, told: str
) -> None:
    answer = send(client, *photos)

    assert answer.status_code == status
    assert told in answer.content.decode()
    assert "Xin chọn lại ảnh" in answer.content.decode()
    assert not Report.objects.exists()
    assert not list(private.rglob("*.jpg"))


def test_a_body_over_the_limit_is_refused_unread(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LARGEST_BODY", 2_000)
    answer = send(client, b"x" * 3_000)
    assert answer.status_code == 413
    assert "quá nặng" in answer.content.decode()
    assert answer.wsgi_request._read_started is False


def test_the_form_sent_twice_leads_to_one_report(client: Client, private: Path) -> None:
    token = secrets.token_urlsafe(16)
    first, second = (send(client, picture(), token=token) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == ReportPhoto.objects.count() == 1


def test_too_many_are_told_when_to_come_back_and_keep_what_they_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "PER_ADDRESS", 1)
    assert send(client).status_code == 302
    token = secrets.token_urlsafe(16)

    answer = send(client, token=token)

    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 3600
    page = answer.content.decode()
    assert "Tem 4 sao" in page
    assert token in page  # the same form may be sent again later
    assert Report.objects.count() == 1


@pytest.mark.parametrize(("proxies", "answers"), [(0, [302, 429]), (1, [302, 302])])
def test_behind_a_proxy_the_address_is_the_one_that_it_saw(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, proxies: int, answers: list[int]
) -> None:
    monkeypatch.setattr(quota, "PER_ADDRESS", 1)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    told = []
    for real in ("198.51.100.1", "198.51.100.2"):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.9, {real}"
        told.append(send(client).status_code)
    assert told == answers


def test_a_claimed_address_does_not_help(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(quota, "PER_ADDRESS", 1)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    told = []
    for claimed in ("203.0.113.1", "203.0.113.2"):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"{claimed}, 198.51.100.1"
        told.append(send(client).status_code)
    assert told == [302, 429]


def test_the_form_is_protected_from_other_sites() -> None:
    assert send(Client(enforce_csrf_checks=True)).status_code == 403
    assert not Report.objects.exists()


def test_the_form_with_its_cookie_is_taken() -> None:
    client = Client(enforce_csrf_checks=True)
    form = client.get(reverse("report")).content.decode()
    word = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert word
    assert send(client, csrfmiddlewaretoken=word[1]).status_code == 302


def test_the_page_of_a_report_shows_state_and_answer_and_nothing_else(client: Client, private: Path) -> None:
    officer, product = make_officer(), make_product()
    report = make_report(1, code=product.code, place="Sạp bí mật", note="Lời kể")
    address = reverse("report_state", args=[written(report.reference).lower()])
    assert "Đã nhận phản ánh của bạn" in client.get(address).content.decode()

    deciding.take_up(report.pk, officer, 0)
    assert "Cán bộ đang xem xét" in client.get(address).content.decode()
    deciding.refuse(report.pk, officer, 1, answer="Nhãn đúng với quyết định.", reason="Nội bộ")

    page = client.get(address).content.decode()
    assert "Nhãn đúng với quyết định." in page
    for hidden in ("Sạp bí mật", "Lời kể", product.name, "Nội bộ", str(officer), ".jpg", "/anh/"):
        assert hidden not in page


@pytest.mark.parametrize("reference", ["000000000000", "7K3M-9QXA-2BCD", "1", "%00", "x" * 300])
def test_an_unknown_number_is_a_404_that_says_so(client: Client, reference: str) -> None:
    report = make_report()
    answer = client.get(f"/bao-nhan-gia/{reference}/")
    assert answer.status_code == 404
    assert report.reference not in answer.content.decode()


def test_a_number_typed_into_the_form_leads_to_its_page(client: Client) -> None:
    answer = client.get(reverse("report"), {"so": "7k3m 9qxa 2bcd"})
    assert (answer.status_code, answer["Location"]) == (302, "/bao-nhan-gia/7k3m%209qxa%202bcd/")


def test_photos_are_reached_by_no_public_address(client: Client, private: Path) -> None:
    report = make_report(1)
    photo = report.photos.get()
    media = Path(shop_settings.MEDIA_ROOT)
    assert not Path(private_storage().path(photo.name)).is_relative_to(media)
    for address in (f"/media/{photo.name}", f"/{photo.name}", f"/private/{photo.name}",
                    f"/static/{photo.name}", f"/bao-nhan-gia/{report.reference}/{photo.name}"):  # fmt: skip
        assert client.get(address).status_code == 404
    assert client.get(reverse("officer_report_photo", args=[photo.pk])).status_code == 302  # to the login


def test_the_pages_are_there_in_english(client: Client) -> None:
    report = make_report()
    form = client.get("/en/bao-nhan-gia/").content.decode()
    assert "Report an OCOP star label that looks false" in form
    assert 'action="/en/bao-nhan-gia/"' in form
    page = client.get(f"/en/bao-nhan-gia/{written(report.reference)}/").content.decode()
    assert "Your report was received" in page
    refused = client.post("/en/bao-nhan-gia/", {**TYPED, "token": "a" * 22, "photos": [upload(b"x")]})
    assert "Photo 1 cannot be read" in refused.content.decode()


@pytest.mark.parametrize("state", ["unknown", "mistyped", Status.REVOKED, Status.SUSPENDED, "in_force", "none"])
def test_the_verify_page_leads_to_the_form_with_its_code(client: Client, state: str) -> None:
    code = {"unknown": "0000000", "mistyped": "ABC"}.get(state, "")
    if state in Status.values:
        code = make_product(status=state).code
    elif state == "in_force":
        code = make_product().code
    page = client.get(reverse("verify_code", args=[code]) if code else reverse("verify")).content.decode()
    assert (f'href="/bao-nhan-gia/?ma={code}"' if code else 'href="/bao-nhan-gia/"') in page


def test_the_product_page_leads_there_too(client: Client) -> None:
    product = make_product()
    assert f'href="/bao-nhan-gia/?ma={product.code}"' in client.get(product.get_absolute_url()).content.decode()
