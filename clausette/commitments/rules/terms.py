"""What a version of an engagement says: its hours due, and the schedule that must tell the same (MODEL §2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import (
    WITHOUT_FIGURE,
    AmountBase,
    CommitmentKind,
    PartOrigin,
    PartStatus,
    Rounding,
    SubTargetBase,
    SubTargetKind,
)
from clausette.commitments.errors import CalculationImpossible
from clausette.commitments.rules.calculation import Calculation, calibrate, hours_due
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_hours

ON_A_BASIS = frozenset({CommitmentKind.PER_AMOUNT, CommitmentKind.SHARE_OF_HOURS})
"""Kinds whose hours come from what was bought or worked since: their schedule only holds a minimum, if any."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Hours in hours, amounts in euros without tax, shares and rate from 0 to 1, costs in euros per hour.

    `moved_hours`: received (or given, below 0) by acts between engagements.
    """

    minimum_hours: Decimal | None = None
    offer_hours: Decimal | None = None
    amount_ht: Decimal | None = None
    labour_share: Decimal | None = None
    rate: Decimal | None = None
    hourly_cost: Decimal | None = None
    rounding: Rounding = Rounding.NEAREST
    euros_per_hour: Decimal | None = None
    beyond_ht: Decimal | None = None
    amount_base: AmountBase | None = None
    estimated_ht: Decimal | None = None
    hours_share: Decimal | None = None
    estimated_base: Decimal | None = None
    moved_hours: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """An « objectif particulier »: a share (0–1) of the hours or of the people."""

    kind: SubTargetKind
    base: SubTargetBase
    share: Decimal


@dataclass(frozen=True, slots=True)
class PartEntry:
    """One dated part of the schedule, both days included. `phase_id`: the tranche or period it stands for."""

    label: str
    status: PartStatus
    starts_on: date
    ends_on: date
    hours: Decimal
    origin: PartOrigin = PartOrigin.BASE
    phase_id: int | None = None


_ASKED = {
    "amount_ht": "Donnez le montant HT.",
    "labour_share": "Donnez la part de main-d'œuvre.",
    "rate": "Donnez le taux d'insertion.",
    "hourly_cost": "Donnez le coût horaire.",
}
_ASKED_PER_AMOUNT = {
    "euros_per_hour": "Donnez le montant qui fait une heure.",
    "amount_base": "Dites quel montant compte : commandé ou facturé.",
}


def calculation_of(terms: Terms) -> Calculation | None:
    """Return the arithmetic of computed hours, None when there is none. Raises CalculationImpossible."""
    if (
        terms.amount_ht is None
        or terms.labour_share is None
        or terms.rate is None
        or terms.hourly_cost is None
    ):
        return None
    return calibrate(
        amount_ht=terms.amount_ht,
        labour_share=terms.labour_share,
        rate=terms.rate,
        hourly_cost=terms.hourly_cost,
        rounding=terms.rounding,
    )


def due_under(kind: CommitmentKind, terms: Terms) -> Decimal | None:
    """Return the hours due that these terms fix; None without figure.

    The greatest of minimum, offer and calculation, with the hours moved by acts. For hours on a basis (amount,
    hours worked) it is the minimum alone, None when there is none: what the basis makes comes with it.
    """
    if kind in WITHOUT_FIGURE:
        return None
    written = hours_due(terms.minimum_hours, terms.offer_hours)
    if kind in ON_A_BASIS:
        return written
    calculation = calculation_of(terms) if kind == CommitmentKind.COMPUTED else None
    due = hours_due(written, calculation.hours if calculation else None)
    return None if due is None else max(Decimal(0), due + terms.moved_hours)


def _asked(kind: CommitmentKind) -> dict[str, str]:
    if kind == CommitmentKind.COMPUTED:
        return _ASKED
    if kind == CommitmentKind.PER_AMOUNT:
        return _ASKED_PER_AMOUNT
    return {"hours_share": "Donnez la part des heures."} if kind == CommitmentKind.SHARE_OF_HOURS else {}


_ABOVE_ZERO = {
    "minimum_hours": "Les heures doivent être supérieures à zéro.",
    "offer_hours": "Les heures doivent être supérieures à zéro.",
    "euros_per_hour": "Le montant par heure doit être supérieur à zéro.",
    "estimated_ht": "Le montant estimé doit être supérieur à zéro.",
    "estimated_base": "Les heures estimées doivent être supérieures à zéro.",
}


def check_terms(kind: CommitmentKind, terms: Terms) -> None:
    """Refuse terms that do not say what the kind needs. Raises Invalid, CalculationImpossible."""
    errors: dict[str, str] = {}
    for field, sentence in _ABOVE_ZERO.items():
        value: Decimal | None = getattr(terms, field)
        if value is not None and value <= 0:
            errors[field] = sentence
    errors |= {field: told for field, told in _asked(kind).items() if getattr(terms, field) is None}
    if terms.beyond_ht is not None and terms.beyond_ht < 0:
        errors["beyond_ht"] = "Le seuil ne peut pas être négatif."
    if terms.hours_share is not None and not 0 < terms.hours_share <= 1:
        errors["hours_share"] = "La part des heures va de plus de 0 % à 100 %."
    if errors:
        raise Invalid(errors)
    due = due_under(kind, terms)
    if kind == CommitmentKind.COMPUTED and due is not None and due <= 0 and terms.moved_hours == 0:
        raise CalculationImpossible("Ce calcul donne 0 h : vérifiez le montant et le taux.", "amount_ht")


def check_targets(kind: CommitmentKind, targets: Sequence[TargetEntry]) -> None:
    """Refuse sub-targets without hours due, out of 0–100 %, or said twice. Raises Invalid under « targets »."""
    if targets and kind == CommitmentKind.VOLUNTARY:
        raise Invalid({"targets": "Des heures volontaires n'ont pas d'objectif particulier."})
    if any(not 0 < target.share <= 1 for target in targets):
        raise Invalid({"targets": "La part d'un objectif particulier va de plus de 0 % à 100 %."})
    if len({(target.kind, target.base) for target in targets}) < len(targets):
        raise Invalid({"targets": "Le même objectif particulier est donné deux fois."})


def schedule(
    kind: CommitmentKind, terms: Terms, parts: Sequence[PartEntry], *, starts_on: date, ends_on: date
) -> tuple[PartEntry, ...]:
    """Return the schedule to write: the parts given, or one firm part with all the hours due.

    Firm parts stay between the start and the term; parts, cancelled ones included, make the hours due. Hours on a
    basis have parts for their minimum only. Raises Invalid under « parts ».
    """
    if kind in WITHOUT_FIGURE:
        if parts:
            raise Invalid({"parts": _NO_SCHEDULE[kind]})
        return ()
    due = due_under(kind, terms)
    if not parts:
        return _whole(kind, due, starts_on, ends_on)
    if due is None and kind in ON_A_BASIS:
        sentence = "Ces heures viennent de leur base : l'échéancier ne porte qu'un minimum exigé, donnez-le."
        raise Invalid({"parts": sentence})
    for part in parts:
        _check_part(part, starts_on, ends_on)
    total = sum((part.hours for part in parts), Decimal(0))
    if due is not None and total != due:
        sentence = f"Les parties font {format_hours(total)}, l'engagement {format_hours(due)} : accordez-les."
        raise Invalid({"parts": sentence})
    return tuple(parts)


_NO_SCHEDULE = {
    CommitmentKind.FOLLOWED: "Un suivi sans objectif chiffré n'a pas d'échéancier.",
    CommitmentKind.VOLUNTARY: "Des heures volontaires n'ont pas d'échéancier.",
}


def _whole(kind: CommitmentKind, due: Decimal | None, starts_on: date, ends_on: date) -> tuple[PartEntry, ...]:
    if due is None and kind not in ON_A_BASIS:
        raise Invalid({"minimum_hours": "Donnez les heures dues : minimum exigé ou engagement de l'offre."})
    return (PartEntry("Base", PartStatus.FIRM, starts_on, ends_on, due),) if due else ()


def _check_part(part: PartEntry, starts_on: date, ends_on: date) -> None:
    told = f"Partie « {part.label} » : "
    if not part.label:
        raise Invalid({"parts": "Donnez un nom à chaque partie."})
    if part.hours <= 0:
        raise Invalid({"parts": told + "les heures doivent être supérieures à zéro."})
    if part.ends_on < part.starts_on:
        raise Invalid({"parts": told + "la fin précède le début."})
    if part.status == PartStatus.FIRM and (part.starts_on < starts_on or part.ends_on > ends_on):
        raise Invalid({"parts": told + "une partie ferme reste entre le début et le terme de l'engagement."})
