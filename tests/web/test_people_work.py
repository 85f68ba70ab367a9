"""Putting to work, prolonging, ending: the pages of work contracts."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clausette.access.models import Organisation
from clausette.placements.models import Allocation, Placement
from tests.hats import TODAY, acting
from tests.placements.builders import ENDS, STARTS, People, decide, lent, people, person, put_to_work, site
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]


@pytest.fixture
def cast() -> People:
    return people()


def sent(owed: UUID, **changed: str) -> dict[str, str]:
    """What the form of a direct hiring sends."""
    return {
        "commitment": str(owed), "modality": "direct", "work_contract": "cdd", "job": "Aide maçon",
        "starts_on": "2026-11-17", "ends_on": "31/03/2027", "weekly_hours": "35", "employed": "non",
    } | changed  # fmt: skip


def place(cast: People, uid: UUID, data: dict[str, str]) -> Any:
    return signed_in(cast.pilot).post(address(cast.pilot, "participants", uid, "mise-a-l-emploi"), data)


def test_a_direct_hiring_takes_the_titulaire_when_nobody_is_named(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast)
    decide(cast.pilot, uid)
    answer = place(cast, uid, sent(owed))
    assert answer["Location"] == address(cast.pilot, "participants", uid)
    with acting(cast.pilot):
        row, part = Placement.objects.get(), Allocation.objects.get()
    assert {row.employer_id, part.host_company_id} == {cast.firm.organisation_id}
    assert (row.starts_on, row.ends_on) == (date(2026, 11, 17), date(2027, 3, 31))


def test_a_hiring_without_decision_is_done_and_said(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast)
    client = signed_in(cast.pilot)
    answer = client.post(address(cast.pilot, "participants", uid, "mise-a-l-emploi"), sent(owed), follow=True)
    assert "Aucune décision favorable. Les heures seront signalées" in text(answer.content)


def test_a_public_not_admitted_is_said_without_its_name(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast, publics=["PLIE"])
    decide(cast.pilot, uid)
    client = signed_in(cast.pilot)
    answer = client.post(address(cast.pilot, "participants", uid, "mise-a-l-emploi"), sent(owed), follow=True)
    assert "n'est pas parmi ceux que l'engagement admet" in text(answer.content)
    assert "RSA" not in text(answer.content)


def test_a_new_lender_is_registered_by_its_siret(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast)
    changed = {"modality": "etti", "work_contract": "temp_mission", "employer": "Tremplin ETTI"}
    answer = place(cast, uid, sent(owed, **changed))
    assert answer.status_code == 400
    assert "Aucun organisme connu ne porte ce nom" in text(answer.content)
    assert place(cast, uid, sent(owed, **changed, employer_siret="542 051 180 00066")).status_code == 302
    with acting(cast.pilot):
        lender = Organisation.objects.get(siret="54205118000066")
        part = Allocation.objects.get()
    assert (lender.name, lender.capabilities) == ("Tremplin ETTI", ["employer"])
    assert (part.employer_id, part.host_company_id) == (lender.pk, cast.firm.organisation_id)


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        ({"ends_on": ""}, "ends_on", "Donnez la date de fin : seul un CDI peut ne pas en avoir."),
        ({"ends_on": "01/11/2026"}, "ends_on", "La fin précède le début."),
        ({"starts_on": "demain"}, "starts_on", "n'est pas une date"),
        (
            {"starts_on": "2027-07-01", "ends_on": "2027-08-01"},
            "starts_on",
            "L'engagement prend fin le 30 juin 2027.",
        ),
        ({"weekly_hours": "0"}, "weekly_hours", "Écrivez un nombre supérieur à 0."),
        ({"weekly_hours": "60"}, "weekly_hours", "Au plus 48 h."),
        ({"employed": "oui"}, "employed_since", "Dites depuis quand."),
        (
            {"modality": "ett", "work_contract": "temp_mission", "employer": "Prompt Intérim"},
            "ett_approval",
            "dites qui l'a donné",
        ),
        ({"job": "285057800608441"}, "job", "numéro de sécurité sociale"),
        ({"commitment": ""}, "commitment", "Ce champ est obligatoire."),
    ],
)
def test_a_refusal_is_told_at_its_field(cast: People, changed: dict[str, str], name: str, told: str) -> None:
    uid, owed = person(cast.pilot), site(cast)
    answer = place(cast, uid, sent(owed) | changed)
    shown = text(answer.content)
    assert answer.status_code == 400
    assert told in shown
    assert f'href="#id_{name}' in shown
    with acting(cast.pilot):
        assert not Placement.objects.exists()


def test_someone_already_employed_needs_a_reason(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast)
    employed = {"employed": "oui", "employed_since": "06/01/2025"}
    refused = place(cast, uid, sent(owed, **employed))
    assert "Déjà salarié de l'entreprise depuis le 6 janvier 2025 : donnez le motif" in text(refused.content)
    accepted = sent(owed, **employed, already_employed_reason="Accord du maître d'ouvrage")
    assert place(cast, uid, accepted).status_code == 302


def test_without_engagement_the_page_teaches(cast: People) -> None:
    uid = person(cast.pilot)
    shown = signed_in(cast.pilot).get(address(cast.pilot, "participants", uid, "mise-a-l-emploi"))
    assert "Aucun engagement en cours" in text(shown.content)


def test_prolonging_takes_one_date(cast: People) -> None:
    uid = person(cast.pilot)
    placed = put_to_work(cast, uid, site(cast))
    client, where = signed_in(cast.pilot), address(cast.pilot, "mises-a-l-emploi", placed, "prolonger")
    refused = client.post(where, {"ends_on": "01/01/2027"})
    assert "La nouvelle fin suit celle du 31 mars 2027." in text(refused.content)
    assert client.post(where, {"ends_on": "31/05/2027"})["Location"] == address(
        cast.pilot, "participants", uid
    )
    with acting(cast.pilot):
        assert Placement.objects.get().ends_on == date(2027, 5, 31)


def test_an_end_closes_the_work_contract(cast: People) -> None:
    placed = put_to_work(cast, person(cast.pilot), site(cast))
    client, where = signed_in(cast.pilot), address(cast.pilot, "mises-a-l-emploi", placed, "terminer")
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert "est dans le futur" in text(
        client.post(where, {"ended_on": tomorrow, "reason": "resignation"}).content
    )
    assert client.post(where, {"ended_on": "13/11/2026", "reason": "resignation"}).status_code == 302
    closed = client.get(where)
    assert closed.status_code == 403
    assert "Ce contrat de travail est terminé : il ne change plus." in text(closed.content)


def test_a_work_contract_goes_on_in_another_that_begins_as_the_first_did(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast)
    decide(cast.pilot, uid, on=TODAY - timedelta(days=40))
    before = put_to_work(cast, uid, owed, **lent(cast))
    client, sheet = signed_in(cast.pilot), address(cast.pilot, "participants", uid)
    shown = text(client.get(sheet).content)
    where = f"{address(cast.pilot, 'participants', uid, 'mise-a-l-emploi')}?suite={before}"
    assert f'href="{where}"' in shown
    asked = text(client.get(where).content)
    for value in ('value="Aide maçon"', 'value="2027-04-01"', f'value="{before}" selected', "Relais Intérim"):
        assert value in asked, value
    kept = {"modality": "etti", "work_contract": "temp_mission", "employer": "Relais Intérim", "follows": f"{before}",
            "link": "follows", "starts_on": "2027-04-01", "ends_on": "2027-05-31"}  # fmt: skip
    assert client.post(where, sent(owed, **kept)).status_code == 302
    with acting(cast.pilot):
        after = Placement.objects.get(starts_on=date(2027, 4, 1))
        assert after.follows is not None
        assert (after.follows.uid, after.link) == (before, "follows")


def test_only_the_latest_work_contract_is_given_a_suite(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast)
    put_to_work(cast, uid, owed, starts_on=date(2026, 3, 2), ends_on=date(2026, 6, 30))
    put_to_work(cast, uid, owed)
    shown = text(signed_in(cast.pilot).get(address(cast.pilot, "participants", uid)).content)
    assert shown.count("?suite=") == 1


def test_a_lent_person_goes_to_another_firm_in_turn_or_at_once(cast: People) -> None:
    owed, other = site(cast), site(cast, "Pasteur", who="other_firm")
    placed = put_to_work(cast, person(cast.pilot), owed, **lent(cast))
    client, where = (
        signed_in(cast.pilot),
        address(cast.pilot, "mises-a-l-emploi", placed, "mise-a-disposition"),
    )
    data = {"commitment": str(other), "starts_on": "2026-12-01", "beside": "share"}
    refused = client.post(where, data)
    assert refused.status_code == 400
    assert "Dites quelle part du temps" in text(refused.content)
    assert client.post(where, data | {"beside": "leave"}).status_code == 302
    with acting(cast.pilot):
        parts = Allocation.objects.order_by("starts_on").values_list("starts_on", "ends_on", "share")
        assert list(parts) == [
            (STARTS, date(2026, 11, 30), Decimal(1)),
            (date(2026, 12, 1), ENDS, Decimal(1)),
        ]
    third = {"commitment": str(owed), "starts_on": "2027-01-04", "beside": "share", "share": "40"}
    assert client.post(where, third).status_code == 302
    with acting(cast.pilot):
        shares = Allocation.objects.order_by("starts_on").values_list("share", flat=True)
        assert list(shares) == [Decimal(1), Decimal("0.6"), Decimal("0.4")]
