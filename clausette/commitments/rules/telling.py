"""The arithmetic of the hours due, told in one sentence for the screen and the paper."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from clausette.commitments.enums import AmountBase, CommitmentKind
from clausette.commitments.rules.calculation import Calculation
from clausette.commitments.rules.owing import Owing, PerAmount, ShareOfHours
from clausette.commitments.rules.terms import Terms
from clausette.kernel.french import format_date, format_euros, format_hours, format_percent

_WITHOUT = {
    CommitmentKind.FOLLOWED: (
        "Suivi sans objectif chiffré : les heures sont comptées, sans taux ni heures non réalisées."
    ),
    CommitmentKind.VOLUNTARY: (
        "Heures volontaires sur un lot sans clause : comptées « hors clause », à part, jamais dans un taux."
    ),
}
_DONE = {AmountBase.ORDERED: "commandés", AmountBase.INVOICED: "facturés"}


def _hours(value: Fraction) -> str:
    return format_hours(Decimal(round(value * 100)) / 100)


def tell_amount(basis: PerAmount, base: AmountBase, on: date) -> str:
    """« (2 800 000 € facturés − 2 700 000 €) ÷ 2 000 €/h = 50 h »; below the threshold, that it is not reached."""
    amount, done = basis.amount(on), _DONE[base]
    if amount <= basis.beyond:
        reached = f"{format_euros(amount)} {done} au {format_date(on)}"
        if basis.beyond == 0:
            return f"{reached} : {format_hours(0)}"
        return f"{reached}, le seuil de {format_euros(basis.beyond)} n'est pas dépassé : {format_hours(0)}"
    left = (
        f"({format_euros(amount)} {done} − {format_euros(basis.beyond)})"
        if basis.beyond
        else f"{format_euros(amount)} {done}"
    )
    return f"{left} ÷ {format_euros(basis.euros_per_hour)}/h = {format_hours(basis.hours(amount))}"


def tell_share(basis: ShareOfHours, on: date) -> str:
    """« 5 % × (12 000 h déclarées + 1 000 h estimées) = 650 h, provisoire »."""
    declared, estimated = basis.declared(on), basis.estimated(on)
    told = f"{_hours(declared)} déclarées"
    if estimated:
        told = f"({told} + {_hours(estimated)} estimées)"
    end = ", provisoire" if basis.provisional(on) else ""
    return f"{format_percent(basis.share, places=4)} × {told} = {format_hours(basis.hours(on))}{end}"


def arithmetic(owing: Owing, terms: Terms, calculation: Calculation | None, on: date) -> str:
    """Return the sentence that says where the hours due of a day come from."""
    if owing.kind in _WITHOUT:
        return _WITHOUT[owing.kind]
    told = [calculation.sentence] if calculation else []
    if isinstance(owing.basis, PerAmount):
        told.append(tell_amount(owing.basis, terms.amount_base or AmountBase.INVOICED, on))
    elif isinstance(owing.basis, ShareOfHours):
        told.append(tell_share(owing.basis, on))
    if terms.minimum_hours is not None:
        told.append(f"minimum exigé : {format_hours(terms.minimum_hours)}")
    if terms.offer_hours is not None:
        told.append(f"engagement de l'offre : {format_hours(terms.offer_hours)}")
    if not told:
        return "Heures dues : la somme des parties de l'échéancier."
    text = " ; ".join(told)
    greatest = ". Le plus grand est dû." if len(told) > 1 else ""
    return f"{text[0].upper()}{text[1:]}{greatest}{_moved(terms, greatest)}"


def _moved(terms: Terms, before: str) -> str:
    if terms.moved_hours == 0:
        return ""
    word = "reçues" if terms.moved_hours > 0 else "cédées"
    return f"{'' if before else '.'} {format_hours(abs(terms.moved_hours))} {word} par acte."
