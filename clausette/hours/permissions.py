"""Who may do what with hours, with the reason of each refusal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.hours.enums import PieceLeft
from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused
from clausette.kernel.months import first_day


@dataclass(frozen=True, slots=True)
class ContractPart:
    """A contract and the parts that the organisation of the actor takes in it today."""

    id: int
    uid: UUID
    name: str
    piloted: bool
    declares: bool
    bought: bool
    shared: bool = False
    """In charge of it as a structure associée, not as the référente."""


def reads_all(actor: Actor, contractor_id: int) -> bool:
    """Whether the actor reads all the hours of an engagement: who only works for it reads its own."""
    return actor.can("facilitator") or actor.can("buyer") or contractor_id == actor.organisation_id


def can_type(actor: Actor, part: ContractPart, declarant_id: int) -> Decision:
    """Write a statement: the structures in charge for anyone, a firm or an employer for itself."""
    if part.piloted:
        return ALLOWED
    if not part.declares:
        return refused(
            "Seules la structure en charge du marché et les entreprises déclarantes saisissent les heures."
        )
    if declarant_id != actor.organisation_id:
        return refused("Ce relevé est celui d'un autre organisme.")
    return ALLOWED


def can_name_unlisted(actor: Actor, part: ContractPart, declarant_id: int) -> Decision:
    """Declare somebody who is not in the list, or take them back: the declarant, for itself."""
    if part.declares and declarant_id == actor.organisation_id:
        return ALLOWED
    return refused("Seul l'organisme qui déclare ce mois y ajoute une personne qui n'est pas dans sa liste.")


def can_match_unlisted(part: ContractPart) -> Decision:
    """Say who a person declared apart is, or refuse their hours: the structures in charge of the contract only."""
    if part.piloted:
        return ALLOWED
    return refused("Seule la structure en charge du marché rapproche une personne déclarée.")


def can_leave_piece(actor: Actor, part: ContractPart, declarant_id: int, how: PieceLeft) -> Decision:
    """Say why a statement has no piece: seen by the structure in charge, or handed over without it by who declares."""
    if how == PieceLeft.SEEN and not part.piloted:
        return refused("Seule la structure en charge du marché peut dire qu'elle a vu la pièce.")
    return can_type(actor, part, declarant_id)


def can_amend_handed(part: ContractPart) -> Decision:
    """Change a statement already handed over and not yet validated."""
    if part.piloted:
        return ALLOWED
    return refused(
        "Ce relevé est transmis. Pour le modifier, reprenez-le, ou demandez au facilitateur de vous le renvoyer."
    )


def can_take_back(actor: Actor, part: ContractPart, declarant_id: int) -> Decision:
    """Take back a statement handed over and not yet validated: its declarant, until control."""
    if part.declares and declarant_id == actor.organisation_id:
        return ALLOWED
    return refused("Seul l'organisme qui a transmis ce relevé peut le reprendre.")


def can_split(
    actor: Actor, employer_id: int, month: date, on: date, contracts: Iterable[ContractPart], parts: int
) -> Decision:
    """State the total of a month of a work contract and split it: its employer, or the structures in charge."""
    if actor.organisation_id != employer_id and not any(part.piloted for part in contracts):
        return refused("Seuls l'employeur et les structures en charge des marchés répartissent ses heures.")
    if month > first_day(on):
        return refused("Ce mois n'est pas commencé : ses heures ne peuvent pas être déclarées.")
    return ALLOWED if parts else refused("Cette personne n'est mise à disposition nulle part ce mois-ci.")


def can_validate(part: ContractPart) -> Decision:
    """Validate, return or correct: the structures in charge of the contract only."""
    if part.piloted:
        return ALLOWED
    return refused("Seule la structure en charge du marché valide les heures.")


def can_validate_input(actor: Actor, part: ContractPart, typed_by: int | None) -> Decision:
    """Validate a statement handed over by the account `typed_by`: in a structure associée, never one's own input."""
    decision = can_validate(part)
    if decision and part.shared and typed_by == actor.account_id:
        return refused(
            "Vous avez transmis ce relevé : la structure référente, ou un collègue, le valide à votre place."
        )
    return decision


def can_propose_correction(actor: Actor, part: ContractPart, declarant_id: int) -> Decision:
    """Propose another figure for a validated line, or take it back: who declared it, for itself."""
    if part.piloted:
        return refused("Votre structure suit ce marché : corrigez la ligne elle-même.")
    if part.declares and declarant_id == actor.organisation_id:
        return ALLOWED
    return refused("Seul l'organisme qui a déclaré ces heures propose de les corriger.")


def can_reopen(part: ContractPart) -> Decision:
    """Ask that a validated month be reopened: the structures in charge of the contract only."""
    if part.piloted:
        return ALLOWED
    return refused("Seule la structure en charge du marché rouvre un mois validé.")


def can_decide_reopening(actor: Actor, part: ContractPart, asked_by: int) -> Decision:
    """Accept or decline a reopening: a facilitator in charge of the contract, never who asked."""
    decision = can_reopen(part)
    if decision and asked_by == actor.account_id:
        return refused("Vous avez demandé cette réouverture : une autre personne en décide.")
    return decision


def can_cancel_reopening(actor: Actor, part: ContractPart, asked_by: int) -> Decision:
    """Take back a request that waits: who asked, or an administrator of a structure in charge."""
    decision = can_reopen(part)
    if decision and asked_by != actor.account_id and not actor.is_admin:
        return refused(
            "Seuls la personne qui a demandé et un administrateur de la structure retirent cette demande."
        )
    return decision


def can_confirm(actor: Actor, *, contractor_id: int, declarant_id: int, asked: bool) -> Decision:
    """Confirm or contest hours: the titulaire that owes them, where the engagement asks it and another declares."""
    if contractor_id != actor.organisation_id:
        return refused("Seule l'entreprise titulaire de l'engagement confirme ou conteste ces heures.")
    if not asked or declarant_id == contractor_id:
        return refused("La confirmation de ces heures ne vous est pas demandée.")
    return ALLOWED


def can_take_over(part: ContractPart) -> Decision:
    """Record or withdraw a balance taken over: the structures in charge of the contract only."""
    if part.piloted:
        return ALLOWED
    return refused("Seule la structure en charge du marché saisit une reprise.")


def can_change_reporting(actor: Actor, *, lead_org_id: int, owner_org_id: int, structures: int) -> Decision:
    """Say who reports the hours of an engagement: the structure référente decides, when others share the contract."""
    if not actor.can("facilitator") or actor.organisation_id not in (lead_org_id, owner_org_id):
        return refused("La structure référente de l'engagement décide de la structure déclarante.")
    if structures < 2:
        return refused("Ce marché n'est partagé avec aucune autre structure : elle seule déclare ses heures.")
    return ALLOWED


def can_read_names(actor: Actor) -> Decision:
    """See hours person by person: facilitators, and those who employ or host."""
    if actor.capabilities & {"facilitator", "contractor", "employer"}:
        return ALLOWED
    return refused("Les noms des personnes ne sont pas communiqués aux maîtres d'ouvrage.")
