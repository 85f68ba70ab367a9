"""Many rows of one table in one statement, at a tenth of the cost of `bulk_create`.

`bulk_create` writes one placeholder a cell, and Python prepares each: 10,000 lines of a workbook are 220,000 of them.
Here the rows travel as one JSON text that PostgreSQL reads (`json_to_recordset`); types, constraints, triggers and
policies are those of the table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from os import urandom
from select import select
from typing import Any, TypeVar

import msgspec
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import CharField, Field, JSONField, Model, TextField
from django.db.models.expressions import DatabaseDefault
from psycopg.pq.abc import PGconn

AT_ONCE, KEYED, POURED = 5000, 500, 20_000
VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
M = TypeVar("M", bound=Model)
Statement = tuple[str, Sequence[Any]]
"""A statement and its parameters."""


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


def uids(count: int) -> list[str]:
    """Return new identifiers (RFC 9562, version 4) as texts, at a tenth of the cost of `uuid4` one by one."""
    drawn = urandom(16 * count).hex()
    return [
        f"{drawn[at:at + 8]}-{drawn[at + 8:at + 12]}-4{drawn[at + 13:at + 16]}-{VARIANT[drawn[at + 16]]}"
        f"{drawn[at + 17:at + 20]}-{drawn[at + 20:at + 32]}"
        for at in range(0, 32 * count, 32)
    ]  # fmt: skip


def numbers(model: type[Model], count: int) -> list[int]:
    """Reserve the numbers (`id`) of rows to pour. One query.

    The role needs USAGE on the sequence of the table: it learns a number, and reads no row.
    """
    table, key = model._meta.db_table, str(model._meta.pk.column)
    drawn = (  # the sequence looked for once, not once a number
        "WITH kept AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS at) "
        "SELECT nextval(kept.at) FROM kept, generate_series(1, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(drawn, [table, key, count])
        return [number for (number,) in cursor.fetchall()]


def pour(model: type[Model], columns: Mapping[str, Sequence[Any]], **common: object) -> None:
    """Insert rows given column by column (« placement_id »), without making an object of each.

    All columns have the same length; `common`: columns that are the same in all rows. The others are NULL, or what the
    database gives (« id » when it is not among the columns). JSON is never null. Nothing is read back: who
    needs their numbers reserves them (`numbers`). Only inside an operation: types, constraints, triggers, policies
    hold. Half the time of rows as objects: nothing names a column again in each of them.
    """
    pour_parts(model, _cut(columns), **common)


def _cut(columns: Mapping[str, Sequence[Any]]) -> Iterator[Mapping[str, Sequence[Any]]]:
    for start in range(0, len(next(iter(columns.values()))), POURED):
        yield {name: column[start : start + POURED] for name, column in columns.items()}


def pour_parts(model: type[Model], parts: Iterable[Mapping[str, Sequence[Any]]], **common: object) -> None:
    """Insert rows as `pour` does, a part (of `POURED` rows at most) after the other, of the same columns.

    Each part is asked for while the database writes the one before. What makes them may not query the database. Rows
    without a « uid » are given one here: some builds of PostgreSQL open a file of the system for each that they draw.
    """
    _one_ahead(_poured(model, columns, common) for columns in parts)


def _poured(model: type[Model], columns: Mapping[str, Sequence[Any]], common: Mapping[str, object]) -> Statement:
    if "uid" not in columns:
        columns = {"uid": uids(len(next(iter(columns.values())))), **columns}
    sql, given, plainly = _pouring(model, tuple(columns), tuple(common))
    values = [field.get_db_prep_save(common[field.attname], connection) for field in given]
    cells = [
        f"{{{cell[1:-1]}}}" if plain else cell
        for cell, plain in zip(map(_encoded, columns.values()), plainly, strict=True)
    ]
    return sql, [*values, *cells]


def insert_keyed(rows: Iterable[M]) -> None:
    """Insert new rows that have their key already: nothing is read back, as for a journal whose writer may not read it.

    Many go a part after the other, each made while the database writes the one before: what makes them may not query.
    """
    made = iter(rows)
    parts = iter(lambda: list(islice(made, KEYED)), [])
    first = next(parts, [])
    if len(first) < KEYED:
        insert(first)
    else:
        _one_ahead(map(_inserting, chain((first,), parts)))


def _one_ahead(statements: Iterable[Statement]) -> None:
    """Run statements, each made while the database runs the one before."""
    with connection.cursor() as cursor, connection.wrap_database_errors, connection.connection.pipeline() as pipeline:
        waiting = False
        for sql, params in statements:
            if waiting:
                pipeline.sync()
            cursor.execute(sql, params)
            _hand_over(connection.connection.pgconn)
            waiting = True
        if waiting:
            pipeline.sync()


def _encoded(column: Sequence[Any]) -> str:
    return msgspec.json.encode(column, enc_hook=str).decode()


def _hand_over(wire: PGconn) -> None:
    """Give the server the whole of a long query now: the driver keeps what its socket does not take at once."""
    while wire.flush():
        select([], [wire.socket], [])


@lru_cache(maxsize=64)
def _pouring(
    model: type[Model], names: tuple[str, ...], common: tuple[str, ...]
) -> tuple[str, list["Field[Any, Any]"], list[bool]]:
    """The statement, the fields that all rows share, and which columns travel as arrays of PostgreSQL.

    Numbers, dates, identifiers and codes do, cheaper to read; texts and JSON travel as JSON, which escapes as it does.
    """
    quote, by_name = connection.ops.quote_name, {field.attname: field for field in model._meta.concrete_fields}
    own, given = [by_name[name] for name in names], [by_name[name] for name in common]
    into = ", ".join(quote(str(field.column)) for field in (*given, *own))
    same = "".join(f"%s::{field.db_type(connection)}, " for field in given)
    plainly = [bool(field.choices) or not isinstance(field, CharField | TextField | JSONField) for field in own]
    types = [field.db_type(connection) if not field.primary_key else "bigint" for field in own]
    read = ", ".join(
        quote(field.attname) if plain else f"{quote(field.attname)}::{kind}"
        for field, plain, kind in zip(own, plainly, types, strict=True)
    )
    lists = ", ".join(
        f"unnest(%s::{kind}[])" if plain
        else f"json_array_elements{'' if isinstance(field, JSONField) else '_text'}(%s::json)"
        for field, plain, kind in zip(own, plainly, types, strict=True)
    )  # fmt: skip
    names_of = ", ".join(quote(field.attname) for field in own)
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({into}) SELECT {same}{read} "
        f"FROM ROWS FROM ({lists}) AS cells({names_of})"
    ), given, plainly


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
    with connection.cursor() as cursor:
        cursor.execute(*_inserting(rows, missing=missing))
        return {} if rows[0].pk is not None else {answer[0]: answer[1:] for answer in cursor.fetchall()}


def _inserting(rows: Sequence[M], *, missing: bool = False) -> Statement:
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
    return _statement(model, keyed, missing), [cells]


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
