"""Rows that are only ever added: refused by the model, and by the database itself, whoever asks.

A model that derives from `AppendOnly` needs a migration that runs `seal` for its table, and its place in `SEALED`.
"""

from typing import Any, NoReturn, TypeVar

from django.db import models

SEALED = (
    "catalog_comboevent", "catalog_listingchange", "catalog_livehostevent", "catalog_livestreamevent",
    "catalog_reportevent", "catalog_synonymversion", "ocop_sync_evidence", "ocop_sync_ruling",
)  # fmt: skip
Row = TypeVar("Row", bound=models.Model)


class Sealed(Exception):
    """Somebody tried to change or delete a row that is only added. A fault of the program, never of a person."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Adds and reads."""

    def update(self, **_: Any) -> NoReturn:
        """Refused."""
        raise Sealed

    def delete(self) -> NoReturn:
        """Refused."""
        raise Sealed


class AppendOnly(models.Model):
    """A row that stays as it was written."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises Sealed when it is there already."""
        if self.pk is not None:
            raise Sealed
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        raise Sealed


def seal(table: str, vendor: str) -> list[str]:
    """SQL after which an UPDATE or DELETE of the table ends with an error. `vendor`: "sqlite" or "postgresql"."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_kept_{what.lower()} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            for what in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE OR REPLACE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION only_added()",
    ]


def unseal(table: str, vendor: str) -> list[str]:
    """What takes `seal` back."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_kept_{what}" for what in ("update", "delete")]
    return [f"DROP TRIGGER IF EXISTS {table}_kept ON {table}"]
