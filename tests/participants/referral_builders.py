"""A structure, a prescriber tied to it, and candidates."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.participants.enums import ConsentMeans, PrescriberKind, Sex
from clausette.participants.models import PrescriberTie
from clausette.participants.operations import Candidate, propose_referral
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import organisation_uid
from tests.world import body, member

BORN = date(1992, 2, 29)


@dataclass(frozen=True)
class Desk:
    """A structure and its prescriber; another of each, who know nobody here."""

    structure: Actor
    prescriber: Actor
    other_structure: Actor
    other_prescriber: Actor


def tie(structure: Actor, prescriber: Actor, kind: PrescriberKind = PrescriberKind.ML) -> None:
    """The structure works with this prescriber."""
    with as_owner():
        PrescriberTie(
            owner_org_id=structure.organisation_id, prescriber_id=prescriber.organisation_id, kind=kind,
            starts_on=date(2026, 1, 1),
        ).save(force_insert=True)  # fmt: skip


def desk(kind: PrescriberKind = PrescriberKind.ML, name: str = "Mission locale du Lys") -> Desk:
    """Write the cast."""
    found = Desk(
        member(body("PLIE du Lys", "facilitator"), "ana@lys.example"),
        member(body(name, "prescriber"), "pia@ml.example"),
        member(body("Maison de l'emploi d'Ouche", "facilitator"), "bob@ouche.example"),
        member(body("Cap Nordre", "prescriber"), "cyd@cap.example"),
    )
    tie(found.structure, found.prescriber, kind)
    tie(found.other_structure, found.other_prescriber)
    return found


def candidate(**details: Any) -> Candidate:
    """Somebody who agreed."""
    values: dict[str, Any] = {
        "first_name": "Samia", "last_name": "Haddad", "birth_date": BORN, "consent_on": TODAY,
        "consent_means": ConsentMeans.SIGNED, "sex": Sex.FEMALE, "commune_name": "Ouche-sur-Lys",
    } | details  # fmt: skip
    return Candidate(**values)


def propose(cast: Desk, on: date = TODAY, **details: Any) -> UUID:
    """The prescriber proposes somebody to the structure."""
    with acting(cast.prescriber) as who:
        return propose_referral(
            actor=who, structure_uid=organisation_uid(cast.structure), candidate=candidate(**details), on=on
        )
