"""Doors of the people area: stranger 404, capability 403, method 405, bad id 404; nothing distinguishes absent."""

from uuid import uuid4

import pytest

from tests.placements.builders import People, decide, people, person, put_to_work, site
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]

PAGES = ("participants/{p}", "participants/{p}/motifs")
FORMS = (
    "participants/{p}/modifier", "participants/{p}/verification", "participants/{p}/mise-a-l-emploi",
    "participants/{p}/verification/{c}/retirer", "mises-a-l-emploi/{w}/prolonger", "mises-a-l-emploi/{w}/terminer",
    "mises-a-l-emploi/{w}/mise-a-disposition",
)  # fmt: skip


@pytest.fixture
def cast() -> People:
    return people()


@pytest.fixture
def known(cast: People) -> dict[str, str]:
    who = person(cast.pilot)
    check = decide(cast.pilot, who)
    return {"p": str(who), "c": str(check), "w": str(put_to_work(cast, who, site(cast)))}


def test_the_structure_opens_every_page(cast: People, known: dict[str, str]) -> None:
    client = signed_in(cast.pilot)
    for path in PAGES + FORMS:
        assert client.get(address(cast.pilot, path.format(**known))).status_code == 200, path


def test_foreign_and_absent_are_the_same_404(cast: People, known: dict[str, str]) -> None:
    client = signed_in(cast.stranger)
    absent = {name: str(uuid4()) for name in known}
    for path in PAGES + FORMS:
        foreign = client.get(address(cast.stranger, path.format(**known)))
        nowhere = client.get(address(cast.stranger, path.format(**absent)))
        assert (foreign.status_code, nowhere.status_code) == (404, 404), path
        assert client.get(address(cast.pilot, path.format(**known))).status_code == 404
    for path in FORMS:
        assert (
            client.post(address(cast.stranger, path.format(**known)), {"reason": "x"}).status_code == 404
        ), path


def test_a_bad_identifier_is_not_found(cast: People, known: dict[str, str]) -> None:
    client = signed_in(cast.pilot)
    for path in PAGES + FORMS:
        where = address(cast.pilot, path.format(p="12", c="x", w="12"))
        assert client.get(where).status_code == 404, path


def test_a_firm_reads_the_sheet_and_nothing_else(cast: People, known: dict[str, str]) -> None:
    client = signed_in(cast.firm)
    assert client.get(address(cast.firm, f"participants/{known['p']}")).status_code == 200
    refused = client.get(address(cast.firm, f"participants/{known['p']}/motifs"))
    assert refused.status_code == 403
    assert "Les motifs sont réservés à la structure qui suit la personne" in text(refused.content)
    for path in ("participants/nouveau", *FORMS):
        answer = client.get(address(cast.firm, path.format(**known)))
        assert answer.status_code == 403, path
        assert "réservée aux structures de type « structure facilitatrice »" in text(answer.content)


def test_a_buyer_reads_no_person(cast: People, known: dict[str, str]) -> None:
    client = signed_in(cast.buyer)
    for path in ("participants", "participants/nouveau", *PAGES, *FORMS):
        assert client.get(address(cast.buyer, path.format(**known))).status_code == 403, path


def test_pages_take_no_post_and_forms_no_delete(cast: People, known: dict[str, str]) -> None:
    client = signed_in(cast.pilot)
    for path in PAGES:
        assert client.post(address(cast.pilot, path.format(**known))).status_code == 405, path
    for path in FORMS:
        assert client.delete(address(cast.pilot, path.format(**known))).status_code == 405, path
