"""What should make the facilitator think twice about a figure. Practice of the trade, never a rule of law."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from clausette.advice.enums import AmountBasis
from clausette.advice.rules.limits import Limits
from clausette.kernel.french import format_hours, format_number, format_percent, plural


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning: a stable code and its French sentence."""

    code: str
    sentence: str


def warnings_of(
    *,
    hours: Decimal | None,
    rate: Decimal | None,
    months: Decimal | None,
    basis: AmountBasis | None,
    limits: Limits,
) -> tuple[Warned, ...]:
    """Return the warnings of a figure; what is not known warns of nothing.

    `rate`: share (0–1) of the labour that the hours take; `months`: how long the work lasts. The limits
    themselves are not passed: exactly 70 h, 20 % or 2 months warn of nothing.
    """
    found = [
        *_about_hours(hours, rate, limits),
        *_about_time(hours, months, limits),
    ]
    if basis == AmountBasis.MAXIMUM:
        sentence = (
            "Le montant est le maximum de l'accord-cadre : rien n'oblige à le commander. Préférez des heures par "
            "100 000 € commandés."
        )
        found.append(Warned("framework_maximum", sentence))
    return tuple(found)


def _about_hours(hours: Decimal | None, rate: Decimal | None, limits: Limits) -> list[Warned]:
    found = []
    if hours is not None and hours < limits.least_hours:
        sentence = f"Moins de {format_hours(limits.least_hours)} : un contrat de travail trop court n'insère pas."
        found.append(Warned("too_small", sentence))
    if rate is not None and rate > limits.heavy_share:
        sentence = (
            f"{format_percent(rate, places=2)} de la main-d'œuvre : au-delà de {format_percent(limits.heavy_share)}, "
            "la clause pèse sur l'entreprise et peut écarter des candidats."
        )
        found.append(Warned("too_heavy", sentence))
    return found


def _about_time(hours: Decimal | None, months: Decimal | None, limits: Limits) -> list[Warned]:
    if months is None:
        return []
    found = []
    if months < limits.least_months:
        least = format_number(limits.least_months)
        sentence = f"Exécution de moins de {least} mois : le temps manque pour recruter et accompagner."
        found.append(Warned("too_short", sentence))
    one = months * limits.month_hours
    if hours is not None and hours > one:
        people = int((hours / one).to_integral_value(rounding=ROUND_CEILING))
        sentence = (
            f"Une seule personne ferait au plus {format_hours(one)} en {format_number(months)} mois : il en faudra "
            f"{plural(people, 'à temps plein', 'à temps plein')}."
        )
        found.append(Warned("more_than_one_person", sentence))
    return found
