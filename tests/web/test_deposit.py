"""« Dépôt sans compte »: the link opens nothing by itself; a code in this browser and a word open the hours, alone."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from clausette.access import tasks
from clausette.access.models import Account, Deposit, LoginFailure, Membership, Session
from clausette.access.operations import begin_deposit
from clausette.files.enums import Treatment
from clausette.files.scanning import scan_waiting
from clausette.files.tasks import tell_destroyed
from clausette.hours.enums import StatementSource
from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations import Entry, save_statement
from clausette.journal.models import Event
from clausette.kernel import clock
from clausette.kernel.errors import Invalid, NotAllowed, Refusal, WrongState
from clausette.procurement.models import DepositContract, PartyContact
from clausette.procurement.operations import (
    OpenedDeposit,
    extend_deposit,
    give_word,
    open_deposit,
    revoke_deposit,
    send_deposit_link,
)
from clausette.web.routes import all_routes
from tests.agenda.test_reminders import contact, morning
from tests.files.builders import TEXT
from tests.files.clamd import FOUND, clamd
from tests.hats import TODAY, acting, as_owner, noon, on_day
from tests.hours.builders import OCT, SEPT, World, commitment, contract, party, worker, world
from tests.web.browsing import signed_in
from tests.web.test_account_own import jobs
from tests.web.test_hours_grid import name, sent
from tests.world import demonstration

pytestmark = pytest.mark.django_db
UNTIL, NOON = date(2027, 9, 30), noon(TODAY)
EMAIL = "claire@bati.example"


@pytest.fixture
def w() -> World:
    w = world()
    contact(w, w.contract, w.firm.organisation_id, EMAIL)
    return w


def opened(w: World, email: str = EMAIL, until: date = UNTIL) -> OpenedDeposit:
    with as_owner():
        uid = PartyContact.objects.filter(email=email).latest("id").uid
    with acting(w.pilot) as pilot:
        return open_deposit(actor=pilot, contact_uid=uid, ends_on=until, on=TODAY, at=NOON, site="http://testserver")


def mailed(*names: str) -> str:
    """What the worker does of these tasks; the body of the last mail."""
    for task, values in jobs():
        if task in names:
            with as_owner():
                getattr(tasks, task.removeprefix("access."))(**values)
    return str(outbox.outbox[-1].body)


def link_of(body: str) -> str:
    found = re.search(r"http://testserver(/compte/depot/\S+)", body)
    assert found
    return found[1]


def asked(client: Client, link: str) -> str:
    """Press the button; return the code, as the mail says it."""
    assert client.post(link).headers["Location"] == f"{link}code/"
    found = re.search(r"^ {4}(\d{6})$", mailed("access.mail_deposit_code"), re.MULTILINE)
    assert found
    assert outbox.outbox[-1].to == [EMAIL]
    return found[1]


def entered(w: World, deposit: OpenedDeposit) -> Client:
    """The browser of who has just come in."""
    client, link = Client(), link_of(mailed("access.mail_deposit_link"))
    answer = client.post(f"{link}code/", {"code": asked(client, link), "word": deposit.word})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/o/{w.firm.slug}/depot/")
    return client


def month(w: World, which: str = "2026-10") -> str:
    return f"/o/{w.firm.slug}/marches/{w.contract.uid}/mois/{which}/"


def test_the_mail_the_queue_and_the_tables_hold_no_secret(w: World) -> None:
    deposit = opened(w)
    body = mailed("access.mail_deposit_link")
    secret = link_of(body).split("/")[3]
    for words in ("Claire", "Zoé", "Bâti", "Gymnase", deposit.word, "Lemaire"):
        assert words not in body + str(outbox.outbox[-1].subject)
    client = Client()
    code = asked(client, link_of(body))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT d::text FROM access_deposit d UNION ALL SELECT e::text FROM journal_event e")
        told = " ".join(row[0] for row in cursor.fetchall()) + str(jobs())
        told += str([row.get_decoded() for row in Session.objects.all()])
    for one in (secret, code, deposit.word, deposit.word.replace("-", "")):
        assert one not in told


def test_opening_the_link_does_nothing_and_its_page_has_one_button(w: World) -> None:
    opened(w)
    link, client = link_of(mailed("access.mail_deposit_link")), Client()
    before = jobs()
    for _ in range(3):
        page = client.get(link)
        assert (page.status_code, jobs() == before, "clausette" in client.cookies) == (200, True, False)
    html = page.content.decode()
    assert html.count('<button type="submit"') == 1
    assert "c…@bati.example" in html
    assert EMAIL not in html
    assert "no-store" in page.headers["Cache-Control"]
    assert client.get(f"{link}code/").status_code == 200
    assert client.get(f"/o/{w.firm.slug}/depot/").status_code == 302


def test_a_month_is_declared_with_its_piece_and_taken_back_under_the_name_of_who_did_it(w: World) -> None:
    client = entered(w, opened(w))
    home = client.get(f"/o/{w.firm.slug}/depot/").content.decode()
    assert "octobre 2026" in home
    assert month(w) in home
    for shut in ("/recherche/", "Mon compte", "/structure/", "Participants"):
        assert shut not in home
    page = client.get(month(w)).content.decode()
    assert "Lemaire David" in page
    form = sent(page, **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    piece = SimpleUploadedFile("octobre.txt", TEXT, content_type="text/plain")
    assert client.post(month(w), {**form, "evidence": piece}).status_code == 302
    with as_owner():
        line, statement = HoursLine.objects.get(), Statement.objects.get()
        assert (str(line.hours), statement.state, statement.declarant_id) == (
            "121.50", "submitted", w.firm.organisation_id,
        )  # fmt: skip
        assert statement.evidence
        piece_uid = statement.evidence.uid
        who = Account.objects.get(pk=statement.submitted_by_id or 0)
        assert (who.full_name, who.has_usable_password()) == ("Zoé Martin, sans compte", False)
        acts = Event.objects.filter(account_id=who.pk).values_list("verb", "account_name", "organisation_id")
        assert {("Zoé Martin, sans compte", w.firm.organisation_id)} == {act[1:] for act in acts}
        assert "files.file.stored" in {act[0] for act in acts}
    told = signed_in_page(w, f"heures/{statement.uid}/")
    assert "par Zoé Martin, sans compte" in told
    sheet = f"/o/{w.firm.slug}/heures/{statement.uid}/"
    assert client.get(sheet).status_code == 200
    assert client.get(f"/o/{w.firm.slug}/pieces/{piece_uid}/").status_code == 200
    for paper in (f"{sheet}releve.pdf", f"{month(w)}releve.pdf"):
        assert client.get(paper).headers["Content-Type"] == "application/pdf"
    back = client.post(f"{sheet}reprendre/", {"version": statement.version})
    assert back.headers["Location"] == month(w)
    page = client.get(month(w, "2026-09")).content.decode()
    assert client.post(month(w, "2026-09"), sent(page, acte="aucune")).status_code == 302
    certified = {"certify": "on", "certified_name": "Zoé Martin", "certified_as": "comptable"}
    page = client.get(month(w)).content.decode()
    assert client.post(month(w), sent(page, acte="envoyer", **certified)).status_code == 302
    with as_owner():
        states = dict(Statement.objects.values_list("month", "state"))
        assert states == {SEPT: "submitted", OCT: "submitted"}


def signed_in_page(w: World, path: str) -> str:
    demonstration()
    return signed_in(w.pilot).get(f"/o/{w.pilot.slug}/{path}").content.decode()


def filled(pattern: str, w: World, statement: UUID) -> str:
    """An address of the firm, filled with its own objects."""
    address = pattern.replace("<slug:slug>", w.firm.slug).replace("<month:month>", "2026-10")
    if "/marches/" in address:
        address = address.replace("<uuid:uid>", str(w.contract.uid), 1)
    if "/heures/" in address:
        address = address.replace("<uuid:uid>", str(statement), 1)
    address = re.sub(r"<uuid:\w+>", lambda _: str(uuid4()), address)
    return re.sub(r"<\w+:\w+>|<\w+>", "x", address)


OPEN = {
    "deposits:home", "hours:month", "hours:month_paper", "hours:statement", "hours:statement_paper", "hours:submit",
    "hours:join", "hours:take_back", "hours:evidence", "hours:propose", "hours:withdraw_proposal",
}  # fmt: skip
NOBODY_S = {"account:logout", "account:home", "resume:resume", "account:login"}


def test_every_other_address_is_shut_to_a_deposit(w: World) -> None:
    client = entered(w, opened(w))
    with acting(w.firm) as firm:
        statement = w.save(firm, OCT, w.entry(w.lemaire, "10")).uid
    doors, wrong = {route.name for route in all_routes() if route.deposit}, []
    assert doors == OPEN | {"resume:resume"}
    for route in all_routes():
        if route.access == "public" or route.name in OPEN | NOBODY_S:
            continue
        for method in {"GET", "POST"} & set(route.methods):
            answer = getattr(client, method.lower())(filled(route.pattern, w, statement))
            if answer.status_code not in (403, 404):
                wrong.append((route.name, method, answer.status_code))
    assert wrong == []
    assert client.get(month(w)).status_code == 200, "the session is still open"
    assert client.get("/").headers["Location"] == f"/o/{w.firm.slug}/depot/"


def test_neither_another_contract_nor_another_firm(w: World) -> None:
    second = contract(w.pilot, w.buyer, "École Pasteur")
    party(second, w.firm, "contractor")
    owed = commitment(second, w.firm)
    hidden = worker(w.pilot, owed, "Lucie", "Garnier", host=w.firm)
    with acting(w.firm) as firm:
        other = save_on(w, firm, second, owed, hidden)
    with acting(w.etti) as etti:
        theirs = w.save(etti, OCT, w.entry(w.diallo, "10"), declarant=w.uids["etti"]).uid
    client = entered(w, opened(w))
    home = client.get(f"/o/{w.firm.slug}/depot/").content.decode()
    assert "École Pasteur" not in home
    hidden_too = f"marches/{second.uid}/mois/2026-10/"
    for path in (hidden_too, f"heures/{other}/", f"heures/{other}/releve.pdf", f"heures/{theirs}/"):
        assert client.get(f"/o/{w.firm.slug}/{path}").status_code == 404, path
    assert client.get(f"/o/{w.etti.slug}/marches/{w.contract.uid}/mois/2026-10/").status_code == 404
    assert client.get(f"/o/{w.pilot.slug}/heures/{other}/").status_code == 404
    contact(w, second, w.firm.organisation_id, EMAIL)
    again = opened(w)
    assert again.word == "", "the word and the link stay those of the person"
    assert client.get(f"/o/{w.firm.slug}/marches/{second.uid}/mois/2026-10/").status_code == 200
    assert client.get(f"/o/{w.firm.slug}/heures/{other}/").status_code == 200


def save_on(w: World, firm: Any, row: Any, owed: Any, placed: Any) -> UUID:
    return save_statement(
        actor=firm, contract_uid=row.uid, declarant_uid=w.uids["firm"], month=OCT, source=StatementSource.PORTAL,
        entries=(Entry(placed.uid, owed.uid, Decimal(7)),), version=None, on=TODAY,
    ).uid  # fmt: skip


def test_ten_minutes_to_the_second(w: World) -> None:
    deposit = opened(w)
    link, client = link_of(mailed("access.mail_deposit_link")), Client()
    code = asked(client, link)
    with clock.pretending(NOON + timedelta(seconds=601)):
        late = client.post(f"{link}code/", {"code": code, "word": deposit.word})
    assert late.status_code == 400
    assert "plus de dix minutes" in late.content.decode()
    code = asked(client, link)
    with clock.pretending(NOON + timedelta(seconds=600)):
        assert client.post(f"{link}code/", {"code": code, "word": deposit.word}).status_code == 302


def test_a_code_serves_in_the_browser_that_asked_only(w: World) -> None:
    deposit = opened(w)
    link, mine, other = link_of(mailed("access.mail_deposit_link")), Client(), Client()
    code = asked(mine, link)
    elsewhere = other.post(f"{link}code/", {"code": code, "word": deposit.word})
    assert elsewhere.status_code == 400
    assert "Un code ne sert que là où il a été demandé" in elsewhere.content.decode().replace("&#x27;", "'")
    asked(other, link)
    assert "Ce n&#x27;est pas le code" in other.post(
        f"{link}code/", {"code": code, "word": deposit.word}
    ).content.decode(), "the code of one browser is not the one of another"
    assert mine.post(f"{link}code/", {"code": code, "word": deposit.word}).status_code == 302


def test_the_sixth_try_is_refused_even_when_it_is_right(w: World) -> None:
    deposit = opened(w)
    link, client = link_of(mailed("access.mail_deposit_link")), Client()
    code = asked(client, link)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        refused = client.post(f"{link}code/", {"code": wrong, "word": deposit.word})
        assert "Ce n&#x27;est pas le code" in refused.content.decode()
    sixth = client.post(f"{link}code/", {"code": code, "word": deposit.word})
    assert (sixth.status_code, "Cinq essais" in sixth.content.decode()) == (400, True)
    assert client.post(f"{link}code/", {"code": code, "word": deposit.word}).status_code == 400
    code = asked(client, link)
    assert client.post(f"{link}code/", {"code": code, "word": deposit.word}).status_code == 302


def test_wrong_words_count_lock_and_a_new_word_unlocks(w: World) -> None:
    deposit = opened(w)
    link, client = link_of(mailed("access.mail_deposit_link")), Client()
    for _ in range(2):
        code = asked(client, link)
        for _ in range(5):
            refused = client.post(f"{link}code/", {"code": code, "word": "bado-bado-bado"})
            assert "Ce n&#x27;est pas le mot" in refused.content.decode()
    code = asked(client, link)
    locked = client.post(f"{link}code/", {"code": code, "word": deposit.word})
    assert "Trop de mots d&#x27;accès inexacts" in locked.content.decode()
    with acting(w.pilot) as pilot:
        word = give_word(actor=pilot, uid=deposit.uid, on=TODAY)
    assert client.post(f"{link}code/", {"code": code, "word": deposit.word}).status_code == 400
    assert client.post(f"{link}code/", {"code": code, "word": word.upper()}).status_code == 302
    with as_owner():
        assert Deposit.objects.get().failures == 0


def test_five_codes_an_hour(w: World) -> None:
    opened(w)
    link, client = link_of(mailed("access.mail_deposit_link")), Client()
    answers = [client.post(link).status_code for _ in range(6)]
    assert answers == [302] * 5 + [400]
    assert "Cinq codes ont déjà été envoyés" in client.post(link).content.decode()
    with clock.pretending(NOON + timedelta(hours=1)):
        assert client.post(link).status_code == 302
    with as_owner():
        assert EMAIL not in str(LoginFailure.objects.values())


def test_unknown_withdrawn_and_ended_links_say_the_same(w: World) -> None:
    deposit = opened(w)
    link, client = link_of(mailed("access.mail_deposit_link")), Client()
    unknown = client.get("/compte/depot/ceci-n-est-pas-un-lien/")
    with on_day(UNTIL):
        assert client.get(link).status_code == 200, "the last day is the last one open"
    with on_day(UNTIL + timedelta(days=1)):
        ended = client.get(link)
    with acting(w.pilot) as pilot:
        revoke_deposit(actor=pilot, uid=deposit.uid, on=TODAY, at=NOON)
    withdrawn = client.post(link)
    assert [one.status_code for one in (unknown, ended, withdrawn)] == [404, 404, 404]
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
    assert len({strip.sub(b"", one.content) for one in (unknown, ended, withdrawn)}) == 1
    assert client.post(f"{link}code/", {"code": "123456", "word": deposit.word}).status_code == 404


def test_withdrawn_or_ended_while_in_session_is_said_and_nothing_is_written(w: World) -> None:
    deposit = opened(w)
    client = entered(w, deposit)
    form = sent(client.get(month(w)).content.decode(), **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    with on_day(UNTIL + timedelta(days=1)):
        assert client.get(month(w)).status_code == 403
    with as_owner():
        w.contract.state = "closed"
        w.contract.save(update_fields=["state"])
    assert client.get(month(w)).status_code == 403, "the contract is closed"
    with as_owner():
        w.contract.state = "running"
        w.contract.save(update_fields=["state"])
    assert client.get(month(w)).status_code == 200
    with acting(w.pilot) as pilot:
        revoke_deposit(actor=pilot, uid=deposit.uid, on=TODAY, at=NOON)
    answer = client.post(month(w), form)
    assert answer.status_code == 403
    assert "Votre dépôt sans compte est terminé ou retiré" in answer.content.decode()
    with as_owner():
        assert not HoursLine.objects.exists()
    fresh = opened(w)
    assert fresh.word, "open again: another link, another word"
    assert client.get(month(w)).status_code == 302, "the sessions of before are over"


def test_the_session_lasts_two_hours_and_what_was_typed_waits(w: World) -> None:
    deposit = opened(w)
    client = entered(w, deposit)
    with as_owner():
        session = Session.objects.latest("created_at")
        minutes = (session.expire_date - session.created_at).total_seconds() / 60
    assert 118 < minutes <= 120.5
    form = sent(client.get(month(w)).content.decode(), **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    with as_owner():
        Session.objects.update(expire_date=session.created_at - timedelta(seconds=1))
    answer = client.post(month(w), form)
    assert answer.headers["Location"].startswith("/compte/connexion/")
    assert "Vous déclarez vos heures sans compte" in client.get(answer.headers["Location"]).content.decode()
    link = link_of(next(str(one.body) for one in outbox.outbox if "/compte/depot/" in str(one.body)))
    back = client.post(f"{link}code/", {"code": asked(client, link), "word": deposit.word})
    assert back.headers["Location"] == "/compte/reprise/"
    assert "121,5" in client.get("/compte/reprise/").content.decode()


def test_the_reminder_of_who_has_a_deposit_carries_its_link(w: World) -> None:
    opened(w)
    link = link_of(mailed("access.mail_deposit_link"))
    outbox.outbox.clear()
    morning()
    (mail,) = outbox.outbox
    assert link in str(mail.body)
    assert f"/o/{w.firm.slug}/" not in str(mail.body)


def test_who_has_none_is_sent_to_the_plain_page(w: World) -> None:
    deposit = opened(w)
    with acting(w.pilot) as pilot:
        revoke_deposit(actor=pilot, uid=deposit.uid, on=TODAY, at=NOON)
    outbox.outbox.clear()
    morning()
    (mail,) = outbox.outbox
    assert f"/o/{w.firm.slug}/" in str(mail.body)
    assert "/compte/depot/" not in str(mail.body)


def test_a_piece_that_waited_for_the_antivirus_is_settled_and_told_to_who_gave_it(
    w: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", f"unix://{tmp_path}/nobody")
    client = entered(w, opened(w))
    with as_owner():
        Membership.objects.filter(organisation_id=w.firm.organisation_id).update(revoked_at=NOON)
    form = sent(client.get(month(w)).content.decode(), **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    piece = SimpleUploadedFile("octobre.txt", TEXT, content_type="text/plain")
    assert client.post(month(w), {**form, "evidence": piece}).status_code == 302
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", clamd(tmp_path, FOUND)[0])
    with django_capture_on_commit_callbacks(execute=True), as_owner():
        assert dict(scan_waiting(at=NOON, on=TODAY, days=7)) == {Treatment.INFECTED: 1}
    outbox.outbox.clear()
    with as_owner():
        tell_destroyed(**dict(jobs())["files.tell_destroyed"])  # type: ignore[arg-type]  # read back from JSON
    (mail,) = outbox.outbox
    assert (mail.to, "/compte/depot/" in str(mail.body), "Zoé" in str(mail.body)) == ([EMAIL], True, False)


def test_only_for_a_contact_with_an_address_of_a_firm_that_declares(w: World) -> None:
    contact(w, w.contract, w.buyer.organisation_id, "max@metropole.example")
    with pytest.raises(WrongState, match="ne déclare pas"):
        opened(w, "max@metropole.example")
    contact(w, w.contract, w.firm.organisation_id, "")
    with pytest.raises(WrongState, match="adresse électronique"):
        opened(w, "")
    for day in (TODAY, TODAY + timedelta(days=800)):
        with pytest.raises(Invalid):
            opened(w, until=day)
    deposit = opened(w)
    with pytest.raises(Refusal, match="a déjà un dépôt"):
        opened(w)
    with acting(w.pilot) as pilot:
        extend_deposit(actor=pilot, uid=deposit.uid, ends_on=UNTIL + timedelta(days=31), on=TODAY)
        send_deposit_link(actor=pilot, uid=deposit.uid, on=TODAY, at=NOON, site="http://testserver")
    assert [task for task, _ in jobs()].count("access.mail_deposit_link") == 2
    with acting(w.firm) as firm, pytest.raises(NotAllowed):
        begin_deposit(actor=firm, organisation_id=w.firm.organisation_id, email="x@y.example", full_name="X")
    with as_owner():
        assert DepositContract.objects.get().ends_on == UNTIL + timedelta(days=31)


def test_nobody_signs_in_with_the_account_of_a_deposit(w: World) -> None:
    opened(w)
    client = Client()
    with as_owner():
        account = Deposit.objects.select_related("account").get().account
    for email in (EMAIL, account.email):
        refused = client.post("/compte/connexion/", {"email": email, "password": "", "next": ""})
        assert refused.status_code == 400
        client.post("/compte/mot-de-passe/oublie/", {"email": email})
    resets = [values["account"] for task, values in jobs() if task == "access.mail_reset"]
    assert resets[0] == 0, "the address of the person opens no account"
    assert all(one in (0, account.pk) for one in resets)


def test_the_pages_of_the_facilitator(w: World) -> None:
    demonstration()
    with as_owner():
        uid = PartyContact.objects.get(email=EMAIL).uid
    client, base = signed_in(w.pilot), f"/o/{w.pilot.slug}"
    assert "Ouvrir un dépôt sans compte" in client.get(f"{base}/contacts/{uid}/modifier/").content.decode()
    address = f"{base}/contacts/{uid}/depot/"
    assert 'value="2027-10-31"' in client.get(address).content.decode(), "a year is proposed"
    wrong = client.post(address, {"ends_on": "2020-01-01"})
    assert (wrong.status_code, "Choisissez un jour à venir" in wrong.content.decode()) == (400, True)
    done = client.post(address, {"ends_on": UNTIL.isoformat()})
    shown = re.search(r">([a-z]{4}-[a-z]{4}-[a-z]{4})<", done.content.decode())
    assert shown
    assert (done.status_code, "no-store" in done.headers["Cache-Control"]) == (200, True)
    assert "mot d'accès de Zoé Martin" in done.content.decode().replace("&#x27;", "'")
    again = client.post(address, {"ends_on": UNTIL.isoformat()})
    assert (again.status_code, "a déjà un dépôt" in again.content.decode()) == (400, True)
    with as_owner():
        deposit = DepositContract.objects.get().uid
    listed = client.get(f"{base}/marches/{w.contract.uid}/").content.decode()
    assert f"/depots/{deposit}/" in listed
    page = client.get(f"{base}/depots/{deposit}/").content.decode()
    assert "Ouvert jusqu" in page
    assert shown[1] not in page
    given = client.post(f"{base}/depots/{deposit}/mot-d-acces/").content.decode()
    other = re.search(r">([a-z]{4}-[a-z]{4}-[a-z]{4})<", given)
    assert (other or shown)[1] != shown[1], "another one"
    with clock.pretending(NOON):
        said = [client.post(f"{base}/depots/{deposit}/lien/", follow=True).content.decode() for _ in range(2)]
    assert ["Le lien est renvoyé" in said[0], "moins de dix minutes" in said[1]] == [True, True]
    for path, data in (("prolonger/", {"ends_on": "2027-10-31"}), ("retirer/", {})):
        assert client.post(f"{base}/depots/{deposit}/{path}", data).status_code == 302, path
    assert "Retiré le" in client.get(f"{base}/depots/{deposit}/").content.decode()
    assert client.post(f"{base}/depots/{deposit}/lien/", follow=True).content.decode().count("terminé ou retiré") == 1
    stranger = signed_in(w.stranger)
    assert stranger.get(f"/o/{w.stranger.slug}/depots/{deposit}/").status_code == 404
