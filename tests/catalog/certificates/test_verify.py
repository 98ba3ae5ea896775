"""The answer to a label's code: its old fields as they were, the finer state, the days, the history."""

from datetime import date, timedelta

import pytest

from catalog import clock
from catalog.certificates.models import Recognition, SourceRecord, Status
from catalog.certificates.services import is_listed, refresh_gate, standing_of
from catalog.certificates.states import State
from catalog.certificates.verify import verify
from catalog.products.models import Product
from tests.factories import add_recognition, make_product

pytestmark = pytest.mark.django_db
OLD = {
    "code", "state", "today", "name", "producer", "star", "decision", "authority", "issued_on", "valid_until",
}  # fmt: skip


def tell(product: Product, **facts: object) -> Product:
    """Every source says so of the product's recognitions."""
    SourceRecord.objects.filter(product=product).update(**facts)
    refresh_gate([product.pk])
    product.refresh_from_db()
    return product


def at(product: Product, day: date) -> dict[str, object]:
    with clock.as_of(day):
        return verify(product.code).as_dict()


def test_expiring_keeps_the_old_answer_and_adds_the_days() -> None:
    product = make_product(issued_on=date(2026, 8, 5))

    told = at(product, date(2029, 7, 6))

    assert told.keys() >= OLD
    assert (told["state"], told["certificate_state"], told["days_left"]) == ("in_force", "expiring", 30)
    assert (told["valid_until"], told["term_ends_on"]) == ("2029-08-05", "2029-08-05")
    assert (told["file_from"], told["file_by"]) == ("2029-02-06", "2029-04-07")
    with clock.as_of(date(2029, 7, 6)):
        answer = verify(product.code)
    assert answer.sentence() == "Chứng nhận OCOP 3 sao còn hiệu lực đến hết ngày 05/08/2029, còn 30 ngày."
    with clock.as_of(date(2029, 8, 5)):
        assert "hết hôm nay, ngày 05/08/2029" in verify(product.code).sentence()


def test_extended_tells_the_article_and_the_latest_day() -> None:
    product = make_product(issued_on=date(2024, 3, 1))
    tell(product, status=Status.EXTENDED, filed_on=date(2027, 2, 10))

    told = at(product, date(2027, 3, 2))

    assert (told["state"], told["certificate_state"]) == ("in_force", "extended")
    assert (told["term_ends_on"], told["valid_until"], told["filed_on"]) == ("2027-03-01", "2027-08-28", "2027-02-10")
    with clock.as_of(date(2027, 3, 2)):
        assert verify(product.code).sentence() == (
            "Chứng nhận OCOP 3 sao hết hạn ngày 01/03/2027, được giữ đến khi có kết quả đánh giá lại, chậm nhất ngày "
            "28/08/2027 (Điều 12.3 Quyết định 26/2026/QĐ-TTg). Chủ thể đã nộp hồ sơ đánh giá lại ngày 10/02/2027."
        )
        assert "Article 12.3" in verify(product.code).sentence("en")


def test_revoked_tells_the_day_and_the_ground() -> None:
    product = make_product()
    ground = "Vi phạm quy định về an toàn thực phẩm {Điều 8.1.c}"
    tell(product, status=Status.REVOKED, outcome="lapsed", revoked_on=date(2026, 10, 2), revocation_ground=ground)

    told = verify(product.code).as_dict()

    assert (told["state"], told["certificate_state"], told["days_left"]) == ("revoked", "revoked", None)
    assert (told["revoked_on"], told["revocation_ground"]) == ("2026-10-02", ground)
    assert verify(product.code).sentence() == (
        f"Chứng nhận OCOP đã bị thu hồi ngày 02/10/2026. Căn cứ thu hồi: {ground}."
    )


def test_withdrawn_is_held_and_unknown_codes_have_no_certificate() -> None:
    product = make_product()
    tell(product, present=False)

    assert [at(product, clock.today())[key] for key in ("state", "certificate_state")] == ["held", "unproved"]
    assert verify("ABC").as_dict() | {"state": "", "today": ""} == {
        "code": "ABC", "state": "", "today": "", "history": [],
        **dict.fromkeys([
            "name", "producer", "star", "decision", "authority", "issued_on", "valid_until", "certificate_state",
            "days_left", "term_ends_on", "filed_on", "file_from", "file_by", "revoked_on", "revocation_ground",
            "re_recognised",
        ]),
    }  # fmt: skip


def test_history_stands_in_order_with_what_became_of_the_star() -> None:
    product = make_product(issued_on=date(2020, 5, 5), star=3)
    add_recognition(product, issued_on=date(2023, 6, 1), star=4)

    told = at(product, date(2024, 1, 1))

    assert [(one["star"], one["change"], one["re_recognised"]) for one in told["history"]] == [  # type: ignore[attr-defined]
        (3, "first", False),
        (4, "up", True),
    ]
    assert told["re_recognised"] == "up"


def test_the_stored_verdict_stands_as_the_recognitions_do_without_any_sweep() -> None:
    product = make_product(issued_on=date(2026, 8, 5))
    states = {
        date(2029, 2, 5): State.VALID,
        date(2029, 8, 5): State.EXPIRING,
        date(2029, 8, 6): State.EXPIRED,
        date(2030, 8, 6): State.EXPIRED,
    }

    for day, state in states.items():
        assert standing_of(product, day).state == state
        assert is_listed(product, day) == standing_of(product, day).in_force
    assert Recognition.objects.get().issued_on + timedelta(days=1096) == date(2029, 8, 5)
