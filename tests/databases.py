"""Databases of a test's own on the PostgreSQL server that DATABASE_URL names."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextmanager
def own_database(address: str) -> Iterator[str]:
    """The address of an empty database, gone afterwards."""
    name = f"chosao_test_{secrets.token_hex(6)}"
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
