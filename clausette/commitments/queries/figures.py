"""What many engagements owe as of a day, whatever their kind: a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import DecimalField, QuerySet, Value

from clausette.commitments.enums import CommitmentKind, PartStatus, Rounding, VersionReason
from clausette.commitments.models import BaseHours, CommitmentVersion
from clausette.commitments.queries.visibility import (
    base_hours_visible_to,
    commitments_visible_to,
    parts_visible_to,
    versions_visible_to,
)
from clausette.commitments.rules import (
    ON_A_BASIS,
    BasePeriod,
    DueFigures,
    Owing,
    Part,
    Pause,
    PerAmount,
    ShareOfHours,
    pauses_of,
)
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared

Figures = DueFigures
Amount = tuple[str, date, Decimal]
"""Kind (ordered, invoiced), day, € HT."""
PARTS = frozenset(PartStatus.values)
STOPS = (VersionReason.SUSPENSION.value, VersionReason.RESUMPTION.value)
OWES = ("id", "kind", "starts_on", "ends_on")
"""What must be known of an engagement to say what it owes."""
SAID = (
    "commitment_id", "number", "reason", "effective_on", "ends_on", "rounding", "euros_per_hour", "beyond_ht",
    "amount_base", "estimated_ht", "hours_share", "estimated_base", "moved_hours",
)  # fmt: skip


@prepared
def _parts_and_versions(actor: Actor, ids: list[int], as_of: date) -> QuerySet[Any, tuple[Any, ...]]:
    """Parts of any version, and the versions told by a day: which is in force is said beside (`schedules_in_force`).

    Of many engagements, the database would weigh the rights on each part of the versions in force, one after the other.
    """
    parts = parts_visible_to(actor).filter(Among("commitment_id", ids)).order_by()
    versions = versions_visible_to(actor).filter(Among("commitment_id", ids), effective_on__lte=as_of).order_by()
    none = Value(Decimal(0), output_field=DecimalField(max_digits=10, decimal_places=2))
    columns = ("commitment_id", "status", "starts_on", "id", "ends_on", "hours", "version_id")
    return parts.values_list(*columns).union(
        versions.values_list("commitment_id", "reason", "effective_on", "number", "ends_on", none, "id"), all=True
    )


Schedules = tuple[Mapping[int, Sequence[Part]], Mapping[int, Sequence[tuple[date, VersionReason]]]]
"""Parts in force, suspensions and resumptions told, by engagement."""


def schedules_in_force(actor: Actor, ids: Collection[int], as_of: date) -> Schedules:
    """Parts in force on a day, and the suspensions and resumptions told by then, by engagement: one query."""
    rows = sorted(_parts_and_versions(actor, list(ids), as_of), key=lambda row: (row[2], row[3]))
    held: dict[int, list[Part]] = defaultdict(list)
    told: dict[int, list[tuple[date, VersionReason]]] = defaultdict(list)
    latest = {owed: version for owed, word, *_, version in rows if word not in PARTS}
    for owed, word, day, _, ends_on, hours, version in rows:
        if word in STOPS:
            told[owed].append((day, VersionReason(word)))
        elif word in PARTS and latest.get(owed) == version:
            held[owed].append(Part(hours, day, ends_on, PartStatus(word)))
    return held, told


def _said(actor: Actor, ids: Collection[int], as_of: date) -> dict[int, Mapping[str, Any]]:
    """The versions in force on a day of engagements on a basis (one query)."""
    return {row["commitment_id"]: row for row in _terms(actor, list(ids), as_of)}


@prepared
def _terms(actor: Actor, ids: list[int], as_of: date) -> QuerySet[CommitmentVersion, dict[str, Any]]:
    rows = versions_visible_to(actor).filter(Among("commitment_id", ids), effective_on__lte=as_of)
    said: QuerySet[CommitmentVersion, dict[str, Any]] = rows.order_by("effective_on", "number").values(*SAID)
    return said


@prepared
def _periods(actor: Actor, ids: list[int]) -> QuerySet[BaseHours, tuple[Any, ...]]:
    rows = base_hours_visible_to(actor).filter(Among("commitment_id", ids), withdrawn_on=None)
    return rows.order_by("starts_on", "id").values_list("commitment_id", "starts_on", "ends_on", "hours")


def periods_of(actor: Actor, ids: Collection[int]) -> dict[int, list[BasePeriod]]:
    """Hours worked declared and not withdrawn, by engagement (one query)."""
    found: dict[int, list[BasePeriod]] = defaultdict(list)
    for owed, starts_on, ends_on, hours in _periods(actor, list(ids)):
        found[owed].append(BasePeriod(starts_on, ends_on, hours))
    return found


def amounts_of_commitments(ids: Collection[int], as_of: date) -> dict[int, list[Amount]]:
    """Orders and invoices that make hours due up to a day, by engagement (one query, a function of the database)."""
    found: dict[int, list[Amount]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commitment_id, kind, on_day, amount_ht FROM sec.amounts_owed(%s) WHERE on_day <= %s"
            " ORDER BY on_day",
            [list(ids), as_of],
        )
        for owed, kind, day, amount in cursor.fetchall():
            found[owed].append((kind, day, amount))
    return found


def owings(
    *, actor: Actor, owed: Sequence[Mapping[str, Any]], as_of: date, schedules: Schedules | None = None
) -> dict[int, Owing]:
    """Return what visible engagements (columns OWES) owe as known on `as_of`, by internal number.

    One query; one more when an engagement rests on a basis, then one for hours worked and one for amounts. `schedules`:
    of these engagements on that day when already read: one query less.
    """
    if not owed:
        return {}
    kinds = {row["id"]: CommitmentKind(row["kind"]) for row in owed}
    based = [pk for pk, kind in kinds.items() if kind in ON_A_BASIS]
    shared = [pk for pk in based if kinds[pk] == CommitmentKind.SHARE_OF_HOURS]
    parts, stops = schedules_in_force(actor, kinds, as_of) if schedules is None else schedules
    said = _said(actor, based, as_of) if based else {}
    periods = periods_of(actor, shared) if shared else {}
    metered = [pk for pk in based if kinds[pk] == CommitmentKind.PER_AMOUNT]
    amounts = amounts_of_commitments(metered, as_of) if metered else {}
    return {
        row["id"]: owing_of(
            row,
            parts=parts.get(row["id"], ()),
            pauses=pauses_of(stops.get(row["id"], ())),
            said=said.get(row["id"]),
            periods=periods.get(row["id"], ()),
            amounts=amounts.get(row["id"], ()),
        )
        for row in owed
    }


def owing_of(
    row: Mapping[str, Any],
    *,
    parts: Sequence[Part],
    pauses: tuple[Pause, ...],
    said: Mapping[str, Any] | None,
    periods: Sequence[BasePeriod],
    amounts: Sequence[Amount],
) -> Owing:
    """Return what an engagement (columns OWES) owes from what is known on a day.

    `said`: its version in force (columns SAID), needed when its hours rest on a basis.
    """
    kind = CommitmentKind(row["kind"])
    if said is None or kind not in ON_A_BASIS:
        return Owing(kind, row["ends_on"], tuple(parts), pauses)
    shared = kind == CommitmentKind.SHARE_OF_HOURS
    basis = _share(row, said, pauses, periods) if shared else _per_amount(said, amounts)
    return Owing(kind, said["ends_on"], tuple(parts), pauses, basis, said["moved_hours"])


def _share(
    row: Mapping[str, Any], said: Mapping[str, Any], pauses: tuple[Pause, ...], periods: Sequence[BasePeriod]
) -> ShareOfHours:
    return ShareOfHours(
        share=said["hours_share"],
        starts_on=row["starts_on"],
        ends_on=said["ends_on"],
        rounding=Rounding(said["rounding"]),
        estimated_base=said["estimated_base"],
        periods=tuple(periods),
        pauses=pauses,
    )


def _per_amount(said: Mapping[str, Any], amounts: Sequence[Amount]) -> PerAmount:
    return PerAmount(
        euros_per_hour=said["euros_per_hour"],
        beyond=said["beyond_ht"] or Decimal(0),
        rounding=Rounding(said["rounding"]),
        estimated_ht=said["estimated_ht"],
        amounts=tuple((day, amount) for kind, day, amount in amounts if kind == said["amount_base"]),
    )


def owings_for(
    *, actor: Actor, commitment_ids: Collection[int] | None = None, as_of: date
) -> dict[int, Owing]:
    """Return the same from internal numbers, None for all that is visible (one query more)."""
    rows = commitments_visible_to(actor).order_by("id")
    if commitment_ids is not None:
        rows = rows.filter(pk__in=list(commitment_ids))
    return owings(actor=actor, owed=list(rows.values(*OWES)), as_of=as_of)


def figures_for(
    *, actor: Actor, commitment_ids: Collection[int] | None = None, as_of: date
) -> dict[int, Figures]:
    """Return the three figures of the visible engagements on `as_of`, by internal number."""
    known = owings_for(actor=actor, commitment_ids=commitment_ids, as_of=as_of)
    return {pk: owing.figures(as_of) for pk, owing in known.items()}
