"""Freezing the facts of a decision, beside its reasons."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from clausette.kernel.operation import created
from clausette.participants import rules
from clausette.participants.models import DecisionFacts, EligibilityCheck, Participant


def freeze_facts(
    check: EligibilityCheck, person: Participant, entry: rules.FactsEntry, codes: Iterable[str], on: date
) -> None:
    """Keep what is known of the person on the day of the decision. Raises Invalid."""
    kept = rules.frozen_facts(entry, born_on=person.birth_date, decided_on=on, codes=frozenset(codes))
    created(DecisionFacts(check_made=check, participant=person, **asdict(kept)))
