"""The buyer types what he orders and is invoiced; the hours due by the amount follow; a mistake is withdrawn."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Running
from tests.journeys.main_job import (
    FIRST,
    MARC,
    METROPOLE,
    NADIA,
    PLIE,
    TERM,
    TODAY,
    come,
    decp_file,
    decp_record,
    uid_of,
)
from tests.journeys.page import Journey

NAME = "Entretien des chaussées"


def signed_market(site: Running, folder: Path) -> None:
    """A marché of the métropole, notified and awarded, taken from its official file."""
    path = decp_file(folder, decp_record("2026-V-77", objet=NAME, montant=9_000_000))
    site.installation.manage("import-decp", str(path), "--structure", PLIE, "--account", NADIA, "--apply")


def owes_by_the_amount(nadia: Journey) -> tuple[str, str]:
    """« 1 h par 2 000 € au-delà de 2 700 000 € », on what is ordered; return the addresses of marché and engagement."""
    nadia.goto(f"/o/{PLIE}/marches/?q=chauss")
    nadia.page.get_by_role("link", name=NAME).first.click()
    nadia.title(NAME)
    market = uid_of(nadia.page.url)
    nadia.page.get_by_role("link", name="engagement").first.click()
    nadia.title("Nouvel engagement d'insertion")
    nadia.page.locator("[name=kind][value=per_amount]").check()
    nadia.fill(starts_on=f"{FIRST}", ends_on=f"{TERM}", amount_ht="")
    more = nadia.page.locator("details", has=nadia.page.locator("[name=euros_per_hour]"))
    if more.get_attribute("open") is None:
        more.locator("summary").click()
    nadia.fill(euros_per_hour="2 000", beyond_ht="2 700 000")
    nadia.page.locator("[name=amount_base]").select_option("ordered")
    nadia.press("Enregistrer l'engagement")
    nadia.sees("L'engagement d'insertion est enregistré.")
    return f"marches/{market}/", f"engagements/{uid_of(nadia.page.url)}/"


def type_one(marc: Journey, kind: str, reference: str, amount: str, on: str) -> None:
    """Fill the fields of one order or invoice, and send them."""
    marc.page.get_by_label("Nature").select_option(kind)
    marc.fill(on=on, reference=reference, amount=amount)
    marc.press("Enregistrer")


def due(marc: Journey, engagement: str) -> str:
    """The text of the engagement, spaces made plain."""
    marc.goto(f"/o/{METROPOLE}/{engagement}")
    return " ".join(marc.page.locator("main").inner_text().split())


def test_the_buyer_types_amounts_and_the_hours_due_follow(
    demonstration: Running, person: Callable[[str], Journey], tmp_path: Path
) -> None:
    signed_market(demonstration, tmp_path)
    market, engagement = owes_by_the_amount(come(person(demonstration.site), NADIA, PLIE))
    marc = come(person(demonstration.site), MARC, METROPOLE)
    assert "150 h" not in due(marc, engagement)
    marc.check("montants-engagement-avant")
    marc.goto(f"/o/{METROPOLE}/{market}")
    marc.page.get_by_role("link", name="Commandes et factures").first.click()
    marc.title("Commandes et factures")
    marc.check("montants-vide")
    yesterday = f"{TODAY - timedelta(days=1)}"
    type_one(marc, "ordered", "BC-1", "trois millions", f"{TODAY + timedelta(days=9)}")
    expect(marc.page.locator("#id_amount_error")).to_be_visible()
    marc.check("montants-montant-faux")
    type_one(marc, "ordered", "BC-1", "3 000 000", f"{TODAY + timedelta(days=9)}")
    expect(marc.page.locator("#id_on_error")).to_contain_text("est à venir.")
    expect(marc.page.locator("[name=amount]")).to_have_value("3 000 000")
    marc.check("montants-date-fausse")
    type_one(marc, "ordered", "BC-1", "3 000 000", yesterday)
    marc.sees("Les montants sont enregistrés.")
    type_one(marc, "ordered", "BC-2", "1 000 000", yesterday)
    marc.sees("BC-2")
    type_one(marc, "invoiced", "F-1", "500 000", yesterday)
    marc.sees("F-1")
    marc.check("montants-saisis")
    assert "650 h" in due(marc, engagement)  # (4 000 000 − 2 700 000) ÷ 2 000; the invoice does not count
    marc.check("montants-engagement-commande")
    marc.goto(f"/o/{METROPOLE}/{market}montants/")
    marc.page.get_by_role("link", name="Retirer BC-2").click()
    marc.title("Retirer une ligne")
    marc.check("montants-retirer")
    marc.fill(reason="Saisie en double")
    marc.press("Retirer cette ligne")
    marc.sees("BC-2 est retirée des totaux.")
    marc.sees("Retirée : Saisie en double")
    marc.check("montants-retires")
    assert "150 h" in due(marc, engagement)
