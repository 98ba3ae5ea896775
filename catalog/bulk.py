"""Writing many rows at once, without what `bulk_create` and `bulk_update` spend on expressions that a sync never has.

See docs/decisions/0018. Nothing is asked of a model but its fields: one with several tables, or with a `save` of its
own that matters, has no place here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState
from django.utils import timezone

_MOST_PARAMETERS = 30_000  # of one statement; SQLite takes 32,766
# Values of these go to the driver as they are.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
Values = tuple[Any, ...]
One = TypeVar("One")
Object = TypeVar("Object", bound=models.Model)


def batches(things: Iterable[One], most: int) -> Iterator[list[One]]:
    """The things in their order, at most so many at a time; none where there is none."""
    left = iter(things)
    while some := list(islice(left, most)):
        yield some


def build(model: type[Object], **values: Any) -> Object:
    """`model(**values)` for values by attribute (`source_id`, not `source`), two to three times as fast.

    No signal is sent. Raises TypeError for a name that the model does not have.
    """
    plain, made = _defaults(model)
    one = model.__new__(model)
    one._state = ModelState()
    facts = one.__dict__
    facts.update(plain)
    known = len(facts)
    for name, default in made:
        facts[name] = default()
    facts.update(values)
    if len(facts) != known:
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(values.keys() - plain.keys()))}")
    return one


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert whole objects of one model in the caller's transaction; each gets its primary key.

    Raises IntegrityError for what the database refuses.
    """
    if not rows:
        return
    table = _table(type(rows[0]))
    _set_moment(rows, table.set_on_writing)
    quoted = [column.quoted for column in table.columns]
    keys = list[int]()
    for some in batches(map(table.values_of, rows), _MOST_PARAMETERS // len(quoted)):
        values = list(chain.from_iterable(_dressed(row, table.dressed) for row in some))
        with connections["default"].cursor() as cursor:
            cursor.execute(f"{table.insertion(quoted, len(some))} RETURNING {table.key}", values)
            keys += [key for (key,) in cursor.fetchall()]
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding = False


def put_all(rows: Sequence[models.Model], *, unique: Sequence[str], update: Sequence[str]) -> None:
    """Insert whole objects of one model as `insert_rows` does; they get no primary keys."""
    if not rows:
        return
    table = _table(type(rows[0]))
    _set_moment(rows, table.set_on_writing)
    names = [column.name for column in table.columns]
    insert_rows(type(rows[0]), names, map(table.values_of, rows), unique=unique, update=update)


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Values],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
) -> int:
    """Insert rows in the caller's transaction. Returns how many there were.

    `names` are attributes of the model (`source_id`, not `source`), each row has a value for each; what is not named
    has the field's default, or the present moment. `unique` names the fields of a unique constraint: a row that meets
    another one there gives way to it or, where `update` names fields, writes these into it. Raises IntegrityError for
    what the database refuses.
    """
    table = _table(model)
    given = [table.by_name[name] for name in names]
    others = [column for column in table.columns if column.name not in names]
    dressed = [(place, column.adapt) for place, column in enumerate(given) if column.adapt]
    rest = [column.default() for column in others]
    values = [[*_dressed(row, dressed), *rest] for row in rows]
    if values:
        statement = table.insertion([column.quoted for column in (*given, *others)]) + table.ending(unique, update)
        with connections["default"].cursor() as cursor:
            cursor.executemany(statement, values)
    return len(values)


