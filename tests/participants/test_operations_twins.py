"""Likely twins: asked at entry, proposed over the structure, settled once; contacts in their own compartment."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, WrongState
from clausette.participants.enums import PairState
from clausette.participants.errors import LikelyTwins
from clausette.participants.models import PersonContact, Resemblance
from clausette.participants.operations import change_participant, seek_twins, settle_different
from clausette.participants.queries import contacts_visible_to, open_pairs, pair_of
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import BORN, people, person
from tests.procurement.builders import organisation_uid
from tests.world import Two, two_structures

pytestmark = pytest.mark.django_db


def states(who: Actor) -> list[str]:
    with acting(who):
        return list(Resemblance.objects.order_by("id").values_list("state", flat=True))


def two_alike() -> tuple[Two, UUID, UUID]:
    """Zoé Lhoest, and Zoe Lhoest born the 7th of May instead of the 5th of July."""
    two = two_structures()
    first = person(two.first, "Zoé", "Lhoest", birth_date=date(1990, 7, 5))
    return two, first, person(two.first, "Zoe", "L'Hoest", birth_date=date(1990, 5, 7))


def test_a_likely_twin_is_asked_about_before_anything_is_written() -> None:
    two = two_structures()
    known = person(two.first, "Zoé", "Lhoest", birth_date=date(1990, 7, 5))
    with pytest.raises(LikelyTwins) as caught:
        person(two.first, "Zoe", "Lhoest", birth_date=date(1990, 5, 7), different_from=())
    (twin,) = caught.value.twins
    assert (twin.uid, twin.told) == (known, "Même nom et même prénom, jour et mois de naissance inversés, même commune")
    assert states(two.first) == []
    person(two.first, "Zoe", "Lhoest", birth_date=date(1990, 5, 7), different_from=[known])
    assert states(two.first) == [PairState.DIFFERENT]
    with acting(two.first) as actor:
        assert seek_twins(actor=actor) == 0
    assert states(two.first) == [PairState.DIFFERENT]


def test_the_twins_of_another_structure_are_not_told() -> None:
    two = two_structures()
    person(two.second, "Zoé", "Lhoest", birth_date=date(1990, 7, 5))
    person(two.first, "Zoe", "Lhoest", birth_date=date(1990, 5, 7), different_from=())
    assert states(two.first) == states(two.second) == []


def test_a_pair_written_without_asking_is_proposed_then_settled_once() -> None:
    two, first, second = two_alike()
    with acting(two.first) as actor:
        (pair,), total = open_pairs(actor=actor)
        assert (pair.first.uid, pair.second.uid, total) == (first, second, 1)
    with acting(two.second) as stranger:
        assert open_pairs(actor=stranger) == ((), 0)
    with acting(two.first) as actor:
        settle_different(actor=actor, uid=pair.uid, on=TODAY)
        with pytest.raises(WrongState):
            settle_different(actor=actor, uid=pair.uid, on=TODAY)
        assert pair_of(actor=actor, uid=pair.uid).state == PairState.DIFFERENT
        assert seek_twins(actor=actor) == 0


def test_a_search_over_the_structure_finds_what_was_written_without_keys_and_closes_what_is_corrected() -> None:
    two, first, _second = two_alike()
    with as_owner():
        Resemblance.objects.all().delete()
    with acting(two.first) as actor:
        assert seek_twins(actor=actor) == 1
        change_participant(
            actor=actor, uid=first, first_name="Ines", last_name="Caron", birth_date=BORN - timedelta(4000), on=TODAY
        )  # fmt: skip
        assert open_pairs(actor=actor)[1] == 0
    assert states(two.first) == [PairState.CLOSED]


def test_a_structure_without_anybody_has_nothing_to_compare() -> None:
    two = two_structures()
    with acting(two.first) as actor, pytest.raises(WrongState, match="rien à comparer"):
        seek_twins(actor=actor)


def test_two_people_may_share_an_e_mail_and_the_mark_tells_nothing() -> None:
    two = two_structures()
    person(two.first, "Zoé", "Lhoest", email="Famille@Exemple.fr", phone="06 12 34 56 78")
    person(two.first, "Marc", "Petit", email="famille@exemple.fr", phone="+33612345678", different_from=())
    with acting(two.first):
        one, other = PersonContact.objects.order_by("id")
    assert (one.email_mark, one.phone_mark) == (other.email_mark, other.phone_mark)
    assert len(one.email_mark) == 32


@pytest.mark.parametrize(
    ("details", "field"),
    [({"phone": "demander à sa sœur"}, "phone"), ({"phone": "0612"}, "phone"), ({"email": "zoe@exemple"}, "email")],
)
def test_a_contact_that_reaches_nobody_is_refused(details: dict[str, str], field: str) -> None:
    two = two_structures()
    with pytest.raises(Invalid) as caught:
        person(two.first, **details)
    assert list(caught.value.errors) == [field]


def test_contacts_are_read_by_those_in_charge_only() -> None:
    cast = people()
    person(cast.pilot, phone="0612345678", referred_by_uid=organisation_uid(cast.prescriber))
    counts = {}
    for name in ("pilot", "prescriber", "other_prescriber", "firm"):
        with acting(getattr(cast, name)) as actor:
            counts[name] = contacts_visible_to(actor).count()
    assert counts == {"pilot": 1, "prescriber": 1, "other_prescriber": 0, "firm": 0}
