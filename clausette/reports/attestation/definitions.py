"""The definitions printed beside the figures (trade practice of MODEL §2 and §6), only those needed."""

from clausette.kernel.french import format_hours
from clausette.reports.attestation.facts import AttestationFacts

_DUE = (
    "Heures dues.",
    (
        "À ce jour : ce que le calendrier de l’engagement demande à la date d’arrêté. Fermes au terme : le total "
        "des parties fermes ; les tranches et reconductions non décidées n’y sont pas."
    ),
)
_RATE = (
    "Taux de réalisation.",
    (
        "Heures validées rapportées aux heures dues fermes au terme. Brut : il peut dépasser 100 %. "
        "Plafonné : les heures faites au-delà de l’engagement ne comptent pas."
    ),
)
_FOLLOWED = (
    "Suivi sans objectif chiffré.",
    "Les heures sont comptées ; il n’y a ni taux ni heures restant à réaliser.",
)
_COUNTED = (
    "Heures déclarées, validées.",
    (
        "Heures de travail et de formation réellement faites, rangées au mois travaillé. Validées : contrôlées "
        "et retenues. Un mois sans relevé est inconnu : ce n’est pas zéro."
    ),
)
_OPENING = (
    "Reprise.",
    (
        "Heures déjà validées avant le début du suivi dans cet outil : comptées dans les heures validées, sans "
        "détail par mois, par modalité ni par personne."
    ),
)
_PEOPLE = (
    "Personnes, contrats de travail comptés.",
    (
        "Personnes ayant au moins une heure validée. Les missions successives d’une personne, chez le même "
        "employeur et pour le même marché, séparées de 15 jours au plus, forment un seul contrat compté."
    ),
)


def definitions(facts: AttestationFacts) -> tuple[tuple[str, str], ...]:
    """Return (term, explanation) pairs for the figures present in `facts`."""
    target = (_FOLLOWED,) if facts.figures.due_firm is None else (_DUE, _RATE)
    opening = (_OPENING,) if facts.figures.opening_balance else ()
    month = format_hours(facts.monthly_hours)
    people = ("Équivalent.", f"Heures divisées par {month}, durée mensuelle d’un temps plein.")
    return (*target, _COUNTED, *opening, _PEOPLE, people)
