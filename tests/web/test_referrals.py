"""Pages of the referrals: the prescriber proposes, the structure answers, nobody else learns anything."""

from uuid import UUID

import pytest

from clausette.participants.enums import ReferralState
from clausette.participants.models import Participant, Referral
from clausette.participants.operations import return_referral, tell_need
from tests.hats import TODAY, acting, as_owner
from tests.participants.referral_builders import BORN, Desk, desk, propose, tie
from tests.placements.builders import person
from tests.procurement.builders import organisation_uid
from tests.web.people_helpers import address, signed_in, text
from tests.world import body, member

pytestmark = pytest.mark.django_db
SENT = {
    "last_name": "Haddad", "first_name": "Samia", "birth_date": "29/02/1992", "sex": "f", "means": "seen",
    "commune_name": "Liège (Belgique)", "situations": ["RSA"], "consent_means": "signed",
    "consent_on": "16/11/2026", "need": "",
}  # fmt: skip


def sent(cast: Desk, **changed: object) -> dict[str, object]:
    return {**SENT, "structure": str(organisation_uid(cast.structure)), **changed}


def state_of(uid: UUID) -> str:
    with as_owner():
        return Referral.objects.get(uid=uid).state


def test_a_candidate_goes_from_the_prescriber_to_the_structure_and_back() -> None:
    cast = desk()
    prescriber, structure = signed_in(cast.prescriber), signed_in(cast.structure)
    answer = prescriber.post(address(cast.prescriber, "candidats", "nouveau"), sent(cast))
    assert answer.status_code == 302
    uid = UUID(answer["Location"].split("/")[-2])
    day = text(structure.get(f"/o/{cast.structure.slug}/").content)
    assert "Orientations reçues" in day
    assert "Haddad Samia" in day
    back = address(cast.structure, "orientations", uid, "renvoyer")
    assert structure.post(back, {"reason": " "}).status_code == 400
    assert structure.post(back, {"reason": "Quelle date sur l'attestation ?"}).status_code == 302
    form = text(prescriber.get(address(cast.prescriber, "candidats", uid, "completer")).content)
    assert "Quelle date sur l'attestation ?" in form
    assert 'value="Haddad"' in form
    assert prescriber.post(address(cast.prescriber, "candidats", uid, "completer"), SENT).status_code == 302
    assert structure.post(address(cast.structure, "orientations", uid, "prendre")).status_code == 302
    accepted = structure.post(address(cast.structure, "orientations", uid, "accepter"), {"person": "nouvelle"})
    assert accepted.status_code == 302
    assert accepted["Location"].endswith("/verification/")
    assert state_of(uid) == ReferralState.ACCEPTED
    assert "Acceptée" in text(prescriber.get(address(cast.prescriber, "candidats")).content)


def test_a_wrong_entry_is_said_at_its_field_and_what_was_typed_is_kept() -> None:
    cast = desk()
    client = signed_in(cast.prescriber)
    wrong = sent(cast, first_name="", birth_date="30/02/1992", opinion="Suivie depuis mars.", email="sans arobase")
    answer = client.post(address(cast.prescriber, "candidats", "nouveau"), wrong)
    page = text(answer.content)
    assert answer.status_code == 400
    assert "Suivie depuis mars." in page
    assert "30/02/1992" in page
    with as_owner():
        assert not Referral.objects.exists()


def test_sent_twice_is_refused_with_the_reason() -> None:
    cast = desk()
    client = signed_in(cast.prescriber)
    assert client.post(address(cast.prescriber, "candidats", "nouveau"), sent(cast)).status_code == 302
    again = client.post(address(cast.prescriber, "candidats", "nouveau"), sent(cast))
    assert again.status_code == 400
    assert "Vous avez déjà proposé cette personne" in text(again.content)


def test_the_facilitator_chooses_among_the_homonyms() -> None:
    cast = desk()
    known = person(cast.structure, "Samia", "Haddad", birth_date=BORN)
    uid = propose(cast)
    client = signed_in(cast.structure)
    page = text(client.get(address(cast.structure, "orientations", uid, "accepter")).content)
    assert "même nom et même date" in page
    where = address(cast.structure, "orientations", uid, "accepter")
    refused = client.post(where, {"person": "nouvelle"})
    assert refused.status_code == 400
    assert "déjà dans votre structure" in text(refused.content)
    assert client.post(where, {"person": str(known)}).status_code == 302
    with as_owner():
        assert Participant.objects.count() == 1


