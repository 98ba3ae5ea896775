"""What a draft would do is what the search then does; what is dangerous is said."""

import pytest

from catalog.people.models import User
from catalog.search import services as search
from catalog.search.errors import SearchUnavailable
from catalog.search.query import SearchQuery
from catalog.synonyms import services
from catalog.synonyms.groups import BUILT_IN, Group, Kind
from catalog.synonyms.preview import MOST_CHANGES, Effect, preview
from tests.catalog.search.conftest import Find
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def group(*phrases: str, finds: tuple[str, ...] = ()) -> Group:
    return Group(Kind.GOODS, phrases, finds)


def tried(*groups: Group, before: tuple[Group, ...] = ()) -> list[Effect]:
    return preview(before, groups, search.engine())


def total(text: str) -> int:
    return search.search(SearchQuery(text=text, adult=True, exact=True)).total


def test_the_numbers_are_those_of_the_search_afterwards(find: Find, officer: User) -> None:
    for name in ("Đậu phụng da cá", "Đậu phụng rang", "Lạc rang", "Dầu đậu phộng", "Mực khô", "Rượu lạc tiên"):
        make_product(name)
    find("")
    wider, kho = group("lạc", "đậu phộng", "đậu phụng"), group("khô", finds=("mực khô", "đậu phụng rang"))
    after = (wider, *BUILT_IN[1:], kho)
    told = [one for effect in preview(BUILT_IN, after, search.engine()) for one in effect.phrases or ()]
    assert [(one.phrase, one.before) for one in told] == [(one.phrase, total(one.phrase)) for one in told]

    services.put_in_force(after, base=1, by=officer, why="thử")

    assert [(one.phrase, one.after) for one in told] == [(one.phrase, total(one.phrase)) for one in told]
    assert {one.phrase: (one.before, one.after) for one in told} == {
        "lạc": (3, 5), "đậu phộng": (3, 5), "đậu phụng": (2, 5), "khô": (1, 2), "mực khô": (1, 1),
        "đậu phụng rang": (1, 2),
    }  # fmt: skip
    assert set(told[0].gained) == {"Đậu phụng da cá", "Đậu phụng rang"}


def test_what_a_removed_group_no_longer_finds_is_shown(find: Find) -> None:
    make_product("Đậu phộng rang")
    find("")
    (effect,) = tried(before=(group("lạc", "đậu phộng"),))
    assert effect.phrases is not None
    assert [(one.phrase, one.before, one.after, one.lost) for one in effect.phrases] == [
        ("lạc", 1, 0, ("Đậu phộng rang",)),
        ("đậu phộng", 1, 1, ()),
    ]


def test_a_longer_phrase_that_takes_words_from_another_group_is_warned_of(find: Find) -> None:
    make_product("Dầu đậu phộng")
    find("")
    old = (group("lạc", "đậu phộng"),)
    (effect,) = tried(*old, group("dầu lạc", "dầu phụng"), before=old)
    assert effect.warnings == ("“dầu lạc” sẽ không còn tìm ra một số sản phẩm, ví dụ: Dầu đậu phộng.",)


def test_a_word_of_one_syllable_with_many_meanings_is_shown_where_it_stands(find: Find) -> None:
    for name in ("Chà bông gà", "Chà bông cá", "Bông súng khô"):
        make_product(name)
    find("")
    (effect,) = tried(group("hoa", "bông"))
    (warning,) = effect.warnings
    assert warning.startswith("“bông” chỉ có một âm tiết")
    assert "chà bông (2)" in warning
    assert "bông súng (1)" in warning


def test_a_flood_is_warned_of(find: Find) -> None:
    for n in range(31):
        make_product(f"Trà sen {n}")
    find("")
    (effect,) = tried(group("thức quý", "trà sen"))
    assert "“thức quý” sẽ tìm ra nhiều hơn hẳn: 31 sản phẩm thay vì 0. Xem kỹ các ví dụ." in effect.warnings


def test_a_target_with_synonyms_of_its_own_is_said_not_to_chain(find: Find) -> None:
    find("")
    effects = tried(group("hoa sen", "bông sen"), group("liên", finds=("hoa sen",)), before=())
    assert effects[1].warnings == (
        "“hoa sen” còn ở nhóm “hoa sen = bông sen”; các từ của nhóm ấy không được tìm thêm theo.",
    )


def test_of_very_many_changes_only_the_first_are_counted(find: Find) -> None:
    find("")
    effects = tried(*(group(f"a{n}x", f"b{n}x") for n in range(MOST_CHANGES + 1)))
    assert [one.phrases is None for one in effects] == [False] * MOST_CHANGES + [True]


def test_without_an_index_nothing_is_said(index: None) -> None:
    with pytest.raises(SearchUnavailable):
        tried(group("lạc", "đậu phộng"))
