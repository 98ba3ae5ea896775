"""Two set-ups may run at once: what the other has just made is no error."""

from collections.abc import Iterator
from contextlib import contextmanager

from catalog.saleor.client import SaleorRefused


@contextmanager
def unless_taken() -> Iterator[None]:
    """Let a refusal pass whose only reason is that the slug or the externalReference exists already."""
    try:
        yield
    except SaleorRefused as refused:
        if refused.codes != {"UNIQUE"}:
            raise
