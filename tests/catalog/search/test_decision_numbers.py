"""A certificate's decision number finds its product, as people copy it from papers and labels."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.search.decision_numbers import fused
from tests.catalog.search.conftest import Find
from tests.factories import add_recognition, make_product


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("123/QĐ-UBND", "123qdubnd"), ("0123/qd-ubnd", "123qdubnd"), ("123 / QĐ-UBND", "123qdubnd"),
        ("123/QĐUBND", "123qdubnd"), ("Quyết định số 123/QĐ-UBND", "123qdubnd"), ("QĐ 123/QĐ-UBND", "123qdubnd"),
        ("quyet dinh so: 123/qd-ubnd ngay 05/03/2025", "123qdubnd"), ("12/QĐ-BNN-VPĐP", "12qdbnnvpdp"),
        ("mật ong 123/QĐ-UBND Lâm Đồng", "mật ong 123qdubnd Lâm Đồng"),
        ("123/QĐ-UBND - mật ong", "123qdubnd - mật ong"),
    ],
)  # fmt: skip
def test_however_it_is_written_it_is_one_word(typed: str, word: str) -> None:
    assert " ".join(fused(typed).split()) == word


@pytest.mark.parametrize(
    "text", ["mật ong 1/2 kg", "12/3/2025", "123/QĐ", "quyết định 123", "mật ong", "", "1/qd" + "a" * 150 + "_"]
)
def test_what_is_no_number_of_a_decision_stays(text: str) -> None:
    assert fused(text) == text


@pytest.mark.django_db
def test_it_finds_the_product_and_no_other(find: Find) -> None:
    product = make_product("Mật ong rừng")
    other = make_product("Gạo nếp", address="Số 7, ngõ 12")
    for one, number in ((product, "12/QĐ-UBND"), (other, "112/QĐ-UBND")):
        one.refresh_from_db()
        assert one.current is not None
        type(one.current).objects.filter(pk=one.current_id).update(decision_number=number)

    assert [p.name for p in find("12/QĐ-UBND").products] == ["Mật ong rừng"]
    assert [p.name for p in find("quyết định số 112/qd-ubnd").products] == ["Gạo nếp"]
    assert find("13/QĐ-UBND").total == 0
    assert find("13/QĐ-UBND").corrected is None


@pytest.mark.django_db
def test_after_a_new_recognition_its_number_counts(find: Find) -> None:
    product = make_product("Mật ong rừng")
    find("")
    newer = add_recognition(product, star=4, issued_on=clock.today() - timedelta(days=10))

    assert find(newer.decision_number).total == 1
