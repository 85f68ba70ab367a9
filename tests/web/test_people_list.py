"""The list of persons: who reads what, filters, the part for htmx, constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.journal.models import Reading
from tests.hats import as_owner
from tests.placements.builders import People, decide, people, person, put_to_work, site
from tests.procurement.builders import organisation_uid
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]


@pytest.fixture
def cast() -> People:
    return people()


def test_the_structure_reads_its_people_and_the_reading_is_noted(cast: People) -> None:
    uid = person(cast.pilot, referred_by_uid=organisation_uid(cast.prescriber))
    decide(cast.pilot, uid)
    put_to_work(cast, uid, site(cast))
    shown = text(signed_in(cast.pilot).get(address(cast.pilot, "participants")).content)
    for told in (
        "1 personne",
        "Moreau Aline",
        "validé",
        "Aide maçon chez Bâti Ouche",
        "Mission locale du Lys",
    ):
        assert told in shown
    assert "RSA" not in shown
    with as_owner():
        assert list(Reading.objects.values_list("kind", "subject_uid")) == [("identity", uid)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mots=mor", {"Moreau"}),
        ("verification=a_verifier", {"Petit"}),
        ("verification=valides", {"Moreau"}),
        ("verification=depasses", set()),
        ("verification=non_eligibles", {"Roux"}),
        ("travail=en_poste", {"Moreau"}),
        ("travail=sans_contrat", {"Petit", "Roux"}),
        ("travail=inconnu&verification=bizarre&page=99x", {"Moreau", "Petit", "Roux"}),
    ],
)
def test_filters(cast: People, query: str, expected: set[str]) -> None:
    busy = person(cast.pilot)
    decide(cast.pilot, busy)
    put_to_work(cast, busy, site(cast))
    person(cast.pilot, "Léa", "Petit")
    decide(
        cast.pilot, person(cast.pilot, "Ugo", "Roux"), eligible=False, categories=(), reason="Sans critère"
    )
    shown = text(signed_in(cast.pilot).get(f"{address(cast.pilot, 'participants')}?{query}").content)
    assert {name for name in ("Moreau", "Petit", "Roux") if name in shown} == expected


def test_htmx_gets_the_part_of_the_page(cast: People) -> None:
    person(cast.pilot)
    client, where = signed_in(cast.pilot), address(cast.pilot, "participants")
    part = client.get(where, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="resultats">')
    assert "<html" not in part
    assert part.strip() in client.get(where).content.decode()


def test_a_firm_reads_its_own_people_and_no_reason(cast: People) -> None:
    mine, other = person(cast.pilot), person(cast.pilot, "Léa", "Petit")
    decide(cast.pilot, mine)
    put_to_work(cast, mine, site(cast))
    elsewhere = site(cast, "École Pasteur", who="other_firm")
    put_to_work(
        cast, other, elsewhere, employer_uid=cast.uid("other_firm"), host_company_uid=cast.uid("other_firm")
    )
    shown = text(signed_in(cast.firm).get(address(cast.firm, "participants")).content)
    assert "validé jusqu'au 16 février 2027" in shown
    assert "Moreau Aline" in shown
    assert "Petit" not in shown
    assert "Prescripteur" not in shown


def test_a_prescriber_reads_those_it_referred_with_the_answer(cast: People) -> None:
    decide(cast.pilot, person(cast.pilot, referred_by_uid=organisation_uid(cast.prescriber)))
    person(cast.pilot, "Léa", "Petit", referred_by_uid=organisation_uid(cast.other_prescriber))
    shown = text(signed_in(cast.prescriber).get(address(cast.prescriber, "participants")).content)
    assert "Moreau Aline" in shown
    assert "Réponse" in shown
    assert "validé" in shown
    assert "Petit" not in shown


def test_a_buyer_has_no_such_page(cast: People) -> None:
    answer = signed_in(cast.buyer).get(address(cast.buyer, "participants"))
    assert answer.status_code == 403
    assert "Cette page est réservée aux structures de type" in text(answer.content)


def test_a_stranger_finds_nothing_and_posting_is_refused(cast: People) -> None:
    person(cast.pilot)
    client = signed_in(cast.stranger)
    assert client.get(address(cast.pilot, "participants")).status_code == 404
    shown = text(client.get(address(cast.stranger, "participants")).content)
    assert "Aucun participant" in shown
    assert "Moreau" not in shown
    assert client.post(address(cast.stranger, "participants")).status_code == 405


def test_the_number_of_queries_does_not_grow(cast: People) -> None:
    owed, client, where = site(cast), signed_in(cast.pilot), address(cast.pilot, "participants")
    counts = []
    for first in ("Ana", "Bea", "Cid"):
        uid = person(cast.pilot, first, referred_by_uid=organisation_uid(cast.prescriber))
        decide(cast.pilot, uid)
        put_to_work(cast, uid, owed)
        with CaptureQueriesContext(connection) as captured:
            client.get(where)
        counts.append(len(captured))
    assert counts[0] == counts[2]
    assert counts[0] <= 22
