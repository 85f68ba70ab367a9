"""Two-sided confirmation: an employer declares, the titulaire confirms or contests, the structure decides (practice).

Silence is no answer: after some days (dated parameter) the structure may validate as « non contesté »."""

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from clausette.hours.enums import ConfirmationState, ContestReason
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date, format_hours

MOST = Decimal(744)
"""Hours of a month of 31 days: the bound of the database too."""

_C = ConfirmationState

# The answer on one line. The same state again is a new answer: on another figure, or with another one.
ANSWERS: dict[_C, frozenset[_C]] = {
    _C.CONFIRMED: frozenset({_C.CONTESTED, _C.UNCONTESTED}),
    _C.CONTESTED: frozenset({_C.CONFIRMED, _C.UPHELD, _C.FOLLOWED, _C.UNCONTESTED}),
    # decided: only hours declared anew are answered anew
    _C.UPHELD: frozenset({_C.CONFIRMED, _C.CONTESTED, _C.UNCONTESTED}),
    _C.FOLLOWED: frozenset({_C.CONFIRMED, _C.CONTESTED, _C.UNCONTESTED}),
    # « non contesté » is written with the validation: answered only once the month is reopened
    _C.UNCONTESTED: frozenset({_C.CONFIRMED, _C.CONTESTED}),
}
FIRST = (_C.CONFIRMED, _C.CONTESTED, _C.UNCONTESTED)
"""What may be said of a line that has no answer yet: the titulaire's own word, or its silence."""


class Standing(Enum):
    """Where one line stands between the employer and the titulaire."""

    WAITING = "attend la réponse de l'entreprise"
    SILENT = "sans réponse de l'entreprise"
    CONTESTED = "contestées, à trancher"
    CONFIRMED = "confirmées"
    SETTLED = "tranchées"

    @property
    def stops(self) -> bool:
        """Say whether the statement cannot be validated so."""
        return self in (Standing.WAITING, Standing.CONTESTED)

    @property
    def leaves(self) -> bool:
        """Say whether somebody must look at it before: silence is decided one by one."""
        return self.stops or self == Standing.SILENT


def answered_figure(state: ConfirmationState, declared: Decimal, theirs: Decimal | None) -> Decimal:
    """Return the figure that an answer is about: once theirs is retained, the line holds it."""
    return theirs if state == ConfirmationState.FOLLOWED and theirs is not None else declared


def standing(
    state: ConfirmationState | None, figure: Decimal | None, hours: Decimal, handed_on: date, on: date, *, days: int
) -> Standing:
    """Say where a line of `hours` stands on `on`, handed over on `handed_on`; an answer on another figure is void."""
    if state is None or figure != hours:
        return Standing.SILENT if on >= silent_on(handed_on, days=days) else Standing.WAITING
    if state == ConfirmationState.CONTESTED:
        return Standing.CONTESTED
    return Standing.CONFIRMED if state == ConfirmationState.CONFIRMED else Standing.SETTLED


def silent_on(handed_on: date, *, days: int) -> date:
    """Return the first day on which silence may be taken as « non contesté »."""
    return handed_on + timedelta(days=days)


def check_contest(name: str, declared: Decimal, hours: Decimal | None, reason: ContestReason | None) -> None:
    """Raise Invalid, under `name`, when a contestation lacks its figure or its reason, or contests nothing."""
    if hours is None:
        raise Invalid({name: "Indiquez vos heures : 0 si la personne n'a pas travaillé."})
    if not 0 <= hours <= MOST:
        raise Invalid({name: f"Les heures d'un mois sont comprises entre 0 et {format_hours(MOST)}."})
    if hours == declared:
        raise Invalid({name: f"C'est le chiffre déclaré, {format_hours(declared)} : confirmez-le."})
    if reason is None:
        raise Invalid({name: "Choisissez la raison de l'écart."})


def refusal_to_validate(found: Standing, person: str, silent_from: date) -> str:
    """Return why a line stops the validation, « » when it does not."""
    who = f"de {person}" if person else "d'une personne"
    if found == Standing.CONTESTED:
        return f"L'entreprise conteste les heures {who} : tranchez d'abord."
    if found == Standing.WAITING:
        return (
            f"L'entreprise n'a pas encore confirmé les heures {who}. Sans réponse, vous pourrez valider à partir du "
            f"{format_date(silent_from)}."
        )
    return ""
