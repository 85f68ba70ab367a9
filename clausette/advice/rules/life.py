"""Life of a study: the table of transitions, what each move asks for (trade practice)."""

from datetime import date, timedelta

from clausette.advice.enums import StudyState as S
from clausette.kernel.errors import Invalid, WrongState

TRANSITIONS: dict[S, frozenset[S]] = {
    S.TO_STUDY: frozenset({S.UNDER_STUDY, S.OPINION_GIVEN}),
    S.UNDER_STUDY: frozenset({S.TO_STUDY, S.OPINION_GIVEN}),
    S.OPINION_GIVEN: frozenset({S.UNDER_STUDY, S.ACCEPTED, S.REFUSED}),
    S.ACCEPTED: frozenset({S.UNDER_STUDY}),
    S.REFUSED: frozenset({S.UNDER_STUDY}),
}
OPEN = frozenset({S.TO_STUDY, S.UNDER_STUDY})
"""States in which an answer is still due to the buyer."""


def next_study_states(current: S) -> list[S]:
    """Return the states open from `current`, in the order of the life of a study."""
    return [state for state in S if state in TRANSITIONS[current]]


def check_move(current: S, wanted: S, *, reason: str) -> None:
    """Refuse a move that is not in the table, or a refusal of the buyer without its reason. Raises WrongState or
    Invalid.
    """
    if wanted not in TRANSITIONS[current]:
        raise WrongState(f"Une étude « {current.label} » ne peut pas passer à « {wanted.label} ».", "state")
    if wanted == S.REFUSED and not reason:
        raise Invalid({"reason": "Donnez le motif du refus de l'acheteur."})


def days_late(state: S, due_on: date, on: date) -> int:
    """Return how many days ago the opinion was due; 0 when it is given, or due that very day."""
    return max(0, (on - due_on).days) if state in OPEN else 0


def answer_due(asked_on: date, days: int) -> date:
    """Return the day by which the opinion is due: `days` after the question (dated parameter, 28)."""
    return asked_on + timedelta(days=days)
