"""The gestures of MODEL.md §8 in the browser, each counted (`counting`) and held against its goal.

Where the model gives no number (a work contract broken off, a suite, a balance taken over, a correction) the goal is
what the form cannot do without: open it, answer, record.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.writing.sample import made_siret, sample_workbook
from clausette.kernel.months import last_day
from clausette.web.hours.forms.board import short_month
from config.world.cast import BODIES
from tests.journeys.conftest import Running
from tests.journeys.counting import Counter
from tests.journeys.main_job import FERRAND, FIRST, INES, NADIA, PLIE, SECOND, TERM, TODAY, come
from tests.journeys.page import TELEPHONE, Journey
from tests.journeys.running_work import PUBLIC
from tests.journeys.test_main_job import PAPER, cell, month, plain

TEAM = ("Abadie", "Bonnet", "Carrel", "Dumas", "Evrard", "Fabre", "Giraud", "Hamel", "Imbert", "Joly", "Keller",
        "Lemoine")  # fmt: skip
SITE = "Halle des Sports du Plateau"
LOTS = "1;Gros œuvre;1 200 000\n2;Charpente;300 000\n3;Couverture;250 000\n4;Menuiseries;180 000\n5;Peinture;90 000"


@pytest.fixture
def nadia(demonstration: Running, person: Callable[[str], Journey]) -> Journey:
    """The facilitator, her browser telling what she does."""
    return person(demonstration.site)


@pytest.fixture
def counter(nadia: Journey) -> Counter:
    """What counts, from « Ma journée »."""
    made = Counter(nadia)
    come(nadia, NADIA, PLIE)
    return made


def by(journey: Journey, role: str, name: str) -> None:
    """Press the first link or button whose name begins so."""
    journey.page.get_by_role(role, name=re.compile(f"^{name}")).first.click()  # type: ignore[arg-type]  # a role


def searched(nadia: Journey, words: str, name: str) -> None:
    """Open a page by the search; not counted."""
    nadia.goto(f"/o/{PLIE}/recherche/?q={words}")
    nadia.page.get_by_role("link", name=name, exact=True).first.click()
    nadia.page.wait_for_url("**/engagements/**")


def test_find_anything_read_what_is_left_and_send_the_point(nadia: Journey, counter: Counter) -> None:
    keys = nadia.page.keyboard
    with counter.gesture("find anything: « / », three letters, Enter", 2) as count:
        keys.press("/")
        keys.type("gym")
        keys.press("Enter")
        nadia.page.get_by_role("link", name="Gymnase des Acacias").first.wait_for()
    assert (count.keys, count.clicks, count.fields) == (2, 0, 1)
    with counter.gesture("« combien il me reste ? », on the search result", 0):
        nadia.sees("il reste")
    with counter.gesture("send the point by mail to the maître d'ouvrage, from the search result", 2):
        by(nadia, "link", "Point d'étape")
        by(nadia, "button", "Établir et envoyer")
        nadia.sees("Le document part par courriel à 1")
    nadia.goto(f"/o/{PLIE}/recherche/?q=gym")
    with counter.gesture("send the point, from the search result", 2):
        by(nadia, "link", "Point d'étape")
        with nadia.page.expect_response(re.compile(r"/documents/[0-9a-f-]+\.pdf$")) as paper:
            by(nadia, "button", "Établir le document")
    assert paper.value.headers["content-type"] == "application/pdf"  # on screen, ready to be sent


@dataclass(frozen=True)
class Site:
    """A contract and its people, brought in by a workbook."""

    name: str
    number: str
    firm: tuple[str, str]
    team: Sequence[str]
    opening: Mapping[str, Any] = field(default_factory=dict)
    """Hours of before, as a whole: the months after them are expected of the firm."""
    born: int = 1980
    """Year of birth of the first of the team: two teams are never the same people."""


TWELVE = Site(SITE, "2026-T-990", ("Charpentes du Plateau", made_siret(1041)), TEAM)
FIVE = Site(
    "Crèche des Mésanges", "2026-T-991", next((b.name, b.siret) for b in BODIES if b.key == "ferrand"),
    ("Noret", "Olive", "Prigent", "Quenard", "Roussel"),
    {"opening_on": last_day(FIRST), "opening_hours": Decimal(120)}, 1962,
)  # fmt: skip


def taken_over(nadia: Journey, folder: Path, site: Site) -> None:
    """People at work on one contract since last month, from a workbook; not counted."""
    number, firm = site.number, site.firm
    names = {"contract_number": number}
    rows: dict[SheetKind, list[dict[str, Any]]] = {kind: [] for kind in SheetKind}
    rows[SheetKind.CONTRACTS].append({
        **names, "contract_name": site.name, "nature": "Travaux", "buyer_name": "Ville du Plateau",
        "buyer_siret": made_siret(541), "contractor_name": firm[0], "contractor_siret": firm[1],
        "contract_starts_on": FIRST, "contract_ends_on": TERM, "hours_minimum": Decimal(4000), **site.opening,
    })  # fmt: skip
    for rank, last in enumerate(site.team):
        who = {"last_name": last, "first_name": "Dominique", "birth_date": date(site.born + rank, 3, 4)}
        rows[SheetKind.PEOPLE].append({**who, "sex": "Femme", "commune": "Port-Orselle", "public": PUBLIC,
                                       "decided_on": FIRST - timedelta(days=9)})  # fmt: skip
        rows[SheetKind.WORK].append({
            **who, **names, "employer_name": firm[0], "employer_siret": firm[1], "modality": "Embauche directe",
            "work_kind": "CDI", "job": "Aide charpentier", "work_starts_on": SECOND, "weekly_hours": Decimal(35),
        })  # fmt: skip
    path = folder / f"{site.number}.xlsx"
    path.write_bytes(sample_workbook(rows, on=TODAY))
    nadia.goto(f"/o/{PLIE}/imports/reprise/")
    nadia.page.set_input_files("[name=file]", path)
    nadia.press("Lire le classeur")
    nadia.title(path.name)
    nadia.press("Reprendre")
    by(nadia, "button", f"Reprendre {1 + 2 * len(site.team)} lignes")
    nadia.title("Rapprochement")


def a_site_of_twelve(nadia: Journey, folder: Path) -> None:
    """Twelve people at work on one contract; not counted."""
    taken_over(nadia, folder, TWELVE)
    nadia.goto(f"/o/{PLIE}/marches/?mots=halle")
    nadia.page.get_by_role("link", name=SITE).first.click()
    nadia.title(SITE)


def takes_a_balance_over(nadia: Journey, counter: Counter) -> None:
    """The hours of before, on the engagement."""
    nadia.page.locator(f"main a[href^='/o/{PLIE}/engagements/']").first.click()
    nadia.page.wait_for_url(f"**/{PLIE}/engagements/**")
    with counter.gesture("take a balance over, from its engagement", 2, "open, record"):
        by(nadia, "link", "Reprise")
        nadia.fill(as_of=f"{last_day(FIRST)}", hours="120")
        nadia.page.set_input_files(
            "[name=evidence]", {"name": "bilan.pdf", "mimeType": "application/pdf", "buffer": PAPER}
        )
        by(nadia, "button", "Enregistrer la reprise")
        nadia.sees("La reprise est enregistrée")
    by(nadia, "link", "marché ")
    nadia.title(SITE)


def test_a_site_taken_over_its_balance_then_a_month_of_twelve_people(
    nadia: Journey, counter: Counter, tmp_path: Path
) -> None:
    a_site_of_twelve(nadia, tmp_path)
    takes_a_balance_over(nadia, counter)
    column = plain(short_month(SECOND))
    with counter.gesture("type a month of 12 people, from the contract", 2) as count:
        by(nadia, "link", "Saisir les heures")
        expect(cell(nadia, TEAM[0], column)).to_be_focused()
        for rank in range(len(TEAM)):
            if rank:
                nadia.page.keyboard.press("Enter")
            nadia.page.keyboard.type(f"{90 + rank},5")
        by(nadia, "button", "Enregistrer et transmettre")
        nadia.sees("1 relevé enregistré et transmis.")
    assert (count.clicks, count.fields) == (2, 12)


SLOW = 0.5
"""Seconds for one character on the keyboard of a telephone, by somebody who types it slowly."""
LOOK, PRESS = 1.35, 1.1
"""Seconds to think before an interaction, and to point at it (Card, Moran, Newell, keystroke-level model, 1983)."""


def test_a_firm_declares_five_people_on_a_telephone(
    nadia: Journey, counter: Counter, demonstration: Running, person: Callable[[str], Journey], tmp_path: Path
) -> None:
    taken_over(nadia, tmp_path, FIVE)
    ines = person(demonstration.site)
    ines.page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]  # a plain dictionary
    hers = Counter(ines)
    come(ines, INES, FERRAND)
    quality, typed = "Gérante", [f"{91 + rank},5" for rank in range(len(FIVE.team))]
    with hers.gesture("declare five people with a piece, certified, on a telephone", 5, "7 fields besides") as count:
        by(ines, "link", f"Déclarer\\s+{month(SECOND)}, {FIVE.name}")
        expect(cell(ines, FIVE.team[0], month(SECOND))).to_be_focused()
        for rank, hours in enumerate(typed):
            if rank:
                ines.page.keyboard.press("Enter")
            ines.page.keyboard.type(hours)
        ines.page.set_input_files(
            "[name=evidence]", {"name": "feuilles.pdf", "mimeType": "application/pdf", "buffer": PAPER}
        )
        ines.page.get_by_label("Je certifie que ces heures").click()
        ines.fill(certified_as=quality)
        assert ines.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        ines.press("Envoyer le relevé")
        ines.sees("est envoyé. Merci.")
    interactions = count.cost + count.fields
    assert (count.fields, interactions <= 12) == (7, True), str(count)
    assert interactions * (LOOK + PRESS) + sum(map(len, [*typed, quality])) * SLOW <= 120
    ines.check("mois-de-cinq-personnes")
    ines.press("Voir le relevé")
    ines.sees("467,5\u00a0h certifiées le")


def test_validate_months_without_remark(nadia: Journey, counter: Counter) -> None:
    with counter.gesture("validate all the months without remark, from « Ma journée »", 2):
        by(nadia, "button", "Valider tout")
        nadia.page.get_by_text(re.compile(r"relevés? validés?")).first.wait_for()


def decides(nadia: Journey) -> None:
    """Public, date of the paper, decision."""
    nadia.page.locator("[name=category]").select_option("DELD")
    nadia.fill(evidence_on=f"{TODAY - timedelta(days=8)}")
    by(nadia, "button", "Valider : éligible")
    nadia.sees("La décision est enregistrée.")


def test_validate_a_known_person(nadia: Journey, counter: Counter) -> None:
    with counter.gesture("validate a known person, from « Ma journée »", 3):
        by(nadia, "link", "Vérifier")
        decides(nadia)


def test_a_new_person_from_her_entry_to_her_suite(nadia: Journey, counter: Counter) -> None:
    with counter.gesture("validate a new person, from « Ma journée »", 6):
        by(nadia, "link", "Nouveau participant")
        nadia.fill(last_name="Delattre", first_name="Maud", birth_date="1991-02-03", commune_name="Port-Orselle")
        by(nadia, "button", "Enregistrer et vérifier")
        decides(nadia)
    with counter.gesture("put to work, from the person", 4):
        by(nadia, "link", "Mettre à l'emploi")
        nadia.page.locator("[name=commitment]").select_option(label=engagement(nadia))
        nadia.fill(job="Maçonne", starts_on=f"{TODAY}", ends_on=f"{TODAY + timedelta(days=20)}")
        by(nadia, "button", "Mettre à l'emploi")
        nadia.sees("enregistrée, à partir du")
    nadia.goto(f"/o/{PLIE}/")
    with counter.gesture("prolong, from « Ma journée »", 2):
        by(nadia, "link", "Prolonger.*Maud Delattre")
        nadia.fill(ends_on=f"{TODAY + timedelta(days=60)}")
        by(nadia, "button", "Prolonger")
        nadia.sees("Le contrat de travail est prolongé.")
    with counter.gesture("break a work contract off, from the person", 3, "open, why, record"):
        by(nadia, "link", "Terminer")
        nadia.page.locator("[name=reason]").select_option("resignation")
        by(nadia, "button", "Enregistrer la fin")
        nadia.sees("La fin du contrat de travail est enregistrée.")
    with counter.gesture("give a work contract its suite, from the person", 2, "open, record"):
        by(nadia, "link", "Donner une suite")
        nadia.fill(ends_on=f"{TODAY + timedelta(days=90)}")
        by(nadia, "button", "Mettre à l'emploi")
        nadia.sees("enregistrée, à partir du")
    nadia.sees("Suite d'un autre contrat de travail")


def engagement(nadia: Journey) -> str:
    """The label of the engagement of the school, in the list."""
    options = nadia.page.locator("[name=commitment] option").all_inner_texts()
    return next(one for one in options if "Tilleuls" in one)


def test_a_contract_of_five_lots_on_one_page(nadia: Journey, counter: Counter) -> None:
    with counter.gesture("create a contract of 5 lots on one page, lots pasted", 2, "open, record"):
        by(nadia, "link", "Nouveau marché")
        nadia.fill(common_name="Groupe scolaire des Glycines", buyer="Orselle Métropole", lots=LOTS)
        by(nadia, "button", "Enregistrer le marché")
        nadia.title("Groupe scolaire des Glycines")
    for lot in ("Gros œuvre", "Charpente", "Couverture", "Menuiseries", "Peinture"):
        nadia.sees(lot)


def test_a_bilan_from_its_contract(nadia: Journey, counter: Counter) -> None:
    searched(nadia, "tilleuls", "Résidence Les Tilleuls")
    by(nadia, "link", "marché OH-")
    nadia.page.wait_for_url("**/marches/**")
    with counter.gesture("bilan, from its contract", 2):
        by(nadia, "link", "Bilan(?!s)")
        by(nadia, "button", "Établir le document")
        nadia.sees("Le document est établi. Il ne changera plus.")


def test_a_validated_line_corrected(nadia: Journey, counter: Counter) -> None:
    nadia.goto(f"/o/{PLIE}/heures/?etat=validated")
    nadia.page.get_by_role("link", name="Stade des Hautes-Rives").first.click()
    with counter.gesture("correct a validated line, from its statement", 2, "open, record"):
        by(nadia, "link", "Corriger")
        nadia.fill(hours="12,5", reason="Feuille d'heures relue avec l'entreprise.")
        by(nadia, "button", "Enregistrer la correction")
        nadia.sees("La correction est enregistrée.")
