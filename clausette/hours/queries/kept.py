"""The progress already read: kept by the worker, good until something it rests on is written (ADR 0016)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.queries import Schedules, commitments_visible_to, owings
from clausette.hours.models import KeptProgress, StaleProgress
from clausette.hours.queries.found import MANY
from clausette.hours.queries.reading import OWED, Progress, expected_and_counted, progress_of_known
from clausette.hours.queries.visible import PILOTS, owes
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.scope import narrow
from clausette.procurement.queries import takes_part

RULES = 3
"""Version of what a reading says and of the rules behind it: raise it when either changes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One engagement read: its progress, and what its schedule asks of the civil year."""

    progress: Progress
    due_in_year: Decimal


# the same text is the same reading, whoever reads it: a page has hundreds, and only those written since are new
_decode = lru_cache(maxsize=4096)(msgspec.json.Decoder(Reading).decode)
_encode = msgspec.json.Encoder().encode


def kept_visible_to(actor: Actor) -> QuerySet[KeptProgress]:
    """Readings of the engagements that the actor knows whole: held, shared, bought or owed."""
    return narrow(KeptProgress.objects.all(), Q(takes_part(actor, *PILOTS, "buyer")) | Q(owes(actor)))


def stale_visible_to(actor: Actor) -> QuerySet[StaleProgress]:
    """Marks, by the same rules."""
    return narrow(StaleProgress.objects.all(), Q(takes_part(actor, *PILOTS, "buyer")) | Q(owes(actor)))


def _good(actor: Actor, as_of: date) -> QuerySet[KeptProgress]:
    marks = StaleProgress.objects.filter(commitment_id=OuterRef("commitment_id"))
    return kept_visible_to(actor).filter(as_of=as_of, rules=RULES).exclude(Exists(marks)).order_by()


@prepared
def _all(actor: Actor, as_of: date) -> QuerySet[Any, tuple[Any, ...]]:
    return _good(actor, as_of).values_list("commitment_id", "reading")


@prepared
def _some(actor: Actor, as_of: date, ids: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    return _good(actor, as_of).filter(Among("commitment_id", ids)).values_list("commitment_id", "reading")


def kept_readings(*, actor: Actor, as_of: date, among: Collection[int] | None = None) -> dict[int, Reading]:
    """Return what is kept, and still good, of the engagements known whole, by internal number (one query).

    `among`: of these only; beyond MANY, all that is kept is read.
    """
    few = among is not None and len(among) <= MANY
    rows = _some(actor, as_of, list(among or ())) if few else _all(actor, as_of)
    return {owed: _decode(reading) for owed, reading in rows}


def progress_afresh(
    *, actor: Actor, owed: Sequence[Mapping[str, Any]], as_of: date, schedules: Schedules | None = None
) -> dict[int, Progress]:
    """Return the progress of visible engagements (columns OWED), made afresh under the rights of the actor.

    `schedules`: of these engagements on that day, when already read.
    """
    known = owings(actor=actor, owed=owed, as_of=as_of, schedules=schedules)
    figures = {pk: owing.figures(as_of) for pk, owing in known.items()}
    return progress_of_known(actor=actor, owed=owed, figures=figures, as_of=as_of)


def progress_kept(*, actor: Actor, commitment_ids: Collection[int], as_of: date) -> dict[int, Progress]:
    """Return the progress of these engagements that is kept and still good."""
    return {pk: one.progress for pk, one in kept_readings(actor=actor, as_of=as_of, among=commitment_ids).items()}


def readings_of(
    *, actor: Actor, owed: Collection[Mapping[str, Any]], as_of: date
) -> dict[int, Reading]:
    """Return the readings of visible engagements (columns OWED), made afresh under the rights of the actor."""
    return {pk: one for pk, (one, _) in _read(actor, list(owed), as_of).items()}


def _read(
    actor: Actor, owed: Sequence[Mapping[str, Any]], as_of: date
) -> dict[int, tuple[Reading, Sequence[date]]]:
    """Readings made afresh, each with the months of which something is expected."""
    known = owings(actor=actor, owed=owed, as_of=as_of)
    figures = {pk: owing.figures(as_of) for pk, owing in known.items()}
    first, last = date(as_of.year, 1, 1), date(as_of.year, 12, 31)
    return {
        pk: (Reading(progress, known[pk].due_between(first, last)), expected)
        for pk, (progress, expected) in expected_and_counted(actor, owed, figures, as_of).items()
    }


def readings_for(*, actor: Actor, rows: Sequence[tuple[Any, ...]], as_of: date) -> dict[int, Reading]:
    """Return the readings of visible engagements: those kept and still good, the others made afresh.

    `rows` begin with the columns OWED.
    """
    kept = kept_readings(actor=actor, as_of=as_of, among=[row[0] for row in rows])
    others = [dict(zip(OWED, row, strict=False)) for row in rows if row[0] not in kept]
    return kept | readings_of(actor=actor, owed=others, as_of=as_of) if others else kept


@dataclass(frozen=True, slots=True)
class ToKeep:
    """Readings made afresh, ready to be kept (number, text, months expected, revision before it was made), and the
    marks that were there before."""

    as_of: date
    rules: int
    readings: tuple[tuple[int, str, str, int], ...]
    marks: tuple[int, ...]


def readings_to_keep(*, actor: Actor, as_of: date) -> ToKeep:
    """Read again what is stale, of another day or of other rules, of the contracts that the actor's structure holds.

    Engagements « selon le montant » are never kept: they rest on orders and invoices of other contracts.
    """
    # the marks and what is kept first: what is written, or kept, while we read stays
    ours = Q(takes_part(actor, "pilot"))
    marks = dict(stale_visible_to(actor).filter(ours).order_by("id").values_list("id", "commitment_id"))
    columns = kept_visible_to(actor).filter(ours).order_by().values_list("commitment_id", "as_of", "rules", "revision")
    held = {owed: ((day, rules) == (as_of, RULES), revision) for owed, day, rules, revision in columns}
    stale = {*marks.values()}
    rows = commitments_visible_to(actor).filter(ours).exclude(kind=CommitmentKind.PER_AMOUNT).order_by("id")
    late = [row for row in rows.values(*OWED) if row["id"] in stale or not held.get(row["id"], (False, 0))[0]]
    made = _read(actor, late, as_of)
    readings = (
        (pk, _encode(one).decode(), f"{{{','.join(map(str, expected))}}}", held.get(pk, (False, 0))[1])
        for pk, (one, expected) in made.items()
    )
    return ToKeep(as_of, RULES, tuple(readings), tuple(marks))
