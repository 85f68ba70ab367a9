"""Somebody whom a firm named apart: matched with a person at work there, or refused, by the structure in charge.

Nothing is credited before a person says who it is: these hours are no line, they stand in no total. A statement may be
validated while somebody waits: the rest is controlled and final, the one who waits stays to be settled, in « Ma
journée » and on the statement; matched afterwards, the hours are added as those of a person forgotten are, with their
controls.
"""

from datetime import date, datetime
from uuid import UUID

from clausette.hours.enums import HoursKind, StatementSource, StatementState, UnlistedState
from clausette.hours.errors import AlreadyDone
from clausette.hours.models import Statement, UnlistedPerson
from clausette.hours.operations.common import plain_text
from clausette.hours.operations.correcting import add_line
from clausette.hours.operations.naming import OPEN, locked_unlisted
from clausette.hours.operations.typing import save_statement
from clausette.hours.permissions import ContractPart, can_match_unlisted
from clausette.hours.queries.people import Worker, workers
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to, unlisted_visible_to
from clausette.hours.rules.entries import Entry
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.french import format_hours
from clausette.kernel.operation import about, change, lock, operation

NAMELESS = {
    "last_name": "", "first_name": "", "sort_key": "", "birth_date": None, "employer_name": "", "starts_on": None,
    "ends_on": None, "note": "",
}  # fmt: skip


def _to_settle(actor: Actor, uid: UUID) -> tuple[UnlistedPerson, Statement, ContractPart]:
    """Locked for the structure in charge, once handed over. Raises WrongState, NotAllowed, Absent."""
    _, statement, part = locked_unlisted(actor, uid)
    demand(can_match_unlisted(part))
    if statement.state in OPEN:
        raise WrongState(
            "Ce relevé est chez son déclarant : rapprochez la personne quand il sera transmis.", "state"
        )
    about(contract_id=part.id)
    return lock(unlisted_visible_to(actor), uid=uid), statement, part


@operation("hours.unlisted.matched")
def match_unlisted(
    *, actor: Actor, uid: UUID, placement_uid: UUID, commitment_uid: UUID, at: datetime, on: date
) -> UUID:
    """Say which person at work for the declarant this is: their hours become a line as any other; return the uid of
    the statement. What was typed of the person is gone.

    In a validated statement the line is added as that of a person forgotten, with its controls. Raises Invalid
    (« person », « hours »), AlreadyDone, WrongState, ErrorsRemain, NotAllowed, Absent.
    """
    row, statement, part = _to_settle(actor, uid)
    worker = _worker(actor, part, statement, placement_uid, commitment_uid)
    if row.state == UnlistedState.MATCHED and row.placement_id == worker.placement_id:
        raise AlreadyDone("Cette personne était déjà rapprochée ainsi.")
    _demand_waits(row)
    _demand_no_line(actor, statement, worker)
    entry = Entry(placement_uid, commitment_uid, row.hours)
    if statement.state == StatementState.VALIDATED:
        add_line(
            actor=actor, statement_uid=statement.uid, entry=entry, at=at, on=on,
            reason="Personne déclarée hors liste, rapprochée après la validation",
        )  # fmt: skip
    else:
        save_statement(
            actor=actor, contract_uid=part.uid, declarant_uid=_declarant(actor, statement), month=statement.month,
            entries=[entry], source=StatementSource(statement.source), version=statement.version, on=on,
        )  # fmt: skip
    change(
        row, state=UnlistedState.MATCHED, placement_id=worker.placement_id, settled_at=at,
        settled_by_id=actor.account_id, **NAMELESS,
    )  # fmt: skip
    return statement.uid


def _demand_waits(row: UnlistedPerson) -> None:
    if row.state == UnlistedState.MATCHED:
        raise WrongState("Cette personne est déjà rapprochée d'une autre mise à l'emploi.", "state")
    if row.state == UnlistedState.REFUSED:
        raise WrongState(
            "Ces heures ne sont pas retenues : leur déclarant peut les envoyer de nouveau.", "state"
        )


def _worker(
    actor: Actor, part: ContractPart, statement: Statement, placement_uid: UUID, commitment_uid: UUID
) -> Worker:
    people = workers(actor=actor, contract_id=part.id, declarant_id=statement.declarant_id)
    worker = next((one for one in people if one.key == (placement_uid, commitment_uid)), None)
    if worker is None:
        raise Invalid({"person": "Choisissez une personne mise à l'emploi sur ce marché chez ce déclarant."})
    return worker


def _demand_no_line(actor: Actor, statement: Statement, worker: Worker) -> None:
    """Two figures for one person are for somebody to decide: nothing is added up by itself."""
    lines = lines_visible_to(actor).filter(
        statement_id=statement.pk, placement_id=worker.placement_id, commitment_id=worker.commitment_id,
        kind=HoursKind.WORK, corrects=None,
    )  # fmt: skip
    held = lines.first()
    if held is not None:
        raise Invalid(
            {
                "person": f"{worker.name} a déjà {format_hours(held.hours)} dans ce relevé : corrigez cette ligne si "
                "besoin, puis écartez celle-ci."
            }
        )


def _declarant(actor: Actor, statement: Statement) -> UUID:
    return statements_visible_to(actor).filter(pk=statement.pk).values_list("declarant__uid", flat=True).get()


@operation("hours.unlisted.refused")
def refuse_unlisted(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """Do not retain the hours of somebody named apart, with a reason that the firm reads; return the uid of the
    statement.

    The reason stays out of the journal: it may name somebody. Raises Invalid (« reason »), AlreadyDone, WrongState,
    NotAllowed, Absent.
    """
    row, statement, _ = _to_settle(actor, uid)
    text = plain_text(
        reason, field="reason", least=3, most=300, missing="Dites pourquoi ces heures ne sont pas retenues."
    )
    if row.state == UnlistedState.REFUSED and row.reason == text:
        raise AlreadyDone("Ces heures étaient déjà écartées, pour ce motif.")
    _demand_waits(row)
    change(row, state=UnlistedState.REFUSED, reason=text, settled_at=at, settled_by_id=actor.account_id)
    return statement.uid
