"""The corrector: synonyms are no typos, words of the catalogue stay, most unseen typos are put right."""

import random

import pytest

from catalog.products.models import Product
from catalog.search import services
from catalog.search.query import SearchQuery
from catalog.search.tokens import tokens
from tests.catalog.search.conftest import Find
from tests.factories import make_product

pytestmark = [pytest.mark.django_db, pytest.mark.self_contained]
NAMES = (
    "Cà phê rang xay Đắk Hà", "Mật ong bạc hà Mèo Vạc", "Nước mắm cá cơm Phú Quốc", "Gạo nếp nương Điện Biên",
    "Miến dong Bình Liêu", "Kẹo dừa sầu riêng", "Bưởi da xanh", "Chè shan tuyết cổ thụ", "Tinh bột nghệ đỏ",
    "Thịt trâu gác bếp", "Hạt điều rang muối", "Nấm linh chi", "Bánh tráng phơi sương", "Rong nho biển sấy khô",
)  # fmt: skip
FOREIGN = ("iphone", "samsung", "laptop", "vacxin", "quatdien", "xemay", "toyota", "facebook", "wifi", "tivi")


@pytest.fixture
def catalogue(find: Find) -> Find:
    for name in NAMES:
        make_product(name)
    find()
    return find


@pytest.mark.parametrize(("typed", "name"), [("cacao", "Bột ca cao"), ("macca", "Hạt mắc ca"), ("heo", "Lợn gác bếp")])
def test_a_synonym_that_no_name_has_is_not_a_typo(typed: str, name: str, catalogue: Find) -> None:
    make_product(name)
    make_product("Bánh maca keo")

    page = catalogue(typed)

    assert (page.corrected, [p.name for p in page.products]) == (None, [name])


def test_words_of_the_catalogue_are_never_corrected(catalogue: Find) -> None:
    for name in NAMES:
        assert catalogue(name, keep_words=True).corrected is None
    assert catalogue("mật rong").corrected is None  # both are words, together they find nothing


def test_nine_of_ten_unseen_typos_are_put_right(catalogue: Find) -> None:
    chance = random.Random(3)
    known = services.engine().vocabulary().folded
    tried = right = 0
    while tried < 150:
        product = chance.choice(Product.objects.all())
        words = tokens(product.name)
        index = chance.randrange(len(words))
        wrong = _typo(words[index].folded, chance)
        if wrong in known or len(wrong) < 2:
            continue
        text = " ".join(wrong if i == index else w.folded for i, w in enumerate(words))
        tried += 1
        right += product.pk in {one.pk for one in services.search(SearchQuery(text=text)).products}
    assert right >= tried * 0.9


@pytest.mark.parametrize("typed", FOREIGN)
def test_words_of_other_trades_are_left_alone(typed: str, catalogue: Find) -> None:
    page = catalogue(typed)

    assert (page.total, page.corrected) == (0, None)


def test_accents_that_were_typed_are_kept_in_the_correction(catalogue: Find) -> None:
    assert catalogue("mật onng").corrected == "mật ong"
    assert catalogue("bưởii").corrected == "bưởi"


@pytest.mark.parametrize("typed", ["bánh khọt", "banh khot", "bánh xèo", "hạt chia", "khọt", "hột é"])
def test_what_can_be_a_word_is_not_taken_for_its_neighbour(typed: str, catalogue: Find) -> None:
    make_product("Bánh kho lạt")
    make_product("Bánh bèo")

    page = catalogue(typed)

    assert (page.total, page.corrected) == (0, None)


def test_what_can_be_a_word_is_corrected_where_its_neighbours_say_so(catalogue: Find) -> None:
    make_product("Bánh kho lạt")
    make_product("Kẹo kho lạt")

    assert catalogue("khot lat").corrected == "kho lat"
    assert catalogue("bánh trạng phới sương", exact=True).total == 1  # only accents are wrong
    assert catalogue("bánh tráng phơi sưng").corrected == "bánh tráng phơi sương"


@pytest.mark.parametrize(("typed", "offered"), [("khu lat", "kho lat"), ("nem chue", "nem chua"), ("nem khot", None)])
def test_one_other_letter_in_what_can_be_a_word_is_offered_at_most(
    typed: str, offered: str | None, catalogue: Find
) -> None:
    for name in ("Bánh kho lạt", "Kẹo kho lạt", "Nem chua", "Nem chua rán"):
        make_product(name)

    page = catalogue(typed)

    assert (page.total, page.corrected, page.offered) == (0, None, offered)


def test_an_y_that_is_read_as_i_is_corrected_as_typed(catalogue: Find) -> None:
    assert catalogue("rang xsy").corrected == "rang xay"


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + chance.choice("abcdeghiklmnopqrstuvxy") + word[at:]
    if kind == 2:
        return word[:at] + chance.choice("abcdeghiklmnopqrstuvxy") + word[at + 1 :]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
