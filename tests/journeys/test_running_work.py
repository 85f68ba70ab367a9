"""The closing walk: an empty structure, its running work taken over, three months followed, the papers that say so."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from clausette.kernel.french import format_hours
from clausette.web.hours.forms.board import short_month
from tests.journeys.conftest import Running
from tests.journeys.main_job import uid_of
from tests.journeys.page import Journey
from tests.journeys.running_work import (
    BY_FIRM,
    BY_FIRM_TOO,
    BY_HAND,
    CITY,
    DELORME,
    MARCHES,
    SCHOOL,
    Book,
    book_file,
    workbook,
)
from tests.journeys.test_first_use import PASSWORD, accepts, enrols, installed
from tests.journeys.test_main_job import PAPER, Story, cell, main_of, month, plain

PLACE, FIRM, BUYER = "/o/plie-du-pays-d-ouche", "maconnerie-delorme", "ville-de-belleroche"
TYPED = {
    BY_HAND: {"Lefranc": "98,5", "Mercier": "70"},
    BY_FIRM: {"Lefranc": "101h30", "Mercier": "64"},
    BY_FIRM_TOO: {"Lefranc": "90", "Mercier": "77,25"},
}
FOLLOWED = Decimal("98.5") + 70 + Decimal("101.5") + 64 + 90 + Decimal("77.25")
FILES = {ending: f"Télécharger le {ending.upper()}" for ending in ("pdf", "xlsx", "docx")}


def pdf_text(data: bytes) -> str:
    """All that a PDF says."""
    return plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


def docx_text(data: bytes) -> str:
    """All that a text to modify says, tables included."""
    document = Document(BytesIO(data))
    cells = [one.text for table in document.tables for row in table.rows for one in row.cells]
    return plain(" ".join([*(one.text for one in document.paragraphs), *cells]))


def xlsx_text(data: bytes) -> str:
    """All that a workbook says: numbers are written as hours."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    values = [value for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
              for value in row]  # fmt: skip
    return plain(" ".join(
        format_hours(Decimal(str(value))) if isinstance(value, int | float) else str(value) for value in values
    ))  # fmt: skip


READ = {"pdf": pdf_text, "xlsx": xlsx_text, "docx": docx_text}


def h(hours: Decimal) -> str:
    """Hours as the pages write them, with ordinary spaces."""
    return plain(format_hours(hours))


def row_of(journey: Journey, name: str) -> str:
    """What the row of a name says."""
    return plain(journey.page.get_by_role("row", name=re.compile(name)).first.inner_text())


def takes_over(nadia: Journey, book: Book, folder: Path) -> None:
    """From the first page to the reconciliation, to the hour."""
    nadia.check("reprise-accueil")
    nadia.goto(f"{PLACE}/imports/")
    nadia.check("reprise-imports")
    nadia.press("Démarrer avec des marchés en cours")
    nadia.check("reprise-debut")
    nadia.page.set_input_files("[name=file]", book_file(folder, book))
    nadia.press("Lire le classeur")
    nadia.title("suivi-des-clauses.xlsx")
    for one in MARCHES:
        said = row_of(nadia, one.name)
        assert h(book.hours[one.name]).removesuffix(" h") in said, said
    nadia.check("reprise-lue")
    nadia.press("Reprendre")
    nadia.check("reprise-confirmer")
    nadia.press(f"Reprendre {3 + 6 + 6 + book.lines} lignes")
    nadia.title("Rapprochement")
    nadia.sees(f"Le classeur et Clausette disent la même chose, à l'heure près : {format_hours(book.whole)}.")
    for one in MARCHES:
        said = row_of(nadia, one.name)
        assert said.count(h(book.total(one.name)).removesuffix(" h")) >= 2, said
        assert "à l'heure près" in said
    nadia.check("reprise-rapprochement")


