"""What the lines of a sheet are, from its name and its headings."""

from clausette.imports.takeover.fields import FIELDS, NAMES_CONTRACT, NAMES_PERSON, OPENING, SheetKind
from clausette.imports.takeover.mapping.headings import Heading
from clausette.imports.takeover.mapping.matching import likeness, month_of
from clausette.kernel.text import search_key

SURE = 0.8
NAMES = {
    SheetKind.CONTRACTS: ("marches et lots", "marches", "marche", "lots", "chantiers", "operations"),
    SheetKind.PEOPLE: ("personnes", "participants", "beneficiaires", "salaries", "publics"),
    SheetKind.WORK: ("contrats de travail", "contrats", "embauches", "missions"),
    SheetKind.HOURS: ("heures", "releves", "saisie heures", "suivi heures", "heures realisees"),
}
HELP = (
    "mode d emploi",
    "lisez moi",
    "lisezmoi",
    "notice",
    "aide",
    "listes",
    "liste",
    "parametres",
    "sommaire",
    "exemple",
)


def kind_of(name: str, heading: Heading) -> SheetKind:
    """Return what the lines of a sheet are; IGNORED for a page of help or when nothing is recognised."""
    key = search_key(name)
    if key in HELP:
        return SheetKind.IGNORED
    for kind, names in NAMES.items():
        if key == names[0]:
            return kind  # the sheets of the template
    codes = recognised(heading)
    months = sum(month_of(text) is not None for text in heading.texts.values())
    return _by_fields(codes, months, key)


def recognised(heading: Heading) -> set[str]:
    """The fields that the headings surely name."""
    return {
        max(FIELDS, key=lambda field: likeness(text, field)).code
        for text in heading.texts.values()
        if month_of(text) is None and max(likeness(text, field) for field in FIELDS) >= SURE
    }


def _by_fields(codes: set[str], months: int, key: str) -> SheetKind:
    person = bool(codes & NAMES_PERSON)
    contract = bool(codes & NAMES_CONTRACT)
    hours = months > 0 or bool(codes & {"hours", "month"})
    work = bool(codes & {"work_starts_on", "work_kind", "employer_name", "modality", "work_ends_on"})
    owed = bool(
        codes & {"hours_minimum", "buyer_name", "contract_ends_on", "amount_ht", "lot_title", "opening_hours"}
    )
    if person and hours:
        rich = owed or work or bool(codes & {"birth_date", "public"})
        return SheetKind.FLAT if contract and rich else SheetKind.HOURS
    if person and work and (contract or not codes & {"public", "sex", "commune"}):
        return SheetKind.WORK
    if person:
        return SheetKind.PEOPLE
    if contract or owed:
        return SheetKind.CONTRACTS
    named = [kind for kind, names in NAMES.items() if key in names]
    return named[0] if named and len(codes) > 1 else SheetKind.IGNORED


def is_opening(code: str) -> bool:
    """Say whether a field is a year of the opening balance."""
    return code.startswith(OPENING)
