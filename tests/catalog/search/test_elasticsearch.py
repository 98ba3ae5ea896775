"""Elasticsearch when it swaps, is killed, is busy, refuses, hangs, goes away; and writers that come late or are two."""

import threading
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from catalog import clock
from catalog.outbox.models import OutboxRow
from catalog.products.models import Product
from catalog.search import elasticsearch_engine, elasticsearch_line, services
from catalog.search.documents import documents
from catalog.search.elasticsearch_engine import ElasticsearchEngine
from catalog.search.errors import IndexRefused, SearchUnavailable
from catalog.search.lease import lease
from catalog.search.query import SearchQuery
from catalog.search.reading import read
from tests.catalog.search.conftest import Find, only_elasticsearch
from tests.catalog.search.standin.indexes import Index
from tests.catalog.search.standin.server import StandIn
from tests.factories import make_product

pytestmark = [pytest.mark.django_db, only_elasticsearch]


@pytest.fixture
def server(standin: StandIn, index: None, settings) -> Iterator[StandIn]:
    """A server to play with, whatever address is set."""
    settings.ELASTICSEARCH_URL = standin.url
    services.engine.cache_clear()
    standin.well()
    yield standin
    standin.well()


def total(text: str) -> int:
    return services.engine().search(_request(text)).total


def _request(text: str):
    return read(SearchQuery(text=text)).request


def indexes(server: StandIn, settings) -> list[str]:
    return [name for name in server.cluster.indexes if name.startswith(settings.ELASTICSEARCH_INDEX)]


def changed(product: Product, name: str) -> None:
    Product.objects.filter(pk=product.pk).update(name=name)
    OutboxRow.objects.create(topic="index", key=product.code, available_at=clock.now())


def test_readers_notice_nothing_of_a_swap(server: StandIn, find: Find) -> None:
    for number in range(5):
        make_product(f"Trà {number}")
    find()
    request, engine, stop, seen = _request("trà"), services.engine(), threading.Event(), []

    def reader() -> None:
        while not stop.is_set():
            try:
                seen.append(engine.search(request).total)
            except SearchUnavailable as error:
                seen.append(error)

    readers = [threading.Thread(target=reader) for _ in range(3)]
    for one in readers:
        one.start()
    for _ in range(8):
        services.reindex()
    stop.set()
    for one in readers:
        one.join()
    assert set(seen) == {5}


def test_a_rebuild_that_breaks_off_is_not_seen_and_leaves_nothing(server: StandIn, find: Find, settings) -> None:
    make_product("Trà cũ")
    find()
    [before] = indexes(server, settings)

    def broken():
        yield from documents()
        raise OSError("the disk")

    with pytest.raises(OSError, match="the disk"):
        services.engine().rebuild(broken(), lambda _: None)

    assert (indexes(server, settings), total("trà")) == ([before], 1)


def test_a_swap_whose_answer_is_lost_is_kept(server: StandIn, find: Find, settings) -> None:
    make_product("Trà")
    find()
    cluster, [before] = server.cluster, indexes(server, settings)

    def lost(method: str, path: str) -> int | None:
        if path != "/_aliases":
            return None
        [new] = [name for name in indexes(server, settings) if name != before]
        cluster.indexes[before].aliases.clear()
        cluster.indexes[new].aliases.add(settings.ELASTICSEARCH_INDEX)
        return 500

    server.fault = lost
    with pytest.raises(IndexRefused):
        services.engine().rebuild(documents(), lambda _: None)

    server.well()
    assert before not in indexes(server, settings)
    assert total("trà") == 1


def test_what_a_killed_rebuild_left_is_swept_by_the_next(server: StandIn, find: Find, settings) -> None:
    make_product("Trà cũ")
    find()
    server.fail("DELETE", 500)  # the process is dead: it can delete nothing

    def broken():
        yield from documents()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.engine().rebuild(broken(), lambda _: None)
    assert len(indexes(server, settings)) == 2
    assert total("trà") == 1

    server.well()
    services.reindex()

    assert len(indexes(server, settings)) == 1
    assert total("trà") == 1


def test_items_that_a_busy_server_turns_away_are_sent_again(
    server: StandIn, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elasticsearch_line, "FIRST_PAUSE", 0.01)
    product = make_product("Trà cũ")
    find()
    server.cluster.item_faults[product.code] = [429, 429, 503]
    changed(product, "Trà mới")

    assert find("trà mới").total == 1
    assert server.cluster.item_faults[product.code] == []