def invites(nadia: Journey, empty: Running, name: str, email: str, who: str) -> str:
    """The first person of a body is invited; return the address that the letter carries."""
    nadia.goto(f"{PLACE}/structure/")
    nadia.press("Organismes à inviter")
    nadia.page.get_by_role("link", name=f"Inviter {name}").click()
    nadia.title(f"Inviter {name}")
    nadia.check(f"inviter-{email.split('@')[0]}")
    nadia.fill(email=email, full_name=who)
    nadia.press("Envoyer l'invitation")
    nadia.sees("L'invitation part par courriel")
    empty.installation.run_jobs()
    path = re.search(r"http://\S+?(/compte/invitation/\S+)", empty.installation.letters()[-1])
    assert path
    return path[1]


def comes(guest: Journey, path: str, slug: str) -> Journey:
    """An invited person chooses a password and arrives at the first page of their body."""
    guest.goto(path)
    guest.fill(password=PASSWORD, again=PASSWORD)
    guest.press("Créer mon compte")
    guest.page.wait_for_url(f"**/o/{slug}/")
    guest.check(f"suivi-{slug}")
    return guest


def types_a_month(nadia: Journey, story: Story) -> None:
    """The facilitator types the first month after the takeover, from what waits in « Ma journée »."""
    nadia.goto(f"{PLACE}/")
    nadia.check("suivi-ma-journee")
    nadia.goto(f"{PLACE}/marches/")
    nadia.page.get_by_role("link", name=SCHOOL).first.click()
    story.contract = uid_of(nadia.page.url)
    nadia.check("suivi-marche")
    nadia.press("Saisir les heures")
    for last, typed in TYPED[BY_HAND].items():
        cell(nadia, last, plain(short_month(BY_HAND))).fill(typed)
    nadia.check("suivi-grille")
    nadia.press("Enregistrer et transmettre")
    nadia.sees("1 relevé enregistré et transmis.")


