"""Invitations and members: the link, the pages of a structure, what ends at once."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clausette.access import tasks
from clausette.access.enums import MemberRole
from clausette.access.models import Account, Invitation, Membership, Organisation
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from tests.hats import as_owner, sign_in
from tests.web.test_account_own import jobs
from tests.world import account, body, demonstration, member, two_structures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.account_urls")]

NEW = {
    "full_name": "Zoé Martin",
    "password": "trois marmottes au marché",
    "again": "trois marmottes au marché",
}


@pytest.fixture
def firm() -> Actor:
    return member(body("Bâti Ouche", "contractor"), "chef@bati.example")


@pytest.fixture
def browser(client: Client, firm: Actor) -> Client:
    sign_in(client, firm.account_id)
    return client


def mail_invitations() -> None:
    """What the worker does; the role of tests may not open rights by number."""
    for name, values in jobs():
        if name == "access.mail_invitation":
            with as_owner():
                tasks.mail_invitation(**values)  # type: ignore[arg-type]  # read back from JSON


def invited(browser: Client, firm: Actor, email: str = "zoe@bati.example", role: str = "member") -> str:
    """Invite by the page; return the path of the link, read in the mail."""
    data = {"email": email, "full_name": "Zoé Martin", "role": role}
    assert browser.post(f"/o/{firm.slug}/structure/inviter/", data).status_code == 302
    mail_invitations()
    found = re.search(r"http://testserver(/compte/invitation/\S+)", str(outbox.outbox[-1].body))
    assert found
    assert outbox.outbox[-1].to == [email]
    return found[1]


def test_the_queue_and_the_table_hold_no_secret(browser: Client, firm: Actor) -> None:
    secret = invited(browser, firm).split("/")[3]
    assert secret not in str(jobs())
    with as_owner():
        assert secret not in str(Invitation.objects.values().get())


def test_who_is_invited_makes_an_account_and_enters(browser: Client, firm: Actor, db: None) -> None:
    link, zoe = invited(browser, firm), Client()
    assert zoe.get(link).status_code == zoe.get(link).status_code == 200, "opening uses nothing up"
    refused = zoe.post(link, {**NEW, "password": "court", "again": "court"})
    assert refused.status_code == 400
    assert 'value="Zoé Martin"' in refused.content.decode()
    assert Account.objects.filter(email="zoe@bati.example").count() == 0
    assert zoe.post(link, NEW).headers["Location"] == f"/o/{firm.slug}/"
    assert zoe.get(f"/o/{firm.slug}/structure/").status_code == 200
    for late in (Client().get(link), Client().post(link, NEW), zoe.get(link)):
        assert late.status_code == 404
    with as_owner():
        assert Event.objects.filter(verb="access.invitation.accepted").count() == 1


def test_who_has_an_account_signs_in_then_joins(browser: Client, firm: Actor) -> None:
    number = account("zoe@bati.example")
    link, zoe = invited(browser, firm), Client()
    asked = zoe.get(link).content.decode()
    assert f"/compte/connexion/?next={link}" in asked
    assert zoe.post(link, NEW).status_code == 200, "no second account, no password changed"
    sign_in(zoe, number)
    assert "Rejoindre" in zoe.get(link).content.decode()
    assert zoe.post(link).headers["Location"] == f"/o/{firm.slug}/"


def test_an_invitation_is_useless_to_somebody_else(browser: Client, firm: Actor) -> None:
    link, other = invited(browser, firm), Client()
    sign_in(other, account("autre@x.example"))
    assert "pour une autre personne" in other.get(link).content.decode()
    other.post(link)
    with as_owner():
        assert Membership.objects.count() == 1


def test_an_unknown_link_is_a_404_with_a_sentence(client: Client) -> None:
    answer = client.get("/compte/invitation/inconnu/")
    assert answer.status_code == 404
    assert "plus valable" in answer.content.decode()


def test_the_page_lists_members_and_invitations(browser: Client, firm: Actor) -> None:
    invited(browser, firm)
    text = browser.get(f"/o/{firm.slug}/structure/").content.decode()
    assert "chef@bati.example" in text
    assert "zoe@bati.example" in text
    assert "Bâti Ouche" in text


def test_the_page_costs_the_same_with_more_members(browser: Client, firm: Actor) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/o/{firm.slug}/structure/")
        return len(queries)

    first = cost()
    for email in ("b@bati.example", "c@bati.example"):
        member(firm, email)
    assert cost() == first


def test_a_member_who_does_not_administer_reads_why(firm: Actor) -> None:
    client = Client()
    sign_in(client, member(firm, "zoe@bati.example", MemberRole.MEMBER).account_id)
    text = client.get(f"/o/{firm.slug}/structure/").content.decode()
    assert "Seul un administrateur" in text
    assert client.get(f"/o/{firm.slug}/structure/inviter/").status_code == 403
    with as_owner():
        uid = Membership.objects.get(account_id=firm.account_id).uid
    assert client.post(f"/o/{firm.slug}/structure/membres/{uid}/retirer/").status_code == 403


def test_a_stranger_gets_the_404_of_what_does_not_exist(firm: Actor) -> None:
    client = Client()
    sign_in(client, two_structures().first.account_id)
    demonstration()
    assert client.get(f"/o/{firm.slug}/structure/").status_code == 404
    with as_owner():
        uid = Membership.objects.get(account_id=firm.account_id).uid
    assert client.get(f"/o/plie-du-lys/structure/membres/{uid}/").status_code == 404
    assert (
        client.get("/o/plie-du-lys/structure/membres/00000000-0000-4000-8000-000000000000/").status_code
        == 404
    )


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("pas une adresse", "id_email_error"), ("zoe@bati.example", "attend déjà"), ("", "id_email_error")],
)
def test_a_refused_invitation_keeps_what_was_typed(
    browser: Client, firm: Actor, email: str, sentence: str
) -> None:
    invited(browser, firm)
    data = {"email": email, "full_name": "Zoé M.", "role": "admin"}
    answer = browser.post(f"/o/{firm.slug}/structure/inviter/", data)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert 'value="Zoé M."' in answer.content.decode()


def test_a_withdrawn_invitation_is_useless_at_once(browser: Client, firm: Actor) -> None:
    link = invited(browser, firm)
    with as_owner():
        uid = Invitation.objects.get().uid
    path = f"/o/{firm.slug}/structure/invitations/{uid}/retirer/"
    assert browser.get(path).status_code == 405
    assert browser.post(path).status_code == 302
    assert Client().get(link).status_code == 404
    assert browser.post(path).status_code == 400, "twice"


def test_a_member_taken_out_has_no_rights_on_the_next_request(browser: Client, firm: Actor) -> None:
    zoe = Client()
    number = member(firm, "zoe@bati.example", MemberRole.MEMBER).account_id
    sign_in(zoe, number)
    assert zoe.get(f"/o/{firm.slug}/structure/").status_code == 200
    with as_owner():
        uid = Membership.objects.get(account_id=number).uid
    path = f"/o/{firm.slug}/structure/membres/{uid}/retirer/"
    assert "se ferment aussitôt" in browser.get(path).content.decode()
    assert browser.post(path).status_code == 302
    assert zoe.get(f"/o/{firm.slug}/structure/").status_code == 404


def test_the_last_administrator_stays(browser: Client, firm: Actor) -> None:
    with as_owner():
        uid = Membership.objects.get(account_id=firm.account_id).uid
    path = f"/o/{firm.slug}/structure/membres/{uid}/"
    answer = browser.post(path, {"role": "member"})
    assert answer.status_code == 400
    assert "dernier administrateur" in answer.content.decode()
    assert browser.post(f"{path}retirer/").status_code == 400
    other = member(firm, "zoe@bati.example", MemberRole.MEMBER)
    with as_owner():
        hers = Membership.objects.get(account_id=other.account_id).uid
    assert browser.post(f"/o/{firm.slug}/structure/membres/{hers}/", {"role": "admin"}).status_code == 302
    assert browser.post(path, {"role": "member"}).status_code == 302


def test_a_facilitator_invites_the_first_person_of_a_firm(firm: Actor) -> None:
    cast, client = two_structures(), Client()
    demonstration()
    empty = body("GEIQ du Lys", "employer")
    sign_in(client, cast.first.account_id)
    with as_owner():
        uids = [Organisation.objects.get(pk=one.organisation_id).uid for one in (empty, firm)]
    first, taken = (f"/o/plie-du-lys/structure/organismes/{uid}/inviter/" for uid in uids)
    assert "GEIQ du Lys" in client.get(first).content.decode()
    assert client.post(first, {"email": "paul@geiq.example"}).status_code == 302
    refused = client.post(taken, {"email": "paul@geiq.example"})
    assert refused.status_code == 400
    assert "déjà ses membres" in refused.content.decode()


def test_the_mails_of_the_demonstration_are_read_in_the_browser(
    settings: LazySettings, tmp_path: Path, firm: Actor
) -> None:
    settings.MAILS_FOLDER = tmp_path / "mails"
    client = Client()
    assert client.get("/demonstration/courriels/").status_code == 404
    demonstration()
    assert "Aucun courriel" in client.get("/demonstration/courriels/").content.decode()
    client.post("/compte/mot-de-passe/oublie/", {"email": "chef@bati.example"})
    for _, values in jobs():
        tasks.mail_reset(**values)  # type: ignore[arg-type]  # read back from JSON
    assert outbox.outbox == [], "nothing leaves the machine"
    [path] = settings.MAILS_FOLDER.glob("*.eml")
    assert message_from_bytes(path.read_bytes(), policy=policy.default)["To"] == "chef@bati.example"
    assert path.stat().st_mode & 0o077 == 0
    assert path.stem in client.get("/demonstration/courriels/").content.decode()
    letter = client.get(f"/demonstration/courriels/{path.stem}/").content.decode()
    assert 'href="http://testserver/compte/mot-de-passe/' in letter
    assert client.get("/demonstration/courriels/20260101-000000-00000000/").status_code == 404
    assert client.get("/demonstration/courriels/passwd/").status_code == 404


def test_a_first_password_is_not_one_s_address(browser: Client, firm: Actor) -> None:
    link = invited(browser, firm)
    similar = {"full_name": "Zoé", "password": "zoe@bati.example", "again": "zoe@bati.example"}
    assert "semblable" in Client().post(link, similar).content.decode()
