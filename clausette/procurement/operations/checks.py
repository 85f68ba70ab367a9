"""What the verbs of this room check before they write; each refusal names its field."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import lock
from clausette.kernel.text import search_key
from clausette.procurement import permissions
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Contract, Lot
from clausette.procurement.queries.visibility import contracts_visible_to
from clausette.procurement.rules import normal_number


def organisation_pk(actor: Actor, uid: UUID) -> int:
    """Return the internal number of an organisation. Raises Absent."""
    return get_organisation(actor=actor, uid=uid).id


def piloted_contract(actor: Actor, uid: UUID) -> Contract:
    """Lock a contract that the actor may change. Raises Absent, NotAllowed with its reason."""
    seen = contracts_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is not None:  # the reason first: a policy would only say « no »
        demand(permissions.can_change_contract(actor, owner_org_id=row.owner_org_id, state=row.state))
    return lock(seen, uid=uid)


MOST = Decimal(10) ** 12  # width of the columns of amounts


def positive(amount: Decimal | None, field: str, sentence: str, errors: dict[str, str]) -> None:
    """Note the sentence under `field` when the amount is given and not above zero, or too great to be one."""
    if amount is not None and amount <= 0:
        errors[field] = sentence
    elif amount is not None and amount >= MOST:
        errors[field] = "Ce montant est trop grand."


def check_details(values: Mapping[str, object]) -> None:
    """Check dates, amount and duration of a contract. Raises Invalid with one sentence per field."""
    errors: dict[str, str] = {}
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        errors["ends_on"] = "La fin d'exécution précède le début."
    consulted, notified = values.get("consultation_on"), values.get("notified_on")
    if isinstance(consulted, date) and isinstance(notified, date) and notified < consulted:
        errors["notified_on"] = "La notification précède la consultation."
    amount, duration = values.get("amount_ht"), values.get("duration_months")
    if isinstance(amount, Decimal):
        positive(amount, "amount_ht", "Le montant HT doit être supérieur à zéro.", errors)
    if isinstance(duration, int) and duration < 1:
        errors["duration_months"] = "La durée est d'au moins un mois."
    if errors:
        raise Invalid(errors)


def lot_of(contract: Contract, uid: UUID | None) -> Lot | None:
    """Return the lot of this contract, None for the whole contract. Raises Invalid when it has no such lot."""
    if uid is None:
        return None
    lot = Lot.objects.filter(contract=contract, uid=uid).order_by("id").first()
    if lot is None:
        raise Invalid({"lot": "Ce lot n'est pas dans ce marché."})
    return lot


def search_text(common_name: str, official_id: str, buyer_name: str, title: str) -> str:
    """Return the key by which a contract is sought."""
    return search_key(f"{common_name} {official_id} {buyer_name} {title}")[:400].strip()


def refuse_duplicate(actor: Actor, buyer_id: int, official_id: str, but: int = 0) -> None:
    """Same structure, same buyer, same number written otherwise: it is the same contract (MODEL §1)."""
    if not official_id:
        return
    held = contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id, buyer_id=buyer_id)
    for _pk, number, name in (
        held.exclude(pk=but).order_by("id").values_list("pk", "official_id", "common_name")
    ):
        if number and normal_number(number) == normal_number(official_id):
            raise AlreadyHeld(
                f"Ce marché existe déjà sous le nom « {name} » (numéro {number}).", "official_id"
            )
