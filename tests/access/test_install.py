"""The first structure of a real installation, and the accounts of the demonstration."""

import re
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from clausette.access.demonstration import PASSWORD, demo_accounts
from clausette.access.install import make_account
from clausette.access.models import Invitation, Organisation
from clausette.access.queries import read_invitation
from clausette.journal.models import Event
from tests.hats import as_owner
from tests.world import body, demonstration, member, two_structures

pytestmark = pytest.mark.django_db

WHO = ("--structure", "PLIE du Lys", "--admin", "Ana@lys.example")


def run(command: str, *arguments: str) -> str:
    said = StringIO()
    with as_owner():
        call_command(command, *arguments, stdout=said)
    return said.getvalue()


def test_it_writes_the_structure_and_prints_the_address_of_the_invitation(settings: LazySettings) -> None:
    printed = run("install", *WHO, "--siret", "130 025 265 00013")
    found = re.search(r"http://localhost:8000/compte/invitation/(\S+)/", printed)
    assert found
    card = read_invitation(secret=found[1])
    assert card is not None
    assert (card.organisation_name, card.email) == ("PLIE du Lys", "ana@lys.example")
    with as_owner():
        row = Organisation.objects.get()
        verbs = set(Event.objects.values_list("verb", flat=True))
    assert (row.siret, row.capabilities) == ("13002526500013", ["facilitator"])
    assert verbs == {"access.organisation.installed", "access.invitation.installed"}


def test_run_again_before_anybody_came_it_replaces_the_invitation() -> None:
    run("install", *WHO)
    run("install", *WHO)
    with as_owner():
        assert Organisation.objects.count() == 1
        assert Invitation.objects.filter(withdrawn_at__isnull=True).count() == 1
        assert Invitation.objects.count() == 2
    with pytest.raises(CommandError, match="commencée pour « PLIE du Lys »"):
        run("install", "--structure", "Autre", "--admin", "x@x.example")


def test_it_is_refused_once_somebody_is_there() -> None:
    member(body("PLIE du Lys", "facilitator"), "ana@lys.example")
    with pytest.raises(CommandError, match="déjà installée"):
        run("install", *WHO)


def test_it_is_refused_on_the_demonstration() -> None:
    demonstration()
    with pytest.raises(CommandError, match="contient la démonstration"):
        run("install", *WHO)


def test_a_wrong_siret_writes_nothing() -> None:
    with pytest.raises(CommandError, match="SIRET"):
        run("install", *WHO, "--siret", "12345678901234")
    with as_owner():
        assert Organisation.objects.count() == 0


def test_the_accounts_of_the_demonstration_are_told_there_only() -> None:
    firm = body("Bâti", "contractor")
    member(firm, "chef@bati.example")
    two_structures()
    assert demo_accounts() == []
    assert run("demo-accounts") == ""
    demonstration()
    assert [one.email for one in demo_accounts()] == [
        "ana@lys.example",
        "bob@ouche.example",
        "chef@bati.example",
    ]
    printed = run("demo-accounts")
    assert PASSWORD in printed
    assert "Bâti (entreprise)" in printed


def test_the_password_of_the_demonstration_would_be_accepted_by_the_rules() -> None:
    with as_owner():
        assert make_account(email="x@x.example", full_name="X", password=PASSWORD) > 0
