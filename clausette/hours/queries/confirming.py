"""Hours that a titulaire confirms or contests: what waits for its answer, both figures, where each line stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from clausette.hours.enums import ConfirmationState, ContestReason, HoursKind, LineState, StatementState
from clausette.hours.models import Confirmation, HoursLine
from clausette.hours.queries.people import Person, persons_of
from clausette.hours.queries.reopening import reopened_on
from clausette.hours.queries.visible import (
    PILOTS,
    lines_visible_to,
    owes,
    statements_visible_to,
)
from clausette.hours.rules.confirming import Standing, answered_figure, silent_on, standing
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.scope import narrow
from clausette.kernel.text import search_key
from clausette.participants.queries import eligibility_of
from clausette.procurement.queries import takes_part
from clausette.reference.queries import parameters_on

_LINE = (
    "id", "uid", "statement_id", "contract_id", "contract__common_name", "declarant_id", "declarant__name", "month",
    "commitment_id", "commitment__contractor_id", "commitment__contractor__name", "placement_id", "kind", "hours",
)  # fmt: skip
_ANSWER = (
    "uid", "statement_id", "placement_id", "commitment_id", "kind", "state", "declared", "hours", "reason_code",
    "decision_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """One line between an employer and a titulaire: what was declared, what was answered, where it stands.

    `theirs`: the figure of the titulaire when it contests; `declared`: the figure that it contested.
    """

    line_uid: UUID
    answer_uid: UUID | None
    person: str
    participant_uid: UUID | None
    kind: HoursKind
    hours: Decimal
    standing: Standing
    state: ConfirmationState | None
    declared: Decimal
    theirs: Decimal | None
    reason: ContestReason | None
    decision_reason: str
    contractor_name: str
    silent_on: date | None
    told: str = ""
    """« validé jusqu'au 3 mars 2027 »: what a firm reads of the eligibility of the person."""


