"""Pieces of the candidates on the pages: joined, seen, opened, taken away; a piece refused loses nothing."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clausette.files.models import StoredFile
from clausette.journal.models import Reading
from clausette.participants.enums import EvidenceKind, Funding, PieceState, ReferralState
from clausette.participants.models import EvidenceRule, Referral, ReferralPiece
from tests.files import builders as made
from tests.hats import as_owner
from tests.participants.referral_builders import Desk, desk, propose
from tests.web.people_helpers import address, signed_in, text
from tests.web.test_referrals import sent

pytestmark = pytest.mark.django_db


def upload(data: bytes = made.TEXT, name: str = "attestation.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def with_piece(cast: Desk, **changed: object) -> dict[str, object]:
    return sent(cast, **{"kind": "caf", "dated_on": "10/11/2026", "file": upload(), **changed})


def proposed(cast: Desk, client: Client, **changed: object) -> UUID:
    answer = client.post(address(cast.prescriber, "candidats", "nouveau"), with_piece(cast, **changed))
    assert answer.status_code == 302, text(answer.content)
    return UUID(answer["Location"].split("/")[-2])


def only_piece() -> ReferralPiece:
    with as_owner():
        return ReferralPiece.objects.get()


def test_a_piece_goes_from_the_form_to_the_check_and_each_opening_is_noted_as_a_reason() -> None:
    cast = desk()
    prescriber, structure = signed_in(cast.prescriber), signed_in(cast.structure)
    uid = proposed(cast, prescriber)
    where = address(cast.structure, "orientations", uid, "pieces", only_piece().uid)
    page = text(structure.get(address(cast.structure, "orientations", uid)).content)
    assert "Attestation de la CAF ou de la MSA" in page
    assert where in page
    assert "Joindre une pièce" not in page
    with as_owner():
        Reading.objects.all().delete()
    answer = structure.get(where)
    assert (answer.content, answer["Content-Disposition"]) == (made.TEXT, "attachment; filename*=UTF-8''piece.csv")
    with as_owner():
        assert set(Reading.objects.values_list("kind", "subject_uid")) == {("reasons", uid)}
    accepted = structure.post(address(cast.structure, "orientations", uid, "accepter"), {"person": "nouvelle"})
    check = text(structure.get(accepted["Location"]).content)
    assert "Pièces jointes par le prescripteur" in check
    assert where in check
    assert "Opération FSE+" not in check
    with as_owner():
        EvidenceRule.objects.create(
            owner_org_id=cast.structure.organisation_id, kind=EvidenceKind.CAF, funding=Funding.FSE, is_kept=True
        )
    assert "Suivi payé par une opération FSE+" in text(structure.get(accepted["Location"]).content)
    decision = {
        "decision": "oui", "category": "RSA", "means": "seen", "evidence_on": "10/11/2026", "funded": "on",
    }  # fmt: skip
    assert structure.post(accepted["Location"], decision).status_code == 302
    assert only_piece().state == PieceState.KEPT
    reasons = accepted["Location"].replace("verification", "motifs")
    assert where in text(structure.get(reasons).content)


def test_nobody_else_opens_a_piece_nor_learns_that_it_exists() -> None:
    cast = desk()
    uid = proposed(cast, signed_in(cast.prescriber))
    for stranger in (cast.other_structure, cast.other_prescriber):
        where = address(stranger, "orientations", uid, "pieces", only_piece().uid)
        assert signed_in(stranger).get(where).status_code == 404


def test_a_piece_refused_keeps_what_was_typed_and_the_rest_goes_without_it() -> None:
    cast = desk()
    client, where = signed_in(cast.prescriber), address(cast.prescriber, "candidats", "nouveau")
    first = client.post(where, with_piece(cast))  # the same page without a fault: no button to go without
    assert first.status_code == 302
    wrong = with_piece(cast, last_name="Deux", file=upload(b"MZ\x90\x00" + b"\x00" * 40, "attestation.pdf"))
    refused = client.post(where, wrong)
    page = text(refused.content)
    assert refused.status_code == 400
    assert "est un programme" in page
    assert 'value="Deux"' in page
    assert "Envoyer sans la pièce" in page
    with as_owner():
        assert Referral.objects.count() == 1
    without = {**wrong, "acte": "sans-piece", "dated_on": "hier"}
    without.pop("file")
    assert client.post(where, without).status_code == 302
    with as_owner():
        assert not ReferralPiece.objects.filter(referral__last_name="Deux").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": ""}, "Dites quelle pièce c'est."), ({"dated_on": ""}, "Donnez la date écrite sur la pièce."),
        ({"dated_on": "30/02/2026"}, "30/02/2026"), ({"file": ""}, "Choisissez le fichier, ou cochez"),
        ({"dated_on": "10/11/2027"}, "datée de demain ou plus tard"),
    ],
)  # fmt: skip
def test_a_piece_begun_is_whole(changed: dict[str, object], said: str) -> None:
    cast = desk()
    where = address(cast.prescriber, "candidats", "nouveau")
    answer = signed_in(cast.prescriber).post(where, with_piece(cast, **changed))
    assert answer.status_code == 400
    assert said in text(answer.content)
    with as_owner():
        assert not Referral.objects.exists()


def test_a_health_paper_is_noted_seen_and_its_file_is_not_taken() -> None:
    cast = desk()
    client = signed_in(cast.prescriber)
    uid = proposed(cast, client, kind="rqth")
    page = text(client.get(address(cast.prescriber, "candidats")).content)
    assert "Une pièce de santé ne s'envoie pas" in page
    shown = text(signed_in(cast.structure).get(address(cast.structure, "orientations", uid)).content)
    assert "le 16 novembre 2026, non conservée" in shown
    with as_owner():
        assert not StoredFile.objects.exists()


def test_the_prescriber_joins_and_takes_away_from_the_page_while_no_answer_is_given() -> None:
    cast = desk()
    uid, client = propose(cast), signed_in(cast.prescriber)
    shown = address(cast.prescriber, "orientations", uid)
    assert "Aucune pièce jointe" in text(client.get(shown).content)
    join = address(cast.prescriber, "candidats", uid, "pieces", "nouvelle")
    assert client.post(join, {}).status_code == 400
    piece = {"kind": "identity", "dated_on": "10/11/2026"}
    assert client.post(join, {**piece, "file": upload(b"MZ\x90\x00" + b"\x00" * 40, "a.pdf")}).status_code == 400
    assert client.post(join, {**piece, "file": upload()}).status_code == 302
    remove = address(cast.prescriber, "candidats", uid, "pieces", only_piece().uid, "retirer")
    assert remove in text(client.get(shown).content)
    assert client.post(remove).status_code == 302
    assert only_piece().state == PieceState.DESTROYED
    opened = client.get(address(cast.prescriber, "orientations", uid, "pieces", only_piece().uid))
    assert opened.status_code == 400
    assert "est détruit depuis le" in text(opened.content)
    with as_owner():
        Referral.objects.update(state=ReferralState.REFUSED, answered_on="2026-11-16")
    assert join not in text(client.get(shown).content)
    assert client.post(join, {**piece, "file": upload()}).status_code == 400
