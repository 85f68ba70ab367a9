"""The guide: public, its links lead somewhere, its words are those of the screens."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from clausette.web.guide.views import CHAPTERS

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
