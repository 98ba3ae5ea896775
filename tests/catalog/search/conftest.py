"""An index folder of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog.search import services
from catalog.search.query import SearchPage, SearchQuery

Find = Callable[..., SearchPage]


@pytest.fixture
def index(tmp_path: Path, settings, db) -> Iterator[None]:
    """An empty folder for the index, and an engine that has read nothing yet."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    services.engine.cache_clear()
    yield
    services.engine().close()
    services.engine.cache_clear()


@pytest.fixture
def find(index: None) -> Find:
    """Bring the index up to date, then search."""

    def run(text: str = "", **options: object) -> SearchPage:
        services.catch_up()
        return services.search(SearchQuery(text=text, **options))  # type: ignore[arg-type]

    return run
