"""What a version of an engagement says: its hours due, and the schedule that must tell the same (MODEL §2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import CommitmentKind, PartStatus, Rounding
from clausette.commitments.errors import CalculationImpossible
from clausette.commitments.rules.calculation import Calculation, calibrate, hours_due
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_hours

OPEN_KINDS = frozenset({CommitmentKind.FIXED, CommitmentKind.COMPUTED, CommitmentKind.FOLLOWED})
"""Kinds that can be recorded today; the two others wait for their own bases (orders, hours worked)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Hours in hours, amount in euros without tax, shares and rate from 0 to 1, cost in euros per hour."""

    minimum_hours: Decimal | None = None
    offer_hours: Decimal | None = None
    amount_ht: Decimal | None = None
    labour_share: Decimal | None = None
    rate: Decimal | None = None
    hourly_cost: Decimal | None = None
    rounding: Rounding = Rounding.NEAREST


@dataclass(frozen=True, slots=True)
class PartEntry:
    """One dated part of the schedule, both days included."""

    label: str
    status: PartStatus
    starts_on: date
    ends_on: date
    hours: Decimal


_ASKED = {
    "amount_ht": "Donnez le montant HT.",
    "labour_share": "Donnez la part de main-d'œuvre.",
    "rate": "Donnez le taux d'insertion.",
    "hourly_cost": "Donnez le coût horaire.",
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
    """Return the hours due under these terms: the greatest of minimum, offer and calculation; None without figure."""
    if kind == CommitmentKind.FOLLOWED:
        return None
    calculation = calculation_of(terms) if kind == CommitmentKind.COMPUTED else None
    return hours_due(
        hours_due(terms.minimum_hours, terms.offer_hours), calculation.hours if calculation else None
    )


def check_terms(kind: CommitmentKind, terms: Terms) -> None:
    """Refuse terms that do not say what the kind needs. Raises Invalid, CalculationImpossible."""
    errors: dict[str, str] = {}
    for field in ("minimum_hours", "offer_hours"):
        hours: Decimal | None = getattr(terms, field)
        if hours is not None and hours <= 0:
            errors[field] = "Les heures doivent être supérieures à zéro."
    if kind == CommitmentKind.COMPUTED:
        errors |= {field: sentence for field, sentence in _ASKED.items() if getattr(terms, field) is None}
    if kind not in OPEN_KINDS:
        errors["kind"] = f"« {kind.label} » ne peut pas encore être enregistré : donnez des heures fixées."
    if errors:
        raise Invalid(errors)
    due = due_under(kind, terms)
    if kind == CommitmentKind.COMPUTED and due is not None and due <= 0:
        raise CalculationImpossible("Ce calcul donne 0 h : vérifiez le montant et le taux.", "amount_ht")


def schedule(
    kind: CommitmentKind, terms: Terms, parts: Sequence[PartEntry], *, starts_on: date, ends_on: date
) -> tuple[PartEntry, ...]:
    """Return the schedule to write: the parts given, or one firm part with all the hours due.

    Firm parts stay between the start and the term; parts, cancelled ones included, make the hours due.
    Raises Invalid under « parts ».
    """
    if kind == CommitmentKind.FOLLOWED:
        if parts:
            raise Invalid({"parts": "Un suivi sans objectif chiffré n'a pas d'échéancier."})
        return ()
    due = due_under(kind, terms)
    if not parts:
        if due is None:
            raise Invalid(
                {"minimum_hours": "Donnez les heures dues : minimum exigé ou engagement de l'offre."}
            )
        return (PartEntry("Base", PartStatus.FIRM, starts_on, ends_on, due),)
    for part in parts:
        _check_part(part, starts_on, ends_on)
    total = sum((part.hours for part in parts), Decimal(0))
    if due is not None and total != due:
        sentence = f"Les parties font {format_hours(total)}, l'engagement {format_hours(due)} : accordez-les."
        raise Invalid({"parts": sentence})
    return tuple(parts)


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