def test_consent_taken_back_leaves_no_name_on_any_page() -> None:
    cast = desk()
    uid = propose(cast, last_name="Zqcanari")
    client = signed_in(cast.prescriber)
    where = address(cast.prescriber, "candidats", uid, "retirer")
    assert client.post(where, {"consent": "on"}).status_code == 302
    for who, part in ((cast.prescriber, "candidats"), (cast.structure, "orientations")):
        reader = signed_in(who)
        assert "Zqcanari" not in text(reader.get(address(who, part) + "?voir=toutes").content)
        assert "Identité effacée" in text(reader.get(address(who, "orientations", uid)).content)


def test_strangers_find_no_referral() -> None:
    cast = desk()
    uid = propose(cast)
    for who in (cast.other_prescriber, cast.other_structure):
        assert signed_in(who).get(address(who, "orientations", uid)).status_code == 404


def test_a_structure_tells_a_need_and_adds_a_prescriber() -> None:
    cast = desk()
    client = signed_in(cast.structure)
    need = {"job": "Maçon", "people": "2", "site": "École Pasteur", "starts_on": "01/12/2026", "ends_on": "30/11/2026"}
    assert client.post(address(cast.structure, "besoins", "nouveau"), need).status_code == 302
    late = client.post(address(cast.structure, "besoins", "nouveau"), {**need, "ends_on": "01/11/2026"})
    assert "Cette date est passée." in text(late.content)
    assert "Maçon, École Pasteur" in text(signed_in(cast.prescriber).get(address(cast.prescriber, "besoins")).content)
    assert "Maçon" not in text(signed_in(cast.other_prescriber).get(address(cast.other_prescriber, "besoins")).content)
    added = client.post(address(cast.structure, "prescripteurs"), {"name": "CCAS d'Ouche", "kind": "CCAS", "siret": ""})
    assert added.status_code == 302
    assert "CCAS d'Ouche" in text(client.get(address(cast.structure, "prescripteurs")).content)


def test_a_returned_candidate_is_on_top_of_the_day_of_the_prescriber() -> None:
    cast = desk()
    uid = propose(cast)
    with acting(cast.structure) as who:
        return_referral(actor=who, uid=uid, reason="Précisez.", on=TODAY)
    page = text(signed_in(cast.prescriber).get(f"/o/{cast.prescriber.slug}/").content)
    assert "à compléter" in page
    assert "Haddad Samia" in page

def test_a_body_of_two_trades_reads_its_needs_and_those_it_may_answer() -> None:
    cast = desk()
    both = member(body("PLIE du Haut-Lys", "facilitator", "prescriber"), "luc@haut-lys.example")
    tie(cast.structure, both)
    for who, job in ((cast.structure, "Maçon"), (both, "Couvreur")):
        with acting(who) as actor:
            tell_need(actor=actor, job=job, people=1, starts_on=TODAY, ends_on=TODAY, on=TODAY)
    page = text(signed_in(both).get(address(both, "besoins")).content)
    assert page.index("Couvreur") < page.index("Clore<") < page.index("Maçon") < page.index("Proposer<")
    alone = text(signed_in(cast.structure).get(address(cast.structure, "besoins")).content)
    assert "Besoins ouverts" not in alone


def test_a_prescriber_without_structure_is_told_why_it_may_not_propose_yet() -> None:
    alone = member(body("Cap Lys", "prescriber"), "cap@lys.example")
    assert "demandez à votre facilitateur de vous ajouter" in text(signed_in(alone).get(address(alone)).content)


def test_beyond_fifty_candidates_all_are_counted_and_what_was_sent_back_comes_first() -> None:
    cast = desk()
    uid = propose(cast, last_name="Renvoyée")
    with acting(cast.structure) as who:
        return_referral(actor=who, uid=uid, reason="Précisez.", on=TODAY)
    with as_owner():
        row = Referral.objects.get(uid=propose(cast))
        Referral.objects.bulk_create(_copies(row, 51))
    page = text(signed_in(cast.prescriber).get(address(cast.prescriber)).content)
    assert "Tout voir (53)" in page
    assert "Renvoyée" in page


def _copies(row: Referral, count: int) -> list[Referral]:
    kept = [one.attname for one in row._meta.concrete_fields if one.name not in ("id", "uid", "sort_key")]
    values = {name: getattr(row, name) for name in kept}
    return [Referral(**values, sort_key=f"haddad {rank}") for rank in range(count)]
