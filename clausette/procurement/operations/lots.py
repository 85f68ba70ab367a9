"""Lots of a contract, most often pasted from a spreadsheet (read by `rules.parse_lots`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import created, operation
from clausette.kernel.text import collapse
from clausette.procurement.models import Contract, Lot
from clausette.procurement.operations.checks import piloted_contract, positive


@dataclass(frozen=True, slots=True)
class LotEntry:
    """One lot to record: amount in euros without tax, or None."""

    number: str
    title: str
    amount_ht: Decimal | None = None
    cpv: str = ""
    has_clause: bool = True


def _check(lots: Sequence[LotEntry], taken: set[str]) -> None:
    errors: dict[str, str] = {}
    seen = set(taken)
    for lot in lots:
        number = collapse(lot.number).casefold()
        if not number or not collapse(lot.title):
            errors["lots"] = "Chaque lot a un numéro et un intitulé."
        elif len(number) > 10 or len(lot.title) > 300:
            errors["lots"] = f"Lot {lot.number} : 10 caractères au plus pour le numéro, 300 pour l'intitulé."
        elif number in seen:
            errors["lots"] = f"Le lot {lot.number} existe déjà dans ce marché."
        positive(lot.amount_ht, "lots", f"Lot {lot.number} : le montant doit être supérieur à zéro.", errors)
        seen.add(number)
    if errors:
        raise Invalid(errors)


def write_lots(contract: Contract, lots: Sequence[LotEntry]) -> list[Lot]:
    """Write the lots of a contract inside the running operation. Raises Invalid under « lots »."""
    if not lots:
        return []
    taken = {
        number.casefold() for number in Lot.objects.filter(contract=contract).values_list("number", flat=True)
    }
    _check(lots, taken)
    return [
        created(
            Lot(
                contract=contract,
                number=collapse(lot.number),
                title=collapse(lot.title),
                amount_ht=lot.amount_ht,
                cpv=lot.cpv,
                has_clause=lot.has_clause,
            )
        )
        for lot in lots
    ]


@operation("procurement.lots.added")
def add_lots(*, actor: Actor, contract_uid: UUID, lots: Sequence[LotEntry]) -> tuple[UUID, ...]:
    """Add lots to a contract; return their uids in order. Raises NotAllowed, Absent, Invalid."""
    contract = piloted_contract(actor, contract_uid)
    if not lots:
        raise Invalid({"lots": "Collez au moins un lot."})
    return tuple(lot.uid for lot in write_lots(contract, lots))
