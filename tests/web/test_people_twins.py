"""Two records side by side: reunited, parted, and a reunion that another one covers."""

import pytest

from clausette.journal.models import Reading
from clausette.participants.queries import open_pairs, reunions
from tests.hats import acting, as_owner
from tests.placements.builders import People, people, person
from tests.web.people_helpers import address, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> People:
    return people()


def test_two_reunions_are_undone_the_last_first(cast: People) -> None:
    first, second, third = (person(cast.pilot, name, "Moreau") for name in ("Aline", "Alyne", "Alline"))
    client, where = signed_in(cast.pilot), address(cast.pilot, "participants", "doublons")
    assert "Alyne Moreau" in text(client.get(where).content)
    for kept, gone in ((second, third), (first, second)):
        with acting(cast.pilot) as actor:
            both = {kept, gone}
            (pair,) = [one for one in open_pairs(actor=actor)[0] if {one.first.uid, one.second.uid} == both]
        answer = client.post(f"{where}{pair.uid}/", {"decision": "meme", "kept": str(kept)})
        assert answer["Location"] == address(cast.pilot, "participants", kept)
    with as_owner():
        before = Reading.objects.count()
    page = text(client.get(where).content)
    assert "Fiche de Alline Moreau, réunie à celle de Alyne Moreau" in page
    assert "défaites d'abord cette réunion-là" in page
    with as_owner():
        seen = Reading.objects.order_by("id").values_list("subject_uid", flat=True)[before:]
        assert set(seen) == {first, second, third}
    with acting(cast.pilot) as actor:
        late, early = (line.uid for line in reunions(actor=actor))
    refused = client.post(address(cast.pilot, "participants", "reunions") + f"{early}/defaire/", {})
    assert (refused.status_code, "défaites d'abord" in text(refused.content)) == (400, True)
    assert client.post(address(cast.pilot, "participants", "reunions") + f"{late}/defaire/", {}).status_code == 302
