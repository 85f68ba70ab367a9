"""Write one record into the contracts, through the verbs of the rooms below: created, or tied to one held."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from uuid import UUID

from clausette.access.enums import Capability
from clausette.access.operations import register_organisation
from clausette.access.queries import find_organisations
from clausette.imports.models import ImportBatch
from clausette.imports.rules import AwardPlan, FirmRef, Held, Published, SubcontractPlan
from clausette.imports.rules.differences import CONTRACTORS, LABELS, DifferenceKind, differences
from clausette.kernel.actor import Actor
from clausette.procurement.enums import ContractState, PartyRole, Source
from clausette.procurement.operations import (
    ContractDetails,
    MemberEntry,
    SubcontractEntry,
    admit_party,
    award,
    change_contract,
    create_contract,
    record_modification,
    record_subcontract,
)


@dataclass(slots=True)
class Scribe:
    """Writes records of a batch for an actor on a day; bodies are sought or registered once each."""

    actor: Actor
    on: date
    batch: ImportBatch
    bodies: dict[tuple[FirmRef, Capability], UUID] = field(default_factory=dict)

    def create(self, said: Published) -> UUID:
        """Record a new contract with its awards, modifications and subcontractors; return its uid.

        The amount of a framework agreement is a maximum: it sets no hours (MODEL §1).
        """
        uid = create_contract(
            actor=self.actor,
            common_name=said.common_name,
            buyer_uid=self.body(said.buyer, Capability.BUYER),
            on=self.on,
            title=said.title,
            official_id=said.official_id,
            kind=said.kind,
            nature=said.nature,
            state=ContractState.NOTIFIED,
            device=said.device,
            notified_on=said.notified_on,
            duration_months=said.duration_months,
            amount_ht=said.amount_ht,
            amount_is_maximum=said.amount_is_maximum,
            starts_on=said.starts_on,
            cpv=said.cpv,
            place_code=said.place_code,
            source=Source.DECP,
        )
        self.award(uid, said, said.awards)
        self._add(uid, said, frozenset(), frozenset(), frozenset())
        return uid

    def attach(self, uid: UUID, said: Published, held: Held, accepted: Iterable[str]) -> UUID:
        """Fill what is blank on a contract held, and write the differences that the person took; return its uid."""
        taken = set(accepted)
        wanted = {
            one.field
            for one in differences(said, held)
            if one.kind is not DifferenceKind.DIFFERS or one.field in taken
        }
        details: dict[str, object] = {name: getattr(said, name) for name in LABELS if name in wanted}
        if "amount_ht" in details:
            details["amount_is_maximum"] = said.amount_is_maximum
        if details:
            change_contract(actor=self.actor, uid=uid, **cast(ContractDetails, details))
        if CONTRACTORS in wanted:
            self.award(uid, said, _missing(said.awards, held.contractor_ids))
        self._add(uid, said, held.modifications, held.subcontractor_ids, held.subcontract_keys)
        return uid

    def body(self, firm: FirmRef, capability: Capability) -> UUID:
        """Return the body of an identifier, registered with a name to be completed when nobody knows it."""
        known = self.bodies.get((firm, capability))
        if known is None:
            known = self._registered(firm, capability)
            self.bodies[firm, capability] = known
        return known

    def award(self, uid: UUID, said: Published, awards: Iterable[AwardPlan]) -> None:
        """Award the whole contract to each of these firms or groups."""
        for one in awards:
            award(
                actor=self.actor,
                contract_uid=uid,
                contractor_uid=self.body(one.contractor, Capability.CONTRACTOR),
                members=[MemberEntry(self.body(firm, Capability.CONTRACTOR)) for firm in one.members],
                amount_ht=one.amount_ht,
                notified_on=one.notified_on or said.notified_on,
                on=self.on,
            )

    def _add(
        self,
        uid: UUID,
        said: Published,
        numbers: Container[int],
        subcontractors: Container[str],
        acts: Container[tuple[int, bool, date]],
    ) -> None:
        """New facts beside the contract: avenants, declared subcontractors, their acts. What is held is not."""
        for one in said.modifications:
            if one.number not in numbers:
                record_modification(
                    actor=self.actor,
                    contract_uid=uid,
                    number=one.number,
                    notified_on=one.notified_on,
                    amount_ht=one.amount_ht,
                    duration_months=one.duration_months,
                    source=Source.DECP,
                    contractors=", ".join(firm.name for firm in one.contractors),
                    published_on=one.published_on,
                )
        self._admit(uid, said, subcontractors)
        for act in said.subcontracts:
            if act.key not in acts:
                record_subcontract(actor=self.actor, contract_uid=uid, entry=self._entry(act))

    def _admit(self, uid: UUID, said: Published, held: Container[str]) -> None:
        """Sub-contractors declared take part from the day of their act, for the first titulaire."""
        head = said.awards[0].contractor if said.awards else None
        for plan in said.subcontractors:
            if plan.firm.id not in held:
                admit_party(
                    actor=self.actor,
                    contract_uid=uid,
                    organisation_uid=self.body(plan.firm, Capability.CONTRACTOR),
                    role=PartyRole.SUBCONTRACTOR,
                    head_uid=self.body(head, Capability.CONTRACTOR) if head and head != plan.firm else None,
                    valid_from=plan.since,
                )

    def _entry(self, act: SubcontractPlan) -> SubcontractEntry:
        return SubcontractEntry(
            number=act.number,
            firm_uid=self.body(act.firm, Capability.CONTRACTOR),
            notified_on=act.notified_on,
            amount_ht=act.amount_ht,
            duration_months=act.duration_months,
            published_on=act.published_on,
            revises=act.revises,
            source=Source.DECP,
        )

    def _registered(self, firm: FirmRef, capability: Capability) -> UUID:
        if not firm.siret:  # no key to find it again but its name
            named = find_organisations(actor=self.actor, words=firm.name)
            found = next((card.uid for card in named if card.name == firm.name), None)
            if found is not None:
                return found
        return register_organisation(
            actor=self.actor, name=firm.name, siret=firm.siret, capabilities={capability}
        )


def _missing(awards: Iterable[AwardPlan], held: frozenset[str]) -> list[AwardPlan]:
    """The awards of firms not there yet; a group of which a member is there is completed firm by firm."""
    found: list[AwardPlan] = []
    for one in awards:
        firms = (one.contractor, *one.members)
        missing = [firm for firm in firms if firm.id not in held]
        if len(missing) == len(firms):
            found.append(one)
        else:
            found.extend(AwardPlan(firm, (), None, one.notified_on) for firm in missing)
    return found
