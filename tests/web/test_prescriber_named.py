"""A prescriber of a sensitive kind: every page that needs no object is asked for, and few may name it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from clausette.journal.models import Reading, ReadingAlert
from clausette.kernel.actor import Actor
from clausette.participants.enums import PrescriberKind
from clausette.participants.models import Participant
from clausette.web.routes import all_routes
from tests.hats import as_owner
from tests.isolation.canaries import all_of
from tests.participants.referral_builders import Desk, propose, tie
from tests.placements.builders import people, person, put_to_work, site
from tests.procurement.builders import organisation_uid
from tests.web.people_helpers import address, signed_in
from tests.world import body, member

pytestmark = pytest.mark.django_db
CANARY = "SPIP-canari du Lys"
NAMED = {"referrals:prescribers", "people:create"}  # with whom one works, whom to choose: beside no person


def naming(client: Client, who: Actor) -> set[str]:
    """The addresses without object that name the prescriber, workbooks unpacked."""
    found = set()
    for route in all_routes():
        if "GET" in route.methods and re.fullmatch(r"/o/<slug:slug>/[^<]*", route.pattern):
            answer = client.get(reverse(route.name, kwargs={"slug": who.slug}))
            if answer.status_code == 200 and CANARY.encode() in all_of(answer):  # type: ignore[arg-type]  # of the client
                found.add(route.name)
    return found


def test_a_sensitive_prescriber_is_named_nowhere_beside_a_person_but_on_their_pages() -> None:
    cast = people()
    spip = member(body(CANARY, "prescriber"), "spip@lys.example")
    tie(cast.pilot, spip, PrescriberKind.SPIP)
    uid = person(cast.pilot, "Aline", "Moreau", referred_by_uid=organisation_uid(spip))
    put_to_work(cast, uid, site(cast))
    proposed = propose(Desk(cast.pilot, spip, cast.stranger, cast.other_prescriber))
    with as_owner():
        whose = {"account_id": spip.account_id, "organisation_id": spip.organisation_id}
        owner = Participant.objects.get(uid=uid).owner_org_id
        Reading(**whose, kind="identity", subject_uid=uid, owner_org=owner).save()
        ReadingAlert(**whose, told_org=owner, level="warn", hour=130, day=130).save()
    own, firm, buyer = signed_in(cast.pilot), signed_in(cast.firm), signed_in(cast.buyer)
    for page in (address(cast.pilot, "participants", uid), address(cast.pilot, "orientations", proposed)):
        assert CANARY in own.get(page).content.decode()
    assert naming(own, cast.pilot) == NAMED
    assert "organisme habilité" in own.get(address(cast.pilot, "structure", "lectures")).content.decode()
    assert naming(firm, cast.firm) == set()
    assert naming(buyer, cast.buyer) == set()
    assert CANARY not in firm.get(address(cast.firm, "participants", uid)).content.decode()
    assert CANARY in signed_in(spip).get(f"/o/{spip.slug}/").content.decode()
