"""What may be a group of synonyms: each refusal by its code, with the words that are wrong."""

import pytest

from catalog.search.tokens import tokens
from catalog.synonyms import errors
from catalog.synonyms.checking import MOST_GROUPS, check
from catalog.synonyms.groups import BUILT_IN, Group, Kind


def group(*phrases: str, finds: tuple[str, ...] = (), note: str = "") -> Group:
    return Group(Kind.GOODS, phrases, finds, note)


def problems(*groups: Group, before: tuple[Group, ...] = ()) -> list[tuple[type, dict[str, object]]]:
    with pytest.raises(errors.Refused) as refused:
        check(groups, before)
    for one in refused.value.problems:
        assert one.message("vi") != one.message("en")
    return [(type(one), one.data) for one in refused.value.problems]


def test_what_the_shop_comes_with_is_sound() -> None:
    check(BUILT_IN)


@pytest.mark.parametrize(
    ("wrong", "error", "data"),
    [
        (group("lạc"), errors.TooFewPhrases, {"group": "lạc"}),
        (group(), errors.TooFewPhrases, {"group": ""}),
        (group(finds=("hoa", "bông")), errors.TooFewPhrases, {"group": " → hoa + bông"}),
        (group("lạc", "???"), errors.BadCharacter, {"phrase": "???", "character": "?"}),
        (group("lạc", "..."), errors.NoLetters, {"phrase": "..."}),
        (group("lạc", "2026"), errors.NoLetters, {"phrase": "2026"}),
        (group("lạc", "花生"), errors.NoLetters, {"phrase": "花生"}),
        (group("lạc", "<b>lạc</b>"), errors.BadCharacter, {"phrase": "<b>lạc</b>", "character": "<"}),
        (group("lạc", "🥜"), errors.BadCharacter, {"phrase": "🥜", "character": "🥜"}),
        (group("lạc", "đậu\nphộng"), errors.BadCharacter, {"phrase": "đậu\nphộng", "character": "\n"}),
        (group("lạc", "=1+1"), errors.BadCharacter, {"phrase": "=1+1", "character": "="}),
        (group("lạc", "một hai ba bốn năm sáu bảy"), errors.PhraseTooLong,
         {"phrase": "một hai ba bốn năm sáu bảy", "words": 6, "characters": 60}),
        (group("lạc", "x" * 61), errors.PhraseTooLong, {"phrase": "x" * 61, "words": 6, "characters": 60}),
        (group("lạc", "đậu phộng", "Đậu  Phộng"), errors.PhraseTwice,
         {"phrase": "Đậu  Phộng", "group": "lạc = đậu phộng = Đậu  Phộng"}),
        (group("hoà tan", "hòa tan"), errors.PhraseTwice, {"phrase": "hòa tan", "group": "hoà tan = hòa tan"}),
        (group("bông", finds=("bông",)), errors.PhraseTwice, {"phrase": "bông", "group": "bông → bông"}),
        (group("cà phê", "ca phe"), errors.OnlyAccentsDiffer, {"phrase": "ca phe", "other": "cà phê"}),
        (group("dứa", "dừa"), errors.OnlyAccentsDiffer, {"phrase": "dừa", "other": "dứa"}),
        (group("kẹo dừa", "Bến Tre"), errors.PhraseIsPlace, {"phrase": "Bến Tre", "place": "Bến Tre"}),
        (group("kẹo dừa", "dừa Bến Tre"), errors.PhraseIsPlace, {"phrase": "dừa Bến Tre", "place": "Bến Tre"}),
        (group("lạc", "sản phẩm"), errors.PhraseIsStopWord, {"phrase": "sản phẩm"}),
        (group("cua", "của"), errors.PhraseIsStopWord, {"phrase": "của"}),
        (group("lạc", "đậu phộng", note="x" * 301), errors.NoteTooLong, {"group": "lạc = đậu phộng", "most": 300}),
        (Group("", ("lạc", "đậu phộng")), errors.UnknownKind, {"group": "lạc = đậu phộng"}),
    ],
)  # fmt: skip
def test_a_group_that_cannot_be_is_refused(wrong: Group, error: type, data: dict[str, object]) -> None:
    assert (error, data) in problems(wrong)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nước mắm", "mắm nêm"), ("nước mắm Nam Ô", "nước chấm"), ("Nước Mắm", "nước tương"), ("mật ong", "mật mía"),
        ("thuốc", "thực phẩm chức năng"), ("rượu nếp", "bia"), ("sữa tươi", "sữa hạt"),
    ],
)  # fmt: skip
def test_goods_that_are_not_the_same_are_never_made_one(one: str, other: str) -> None:
    for wrong in (group(one, other), group(one, finds=(other,)), group("x y", one, other)):
        assert errors.DifferentGoods in [error for error, _ in problems(wrong)]


def test_two_names_of_one_kind_of_goods_may_be_one() -> None:
    check((group("nước tương", "xì dầu"), group("nước mắm", "nước mắm nhĩ")))


def test_a_phrase_stands_in_one_group_only_whatever_its_case() -> None:
    first, second = group("lạc", "đậu phộng"), group("đậu phụng", "Đậu phộng")

    told = {"phrase": "Đậu phộng", "other": "lạc = đậu phộng"}
    assert problems(first, second) == [(errors.PhraseInTwoGroups, told)]
    assert problems(second, first, before=(first,)) == [
        (errors.PhraseInTwoGroups, {"phrase": "đậu phộng", "other": "lạc = đậu phộng"})
    ]


def test_a_one_way_target_may_stand_in_another_group_too() -> None:
    check((group("hoa", "huê"), group("bông", finds=("hoa",))))


def test_words_with_other_accents_are_other_words() -> None:
    check((group("vừng", "mè"), group("mẹ", "má")))


def test_there_are_limits() -> None:
    many = tuple(group(f"a{n}x", f"b{n}x") for n in range(MOST_GROUPS + 1))
    assert problems(*many) == [(errors.TooManyGroups, {"count": 1001, "most": 1000})]
    wide = group(*(f"a{n}x" for n in range(13)))
    assert [error for error, _ in problems(wide)] == [errors.TooManyPhrases]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    told = [error for error, _ in problems(group("lạc", "!!!"), group("cà phê", "ca phe"))]
    assert told == [errors.BadCharacter, errors.OnlyAccentsDiffer]


def test_what_was_in_force_is_not_judged_anew() -> None:
    old = group("kẹo dừa", "Bến Tre")
    check((old, group("lạc", "đậu phộng")), before=(old,))


def test_every_phrase_of_the_shops_own_has_words() -> None:
    assert all(tokens(phrase) for one in BUILT_IN for phrase in one.phrases)
