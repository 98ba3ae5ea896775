"""Synonyms of the version in force are searched with at once; the table is asked seldom, and may fail."""

import math
import threading

import pytest
from django.db import DatabaseError
from django.db.models import QuerySet

from catalog.people.models import User
from catalog.search import services as search
from catalog.search.query import SearchQuery
from catalog.search.synonyms import clauses
from catalog.search.tokens import tokens
from catalog.synonyms import in_force, services
from catalog.synonyms.groups import BUILT_IN, Group, Kind, SynonymSet
from tests.catalog.search.conftest import Find
from tests.factories import make_product

pytestmark = pytest.mark.django_db
PHUNG = Group(Kind.GOODS, ("đậu phụng", "lạc", "đậu phộng"))
BONG = Group(Kind.GOODS, ("bông súng",), ("hoa súng",))


def put(*groups: Group, base: int, by: User) -> None:
    services.put_in_force(groups, base=base, by=by, why="thử")


def words(typed: str, *groups: Group) -> list[list[str]]:
    """The alternatives of each clause."""
    found = clauses(tokens(typed), SynonymSet(0, groups))
    return [[" ".join(alternative.words) for alternative in clause.alternatives] for clause in found]


def names(text: str) -> set[str]:
    return {product.name for product in search.search(SearchQuery(text=text, exact=True)).products}


def test_a_new_version_is_searched_with_and_an_old_one_again(find: Find, officer: User) -> None:
    make_product("Đậu phụng rang tỏi")
    make_product("Lạc rang muối")
    assert find("đậu phụng", exact=True).total == 1

    put(PHUNG, base=1, by=officer)
    assert names("đậu phụng") == names("lạc") == {"Đậu phụng rang tỏi", "Lạc rang muối"}

    services.restore(1, base=2, by=officer, why="nhầm")
    assert names("đậu phụng") == {"Đậu phụng rang tỏi"}


def test_one_way_finds_one_way(find: Find, officer: User) -> None:
    make_product("Hoa súng khô")
    make_product("Bông súng muối")
    find("")
    put(BONG, base=1, by=officer)

    assert names("bông súng") == {"Hoa súng khô", "Bông súng muối"}
    assert names("hoa súng") == {"Hoa súng khô"}


def test_synonyms_do_not_chain_and_the_longest_phrase_is_read() -> None:
    hoa = Group(Kind.GOODS, ("hoa súng", "hoa bông"))
    assert words("bông súng", BONG, hoa) == [["hoa súng"]]
    assert words("bông súng khô", BONG, Group(Kind.GOODS, ("bông súng khô", "súng khô"))) == [["súng khô"]]
    assert words("htx", Group(Kind.TRADE, ("HTX", "hợp tác xã"))) == [["hop tac xa"]]
    assert words("lạc") == [[]]


def test_a_page_without_words_asks_nothing_and_one_with_words_once_a_second(
    index: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    make_product("Lạc rang")
    search.catch_up()
    search.search(SearchQuery())
    with django_assert_num_queries(1):
        search.search(SearchQuery())
    with django_assert_num_queries(2):  # the number in force, the rows
        search.search(SearchQuery(text="lạc"))
    monkeypatch.setattr(in_force, "EVERY", math.inf)
    with django_assert_num_queries(1):
        search.search(SearchQuery(text="lạc"))


def test_a_version_is_read_once(officer: User, django_assert_num_queries) -> None:
    put(PHUNG, base=1, by=officer)
    with django_assert_num_queries(2):
        first = in_force.synonyms_in_force()
    with django_assert_num_queries(1):
        assert in_force.synonyms_in_force() is first


def test_while_the_table_cannot_be_read_the_last_known_stay(
    officer: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put(PHUNG, base=1, by=officer)
    assert in_force.synonyms_in_force().number == 2

    def broken(_: object) -> None:
        raise DatabaseError("gone")

    with monkeypatch.context() as away:
        away.setattr(QuerySet, "first", broken)
        assert [in_force.synonyms_in_force().groups for _ in range(3)] == [(PHUNG,)] * 3
        assert len(caplog.records) == 1
    services.restore(1, base=2, by=officer, why="nhầm")
    assert in_force.synonyms_in_force().groups == BUILT_IN


def test_of_many_threads_one_asks_and_none_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, go = [], threading.Event()

    def ask(known: in_force.Known) -> in_force.Known:
        asked.append(threading.get_ident())
        go.wait(20)
        return known

    monkeypatch.setattr(in_force, "_ask", ask)
    slow = threading.Thread(target=in_force.synonyms_in_force)
    slow.start()
    while not asked:
        pass
    assert in_force.synonyms_in_force() is in_force.BUILT_IN_SET
    go.set()
    slow.join(20)
    assert len(asked) == 1
