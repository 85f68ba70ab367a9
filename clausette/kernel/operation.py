"""The only way to write: one function per verb, one transaction, one journal event with before and after."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet
from django.utils.module_loading import autodiscover_modules

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed, Refusal
from clausette.kernel.integrity import sentence_of
from clausette.kernel.steps import step
from clausette.kernel.writing import StrayWrite, writing

__all__ = [
    "Change", "Silent", "StrayWrite", "about", "after_commit", "because", "beside", "change", "created", "isolated",
    "lock", "lock_all", "operation", "set_recorder", "settle", "together", "verbs", "watch", "witnessing", "writing",
]  # fmt: skip

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)
Values = dict[str, Any]


class Silent(Exception):
    """An operation that touched no row: it would leave no trace in the journal. A fault of the program."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one operation did to one row: the fields that changed, before (None: created) and after.

    `beside`: what it did to rows that have no event of their own, told with this one: identifiers and figures only.
    """

    verb: str
    actor: Actor
    row: Model
    before: Values | None
    after: Values
    reason: str
    contract_id: int | None
    beside: Values = field(default_factory=dict)


Recorder = Callable[[Sequence[Change]], None]


@dataclass(slots=True)
class _Act:
    verb: str
    subjects: list[tuple[Model, Values | None]] = field(default_factory=list)
    reason: str = ""
    contract_id: int | None = None
    beside: dict[int, Values] = field(default_factory=dict)


_act: ContextVar[_Act | None] = ContextVar("act", default=None)
_witnesses: ContextVar[tuple[list[Change], ...]] = ContextVar("witnesses", default=())
_together: ContextVar[bool] = ContextVar("together", default=False)
_verbs: set[str] = set()
_recorder: Recorder | None = None


def set_recorder(recorder: Recorder) -> None:
    """Plug in what writes the journal (called once by the journal room at start)."""
    global _recorder
    _recorder = recorder


def verbs() -> list[str]:
    """Return every verb of the house, sorted: all operations are loaded first, as they register by being read."""
    autodiscover_modules("operations", "install")
    return sorted(_verbs)


def _current() -> _Act:
    act = _act.get()
    if act is None:
        raise StrayWrite("lock, created, because and about are only known inside an operation")
    return act


def _values(row: Model) -> Values:
    return {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname in row.__dict__}


def lock(rows: QuerySet[M], **lookup: object) -> M:
    """Lock one row until the end of the transaction and remember it as it was.

    Raises Absent when it does not exist for the actor, NotAllowed when it is seen but may not be changed.
    """
    act = _current()
    try:
        row = rows.select_for_update(of=("self",), no_key=True).get(**lookup)
    except ObjectDoesNotExist:
        # the policies of UPDATE hide from a lock what may only be read
        if rows.filter(**lookup).exists():
            raise NotAllowed("Votre organisation peut lire ceci, mais pas le modifier.") from None
        raise Absent(rows.model._meta.label) from None
    act.subjects.append((row, _values(row)))
    return row


def lock_all(rows: QuerySet[M]) -> list[M]:
    """Lock rows in the order of their key, all in one query, and remember them as they were.

    Rows that the actor may read and not change are left out.
    """
    act = _current()
    found = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))
    act.subjects.extend((row, _values(row)) for row in found)
    return found


def watch(row: M) -> M:
    """Remember a row as it is, before a database function (not the ORM) changes it in this operation."""
    _current().subjects.append((row, _values(row)))
    return row


def created(row: M) -> M:
    """Announce a new row (and insert it when it is not yet); it is journalled with all its fields."""
    if row._state.adding:
        row.save(force_insert=True)
    _current().subjects.append((row, None))
    return row


def change(row: M, **values: object) -> M:
    """Set fields of a locked row and write exactly these."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


def beside(row: Model, **values: object) -> None:
    """Tell in the event of a row what was done to rows that have none of their own: many lines of one statement.

    Identifiers and figures only: nothing here is left out as personal.
    """
    _current().beside.setdefault(id(row), {}).update(values)


def because(reason: str) -> None:
    """Keep the reason given by the person in the event of this operation."""
    _current().reason = reason


def about(*, contract_id: int) -> None:
    """Say which contract the event concerns, when the rows do not carry it."""
    _current().contract_id = contract_id


@contextmanager
def isolated() -> Iterator[None]:
    """A savepoint: what fails inside is undone, the transaction goes on (line by line imports)."""
    with transaction.atomic():
        yield


@contextmanager
def witnessing() -> Iterator[list[Change]]:
    """Collect what the operations inside do to rows: all that one batch made, so that it can be undone.

    What a savepoint undid stays in the list: who opens one cuts the list back.
    """
    seen: list[Change] = []
    token = _witnesses.set((*_witnesses.get(), seen))
    try:
        yield seen
    finally:
        _witnesses.reset(token)


@contextmanager
def together() -> Iterator[None]:
    """All of these operations or none; what the commit would check is checked once, at the end, for all of them.

    A broken constraint comes out as a Refusal with its French sentence, as out of one operation.
    """
    outermost = _act.get() is None and not _together.get()
    token = _together.set(True)
    try:
        with transaction.atomic():
            yield
            if outermost:
                with step("checks of the commit"):
                    settle()
    except IntegrityError as exc:
        raise Refusal(sentence_of(exc)) from exc
    finally:
        _together.reset(token)


def settle() -> None:
    """Check now what would be checked at commit, where the sentence can still reach the form."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def after_commit(call: Callable[[], None]) -> None:
    """Do this once the transaction is on the disk, never when it is undone: what no rollback could bring back."""
    transaction.on_commit(call)


def _changes(act: _Act, actor: Actor) -> list[Change]:
    found: list[Change] = []
    for row, before in act.subjects:
        after = _values(row)
        if before is not None:
            after = {name: value for name, value in after.items() if before.get(name) != value}
            before = {name: before.get(name) for name in after}
        told = act.beside.get(id(row), {})
        found.append(Change(act.verb, actor, row, before, after, act.reason, act.contract_id, told))
    # rows locked only to be safe leave no event, unless nothing else tells that the verb happened
    return [c for c in found if c.before is None or c.after or c.beside] or found[:1]


def _run(verb: str, outermost: bool, call: Callable[[], R], actor: Actor) -> R:
    act = _Act(verb)
    token = _act.set(act)
    try:
        with transaction.atomic(), writing(verb):
            result = call()
            if not act.subjects:
                raise Silent(verb)
            if _recorder is None:
                raise ImproperlyConfigured("No journal is plugged into kernel.operation.")
            changes = _changes(act, actor)
            _recorder(changes)
            for seen in _witnesses.get():
                seen.extend(changes)
            if outermost:
                with step("checks of the commit"):
                    settle()
            return result
    finally:
        _act.reset(token)


def operation(verb: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function with `actor` an operation: transaction, right to write, journal, its verb.

    The verb reads « room.noun.verb ». A broken constraint comes out as a Refusal with its French sentence.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(function).parameters
        if "actor" not in parameters or verb.count(".") != 2 or verb in _verbs:
            raise ImproperlyConfigured(
                f"{verb}: an operation takes `actor` and has its own « room.noun.verb »"
            )
        _verbs.add(verb)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs["actor"]
            if not isinstance(actor, Actor):
                raise TypeError(f"{verb}: actor must be an Actor")
            try:
                return _run(verb, _act.get() is None and not _together.get(), lambda: function(*args, **kwargs), actor)
            except IntegrityError as exc:
                raise Refusal(sentence_of(exc)) from exc

        return run

    return decorate
