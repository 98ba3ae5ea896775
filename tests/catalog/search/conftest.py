"""An index of the test's own, on each engine."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog.search import pointer, services
from catalog.search.query import SearchPage, SearchQuery
from tests.catalog.search.standin.server import StandIn

Find = Callable[..., SearchPage]
TANTIVY, ELASTICSEARCH = "tantivy", "elasticsearch"
only_tantivy = pytest.mark.parametrize("index", [TANTIVY], indirect=True)  # for what lies on this machine's disk
only_elasticsearch = pytest.mark.parametrize("index", [ELASTICSEARCH], indirect=True)


@pytest.fixture(scope="session")
def standin() -> Iterator[StandIn]:
    """A server that stands in for Elasticsearch, one for all tests of this process."""
    server = StandIn()
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=[TANTIVY, ELASTICSEARCH])
def index(request: pytest.FixtureRequest, tmp_path: Path, settings, db) -> Iterator[None]:
    """No index yet, and an engine that has read nothing."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    if request.param == ELASTICSEARCH:
        settings.ELASTICSEARCH_URL = server_of(request)
        settings.ELASTICSEARCH_INDEX = f"test-{secrets.token_hex(6)}"
    services.engine.cache_clear()
    yield
    services.engine().close()
    services.engine.cache_clear()
    if request.param == ELASTICSEARCH:
        lose_index(settings)


def server_of(request: pytest.FixtureRequest) -> str:
    """The address of the Elasticsearch that is there, or of the one that stands in."""
    return os.environ.get("ELASTICSEARCH_URL") or str(request.getfixturevalue("standin").url)


def lose_index(settings) -> None:
    """As when somebody deletes it."""
    if not settings.ELASTICSEARCH_URL:
        shutil.rmtree(settings.SEARCH_INDEX_DIR / pointer.read().folder)
        return
    from elasticsearch import Elasticsearch  # noqa: PLC0415 - only where it is asked for

    with Elasticsearch(settings.ELASTICSEARCH_URL, api_key=settings.ELASTICSEARCH_API_KEY or None) as client:
        left = list(client.indices.get_alias(index=f"{settings.ELASTICSEARCH_INDEX}-*"))
        if left:
            client.indices.delete(index=left)


@pytest.fixture
def find(index: None) -> Find:
    """Bring the index up to date, then search."""

    def run(text: str = "", **options: object) -> SearchPage:
        services.catch_up()
        return services.search(SearchQuery(text=text, **options))  # type: ignore[arg-type]

    return run
