"""A firm invites its sub-contractor on a contract: asked, accepted or refused by the facilitator, then invited."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from clausette.access.models import Invitation
from clausette.kernel.operation import writing
from clausette.procurement.models import AskedSubcontractor, ContractParty
from clausette.procurement.operations import MandateEntry, give_mandate
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, made, uid_of, world
from tests.web.browsing import signed_in
from tests.web.test_account_own import jobs
from tests.web.test_mandates import text
from tests.world import body, demonstration, member

pytestmark = pytest.mark.django_db
SIRET = "44306184100047"
SAID = {"name": "Toitures Morel", "siret": SIRET, "email": "Jo@morel.example", "full_name": "Jo Morel"}


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def ask(w: World) -> str:
    return f"/o/{w.firm.slug}/marches/{w.contract.uid}/inviter-un-sous-traitant/"


def asked(w: World, **said: str) -> AskedSubcontractor:
    assert signed_in(w.firm).post(ask(w), SAID | said).status_code == 302
    with as_owner():
        return AskedSubcontractor.objects.get()


def test_asked_then_accepted_it_takes_part_and_is_invited(w: World) -> None:
    firm, pilot = signed_in(w.firm), signed_in(w.pilot)
    assert ask(w) in text(firm.get(f"/o/{w.firm.slug}/marches/{w.contract.uid}/"))
    row = asked(w)
    page = f"/o/{w.pilot.slug}/sous-traitants/{row.uid}/"
    day = text(pilot.get(f"/o/{w.pilot.slug}/?complet=1"))
    assert all(words in day for words in ("Sous-traitants à accepter", "Toitures Morel", page))
    assert "jo@morel.example" in text(pilot.get(page))
    assert pilot.post(page, {"acte": "accepter"}).status_code == 302
    with as_owner():
        party = ContractParty.objects.get(contract=w.contract, role="subcontractor")
        assert (party.organisation.siret, party.head_id) == (SIRET, w.firm.organisation_id)
        invitation = Invitation.objects.get(organisation=party.organisation)
        assert (invitation.email, invitation.role) == ("jo@morel.example", "admin")
        row.refresh_from_db()
        assert (row.state, row.email, row.full_name) == ("accepted", "", ""), "the address goes with the answer"
    assert "access.mail_invitation" in {task for task, _ in jobs()}
    assert "Acceptée" in text(firm.get(ask(w)))
    assert "a déjà sa réponse" in text(pilot.post(page, {"acte": "accepter"}, follow=True))
    with as_owner():
        assert Invitation.objects.count() == 1


def test_who_has_its_members_is_not_invited_again(w: World) -> None:
    morel = member(body("Toitures Morel", "contractor", siret=SIRET), "jo@morel.example")
    row = asked(w)
    signed_in(w.pilot).post(f"/o/{w.pilot.slug}/sous-traitants/{row.uid}/", {"acte": "accepter"})
    with as_owner():
        assert not Invitation.objects.exists()
    assert "Gymnase des Acacias" in text(signed_in(morel).get(f"/o/{morel.slug}/marches/"))
    again = signed_in(w.firm).post(ask(w), SAID)
    assert (again.status_code, "déclare déjà ses heures sur ce marché" in text(again)) == (400, True)


def test_refused_with_a_reason_that_the_firm_reads(w: World) -> None:
    row, pilot = asked(w), signed_in(w.pilot)
    page = f"/o/{w.pilot.slug}/sous-traitants/{row.uid}/"
    assert pilot.post(page, {"acte": "refuser", "reason": "non"}).status_code == 400
    said = "Acte de sous-traitance pas encore reçu"
    assert pilot.post(page, {"acte": "refuser", "reason": said}).status_code == 302
    assert said in text(signed_in(w.firm).get(ask(w)))
    with as_owner():
        assert not ContractParty.objects.filter(role="subcontractor").exists()


def test_what_is_typed_wrong_is_said_at_its_field_and_kept(w: World) -> None:
    firm = signed_in(w.firm)
    for said, words in (
        ({"siret": "443"}, "14 chiffres"), ({"email": "jo"}, "adresse"), ({"name": ""}, "obligatoire"),
    ):  # fmt: skip
        answer = firm.post(ask(w), SAID | said)
        assert (answer.status_code, words in text(answer), "Jo Morel" in text(answer)) == (400, True, True), words
    row = asked(w)
    twice = firm.post(ask(w), SAID)
    assert (twice.status_code, "déjà demandé" in text(twice)) == (400, True)
    assert firm.post(f"/o/{w.firm.slug}/sous-traitants/{row.uid}/retirer/").status_code == 302
    assert "Retirée" in text(firm.get(ask(w)))


def test_neither_another_firm_nor_who_acts_by_a_mandate(w: World) -> None:
    row = asked(w)
    assert signed_in(w.etti).get(ask(w)).status_code == 404
    assert signed_in(w.stranger).get(f"/o/{w.stranger.slug}/sous-traitants/{row.uid}/").status_code == 404
    assert signed_in(w.firm).get(f"/o/{w.firm.slug}/sous-traitants/{row.uid}/").status_code == 403
    durand = member(body("Cabinet Durand"), "claire@durand.example")
    with acting(w.firm) as firm:
        entry = MandateEntry(TODAY, date(2027, 6, 30), holder_uid=uid_of(durand))
        give_mandate(actor=firm, entry=entry, on=TODAY, site="")
    for method in ("get", "post"):
        assert getattr(signed_in(durand), method)(ask(w), SAID).status_code == 403


def test_the_database_lets_the_firm_ask_and_never_answer(w: World) -> None:
    row = asked(w)
    answered: dict[str, Any] = {
        "state": "accepted", "email": "", "full_name": "", "answered_at": noon(TODAY),
        "answered_by_id": w.firm.account_id,
    }  # fmt: skip
    with acting(w.firm), writing("test"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            AskedSubcontractor.objects.filter(pk=row.pk).update(**answered)
        other = made("procurement.Contract", owner_org_id=w.stranger.organisation_id, buyer_id=w.buyer.organisation_id,
                     common_name="Ailleurs", sort_key="ailleurs")  # fmt: skip
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            AskedSubcontractor.objects.create(
                contract_id=other.pk, head_id=w.firm.organisation_id, asked_by_id=w.firm.account_id, name="X",
                siret=SIRET, email="x@x.example",
            )  # fmt: skip
    with acting(w.etti), writing("test"):
        assert AskedSubcontractor.objects.filter(pk=row.pk).update(state="withdrawn") == 0
