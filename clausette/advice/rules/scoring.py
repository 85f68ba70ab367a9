"""Does a purchase suit a clause of insertion? A score from 0 to 100, each point with its reason in French.

Six criteria: share of labour, volume of hours, duration, place, capacity of the structures of insertion, past
contracts of the same trade. What is not known is neither good nor bad: it gives a part of the points and says so.
Practice of the trade, low confidence: weights and thresholds are dated parameters (`Weights`).
"""

from dataclasses import dataclass
from decimal import Decimal

from clausette.advice.rules.proposing import TradeProposal
from clausette.advice.rules.weights import Weights
from clausette.kernel.french import format_hours, format_number, format_percent, plural


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion: stable code, points out of the most it gives, French sentence; `known` is False when a fact is
    missing."""

    code: str
    points: int
    most: int
    sentence: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Offered:
    """What structures of insertion can do in a trade near a place: hours a month, how many structures. `listed`: some
    offer is known, whatever its trade: nothing is known of the territory otherwise."""

    monthly_hours: Decimal = Decimal(0)
    offers: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """Contracts followed in the same trade: how many, hours due and hours validated."""

    contracts: int = 0
    due: Decimal = Decimal(0)
    achieved: Decimal = Decimal(0)


_ONE, _NONE, _HALF = Decimal(1), Decimal(0), Decimal("0.5")


def _reason(code: str, most: int, part: Decimal, sentence: str) -> Reason:
    return Reason(code, int(most * min(_ONE, max(_NONE, part)) + _HALF), most, sentence)


def _unknown(code: str, most: int, weights: Weights, sentence: str) -> Reason:
    return Reason(code, int(most * weights.unknown + _HALF), most, sentence, known=False)


def _between(value: Decimal, least: Decimal, full: Decimal) -> Decimal:
    """0 under `least`, 1 from `full` on, in proportion between zero and `full` otherwise."""
    if value < least:
        return _NONE
    return _ONE if value >= full else value / full


def labour_reason(trades: tuple[TradeProposal, ...], weights: Weights) -> Reason:
    """Labour in the price. `trades`: those of the code, the one retained first; a share of the structure's own is
    told."""
    if not trades:
        sentence = "Métier non reconnu : la part de main-d'œuvre est à demander."
        return _unknown("labour", weights.labour, weights, sentence)
    kept = trades[0]
    source = kept.own_share.told if kept.own_share else _lower(kept.row.source)
    sentence = f"Main-d'œuvre : {format_percent(kept.share)} du prix, « {kept.row.trade} » ({source})."
    if len(trades) > 1:
        others = " ou ".join(f"« {one.row.trade} »" for one in trades[1:])
        sentence += f" Aussi possible : {others}. La part la plus basse est retenue."
    return _reason("labour", weights.labour, kept.share / weights.full_share, sentence)


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}" if text[:1] and not text[1:2].isupper() else text


def volume_reason(hours: Decimal | None, weights: Weights) -> Reason:
    """Hours at the first rate."""
    most, rate = weights.volume, format_percent(weights.rates[0])
    if hours is None:
        sentence = "Volume d'heures non estimé : il manque le montant ou le métier."
        return _unknown("volume", most, weights, sentence)
    told = f"{format_hours(hours)} au taux de {rate}"
    if hours < weights.least_hours:
        least = format_hours(weights.least_hours)
        sentence = f"{told} : moins de {least}, un contrat de travail trop court n'insère pas."
    else:
        sentence = f"{told}."
    return _reason("volume", most, _between(hours, weights.least_hours, weights.full_hours), sentence)


def duration_reason(months: int | None, weights: Weights) -> Reason:
    """How long the work lasts."""
    most = weights.duration
    if months is None:
        return _unknown("duration", most, weights, "Durée inconnue : elle est à demander.")
    told = f"{format_number(months)} mois d'exécution"
    if months < weights.least_months:
        least = format_number(weights.least_months)
        sentence = f"{told} : moins de {least} mois, le temps manque pour recruter et accompagner."
    else:
        sentence = f"{told}."
    return _reason("duration", most, _between(Decimal(months), weights.least_months, weights.full_months), sentence)


def place_reason(within: bool | None, place: str, weights: Weights) -> Reason:
    """Whether the work is on the structure's territory, as far as the two places tell."""
    most = weights.place
    if within is None:
        what = f"Lieu non reconnu (« {place[:60]} »)" if place else "Lieu d'exécution inconnu"
        return _unknown("place", most, weights, f"{what} : il est à vérifier.")
    if within:
        return _reason("place", most, _ONE, "Exécution sur votre territoire.")
    sentence = f"Exécution hors de votre département (« {place[:60]} ») : voyez la structure du lieu."
    return _reason("place", most, _NONE, sentence)


def capacity_reason(found: Offered, hours: Decimal | None, months: int | None, weights: Weights) -> Reason:
    """What the structures of insertion can do there, beside the hours of the purchase."""
    most = weights.capacity
    if not found.listed:
        sentence = "Capacité des structures d'insertion non renseignée."
        return _unknown("capacity", most, weights, sentence)
    if not found.offers:
        sentence = "Aucune structure d'insertion ne s'est dite disponible dans ce métier."
        return _reason("capacity", most, _NONE, sentence)
    monthly = format_hours(found.monthly_hours)
    told = f"{plural(found.offers, 'offre')} d'insertion dans ce métier, {monthly} par mois"
    if hours is None or months is None or hours == 0:
        return _unknown("capacity", most, weights, f"{told}.")
    able = found.monthly_hours * months
    part = able / hours
    return _reason("capacity", most, part, f"{told}, soit {format_hours(able)} sur la durée.")


def past_reason(past: Past, weights: Weights) -> Reason:
    """What contracts of the same trade gave."""
    most = weights.past
    if not past.contracts:
        return _unknown("past", most, weights, "Aucun marché semblable suivi : l'expérience manque.")
    told = plural(past.contracts, "marché semblable", "marchés semblables")
    if not past.due:
        return _unknown("past", most, weights, f"{told}, sans heures dues.")
    part = past.achieved / past.due
    sentence = f"{told} : {format_hours(past.achieved)} réalisées sur {format_hours(past.due)} dues."
    return _reason("past", most, part, sentence)


def score_of(reasons: tuple[Reason, ...]) -> int:
    """Return the score from 0 to 100: the points given out of the points possible."""
    most = sum(one.most for one in reasons)
    return (200 * sum(one.points for one in reasons) + most) // (2 * most) if most else 0
