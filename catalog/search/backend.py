"""The engine in use: one object a process."""

from functools import lru_cache

from catalog.search.engine import Engine
from catalog.search.tantivy_engine import TantivyEngine


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process."""
    return TantivyEngine()