def declares(firm: Journey, month_: date) -> None:
    """The firm declares a month from its first page."""
    firm.goto(f"/o/{FIRM}/")
    firm.page.get_by_role("link", name=re.compile(f"Déclarer\\s+{month(month_)}, {SCHOOL}")).click()
    for last, typed in TYPED[month_].items():
        cell(firm, last, month(month_)).fill(typed)
    firm.page.set_input_files(
        "[name=evidence]", {"name": "feuille.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    firm.check(f"suivi-declarer-{month_:%m}")
    firm.press("Envoyer le relevé")
    firm.sees("est envoyé. Merci.")


def validates(nadia: Journey, story: Story, month_: date) -> None:
    """The facilitator reads a statement, answers its controls, and validates it."""
    nadia.goto(f"{PLACE}/marches/{story.contract}/grille/")
    nadia.page.get_by_role("link", name=f"{month(month_)}, {DELORME}").click()
    nadia.check(f"suivi-releve-{month_:%m}")
    for field in nadia.page.locator("[name^=motif-]").all():
        field.fill("Feuille signée vue sur le chantier.")
    nadia.page.get_by_role("button", name=re.compile("^Valider le relevé")).click()
    nadia.sees("Le relevé est validé. Ses lignes ne changent plus.")


def everybody_reads_the_same(nadia: Journey, firm: Journey, buyer: Journey, story: Story, book: Book) -> None:
    """Workbook, balance and three months: the same total on the pages of the three."""
    total = book.total(SCHOOL) + FOLLOWED
    owed = MARCHES[0].owed
    nadia.goto(f"{PLACE}/marches/{story.contract}/")
    nadia.page.locator("main").get_by_role("link", name=DELORME).first.click()
    story.commitment = uid_of(nadia.page.url)
    for one, slug in ((nadia, PLACE), (firm, f"/o/{FIRM}"), (buyer, f"/o/{BUYER}")):
        one.goto(f"{slug}/engagements/{story.commitment}/")
        said = main_of(one)
        for words in (
            f"{h(total)} validées",
            f"{h(owed)} dues fermes au terme",
            f"{h(owed - total)} restant",
        ):
            assert words in said, (slug, words, said)
        one.check(f"bilan-engagement{slug.replace('/', '-')}")
        one.goto(f"{slug}/tableau-de-suivi/" if slug == PLACE else f"{slug}/")
        one.check(f"bilan-suivi{slug.replace('/', '-')}")
        row = plain(one.page.get_by_role("row", name=re.compile(SCHOOL)).last.inner_text())
        for figure in (h(total), h(owed), h(owed - total)):
            assert figure in row, (slug, figure, row)
    nadia.goto(f"{PLACE}/engagements/{story.commitment}/")
    nadia.page.get_by_role("link", name=re.compile(f"^{spaced(total)}$")).first.click()
    assert h(total) in main_of(nadia)
    nadia.check("bilan-lignes")


def spaced(hours: Decimal) -> str:
    """Hours as a pattern, whatever the spaces."""
    return re.sub(r"\s", r"\\s", re.sub(r"\s", " ", format_hours(hours)))


def kept(journey: Journey, label: str) -> bytes:
    """Download what a link gives."""
    address = journey.page.get_by_role("link", name=label, exact=True).get_attribute("href") or ""
    answer = journey.page.request.get(journey.site + address)
    assert answer.ok, address
    return answer.body()


def issues_the_papers(nadia: Journey, buyer: Journey, story: Story, book: Book) -> None:
    """Bilan of the marché and attestation of the engagement: the same totals in the three formats."""
    total, owed = book.total(SCHOOL) + FOLLOWED, MARCHES[0].owed
    nadia.goto(f"{PLACE}/marches/{story.contract}/")
    nadia.press("Bilan")
    nadia.page.locator("select[name=periode]").select_option("debut")
    for box in nadia.page.locator("[type=checkbox][name=formats]").all():
        box.check()
    nadia.press("Voir les chiffres")
    nadia.check("bilan-chiffres")
    nadia.press("Établir le document")
    nadia.check("bilan-etabli")
    files = {ending: kept(nadia, label) for ending, label in FILES.items()}
    for ending, read in READ.items():
        said = read(files[ending])
        for figure in (h(total), h(owed)):
            assert figure in said, (ending, figure, said)
    nadia.goto(f"{PLACE}/engagements/{story.commitment}/")
    nadia.press("Établir l'attestation")
    nadia.press("Établir l'attestation")
    nadia.sees("L'attestation est établie. Elle ne changera plus.")
    nadia.check("attestation-etablie")
    address = nadia.page.get_by_role("link", name="Télécharger le PDF").get_attribute("href") or ""
    paper = kept(nadia, "Télécharger le PDF")
    theirs = buyer.page.request.get(buyer.site + address.replace(PLACE, f"/o/{BUYER}"))
    assert theirs.body() == paper  # what the buyer downloads is that very file
    said = pdf_text(paper)
    for figure in (h(total), h(owed), DELORME, MARCHES[0].number):
        assert figure in said, (figure, said)


def test_running_work(empty: Running, person: Callable[[str], Journey], tmp_path: Path) -> None:
    book, story = workbook(), Story()
    nadia = person(empty.site)
    accepts(nadia, installed(empty))
    enrols(nadia)
    takes_over(nadia, book, tmp_path)
    to_firm = invites(nadia, empty, DELORME, "ines@delorme.example", "Inès Delorme")
    to_buyer = invites(nadia, empty, CITY, "marc@belleroche.example", "Marc Aubry")
    firm, buyer = comes(person(empty.site), to_firm, FIRM), comes(person(empty.site), to_buyer, BUYER)
    types_a_month(nadia, story)
    for month_ in (BY_FIRM, BY_FIRM_TOO):
        declares(firm, month_)
    for month_ in TYPED:
        validates(nadia, story, month_)
    everybody_reads_the_same(nadia, firm, buyer, story, book)
    issues_the_papers(nadia, buyer, story, book)
