"""After validation: a line corrected by a new line that cites it, a person forgotten (« régularisation »)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from clausette.hours.enums import LineState, StatementState
from clausette.hours.errors import AlreadyDone, CorrectionImpossible, ErrorsRemain
from clausette.hours.models import HoursLine, WorkedMonth
from clausette.hours.operations.common import (
    ZERO,
    beyond_stated,
    credited,
    lock_worked_months,
    locked_months,
    locked_statement,
    move_totals,
    plain_text,
)
from clausette.hours.operations.mooting import end_without_object
from clausette.hours.permissions import can_validate
from clausette.hours.queries.findings import findings_of
from clausette.hours.queries.openings import taken_over_until
from clausette.hours.queries.people import Worker, workers
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.hours.rules import correction_delta
from clausette.hours.rules.entries import Entry, refusal_of
from clausette.hours.rules.openings import within_opening
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Conflict, Invalid, WrongState
from clausette.kernel.french import format_hours
from clausette.kernel.operation import about, because, change, created, operation


@operation("hours.line.corrected")
def correct_line(
    *,
    actor: Actor,
    line_uid: UUID,
    new_hours: Decimal,
    reason: str,
    at: datetime,
    on: date,
    seen: Decimal | None = None,
    answers: UUID | None = None,
) -> UUID:
    """Bring a validated line to `new_hours` by a new validated line that cites it; return the uid of the new line.

    The line cited never changes; several corrections add up. `seen`: what the line was worth on screen. `answers`: the
    proposal of the declarant that is being accepted; any other one that waits has no object any more. Raises
    AlreadyDone (the same correction was just written), Conflict (the line is worth something else since),
    CorrectionImpossible, ErrorsRemain (the correction would break a control), Invalid, NotAllowed, Absent.
    """
    line = lines_visible_to(actor).filter(uid=line_uid).first()
    if line is None:
        raise Absent("hours.HoursLine")
    uid = statements_visible_to(actor).filter(pk=line.statement_id).values_list("uid", flat=True).first()
    if uid is None:
        raise Absent("hours.Statement")
    statement, part = locked_statement(actor, uid)
    demand(can_validate(part))
    text = plain_text(
        reason, field="reason", least=5, most=300, missing="Dites pourquoi cette ligne est corrigée."
    )
    _demand_correctable(line)
    if sentence := refusal_of(new_hours):
        raise Invalid({"hours": sentence})
    worked = locked_months([line.placement_id], line.month, actor)
    before = credited(actor, worked.values())
    worth = worth_of(actor, line)
    _demand_seen(actor, line, worth, seen, new_hours, text)
    delta = correction_delta(worth, new_hours)
    about(contract_id=part.id)
    because(text)
    new = _corrected(line, delta, text, on)
    end_without_object(actor, at, statement_id=line.statement_id, line=line, answers=answers)
    _move(actor, worked, before)
    if delta > 0:
        _demand_no_error(actor, statement.pk, {line.uid, new.uid}, on)
    return new.uid


def _demand_correctable(line: HoursLine) -> None:
    if line.corrects_id is not None:
        raise CorrectionImpossible("Corrigez la ligne d'origine, pas sa correction.", "hours")
    if line.act_id is not None:
        raise CorrectionImpossible(
            "Ces heures viennent d'un autre engagement par un acte : corrigez-les là où elles ont été faites.", "hours"
        )
    if line.state != LineState.VALIDATED:
        raise CorrectionImpossible("Seule une ligne validée se corrige ainsi.", "hours")


def _corrected(line: HoursLine, delta: Decimal, text: str, on: date) -> HoursLine:
    return created(
        HoursLine(
            statement_id=line.statement_id, contract_id=line.contract_id, commitment_id=line.commitment_id,
            worked_month_id=line.worked_month_id, placement_id=line.placement_id, declarant_id=line.declarant_id,
            month=line.month, kind=line.kind, hours=delta, state=LineState.VALIDATED, corrects_id=line.pk, reason=text,
            added_on=on, prior_id=line.prior_id,
        )
    )  # fmt: skip


@operation("hours.line.added")
def add_line(*, actor: Actor, statement_uid: UUID, entry: Entry, reason: str, at: datetime, on: date) -> UUID:
    """Add the hours of a person forgotten in a validated statement; return the uid of the new validated line.

    Raises WrongState while the statement is open (its hours are simply typed), ErrorsRemain, Invalid (« hours »,
    « reason », « person »), AlreadyDone, NotAllowed, Absent; Refusal when the person has another line: it is corrected.
    """
    statement, part = locked_statement(actor, statement_uid)
    demand(can_validate(part))
    if statement.state != StatementState.VALIDATED:
        raise WrongState("Ce relevé n'est pas validé : saisissez ces heures dans la grille.", "state")
    text = plain_text(
        reason, field="reason", least=5, most=300, missing="Dites pourquoi ces heures arrivent après."
    )
    if not entry.hours or refusal_of(entry.hours):
        raise Invalid({"hours": refusal_of(entry.hours) or "Indiquez les heures travaillées."})
    known = {w.key: w for w in workers(actor=actor, contract_id=part.id, declarant_id=statement.declarant_id)}
    worker = known.get((entry.placement_uid, entry.commitment_uid))
    if worker is None:
        raise Invalid({"person": "Cette personne n'est pas mise à l'emploi sur ce marché chez ce déclarant."})
    until = taken_over_until(actor=actor, contract_id=part.id)
    if sentence := within_opening(until.get(worker.commitment_id), statement.month):
        raise Invalid({"hours": sentence})
    _demand_not_added(actor, statement.pk, worker, entry, text)
    about(contract_id=part.id)
    because(text)
    worked = lock_worked_months([worker], statement.month, actor)
    before = credited(actor, worked.values())
    new = created(
        HoursLine(
            statement_id=statement.pk, contract_id=part.id, commitment_id=worker.commitment_id, kind=entry.kind,
            worked_month_id=worked[worker.placement_id].pk, placement_id=worker.placement_id, hours=entry.hours,
            declarant_id=statement.declarant_id, month=statement.month, state=LineState.VALIDATED, reason=text,
            added_on=on,
        )
    )  # fmt: skip
    if statement.is_nil:
        change(statement, is_nil=False, version=statement.version + 1)
    _move(actor, worked, before)
    _demand_no_error(actor, statement.pk, {new.uid}, on)
    return new.uid


def _demand_not_added(actor: Actor, statement_id: int, worker: Worker, entry: Entry, text: str) -> None:
    same = lines_visible_to(actor).filter(
        statement_id=statement_id, placement_id=worker.placement_id, commitment_id=worker.commitment_id,
        kind=entry.kind, corrects=None, hours=entry.hours or ZERO, reason=text,
    )  # fmt: skip
    if same.exists():
        raise AlreadyDone("Cette ligne était déjà ajoutée.")


def _move(actor: Actor, worked: Mapping[int, WorkedMonth], before: Mapping[int, Decimal]) -> None:
    """Move the totals. Raises Invalid (« hours ») beyond one that was stated."""
    after = credited(actor, worked.values())
    move_totals(worked, before, after)
    for sentence in beyond_stated(worked, after).values():
        raise Invalid({"hours": sentence})


def _demand_seen(
    actor: Actor, line: HoursLine, worth: Decimal, seen: Decimal | None, new_hours: Decimal, text: str
) -> None:
    """The second of two senders is told: of their own correction already written, or of what somebody else wrote."""
    last = lines_visible_to(actor).filter(corrects_id=line.pk).order_by("-id").first()
    if last is not None and worth == new_hours and last.reason == text:
        raise AlreadyDone("Cette correction était déjà enregistrée.")
    if seen is not None and seen != worth:
        raise Conflict(
            f"Cette ligne a été corrigée entre-temps : vous aviez {format_hours(seen)} à l'écran, elle vaut maintenant "
            f"{format_hours(worth)}. Ce que vous avez écrit est gardé : enregistrez de nouveau pour le retenir.",
            worth,
        )


def worth_of(actor: Actor, line: HoursLine) -> Decimal:
    """What the line is worth today: its hours and those of the lines that correct it."""
    corrections = lines_visible_to(actor).filter(corrects_id=line.pk).order_by().aggregate(total=Sum("hours"))
    return line.hours + (corrections["total"] or ZERO)


def _demand_no_error(actor: Actor, statement_id: int, uids: set[UUID], on: date) -> None:
    for finding in findings_of(actor=actor, statement_ids=[statement_id], on=on).get(statement_id, ()):
        if finding.stops and uids & set(finding.line_uids):
            raise ErrorsRemain(f"{finding.sentence} {finding.fix}", "hours")
