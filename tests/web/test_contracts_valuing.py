"""« Règles de valorisation » of an engagement: said with a source from a month on, withdrawn, read by its parties."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.models import ValuedRule
from clausette.commitments.operations import Terms
from tests.commitments.builders import commitment
from tests.hats import as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
SAID = {"matter": "before_hiring", "starts_on": "2026-03-15", "admitted": "oui", "source": "CCAP, article 5.3"}


@pytest.fixture
def people() -> Cast:
    return opened()


@pytest.fixture
def uid(people: Cast) -> UUID:
    return commitment(
        people, contract(people), kind=CommitmentKind.FIXED, terms=Terms(minimum_hours=Decimal(365)),
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip


def said(**values: str) -> dict[str, Any]:
    return SAID | values


def test_who_reads_and_who_writes(people: Cast, uid: UUID) -> None:
    path = f"engagements/{uid}/valorisation/"
    cast = (people.pilot, people.stranger, people.firm, people.buyer)
    assert [Browser(who).get(path).status for who in cast] == [200, 404, 200, 200]
    assert [Browser(who).post(path, **said()).status for who in cast[1:]] == [404, 403, 403]


def test_said_told_on_the_engagement_then_withdrawn(people: Cast, uid: UUID) -> None:
    pilot, path = Browser(people.pilot), f"engagements/{uid}/valorisation/"
    assert "rien n'est dit : elle ne compte pas" in pilot.get(f"engagements/{uid}/").text
    assert pilot.post(path, **said(person_most="100", share_most="10", days_most="30")).status == 302
    told = "admis, 100 h par personne, 10 % des heures dues au plus, embauche dans les 30 jours"
    for who in (people.pilot, people.firm, people.buyer):
        assert told in Browser(who).get(f"engagements/{uid}/").text
        assert "CCAP, article 5.3" in Browser(who).get(path).text
    with as_owner():
        rule = ValuedRule.objects.get()
    away = f"regles-de-valorisation/{rule.uid}/retirer/"
    assert pilot.post(away, reason="").status == 400
    assert pilot.post(away, reason="Mauvais article").status == 302
    assert "Mauvais article" in pilot.get(path).text
    assert "elle ne compte pas" in pilot.get(f"engagements/{uid}/").text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"source": ""}, "source"), ({"starts_on": "2025-12-31"}, "starts_on"), ({"share_most": "101"}, "share_most"),
        ({"person_most": "-3"}, "person_most"), ({"days_most": "366"}, "days_most"),
        ({"admitted": "non", "person_most": "10"}, "admitted"), ({"matter": "carry"}, "matter"),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field_and_kept(
    people: Cast, uid: UUID, values: dict[str, str], field: str
) -> None:
    answer = Browser(people.pilot).post(f"engagements/{uid}/valorisation/", **said(**values))
    assert (answer.status, f'id="{field}' in answer.text or f"id_{field}" in answer.text) == (400, True)
    assert "is-invalid" in answer.text or "c-error" in answer.text
    if "source" not in values:
        assert "CCAP, article 5.3" in answer.text
    with as_owner():
        assert not ValuedRule.objects.exists()


def test_the_same_day_twice_is_refused(people: Cast, uid: UUID) -> None:
    pilot, path = Browser(people.pilot), f"engagements/{uid}/valorisation/"
    assert [pilot.post(path, **said()).status for _ in range(2)] == [302, 400]


def test_counting_rules_are_dated_and_their_history_is_shown(people: Cast, uid: UUID) -> None:
    pilot, path = Browser(people.pilot), f"engagements/{uid}/valorisation/"
    assert "Avant la première règle datée" in pilot.get(path).text
    rule = {"matter": "cdi", "starts_on": "2026-03-01", "admitted": "oui", "source": "Avenant 1"}
    assert pilot.post(path, **rule, months="0").status == 400
    assert pilot.post(path, **rule, months="12").status == 302
    assert pilot.post(path, **rule | {"starts_on": "2026-06-01", "source": "Avenant 2"}, months="18").status == 302
    page = pilot.get(path).text
    assert {word for word in ("12 mois", "18 mois", "Avenant 1") if word not in page} == set()
    engagement = pilot.get(f"engagements/{uid}/").text
    assert "Avenant 2, depuis le 1er juin 2026" in engagement
    assert "compté 24 mois" not in engagement


def test_a_control_is_switched_off_from_a_month_on(people: Cast, uid: UUID) -> None:
    pilot, path = Browser(people.pilot), f"engagements/{uid}/controles/"
    cast = (people.pilot, people.stranger, people.firm, people.buyer)
    assert [Browser(who).get(path).status for who in cast] == [200, 404, 403, 403]
    assert "tous les contrôles parlent" in pilot.get(path).text
    off = {"control": "W104", "admitted": "non", "starts_on": "2026-03-15", "source": "Accord de la métropole"}
    for wrong in ({"source": ""}, {"control": "E001"}, {"starts_on": "2030-01-01"}):
        assert pilot.post(path, **(off | wrong)).status == 400, wrong
    assert pilot.post(path, **off).location.endswith(path)
    page = pilot.get(path).text
    assert page.count("Heures sans pièce justificative (W104)") == 3  # off this month, in the history, in the list
    assert "Accord de la métropole" in page
    assert "Accord de la métropole" not in pilot.get(f"engagements/{uid}/valorisation/").text
    assert "Contrôles éteints" not in pilot.get(f"engagements/{uid}/conditions/").text
    with as_owner():
        rule = ValuedRule.objects.get()
    away = f"regles-de-valorisation/{rule.uid}/retirer/"
    assert "Heures sans pièce justificative : éteint" in pilot.get(away).text
    assert pilot.post(away, reason="Accord dénoncé").status == 302
    assert "tous les contrôles parlent" in pilot.get(path).text
