"""What happens when things go wrong in the browser: two people at once, a double click, back, a session that ends."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from clausette.access.demonstration import PASSWORD
from clausette.kernel.french import format_month
from tests.journeys.conftest import Running
from tests.journeys.main_job import FERRAND, INES, NADIA, PLIE, SECOND, come
from tests.journeys.page import Journey

MONTH = " ".join(format_month(SECOND).split())


def own_month(ines: Journey) -> None:
    """Inès opens the month that her firm has not declared."""
    ines.goto(f"/o/{FERRAND}/")
    ines.page.get_by_role("link", name=re.compile(rf"Déclarer\s+{MONTH}")).first.click()
    expect(ines.page.get_by_role("button", name="Envoyer le relevé")).to_be_visible()


def cells(journey: Journey) -> Locator:
    """The inputs of the month."""
    return journey.page.locator("input[data-hours]")


def test_two_people_on_the_same_statement(demonstration: Running, person: Callable[[str], Journey]) -> None:
    first = come(person(demonstration.site), INES, FERRAND)
    second = come(person(demonstration.site), INES, FERRAND)
    own_month(first)
    address = first.page.url
    second.goto(address)
    cells(first).first.fill("61,5")
    first.press("Enregistrer sans envoyer")
    first.sees("Il n'est pas encore envoyé.")
    cells(second).first.fill("77")
    second.press("Enregistrer sans envoyer")
    second.sees("Enregistré entre-temps : 61,5 h.")
    second.sees("Vos chiffres sont gardés")
    expect(cells(second).first).to_have_value("77")
    second.check("deux-personnes")
    second.press("Enregistrer sans envoyer")
    second.sees("Il n'est pas encore envoyé.")
    first.goto(address)
    expect(cells(first).first).to_have_value("77")


def test_the_session_ends_while_hours_are_typed(
    demonstration: Running, person: Callable[[str], Journey]
) -> None:
    ines = come(person(demonstration.site), INES, FERRAND)
    ines.goto(f"/o/{FERRAND}/")
    ines.page.get_by_role("link", name=re.compile(rf"(Déclarer|Corriger)\s+{MONTH}")).first.click()
    cells(ines).first.fill("78,5")
    demonstration.installation.fall_asleep()
    ines.press("Enregistrer sans envoyer")
    ines.title("Se connecter")
    ines.fill(email=INES, password=PASSWORD)
    ines.press("Se connecter")
    ines.title("Votre saisie vous attend")
    ines.check("reprise-heures")
    ines.press("Envoyer ma saisie")
    ines.sees("Il n'est pas encore envoyé.")
    expect(cells(ines).first).to_have_value("78,5")


def test_a_double_click_and_the_back_button(demonstration: Running, person: Callable[[str], Journey]) -> None:
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.goto(f"/o/{PLIE}/heures/?etat=submitted")
    # not one of which the firm has still to confirm a line
    rows = nadia.page.locator("main table tr").filter(has_not_text="Halle des Maraîchers")
    rows.locator("a[href*='/heures/']").first.click()
    validate = nadia.page.get_by_role("button", name=re.compile("^Valider le relevé"))
    for box in nadia.page.locator("[name^=motif-]").all():
        box.fill("Pièce vue au bureau.")
    before = nadia.page.url
    validate.dblclick()
    nadia.sees("Le relevé est validé. Ses lignes ne changent plus.")
    nadia.page.go_back()
    nadia.goto(before)
    nadia.sees("Validé")
    expect(validate).to_have_count(0)


def test_from_a_purchase_to_its_text_in_the_tender(
    demonstration: Running, person: Callable[[str], Journey]
) -> None:
    """A levier chosen, a text read, copied and downloaded, the tender read beside it."""
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.goto(f"/o/{PLIE}/conseil/etudes/nouvelle/")
    nadia.fill(buyer_name="Ville de Nordre", title="École des Tilleuls", lots="1;Peinture;180 000")
    nadia.press("Ouvrir l'étude")
    nadia.title("École des Tilleuls")
    study = nadia.page.url
    nadia.press("Choisir le levier")
    nadia.press("Proposer un levier")
    nadia.sees("Une condition d'exécution ne se note pas")
    nadia.check("conseil-levier")
    nadia.press("Garder")
    nadia.press("Textes")
    nadia.page.get_by_role("link", name="CCAP", exact=True).click()
    nadia.press("Copier")
    nadia.sees("Copié.")
    nadia.check("conseil-texte")
    text = nadia.page.get_by_role("textbox", name="Texte à copier").input_value()
    with nadia.page.expect_download() as taken:
        nadia.press("Télécharger le DOCX")
    assert taken.value.suggested_filename == "ccap École des Tilleuls.docx"
    nadia.goto(f"{study}dce/")
    nadia.fill(texte=text.replace("Aucune n'est imposée.", "L'embauche directe est imposée."))
    nadia.press("Comparer")
    nadia.sees("L'embauche directe est imposée.")
    nadia.check("conseil-dce")
    nadia.goto(f"/o/{PLIE}/conseil/modeles/")
    nadia.check("conseil-modeles")
