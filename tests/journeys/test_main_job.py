"""The first main job, as a new user does it: an official file, what is owed, people, hours, where we stand, a paper."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect
from pypdf import PdfReader

from clausette.kernel.french import format_date, format_hours, format_month
from clausette.kernel.months import add_months, last_day
from clausette.web.hours.forms.board import short_month
from tests.files.builders import PDF
from tests.journeys.conftest import Running
from tests.journeys.main_job import (
    DECIDED,
    FERRAND,
    FIRST,
    INES,
    MARC,
    METROPOLE,
    NADIA,
    NAME,
    PLIE,
    SECOND,
    TERM,
    TODAY,
    come,
    decp_file,
    decp_record,
    uid_of,
)
from tests.journeys.page import PATIENCE, TELEPHONE, Journey

OWED = "1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 833 h"
PAPER = PDF.replace(b"595 842", b"590 840")  # not the sheet of another month of the demonstration


@dataclass
class Story:
    """What the journey met on its way."""

    contract: str = ""
    commitment: str = ""


def plain(text: str) -> str:
    """The same text with ordinary spaces."""
    return " ".join(text.split())


def day(value: date) -> str:
    """« 27 août 2026 » with ordinary spaces."""
    return plain(format_date(value))


def month(value: date) -> str:
    """« août 2026 » with ordinary spaces."""
    return plain(format_month(value))


def main_of(journey: Journey) -> str:
    """What the page says, with ordinary spaces."""
    return plain(journey.page.locator("main").inner_text())


def due_on(as_of: date) -> str:
    """Hours due on a day: 833 h shared equally by day from the first month to the term."""
    share = Decimal((as_of - FIRST).days + 1) / ((TERM - FIRST).days + 1)
    return plain(format_hours((833 * share).quantize(Decimal("0.01"))))


def reads_the_file(nadia: Journey, folder: Path) -> None:
    """From the official file to the fates of its records."""
    good, broken = decp_record("2026-EQV-01"), decp_record("2026-EQV-02", dateNotification="31/02/2026")
    nadia.goto(f"/o/{PLIE}/imports/")
    nadia.check("imports")
    nadia.press("Importer un fichier")
    nadia.check("import-nouveau")
    nadia.page.set_input_files("[name=file]", decp_file(folder, good, broken, good))
    nadia.press("Lire le fichier")
    nadia.title("decp-orselle.json")
    nadia.sees("Le fichier est lu. Rien n'est encore écrit dans vos marchés.")
    for fate in ("Nouveaux 1", "Identiques 1", "À corriger 1"):
        expect(nadia.page.get_by_role("link", name=fate, exact=True)).to_be_visible()
    nadia.check("import-lu")


def applies_it(nadia: Journey, story: Story) -> None:
    """Confirm: the contract is there, with its buyer, its firm and its amount."""
    nadia.press("Appliquer")
    nadia.title("Appliquer l'import de « decp-orselle.json » ?")
    nadia.sees("1 marché sera créé.")
    nadia.check("import-appliquer")
    nadia.press("Appliquer")
    nadia.sees("1 marché créé.")
    nadia.check("import-applique")
    nadia.page.get_by_role("link", name=NAME).first.click()
    nadia.title(NAME)
    nadia.sees("Bâtiments Ferrand")
    story.contract = uid_of(nadia.page.url)
    nadia.check("marche")


def computes_what_is_owed(nadia: Journey, story: Story) -> None:
    """1 000 000 € × 50 % × 5 % ÷ 30 € = 833 h, with its sentence."""
    nadia.page.get_by_role("link", name="engagement").first.click()
    nadia.title("Nouvel engagement d'insertion")
    nadia.fill(amount_ht="1 000 000", labour_share="50", rate="5", hourly_cost="30")
    nadia.fill(starts_on=f"{FIRST}", ends_on=f"{TERM}")
    nadia.check("engagement-nouveau")
    nadia.press("Enregistrer l'engagement")
    nadia.sees("L'engagement d'insertion est enregistré.")
    story.commitment = uid_of(nadia.page.url)
    said = main_of(nadia)
    assert OWED in said
    assert "articles L2112-2 et L2152-7" in said
    assert f"{due_on(TODAY)} dues à ce jour" in said
    assert "833 h dues fermes au terme ≈ 1 personne pendant 5,5 mois" in said
    assert f"2 mois sans relevé : {month(FIRST)}, {month(SECOND)}" in said
    nadia.check("engagement-calcule")


def records_a_person(nadia: Journey, last_name: str, first_name: str, check: str = "") -> None:
    """A new participant, found eligible: the four dates are on the page."""
    nadia.goto(f"/o/{PLIE}/participants/nouveau/")
    nadia.fill(
        last_name=last_name, first_name=first_name, birth_date="1994-04-12", commune_name="Port-Orselle"
    )
    nadia.press("Enregistrer et vérifier")
    nadia.title("Vérifier l'éligibilité")
    if check:
        nadia.check(f"{check}-verification")
    nadia.page.locator("[name=category]").select_option("DELD")
    nadia.fill(evidence_on=f"{DECIDED - timedelta(days=12)}")
    nadia.page.get_by_text("décision d'un autre jour").click()
    nadia.fill(decided_on=f"{DECIDED}")
    nadia.press("Valider : éligible")
    nadia.sees("La décision est enregistrée.")
    said = main_of(nadia)
    assert f"vue et fraîche le {day(DECIDED)}" in said
    assert f"Valable pour une embauche jusqu'au {day(add_months(DECIDED, 3))}" in said
    assert "Heures comptées jusqu'au pas encore d'heure" in said
    assert "Fin du PASS IAE sans PASS IAE" in said
    if check:
        nadia.check(f"{check}-eligible")


def puts_to_work(nadia: Journey, story: Story, job: str, check: str = "") -> None:
    """The person on screen starts on the first day of the first month."""
    nadia.press("Mettre à l'emploi")
    nadia.page.locator("[name=commitment]").select_option(story.commitment)
    nadia.fill(job=job, starts_on=f"{FIRST}", ends_on=f"{last_day(add_months(FIRST, 8))}")
    if check:
        nadia.check(f"{check}-mise-a-l-emploi")
    nadia.press("Mettre à l'emploi")
    nadia.sees("enregistrée, à partir du")
    if check:
        nadia.check(f"{check}-au-travail")


def cell(nadia: Journey, name: str, column: str) -> Locator:
    """One input of the grid."""
    return nadia.page.get_by_label(re.compile(f"{name}.*, {column}, heures"))


PASTE = """(cell, text) => { const data = new DataTransfer(); data.setData("text/plain", text);
cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""


def types_the_first_month(nadia: Journey, story: Story) -> None:
    """A block pasted from a spreadsheet, one cell typed again, the keyboard only; then handed over."""
    nadia.goto(f"/o/{PLIE}/marches/{story.contract}/grille/")
    column = plain(short_month(FIRST))
    first, second = cell(nadia, "Delorme", column), cell(nadia, "Sarr", column)
    first.focus()
    first.evaluate(PASTE, "98\n49,5")
    expect(second).to_have_value("49,5")
    first.press("Control+a")
    nadia.page.keyboard.type("100h30")
    nadia.page.keyboard.press("Enter")
    expect(second).to_be_focused()
    expect(nadia.page.locator("[data-grand-total]")).to_have_text(re.compile(r"^150\sh$"))
    nadia.check("grille")
    second.press("Control+Enter")
    nadia.sees("1 relevé enregistré.")
    expect(cell(nadia, "Delorme", column)).to_have_value("100,5")
    nadia.press("Enregistrer et transmettre")
    nadia.sees("1 relevé enregistré et transmis.")


def declares_on_a_telephone(browser: Browser, site: str, story: Story) -> None:
    """Inès, 360 pixels wide, without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport=TELEPHONE, locale="fr-FR")  # type: ignore[arg-type]  # a plain dictionary
    context.set_default_timeout(PATIENCE)
    ines = Journey(context.new_page(), site)
    come(ines, INES, FERRAND)
    wide = "document.documentElement.scrollWidth - window.innerWidth"
    assert ines.page.evaluate(wide) <= 0
    ines.page.get_by_role("link", name=re.compile(f"Déclarer\\s+{month(SECOND)}, {NAME}")).click()
    cell(ines, "Delorme", month(SECOND)).fill("84,5")
    cell(ines, "Sarr", month(SECOND)).fill("65h75")
    ines.press("Envoyer le relevé")
    ines.sees("Une ligne est à revoir")
    expect(cell(ines, "Sarr", month(SECOND))).to_have_value("65h75")
    cell(ines, "Sarr", month(SECOND)).fill("65h30")
    ines.page.set_input_files(
        "[name=evidence]", {"name": "feuille.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    ines.press("Envoyer le relevé")
    ines.sees("est envoyé. Merci.")
    assert ines.page.evaluate(wide) <= 0
    assert ines.said == []
    context.close()


def validates(nadia: Journey, story: Story) -> None:
    """Controls are seen, one asks for a sentence; then both months count."""
    nadia.goto(f"/o/{PLIE}/")
    expect(nadia.page.locator("#releves")).to_contain_text(NAME)
    for worked, controls in ((FIRST, True), (SECOND, False)):
        nadia.goto(f"/o/{PLIE}/marches/{story.contract}/grille/")
        nadia.page.get_by_role("link", name=f"{month(worked)}, Bâtiments Ferrand").click()
        nadia.check(f"releve-{'remarques' if controls else 'sans-remarque'}")
        validate = nadia.page.get_by_role("button", name=re.compile("^Valider le relevé"))
        if controls:
            nadia.sees("Heures sans pièce justificative")
            validate.click()
            nadia.sees("Rien n'a été validé. Ce que vous avez écrit est gardé.")
            nadia.page.locator("[name=motif-W104]").fill("Feuille signée vue sur le chantier.")
        validate.click()
        nadia.sees("Le relevé est validé. Ses lignes ne changent plus.")
    nadia.check("releve-valide")


def everybody_sees_the_same_figures(nadia: Journey, ines: Journey, marc: Journey, story: Story) -> None:
    """300 h of 833 h: engagement, tableau de suivi, the day of the firm, the day of the buyer."""
    for one, slug in ((nadia, PLIE), (marc, METROPOLE), (ines, FERRAND)):
        one.goto(f"/o/{slug}/engagements/{story.commitment}/")
        said = main_of(one)
        for figure in (
            "833 h dues fermes au terme",
            "300 h validées",
            "0 h à valider",
            "533 h restant à réaliser",
        ):
            assert figure in said, (slug, figure, said)
        one.check(f"engagement-{slug}")
    nadia.goto(f"/o/{PLIE}/tableau-de-suivi/")
    nadia.check("tableau-de-suivi")
    for one, slug, figures in (
        (nadia, f"{PLIE}/tableau-de-suivi", ("833 h", "300 h", "533 h", "36 %")),
        (ines, FERRAND, ("833 h", "300 h", "533 h")),
        (marc, METROPOLE, ("833 h", "300 h", "533 h")),
    ):
        one.goto(f"/o/{slug}/")
        row = one.page.get_by_role("row", name=re.compile(NAME)).last
        said = plain(row.inner_text())
        for figure in figures:
            assert figure in said, (slug, figure, said)
    ines.check("ma-journee-entreprise")
    marc.check("ma-journee-maitre-d-ouvrage")


def opens_a_number_on_its_lines(nadia: Journey, story: Story) -> None:
    """Every number opens on its lines: 300 h are four lines of hours."""
    nadia.goto(f"/o/{PLIE}/engagements/{story.commitment}/")
    nadia.page.get_by_role("link", name=re.compile(r"^300\sh$")).first.click()
    said = main_of(nadia)
    for hours in ("100,5 h", "49,5 h", "84,5 h", "65,5 h", "300 h"):
        assert hours in said, said
    nadia.check("lignes")


def issues_the_attestation(nadia: Journey, marc: Journey, story: Story) -> None:
    """The paper says the figures of the screen, to the facilitator and to the buyer alike."""
    nadia.goto(f"/o/{PLIE}/engagements/{story.commitment}/")
    nadia.press("Établir l'attestation")
    nadia.title("Établir une attestation")
    nadia.check("attestation-etablir")
    nadia.press("Établir l'attestation")
    nadia.sees("L'attestation est établie. Elle ne changera plus.")
    nadia.check("attestation")
    address = nadia.page.get_by_role("link", name="Télécharger le PDF").get_attribute("href") or ""
    answer = nadia.page.request.get(nadia.site + address)
    assert answer.headers["content-type"] == "application/pdf"
    text = plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages))
    for words in ("833 h", "300 h", "533 h", due_on(last_day(SECOND)), "Bâtiments Ferrand", "2026-EQV-01"):
        assert words in text, (words, text)
    assert OWED.split(" → ")[0] in text
    same = marc.page.request.get(marc.site + address.replace(PLIE, METROPOLE))
    assert same.body() == answer.body()


def rounds_up(nadia: Journey, story: Story) -> None:
    """The same calculation rounded up by a new version: 834 h."""
    nadia.goto(f"/o/{PLIE}/engagements/{story.commitment}/")
    nadia.press("Nouvelle version")
    nadia.check("engagement-version")
    nadia.page.locator("[name=rounding]").select_option(label="À l'heure supérieure")
    nadia.press("Enregistrer la version")
    expect(nadia.page.locator(".c-errors")).to_be_visible()  # the schedule still says 833 h
    nadia.fill(part0_hours="834")
    nadia.press("Enregistrer la version")
    nadia.sees("833,33 → 834 h".replace(" ", "\u00a0"))


def simulates(nadia: Journey) -> None:
    """An engagement of the demonstration, ended with 700 h of 833 h: 133 h × 2 × 12,02 €."""
    nadia.goto(f"/o/{PLIE}/recherche/?q=jules")
    nadia.page.get_by_role("link", name=re.compile("Jules-Verne")).first.click()
    if "/engagements/" not in nadia.page.url:
        nadia.page.locator("main a[href*='/engagements/']").first.click()
    nadia.press("Simuler les heures non réalisées")
    said = main_of(nadia)
    assert "3 197,32 €" in said, said
    assert "133 h non réalisées" in said
    nadia.check("simulation")


def test_from_the_official_file_to_the_attestation(
    demonstration: Running, person: Callable[[str], Journey], browser: Browser, tmp_path: Path
) -> None:
    story = Story()
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.check("ma-journee-facilitatrice")
    reads_the_file(nadia, tmp_path)
    applies_it(nadia, story)
    computes_what_is_owed(nadia, story)
    records_a_person(nadia, "Delorme", "Awa", "personne")
    puts_to_work(nadia, story, "Maçonne", "personne")
    records_a_person(nadia, "Sarr", "Moussa")
    puts_to_work(nadia, story, "Manœuvre")
    types_the_first_month(nadia, story)
    declares_on_a_telephone(browser, demonstration.site, story)
    validates(nadia, story)
    ines, marc = person(demonstration.site), person(demonstration.site)
    come(ines, INES, FERRAND)
    come(marc, MARC, METROPOLE)
    everybody_sees_the_same_figures(nadia, ines, marc, story)
    opens_a_number_on_its_lines(nadia, story)
    issues_the_attestation(nadia, marc, story)
    rounds_up(nadia, story)
    simulates(nadia)
