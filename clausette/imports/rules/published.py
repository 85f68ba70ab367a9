"""From an official record understood to what our own rooms can hold (MODEL §1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.imports.decp import Contractor, DecpContract, Social
from clausette.imports.decp.values import (
    CALL_OFF,
    FRAMEWORK,
    NO_GROUP,
    PUBLIC_SERVICE,
    SIRET,
    WORKS_CONCESSION,
)
from clausette.kernel.siret import format_siret
from clausette.kernel.text import collapse
from clausette.procurement.enums import ContractKind, ContractNature, LegalDeviceKind

LONGEST_NAME = 200
LONGEST_PLACE = 10
PARTNERSHIP = "Marché de partenariat"
# CPV divisions (regulation (EC) 213/2008): 45 works, 50 and above services, except 48 software; the rest supplies.
WORKS_DIVISION, FIRST_SERVICES = 45, 50
CCAG_NATURES = {
    "Travaux": ContractNature.WORKS,
    "Maitrise d'œuvre": ContractNature.SERVICES,
    "Prestations intellectuelles": ContractNature.SERVICES,
    "Fournitures courantes et services": ContractNature.SERVICES,
    "Marchés industriels": ContractNature.SUPPLIES,
    "Techniques de l'information et de la communication": ContractNature.SERVICES,
}


@dataclass(frozen=True, slots=True)
class FirmRef:
    """A body as the file names it: kind of identifier and identifier. The file carries no name."""

    id_type: str
    id: str

    @property
    def siret(self) -> str:
        """The SIRET, "" for a foreign or overseas firm."""
        return self.id if self.id_type == SIRET else ""

    @property
    def name(self) -> str:
        """The name it gets until somebody completes it."""
        return f"SIRET {collapse(format_siret(self.id))}" if self.siret else f"{self.id_type} {self.id}"


@dataclass(frozen=True, slots=True)
class AwardPlan:
    """One award: the titulaire (mandataire of a group) and the other members; amount in euros without tax.

    `notified_on`: of the modification that brought this titulaire, None for those of the beginning.
    """

    contractor: FirmRef
    members: tuple[FirmRef, ...]
    amount_ht: Decimal | None
    notified_on: date | None = None


@dataclass(frozen=True, slots=True)
class ModificationPlan:
    """A published change, by its number; new totals and titulaires, None and empty when unchanged."""

    number: int
    notified_on: date | None
    amount_ht: Decimal | None
    duration_months: int | None
    published_on: date | None = None
    contractors: tuple[FirmRef, ...] = ()


@dataclass(frozen=True, slots=True)
class SubcontractPlan:
    """A declared subcontract (« acte de sous-traitance »), or with `revises` a change of it, on a day."""

    number: int
    firm: FirmRef
    notified_on: date
    amount_ht: Decimal | None
    duration_months: int | None
    published_on: date | None = None
    revises: bool = False

    @property
    def key(self) -> tuple[int, bool, date]:
        """What makes it the same from one file to the next: a change has no number of its own."""
        return self.number, self.revises, self.notified_on


@dataclass(frozen=True, slots=True)
class SubcontractorPlan:
    """A declared subcontractor, since when, and the first amount declared for it."""

    firm: FirmRef
    since: date
    amount_ht: Decimal | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What the record says, in our own words. Empty or None: the record does not say."""

    buyer: FirmRef
    common_name: str
    title: str
    official_id: str
    kind: ContractKind
    nature: ContractNature
    device: LegalDeviceKind
    notified_on: date
    duration_months: int | None
    amount_ht: Decimal | None
    amount_is_maximum: bool
    cpv: str
    place_code: str
    awards: tuple[AwardPlan, ...]
    modifications: tuple[ModificationPlan, ...]
    subcontractors: tuple[SubcontractorPlan, ...]
    subcontracts: tuple[SubcontractPlan, ...] = ()
    starts_on: date | None = None
    published_on: date | None = None

    @property
    def contractors(self) -> tuple[FirmRef, ...]:
        """Every firm of the awards, in the order of the file."""
        return tuple(firm for award in self.awards for firm in (award.contractor, *award.members))


def published(contract: DecpContract) -> Published:
    """Return what an understood record becomes; an award that could not be read whole is left out."""
    title = collapse(contract.title)
    return Published(
        buyer=FirmRef(SIRET, contract.buyer_siret),
        common_name=title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1].rstrip()}…",
        title=title,
        official_id=contract.official_id,
        kind=_kind(contract),
        nature=_nature(contract),
        device=_device(contract),
        notified_on=contract.notified_on,
        duration_months=contract.duration_months,
        amount_ht=contract.amount_ht,
        amount_is_maximum=contract.amount_is_maximum,
        cpv=contract.cpv or "",
        place_code=_place(contract.place_code),
        awards=_awards(contract) if contract.award_readable else (),
        modifications=_modifications(contract),
        subcontractors=_subcontractors(contract),
        subcontracts=_subcontracts(contract),
        starts_on=contract.starts_on,
        published_on=contract.published_on,
    )


