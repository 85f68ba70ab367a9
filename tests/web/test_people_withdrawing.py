"""Withdrawing what was typed by mistake, ending a mise à disposition: the pages."""

from datetime import date
from uuid import UUID

import pytest

from clausette.placements.models import Allocation, Placement
from clausette.placements.operations import allocate
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import People, lent, people, person, put_to_work, site
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]


@pytest.fixture
def cast() -> People:
    return people()


def test_a_hiring_typed_by_mistake_is_withdrawn_with_its_reason(cast: People) -> None:
    aline = person(cast.pilot)
    uid = put_to_work(cast, aline, site(cast))
    client, url = signed_in(cast.pilot), address(cast.pilot, "mises-a-l-emploi", uid, "retirer")
    assert "Seulement si elle n'a aucune heure" in text(client.get(url).content)
    refused = client.post(url, {"reason": "non"})
    assert refused.status_code == 400
    assert "Dites pourquoi" in text(refused.content)
    answer = client.post(url, {"reason": "Mauvaise personne"})
    assert answer["Location"] == address(cast.pilot, "participants", aline)
    assert "Aucun contrat de travail" in text(client.get(answer["Location"]).content)
    assert client.get(url).status_code == 404


def two_firms(cast: People) -> tuple[UUID, list[UUID]]:
    """One mission in two firms in turn; its mises à disposition in order."""
    aline = person(cast.pilot)
    uid = put_to_work(cast, aline, site(cast), **lent(cast), host_until=date(2026, 12, 31))
    with acting(cast.pilot) as actor:
        allocate(
            actor=actor, placement_uid=uid, commitment_uid=site(cast, "École Pasteur", who="other_firm"),
            host_company_uid=cast.uid("other_firm"), starts_on=date(2027, 1, 1), on=TODAY,
        )  # fmt: skip
    with as_owner():
        return aline, list(Allocation.objects.order_by("starts_on").values_list("uid", flat=True))


def test_a_mise_a_disposition_ends_or_is_withdrawn(cast: People) -> None:
    aline, (first, second) = two_firms(cast)
    client = signed_in(cast.pilot)
    page = text(client.get(address(cast.pilot, "participants", aline)).content)
    assert page.count("Terminer chez") == 2
    end = address(cast.pilot, "mises-a-disposition", second, "terminer")
    assert client.post(end, {"ends_on": "31/12/2026"}).status_code == 400
    assert client.post(end, {"ends_on": "28/02/2027"}).status_code == 302
    away = address(cast.pilot, "mises-a-disposition", first, "retirer")
    assert client.post(away, {"reason": "Mauvais marché"}).status_code == 302
    with as_owner():
        kept = Allocation.objects.filter(withdrawn_at=None).values_list("uid", "ends_on")
        assert list(kept) == [(second, date(2027, 2, 28))]
        assert Placement.objects.filter(withdrawn_at=None).count() == 1


def test_a_firm_may_not(cast: People) -> None:
    uid = put_to_work(cast, person(cast.pilot), site(cast))
    url = address(cast.firm, "mises-a-l-emploi", uid, "retirer")
    assert signed_in(cast.firm).post(url, {"reason": "Pas la mienne"}).status_code == 403
