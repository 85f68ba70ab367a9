"""The page that credits hours to another contract under an act of globalisation."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from clausette.hours.operations import submit_statement, validate_statement
from clausette.hours.queries import progress_of
from tests.hats import TODAY, acting, noon
from tests.hours.builders import OCT, SEPT, World
from tests.hours.test_operations_globalising import act, other, w
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["act", "other", "w"]
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _hours(w: World, act: Any) -> None:
    """September (100 h) and October (80 h) are validated; the act allows 150 h."""
    demonstration()
    with acting(w.pilot) as pilot:
        for month, hours in ((SEPT, "100"), (OCT, "80")):
            ref = w.save(pilot, month, w.entry(w.lemaire, hours))
            submit_statement(actor=pilot, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
            validate_statement(
                actor=pilot,
                uid=ref.uid,
                version=None,
                justifications={"W104": "Vues."},
                at=noon(TODAY),
                on=TODAY,
            )


def url(act: Any, who: Any) -> str:
    return f"/o/{who.slug}/actes/{act.uid}/heures/"


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_hours_are_credited_up_to_the_ceiling(client: Client, w: World, act: Any, other: Any) -> None:
    as_(client, w.pilot)
    page = plain(client.get(url(act, w.pilot)).content.decode())
    for term, value in (("Plafond", "150 h"), ("Déjà créditées", "0 h"), ("Reste à créditer", "150 h"),
                        ("Validées, encore disponibles", "180 h")):  # fmt: skip
        assert f"<dt>{term}</dt><dd>{value}" in page, term
    engagement = client.get(f"/o/{w.pilot.slug}/engagements/{w.commitment.uid}/").content.decode()
    assert url(act, w.pilot) in engagement
    assert client.post(url(act, w.pilot), {"hours": "120"}).status_code == 302
    with acting(w.pilot) as pilot:
        done = progress_of(actor=pilot, as_of=TODAY)
        assert (done[w.commitment.pk].validated, done[other.pk].validated) == (Decimal(60), Decimal(120))
    answer = client.post(url(act, w.pilot), {"hours": "30,01"})
    assert answer.status_code == 400
    assert "Le plafond de l&#x27;acte laisse 30 h à créditer." in plain(answer.content.decode())


def test_an_act_used_up_says_so_instead_of_asking(client: Client, w: World, act: Any) -> None:
    as_(client, w.pilot).post(url(act, w.pilot), {"hours": "150"})
    page = plain(client.get(url(act, w.pilot)).content.decode())
    assert "Le plafond de l&#x27;acte est atteint" in page
    assert 'name="hours"' not in page
    refused = client.post(url(act, w.pilot), {"hours": "1"})
    assert (refused.status_code, 'name="hours"' in refused.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("hours", "sentence"), [("", "obligatoire"), ("0", "supérieur à 0"), ("zq", "zq"), ("-5", "nombre")]
)
def test_bad_input(client: Client, w: World, act: Any, hours: str, sentence: str) -> None:
    answer = as_(client, w.pilot).post(url(act, w.pilot), {"hours": hours})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_no_act_no_page_and_not_for_others(client: Client, w: World, act: Any) -> None:
    as_(client, w.pilot)
    assert client.get(url(act, w.pilot).replace(str(act.uid), str(w.commitment.uid))).status_code == 404
    assert as_(client, w.stranger).get(url(act, w.stranger)).status_code == 404
    for who in (w.firm, w.buyer):
        assert as_(client, who).get(url(act, who)).status_code == 403
