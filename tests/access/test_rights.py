"""The context of rights: opened by a live membership, signed, one transaction long."""

import pytest
from django.db import DatabaseError, transaction

from clausette.access.models import Organisation
from clausette.access.queries import find_organisations, members
from tests.hats import acting
from tests.world import two_structures

pytestmark = pytest.mark.django_db


def test_without_rights_a_query_is_an_error_not_an_empty_list() -> None:
    two_structures()
    with pytest.raises(DatabaseError, match="rights are not open"), transaction.atomic():
        list(Organisation.objects.all())


def test_a_member_reads_organisations_and_only_its_own_members() -> None:
    cast = two_structures()
    with acting(cast.first) as actor:
        assert actor == cast.first
        assert {card.name for card in find_organisations(actor=actor)} == {
            "PLIE du Lys",
            "Maison de l'emploi d'Ouche",
        }
        assert [line.email for line in members(actor=actor)] == ["ana@lys.example"]
