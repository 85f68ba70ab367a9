"""FSE+ operations, their entries with what is missing, and questionnaires opened with the keys of the persons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.sealing import UNREADABLE, KeyDestroyed, KeyMissing, Keyring, Unreadable, keyring
from clausette.outcomes.models import (
    EntryQuestionnaire,
    ExitQuestionnaire,
    FundedEntry,
    FundedOperation,
    SensitiveAnswers,
)
from clausette.outcomes.queries.visibility import (
    entries_visible_to,
    funded_visible_to,
    leavings_visible_to,
    questionnaires_visible_to,
    sensitive_visible_to,
)
from clausette.outcomes.rules import (
    EntrySaid,
    ExitSaid,
    Participation,
    SensitiveSaid,
    Thresholds,
    exit_due_on,
    missing_at_entry,
    missing_at_exit,
    retention_end,
)
from clausette.outcomes.sealing import open_answers
from clausette.reference.facts.retention import RETENTION
from clausette.reference.queries import months_of, parameters_on


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One funded operation. `kept_until`: last day of the retention, None before the last payment."""

    id: int
    uid: UUID
    name: str
    code: str
    funder: str
    assists_people: bool
    starts_on: date
    ends_on: date | None
    last_paid_on: date | None
    kept_until: date | None
    entries: int


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry. `rank`: 2 when the person came back. `unreadable`: why answers cannot be opened, « » otherwise."""

    id: int
    uid: UUID
    participant_uid: UUID
    person_name: str
    born_on: date
    sex_label: str
    operation: OperationLine
    rank: int
    entered_on: date
    left_on: date | None
    exit_due_on: date | None
    version: int = 0
    signed_on: date | None = None
    notice_on: date | None = None
    said: EntrySaid | None = None
    sensitive: SensitiveSaid | None = None
    leaving_version: int = 0
    answered_on: date | None = None
    at_exit: ExitSaid | None = None
    unreadable: str = ""

    @property
    def missing_entry(self) -> tuple[str, ...]:
        """Keys of what the entry questionnaire lacks."""
        if not self.operation.assists_people:
            return ()
        return missing_at_entry(self.said, self.sensitive, signed=self.signed_on is not None)

    @property
    def missing_exit(self) -> tuple[str, ...]:
        """Keys of what the exit questionnaire lacks; nothing before the exit."""
        if not self.operation.assists_people or self.left_on is None:
            return ()
        return missing_at_exit(self.at_exit)

    @property
    def exit_waits(self) -> bool:
        """Whether the person left and the exit questionnaire lacks something."""
        return bool(self.missing_exit)

    @property
    def participation(self) -> Participation:
        """What the indicators see."""
        said, private = self.said or EntrySaid(), self.sensitive or SensitiveSaid()
        return Participation(self.participant_uid, self.born_on, self.entered_on, said, private, self.at_exit)


def thresholds_on(on: date) -> Thresholds:
    """Return the ages and durations of the indicators (dated parameters)."""
    values = parameters_on(on)
    names = ("child_age", "young_age", "senior_age", "short_age", "short_months", "long_months")
    return Thresholds(**{name: int(values[f"fse_{name}"]) for name in names})


_KEPT = next(row for row in RETENTION if row.code == "fse")


def _operation(row: FundedOperation, entries: int = 0) -> OperationLine:
    kept = retention_end(row.last_paid_on, _KEPT.months) if row.last_paid_on else None
    return OperationLine(
        row.pk, row.uid, row.name, row.code, row.funder, row.assists_people, row.starts_on, row.ends_on,
        row.last_paid_on, kept, entries,
    )  # fmt: skip


def funding_of(*, actor: Actor, person: int) -> tuple[OperationLine, ...]:
    """Return the operations of assistance in which a person (internal number) entered: what their retention holds.

    One query. An operation without a last payment has no end yet.
    """
    entries = entries_visible_to(actor).filter(participant_id=person, withdrawn_at=None, operation__assists_people=True)
    found = {entry.operation_id: entry.operation for entry in entries.select_related("operation").order_by("id")}
    return tuple(_operation(row) for row in found.values())


def funded_operations(*, actor: Actor) -> tuple[OperationLine, ...]:
    """Return the operations of the structure, the last one first (two queries)."""
    counted = entries_visible_to(actor).filter(withdrawn_at=None).order_by().values("operation_id")
    counts = {row["operation_id"]: row["n"] for row in counted.annotate(n=Count("id"))}
    rows = funded_visible_to(actor).order_by("-starts_on", "-id")
    return tuple(_operation(row, counts.get(row.pk, 0)) for row in rows)


def funded_operation(*, actor: Actor, uid: UUID) -> OperationLine:
    """Return one operation. Raises Absent."""
    row = funded_visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("outcomes.FundedOperation")
    return _operation(row, entries_visible_to(actor).filter(operation_id=row.pk, withdrawn_at=None).count())


@dataclass(slots=True)
class _Opened:
    """Answers of some entries, by entry."""

    first: dict[int, EntryQuestionnaire] = field(default_factory=dict)
    private: dict[int, SensitiveAnswers] = field(default_factory=dict)
    last: dict[int, ExitQuestionnaire] = field(default_factory=dict)


def _answers(actor: Actor, ids: Sequence[int]) -> _Opened:
    """The last version of each questionnaire (three queries)."""
    found = _Opened()
    for row in questionnaires_visible_to(actor).filter(entry_id__in=ids).order_by("version"):
        found.first[row.entry_id] = row
    kept = {row.pk: entry for entry, row in found.first.items()}
    for private in sensitive_visible_to(actor).filter(questionnaire_id__in=list(kept)).order_by("id"):
        found.private[kept[private.questionnaire_id]] = private
    for leaving in leavings_visible_to(actor).filter(entry_id__in=ids).order_by("version"):
        found.last[leaving.entry_id] = leaving
    return found


ERASED = "réponses effacées"


def _read(ring: Keyring, person: UUID, kind: Any, row: Any) -> tuple[Any, str]:
    if row is None:
        return None, ""
    try:
        if row.sealed is None:
            raise KeyDestroyed
        return open_answers(ring, kind, person=person, row=row.uid, sealed=row.sealed), ""
    except KeyDestroyed:
        return None, ERASED
    except (KeyMissing, Unreadable):
        return None, UNREADABLE


def _lines(actor: Actor, rows: QuerySet[FundedEntry], on: date) -> tuple[EntryLine, ...]:
    entries = list(rows.select_related("operation", "participant"))
    ids = [row.pk for row in entries]
    opened, ranks = _answers(actor, ids), _ranks(actor, entries)
    ring = keyring({row.participant.uid for row in entries if row.pk in opened.first or row.pk in opened.last})
    days = months_of(parameters_on(on), "fse_exit_days")
    return tuple(_line(row, ranks[row.pk], opened, ring, days) for row in entries)


def _ranks(actor: Actor, entries: Sequence[FundedEntry]) -> Mapping[int, int]:
    """1 for the first entry of a person in an operation, 2 when they came back."""
    persons = {row.participant_id for row in entries}
    every = entries_visible_to(actor).filter(participant_id__in=persons, withdrawn_at=None).order_by("entered_on", "id")
    seen: dict[tuple[int, int], int] = {}
    found = {}
    for pk, person, operation in every.values_list("id", "participant_id", "operation_id"):
        seen[person, operation] = found[pk] = seen.get((person, operation), 0) + 1
    return found


def _line(row: FundedEntry, rank: int, opened: _Opened, ring: Keyring, days: int) -> EntryLine:
    person, first, last = row.participant, opened.first.get(row.pk), opened.last.get(row.pk)
    said, why = _read(ring, person.uid, EntrySaid, first)
    sensitive, _ = _read(ring, person.uid, SensitiveSaid, opened.private.get(row.pk))
    at_exit, gone = _read(ring, person.uid, ExitSaid, last)
    return EntryLine(
        row.pk, row.uid, person.uid, f"{person.last_name} {person.first_name}", person.birth_date,
        person.get_sex_display(), _operation(row.operation), rank, row.entered_on, row.left_on,
        exit_due_on(row.left_on, days) if row.left_on else None,
        version=first.version if first else 0, signed_on=first.signed_on if first else None,
        notice_on=first.notice_on if first else None, said=said, sensitive=sensitive,
        leaving_version=last.version if last else 0, answered_on=last.answered_on if last else None, at_exit=at_exit,
        unreadable=why or gone,
    )  # fmt: skip


def _kept(actor: Actor) -> QuerySet[FundedEntry]:
    return entries_visible_to(actor).filter(withdrawn_at=None)


def entries_of_operation(*, actor: Actor, operation_id: int, on: date) -> tuple[EntryLine, ...]:
    """Return the entries of an operation, by day then name, with their answers (five queries)."""
    rows = _kept(actor).filter(operation_id=operation_id)
    return _lines(actor, rows.order_by("entered_on", "participant__sort_key", "id"), on)


def entries_of_person(*, actor: Actor, participant_id: int, on: date) -> tuple[EntryLine, ...]:
    """Return the entries of a person, the last one first (five queries, one when there is none)."""
    rows = _kept(actor).filter(participant_id=participant_id).order_by("-entered_on", "-id")
    return _lines(actor, rows, on) if rows.exists() else ()


def entry_line(*, actor: Actor, uid: UUID, on: date) -> EntryLine:
    """Return one entry with its answers. Raises Absent."""
    found = _lines(actor, _kept(actor).filter(uid=uid).order_by("id"), on)
    if not found:
        raise Absent("outcomes.FundedEntry")
    return found[0]


@dataclass(frozen=True, slots=True)
class ExitDue:
    """A person who left an operation, whose exit questionnaire lacks something; `due_on`: its last day."""

    entry_uid: UUID
    participant_uid: UUID
    name: str
    operation_name: str
    due_on: date


def fse_exits_due(*, actor: Actor, on: date, participant_ids: Iterable[int] | None = None) -> tuple[ExitDue, ...]:
    """Return the exit questionnaires to fill or to complete, the soonest due first (one query, no answer opened)."""
    if not actor.can("facilitator"):
        return ()
    days = timedelta(days=months_of(parameters_on(on), "fse_exit_days"))
    told = leavings_visible_to(actor).filter(entry_id=OuterRef("pk")).order_by("-version").values("is_complete")[:1]
    rows = _kept(actor).annotate(complete=Coalesce(Subquery(told), False)).filter(complete=False)
    rows = rows.filter(operation__assists_people=True, participant__erased_on=None, left_on__lte=on)
    if participant_ids is not None:
        rows = rows.filter(participant_id__in=list(participant_ids))
    person = ("participant__uid", "participant__first_name", "participant__last_name")
    values = ("uid", *person, "operation__name", "left_on")
    return tuple(
        ExitDue(uid, whose, f"{first} {last}", name, left_on + days)
        for uid, whose, first, last, name, left_on in rows.order_by("left_on", "id").values_list(*values)
    )
