"""The guide: public, its links lead somewhere, its words are those of the screens."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from clausette.web.guide.cases import HARD_CASES, SEARCH
from clausette.web.guide.views import CHAPTERS
from tests.world import demonstration

pytestmark = pytest.mark.django_db
PAGES = ("guide:contents", *(chapter.url_name for chapter in CHAPTERS))


@pytest.mark.parametrize("name", PAGES)
def test_anyone_reads_it_and_its_links_answer(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    html = answer.content.decode()
    assert answer.status_code == 200
    inside = html[html.index("<main") : html.index("</main>")]
    links = set(re.findall(r'href="(/[^"#]*)"', inside))
    assert {reverse(chapter.url_name) for chapter in CHAPTERS} <= links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_it_is_only_read(client: Client) -> None:
    assert client.post(reverse("guide:contents")).status_code == 405


HARD_FIGURES = {
    1: "71 h, 100 h et 43 h", 2: "300 h dues", 3: "600 h dues fermes", 4: "400 h validées",
    5: "400 h dues et validées pour le premier titulaire, 500 h", 6: "632 h", 7: "3 000 h dues",
    8: "240 h sur le lot 1, 180 h hors clause", 9: "2 lots repris", 10: "300 h, 180 h et 240 h",
    11: "500 h, 20 missions", 12: "930 h", 13: "70 h régularisées", 14: "360 h",
    15: "500 h sur deux durées", 16: "70 h en rattrapage",
    17: "600 h lui restent, 100 h créditent le kiosque", 18: "aucune heure comptée deux fois", 19: "1 420 h",
    20: "3 marchés",
}  # fmt: skip


def test_the_twenty_hard_cases_are_there_with_their_figures(client: Client) -> None:
    page = client.get(reverse("guide:hard_cases")).content.decode()
    shown = re.findall(r"<dt><strong>(\d+)\..*?</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    assert [int(number) for number, _ in shown] == list(range(1, 21))
    for number, told in shown:
        assert HARD_FIGURES[int(number)] in told, number
    assert SEARCH not in page  # nothing to open where there is no demonstration


def test_each_hard_case_opens_in_the_demonstration(client: Client) -> None:
    demonstration()
    page = client.get(reverse("guide:hard_cases")).content.decode()
    for case in HARD_CASES:
        assert case.names
        for _, address in case.links:
            assert f'href="{address}"' in page
