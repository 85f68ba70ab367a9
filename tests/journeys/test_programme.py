"""A buyer's programme: a workbook with faults is brought, its columns said, sorted by keyboard, given back."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from clausette.imports.takeover.reading import read_workbook
from tests.imports.takeover.books import xlsx
from tests.journeys.conftest import Running
from tests.journeys.main_job import NADIA, PLIE, come
from tests.journeys.page import Journey

HEAD = ("Rang", "Besoin à couvrir", "Estimation", "Code CPV", "Lancement", "Durée", "Où")
ROWS = [
    (1, "Peinture de l'école des Lilas", "640 000 €", "45442100-8", "mars 2027", "12 mois", "Valmorel-sur-Orselle"),
    (2, "Nettoyage de la mairie annexe", "1 180 k€", "90910000-9", "T1 2027", "4 ans", ""),
    (3, "Mobilier scolaire", "310 000", "39130000", "T1 2027", "24 mois", ""),
    (4, "Haies du cimetière", "environ 40", "77310000", "2027", "24 mois", ""),
    (5, "Ravalement de l'annexe", "380000", "99443000", "juin 2027", "6 mois", ""),
    (6, None, "12 000", None, None, None, None),
    *[(7 + n, f"Petits travaux {n}", 20_000 + n, "45431000", "T4 2027", "3 mois", "") for n in range(5)],
    ("Total", None, "2 900 000", None, None, None, None),
]


def test_a_programme_from_the_workbook_to_the_answer(
    demonstration: Running, person: Callable[[str], Journey], tmp_path: Path
) -> None:
    book = tmp_path / "achats.xlsx"
    book.write_bytes(xlsx({"Achats": [("Achats 2027 de la ville",), HEAD, *ROWS]}))
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.goto(f"/o/{PLIE}/conseil/programmes/")
    nadia.press("Apporter un programme")
    nadia.page.locator("[name=file]").set_input_files(book)
    nadia.fill(buyer="Ville de Valmorel", title="Achats de la ville")
    nadia.press("Lire le fichier")

    nadia.sees("Colonne C : « environ 40 » n'est pas un nombre.")
    nadia.press("Revoir les colonnes")
    nadia.title("Que disent les colonnes ?")
    nadia.page.get_by_label("Ce que dit la colonne B").select_option("title")
    nadia.page.get_by_label("Ce que dit la colonne G").select_option("place")
    nadia.check("programme-colonnes")
    nadia.press("Lire les lignes")
    nadia.sees("il n'y a pas de division 99")
    nadia.check("programme-apercu")
    nadia.press("Ouvrir les études")
    nadia.sees("8 études sont ouvertes")

    first = nadia.page.locator("[data-line]").nth(0)
    nadia.page.keyboard.press("j")
    expect(first.get_by_role("link")).to_be_focused()
    nadia.page.keyboard.press("o")
    nadia.check("programme-tri")
    nadia.page.keyboard.press("e")
    expect(first).to_contain_text("En étude")
    second = nadia.page.locator("[data-line]").nth(1)
    expect(second.get_by_role("link")).to_be_focused()
    nadia.page.keyboard.press("s")
    reason = nadia.page.get_by_label("Motif d'un achat sans objet")
    expect(reason).to_be_focused()
    nadia.page.keyboard.type("Consultation déjà lancée")
    nadia.page.keyboard.press("Enter")
    expect(second).to_contain_text("Consultation déjà lancée")
    expect(nadia.page.locator("[data-line]").nth(2).get_by_role("link")).to_be_focused()

    with nadia.page.expect_download() as given:
        nadia.press("Renvoyer le classeur")
    lines = read_workbook(Path(given.value.path()).read_bytes(), kind="book").sheets[0].lines
    assert "Consultation déjà lancée" in {line.cell(17) for line in lines}
