"""The first main job, as a new user does it: an official file, what is owed, people, hours, where we stand, a paper."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from clausette.kernel.french import format_month
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
    come,
    decp_file,
    decp_record,
    uid_of,
)
from tests.journeys.page import TELEPHONE, Journey


@dataclass
class Story:
    """What the journey met on its way."""

    contract: str = ""
    commitment: str = ""


def reads_the_file(nadia: Journey, folder: Path) -> None:
    """From the official file to the fates of its records."""
    good, unreadable = decp_record("2026-EQV-01"), decp_record("2026-EQV-02", montant="NC", dureeMois=None)
    nadia.goto(f"/o/{PLIE}/imports/")
    nadia.check("imports")
    nadia.press("Importer un fichier")
    nadia.check("import-nouveau")
    nadia.page.set_input_files("[name=file]", decp_file(folder, good, unreadable, decp_record("2026-EQV-01")))
    nadia.press("Lire le fichier")
    nadia.title("decp-orselle.json")
    nadia.sees("Le fichier est lu. Rien n'est encore écrit dans vos marchés.")
    nadia.check("import-lu")


def test_from_the_official_file_to_the_attestation(
    demonstration: Running, person: Callable[[str], Journey], tmp_path: Path
) -> None:
    story = Story()
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.check("ma-journee-facilitatrice")
    reads_the_file(nadia, tmp_path)
    print(nadia.page.locator("main").inner_text())
    assert 0
