"""May a person be erased? RGPD art. 17: the right has limits (17.3), each is told with its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clausette.kernel.french import format_date


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps the data until a day, included: an FSE+ operation, a dispute, a control. None: no end known yet."""

    label: str
    until: date | None


@dataclass(frozen=True, slots=True)
class ErasureFacts:
    """What is known of the person. `works_at`: the employer of a work contract that runs or begins, « » for none.

    `waiting_months`: months of hours not yet validated, which nobody could control any more.
    """

    works_at: str = ""
    waiting_months: int = 0
    holds: Sequence[Hold] = ()


def may_erase(facts: ErasureFacts, on: date) -> tuple[str, ...]:
    """Return why the person cannot be erased on a day, in French sentences; () when they can."""
    told = []
    if facts.works_at:
        told.append(f"Cette personne est au travail chez {facts.works_at} : terminez d'abord son contrat de travail.")
    if facts.waiting_months:
        several = "mois d'heures attendent" if facts.waiting_months > 1 else "mois d'heures attend"
        told.append(f"{facts.waiting_months} {several} d'être validé{'s' if facts.waiting_months > 1 else ''}.")
    told += [
        f"Ses données sont conservées {_until(hold.until)} : {hold.label}."
        for hold in sorted(facts.holds, key=lambda one: one.until or date.max)
        if hold.until is None or on <= hold.until
    ]
    return tuple(told)


def _until(day: date | None) -> str:
    return f"jusqu'au {format_date(day)}" if day else "sans fin connue (le dernier paiement n'est pas noté)"
