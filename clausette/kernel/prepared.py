"""A reading whose SQL is written once by process, and run again with other values.

Writing the SQL of a scoped query costs the ORM 1 to 5 ms of Python, more than the database takes to answer: half of
the time of a page (ADR 0011). A prepared reading is a function that returns a queryset; it is called once for each
shape of arguments, with marks in the place of the values, and what it wrote is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import wraps
from itertools import count
from typing import Any, Literal, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from clausette.kernel import scope
from clausette.kernel.actor import Actor

P = ParamSpec("P")
Row = TypeVar("Row")
LEAST = -(10**12)
"""Marks of numbers are below; no internal number is."""
EARLIEST = date(1000, 1, 1)
"""Marks of days are before; no day of the trade is."""
SHAPES = 100
"""Beyond, the shapes of a reading are forgotten and written again."""


class Unprepared(Exception):
    """A prepared reading that does something of a value before the database has it: a fault of the program."""


class Among(Func):
    """« The column is one of these », numbers, uids, days or words, as one parameter whatever their number."""

    output_field = BooleanField()
    arg_joiner = " = ANY ("
    template = "%(expressions)s::%(of)s[])"

    def __init__(
        self, column: str, values: Iterable[int] | Iterable[UUID] | Iterable[date] | Iterable[str],
        of: Literal["bigint", "uuid", "date", "text"] = "bigint",
    ) -> None:
        super().__init__(F(column), Value(list(values)), of=of)


Slot = tuple[Callable[[Any], Any] | None, Any]
"""(how the driver wraps it, place of the value among those of the call), or (None, constant)."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an iterable of the ORM needs of its queryset."""

    query: Query
    db: str = DEFAULT_DB_ALIAS
    _known_related_objects: dict[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL of one shape, and where each of its parameters comes from; the ORM makes rows of what it answers."""

    rows_of: type[Any]
    query: Query
    compiler: SQLCompiler
    sql: str
    slots: tuple[Slot, ...]

    def rows(self, values: Sequence[Any]) -> list[Any]:
        """Run it with the values of a call."""
        parameters = tuple(wrap(values[what]) if wrap else what for wrap, what in self.slots)
        query: Any = copy(self.query)
        compiler: Any = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # of this thread
        compiler.as_sql = lambda *_args, **_options: (self.sql, parameters)
        query.get_compiler = lambda *_args, **_options: compiler
        return list(self.rows_of(_Asked(query)))


class _Marks:
    """Values that stand for others while the SQL is written, each of a kind that no true value has."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self._next = count(1)

    def of(self, value: Any) -> Any:
        """Return the mark of a value, the argument itself when it belongs to the shape."""
        if not _is_value(value):
            return value
        rank = next(self._next)
        if isinstance(value, list):
            mark: Any = [LEAST - rank]
        elif isinstance(value, date):
            mark = date(rank, 7, 13)  # neither first nor last of anything
        else:
            mark = UUID(int=rank) if isinstance(value, UUID) else LEAST - rank
        self.made.append(mark)
        return mark

    def slot(self, value: Any) -> Slot:
        """Where a parameter comes from. Raises Unprepared when it was made out of a mark."""
        for place, mark in enumerate(self.made):
            if isinstance(value, type(mark)) and mark == value:
                return _as_it_is if type(value) is type(mark) else type(value), place
        if _looks_made(value):
            raise Unprepared(f"A parameter was made out of a value: {value!r}")
        return None, value


def _as_it_is(value: Any) -> Any:
    return value


def _looks_made(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, list | tuple):
        return any(_looks_made(one) for one in value)
    if isinstance(value, date):
        return date(value.year, value.month, value.day) < EARLIEST
    return isinstance(value, int) and value < LEAST // 2


def _is_value(argument: Any) -> bool:
    if isinstance(argument, datetime):
        raise Unprepared("An instant is not a value of a prepared reading.")
    return isinstance(argument, int | list | date | UUID) and not isinstance(argument, bool)


def _taken(arguments: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """The shape of a call and its values: numbers, lists of numbers, days, uids are values; the rest is shape."""
    shape: list[Any] = []
    values: list[Any] = []
    for one in arguments:
        if isinstance(one, Actor):
            shape.append((one.capabilities, one.is_admin, one.deposit))
            values += (one.account_id, one.organisation_id)
        elif _is_value(one):
            shape.append(type(one))
            values.append(one)
        else:
            shape.append(one)
    return shape, values


def _marked(arguments: Iterable[Any], marks: _Marks) -> list[Any]:
    return [
        replace(
            one, account_id=marks.of(one.account_id), organisation_id=marks.of(one.organisation_id),
            account_name="", organisation_name="", slug="",
        )
        if isinstance(one, Actor)
        else marks.of(one)
        for one in arguments
    ]  # fmt: skip


def _written(queryset: QuerySet[Any, Any], marks: _Marks, unused: int) -> _Written | None:
    """`unused`: how many of the first marks need not be in the SQL."""
    made: Any = queryset
    if made._prefetch_related_lookups:  # noqa: SLF001  # no public word for it
        raise Unprepared("A prepared reading is one query: nothing is prefetched.")
    compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    slots = tuple(marks.slot(value) for value in parameters)
    used = {what for wrap, what in slots if wrap}
    lost = set(range(unused, len(marks.made))) - used
    if lost:
        raise Unprepared(f"A value is not a parameter of the SQL: argument {min(lost)}.")
    kind = made._iterable_class  # noqa: SLF001  # no public word for how rows are made
    return _Written(kind, queryset.query, compiler, sql, slots)


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Make a function that returns a queryset into a prepared reading, which returns its rows as a list.

    Its first argument is the actor. Numbers, lists of numbers (for `Among`), days and uids must reach the database as
    they are; the other arguments, and the capabilities of the actor, make another shape, written apart. What it writes
    under a scope replaced by a test is kept apart too.
    Raises Unprepared, at the first call of a shape, when a value does not reach the database as it is.
    """
    known: dict[Any, _Written | None] = {}

    @wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        shape, values = _taken((*args, *kwargs.values()))
        key = (scope.apply, len(args), *kwargs, *shape)
        if key not in known:
            if len(known) >= SHAPES:
                known.clear()
            marks = _Marks()
            marked = _marked((*args, *kwargs.values()), marks)
            queryset = build(*marked[: len(args)], **dict(zip(kwargs, marked[len(args) :], strict=True)))
            # the account and the organisation of the actor need not both be named
            known[key] = _written(queryset, marks, 2 if any(isinstance(one, Actor) for one in args) else 0)
        written = known[key]
        return written.rows(values) if written else []

    return rows
