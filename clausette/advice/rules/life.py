"""Life of a study: the table of transitions, what each move asks for (trade practice)."""

from datetime import date, timedelta

from clausette.advice.enums import StudyState as S
from clausette.kernel.errors import Invalid, WrongState

TRANSITIONS: dict[S, frozenset[S]] = {
    S.TO_STUDY: frozenset({S.UNDER_STUDY, S.OPINION_GIVEN, S.ABANDONED, S.POINTLESS}),
    S.UNDER_STUDY: frozenset({S.TO_STUDY, S.OPINION_GIVEN, S.ABANDONED, S.POINTLESS}),
    S.OPINION_GIVEN: frozenset({S.UNDER_STUDY, S.ACCEPTED, S.REFUSED, S.ABANDONED}),
    S.ACCEPTED: frozenset({S.UNDER_STUDY, S.IN_TENDER, S.PUBLISHED, S.ABANDONED}),
    S.REFUSED: frozenset({S.UNDER_STUDY, S.ABANDONED}),
    S.IN_TENDER: frozenset({S.UNDER_STUDY, S.PUBLISHED, S.ABANDONED}),
    S.PUBLISHED: frozenset({S.AWARDED, S.FRUITLESS, S.ABANDONED}),
    S.AWARDED: frozenset(),
    S.FRUITLESS: frozenset({S.UNDER_STUDY, S.ABANDONED}),
    S.ABANDONED: frozenset({S.TO_STUDY}),
    S.POINTLESS: frozenset({S.TO_STUDY}),
}
WITH_REASON = {
    S.REFUSED: "Donnez le motif du refus de l'acheteur.",
    S.ABANDONED: "Dites pourquoi l'achat est sans suite.",
    S.POINTLESS: "Dites pourquoi l'achat est sans objet.",
}
"""States that are told with a reason, and what is said when it is missing."""
OPEN = frozenset({S.TO_STUDY, S.UNDER_STUDY})
"""States in which an answer is still due to the buyer."""


def next_study_states(current: S) -> list[S]:
    """Return the states open from `current`, in the order of the life of a study."""
    return [state for state in S if state in TRANSITIONS[current]]


def check_move(current: S, wanted: S, *, reason: str) -> None:
    """Refuse a move that is not in the table, or a refusal or an end without its reason. Raises WrongState or
    Invalid.
    """
    if wanted not in TRANSITIONS[current]:
        raise WrongState(f"Une étude « {current.label} » ne peut pas passer à « {wanted.label} ».", "state")
    if wanted in WITH_REASON and not reason:
        raise Invalid({"reason": WITH_REASON[wanted]})


def days_late(state: S, due_on: date, on: date) -> int:
    """Return how many days ago the opinion was due; 0 when it is given, or due that very day."""
    return max(0, (on - due_on).days) if state in OPEN else 0


def answer_due(asked_on: date, days: int) -> date:
    """Return the day by which the opinion is due: `days` after the question (dated parameter, 28)."""
    return asked_on + timedelta(days=days)
