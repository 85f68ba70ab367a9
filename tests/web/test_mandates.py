"""The pages of a « mandat de déclaration »: given, accepted, used for hours of a firm and nothing else, withdrawn."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.test import Client

from clausette.access.models import Account, Membership
from clausette.hours.models import Statement
from clausette.journal.models import Event
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.procurement import tasks
from clausette.procurement.models import Mandate
from clausette.procurement.operations import MandateEntry, give_mandate, revoke_mandate
from tests.hats import TODAY, acting, as_owner, noon, on_day
from tests.hours.builders import OCT, World, commitment, contract, party, uid_of, worker, world
from tests.web.browsing import signed_in
from tests.web.test_account_own import jobs
from tests.web.test_hours_grid import name, sent
from tests.world import PASSWORD, body, demonstration, member

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 6, 30)
EMAIL = "lou@compta.example"


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def durand() -> Actor:
    return member(body("Cabinet Durand"), "claire@durand.example")


def at(w: World, path: str = "") -> str:
    return f"/o/{w.firm.slug}/{path}"


def month(w: World, row: Any = None) -> str:
    return at(w, f"marches/{(row or w.contract).uid}/mois/2026-10/")


def given(w: World, to: Actor | None, contract_uid: UUID | None = None) -> UUID:
    whom: dict[str, Any] = {"holder_uid": uid_of(to)} if to else {"email": EMAIL}
    with acting(w.firm) as firm:
        entry = MandateEntry(TODAY, UNTIL, contract_uid=contract_uid, **whom)
        return give_mandate(actor=firm, entry=entry, on=TODAY, site="http://testserver")


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'").replace("\u202f", " ").replace("\xa0", " ")


def test_given_on_the_page_and_withdrawn_there(w: World, durand: Actor) -> None:
    firm = signed_in(w.firm)
    assert at(w, "structure/mandats/") in text(firm.get(at(w, "structure/")))
    assert "Aucun mandat en cours" in text(firm.get(at(w, "structure/mandats/")))
    form = {"holder": "cabinet durand", "starts_on": "2026-11-16", "ends_on": ""}
    done = firm.post(at(w, "structure/mandats/donner/"), form, follow=True)
    assert "Cabinet Durand" in text(done)
    with as_owner():
        row = Mandate.objects.get()
        assert (row.contract_id, row.ends_on) == (None, date(2027, 11, 15)), "all the contracts, one year"
    shown = at(w, f"structure/mandats/{row.uid}/")
    assert "Tous les marchés" in text(firm.get(shown))
    firm.post(f"{shown}prolonger/", {"ends_on": "2028-01-31"})
    assert "31 janvier 2028" in text(firm.get(shown))
    assert firm.get(f"{shown}retirer/").status_code == 200
    assert "retiré le 16 novembre 2026" in text(firm.post(f"{shown}retirer/", follow=True))


def test_what_is_refused_is_said_at_its_field_and_kept(w: World, durand: Actor) -> None:
    body("Cabinet Durand et filles")
    firm, give = signed_in(w.firm), at(w, "structure/mandats/donner/")
    days = {"starts_on": "2026-11-16"}
    for form, words in (
        ({}, "Écrivez un organisme, ou l'adresse"),
        ({"holder": "Cabinet Durand", "email": EMAIL}, "pas les deux"),
        ({"holder": "Nulle part"}, "Aucun organisme de ce nom"),
        ({"holder": "durand"}, "Est-ce l'un de ceux-ci"),
        ({"holder": "Bâti Ouche"}, "votre propre structure"),
        ({"email": "zoe@bati.example"}, "est membre de votre structure"),
        ({"email": EMAIL, "ends_on": "2040-01-01"}, "Trois ans au plus"),
        ({"email": EMAIL, "contract": "ailleurs"}, "Sélectionnez un choix valide"),
    ):
        answer = firm.post(give, {**days, **form})
        assert (answer.status_code, words in text(answer)) == (400, True), words
        assert all(value in text(answer) for key, value in form.items() if key in ("holder", "email"))
    with as_owner():
        assert not Mandate.objects.exists()
    picked = {"holder": "durand", "holder_pick": str(uid_of(durand)), **days}
    assert firm.post(give, picked).status_code == 302


def test_hours_are_declared_for_the_firm_and_everybody_reads_by_whom(w: World, durand: Actor) -> None:
    uid = given(w, durand)
    demonstration()
    claire = signed_in(durand)
    assert "Vous déclarez pour" in text(claire.get(f"/o/{durand.slug}/"))
    assert claire.get("/").headers["Location"] == f"/o/{durand.slug}/", "one's own structure first"
    home = text(claire.get(at(w, "depot/")))
    assert "Vous déclarez pour Bâti Ouche (Cabinet Durand) : mandat du 16 novembre 2026 au 30 juin 2027." in home
    assert f"/o/{durand.slug}/" in home
    page = text(claire.get(month(w)))
    assert 'value="Claire"' in page
    form = sent(
        page, **{name(w, w.lemaire): "121,5"}, acte="envoyer", certify="on", certified_name="Claire Martin",
        certified_as="expert-comptable",
    )  # fmt: skip
    assert claire.post(month(w), form).status_code == 302
    with as_owner():
        statement = Statement.objects.get()
        assert (statement.state, statement.mandated_name) == ("submitted", "Cabinet Durand")
    days = "du 16 novembre 2026 au 30 juin 2027"
    said = f"pour le compte de Bâti Ouche, par Cabinet Durand (mandat de déclaration {days})"
    for reader in (w.pilot, w.firm):
        sheet = text(signed_in(reader).get(f"/o/{reader.slug}/heures/{statement.uid}/"))
        assert sheet.count(said) == 2, "handed over, and certified"
    paper = claire.get(at(w, f"heures/{statement.uid}/releve.pdf"))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "octobre 2026" in text(signed_in(w.firm).get(at(w, f"structure/mandats/{uid}/")))
    back = claire.post(at(w, f"heures/{statement.uid}/reprendre/"), {"version": statement.version})
    assert back.headers["Location"] == month(w)
    with as_owner():
        assert Statement.objects.get().mandate_id is None


def test_nothing_else_opens_and_another_contract_does_not_exist(w: World, durand: Actor) -> None:
    second = contract(w.pilot, w.buyer, "École Pasteur")
    party(second, w.firm, "contractor")
    worker(w.pilot, commitment(second, w.firm), "Lucie", "Garnier", host=w.firm)
    with acting(w.firm) as firm:
        other = w.save(firm, OCT, w.entry(w.lemaire, "10")).uid
    uid = given(w, durand, second.uid)
    claire = signed_in(durand)
    assert claire.get(month(w, second)).status_code == 200
    for path in (f"marches/{w.contract.uid}/mois/2026-10/", f"heures/{other}/", f"heures/{other}/releve.pdf"):
        assert claire.get(at(w, path)).status_code == 404, path
    for path in ("", "structure/", "structure/mandats/", f"structure/mandats/{uid}/", "participants/", "marches/",
                 "heures/", "recherche/", "structure/inviter/"):  # fmt: skip
        assert claire.get(at(w, path)).status_code == 403, path
    for path in (f"structure/mandats/{uid}/retirer/", "structure/mandats/donner/"):
        assert claire.post(at(w, path)).status_code == 403, path
    assert signed_in(w.etti).get(month(w, second)).status_code == 404, "no mandate: no such page"


def test_an_open_session_ends_with_the_mandate_and_says_why(w: World, durand: Actor) -> None:
    uid = given(w, durand)
    claire = signed_in(durand)
    assert claire.get(month(w)).status_code == 200
    assert signed_in(w.firm).post(at(w, f"structure/mandats/{uid}/retirer/")).status_code == 302
    for answer in (claire.get(month(w)), claire.post(month(w), {"acte": "aucune"})):
        assert (answer.status_code, "Votre mandat pour cette entreprise est terminé" in text(answer)) == (403, True)
        assert "l'administrateur de votre structure" not in text(answer), "theirs can do nothing about it"
    assert claire.get(f"/o/{durand.slug}/").status_code == 200, "one's own pages stay"


def test_the_last_day_counts(w: World, durand: Actor) -> None:
    given(w, durand)
    for day, status in ((UNTIL, 200), (UNTIL + timedelta(days=1), 403)):
        with on_day(day):
            assert signed_in(durand).get(at(w, "depot/")).status_code == status


def worked(task_name: str) -> list[Any]:
    """Have the worker do these jobs, as many times as they were asked; what left."""
    before = len(outbox.outbox)
    for task, values in jobs():
        if task == task_name:
            with as_owner():
                getattr(tasks, task_name.removeprefix("procurement."))(**values)
    return outbox.outbox[before:]


def linked() -> str:
    """What the worker mails; the path of the link."""
    worked("procurement.mail_mandate")
    found = re.search(r"http://testserver(/compte/mandat/\S+)", str(outbox.outbox[-1].body))
    assert found
    return found[1]


def test_a_person_accepts_with_a_new_account_and_is_member_of_nothing(w: World) -> None:
    given(w, None)
    link, client = linked(), Client()
    assert outbox.outbox[-1].to == [EMAIL]
    for words in ("Gymnase", "Lemaire", "Zoe"):
        assert words not in f"{outbox.outbox[-1].body}"
    page = client.get(link)
    assert (page.status_code, "clausette" in client.cookies) == (200, False), "the link signs nobody in"
    assert client.post(link, {"full_name": "Lou Petit", "password": "court"}).status_code == 400
    done = client.post(link, {"full_name": "Lou Petit", "password": PASSWORD, "again": PASSWORD})
    assert done.headers["Location"] == at(w, "depot/")
    assert client.get(month(w)).status_code == 200
    assert client.get("/").headers["Location"] == at(w, "depot/")
    assert client.get(link).status_code == 404, "accepted once"
    with as_owner():
        who = Account.objects.get(email=EMAIL)
        assert not Membership.objects.filter(account=who).exists()
        assert Mandate.objects.get().account_id == who.pk


def test_the_link_is_for_the_address_it_names(w: World, durand: Actor) -> None:
    uid = given(w, None)
    link = linked()
    assert "Il a été envoyé à" in text(signed_in(durand).get(link))
    assert "Il a été envoyé à" in text(signed_in(durand).post(link))
    lou = member(body("Compta Lou"), EMAIL)
    assert "connectez-vous" in text(Client().get(link))
    client = signed_in(lou)
    assert "Accepter ce mandat" in text(client.get(link))
    assert client.get(month(w)).status_code == 404, "reading the link accepts nothing"
    assert client.post(link).headers["Location"] == at(w, "depot/")
    assert "Vous déclarez pour Bâti Ouche : mandat" in text(client.get(at(w, "depot/")))
    signed_in(w.firm).post(at(w, f"structure/mandats/{uid}/retirer/"))
    assert client.get(at(w, "depot/")).status_code == 403


TOLD = "procurement.mail_mandate_told"


def test_the_administrators_of_who_holds_it_are_told_of_each_change(w: World, durand: Actor) -> None:
    member(body("Cabinet Durand"), "autre@durand.example")  # another body of this name
    plain = member(body("Cabinet Morel"), "simple@durand.example")
    with as_owner():
        Membership.objects.filter(account_id=plain.account_id).update(
            organisation_id=durand.organisation_id, role="member"
        )
    uid = given(w, durand, w.contract.uid)
    (mail,) = worked(TOLD)
    said = str(mail.body).replace("\xa0", " ")
    assert mail.to == ["claire@durand.example"]
    assert "« Bâti Ouche »" in said
    assert "un de ses marchés, du 16 novembre 2026 au 30 juin 2027" in said
    assert f"/o/{durand.slug}/\n" in said
    for words in ("Gymnase", "Claire", "Zoe", "Bâti Ouche"):
        assert words not in f"{mail.subject}{said.replace('« Bâti Ouche »', '')}", "neither a person nor a contract"
    assert Client().get(f"/o/{durand.slug}/").status_code == 302, "the link signs nobody in"
    firm, shown = signed_in(w.firm), at(w, f"structure/mandats/{uid}/")
    firm.post(f"{shown}prolonger/", {"ends_on": UNTIL.isoformat()})
    assert len(jobs()) == 1, "the same day: nothing changed"
    firm.post(f"{shown}prolonger/", {"ends_on": "2028-01-31"})
    assert "au 31 janvier 2028" in str(worked(TOLD)[-1].body).replace("\xa0", " ")
    firm.post(f"{shown}prolonger/", {"ends_on": "2028-02-29"})
    assert len(worked(TOLD)) == 2, "given and the last day: the one before is not so any more"
    firm.post(f"{shown}retirer/")
    firm.post(f"{shown}retirer/")
    (mail,) = worked(TOLD)
    assert "a retiré le mandat" in str(mail.body)
    again = worked(TOLD)[0]
    assert mail.extra_headers["Message-ID"] == again.extra_headers["Message-ID"], "sent twice, known as the same"


def test_nobody_is_told_who_may_not_act_there(w: World, durand: Actor) -> None:
    with as_owner():
        Membership.objects.filter(account_id=durand.account_id).update(valid_from=TODAY + timedelta(days=1))
    given(w, durand)
    assert worked(TOLD) == []


def test_a_person_is_sent_the_link_not_the_notice(w: World) -> None:
    uid = given(w, None)
    with acting(w.firm) as firm:
        revoke_mandate(actor=firm, uid=uid, on=TODAY, at=noon(TODAY))
    assert [task for task, _ in jobs()] == ["procurement.mail_mandate"]


def test_the_link_is_sent_again_and_the_former_opens_nothing(w: World) -> None:
    uid = given(w, None)
    former, firm, shown = linked(), signed_in(w.firm), at(w, f"structure/mandats/{uid}/")
    later = TODAY + timedelta(days=90)  # the row is dated by the true clock
    with on_day(later):
        assert Client().get(former).status_code == 404, "thirty days"
        page = text(firm.get(shown))
        assert "il ne vaut plus rien" in page
        assert f"{shown}lien/" in page
        assert "il vaut 30 jours" in text(firm.post(f"{shown}lien/", follow=True))
        fresh = linked()
        assert fresh != former
        assert (Client().get(former).status_code, Client().get(fresh).status_code) == (404, 200)
    with as_owner():
        event = Event.objects.get(verb="procurement.mandate.sent")
        assert (event.after["token_hash"], set(event.after)) == ("•", {"sent_at", "token_hash"}), "no secret there"
    with on_day(later + timedelta(days=29)):
        form = {"full_name": "Lou Petit", "password": PASSWORD, "again": PASSWORD}
        assert Client().post(fresh, form).headers["Location"] == at(w, "depot/")


def test_the_link_is_sent_again_once_in_ten_minutes_and_five_times_a_day(w: World) -> None:
    uid = given(w, None)
    firm, start = signed_in(w.firm), noon(TODAY)

    def asked(minutes: int) -> str:
        with clock.pretending(start + timedelta(minutes=minutes)):
            return text(firm.post(at(w, f"structure/mandats/{uid}/lien/"), follow=True))

    assert "il vaut 30 jours" in asked(0)
    first = linked()
    assert "vient d'être renvoyé, il y a moins de dix minutes" in asked(9)
    assert linked() == first, "refused, the last link still opens"
    assert Client().get(first).status_code == 200
    for minutes in (10, 20, 30, 40):
        assert "il vaut 30 jours" in asked(minutes)
    assert "déjà été renvoyé cinq fois aujourd'hui" in asked(50)
    assert "il vaut 30 jours" in asked(24 * 60)
    assert [task for task, _ in jobs()].count("procurement.mail_mandate") == 7


def test_the_link_is_not_sent_again_and_says_why(w: World, durand: Actor) -> None:
    firm = signed_in(w.firm)
    held, named = given(w, durand), given(w, None)

    def asked(uid: UUID) -> str:
        return text(firm.post(at(w, f"structure/mandats/{uid}/lien/"), follow=True))

    assert "/lien/" not in text(firm.get(at(w, f"structure/mandats/{held}/")))
    assert "s'en servent sans lien" in asked(held)
    signed_in(member(body("Compta Lou"), EMAIL)).post(linked())
    assert "/lien/" not in text(firm.get(at(w, f"structure/mandats/{named}/")))
    assert "a déjà accepté ce mandat" in asked(named)
    firm.post(at(w, f"structure/mandats/{named}/retirer/"))
    assert "terminé ou retiré" in asked(named)
    with on_day(UNTIL + timedelta(days=1)):
        assert "terminé ou retiré" in asked(held)
    assert [task for task, _ in jobs()].count("procurement.mail_mandate") == 1
