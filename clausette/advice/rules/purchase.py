"""The purchase of a study, as far as it is known: what the test of the social condition still asks for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.advice.enums import BuyerKind, StudyState
from clausette.advice.rules.obligation import ObligationTest, Purchase
from clausette.kernel.errors import Invalid, WrongState
from clausette.procurement.enums import ContractNature

ENDED = frozenset({StudyState.AWARDED})
"""States in which the purchase is a contract: what changes is written there."""


@dataclass(frozen=True, slots=True)
class KnownPurchase:
    """What a study says of its purchase; `value` in euros without tax, all lots together. None: not known yet."""

    buyer_kind: BuyerKind | None = None
    nature: ContractNature | None = None
    value: Decimal | None = None
    engaged_on: date | None = None
    defence: bool = False
    concession: bool = False


def missing_to_test(known: KnownPurchase) -> tuple[str, ...]:
    """Return, in French, what the test still asks for, in the order of the form."""
    asked = (
        ("qui achète", known.buyer_kind),
        ("la nature", known.nature),
        ("la valeur estimée HT", known.value),
        ("le jour où la consultation est engagée", known.engaged_on),
    )
    return tuple(label for label, value in asked if value is None)


def purchase_of(known: KnownPurchase) -> Purchase | None:
    """Return the purchase to test, None while something is missing."""
    if known.buyer_kind is None or known.nature is None or known.value is None or known.engaged_on is None:
        return None
    return Purchase(
        known.buyer_kind, known.nature, known.value, known.engaged_on, defence=known.defence,
        concession=known.concession,
    )  # fmt: skip


def check_changeable(state: StudyState) -> None:
    """Refuse to change a purchase that was awarded. Raises WrongState."""
    if state in ENDED:
        raise WrongState("Cet achat est attribué : ce qui change s'écrit sur la fiche du marché.")


def check_waiver(found: ObligationTest | None, code: str) -> None:
    """Refuse a reason to leave the condition out that cannot serve here: not asked for, not in the closed list, or
    kept for works (L2112-2-1, L3114-2-1 CCP). « » takes the reason back. Raises Invalid under « waiver »."""
    if not code:
        return
    motives = {motive.code: motive for motive in found.motives} if found else {}
    if not motives:
        raise Invalid({"waiver": "Aucun motif n'est à donner : la clause n'est pas obligatoire pour cet achat."})
    if code not in motives:
        raise Invalid({"waiver": "Choisissez un motif dans la liste."})
    if motives[code].refusal:
        raise Invalid({"waiver": motives[code].refusal})
