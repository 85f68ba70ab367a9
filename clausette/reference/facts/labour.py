"""Share of labour in the price, by trade, with the first digits of the CPV codes that announce it.

Few are published; the others are practice of the network and say so: defaults that a facilitator changes.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.reference.enums import Reliability


@dataclass(frozen=True, slots=True)
class LabourRow:
    """Usual share (0–1) of labour in the price of a trade from `starts_on` on, between `least` and `most`.

    `cpv`: first digits of the codes of this trade. `cost_code`: the dated parameter of its hourly cost, « » where none
    is known.
    """

    code: str
    trade: str
    cpv: tuple[str, ...]
    share: Decimal
    least: Decimal
    most: Decimal
    cost_code: str
    starts_on: date
    source: str
    reliability: Reliability


_ORIGIN = date(2012, 1, 1)
_MEF = "MEF du Sud 77, méthode de calcul publiée"
_CLEANING = "Inserpropre, PACT Propreté"
_WEAK, _FAIR = "Usage, confiance faible", "Usage, confiance moyenne"
_SURE = {_MEF: Reliability.SOURCED, _CLEANING: Reliability.SOURCED, _FAIR: Reliability.MEDIUM}
BUILDING, CLEANING, GREEN, MIND = (
    "hourly_cost_building", "hourly_cost_cleaning", "hourly_cost_green", "hourly_cost_mind",
)  # fmt: skip


def _row(
    code: str, trade: str, cpv: str, shares: tuple[int, int, int], source: str = _WEAK, cost: str = ""
) -> LabourRow:
    share, least, most = (Decimal(percent) / 100 for percent in shares)
    reliability = _SURE.get(source, Reliability.LOW)
    return LabourRow(code, trade, tuple(cpv.split()), share, least, most, cost, _ORIGIN, source, reliability)


LABOUR: tuple[LabourRow, ...] = (
    _row("masonry", "Gros œuvre, maçonnerie", "4522 45262", (50, 40, 55), _MEF, cost=BUILDING),
    _row("steel_frame", "Charpente métallique", "45261 45223", (20, 15, 30), _MEF, cost=BUILDING),
    _row("timber_frame", "Charpente bois, ossature", "45261100 45422", (40, 30, 50), cost=BUILDING),
    _row("roofing", "Couverture, zinguerie", "452612 452613", (45, 35, 50), cost=BUILDING),
    _row("waterproofing", "Étanchéité", "452614", (40, 30, 45), cost=BUILDING),
    _row("demolition", "Démolition, curage", "4511", (45, 35, 60), cost=BUILDING),
    _row("earthworks", "Terrassement", "45112", (25, 15, 35), cost=BUILDING),
    _row("roads", "Voirie et réseaux divers", "4523", (30, 20, 40), cost=BUILDING),
    _row("surfacing", "Enrobés, chaussée", "452332", (20, 15, 25), cost=BUILDING),
    _row("landscaping", "Aménagement paysager (création)", "451127", (45, 35, 55), cost=GREEN),
    _row("green_upkeep", "Entretien d'espaces verts", "7731", (75, 65, 85), _FAIR, GREEN),
    _row("facade", "Façade, ravalement", "45443", (60, 45, 65), cost=BUILDING),
    _row("plastering", "Isolation, plâtrerie, cloisons", "4532 4541 45421141", (55, 45, 65), cost=BUILDING),
    _row("outer_joinery", "Menuiseries extérieures", "45421", (25, 20, 35), cost=BUILDING),
    _row("inner_joinery", "Menuiseries intérieures, agencement", "45421150 45421", (40, 30, 45), cost=BUILDING),
    _row("metalwork", "Serrurerie, métallerie", "45421160 44316500", (40, 30, 45), cost=BUILDING),
    _row("painting", "Peinture intérieure", "45442", (70, 60, 75), _MEF, cost=BUILDING),
    _row("soft_floors", "Sols souples", "4543213", (45, 35, 50), cost=BUILDING),
    _row("tiling", "Carrelage, faïence", "45431", (50, 40, 60), cost=BUILDING),
    _row("electricity", "Électricité", "4531", (45, 35, 50), cost=BUILDING),
    _row("plumbing", "Plomberie, sanitaire", "4533", (45, 35, 50), cost=BUILDING),
    _row("heating", "Chauffage, ventilation, climatisation", "45331", (40, 30, 45), cost=BUILDING),
    _row("lifts", "Ascenseurs", "45313", (15, 10, 25), cost=BUILDING),
    _row("asbestos", "Désamiantage", "45262660", (45, 35, 55), cost=BUILDING),
    _row("street_lighting", "Éclairage public", "45316", (35, 25, 40), cost=BUILDING),
    _row("cleaning", "Nettoyage de locaux", "9091", (80, 75, 85), _CLEANING, CLEANING),
    _row("security", "Gardiennage, sécurité", "7971", (85, 80, 90), _FAIR),
    _row("waste", "Collecte des déchets", "9051", (50, 40, 60)),
    _row("waste_sorting", "Exploitation de déchèterie, tri", "9051 90514", (55, 45, 65)),
    _row("street_cleaning", "Propreté urbaine", "9061", (70, 60, 80)),
    _row("catering", "Restauration collective", "555 5532", (40, 30, 45)),
    _row("laundry", "Blanchisserie", "9831", (50, 40, 60)),
    _row("removals", "Déménagement, manutention", "98392 6312 63100000", (75, 65, 80)),
    _row("transport", "Transport de personnes, transport scolaire", "601", (50, 40, 55)),
    _row("reception", "Accueil, conciergerie", "9834", (85, 80, 90)),
    _row("archives", "Archivage, numérisation", "79995 79999", (70, 60, 80)),
    _row("computing", "Services informatiques", "72", (75, 60, 85), cost=MIND),
    _row("studies", "Études, maîtrise d'œuvre", "71", (80, 70, 85), cost=MIND),
    _row("maintenance", "Maintenance multitechnique", "507", (50, 40, 60)),
    _row("supplies", "Fournitures sans pose", "", (0, 0, 10)),
)
