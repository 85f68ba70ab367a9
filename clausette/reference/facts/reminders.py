"""The usual ladder of reminders: when each step comes and whether it is on, until a structure says otherwise."""

from dataclasses import dataclass
from datetime import date

from clausette.reference.enums import Reliability


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One step from `starts_on` on. `days`: after the end of the period, before or after the due date."""

    step: str
    days: int
    counted: str
    is_on: bool
    starts_on: date
    source: str
    reliability: Reliability


_ORIGIN = date(2012, 1, 1)
_PRACTICE = "Usage du réseau des facilitateurs : aucun texte ne règle la relance"


def _usual(step: str, days: int, counted: str, *, is_on: bool = True) -> ReminderRow:
    return ReminderRow(step, days, counted, is_on, _ORIGIN, _PRACTICE, Reliability.LOW)


REMINDERS: tuple[ReminderRow, ...] = (
    _usual("opening", 0, "jours après la fin du mois ou du trimestre"),
    _usual("before", 3, "jours avant l'échéance"),
    _usual("after", 3, "jours après l'échéance"),
    _usual("facilitator", 10, "jours après l'échéance"),
    # what goes to the maître d'ouvrage leaves the house: each structure turns it on itself
    _usual("buyer", 30, "jours après l'échéance", is_on=False),
    # no steps: how long one that was not made is still made, how long a call stands for a reminder
    _usual("catch_up", 5, "jours après le jour prévu"),
    _usual("call_rest", 7, "jours après un appel"),
)
