"""Verbs of a purchase programme: brought, its columns said, one study opened for each line kept, studies sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from clausette.access.queries import organisations
from clausette.advice.enums import BuyerKind, ProgrammeSource, StudyState
from clausette.advice.models import Programme, Study
from clausette.advice.permissions import can_study
from clausette.advice.queries.visibility import programmes_visible_to, studies_visible_to
from clausette.advice.rules import WITH_REASON, answer_due, check_move, nature_told
from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import insert
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.procurement.enums import ContractNature
from clausette.reference.queries import months_of, parameters_on

OPENED = "Les études de ce programme sont déjà ouvertes : il ne se confirme qu'une fois."
EMPTY = "Aucune ligne ne peut être gardée : corrigez le fichier, puis envoyez-le de nouveau."


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file already stored: its uid, the hash of what was sent, what it is, how many lines it holds."""

    uid: UUID
    sha256: str
    source: ProgrammeSource
    size: int


@dataclass(frozen=True, slots=True)
class PlannedPurchase:
    """A line of a programme to study. `row`: its number in the programme; amount in euros without tax, months."""

    row: int
    title: str
    reference: str = ""
    nature: ContractNature | None = None
    amount: Decimal | None = None
    cpv: str = ""
    engaged_on: date | None = None
    months: int | None = None
    place: str = ""
    said_social: str = ""
    is_concession: bool = False


@operation("advice.programme.brought")
def bring_programme(
    *,
    actor: Actor,
    buyer_name: str,
    title: str,
    file: BroughtFile,
    columns: Mapping[str, Any],
    on: date,
    buyer_uid: UUID | None = None,
) -> UUID:
    """Keep a programme as a buyer handed it in; nothing is studied yet. Raises NotAllowed, Absent (buyer, file)."""
    demand(can_study(actor))
    buyer_id = None
    if buyer_uid is not None:
        card = organisations(actor=actor, uids=[buyer_uid]).get(buyer_uid)
        if card is None:
            raise Absent("access.Organisation")
        buyer_id, buyer_name = card.id, card.name
    row = Programme(
        owner_org_id=actor.organisation_id, buyer_id=buyer_id, buyer_name=buyer_name, title=title, source=file.source,
        file_id=file_id(actor, file.uid), sha256=file.sha256, columns=dict(columns), size=file.size, brought_on=on,
        brought_by_id=actor.account_id,
    )  # fmt: skip
    return created(row).uid


@operation("advice.programme.mapped")
def map_programme(*, actor: Actor, programme_uid: UUID, columns: Mapping[str, Any], size: int) -> None:
    """Say what the columns of a programme are, as long as nothing is studied. Raises Absent, WrongState."""
    change(_unopened(actor, programme_uid), columns=dict(columns), size=size)


@operation("advice.programme.opened")
def open_programme(
    *, actor: Actor, programme_uid: UUID, lines: Sequence[PlannedPurchase], remarks: Sequence[Mapping[str, Any]],
    buyer_kind: BuyerKind, on: date,
) -> int:  # fmt: skip
    """Open one study for each line kept, and keep what was said of the others; return how many are opened.

    Raises NotAllowed, Absent, WrongState (opened already), Invalid (no line).
    """
    row = _unopened(actor, programme_uid)
    if not lines:
        raise Invalid({"": EMPTY})
    due = answer_due(on, _days(on))
    studies = [
        Study(
            owner_org_id=actor.organisation_id, programme_id=row.id, row_number=line.row, buyer_id=row.buyer_id,
            buyer_name=row.buyer_name, buyer_kind=buyer_kind, title=line.title[:200], reference=line.reference,
            nature=line.nature or nature_told(line.cpv), is_concession=line.is_concession, amount_ht=line.amount,
            cpv=line.cpv, engaged_on=line.engaged_on, duration_months=line.months, place=line.place,
            said_social=line.said_social, asked_on=on, answer_due_on=due,
        )
        for line in lines
    ]  # fmt: skip
    for study in insert(studies):
        created(study)
    change(row, remarks=list(remarks))
    return len(studies)


@operation("advice.study.sorted")
def sort_studies(
    *, actor: Actor, study_uids: Sequence[UUID], state: StudyState, reason: str = "", on: date
) -> int:
    """Move lines of programmes along their life, all or none; a line taken in study is due in four weeks from `on`.

    Return how many moved. Raises NotAllowed, Absent, WrongState, Invalid (an end has its reason).
    """
    demand(can_study(actor))
    because(reason)
    seen = studies_visible_to(actor).filter(programme__isnull=False)
    for uid in dict.fromkeys(study_uids):
        row = lock(seen, uid=uid)
        check_move(StudyState(row.state), state, reason=reason)
        values: dict[str, Any] = {"state": state, "reason": reason if state in WITH_REASON else ""}
        if state == StudyState.UNDER_STUDY:
            values |= {"answer_due_on": max(row.asked_on, answer_due(on, _days(on)))}
        change(row, **values)
    return len(set(study_uids))


def _days(on: date) -> int:
    return months_of(parameters_on(on), "study_answer_days")


def _unopened(actor: Actor, uid: UUID) -> Programme:
    demand(can_study(actor))
    row = lock(programmes_visible_to(actor), uid=uid)
    if studies_visible_to(actor).filter(programme_id=row.id).exists():
        raise WrongState(OPENED)
    return row
