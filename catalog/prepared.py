"""Queries of the pages that everybody asks for: their SQL is written once a thread, not at each request.

Django takes several times as long to write a query for a few rows as a database takes to answer it. See
docs/decisions/0027.
"""

from collections.abc import Callable
from functools import cached_property
from threading import local
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = tuple[Any, ...]
_Compiled = tuple[SQLCompiler, str, tuple[Any, ...], Any]
Object = TypeVar("Object", bound=models.Model)


class Slot(Expression):
    """A value that is given, by its number, when the query is run; it must be as the driver takes it."""

    def __init__(self, number: int = 0) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """A placeholder, with the slot in the place of its value."""
        return "%s", [self]


class PreparedRows:
    """The rows of a `values_list`, which `make` gives when the first is asked for."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._known = local()

    def _compiled(self) -> _Compiled:
        """Kept by the thread: a compiler holds its connection, which has to go when the thread does."""
        known: _Compiled | None = getattr(self._known, "compiled", None)
        if known is None:
            compiler = self._make().query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([one for one, _, _ in compiler.select or ()])
            known = self._known.compiled = compiler, sql, params, converters
        return known

    def __call__(self, *values: Any) -> list[Row]:
        """All rows, for the values of the slots."""
        compiler, sql, params, converters = self._compiled()
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[one.number] if isinstance(one, Slot) else one for one in params])
            rows = cursor.fetchall()
        return list(map(tuple, compiler.apply_converters(rows, converters))) if converters else rows


class Prepared(Generic[Object]):
    """Model instances, with those that they point to by `related` ("warehouse", "warehouse__sale_point": in order)."""

    def __init__(self, make: Callable[[], QuerySet[Object]], *related: str) -> None:
        self._make, self._related = make, related
        self._rows = PreparedRows(lambda: make().values_list(*(name for part in self._parts for name in part.columns)))

    @cached_property
    def _parts(self) -> list["_Part"]:
        parts = [_Part("", self._make().model, 0)]
        for path in self._related:
            model: Any = parts[0].model
            for step in path.split("__"):
                field = model._meta.get_field(step)
                model = field.related_model
            parts.append(_Part(path, model, parts[-1].end, field.set_cached_value))
        return parts

    def __call__(self, *values: Any) -> list[Object]:
        """All that are found, for the values of the slots."""
        return [self._build(row) for row in self._rows(*values)]

    def _build(self, row: Row) -> Any:
        made: dict[str, Any] = {}
        for part in self._parts:
            own = row[part.start : part.end]
            one = None if own[part.key] is None else part.model.from_db(DEFAULT_DB_ALIAS, part.names, own)
            made[part.path] = one
            if part.path and made[part.owner] is not None:
                part.keep(made[part.owner], one)
        return made[""]


def _nothing(_owner: object, _one: object) -> None:
    """The first model belongs to none."""


class _Part:
    """One model's share of a row."""

    def __init__(
        self, path: str, model: type[models.Model], start: int, keep: Callable[[Any, Any], None] = _nothing
    ) -> None:
        self.path, self.model, self.start, self.keep = path, model, start, keep
        self.owner = path.rpartition("__")[0]
        self.names = [field.attname for field in model._meta.concrete_fields]
        self.columns = [f"{path}__{name}" if path else name for name in self.names]
        self.end = start + len(self.names)
        self.key = self.names.index(model._meta.pk.attname)
