"""The pages of a path: next step, training actions, exit, the list of exits and its workbook."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from clausette.outcomes.enums import ExitReason
from clausette.outcomes.operations import confirm_exit
from tests.hats import TODAY, acting
from tests.placements.builders import People, decide, people, person, put_to_work, site
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.outcomes_urls")]
JUNE = date(2026, 6, 30)


@pytest.fixture
def cast() -> People:
    return people()


def worked(cast: People) -> UUID:
    uid = person(cast.pilot)
    decide(cast.pilot, uid, on=date(2026, 4, 20))
    put_to_work(cast, uid, site(cast), starts_on=date(2026, 5, 4), ends_on=JUNE)
    return uid


def test_the_page_of_a_person_proposes_the_exit_and_says_why(cast: People) -> None:
    uid = worked(cast)
    shown = text(signed_in(cast.pilot).get(address(cast.pilot, "participants", uid)).content)
    assert "Aucun contrat de travail depuis 139 jours : la sortie est à confirmer." in shown
    assert f'href="{address(cast.pilot, "participants", uid, "sortie")}"' in shown


def test_an_exit_is_confirmed_then_followed_from_the_path(cast: People) -> None:
    uid, client = worked(cast), signed_in(cast.pilot)
    where = address(cast.pilot, "participants", uid, "sortie")
    assert 'value="2026-06-30"' in text(client.get(where).content)
    answer = client.post(where, {"exited_on": "30/06/2026", "reason": "cdd_long"}, follow=True)
    shown = text(answer.content)
    assert "La sortie est confirmée." in shown
    assert "&lt;div" not in shown
    assert "CDD de six mois ou plus" in shown
    assert "Point de suivi « à 3 mois » à renseigner depuis le 30 septembre 2026." in shown


def test_an_exit_during_the_work_is_refused_at_its_field(cast: People) -> None:
    uid, client = worked(cast), signed_in(cast.pilot)
    where = address(cast.pilot, "participants", uid, "sortie")
    answer = client.post(where, {"exited_on": "15/06/2026", "reason": "cdi"})
    shown = text(answer.content)
    assert answer.status_code == 400
    assert "Un contrat de travail court jusqu'au 30 juin 2026" in shown
    assert 'value="15/06/2026"' in shown


def test_what_was_not_chosen_is_not_noted(cast: People) -> None:
    uid, client = worked(cast), signed_in(cast.pilot)
    training = {"provider": "GRETA", "starts_on": "01/06/2026"}
    for step, sent, told in (
        ("sortie", {"exited_on": "30/06/2026"}, "Choisissez la situation."),
        ("formations/nouvelle", training, "Choisissez le type."),
    ):  # fmt: skip
        where = address(cast.pilot, "participants", uid, step)
        assert '<option value="" selected>Choisissez</option>' in text(client.get(where).content)
        refused = client.post(where, sent)
        assert refused.status_code == 400
        assert told in text(refused.content)
    with acting(cast.pilot) as actor:
        known = confirm_exit(actor=actor, participant_uid=uid, exited_on=JUNE, reason=ExitReason.CDI, on=TODAY)
    refused = client.post(address(cast.pilot, "sorties", known, "suivi"), {"point": "3"})
    assert (refused.status_code, "Choisissez la situation." in text(refused.content)) == (400, True)


def test_nobody_at_work_goes_out_and_the_dead_are_not_followed(cast: People) -> None:
    uid, client = person(cast.pilot, "Ada", "Voisin"), signed_in(cast.pilot)
    decide(cast.pilot, uid, on=date(2026, 4, 20))
    put_to_work(cast, uid, site(cast), starts_on=date(2026, 5, 4), ends_on=date(2026, 12, 31))
    shown = text(client.get(address(cast.pilot, "participants", uid, "parcours")).content)
    assert "Un contrat de travail court jusqu'au 31 décembre 2026" in shown
    assert f'href="{address(cast.pilot, "participants", uid, "sortie")}"' not in shown
    dead = worked(cast)
    with acting(cast.pilot) as actor:
        confirm_exit(actor=actor, participant_uid=dead, exited_on=JUNE, reason=ExitReason.DEATH, on=TODAY)
    shown = text(client.get(address(cast.pilot, "participants", dead, "parcours")).content)
    assert "Retrait neutre : aucun point de suivi" in shown
    assert "Renseigner" not in shown


def test_a_training_action_is_on_the_timeline(cast: People) -> None:
    uid, client = worked(cast), signed_in(cast.pilot)
    where = address(cast.pilot, "participants", uid, "formations/nouvelle")
    typed = {"kind": "safety", "provider": "GRETA", "starts_on": "01/06/2026", "hours_planned": "7h30"}
    assert client.post(where, typed)["Location"] == address(cast.pilot, "participants", uid, "parcours")
    path = text(client.get(address(cast.pilot, "participants", uid, "parcours")).content)
    assert "Habilitation, sécurité chez GRETA" in path
    assert "Chronologie, tous marchés" in path
    assert "7,5 h" in path
    sheet = text(client.get(address(cast.pilot, "participants", uid)).content)
    assert "Habilitation, sécurité" in sheet


def test_the_path_is_for_the_structure_that_follows_the_person(cast: People) -> None:
    uid = worked(cast)
    assert signed_in(cast.firm).get(address(cast.firm, "participants", uid, "parcours")).status_code == 403
    other = signed_in(cast.stranger).get(address(cast.stranger, "participants", uid, "parcours"))
    assert other.status_code == 404


def test_exits_are_listed_with_their_rates_and_given_as_a_workbook(cast: People) -> None:
    uid = worked(cast)
    with acting(cast.pilot) as actor:
        confirm_exit(
            actor=actor, participant_uid=uid, exited_on=JUNE, reason=ExitReason.CDI, on=TODAY
        )
    client = signed_in(cast.pilot)
    shown = text(client.get(address(cast.pilot, "sorties")).content)
    assert "Moreau Aline" in shown
    assert "1 sortie" in shown
    empty = text(client.get(address(cast.pilot, "sorties") + "?du=01/07/2026").content)
    assert "Aucune sortie sur cette période" in empty
    book = CalamineWorkbook.from_object(BytesIO(client.get(address(cast.pilot, "sorties/classeur")).content))
    row = book.get_sheet_by_index(0).to_python()[1]
    assert (row[0], row[2], row[3]) == ("Moreau Aline", "CDI", "Emploi durable")
