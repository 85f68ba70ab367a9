"""The pages « Programmes d'achats »: bring a file, look at its columns, open the studies, sort them, give them back."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clausette.imports.takeover.reading import read_workbook
from tests.hours.builders import World
from tests.hours.test_operations_reporting import w
from tests.imports.programmes.samples import CLEANING, HEAD, PAINTING, programme
from tests.web.test_advice_pages import plain
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["w"]
pytestmark = [pytest.mark.django_db]

WRONG: tuple[object, ...] = ("3", "Entretien du parc", "Services", "à définir", "77310000", "", "24 mois", "Lyon")
PAPER: tuple[object, ...] = ("4", "+Papier", "Fournitures", 300000, "30197630", "mars 2027", "12 mois", "Lyon")
GOOD = programme(PAINTING, CLEANING, WRONG, PAPER)


@pytest.fixture(autouse=True)
def _cast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demonstration()
    monkeypatch.setattr(settings, "STATE", tmp_path)


def base(w: World) -> str:
    return f"/o/{w.pilot.slug}/conseil/programmes/"


def send(client: Client, w: World, data: bytes = GOOD, **typed: str) -> Any:
    said = {"buyer": "Ville de Nordre", "buyer_kind": "local", "title": "Achats 2027"} | typed
    return as_(client, w.pilot).post(f"{base(w)}apporter/", said | {"file": SimpleUploadedFile("p.xlsx", data)})


def opened(client: Client, w: World, **options: str) -> str:
    address = str(send(client, w)["Location"])
    assert client.post(f"{address}confirmer/", options)["Location"] == address
    return address


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return plain(answer.content.decode())


def test_an_empty_list_teaches_and_a_stranger_has_no_page(client: Client, w: World) -> None:
    page = read(as_(client, w.pilot), base(w))
    assert "Aucun programme d'achats pour l'instant" in page
    assert client.get(f"{base(w)}{UUID(int=1)}/").status_code == 404
    assert client.post(base(w)).status_code == 405
    assert as_(Client(), w.firm).get(f"/o/{w.firm.slug}/conseil/programmes/").status_code == 403


def test_a_file_is_read_before_anything_is_opened(client: Client, w: World) -> None:
    answer = send(client, w)
    page = read(client, answer["Location"])
    assert "Ville de Nordre · p.xlsx · 4 lignes" in page
    assert "2 achats où la clause est obligatoire" in page
    assert "1 ligne a une case à corriger" in page
    assert "Colonne D : « à définir » n'est pas un nombre." in page
    assert "à confirmer" in read(client, base(w))
    again = send(client, w)
    assert again.status_code == 400
    assert "Ce fichier est déjà apporté" in plain(again.content.decode())


def test_bad_files_are_told_at_their_field_and_what_was_typed_stays(client: Client, w: World) -> None:
    for data in (b"", b"%PDF-1.7 %%EOF", b"PK\x03\x04noise", b"<html></html>", b"seul\n"):
        answer = send(client, w, data)
        assert answer.status_code == 400
        assert "Ville de Nordre" in answer.content.decode()
    missing = as_(client, w.pilot).post(f"{base(w)}apporter/", {"buyer_kind": "local"})
    assert "Dites quel maître d'ouvrage prévoit ces achats." in plain(missing.content.decode())


def test_columns_are_looked_at_when_they_are_not_sure(client: Client, w: World) -> None:
    head = ("Réf.", "Besoin à satisfaire", "Enveloppe", "Truc")
    data = programme(("1", "Peinture", 10, "Lyon"), head=head)
    columns = str(send(client, w, data)["Location"])
    assert columns.endswith("/colonnes/")
    assert "Besoin à satisfaire" in read(client, columns)
    refused = client.post(columns, {"feuille-0": "oui"})
    assert refused.status_code == 400
    assert "Dites quelle colonne donne l'objet de l'achat." in plain(refused.content.decode())
    said = {"feuille-0": "oui", "colonne-0-1": "title", "colonne-0-3": "place"}
    address = client.post(columns, said)["Location"]
    assert "Peinture" in read(client, address)
    other = send(client, w, programme(("2", "Toiture", 10, "Lyon"), head=head))
    assert "/colonnes/" not in other["Location"]  # the buyer's columns are known


def test_studies_are_opened_and_sorted_without_javascript(client: Client, w: World) -> None:
    address = opened(client, w, with_faults="on")
    page = read(client, address)
    assert "4 lignes, 4 restent à trier" in page
    assert "avis attendu" not in page
    body = client.get(address).content.decode()
    study = body.split('value="under_study:')[1].split('"')[0]
    move = f"{address}trier/"
    assert client.post(move, {"choice": f"under_study:{study}", "filtres": "tri=ligne"})["Location"].endswith(
        "?tri=ligne"
    )
    assert "avis attendu le 14/12/2026" in read(client, address)
    refused = client.post(move, {"choice": f"pointless:{study}"}, follow=True)
    assert "Dites pourquoi l'achat est sans objet." in plain(refused.content.decode())
    assert "Choisissez ce que devient cette ligne." in plain(
        client.post(move, {"choice": "x"}, follow=True).content.decode()
    )
    assert client.post(move, {"choice": f"under_study:{UUID(int=2)}"}).status_code == 404


def test_a_line_alone_is_answered_to_the_page_that_asks_for_it(client: Client, w: World) -> None:
    address = opened(client, w)
    body = client.get(f"{address}?mots=papier").content.decode()
    study = body.split('value="pointless:')[1].split('"')[0]
    row = client.post(f"{address}trier/", {"choice": f"pointless:{study}"}, headers={"HX-Request": "true"})
    page = plain(row.content.decode())
    assert row.content.decode().startswith('<tr role="row" id="ligne-')
    assert "Sans objet" in page
    assert "aucune main-d'œuvre sur site" in page  # the reason of the screening
    painting = client.get(f"{address}?mots=peinture").content.decode().split('value="pointless:')[1].split('"')[0]
    wrong = client.post(f"{address}trier/", {"choice": f"pointless:{painting}"}, headers={"HX-Request": "true"})
    assert "Dites pourquoi" in wrong.content.decode()


def test_filters_keep_lines_and_the_part_is_that_of_the_page(client: Client, w: World) -> None:
    address = opened(client, w)
    assert "Nettoyage des locaux" in read(client, f"{address}?clause=mandatory")
    assert "Peinture des écoles" not in read(client, f"{address}?clause=mandatory")
    assert "Aucune ligne ne répond à ces filtres" in read(client, f"{address}?etat=accepted")
    assert "+Papier" in read(client, f"{address}?score=low")
    part = client.get(f"{address}?tri=montant", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="lignes">')
    assert part in client.get(f"{address}?tri=montant").content.decode() or "csrf" in part


def test_the_workbook_is_given_back_with_our_columns(client: Client, w: World) -> None:
    address = opened(client, w)
    answer = client.get(f"{address}classeur/")
    assert answer["Content-Disposition"] == 'attachment; filename="p - avis.xlsx"'
    with ZipFile(BytesIO(answer.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")  # « +Papier » stays a text
    lines = read_workbook(answer.content, kind="book").sheets[0].lines
    assert lines[0].cells[: len(HEAD)] == HEAD
    assert lines[0].cells[len(HEAD) :] == (
        "Clause sociale (Clausette)", "Règle", "Score sur 100", "Levier conseillé", "Pourquoi", "Heures à 5\xa0%",
        "Heures à 7\xa0%", "Heures à 10\xa0%", "Heures à 15\xa0%", "Où en est l'étude", "Motif",
    )  # fmt: skip
    painting = lines[1].cells
    assert (painting[3], painting[8], painting[13], painting[17]) == (
        "1 234 567,50 €", "Clause sociale facultative", "1235", "À étudier",
    )  # fmt: skip
    assert lines[3].cell(9).startswith("Ligne non étudiée. Colonne D : « à définir »")
    assert lines[4].cells[1] == "+Papier"


def test_an_opinion_due_is_on_the_day_of_the_facilitator(client: Client, w: World) -> None:
    day = f"/o/{w.pilot.slug}/?complet=1"
    assert "Avis à rendre" not in read(as_(client, w.pilot), day)
    address = opened(client, w)
    study = client.get(address).content.decode().split('value="under_study:')[1].split('"')[0]
    client.post(f"{address}trier/", {"choice": f"under_study:{study}"})
    assert "Avis à rendre" in read(client, day)
    assert "attendu le 14/12/2026" in read(client, day)
