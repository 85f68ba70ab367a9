"""Guided choice of the levier juridique: one suggestion with its reasons, its risks and its article of the day.

Sources: code de la commande publique (articles by date: reference/facts/articles; limits: reference/facts/devices),
practice of the trade for the volume and the duration (dated parameters). A suggestion: the person decides.
"""

from dataclasses import dataclass

from clausette.advice.enums import Bought, Capacity, Supplier
from clausette.advice.rules.articles import article_of
from clausette.advice.rules.capacity import capacity, capacity_told
from clausette.advice.rules.device_facts import RESERVED, DeviceFacts, DeviceRules
from clausette.advice.rules.device_words import reasons_of, risks_of
from clausette.advice.rules.limits import Limits
from clausette.commitments.rules import LegalReference
from clausette.procurement.enums import ContractKind, LegalDeviceKind
from clausette.reference.facts.devices import ReservationRow

DEVICE_RULES = "levier-2026.1"
"""Version of these rules, kept beside what is advised."""
_OUTSIDE = frozenset({ContractKind.PRIVATE, ContractKind.CHARTER})
D = LegalDeviceKind


@dataclass(frozen=True, slots=True)
class DeviceAdvice:
    """A suggestion. `part`: a lot only is to be reserved; `article`: None where none is known on that day;
    `platform`: the answer of the State's marketplace in a sentence, « » when the suppliers are not counted."""

    device: LegalDeviceKind
    part: bool
    reasons: tuple[str, ...]
    risks: tuple[str, ...]
    article: LegalReference | None
    platform: str
    rule_version: str = DEVICE_RULES

    @property
    def summary(self) -> str:
        """The reasons as one text, to be kept with the study."""
        return " ".join(self.reasons)


def suggest(facts: DeviceFacts, rules: DeviceRules) -> DeviceAdvice:
    """Return the levier juridique to advise, with why, what it risks, and the article in force on that day."""
    allowed = None if facts.count is None else capacity(facts.count, facts.depends, rules.capacity)
    device = _device(facts, rules, allowed)
    part = device in RESERVED and allowed == Capacity.LOT
    return DeviceAdvice(
        device=device,
        part=part,
        reasons=(*_why_not_reserved(facts, rules, device, allowed), *reasons_of(device, facts, rules, part=part)),
        risks=risks_of(device, facts, rules),
        article=_article(device, facts, rules),
        platform="" if facts.count is None else capacity_told(facts.count, facts.depends, rules.capacity),
    )


def _device(facts: DeviceFacts, rules: DeviceRules, allowed: Capacity | None) -> LegalDeviceKind:
    if facts.kind in _OUTSIDE:
        return D.NONE if facts.bought == Bought.GOODS else D.PRIVATE
    if facts.bought == Bought.GOODS:
        return D.NONE
    if facts.bought == Bought.INSERTION:
        return D.INSERTION_SERVICE
    if facts.reserve and (found := _reserved(facts, rules, allowed)):
        return found
    if _large_enough(facts, rules.limits):
        return D.BOTH if facts.differ else D.EXECUTION
    if facts.at_or_above:
        return D.EXECUTION
    return D.CRITERION if facts.differ else D.NONE


def _large_enough(facts: DeviceFacts, limits: Limits) -> bool:
    """A volume and a duration that insert somebody; what is not known is not held against the clause."""
    enough = facts.hours is None or facts.hours >= limits.least_hours
    return enough and (facts.months is None or facts.months >= limits.least_months)


def _reserved(facts: DeviceFacts, rules: DeviceRules, allowed: Capacity | None) -> LegalDeviceKind | None:
    """The reservation that the suppliers, the capacity and the law of the day allow."""
    found = _kind_of_reservation(facts, rules.reservation)
    if found is None or _article(found, facts, rules) is None:
        return None
    enough = found == D.RESERVED_PRISON or allowed in (Capacity.WHOLE, Capacity.LOT)
    return found if enough else None


def _kind_of_reservation(facts: DeviceFacts, row: ReservationRow) -> LegalDeviceKind | None:
    kinds = facts.suppliers
    if {Supplier.IAE, Supplier.DISABILITY} <= kinds:
        return D.RESERVED_BOTH
    if Supplier.IAE in kinds:
        return D.RESERVED_IAE
    if Supplier.DISABILITY in kinds:
        return D.RESERVED_DISABILITY
    if Supplier.PRISON in kinds:
        return D.RESERVED_PRISON
    short = facts.months is None or facts.months <= row.ess_most_months
    return D.RESERVED_ESS if Supplier.ESS in kinds and facts.bought == Bought.SOCIAL and short else None


def _why_not_reserved(
    facts: DeviceFacts, rules: DeviceRules, device: LegalDeviceKind, allowed: Capacity | None
) -> tuple[str, ...]:
    """Why a reservation that the buyer was ready for is not suggested."""
    if not facts.reserve or device in RESERVED or facts.bought in (Bought.GOODS, Bought.INSERTION):
        return ()
    if not facts.suppliers:
        return ("Réserver demande de savoir à quelles structures : dites lesquelles peuvent répondre.",)
    found = _kind_of_reservation(facts, rules.reservation)
    if found is None:
        most = rules.reservation.ess_most_months
        only = "Seuls des services de santé, sociaux ou culturels"
        return (f"{only}, pour {most} mois au plus, se réservent à l'économie sociale et solidaire.",)
    if facts.kind in _OUTSIDE or _article(found, facts, rules) is None:
        return ("Cette réservation n'a pas de base dans les textes en vigueur à cette date pour cet achat.",)
    if allowed is None:
        return ("Le nombre de structures capables de répondre n'est pas connu : consultez-les avant de réserver.",)
    return ("Trop peu de structures peuvent répondre : réserver ferait courir le risque d'un marché infructueux.",)


def _article(device: LegalDeviceKind, facts: DeviceFacts, rules: DeviceRules) -> LegalReference | None:
    return article_of(
        rules.articles, device=device, kind=facts.kind, on=facts.on, at_or_above=facts.at_or_above,
        defence=facts.defence,
    )  # fmt: skip
