"""Verb of the reading of the tender: what it says beside what we advised."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.advice.enums import Compared, StudyState
from clausette.advice.models import TenderCheck
from clausette.advice.permissions import can_study
from clausette.advice.queries.visibility import studies_visible_to
from clausette.advice.rules import check_move
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.operation import change, created, lock, operation

CHECKED = frozenset({StudyState.ACCEPTED, StudyState.IN_TENDER})
"""States in which a tender is read: our opinion was accepted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was compared; hours in hours, None: none advised, none found."""

    advised_hours: Decimal | None
    hours_found: Decimal | None
    hours: Compared
    text: Compared


@operation("advice.tender.checked")
def check_tender(
    *, actor: Actor, study_uid: UUID, reading: Reading, on: date, comment: str = "", move: bool = False
) -> UUID:
    """Keep a reading of the tender; with `move` the study becomes « Inscrit au DCE, vérifié ».

    Raises Absent, NotAllowed, WrongState, Invalid (moved although something differs, without a word on why).
    """
    demand(can_study(actor))
    study = lock(studies_visible_to(actor), uid=study_uid)
    state = StudyState(study.state)
    if state not in CHECKED:
        raise WrongState("Le DCE se vérifie quand l'avis est accepté.")
    differs = reading.hours != Compared.SAME or reading.text != Compared.SAME
    if move and differs and not comment.strip():
        raise Invalid({"comment": "Le DCE diffère de votre avis : dites pourquoi vous l'acceptez ainsi."})
    row = created(
        TenderCheck(
            owner_org_id=actor.organisation_id,
            study=study,
            checked_on=on,
            advised_hours=reading.advised_hours,
            hours_found=reading.hours_found,
            hours=reading.hours,
            text=reading.text,
            comment=comment.strip(),
            checked_by_id=actor.account_id,
        )
    )
    if move and state != StudyState.IN_TENDER:
        check_move(state, StudyState.IN_TENDER, reason="")
        change(study, state=StudyState.IN_TENDER)
    return row.uid
