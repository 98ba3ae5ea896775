"""Raw Telex: read where it makes syllables, used only where the words as typed find nothing."""

import pytest

from catalog.search.telex import decoded
from tests.catalog.search.conftest import Find
from tests.factories import make_product


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("caf phee", "cà phê"), ("ca phee", "ca phê"), ("dduwowngf", "đường"), ("maatj ong", "mật ong"),
        ("nuwowcs mawms", "nước mắm"), ("banhs trangs", "bánh tráng"), ("truongwf", "trường"), ("dduocwj", "được"),
        ("hoaf", "hòa"), ("quar", "quả"), ("giof", "giò"), ("gias", "giá"), ("nguyeenx", "nguyễn"), ("bow", "bơ"),
        ("dduwngs", "đứng"), ("Huees", "huế"), ("caanf", "cần"), ("canaf", "cần"), ("iphone caf", "iphone cà"),
    ],
)  # fmt: skip
def test_what_was_meant(typed: str, meant: str) -> None:
    assert decoded(typed) == meant


@pytest.mark.parametrize("typed", ["cà phê", "ca phe", "mat ong", "iphone", "matt", "facebook", "st25", "", "???"])
def test_what_is_no_telex_stays(typed: str) -> None:
    assert decoded(typed) is None


@pytest.mark.django_db
def test_it_is_read_only_where_the_words_as_typed_find_nothing(find: Find) -> None:
    make_product("Nước chấm Tees")
    assert find("tees").corrected is None

    make_product("Bánh tế")
    page = find("tees")

    assert (page.corrected, [one.name for one in page.products]) == (None, ["Nước chấm Tees"])


@pytest.mark.django_db
def test_it_says_what_was_searched_for_and_can_be_told_not_to(find: Find) -> None:
    make_product("Đường phèn")

    page = find("dduwowngf phenf")

    assert (page.corrected, page.total) == ("đường phèn", 1)
    assert find("dduwowngf phenf", exact=True).total == 0


@pytest.mark.django_db
def test_a_word_that_the_catalogue_does_not_have_is_not_made_of_it(find: Find) -> None:
    make_product("Mận khô")

    assert find("masan").corrected is None  # "mấn" by Telex
