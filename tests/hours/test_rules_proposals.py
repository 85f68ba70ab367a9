"""On which line a correction may be proposed, and which figure."""

from decimal import Decimal

import pytest

from clausette.hours.enums import LineState, ProposalState, StatementState
from clausette.hours.rules.proposals import PROPOSALS, ProposableFacts, refusal_of_figure, refusal_to_propose

S, L = StatementState, LineState


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (ProposableFacts(S.VALIDATED, L.VALIDATED), ""),
        (ProposableFacts(S.SUBMITTED, L.DECLARED), "n'est pas validé"),
        (ProposableFacts(S.VALIDATED, L.VALIDATED, is_correction=True), "ligne d'origine"),
        (ProposableFacts(S.VALIDATED, L.VALIDATED, moved=True), "par un acte"),
        (ProposableFacts(S.VALIDATED, L.RESERVED), "sous réserve"),
        (ProposableFacts(S.VALIDATED, L.REFUSED), "Seule une ligne validée"),
    ],
)
def test_only_a_validated_line_of_a_validated_month(facts: ProposableFacts, told: str) -> None:
    assert told in refusal_to_propose(facts)
    assert bool(refusal_to_propose(facts)) == bool(told)


@pytest.mark.parametrize(
    ("validated", "hours", "told"),
    [
        ("120", "112", ""),
        ("120", "0", ""),
        ("0", "8", ""),
        ("120", "120", "vaut déjà 120\u00a0h"),
        ("120", "-1", "négatif"),
        ("120", "744.25", "au plus 744 heures"),
    ],
)
def test_another_figure_from_nothing_to_a_whole_month(validated: str, hours: str, told: str) -> None:
    assert told in refusal_of_figure(Decimal(validated), Decimal(hours))
    assert bool(refusal_of_figure(Decimal(validated), Decimal(hours))) == bool(told)


def test_a_proposal_ends_once() -> None:
    assert set(PROPOSALS) == set(ProposalState)
    assert PROPOSALS[ProposalState.OPEN] == set(ProposalState) - {ProposalState.OPEN}
    assert not [state for state, after in PROPOSALS.items() if after and state != ProposalState.OPEN]
