"""The cast of people at work: the cast of procurement, a mission locale, lenders, and gestures in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from clausette.access.enums import BodyKind
from clausette.commitments.enums import CommitmentKind
from clausette.commitments.operations import Terms, create_commitment
from clausette.kernel.actor import Actor
from clausette.participants.enums import EvidenceMeans, Sex
from clausette.participants.operations import CategoryEntry, create_participant, decide_eligibility
from clausette.placements.enums import Modality, WorkContractKind
from clausette.placements.operations import place
from tests.hats import TODAY, acting
from tests.procurement.builders import Cast, cast, contract, organisation_uid
from tests.world import body, member

STARTS = date(2026, 10, 5)
ENDS = date(2027, 3, 31)
BORN = date(1990, 5, 17)


@dataclass(frozen=True)
class People(Cast):
    """The cast of procurement, plus those who refer and those who lend."""

    prescriber: Actor
    other_prescriber: Actor
    etti: Actor
    agency: Actor


def people() -> People:
    """Write the cast."""
    base = cast()
    return People(
        **{one.name: getattr(base, one.name) for one in fields(base)},
        prescriber=member(
            body("Mission locale du Lys", "prescriber", kind=BodyKind.LOCAL_MISSION), "mia@mission.example"
        ),
        other_prescriber=member(body("Cap Lys", "prescriber", kind=BodyKind.CAP_EMPLOI), "cap@lys.example"),
        etti=member(body("Relais Intérim", "employer", kind=BodyKind.ETTI), "eti@relais.example"),
        agency=member(body("Prompt Intérim", "employer", kind=BodyKind.ETT), "ett@prompt.example"),
    )


def commitment(cast: Cast, contract_uid: UUID, *, who: str = "firm", **options: Any) -> UUID:
    """Record 833 hours owed by a firm on a contract, from March 2026 to June 2027."""
    with acting(cast.pilot) as actor:
        return create_commitment(
            actor=actor,
            contract_uid=contract_uid,
            contractor_uid=cast.uid(who),
            kind=CommitmentKind.FIXED,
            starts_on=date(2026, 3, 1),
            ends_on=date(2027, 6, 30),
            on=TODAY,
            terms=Terms(minimum_hours=Decimal(833)),
            **options,
        )


def site(cast: Cast, name: str = "Gymnase des Acacias", *, who: str = "firm", **options: Any) -> UUID:
    """Record a contract with its engagement; return the uid of the engagement."""
    return commitment(cast, contract(cast, name, firm=who), who=who, **options)


def person(actor: Actor, first: str = "Aline", last: str = "Moreau", **details: Any) -> UUID:
    """Register a person in the actor's structure."""
    values: dict[str, Any] = {
        "birth_date": BORN,
        "sex": Sex.FEMALE,
        "commune_name": "Ouche-sur-Lys",
        **details,
    }
    with acting(actor) as who:
        return create_participant(actor=who, first_name=first, last_name=last, on=TODAY, **values)


def decide(actor: Actor, uid: UUID, *, on: date = TODAY, code: str = "RSA", **details: Any) -> UUID:
    """Take a favourable decision on a fresh paper."""
    values: dict[str, Any] = {
        "categories": [CategoryEntry(code, True, on - timedelta(days=20), EvidenceMeans.SEEN)], "eligible": True,
    } | details  # fmt: skip
    with acting(actor) as who:
        return decide_eligibility(actor=who, participant_uid=uid, on=on, **values)


def put_to_work(
    cast: Cast, uid: UUID, commitment_uid: UUID, *, by: Actor | None = None, **details: Any
) -> UUID:
    """Put a person to work in the firm, from October to March, as a direct hiring."""
    values: dict[str, Any] = {
        "employer_uid": cast.uid("firm"),
        "host_company_uid": cast.uid("firm"),
        "modality": Modality.DIRECT,
        "work_contract": WorkContractKind.CDD,
        "job": "Aide maçon",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "weekly_hours": Decimal(35),
    } | details
    with acting(by or cast.pilot) as actor:
        return place(actor=actor, participant_uid=uid, commitment_uid=commitment_uid, on=TODAY, **values)


def lent(cast: People, lender: str = "etti", host: str = "firm") -> dict[str, Any]:
    """What `put_to_work` needs for a mission of temporary work."""
    return {
        "employer_uid": organisation_uid(getattr(cast, lender)),
        "host_company_uid": cast.uid(host),
        "modality": Modality.ETTI if lender == "etti" else Modality.ETT,
        "work_contract": WorkContractKind.TEMP_MISSION,
    }


@contextmanager
def checked_at_once() -> Iterator[None]:
    """Have the constraints of the end of the transaction checked at each statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
