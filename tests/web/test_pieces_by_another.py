"""A second piece of another kind, handed over by who is not a member: through a deposit, and by a mandate."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clausette.files.models import StoredFile
from clausette.hours.models import Statement, StatementPiece
from clausette.journal.models import Event
from tests.agenda.test_reminders import contact
from tests.files.builders import TEXT
from tests.hats import as_owner
from tests.hours.builders import World, world
from tests.web.browsing import signed_in
from tests.web.test_deposit import EMAIL, entered, month, opened
from tests.web.test_hours_grid import name, sent
from tests.web.test_mandates import given
from tests.world import body, demonstration, member

pytestmark = pytest.mark.django_db


def by_deposit(w: World) -> Client:
    contact(w, w.contract, w.firm.organisation_id, EMAIL)
    return entered(w, opened(w))


def by_mandate(w: World) -> Client:
    durand = member(body("Cabinet Durand"), "claire@durand.example")
    given(w, durand, w.contract.uid)
    return signed_in(durand)


@pytest.mark.parametrize(
    ("come", "who"), [(by_deposit, "Zoé Martin, sans compte"), (by_mandate, "Claire, Cabinet Durand")]
)
def test_the_approval_is_handed_over_beside_the_sheet(come: Callable[[World], Client], who: str) -> None:
    w = world()
    client = come(w)
    form = sent(client.get(month(w)).content.decode(), **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    approval = SimpleUploadedFile("agrement.txt", b"Agr\xc3\xa9ment\n")
    bare = client.post(month(w), {**form, "evidence_2": approval}).content.decode()
    assert "Dites ce qu&#x27;est cette pièce." in bare
    approval.seek(0)
    both = {"evidence": SimpleUploadedFile("octobre.txt", TEXT), "evidence_2": approval, "kind_2": "approval",
            "valid_until_2": "30/09/2027"}  # fmt: skip
    assert client.post(month(w), {**form, **both}).status_code == 302
    with as_owner():
        statement, piece = Statement.objects.get(), StatementPiece.objects.select_related("file").get()
        assert (statement.state, piece.kind, str(piece.file.valid_until)) == ("submitted", "approval", "2027-09-30")
        assert (piece.declarant_id, StoredFile.objects.count()) == (w.firm.organisation_id, 2)
        stored = Event.objects.filter(verb="files.file.stored").values_list("account_name", "organisation_id")
        assert len(stored) == 2
        assert {one[1] for one in stored} == {w.firm.organisation_id}
        assert {one[0] for one in stored} == {who}
    shown = f"heures/{statement.uid}/"
    kept = f"pieces/{piece.file.uid}/"
    told = client.get(f"/o/{w.firm.slug}/{shown}").content.decode()
    assert told.index("octobre.txt") < told.index("Convention ou agrément") < told.index("agrement.txt")
    assert client.get(f"/o/{w.firm.slug}/{kept}").status_code == 200
    demonstration()
    for reader in (w.pilot, w.firm):
        browser = signed_in(reader)
        assert "agrement.txt" in browser.get(f"/o/{reader.slug}/{shown}").content.decode()
        assert browser.get(f"/o/{reader.slug}/{kept}").status_code == 200
    assert signed_in(w.etti).get(f"/o/{w.etti.slug}/{kept}").status_code == 404
    back = client.post(f"/o/{w.firm.slug}/{shown}reprendre/", {"version": statement.version})
    assert back.headers["Location"] == month(w)
    again = sent(client.get(month(w)).content.decode(), acte="envoyer")
    assert client.post(month(w), again).status_code == 302
    with as_owner():
        assert (Statement.objects.get().state, StatementPiece.objects.count()) == ("submitted", 1), "they stay joined"
