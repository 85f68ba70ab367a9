"""A small world for hours, written by the owner: one contract, its firms, its people."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps

from clausette.hours.enums import StatementSource
from clausette.hours.operations import Entry, save_statement, submit_statement, validate_statement
from clausette.kernel.actor import Actor
from clausette.kernel.text import search_key
from tests.hats import TODAY, acting, as_owner, noon
from tests.world import body, member

SEPT, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def made(model: str, /, **values: Any) -> Any:
    """Write one row as owner."""
    with as_owner():
        row = apps.get_model(model)(**values)
        row.save(force_insert=True)
    return row


def contract(pilot: Actor, buyer: Actor, name: str = "Gymnase des Acacias") -> Any:
    """A contract with its pilot and its buyer."""
    row = made(
        "procurement.Contract", owner_org_id=pilot.organisation_id, buyer_id=buyer.organisation_id, common_name=name,
        sort_key=search_key(name),
    )  # fmt: skip
    party(row, pilot, "pilot")
    party(row, buyer, "buyer")
    return row


def party(row: Any, who: Actor, role: str) -> Any:
    """Someone takes part in a contract."""
    return made(
        "procurement.ContractParty", contract_id=row.pk, organisation_id=who.organisation_id, role=role,
        valid_from=date(2025, 1, 1),
    )  # fmt: skip


def commitment(row: Any, firm: Actor, hours: int = 833, start: date = date(2026, 7, 1), end: date = date(2027, 6, 30),
               kind: str = "fixed") -> Any:  # fmt: skip
    """An engagement of one firm with one firm part."""
    owed = made(
        "commitments.Commitment", contract_id=row.pk, contractor_id=firm.organisation_id, kind=kind, starts_on=start,
        ends_on=end, lead_org_id=row.owner_org_id,
    )  # fmt: skip
    version = made(
        "commitments.CommitmentVersion", commitment_id=owed.pk, contract_id=row.pk, number=1, reason="initial",
        effective_on=start, ends_on=end,
    )  # fmt: skip
    if hours:
        made(
            "commitments.CommitmentPart", version_id=version.pk, commitment_id=owed.pk, contract_id=row.pk,
            label="Base", status="firm", starts_on=start, ends_on=end, hours=Decimal(hours),
        )  # fmt: skip
    return owed


def worker(pilot: Actor, owed: Any, first: str, last: str, *, host: Actor, employer: Actor | None = None,
           start: date = date(2026, 7, 1), end: date | None = date(2027, 6, 30), weekly: int = 35) -> Any:  # fmt: skip
    """A person found eligible, put to work on an engagement; return the work contract."""
    employed = employer or host
    person = made(
        "participants.Participant", owner_org_id=pilot.organisation_id, first_name=first, last_name=last,
        birth_date=date(1990, 5, 4), sort_key=search_key(f"{last} {first}"),
    )  # fmt: skip
    made(
        "participants.EligibilityCheck", participant_id=person.pk, owner_org_id=pilot.organisation_id, state="eligible",
        asked_on=start, decided_on=start, hire_before=date(start.year + 1, start.month, 1),
        decided_by_id=pilot.account_id,
    )  # fmt: skip
    placed = made(
        "placements.Placement", owner_org_id=pilot.organisation_id, participant_id=person.pk,
        employer_id=employed.organisation_id, modality="direct", work_contract="cdd", job="maçon", starts_on=start,
        ends_on=end, weekly_hours=Decimal(weekly),
    )  # fmt: skip
    made(
        "placements.Allocation", placement_id=placed.pk, employer_id=employed.organisation_id,
        host_company_id=host.organisation_id, contract_id=owed.contract_id, commitment_id=owed.pk, starts_on=start,
        ends_on=end,
    )  # fmt: skip
    return placed


def uid_of(who: Actor) -> UUID:
    """The uid of an organisation."""
    with as_owner():
        return apps.get_model("access.Organisation").objects.get(pk=who.organisation_id).uid


@dataclass
class World:
    """One contract: a pilot, its buyer, a titulaire, an ETTI, two people; and a structure that is a stranger."""

    pilot: Actor
    buyer: Actor
    firm: Actor
    etti: Actor
    stranger: Actor
    contract: Any
    commitment: Any
    lemaire: Any
    diallo: Any
    uids: dict[str, UUID] = field(default_factory=dict)

    def entry(self, placed: Any, hours: str | None) -> Entry:
        """What is typed for a person."""
        return Entry(placed.uid, self.commitment.uid, Decimal(hours) if hours is not None else None)

    def save(self, actor: Actor, month: date, *entries: Entry, **options: Any) -> Any:
        """Write the statement of the titulaire."""
        values: dict[str, Any] = {
            "source": StatementSource.GRID,
            "version": None,
            "on": date(2026, 11, 16),
        } | options
        return save_statement(
            actor=actor, contract_uid=self.contract.uid, declarant_uid=values.pop("declarant", self.uids["firm"]),
            month=month, entries=entries, **values,
        )  # fmt: skip

    def another(self, hours: int = 300) -> Any:
        """The engagement of the same titulaire on another contract of the same buyer."""
        row = contract(self.pilot, self.buyer, "École Pasteur")
        party(row, self.firm, "contractor")
        return commitment(row, self.firm, hours=hours)

    def validated(self, pilot: Actor) -> None:
        """September (100 h) and October (80 h) of Lemaire, handed over and validated."""
        at = noon(TODAY)
        for month, hours in ((SEPT, "100"), (OCT, "80")):
            ref = self.save(pilot, month, self.entry(self.lemaire, hours))
            submit_statement(actor=pilot, uid=ref.uid, version=None, at=at, on=TODAY)
            validate_statement(
                actor=pilot, uid=ref.uid, version=None, justifications={"W104": "Vues."}, at=at, on=TODAY
            )


def world() -> World:
    """Write the small world."""
    pilot = member(body("PLIE du Lys", "facilitator"), "ana@lys.example")
    buyer = member(body("Lys Métropole", "buyer"), "max@metropole.example")
    firm = member(body("Bâti Ouche", "contractor", "employer"), "zoe@bati.example")
    etti = member(body("Intérim Plus", "employer"), "ugo@interim.example")
    stranger = member(body("Maison de l'emploi d'Ouche", "facilitator"), "bob@ouche.example")
    row = contract(pilot, buyer)
    party(row, firm, "contractor")
    party(row, etti, "employer")
    owed = commitment(row, firm)
    return World(
        pilot, buyer, firm, etti, stranger, row, owed,
        lemaire=worker(pilot, owed, "David", "Lemaire", host=firm),
        diallo=worker(pilot, owed, "Salif", "Diallo", host=firm, employer=etti),
        uids={"firm": uid_of(firm), "etti": uid_of(etti)},
    )  # fmt: skip


def worked_elsewhere(w: World, hours: Decimal) -> UUID:
    """Hours of Lemaire in October for the same firm, handed over on a contract that the pilot does not see.

    Return who Lemaire is.
    """
    other = contract(w.stranger, w.buyer, "Ailleurs")
    party(other, w.firm, "contractor")
    owed = commitment(other, w.firm)
    made(
        "placements.Allocation", placement_id=w.lemaire.pk, employer_id=w.firm.organisation_id,
        host_company_id=w.firm.organisation_id, contract_id=other.pk, commitment_id=owed.pk, starts_on=SEPT,
    )  # fmt: skip
    with acting(w.firm) as firm:
        ref = save_statement(
            actor=firm, contract_uid=other.uid, declarant_uid=w.uids["firm"], month=OCT, version=None, on=TODAY,
            entries=[Entry(w.lemaire.uid, owed.uid, hours)], source=StatementSource.PORTAL,
        )  # fmt: skip
        submit_statement(actor=firm, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
    with as_owner():
        found: UUID = apps.get_model("participants.Participant").objects.get(pk=w.lemaire.participant_id).uid
    return found
