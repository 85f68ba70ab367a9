"""What a line of a person says beside their name: what it adds to a record held, and what cannot be kept."""

from collections.abc import Collection, Mapping
from uuid import UUID

from clausette.imports.takeover.compare.held import HeldPerson
from clausette.imports.takeover.fields import label_of
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.records import Fate, Record
from clausette.participants.enums import Sex
from clausette.participants.rules.likeness import contact_email, contact_phone

LEVELS = ("level", "level_before_2019")
FILLED = ("sex", "commune", "phone", "email", "district")
"""What is filled on a record held when it is empty there; what is written stays."""


def check_details(
    record: Record, prescribers: Mapping[str, UUID], wrong_districts: Collection[str]
) -> None:
    """Say what of a line cannot be kept: an unknown prescriber, a district of no list, a level without decision."""
    name, district = record.text("prescriber_name"), record.text("district")
    if name and key_of(name) not in prescribers:
        record.say("W214", f"« {name[:60]} » n'est pas un prescripteur de votre annuaire.", "prescriber_name")
        del record.values["prescriber_name"]
    if district in wrong_districts:
        record.say("E201", "Ce code n'est dans aucune liste de quartiers prioritaires.", "district", district)
        record.fate = Fate.REFUSED
    level = next((code for code in LEVELS if record.text(code)), "")
    if level and not (record.text("public") and record.day("decided_on")):
        record.say("W213", "Le niveau de formation est gardé avec une décision d'éligibilité.", level)


def complete_held(record: Record, held: HeldPerson) -> None:
    """A person held receives what their record lacks; what is written otherwise stays, and is told."""
    added = [code for code in FILLED if record.text(code) and not held.said.get(code)]
    if record.text("sex") == Sex.UNKNOWN and "sex" in added:
        added.remove("sex")
    if added:
        told = ", ".join(label_of(code).lower() for code in added)
        record.say("I201", f"Sur la fiche déjà là, ce qui est vide est complété : {told}.", added[0])
        record.fate = Fate.NEW
    for code in ("sex", "commune", "phone", "email"):
        ours, theirs = held.said.get(code, ""), record.text(code)
        if ours and theirs and _compared(code, ours) != _compared(code, theirs):
            record.say("W202", f"« {label_of(code)} » est écrit autrement sur la fiche.", code)
            record.fate = Fate.DIFFERS if record.fate is Fate.SAME else record.fate


def _compared(code: str, text: str) -> str:
    if code == "phone":
        return contact_phone(text)
    return contact_email(text) if code == "email" else key_of(text)


def filled(record: Record, held: HeldPerson | None, code: str) -> str:
    """What is to be written: of the record held first, else of the line."""
    return (held.said.get(code, "") if held else "") or record.text(code)