@dataclass(frozen=True, slots=True)
class ConfirmationSheet:
    """The lines of one month and one declarant that wait for the titulaire, or have its answer."""

    contract_name: str
    month: date
    declarant_name: str
    lines: tuple[ToConfirm, ...]
    silent_on: date | None = None
    """From that day on, silence may be taken as « non contesté »."""

    @property
    def is_late(self) -> bool:
        """Whether silence may already be taken as « non contesté »."""
        return any(line.standing == Standing.SILENT for line in self.lines)

    @property
    def hours(self) -> Decimal:
        """What is declared."""
        return sum((line.hours for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two figures for the hours of one person in one month, and why the titulaire has another."""

    statement_uid: UUID
    month: date
    person: str
    declarant_name: str
    contractor_name: str
    declared: Decimal
    theirs: Decimal
    reason: ContestReason


def disagreement(*, actor: Actor, uid: UUID) -> Disagreement:
    """Return a contestation, on a contract piloted. Raises Absent."""
    row = confirmations_visible_to(actor).filter(takes_part(actor, *PILOTS), uid=uid, hours__isnull=False).first()
    names = confirmations_visible_to(actor).filter(uid=uid).values_list("declarant__name", "contractor__name").first()
    owner = statements_visible_to(actor).filter(pk=row.statement_id if row else 0).values_list("uid", flat=True).first()
    if row is None or names is None or owner is None or row.hours is None:
        raise Absent("hours.Confirmation")
    person = persons_of(actor=actor, placement_ids=[row.placement_id]).get(row.placement_id)
    return Disagreement(
        owner, row.month, person.name if person else "", names[0], names[1], row.declared, row.hours,
        ContestReason(row.reason_code),
    )  # fmt: skip


def confirmations_visible_to(actor: Actor) -> QuerySet[Confirmation]:
    """Answers on contracts piloted, on hours the actor declared, and those of the actor as titulaire."""
    ours = Q(contractor_id=actor.organisation_id) & Q(owes(actor))
    declared = Q(declarant_id=actor.organisation_id) & Q(takes_part(actor))
    return narrow(Confirmation.objects.all(), Q(takes_part(actor, *PILOTS)) | declared | ours)


def lines_to_confirm(actor: Actor) -> QuerySet[HoursLine]:
    """Visible lines handed over that another body than the titulaire declared, where the engagement asks its answer."""
    asked = lines_visible_to(actor).filter(
        state=LineState.DECLARED, corrects=None, commitment__confirmed_by_firm=True
    )
    return asked.exclude(commitment__contractor_id=F("declarant_id"))


def _owed(actor: Actor) -> list[dict[str, Any]]:
    rows = lines_to_confirm(actor).filter(commitment__contractor_id=actor.organisation_id)
    return list(rows.order_by("month", "id").values(*_LINE))


def confirmations_waiting(*, actor: Actor, on: date) -> tuple[ConfirmationSheet, ...]:
    """Return what the actor, as titulaire, has still to confirm or contest, the oldest month first.

    One query when nothing is asked, five otherwise.
    """
    return _sheets(actor, _owed(actor), on, (Standing.WAITING, Standing.SILENT))


def disagreements(*, actor: Actor, on: date) -> tuple[ConfirmationSheet, ...]:
    """Return what the actor, as titulaire, contested on months that still wait, decided or not."""
    return _sheets(actor, _owed(actor), on, (Standing.CONTESTED, Standing.SETTLED))


def _sheets(
    actor: Actor, rows: list[dict[str, Any]], on: date, wanted: Collection[Standing]
) -> tuple[ConfirmationSheet, ...]:
    handed = _handed({row["statement_id"] for row in rows}) if rows else {}
    found = _told(actor, rows, on, handed)
    kept = [row for row in rows if found[row["id"]].standing in wanted]
    told = _eligible(actor, {row["placement_id"] for row in kept}, on) if kept else {}
    sheets: dict[int, list[ToConfirm]] = defaultdict(list)
    for row in kept:
        sheets[row["statement_id"]].append(replace(found[row["id"]], told=told.get(row["placement_id"], "")))
    heads, days = {row["statement_id"]: row for row in rows}, confirmation_days(on)
    return tuple(
        ConfirmationSheet(
            heads[pk]["contract__common_name"], heads[pk]["month"], heads[pk]["declarant__name"], _by_name(lines),
            silent_on(handed[pk], days=days) if pk in handed else None,
        )
        for pk, lines in sheets.items()
    )  # fmt: skip


def _handed(statements: Collection[int]) -> dict[int, date]:
    """Since when each of these statements waits for the titulaire, which does not see it: handed over, or reopened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.handed_to_confirm(%s)", [list(statements)])
        return {pk: at.astimezone(PARIS).date() for pk, at in cursor.fetchall()}


def _eligible(actor: Actor, placements: Collection[int], on: date) -> dict[int, str]:
    """What a firm reads of the eligibility of the persons of these work contracts."""
    persons = persons_of(actor=actor, placement_ids=placements)
    standings = eligibility_of(actor=actor, participant_ids={one.participant_id for one in persons.values()}, on=on)
    return {pk: standings[one.participant_id].told_of_hired(one.starts_on) for pk, one in persons.items()}


def confirmations_of(
    *, actor: Actor, statement_ids: Collection[int], on: date
) -> dict[int, tuple[ToConfirm, ...]]:
    """Return, by statement that waits, the lines that its titulaire confirms; absent where none is asked.

    One query when no engagement asks it, five otherwise.
    """
    rows = _asked(actor, list(statement_ids))
    if not rows:
        return {}
    waiting = statements_visible_to(actor).filter(
        pk__in={row["statement_id"] for row in rows}, state=StatementState.SUBMITTED
    )
    return _answers(actor, rows, on, dict(waiting.order_by().values_list("id", "submitted_at")))


def confirmations_among(
    *, actor: Actor, handed: Mapping[int, datetime | None], persons: Mapping[int, Person], on: date
) -> dict[int, tuple[ToConfirm, ...]]:
    """Return the same of statements that wait, with when each was handed over and the persons of their lines.

    One query when no engagement asks it, three otherwise.
    """
    rows = _asked(actor, list(handed))
    return _answers(actor, rows, on, handed, persons) if rows else {}


@prepared
def _asked(actor: Actor, statement_ids: list[int]) -> QuerySet[HoursLine, dict[str, Any]]:
    rows: QuerySet[HoursLine, dict[str, Any]] = lines_to_confirm(actor).order_by("id").values(*_LINE)
    return rows.filter(Among("statement_id", statement_ids))


def _answers(
    actor: Actor, rows: list[dict[str, Any]], on: date, since: Mapping[int, datetime | None],
    persons: Mapping[int, Person] | None = None,
) -> dict[int, tuple[ToConfirm, ...]]:  # fmt: skip
    handed = {pk: at.astimezone(PARIS).date() for pk, at in since.items() if at}
    asked = {row["statement_id"] for row in rows} & handed.keys()
    # a month reopened leaves its delay to the titulaire again
    handed |= {pk: at.astimezone(PARIS).date() for pk, at in reopened_on(actor=actor, statement_ids=asked).items()}
    found = _told(actor, rows, on, handed, persons)
    sheets: dict[int, list[ToConfirm]] = defaultdict(list)
    for row in rows:
        if row["statement_id"] in handed:
            sheets[row["statement_id"]].append(found[row["id"]])
    return {pk: _by_name(lines) for pk, lines in sheets.items()}


def answers_kept(*, actor: Actor, statement_id: int, on: date) -> tuple[ToConfirm, ...]:
    """Return the answers given on a statement that waits no more, by name. Three queries."""
    rows = lines_visible_to(actor).filter(statement_id=statement_id, corrects=None).order_by("id")
    found = _told(actor, list(rows.values(*_LINE)), on, handed={})
    return _by_name(line for line in found.values() if line.answer_uid)


def _by_name(lines: Iterable[ToConfirm]) -> tuple[ToConfirm, ...]:
    return tuple(sorted(lines, key=lambda line: (search_key(line.person), str(line.line_uid))))


def confirmation_days(on: date) -> int:
    """Return the days left to a titulaire to answer (dated parameter)."""
    return int(parameters_on(on)["confirmation_days"])


@prepared
def _given(actor: Actor, statement_ids: list[int]) -> QuerySet[Confirmation, dict[str, Any]]:
    rows: QuerySet[Confirmation, dict[str, Any]] = confirmations_visible_to(actor).order_by().values(*_ANSWER)
    return rows.filter(Among("statement_id", statement_ids))


def _told(
    actor: Actor, rows: list[dict[str, Any]], on: date, handed: Mapping[int, date],
    persons: Mapping[int, Person] | None = None,
) -> dict[int, ToConfirm]:  # fmt: skip
    """`persons`: those of the work contracts of these lines, when already read."""
    if not rows:
        return {}
    if persons is None:
        persons = persons_of(actor=actor, placement_ids={row["placement_id"] for row in rows})
    keys = ("statement_id", "placement_id", "commitment_id", "kind")
    kept = _given(actor, sorted({row["statement_id"] for row in rows}))
    answers = {tuple(one[key] for key in keys): one for one in kept}
    days, found = confirmation_days(on), {}
    for row in rows:
        person = persons.get(row["placement_id"])
        answer = answers.get(tuple(row[key] for key in keys))
        since = handed.get(row["statement_id"], on)
        found[row["id"]] = _line(row, answer, person, since, on, days)
    return found


def _line(
    row: dict[str, Any], answer: dict[str, Any] | None, person: Person | None, since: date, on: date, days: int
) -> ToConfirm:
    state = ConfirmationState(answer["state"]) if answer else None
    figure = answered_figure(state, answer["declared"], answer["hours"]) if answer and state else None
    return ToConfirm(
        line_uid=row["uid"],
        answer_uid=answer["uid"] if answer else None,
        person=person.name if person else "",
        participant_uid=person.participant_uid if person else None,
        kind=HoursKind(row["kind"]),
        hours=row["hours"],
        standing=standing(state, figure, row["hours"], since, on, days=days),
        state=state,
        declared=answer["declared"] if answer else row["hours"],
        theirs=answer["hours"] if answer else None,
        reason=ContestReason(answer["reason_code"]) if answer and answer["reason_code"] else None,
        decision_reason=answer["decision_reason"] if answer else "",
        contractor_name=row["commitment__contractor__name"],
        silent_on=silent_on(since, days=days) if row["statement_id"] else None,
    )
