"""A correction proposed by who declared: on which line it may be, and what becomes of it (trade practice).

A validated line never changes by itself (MODEL §5): its declarant proposes, a structure in charge decides.
"""

from dataclasses import dataclass
from decimal import Decimal

from clausette.hours.enums import LineState, ProposalState, StatementState
from clausette.hours.rules.entries import MOST, refusal_of
from clausette.kernel.french import format_hours

P = ProposalState

# A proposal ends once, and never begins again.
PROPOSALS: dict[P, frozenset[P]] = {
    P.OPEN: frozenset({P.ACCEPTED, P.DECLINED, P.WITHDRAWN, P.MOOT}),
    P.ACCEPTED: frozenset(),
    P.DECLINED: frozenset(),
    P.WITHDRAWN: frozenset(),
    P.MOOT: frozenset(),
}


@dataclass(frozen=True, slots=True)
class ProposableFacts:
    """What a proposal depends on. `moved`: an act brought these hours from another engagement."""

    statement: StatementState
    line: LineState
    is_correction: bool = False
    moved: bool = False


def refusal_to_propose(facts: ProposableFacts) -> str:
    """Return why no correction may be proposed on a line, « » when it may."""
    if facts.statement != StatementState.VALIDATED:
        return "Ce relevé n'est pas validé : ses heures se corrigent sans proposition."
    if facts.is_correction:
        return "Proposez la correction sur la ligne d'origine, pas sur sa correction."
    if facts.moved:
        return (
            "Ces heures viennent d'un autre engagement par un acte : proposez la correction là où elles ont été faites."
        )
    if facts.line == LineState.RESERVED:
        return "Ces heures sont retenues sous réserve : leur facilitateur en décide d'abord."
    if facts.line != LineState.VALIDATED:
        return "Seule une ligne validée se corrige ainsi."
    return ""


def refusal_of_figure(validated: Decimal, hours: Decimal, people: int | None = None) -> str:
    """Return why `hours` may not be proposed in the place of `validated`, « » when they may. Hours; 0 is allowed.

    `people`: how many made them together, when they are without names.
    """
    if people is not None and hours > MOST * people:
        return f"Un mois compte au plus {format_hours(MOST)} par personne : vérifiez la saisie."
    if (people is None or hours < 0) and (sentence := refusal_of(hours)):
        return sentence
    if hours == validated:
        return f"La ligne vaut déjà {format_hours(validated)} : proposez un autre chiffre, ou ne changez rien."
    return ""
