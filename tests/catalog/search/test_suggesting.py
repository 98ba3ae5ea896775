"""Suggestions: what comes first, of which kind, how two of one name are told apart, and nothing that is not listed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import CalledProcessError
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from catalog import clock
from catalog.certificates.services import refresh_gate
from catalog.products.models import Product, Restriction
from catalog.regions.places import places
from catalog.search import services, suggesting
from catalog.search.errors import SearchUnavailable
from catalog.search.phrase_source import write_anew
from catalog.search.phrases import Phrase, Phrases, write
from catalog.search.query import SearchQuery, Suggestion
from catalog.search.suggesting import Dictionary
from catalog.search.tokens import tokens
from tests.catalog.search.conftest import Find
from tests.factories import make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db


def told(text: str, limit: int = 8) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in services.suggest(text, limit)]


def names(text: str) -> list[str]:
    """Of products alone."""
    return [one.text for one in services.suggest(text) if one.kind == "product"]


def test_places_of_each_kind_and_another_name_of_one(find: Find) -> None:
    find()

    assert told("lam d") == [("province", "Lâm Đồng")]
    assert [(one.kind, one.key) for one in services.suggest("Bến Tr")] == [("old_province", "83")]
    assert told("tay ng")[-1] == ("region", "Tây Nguyên")
    assert [(one.kind, one.key) for one in services.suggest("tphcm")] == [("province", "79")]
    assert told("68") == []


def test_a_district_of_before_is_told_once_it_has_goods_by_a_text_that_search_reads_as_the_district(find: Find) -> None:
    lai_vung = next(one for one in places().old_districts.values() if one.short == "Lai Vung")
    nem = make_product("Nem chua", commune_code=lai_vung.commune_codes[0], province_code="82")
    find()

    for typed in ("lai v", "Lai Vung", "huyen lai vung"):
        (suggested,) = services.suggest(typed)
        assert (suggested.kind, suggested.text, suggested.province) == ("old_district", "Huyện Lai Vung", "82")
        assert services.search(SearchQuery(text=suggested.text)).products[0].code == nem.code
    assert told("dai tu") == []  # nobody there sells anything


def test_a_group_is_told_once_it_has_goods_and_never_one_of_alcohol(find: Find) -> None:
    make_product("Gạo lứt", set_no=3)
    make_product("Rượu cần", set_no=15, branch=2, restriction=Restriction.ALCOHOL)
    make_product("Nước ép", set_no=14, branch=2)
    find()

    assert told("gao n") == [("set", "Gạo, ngũ cốc, hạt sơ chế khác")]
    assert told("rice") == [("set", "Gạo, ngũ cốc, hạt sơ chế khác")]
    assert ("branch", "Đồ uống") in told("do uong")
    assert told("ruou") == told("do uong co") == told("ca phe, ca cao") == []


def test_products_do_not_crowd_out_a_producer_a_place_or_a_group(find: Find) -> None:
    producer = make_producer("Hà Giang Xanh")
    for number in range(20):
        make_product(f"Hà thủ ô số {number}", producer=producer)
    find()

    found = told("ha")

    assert [kind for kind, _ in found] == [*["product"] * 5, *["province"] * 2, "producer"]
    assert told("ha giang x") == [("producer", "Hà Giang Xanh")]
    assert len(told("ha thu")) == 8  # what the others leave
    assert told("ha giang")[0] == ("old_province", "Hà Giang (nay thuộc Tuyên Quang)")


def test_the_better_met_kind_comes_first(find: Find) -> None:
    producer = make_producer("Hợp tác xã nông nghiệp dịch vụ Mường Lò")
    make_product("Gạo Séng Cù Mường Lò", producer=producer)
    make_product("Mường Thanh trà", producer=producer)
    find()

    assert told("muong lo") == [
        ("product", "Gạo Séng Cù Mường Lò"),
        ("producer", "Hợp tác xã nông nghiệp dịch vụ Mường Lò"),
    ]
    assert told("muong")[0] == ("product", "Mường Thanh trà")


def test_what_is_on_sale_then_in_stock_then_has_more_stars_comes_first(find: Find) -> None:
    make_product("Trà ba", star=4)
    make_offer(make_product("Trà hai", star=3), stocks={})
    make_offer(make_product("Trà một", star=3))
    find()

    assert names("tra") == ["Trà một", "Trà hai", "Trà ba"]


def test_two_of_one_name_are_told_apart(find: Find) -> None:
    north, south = make_producer(province_code="01"), make_producer("HTX Đà Lạt", province_code="68")
    make_product("Mật ong rừng", producer=north)
    make_product("Mật ong rừng", producer=south)
    make_product("Mật ong rừng", producer=make_producer("HTX Bảo Lộc", province_code="68"))
    make_product("Mật ong rừng", producer=make_producer(province_code="68"), star=4)
    find()

    found = {(one.star, one.province, one.maker) for one in services.suggest("mat ong")}

    assert found == {(4, "68", ""), (3, "01", ""), (3, "68", "HTX Đà Lạt"), (3, "68", "HTX Bảo Lộc")}


@pytest.mark.parametrize("typed", ["Ca\u0300 phe\u0302", "CÀ PHÊ", "  ca   phe", "caf phee", "cà-phê", "a\u0300 phê"])
def test_however_it_is_typed(typed: str, find: Find) -> None:
    make_product("Cà phê Cầu Đất", set_no=None)
    find()

    assert names(typed) == ([] if typed.startswith("a") else ["Cà phê Cầu Đất"])


@pytest.mark.parametrize("typed", ["", " ", "???", "\x00", "🍵", "'; DROP", "x" * 5000, "trà " * 400, "\ud800"])
def test_what_says_nothing_suggests_nothing(typed: str, find: Find) -> None:
    make_product("Trà")
    find()

    assert names(typed) == []
    assert services.suggest("tra", 0) == services.suggest("tra", -1) == []


def test_what_is_longer_than_what_is_compared_is_not_met_by_its_beginning(find: Find) -> None:
    name = "Bánh tráng nướng mắm ruốc trứng cút Phan Rang"
    make_product(name)
    find()

    assert names(name) == names(name[:41]) == [name]
    assert names(f"{name[:38]} Đà Lạt") == []


def test_a_delisted_product_is_gone_with_the_next_generation(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.search.suggesting._REST", 1e9)  # a shop so busy that it never reads again
    gone, stays, aged = make_product("Trà gừng"), make_product("Trà sen"), make_product("Trà men")
    find()
    assert names("tra") == ["Trà gừng", "Trà men", "Trà sen"]

    Product.objects.filter(pk=aged.pk).update(restriction=Restriction.ALCOHOL)
    Product.objects.filter(pk=gone.pk).update(suspended_reason="x")
    refresh_gate([gone.pk, aged.pk])
    find()

    with CaptureQueriesContext(connection) as queries:
        left = [one for one in services.suggest("tra") if one.kind == "product"]
    assert len(queries) == 1
    assert left == [Suggestion("product", stays.code, "Trà sen", slug="tra-sen", star=3, province="68")]


def test_without_an_index_nothing_delisted_is_told(index: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.search.suggesting._REST", 1e9)
    gone = make_product("Trà gừng")
    assert names("tra") == ["Trà gừng"]

    Product.objects.filter(pk=gone.pk).update(suspended_reason="x")
    refresh_gate([gone.pk])

    assert names("tra") == []


def test_nothing_is_asked_while_nothing_changes(find: Find, django_assert_num_queries) -> None:
    make_product("Trà gừng")
    find()
    names("tra")

    with django_assert_num_queries(0):
        for typed in ("t", "tr", "trà", "gừng", "lâm", "hop tac", "x"):
            names(typed)


def test_nobody_waits_for_a_reading_and_only_one_is_at_work(
    find: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "_REST", 1e9)
    make_product("Mật ong")
    find()
    begun: list[Callable[[], None]] = []
    dictionary = Dictionary(start=begun.append, write=write_anew)

    def ask() -> list[str]:
        return [one.text for one in dictionary.suggest("mat", 8, str(tmp_path), services.generation())]

    for _ in range(2):
        with pytest.raises(SearchUnavailable):
            ask()
    assert len(begun) == 1
    begun.pop()()
    assert (ask(), begun) == (["Mật ong"], [])
    make_product("Mật mía")
    find()
    assert (ask(), begun) == (["Mật ong"], [])  # what there is, is kept for a while
    monkeypatch.setattr(suggesting, "_REST", 0)
    assert (ask(), ask(), len(begun)) == (["Mật ong"], ["Mật ong"], 1)
    begun.pop()()
    assert sorted(ask()) == ["Mật mía", "Mật ong"]


def test_one_process_writes_and_all_read(find: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "_REST", 1e9)
    make_product("Mật ong")
    find()
    written: list[Path] = []

    def write(path: Path, generation: str, day: date) -> None:
        written.append(path)
        write_anew(path, generation, day)

    first, second = (Dictionary(start=lambda read: read(), write=write) for _ in range(2))

    def ask(dictionary: Dictionary) -> list[str]:
        return [one.text for one in dictionary.suggest("mat", 8, str(tmp_path), services.generation())]

    assert ask(first) == ask(second) == ["Mật ong"]
    make_product("Mật mía")
    find()
    assert ask(second) == ["Mật ong"]
    assert len(written) == 1
    monkeypatch.setattr(suggesting, "_REST", 0)
    assert sorted(ask(first)) == ["Mật mía", "Mật ong"]
    monkeypatch.setattr(suggesting, "_REST", 1e9)
    assert sorted(ask(second)) == ["Mật mía", "Mật ong"]  # the file has changed
    assert len(written) == 2
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setattr("catalog.search.pointer.database", lambda: "another")
        assert sorted(ask(Dictionary(start=lambda read: read(), write=write))) == ["Mật mía", "Mật ong"]
    assert len(written) == 3  # of another database it is not taken


@pytest.mark.parametrize("broken", [b"", b"SQLite format 3\0" + b"\7" * 4000, None])
def test_a_file_that_is_not_whole_is_written_anew(broken: bytes | None, find: Find, tmp_path: Path) -> None:
    make_product("Mật ong")
    find()
    dictionary = Dictionary(start=lambda read: read(), write=write_anew)
    path = tmp_path / suggesting.FILE
    if broken is None:
        write_anew(path, "1", clock.today())
        broken = path.read_bytes()[:9000]
    path.write_bytes(broken)

    (found,) = dictionary.suggest("mat", 8, str(tmp_path), services.generation())

    assert found.text == "Mật ong"
    assert sorted(one.name for one in tmp_path.glob("phrases*")) == [suggesting.LOCK, suggesting.FILE]


def test_what_a_killed_writer_left_goes_and_one_that_lives_on_spoils_nothing(tmp_path: Path) -> None:
    path, lam_dong = tmp_path / suggesting.FILE, Suggestion("province", "68", "Lâm Đồng")
    left = tmp_path / f"{suggesting.FILE}.abc"
    left.touch()

    def slow() -> Iterator[Phrase]:
        yield lam_dong, ["Lâm Đồng"]
        write(path, [(replace(lam_dong, text="Đà Lạt"), ["Đà Lạt"])], "2", "2026-01-01", "x")  # another, meanwhile

    with pytest.raises(FileNotFoundError):
        write(path, slow(), "1", "2026-01-01", "x")

    assert [one.name for one in tmp_path.iterdir()] == [suggesting.FILE]
    phrases = Phrases(path)
    assert (phrases.about.generation, phrases.find(tokens("da"))) == ("2", [[replace(lam_dong, text="Đà Lạt")]])
    assert phrases.find(tokens("lam")) == []


def test_a_reading_that_fails_is_told_and_begun_anew_after_a_pause(
    find: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_product("Mật ong")
    find()
    write = Mock(side_effect=[OperationalError, CalledProcessError(1, "x", stderr="no such table"), OSError])
    dictionary = Dictionary(start=lambda read: read(), write=write)

    def fails() -> int:
        with pytest.raises(SearchUnavailable):
            dictionary.suggest("mat", 8, str(tmp_path), "1")
        return write.call_count

    assert (fails(), fails()) == (1, 1)
    monkeypatch.setattr(suggesting, "_PAUSE", 0.0)
    dictionary._not_before = 0.0
    assert (fails(), fails()) == (2, 3)
    assert caplog.text.count("could not be read") == 3
    assert "no such table" in caplog.text


def test_what_the_process_says_when_it_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "no.settings")
    with pytest.raises(CalledProcessError) as failed:
        suggesting.in_a_process(tmp_path / "phrases.sqlite3", "1", clock.today())
    assert "No module named 'no'" in failed.value.stderr
