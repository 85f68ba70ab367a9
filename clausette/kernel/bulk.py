"""Many rows of one table in one statement, at a tenth of the cost of `bulk_create`.

`bulk_create` writes one placeholder a cell, and Python prepares each: 10,000 lines of a workbook are 220,000 of them.
Here the rows travel as one JSON text that PostgreSQL reads (`json_to_recordset`); types, constraints, triggers and
policies are those of the table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from select import select
from typing import Any, TypeVar

import msgspec
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Field, JSONField, Model
from django.db.models.expressions import DatabaseDefault
from psycopg.pq.abc import PGconn

AT_ONCE, POURED = 5000, 20_000
M = TypeVar("M", bound=Model)


def insert(rows: Sequence[M]) -> Sequence[M]:
    """Insert new rows of one model and return them with the values that the database gave (their `id`).

    Only inside an operation, as any write. Each row has its `uid`, or its key already (then nothing is read back, as
    for a journal whose writer may not read it). Values are those of the fields: no `save` is called.
    """
    for start in range(0, len(rows), AT_ONCE):
        _insert(rows[start : start + AT_ONCE])
    return rows


def insert_missing(rows: Sequence[M]) -> list[M]:
    """Insert those of these new rows of one model that no unique key has yet; return them with their `id`.

    Only inside an operation, as any write. The others are left as they are, in the database and here.
    """
    found = _inserted(rows, missing=True) if rows else {}
    made = [row for row in rows if row.__dict__["uid"] in found]
    for row in made:
        _filled(row, found)
    return made


def pour(
    model: type[Model], columns: Mapping[str, Sequence[Any]], *, numbered: bool = True, **common: object
) -> dict[str, int]:
    """Insert rows given column by column (« placement_id »), without making an object of each; return ids by uid.

    `numbered`: « uid » is among the columns, as texts; without it, nothing is read back ({}) and the database gives the
    uids.

    All columns have the same length; `common`: columns that are the same in all rows. The others are NULL, or what the
    database gives. JSON is never null. Only inside an operation: types, constraints, triggers, policies hold. Half the
    time of rows as objects: nothing names a column again in each of them.
    """
    return pour_parts(model, _cut(columns), numbered=numbered, **common)


def _cut(columns: Mapping[str, Sequence[Any]]) -> Iterator[Mapping[str, Sequence[Any]]]:
    for start in range(0, len(next(iter(columns.values()))), POURED):
        yield {name: column[start : start + POURED] for name, column in columns.items()}


def pour_parts(
    model: type[Model], parts: Iterable[Mapping[str, Sequence[Any]]], *, numbered: bool = True, **common: object
) -> dict[str, int]:
    """Insert rows as `pour` does, a part (of `POURED` rows at most) after the other, of the same columns.

    Each part is asked for while the database writes the one before. What makes them may not query the database.
    """
    found: dict[str, int] = {}
    with connection.cursor() as cursor, connection.wrap_database_errors, connection.connection.pipeline() as pipeline:
        waiting = False
        for columns in parts:
            sql, given = _pouring(model, tuple(columns), tuple(common), numbered)
            values = [field.get_db_prep_save(common[field.attname], connection) for field in given]
            cells = [msgspec.json.encode(column, enc_hook=str).decode() for column in columns.values()]
            if waiting:
                pipeline.sync()
                found.update(cursor.fetchall() if numbered else ())
            cursor.execute(sql, [*values, *cells])
            _hand_over(connection.connection.pgconn)
            waiting = True
        if waiting:
            pipeline.sync()
            found.update(cursor.fetchall() if numbered else ())
    return found


def _hand_over(wire: PGconn) -> None:
    """Give the server the whole of a long query now: the driver keeps what its socket does not take at once."""
    while wire.flush():
        select([], [wire.socket], [])


@lru_cache(maxsize=64)
def _pouring(
    model: type[Model], names: tuple[str, ...], common: tuple[str, ...], numbered: bool
) -> tuple[str, list["Field[Any, Any]"]]:
    quote, by_name = connection.ops.quote_name, {field.attname: field for field in model._meta.concrete_fields}
    own, given = [by_name[name] for name in names], [by_name[name] for name in common]
    made = () if "uid" in names else (("uid", "gen_random_uuid(), "),)
    into = ", ".join([*(quote(name) for name, _ in made), *(quote(str(field.column)) for field in (*given, *own))])
    same = "".join([*(value for _, value in made), *(f"%s::{field.db_type(connection)}, " for field in given)])
    read = ", ".join(f"{quote(field.attname)}::{field.db_type(connection)}" for field in own)
    lists = ", ".join(
        f"json_array_elements{'' if isinstance(field, JSONField) else '_text'}(%s::json)" for field in own
    )
    names_of = ", ".join(quote(field.attname) for field in own)
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({into}) SELECT {same}{read} "
        f"FROM ROWS FROM ({lists}) AS cells({names_of}){' RETURNING uid::text, id' if numbered else ''}"
    ), given


def update(rows: Sequence[M], *names: str) -> Sequence[M]:
    """Write these fields of rows already there, each with its own values. No `save` is called.

    Only inside an operation. Rows that the policies hide from an update stay as they are: lock them before.
    """
    for start in range(0, len(rows), AT_ONCE):
        _update(rows[start : start + AT_ONCE], names)
    return rows


def _update(rows: Sequence[M], names: tuple[str, ...]) -> None:
    model = type(rows[0])
    fields = [model._meta.get_field(name) for name in names]
    attributes = [model._meta.pk.attname, *(field.attname for field in fields)]  # type: ignore[union-attr]  # a column
    cells = msgspec.json.encode(
        [{name: row.__dict__[name] for name in attributes} for row in rows], enc_hook=str
    ).decode()
    with connection.cursor() as cursor:
        cursor.execute(_updating(model, names), [cells])


@lru_cache(maxsize=256)
def _updating(model: type[Model], names: tuple[str, ...]) -> str:
    quote, key = connection.ops.quote_name, model._meta.pk
    fields = [field for field in model._meta.concrete_fields if field.name in names]
    typed = ", ".join(f"{quote(one.attname)} {one.db_type(connection)}" for one in (key, *fields))
    values = ", ".join(f"{quote(str(one.column))} = cells.{quote(one.attname)}" for one in fields)
    return (
        f"UPDATE {quote(model._meta.db_table)} AS held SET {values} FROM json_to_recordset(%s::json) AS cells({typed}) "
        f"WHERE held.{quote(str(key.column))} = cells.{quote(key.attname)}"
    )


def _insert(rows: Sequence[M]) -> None:
    found = _inserted(rows)
    for row in rows:
        _filled(row, found)


def _inserted(rows: Sequence[M], *, missing: bool = False) -> dict[Any, tuple[Any, ...]]:
    """What the database gave to the rows that it took, by uid ({}: they have their key already)."""
    model = type(rows[0])
    keyed = rows[0].pk is not None
    written, given = _fields(model, keyed)
    if any(field.has_db_default() and type(row.__dict__[field.attname]) is not DatabaseDefault
           for field in given for row in rows):  # fmt: skip
        raise ImproperlyConfigured(f"{model._meta.label}: a default of the database was given a value")
    names = [field.attname for field in written]
    cells = msgspec.json.encode(
        [{name: row.__dict__[name] for name in names} for row in rows], enc_hook=str
    ).decode()
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, keyed, missing), [cells])
        return {} if keyed else {answer[0]: answer[1:] for answer in cursor.fetchall()}


def _filled(row: Model, found: Mapping[Any, tuple[Any, ...]]) -> None:
    row._state.adding, row._state.db = False, connection.alias
    if found:
        _, given = _fields(type(row), False)
        for field, value in zip(given, found[row.__dict__["uid"]], strict=True):
            setattr(row, field.attname, value)


@lru_cache(maxsize=256)
def _fields(model: type[Model], keyed: bool) -> tuple[list["Field[Any, Any]"], list["Field[Any, Any]"]]:
    """What is written, and what the database gives: defaults of its own, and the key when it makes it."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    given = [field for field in fields if field.has_db_default() or (field.primary_key and not keyed)]
    written = [field for field in fields if field not in given]
    if not keyed and "uid" not in {field.attname for field in written}:
        raise ImproperlyConfigured(f"{model._meta.label} has no uid: its rows cannot be told apart")
    return written, given


@lru_cache(maxsize=256)
def _statement(model: type[Model], keyed: bool, missing: bool) -> str:
    written, given = _fields(model, keyed)
    quote = connection.ops.quote_name
    into = ", ".join(quote(str(field.column)) for field in written)
    read = ", ".join(quote(field.attname) for field in written)
    typed = ", ".join(f"{quote(field.attname)} {field.db_type(connection)}" for field in written)
    back = ", ".join(quote(name) for name in ("uid", *(str(field.column) for field in given)))
    left = " ON CONFLICT DO NOTHING" if missing else ""
    returning = "" if keyed else f" RETURNING {back}"
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({into}) SELECT {read} "
        f"FROM json_to_recordset(%s::json) AS cells({typed}){left}{returning}"
    )