def _firm(firm: Contractor) -> FirmRef:
    return FirmRef(firm.id_type, firm.id)


def _kind(contract: DecpContract) -> ContractKind:
    if contract.concession is not None:
        return ContractKind.DSP if contract.nature == PUBLIC_SERVICE else ContractKind.CONCESSION
    if contract.nature == PARTNERSHIP:
        return ContractKind.PARTNERSHIP
    if contract.nature == CALL_OFF:
        return ContractKind.SUBSEQUENT
    if contract.framework_id and contract.framework_id != contract.official_id:
        return ContractKind.SUBSEQUENT
    if contract.amount_is_maximum or FRAMEWORK in contract.techniques:
        return ContractKind.FRAMEWORK
    return ContractKind.PUBLIC_CONTRACT


def _nature(contract: DecpContract) -> ContractNature:
    if contract.concession is not None:
        return ContractNature.WORKS if contract.nature == WORKS_CONCESSION else ContractNature.SERVICES
    if contract.cpv:
        division = int(contract.cpv[:2])
        if division == WORKS_DIVISION:
            return ContractNature.WORKS
        return ContractNature.SERVICES if division >= FIRST_SERVICES else ContractNature.SUPPLIES
    return CCAG_NATURES.get(contract.ccag or "", ContractNature.WORKS)


def _device(contract: DecpContract) -> LegalDeviceKind:
    """« Marché réservé » in the file does not say to whom: the widest of the reserved devices, to be made precise.

    What the file does not say (2019, « NC ») is not known: neither a clause nor its absence.
    """
    if Social.RESERVED in contract.social:
        return LegalDeviceKind.RESERVED_BOTH
    clause, criterion = Social.CLAUSE in contract.social, Social.CRITERION in contract.social
    if clause and criterion:
        return LegalDeviceKind.BOTH
    if criterion:
        return LegalDeviceKind.CRITERION
    if clause:
        return LegalDeviceKind.EXECUTION
    return LegalDeviceKind.NONE if contract.has_social_clause is False else LegalDeviceKind.UNKNOWN


def _place(code: str | None) -> str:
    return code if code and len(code) <= LONGEST_PLACE else ""


def _awards(contract: DecpContract) -> tuple[AwardPlan, ...]:
    """A declared group is one award, its first firm taken as mandataire; otherwise one award per firm.

    Firms that a modification brings are awarded from its day; only a person ends the award of the others.
    """
    firms = tuple(_firm(one) for one in contract.contractors)
    amount = None if contract.amount_is_maximum else contract.amount_ht
    if len(firms) > 1 and contract.group_kind not in (None, NO_GROUP):
        first: tuple[AwardPlan, ...] = (AwardPlan(firms[0], firms[1:], amount),)
    else:
        first = tuple(AwardPlan(firm, (), amount if len(firms) == 1 else None) for firm in firms)
    known = {firm.id for firm in firms}
    later: list[AwardPlan] = []
    for one in _modifications(contract):
        for firm in one.contractors:
            if firm.id not in known:
                known.add(firm.id)
                later.append(AwardPlan(firm, (), None, one.notified_on))
    return (*first, *later)


def _modifications(contract: DecpContract) -> tuple[ModificationPlan, ...]:
    plans = {
        one.number: ModificationPlan(
            one.number,
            one.notified_on,
            one.amount_ht,
            one.duration_months,
            one.published_on,
            tuple(_firm(firm) for firm in one.contractors),
        )
        for one in contract.modifications
        if one.number is not None
    }
    return tuple(plans[number] for number in sorted(plans))


def _subcontractors(contract: DecpContract) -> tuple[SubcontractorPlan, ...]:
    plans: dict[str, SubcontractorPlan] = {}
    for one in contract.subcontracts:
        if one.subcontractor is not None:
            firm, since = _firm(one.subcontractor), one.notified_on or contract.notified_on
            known = plans.get(firm.id)
            if known is None or since < known.since:
                plans[firm.id] = SubcontractorPlan(firm, since, one.amount_ht, one.published_on)
    return tuple(plans.values())


def _subcontracts(contract: DecpContract) -> tuple[SubcontractPlan, ...]:
    """Each act and its changes; what has neither number, firm nor day cannot be told from another: left out, said
    by its problem."""
    plans: dict[tuple[int, bool, date], SubcontractPlan] = {}
    for one in contract.subcontracts:
        if one.number is None or one.subcontractor is None:
            continue
        firm, since = _firm(one.subcontractor), one.notified_on or contract.notified_on
        found = [SubcontractPlan(one.number, firm, since, one.amount_ht, one.duration_months, one.published_on)]
        for change in one.modifications:
            day = change.notified_on or change.published_on
            if day is not None:
                found.append(
                    SubcontractPlan(
                        one.number, firm, day, change.amount_ht, change.duration_months, change.published_on, True
                    )
                )
        plans |= {plan.key: plan for plan in found}
    return tuple(plans[key] for key in sorted(plans))