def test_a_refused_item_is_told_and_its_change_waits(server: StandIn, find: Find) -> None:
    good, bad = make_product("Trà cũ"), make_product("Trà xấu")
    find()
    server.cluster.item_faults[bad.code] = [400]
    changed(good, "Trà tốt")
    changed(bad, "Trà lạ")
    with pytest.raises(IndexRefused, match=rf"1 documents, the first is {bad.code}: rejected"), lease():
        services.apply_due()

    assert total("trà tốt") == 0  # nothing half said: only a refresh shows what is written
    assert OutboxRow.objects.filter(topic="index").count() == 2
    assert find("trà tốt").total == 1  # tried again
    assert find("trà lạ").total == 1


def test_the_shop_goes_on_without_the_server_and_finds_again(server: StandIn, find: Find) -> None:
    make_product("Trà")
    make_product("Mật ong")
    assert find("trà").total == 1
    generation = services.generation()
    server.stop()

    page = services.search(SearchQuery(text="trà"))
    assert (page.plain, page.total) == (True, 2)
    assert services.engine().standing().state == "no answer"
    assert Client().get("/health/ready").json()["search"] == "no answer"
    assert services.generation() == generation
    with pytest.raises(SearchUnavailable):
        services.catch_up()

    server.start()
    services.engine()._line._breaker._until = 0.0  # its time is up
    page = services.search(SearchQuery(text="trà"))
    assert (page.plain, page.total) == (False, 1)
    assert services.engine().standing().state == "ok"


