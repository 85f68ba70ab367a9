"""The words of the history of a contract."""

from clausette.kernel.operation import verbs
from clausette.web.contracts.words import VERBS


def test_every_verb_named_in_a_history_exists() -> None:
    assert sorted(set(VERBS) - set(verbs())) == []
