"""A point d'étape sent to the contacts of the maître d'ouvrage: two clicks, its PDF joined, kept in the history."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from clausette.journal.models import Event
from clausette.kernel.mails import Attachment, send
from clausette.procurement.models import PartyContact
from clausette.reports.enums import ReportKind
from clausette.reports.models import Report
from clausette.reports.notices import document, subject_of, text_of
from clausette.web.account.letters import latest_letters
from tests.agenda.builders import filled
from tests.hats import as_owner
from tests.hours.builders import World, made, party
from tests.web.browsing import html, signed_in
from tests.web.test_account_own import jobs
from tests.world import body, demonstration, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    demonstration()
    return filled()


def contact(w: World, name: str = "Claire Denis", email: str = "c.denis@ville.example") -> UUID:
    """A contact of the maître d'ouvrage, typed by the structure."""
    row: PartyContact = made(
        "procurement.PartyContact", owner_org_id=w.pilot.organisation_id, contract_id=w.contract.pk,
        organisation_id=w.buyer.organisation_id, name=name, function="Acheteuse", email=email,
    )  # fmt: skip
    return row.uid


def asked(w: World, **more: Any) -> dict[str, Any]:
    return {"nature": "update", "objet": f"commitment:{w.commitment.uid}", "periode": "debut", **more}


def post(w: World, **more: Any) -> Any:
    return signed_in(w.pilot).post(f"/o/{w.pilot.slug}/documents/nouveau/", asked(w, **more))


def mails() -> list[dict[str, Any]]:
    """Those the worker has to send."""
    return [dict(values) for name, values in jobs() if name == "reports.mail_report"]


def test_one_button_issues_it_and_sends_it(w: World) -> None:
    known = [contact(w), contact(w, "Omar Sy", "o.sy@ville.example")]
    page = signed_in(w.pilot).get(f"/o/{w.pilot.slug}/documents/nouveau/", asked(w)).content.decode()
    assert page.count("checked") == 2
    assert "Établir et envoyer" in page
    answer = post(w, contacts=[str(uid) for uid in known], acte="envoyer")
    assert answer.status_code == 302
    with as_owner():
        report = Report.objects.get()
        told = Event.objects.get(verb="reports.report.sent")
    assert answer["Location"].endswith(f"/documents/{report.uid}/")
    assert (told.contract_id, told.reason) == (
        w.contract.pk, f"{report.number} envoyé à 2\u00a0contacts de {w.buyer.organisation_name}.",
    )  # fmt: skip
    assert [(one["report"], one["contact"]) for one in mails()] == [(str(report.uid), str(uid)) for uid in known]


def test_a_contact_of_somebody_else_stops_everything(w: World) -> None:
    contact(w)
    foreign = made(
        "procurement.PartyContact", owner_org_id=w.pilot.organisation_id, contract_id=w.contract.pk,
        organisation_id=w.firm.organisation_id, name="Un conducteur", email="chantier@bati.example",
    )  # fmt: skip
    for chosen in ([], [str(foreign.uid)]):
        answer = post(w, contacts=chosen, acte="envoyer")
        assert answer.status_code == 400
        assert "Choisissez les contacts du maître d&#x27;ouvrage" in answer.content.decode()
    with as_owner():
        assert not Report.objects.exists()
    assert mails() == []


def test_without_a_contact_the_page_says_how_to_have_one(w: World) -> None:
    page = signed_in(w.pilot).get(f"/o/{w.pilot.slug}/documents/nouveau/", asked(w)).content.decode()
    assert "Établir et envoyer" not in page
    assert "enregistrez un contact du maître d&#x27;ouvrage" in page


def test_an_issued_one_is_sent_from_its_page_by_its_structure_only(w: World) -> None:
    uid = contact(w)
    assert post(w).status_code == 302
    with as_owner():
        report = Report.objects.get()
    where = f"documents/{report.uid}/envoyer/"
    page = html(w.pilot, where)
    assert "Claire Denis · Acheteuse · c.denis@ville.example" in page
    assert subject_of(ReportKind.UPDATE).replace("'", "&#x27;") in page
    client = signed_in(w.pilot)
    assert client.post(f"/o/{w.pilot.slug}/{where}", {"contacts": []}).status_code == 400
    assert client.post(f"/o/{w.pilot.slug}/{where}", {"contacts": [str(uid)]}).status_code == 302
    assert len(mails()) == 1
    shared = member(body("PLIE de l'Aval", "facilitator"), "aval@x.example")
    party(w.contract, shared, "copilot")
    for reader in (w.buyer, w.firm, shared):
        assert signed_in(reader).post(f"/o/{reader.slug}/{where}", {"contacts": [str(uid)]}).status_code == 403
    assert len(mails()) == 1


def test_the_mail_names_nobody_and_holds_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAILS_FOLDER", tmp_path)
    text = text_of(kind_label="Point d'étape", number="PE-2026-0001", subject="Gymnase", owner_name="PLIE du Lys")
    file = Attachment("PE-2026-0001.pdf", b"%PDF-1.7 ...", "application/pdf")
    send(document(email="a@b.example", kind=ReportKind.UPDATE, text=text, file=file), to_file=True)
    (written,) = tmp_path.glob("*.eml")
    told = message_from_bytes(written.read_bytes(), policy=policy.default)
    assert isinstance(told, EmailMessage)
    (joined,) = told.iter_attachments()
    assert (joined.get_filename(), joined.get_content()) == ("PE-2026-0001.pdf", b"%PDF-1.7 ...")
    assert [letter.joined for letter in latest_letters()] == [("PE-2026-0001.pdf, 1 Ko",)]
    said = told.get_body()
    assert said is not None
    assert "Bonjour,\n\nVoici le document «\u00a0Point d'étape\u00a0»" in said.get_content()
    assert "«\u00a0Gymnase\u00a0»" in said.get_content()
