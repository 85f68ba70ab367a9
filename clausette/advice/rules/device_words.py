"""Why a levier juridique is suggested and what it risks, in sentences for the buyer."""

from clausette.advice.enums import Bought
from clausette.advice.rules.device_facts import RESERVED, DeviceFacts, DeviceRules
from clausette.kernel.french import format_hours, format_number, format_percent
from clausette.procurement.enums import LegalDeviceKind as D

_REASONS = {
    D.EXECUTION: "Tous les candidats s'engagent sur le même minimum, l'entreprise choisit comment le réaliser.",
    D.CRITERION: "Les candidats peuvent faire mieux les uns que les autres sur l'insertion : un critère le récompense.",
    D.BOTH: "La condition fixe un minimum pour tous, le critère récompense les offres qui font mieux.",
    D.RESERVED_DISABILITY: "Des entreprises adaptées et des ESAT savent répondre : le marché leur est réservé.",
    D.RESERVED_IAE: "Des structures d'insertion savent répondre : le marché leur est réservé.",
    D.RESERVED_BOTH: "Structures d'insertion, entreprises adaptées, ESAT savent répondre : le marché leur est réservé.",
    D.RESERVED_PRISON: "Le travail en détention sait répondre : le marché lui est réservé.",
    D.RESERVED_ESS: "Un service de santé, social ou culturel se réserve à l'économie sociale et solidaire.",
    D.INSERTION_SERVICE: "L'insertion est l'objet même de l'achat : les travaux ou le service en sont le support.",
    D.PRIVATE: "L'acheteur n'est pas soumis au code de la commande publique : la clause est un engagement volontaire.",
}
_CONDITION = (
    "Une condition d'exécution ne se note pas : toute offre l'accepte sans réserve, sinon elle est irrégulière.",
    "N'imposez pas une seule modalité : embauche, mise à disposition, sous-traitance restent au choix de l'entreprise.",
)
_SCORED = (
    "Le critère est lié à l'objet du marché ou à ses conditions d'exécution : la politique générale n'est pas notée.",
    "Annoncez la pondération et les éléments d'appréciation : ce qui n'est pas annoncé ne se note pas.",
    "Ce que l'offre promet devient dû : reportez-le à l'acte d'engagement et suivez-le.",
)
_RESERVATION = (
    "Réserver écarte toutes les autres entreprises : vérifiez avant de publier que plusieurs structures répondront.",
    "L'avis de marché dit la réservation : un oubli ne se rattrape pas dans le règlement de la consultation.",
)


def reasons_of(device: D, facts: DeviceFacts, rules: DeviceRules, *, part: bool) -> tuple[str, ...]:
    """Return why, from what was answered."""
    if device == D.NONE:
        return _why_none(facts, rules)
    found = [_REASONS[device]]
    if device in (D.EXECUTION, D.BOTH, D.PRIVATE):
        found += _about_volume(facts, rules)
    if facts.at_or_above and device in (D.EXECUTION, D.BOTH):
        found.append("La valeur estimée atteint le seuil européen : une condition sociale est due, sauf dérogation.")
    if device == D.CRITERION:
        found.append("Le volume ou la durée ne suffisent pas à un minimum imposé à tous.")
    if part:
        found.append("Le nombre de structures invite à réserver un lot plutôt que tout le marché.")
    return tuple(found)


def _about_volume(facts: DeviceFacts, rules: DeviceRules) -> list[str]:
    if facts.hours is None or facts.hours < rules.limits.least_hours:
        return []
    least = format_hours(rules.limits.least_hours)
    return [f"Le volume calculé, {format_hours(facts.hours)}, permet d'embaucher : il atteint {least}."]


def _why_none(facts: DeviceFacts, rules: DeviceRules) -> tuple[str, ...]:
    if facts.bought == Bought.GOODS:
        return ("Personne ne travaille à l'exécution : une clause d'insertion n'a pas d'objet.",)
    least = rules.limits
    found = []
    if facts.hours is not None and facts.hours < least.least_hours:
        found.append(
            f"Le volume calculé, {format_hours(facts.hours)}, reste sous {format_hours(least.least_hours)} : un "
            "contrat de travail trop court n'insère pas."
        )
    if facts.months is not None and facts.months < least.least_months:
        found.append(
            f"L'exécution dure moins de {format_number(least.least_months)} mois : le temps manque pour recruter et "
            "accompagner."
        )
    return tuple(found)


def risks_of(device: D, facts: DeviceFacts, rules: DeviceRules) -> tuple[str, ...]:
    """Return what to be careful about."""
    found: list[str] = []
    if device in (D.EXECUTION, D.BOTH, D.PRIVATE):
        found += _CONDITION if device != D.PRIVATE else _CONDITION[1:]
        found += _thin(facts, rules)
    if device in (D.CRITERION, D.BOTH):
        found += _SCORED
    if device in RESERVED:
        found += _reservation(device, facts, rules)
    if device == D.INSERTION_SERVICE:
        found.append("L'objet du marché doit dire l'insertion : la qualité du parcours proposé se juge d'abord.")
        found.append("Les heures sont suivies, sans objectif chiffré à opposer au titulaire.")
    if device in (D.NONE, D.CRITERION) and facts.at_or_above:
        found.append(
            "La valeur estimée atteint le seuil européen : sans condition sociale, l'acheteur écrit le motif de "
            "dérogation, ou prévoit une autre condition sociale (égalité, apprentissage, commerce équitable)."
        )
    if device not in (D.NONE, D.PRIVATE) and facts.at_or_above is None:
        found.append("Complétez la valeur estimée et la nature : l'article cité dépend du seuil européen.")
    return tuple(found)


def _thin(facts: DeviceFacts, rules: DeviceRules) -> list[str]:
    if facts.hours is None:
        return ["Les heures ne sont pas encore calculées : un minimum sans calcul se défend mal."]
    if facts.hours < rules.limits.least_hours:
        return ["Le volume est faible : regroupez des lots, ou préférez une autre condition sociale."]
    return []


def _reservation(device: D, facts: DeviceFacts, rules: DeviceRules) -> list[str]:
    found = list(_RESERVATION)
    if device == D.RESERVED_ESS:
        found.append(
            f"La durée ne dépasse pas {rules.reservation.ess_most_months} mois, et l'entreprise n'a pas eu ce même "
            f"marché dans les {rules.reservation.ess_rest_years} années précédentes."
        )
    elif device != D.RESERVED_PRISON:
        share = format_percent(rules.reservation.least_share)
        found.append(f"Les structures admises emploient au moins {share} de travailleurs concernés : vérifiez-le.")
    if facts.at_or_above:
        found.append("Au-dessus du seuil européen, écrivez aussi une condition sociale parmi les clauses du marché.")
    return found