def test_a_server_that_hangs_is_asked_by_one_visitor_and_not_by_all(
    server: StandIn, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_product("Trà")
    find()
    monkeypatch.setattr(elasticsearch_line, "READ_SECONDS", 0.1)
    monkeypatch.setattr(elasticsearch_line, "PROBE_SECONDS", 0.1)
    server.asked.clear()
    server.hang("", 1.0)

    pages = [services.search(SearchQuery(text="trà", exact=True)) for _ in range(20)]

    assert all(page.plain for page in pages)
    assert len(server.asked) <= 4  # a search, and the small question


def test_a_server_that_is_not_whole_gives_lists_by_filters(server: StandIn, find: Find) -> None:
    make_product("Trà")
    find()
    for status in (429, 503, 400, 401, 403):
        server.fail("_search", status)
        assert services.search(SearchQuery(text="trà")).plain
        services.engine.cache_clear()
    server.well()
    assert not services.search(SearchQuery(text="trà")).plain


def test_a_full_disk_stops_writing_and_not_searching(server: StandIn, find: Find, settings) -> None:
    product = make_product("Trà cũ")
    find()
    [name] = indexes(server, settings)
    server.cluster.indexes[name].blocks = {"read_only_allow_delete": "true"}
    changed(product, "Trà mới")

    with pytest.raises(IndexRefused, match="flood-stage"):
        services.catch_up()

    assert total("trà cũ") == 1
    assert services.engine().standing().state == "read-only"
    told = Client().get("/health/ready")
    assert (told.status_code, told.json()["search"], told.json()["engine"]) == (200, "read-only", "elasticsearch")
    server.cluster.indexes[name].blocks = {}
    assert find("trà mới").total == 1


def test_a_late_writer_does_not_put_back_what_another_has_replaced(
    server: StandIn, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    product, gone = make_product("Trà cũ"), make_product("Trà đã xóa")
    find()
    stale, early = list(documents()), elasticsearch_engine.version()
    changed(product, "Trà mới")
    OutboxRow.objects.create(topic="index", key=gone.code, available_at=clock.now())
    Product.objects.filter(pk=gone.pk).update(name="Khác")
    assert find("trà mới").total == 1

    monkeypatch.setattr(elasticsearch_engine, "version", lambda: early - 1)
    services.engine().apply(stale, [product.code, gone.code])

    assert (total("trà mới"), total("trà cũ"), total("khác")) == (1, 0, 1)


def test_applied_twice_is_applied_once(server: StandIn, find: Find) -> None:
    kept, gone = make_product("Trà còn"), make_product("Trà hết")
    find()
    for _ in range(3):
        services.engine().apply(documents([kept.code]), [kept.code, gone.code])

    assert (total("trà còn"), total("trà hết")) == (1, 0)


def test_a_rebuild_is_dropped_where_another_has_written_meanwhile(server: StandIn, find: Find, settings) -> None:
    product = make_product("Trà cũ")
    find()
    [before] = indexes(server, settings)

    def overtaken():
        yield from list(documents())
        Product.objects.filter(pk=product.pk).update(name="Trà mới")
        ElasticsearchEngine().apply(documents([product.code]), [product.code])

    with pytest.raises(IndexRefused, match="another process has written"):
        services.engine().rebuild(overtaken(), lambda _: None)

    assert (indexes(server, settings), total("trà mới")) == ([before], 1)


def test_an_index_of_another_mapping_or_of_a_later_state_of_the_database_is_built_anew(
    server: StandIn, find: Find, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_product("Trà")
    find()
    [first] = indexes(server, settings)
    server.cluster.indexes[first].mappings["_meta"]["schema"] = "2-00000000"
    assert not services.engine().ready()
    assert services.engine().standing().state == "no index"
    assert find("trà").total == 1
    [second] = indexes(server, settings)
    assert second != first

    later = elasticsearch_engine.version() + 10**15
    monkeypatch.setattr(elasticsearch_engine, "version", lambda: later)
    services.engine().apply([], [])
    monkeypatch.undo()
    assert find("trà").total == 1
    assert indexes(server, settings) != [second]


def test_an_index_that_bears_the_aliass_name_is_not_touched(server: StandIn, index: None, settings) -> None:
    make_product("Trà")
    body = {"mappings": {"dynamic": "strict", "properties": {}}, "settings": {"number_of_shards": 1}}
    server.cluster.indexes[settings.ELASTICSEARCH_INDEX] = Index(settings.ELASTICSEARCH_INDEX, body)

    with pytest.raises(IndexRefused, match="an index or data stream exists with the same name"):
        services.catch_up()

    assert indexes(server, settings) == [settings.ELASTICSEARCH_INDEX]
    del server.cluster.indexes[settings.ELASTICSEARCH_INDEX]


def test_another_shops_indexes_are_not_swept(server: StandIn, find: Find, settings) -> None:
    make_product("Trà")
    find()
    alias = settings.ELASTICSEARCH_INDEX
    settings.ELASTICSEARCH_INDEX = f"{alias}-two"
    services.engine.cache_clear()
    find()
    settings.ELASTICSEARCH_INDEX = alias
    services.engine.cache_clear()
    services.reindex()

    assert len(indexes(server, settings)) == 2


def test_every_process_hears_of_a_change(server: StandIn, find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elasticsearch_engine, "_LOOK_EVERY", 0.0)
    product, other = make_product("Trà cũ"), ElasticsearchEngine()
    assert other.generation() == ""
    find()
    before = other.generation()
    assert before == services.generation() != ""
    assert "moi" not in other.vocabulary().folded
    changed(product, "Trà mới")
    find()

    assert other.generation() == services.generation() != before
    other._words._fresh_until = 0.0  # it has rested
    assert other.vocabulary().folded["moi"] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="machines that share a database")
def test_on_another_machine_the_lease_is_held_too(index: None, settings, tmp_path) -> None:
    there, leave, told = threading.Event(), threading.Event(), []

    def elsewhere() -> None:
        with lease() as held:
            told.append(held)
            there.set()
            leave.wait(20)
            told.append(held.lost())
        connection.close()

    other = threading.Thread(target=elsewhere)
    other.start()
    there.wait(20)
    settings.SEARCH_INDEX_DIR = tmp_path / "another-machine"
    with lease() as here:
        assert here is None
    leave.set()
    other.join(20)
    assert told[1] is False
    with lease() as here:
        assert here is not None
        connection.close()  # the session goes, and its lock with it
        assert here.lost()


@pytest.mark.parametrize(
    "url", ["elastic:secret@host", "http://elastic:secret@host", "ftp://secret@host:1", "http://:x"]
)
def test_an_address_that_is_none_is_told_without_its_password(url: str, index: None, settings) -> None:
    before, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, url

    with pytest.raises(ImproperlyConfigured, match="ELASTICSEARCH_URL") as told:
        ElasticsearchEngine()

    assert "secret" not in str(told.value)
    settings.ELASTICSEARCH_URL = before


@pytest.mark.parametrize(
    "body",
    [
        {"query": {"fuzzy": {"all": "tra"}}},
        {"query": {"term": {"all": {"value": "tra", "case_insensitive": True}}}},
        {"query": {"term": {"nothing": {"value": 1}}}},
        {"query": {"term": {"price_up": {"value": 1}}}},
        {"size": 1, "sort": [{"all": "asc"}], "_source": False, "stored_fields": "_none_"},
        {"size": 10_001, "sort": [{"id": "asc"}], "_source": False, "stored_fields": "_none_"},
        {"from": 1, "sort": [{"id": "asc"}], "search_after": [1], "_source": False, "stored_fields": "_none_"},
        {"aggs": {"words": {"terms": {"field": "all", "size": 1}}}},
        {"suggest": {}},
    ],
)
def test_the_stand_in_refuses_what_it_does_not_know(body: dict, server: StandIn, find: Find, settings) -> None:
    find()

    with pytest.raises(IndexRefused, match="400"), services.engine()._line.reading() as client:
        client.search(index=settings.ELASTICSEARCH_INDEX, body=body)