def update_all(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of objects that the caller has read and locked in this transaction.

    A field of `auto_now` gets the present moment, if it is named.
    """
    if not rows:
        return
    table = _table(type(rows[0]))
    columns = [column for column in table.columns if column.field.name in names]
    _set_moment(rows, [column.name for column in columns if getattr(column.field, "auto_now", False)])
    assignments = ", ".join(f"{column.quoted} = %s" for column in columns)
    values = attrgetter(*(column.name for column in columns), "pk")
    dressed = [(place, column.adapt) for place, column in enumerate(columns) if column.adapt]
    with connections["default"].cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table.quoted} SET {assignments} WHERE {table.key} = %s",  # noqa: S608 - names of the schema
            [_dressed(values(row), dressed) for row in rows],
        )


def _set_moment(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    now = timezone.now()
    for row in rows if names else ():
        for name in names:
            setattr(row, name, now)


def _dressed(row: Values, dressed: list[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    values = list(row)
    for place, adapt in dressed:
        if values[place] is not None:
            values[place] = adapt(values[place])
    return values


@dataclass(frozen=True)
class _Column:
    """`name` is the attribute's; `adapt` gives a value that is not None as the driver takes it."""

    field: "models.Field[Any, Any]"
    name: str
    quoted: str
    adapt: Callable[[Any], Any] | None

    def default(self) -> Any:
        """What a row has here that says nothing about it, as the driver takes it."""
        value = timezone.now() if _is_set_on_writing(self.field) else self.field.get_default()
        return value if value is None or self.adapt is None else self.adapt(value)


@dataclass(frozen=True)
class _Table:
    quoted: str
    key: str
    columns: tuple[_Column, ...]
    by_name: dict[str, _Column]
    dressed: list[tuple[int, Callable[[Any], Any]]]
    values_of: Callable[[models.Model], Values]
    set_on_writing: tuple[str, ...]

    def insertion(self, quoted: Sequence[str], count: int = 1) -> str:
        """The statement for so many rows."""
        one = f"({', '.join(['%s'] * len(quoted))})"
        return f"INSERT INTO {self.quoted} ({', '.join(quoted)}) VALUES {', '.join([one] * count)}"  # noqa: S608

    def ending(self, unique: Sequence[str], update: Sequence[str]) -> str:
        """What becomes of a row that meets another one."""
        if not unique:
            return ""
        quoted = {column.field.name: column.quoted for column in self.columns}
        target = ", ".join(quoted[name] for name in unique)
        written = ", ".join(f"{quoted[name]} = excluded.{quoted[name]}" for name in update)
        return f" ON CONFLICT ({target}) DO " + (f"UPDATE SET {written}" if update else "NOTHING")


@lru_cache(maxsize=64)
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """By attribute, in the model's order: every default, and those that are made anew for each object."""
    fields = model._meta.concrete_fields
    made = [(field.attname, field.get_default) for field in fields if callable(field.default)]
    return {field.attname: field.get_default() for field in fields}, made


@lru_cache(maxsize=64)
def _table(model: type[models.Model]) -> _Table:
    database = connections["default"]
    quote = database.ops.quote_name
    columns = tuple(
        _Column(field, field.attname, quote(field.column or field.name), _adapter(field, database))
        for field in model._meta.local_concrete_fields
        if not field.primary_key
    )
    return _Table(
        quoted=quote(model._meta.db_table),
        key=quote(model._meta.pk.column or model._meta.pk.name),
        columns=columns,
        by_name={column.name: column for column in columns},
        dressed=[(place, column.adapt) for place, column in enumerate(columns) if column.adapt],
        values_of=attrgetter(*(column.name for column in columns)),
        set_on_writing=tuple(column.name for column in columns if _is_set_on_writing(column.field)),
    )


def _is_set_on_writing(field: "models.Field[Any, Any]") -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))


def _adapter(field: "models.Field[Any, Any]", database: BaseDatabaseWrapper) -> Callable[[Any], Any] | None:
    if isinstance(field, _PLAIN):
        return None
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return database.ops.adapt_datefield_value
    if isinstance(field, models.JSONField):
        return lambda value: database.ops.adapt_json_value(value, field.encoder)
    return _same_again(lambda value: field.get_db_prep_save(value, database))


def _same_again(adapt: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Adapts once what is the same object row after row, as the moment of writing is."""
    last: tuple[Any, Any] = (None, None)

    def adapted(value: Any) -> Any:
        nonlocal last
        known, told = last
        if value is not known:
            told = adapt(value)
            last = (value, told)
        return told

    return adapted
