"""Bad input in the browser: a French sentence at the right place, what was typed is kept, nothing is half-written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Running
from tests.journeys.main_job import NADIA, PLIE, come, decp_file, decp_record
from tests.journeys.page import Journey

NEW = {"common_name": "École des Tilleuls", "buyer": "Orselle Métropole"}
PERSON = {"last_name": "Sarr", "first_name": "Awa", "birth_date": "1994-04-12"}

UNFOLD = "for (const one of document.querySelectorAll('main details')) one.open = true"


@pytest.mark.parametrize(
    ("page", "typed", "field", "sentence"),
    [
        ("marches/nouveau/", {**NEW, "buyer": "732 829 320 00075"}, "buyer", "SIRET"),
        ("marches/nouveau/", {**NEW, "amount_ht": "0"}, "amount_ht", "supérieur"),
        (
            "marches/nouveau/",
            {**NEW, "starts_on": "2026-09-01", "ends_on": "2026-03-01"},
            "ends_on",
            "précède le début",
        ),
        ("marches/nouveau/", {**NEW, "cpv": "bâtiment"}, "cpv", "8 chiffres"),
        (
            "participants/nouveau/",
            {**PERSON, "first_name": "1 84 12 76 451 089 46"},
            "first_name",
            "sécurité sociale",
        ),
        (
            "participants/nouveau/",
            {**PERSON, "first_name": "2 85 07 2A 004 052 12"},
            "first_name",
            "sécurité sociale",
        ),
        (
            "participants/nouveau/",
            {**PERSON, "commune_name": "1 84 12 76 451 089"},
            "commune_name",
            "confirmez",
        ),
        ("participants/nouveau/", {**PERSON, "birth_date": "2090-01-01"}, "birth_date", "date"),
    ],
)
def test_what_was_typed_stays_beside_its_sentence(
    demonstration: Running,
    person: Callable[[str], Journey],
    page: str,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.goto(f"/o/{PLIE}/{page}")
    nadia.page.evaluate(UNFOLD)
    nadia.fill(**typed)
    nadia.page.locator("main form[method=post]").evaluate("form => { form.noValidate = true; }")
    nadia.page.locator("main form[method=post] button.c-btn--primary").first.click()
    expect(nadia.page.locator(".c-errors")).to_be_focused()
    told = nadia.page.locator(".c-field", has=nadia.page.locator(f"[name={field}]")).locator(".c-error")
    expect(told).to_contain_text(sentence)
    for name, text in typed.items():
        expect(nadia.page.locator(f"[name={name}]")).to_have_value(text)
    nadia.check(f"refus-{field}")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "pas un fichier DECP"),
        (b'{"marches": {"marche": [', "s'arrête avant la fin"),
        (b"", "Ce fichier est vide."),
        (b'{"marches": {"marche": []}}', "aucun marché"),
    ],
)
def test_a_file_that_lies(
    demonstration: Running, person: Callable[[str], Journey], data: bytes, sentence: str
) -> None:
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.goto(f"/o/{PLIE}/imports/nouveau/")
    nadia.page.set_input_files(
        "[name=file]", {"name": "decp.json", "mimeType": "application/json", "buffer": data}
    )
    nadia.press("Lire le fichier")
    expect(nadia.page.locator("#id_file_error")).to_contain_text(sentence)


def test_an_official_file_full_of_faults(
    demonstration: Running, person: Callable[[str], Journey], tmp_path: Path
) -> None:
    good = decp_record("2026-FAUTE-01")
    without_lists = {key: value for key, value in decp_record("2026-FAUTE-02").items() if key != "titulaires"}
    unknown = decp_record("2026-FAUTE-03", procedure="Procédure inventée")
    not_said = decp_record("2026-FAUTE-04", montant="NC", dureeMois="NC")
    path = decp_file(tmp_path, good, without_lists, unknown, not_said, good)
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.goto(f"/o/{PLIE}/imports/nouveau/")
    nadia.page.set_input_files("[name=file]", path)
    nadia.press("Lire le fichier")
    nadia.sees("Le fichier est lu.")
    nadia.sees("5 enregistrements")
    expect(nadia.page.get_by_role("link", name="Identiques 1")).to_be_visible()
    nadia.page.evaluate(UNFOLD)
    said = nadia.page.locator("main").inner_text()
    for words in ("titulaires", "Procédure inventée", "NC"):
        assert words in said, (words, said)
    nadia.check("import-fautes")
