"""Figures proposed where none was typed: labour share and hourly cost of the trade, with how sure we are."""

from dataclasses import dataclass, replace
from decimal import Decimal

from clausette.advice.enums import Method
from clausette.advice.errors import CannotCalibrate
from clausette.advice.rules.asking import NEEDED, Ask
from clausette.advice.rules.own import OwnFigure
from clausette.kernel.french import format_euros, format_percent
from clausette.reference.enums import Reliability
from clausette.reference.facts.labour import LabourRow


@dataclass(frozen=True, slots=True)
class UsualCost:
    """An hourly cost with charges, in euros per hour, with its source."""

    value: Decimal
    source: str
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class TradeProposal:
    """What is proposed for a trade; `cost` is None where no usual one is known. `own_share` and `own_cost`: those of
    the structure, which come first."""

    row: LabourRow
    cost: UsualCost | None
    own_share: OwnFigure | None = None
    own_cost: OwnFigure | None = None

    @property
    def share(self) -> Decimal:
        """The share proposed, from 0 to 1."""
        return self.own_share.value if self.own_share else self.row.share


@dataclass(frozen=True, slots=True)
class Completed:
    """The figures with those proposed, and a sentence for each of these."""

    ask: Ask
    told: tuple[str, ...] = ()


def complete(ask: Ask, proposal: TradeProposal | None) -> Completed:
    """Give the labour share and the hourly cost of the trade where they are needed and were not typed.

    The 25 €/h of cleaning is a turnover, not this cost: it is left alone. Raises CannotCalibrate for a trade without
    labour on site.
    """
    needed = NEEDED[ask.method]
    if proposal is None or ask.method == Method.CLEANING:
        return Completed(ask)
    told = []
    if ask.labour_share is None and "labour_share" in needed:
        if proposal.share == 0:
            sentence = f"{proposal.row.trade} : aucune main-d'œuvre sur site, une clause n'a pas d'objet."
            raise CannotCalibrate({"labour_share": sentence})
        ask = replace(ask, labour_share=proposal.share)
        told.append(share_told(proposal.row, proposal.own_share))
    cost = proposal.own_cost or proposal.cost
    if ask.hourly_cost is None and "hourly_cost" in needed and cost:
        ask = replace(ask, hourly_cost=cost.value)
        told.append(cost_told(cost))
    return Completed(ask, tuple(told))


def share_told(row: LabourRow, own: OwnFigure | None = None) -> str:
    """« Part de main-d'œuvre proposée : 70 % (usuelle de 60 % à 75 %), Peinture intérieure. Source… »."""
    between = f"usuelle de {format_percent(row.least)} à {format_percent(row.most)}"
    share, source = (own.value, f"{_capital(own.told)}.") if own else (row.share, _sure(row.source, row.reliability))
    return f"Part de main-d'œuvre proposée : {format_percent(share, places=2)} ({between}), « {row.trade} ». {source}"


def cost_told(cost: UsualCost | OwnFigure) -> str:
    """« Coût horaire proposé : 35 €/h. Usage du réseau des facilitateurs (usage à confirmer). »."""
    source = f"{_capital(cost.told)}." if isinstance(cost, OwnFigure) else _sure(cost.source, cost.reliability)
    return f"Coût horaire proposé : {format_euros(cost.value)}/h. {source}"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _sure(source: str, reliability: Reliability) -> str:
    label = str(reliability.label)
    return f"{source} ({label[0].lower()}{label[1:]})."
