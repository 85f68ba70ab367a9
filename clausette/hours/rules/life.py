"""Life of a monthly statement and of its lines (MODEL §5, trade practice)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.hours.enums import LineState as L
from clausette.hours.enums import StatementState as S
from clausette.hours.errors import CorrectionImpossible
from clausette.kernel.errors import WrongState
from clausette.kernel.french import format_hours, of_month
from clausette.kernel.months import first_day

# A validated line is corrected by a new line that cites it; a whole month is reopened only by a request (see
# `rules/reopening.py`), never by the operations that hand over or return.
TRANSITIONS: dict[S, frozenset[S]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.VALIDATED, S.RETURNED, S.DRAFT}),  # taken back by its declarant until control
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.VALIDATED: frozenset({S.SUBMITTED}),
}

# A line follows its statement; a refused line stays as it was handed over, with its reason. A line retained under
# reserve counts while a piece is awaited: the reserve is lifted, or the hours are not retained. Reopened, what was
# validated or under reserve is « déclarées » again; what was not retained stays so.
LINE_TRANSITIONS: dict[L, frozenset[L]] = {
    L.DRAFT: frozenset({L.DECLARED}),
    L.DECLARED: frozenset({L.DRAFT, L.VALIDATED, L.RESERVED, L.REFUSED}),
    L.RESERVED: frozenset({L.VALIDATED, L.REFUSED, L.DECLARED}),
    L.VALIDATED: frozenset({L.DECLARED}),
    L.REFUSED: frozenset(),
}


def allowed(current: S, wanted: S) -> bool:
    """Say whether a statement may go from `current` to `wanted`."""
    return wanted in TRANSITIONS[current]


def check_transition(current: S, wanted: S) -> None:
    """Raise WrongState, with both words, when the transition is not in the table. Reopening asks its own rule."""
    if current == S.VALIDATED and wanted != S.VALIDATED:
        raise WrongState("Ce relevé est validé : corrigez-le par une nouvelle ligne.", "state")
    if not allowed(current, wanted):
        raise WrongState(f"Un relevé « {current.label} » ne peut pas passer à « {wanted.label} ».", "state")


@dataclass(frozen=True, slots=True)
class SubmissionFacts:
    """What is known of a statement on the point of being handed over.

    `nil`: « aucune heure ce mois-ci » is ticked. `lines_without_split`: names or numbers of the people whose
    hours are not credited to an engagement. `evidence_required`: asked by the engagement or the structure.
    """

    month: date
    nil: bool
    line_count: int
    zero_lines: int
    lines_without_split: tuple[str, ...]
    has_evidence: bool
    evidence_required: bool


def missing_to_submit(facts: SubmissionFacts, on: date) -> list[str]:
    """Return, in French, what the statement lacks on `on`; [] when it can be handed over."""
    missing: list[str] = []
    filled = facts.line_count - facts.zero_lines
    if first_day(facts.month) > first_day(on):
        missing.append(f"Le relevé {of_month(facts.month)} ne peut pas être transmis avant ce mois.")
    if facts.nil and filled:
        missing.append("Des heures sont saisies : décochez « aucune heure ce mois-ci » ou effacez-les.")
    if not facts.nil and not filled:
        missing.append("Saisissez les heures, ou cochez « aucune heure ce mois-ci ».")
    if facts.lines_without_split:
        names = ", ".join(facts.lines_without_split)
        missing.append(f"Heures sans engagement d'insertion : {names}. Choisissez-en un.")
    if facts.evidence_required and not facts.has_evidence and not facts.nil:
        missing.append("Joignez une pièce justificative.")
    return missing


def correction_delta(validated: Decimal, corrected: Decimal) -> Decimal:
    """Return the hours of the new line that brings a validated line from `validated` to `corrected` (may
    be negative).

    Raises CorrectionImpossible when nothing changes or when the result would be negative.
    """
    if corrected < 0:
        raise CorrectionImpossible("Le nombre d'heures corrigé ne peut pas être négatif.", "hours")
    if corrected == validated:
        raise CorrectionImpossible(f"La ligne vaut déjà {format_hours(validated)}.", "hours")
    return corrected - validated


def is_regularisation(month: date, validated_on: date, *, months: int = 3) -> bool:
    """Say whether hours of `month` validated on `validated_on` come late (« régularisation », a reason is
    asked)."""
    gone = (validated_on.year - month.year) * 12 + validated_on.month - month.month
    return gone > months
