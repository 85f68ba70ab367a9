"""What cannot even exist in the tables of persons, with its French sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from clausette.kernel.integrity import sentence_of
from clausette.kernel.operation import isolated
from clausette.participants.models import EligibilityCheck, EligibilityReason, Participant, PersonContact
from tests.hats import TODAY, as_owner
from tests.placements.builders import BORN, checked_at_once, decide, person
from tests.world import two_structures

pytestmark = pytest.mark.django_db
Write = Callable[[Participant, EligibilityCheck], Any]

CASES: dict[str, Write] = {
    "Cette personne est déjà enregistrée dans votre structure.": lambda who, check: (
        Participant.objects.create(
            owner_org_id=who.owner_org_id,
            first_name="A",
            last_name="B",
            birth_date=BORN,
            sort_key=who.sort_key,
        )
    ),
    "Une orientation porte son organisme et sa date.": lambda who, check: PersonContact.objects.create(
        owner_org_id=who.owner_org_id, participant=who, referred_on=TODAY
    ),
    "Une décision porte sa date et son auteur.": lambda who, check: EligibilityCheck.objects.filter(
        pk=check.pk
    ).update(decided_by=None),
    "Une décision favorable dit jusqu’à quand l’embauche est possible.": lambda who, check: (
        EligibilityCheck.objects.filter(pk=check.pk).update(hire_before=date(2020, 1, 1))
    ),
    "Un seul public est retenu ; les autres sont des critères.": lambda who, check: (
        EligibilityReason.objects.create(check_made=check, participant=who, is_main=True)
    ),
    "Le motif d’éligibilité n’est pas scellé.": lambda who, check: EligibilityReason.objects.create(
        check_made=check, participant=who, sealed=b"RSA"
    ),
}


@pytest.mark.parametrize("told", CASES)
def test_a_broken_constraint_has_its_sentence(told: str) -> None:
    two = two_structures()
    decide(two.first, person(two.first))
    with as_owner(), pytest.raises(IntegrityError) as caught:
        CASES[told](Participant.objects.get(), EligibilityCheck.objects.get())
    assert sentence_of(caught.value) == told


def test_a_check_belongs_to_the_structure_of_its_person() -> None:
    two = two_structures()
    decide(two.first, person(two.first))
    with as_owner(), checked_at_once(), pytest.raises(IntegrityError), isolated():
        EligibilityCheck.objects.update(owner_org_id=two.second.organisation_id)


def test_a_reason_belongs_to_the_person_of_its_check() -> None:
    two = two_structures()
    decide(two.first, person(two.first))
    person(two.first, "Bea")
    with as_owner():
        other = Participant.objects.get(first_name="Bea")
        with checked_at_once(), pytest.raises(IntegrityError), isolated():
            EligibilityReason.objects.update(participant=other)
