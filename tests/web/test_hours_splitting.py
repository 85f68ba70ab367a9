"""The page that splits one monthly total of a work contract."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clausette.hours.models import HoursLine
from clausette.hours.rules.entries import cell_name
from tests.hats import as_owner
from tests.hours.builders import OCT
from tests.hours.test_operations_splitting import Lent, lent, lines
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["lent"]
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _cast() -> None:
    demonstration()


def url(lent: Lent, who: Any = None, month: str = "2026-10") -> str:
    return f"/o/{(who or lent.w.pilot).slug}/mises-a-l-emploi/{lent.w.diallo.uid}/repartition/?mois={month}"


def names(lent: Lent) -> tuple[str, str]:
    return cell_name(lent.w.diallo.uid, lent.here, OCT), cell_name(lent.w.diallo.uid, lent.there, OCT)


def sent(page: str, **values: str) -> dict[str, str]:
    mark = re.search(r'name="vu" value="([0-9a-f]+)"', page)
    assert mark
    return {"vu": mark[1], "acte": "enregistrer", **values}


def test_a_total_is_proposed_then_written(client: Client, lent: Lent) -> None:
    here, there = names(lent)
    page = as_(client, lent.w.pilot).get(url(lent)).content.decode()
    assert "Bâti Ouche, marché « Gymnase des Acacias »" in page
    answer = client.post(url(lent), sent(page, total="151h40", acte="proposer"))
    proposal = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="{here}"' in proposal
    assert 'value="60,67"' in proposal
    assert lines() == []  # nothing is written before the person says so
    answer = client.post(url(lent), {**sent(proposal, total="151,67"), here: "91", there: "60,67"})
    assert (answer.status_code, answer["Location"]) == (302, url(lent))
    assert [hours for *_, hours in lines()] == [Decimal(91), Decimal("60.67")]
    page = client.get(url(lent)).content.decode()
    assert "Relevés du mois" in page
    assert 'value="151,67"' in page


@pytest.mark.parametrize(
    ("total", "there", "sentence"),
    [
        ("", "40", "obligatoire"),
        ("cent", "40", "cent"),
        ("745", "40", "Au plus 744"),
        ("100", "40,01", "Les parts font 100,01"),
        ("100", "-1", "nombre"),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(
    client: Client, lent: Lent, total: str, there: str, sentence: str
) -> None:
    page = as_(client, lent.w.pilot).get(url(lent)).content.decode()
    names_ = names(lent)
    answer = client.post(url(lent), {**sent(page, total=total), names_[0]: "60", names_[1]: there})
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in shown
    assert f'value="{there}"' in shown
    with as_owner():
        assert not HoursLine.objects.exists()


def test_somebody_else_wrote_meanwhile(client: Client, lent: Lent) -> None:
    here, there = names(lent)
    page = as_(client, lent.w.pilot).get(url(lent)).content.decode()
    first = {**sent(page, total="100"), here: "60", there: "40"}
    assert client.post(url(lent), first).status_code == 302
    answer = client.post(url(lent), {**first, here: "50"})
    assert answer.status_code == 409
    assert 'value="50"' in answer.content.decode()
    assert (
        client.post(url(lent), {**sent(answer.content.decode(), total="100"), here: "50"}).status_code == 302
    )


def test_who_opens_it(client: Client, lent: Lent) -> None:
    assert as_(client, lent.w.etti).get(url(lent, lent.w.etti)).status_code == 200
    assert as_(client, lent.w.stranger).get(url(lent, lent.w.stranger)).status_code == 404
    assert as_(client, lent.w.buyer).get(url(lent, lent.w.buyer)).status_code == 403
    future = as_(client, lent.w.pilot).get(url(lent, month="2026-12"))
    assert "pas commencé" in future.content.decode()
    assert client.put(url(lent)).status_code == 405


def test_the_person_page_leads_to_it(client: Client, lent: Lent) -> None:
    with as_owner():
        person = lent.w.diallo.participant.uid
    for who in (lent.w.pilot, lent.w.etti):
        page = as_(client, who).get(f"/o/{who.slug}/participants/{person}/").content.decode()
        assert f"/mises-a-l-emploi/{lent.w.diallo.uid}/repartition/?mois=2026-10" in page
    page = as_(client, lent.w.firm).get(f"/o/{lent.w.firm.slug}/participants/{person}/").content.decode()
    assert "/repartition/" not in page


def test_as_many_queries_with_more_hours(client: Client, lent: Lent) -> None:
    as_(client, lent.w.pilot).get(url(lent))
    with CaptureQueriesContext(
        connection,
    ) as before:
        page = client.get(url(lent)).content.decode()
    here, there = names(lent)
    assert client.post(url(lent), {**sent(page, total="100"), here: "60", there: "40"}).status_code == 302
    client.get(url(lent))  # the message of the writing
    with CaptureQueriesContext(connection) as after:
        client.get(url(lent))
    assert len(after) == len(before)
