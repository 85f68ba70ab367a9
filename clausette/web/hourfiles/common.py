"""What the pages of a file of hours share: addresses, badges, tabs, facts."""

from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from clausette.imports.enums_hours import HoursFate, HoursFileState
from clausette.imports.queries.hours_files import HoursFileSheet
from clausette.kernel import clock, progress
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_number, plural
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts, Tab, Tabs

READERS = ("facilitator", "contractor", "employer")
BOTH = ("GET", "POST")
BEING_READ = "Le fichier est en cours de lecture. Vous pouvez quitter cette page et y revenir."
TONES: dict[HoursFileState, Tone] = {
    HoursFileState.READING: "info",
    HoursFileState.COLUMNS: "wait",
    HoursFileState.READ: "wait",
    HoursFileState.APPLYING: "info",
    HoursFileState.APPLIED: "ok",
    HoursFileState.UNDONE: "neutral",
    HoursFileState.CANCELLED: "neutral",
}
FATE_TONES: dict[HoursFate, Tone] = {
    HoursFate.NEW: "info",
    HoursFate.SAME: "neutral",
    HoursFate.CHANGED: "warn",
    HoursFate.CORRECTION: "warn",
    HoursFate.PROPOSED: "warn",
    HoursFate.ASK: "wait",
    HoursFate.UNMATCHED: "warn",
    HoursFate.REFUSED: "danger",
    HoursFate.ADDED: "neutral",
    HoursFate.LEFT: "neutral",
}
# the word in the address → the name of the tab, what is listed
LISTS: dict[str, tuple[str, tuple[HoursFate, ...]]] = {
    "a-corriger": ("À corriger", (HoursFate.REFUSED,)),
    "non-rapprochees": ("Non rapprochées", (HoursFate.ASK, HoursFate.UNMATCHED)),
    "nouvelles": ("Nouvelles", (HoursFate.NEW, HoursFate.ADDED)),
    "modifiees": ("Modifiées", (HoursFate.CHANGED, HoursFate.CORRECTION)),
    "a-proposer": ("Corrections à proposer", (HoursFate.PROPOSED,)),
    "deja-la": ("Déjà là", (HoursFate.SAME,)),
    "laissees": ("Laissées de côté", (HoursFate.LEFT,)),
    "remarques": ("Avec remarque", ()),
    "toutes": ("Toutes", ()),
}


def href(actor: Actor, name: str, **values: object) -> str:
    """Address of a page of the area."""
    return address_of(actor, f"hours:files:{name}", query=None, **values)


def lines_href(actor: Actor, uid: UUID, word: str, **query: str) -> str:
    """Address of a list of lines."""
    asked = urlencode({"voir": word, **{key: value for key, value in query.items() if value}})
    return f"{href(actor, 'lines', uid=uid)}?{asked}"


def state_badge(state: HoursFileState) -> Badge:
    """Where a file stands."""
    return Badge(state.label, TONES[state])


def fate_badge(fate: HoursFate, *, written: bool = False) -> Badge:
    """What becomes of a line."""
    if written and fate is HoursFate.PROPOSED:
        return Badge("Correction proposée", "wait")
    return Badge("Écrite", "ok") if written else Badge(fate.label, FATE_TONES[fate])


def crumbs(actor: Actor, sheet: HoursFileSheet | None = None) -> Breadcrumb:
    """The path to a page of the area."""
    home = ("Heures à déclarer", "deposits:home") if actor.mandate else ("Heures", "hours:list")
    found = [Crumb(home[0], reverse(home[1], kwargs={"slug": actor.slug}))]
    if sheet is not None:
        found.append(Crumb("Fichiers d'heures", href(actor, "start")))
    return Breadcrumb(tuple(found))


def to_match(sheet: HoursFileSheet) -> int:
    """How many lines wait for a person to say whom they mean."""
    return sheet.count(HoursFate.ASK)


def tabs(actor: Actor, sheet: HoursFileSheet, current: str) -> Tabs:
    """Totals, matches to say, then the lists of lines, those that ask for work first."""
    found = [Tab("Totaux", href(actor, "show", uid=sheet.uid), current == "")]
    if to_match(sheet) or current == "rapprochements":
        address = href(actor, "matches", uid=sheet.uid)
        found.append(Tab("Rapprochements", address, current == "rapprochements", to_match(sheet)))
    for word, (label, fates) in LISTS.items():
        count = sheet.count(*fates) if fates else sheet.told if word == "remarques" else sheet.lines
        if count or word in (current, "a-corriger"):
            found.append(Tab(label, lines_href(actor, sheet.uid, word), current == word, count))
    return Tabs(tuple(found), "Vues du fichier")


def under_way(uid: UUID) -> dict[str, object]:
    """How far the worker is in a file: the numbers of the bar, and their words (« » when nothing is known)."""
    found = progress.heard(uid)
    said = f"{plural(found.done, 'ligne')} sur {format_number(found.total)}." if found else ""
    return {"progress": found, "counted": said}


def facts(actor: Actor, sheet: HoursFileSheet) -> Facts:
    """What is known of a file."""
    known = [
        Fact("Déclarant", sheet.declarant),
        Fact("Envoyé le", format_date(sheet.brought_at.astimezone(clock.PARIS).date())),
        Fact("Par", f"{sheet.brought_by}, {sheet.handed.sentence}" if sheet.handed else sheet.brought_by),
        Fact("Lignes", plural(sheet.lines or sheet.size, "ligne")),
        Fact("Fichier", sheet.file_name, href(actor, "workbook", uid=sheet.uid)),
    ]
    for label, when, who in (("Importé le", sheet.applied_at, sheet.applied_by),
                             ("Défait le", sheet.undone_at, sheet.undone_by)):  # fmt: skip
        if when:
            known.append(Fact(label, f"{format_date(when.astimezone(clock.PARIS).date())} par {who}"))
    return Facts(known)
