"""What the views of the area share: addresses, badges, tabs."""

from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from clausette.imports.enums_takeover import LineFate, TakeoverState
from clausette.imports.queries.takeover import TakeoverSheet
from clausette.kernel import clock, progress
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_number, plural
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts, Tab, Tabs
from clausette.web.layout.navigation import optional_reverse

READERS = ("facilitator",)
BEING_READ = "Le classeur est en cours de lecture. Vous pouvez quitter cette page et y revenir."
TONES: dict[TakeoverState, Tone] = {
    TakeoverState.READING: "info",
    TakeoverState.COLUMNS: "wait",
    TakeoverState.READ: "wait",
    TakeoverState.APPLYING: "info",
    TakeoverState.APPLIED: "ok",
    TakeoverState.UNDONE: "neutral",
    TakeoverState.CANCELLED: "neutral",
}
FATE_TONES: dict[LineFate, Tone] = {
    LineFate.NEW: "info",
    LineFate.SAME: "neutral",
    LineFate.DIFFERS: "warn",
    LineFate.ASK: "wait",
    LineFate.REFUSED: "danger",
    LineFate.WAITING: "warn",
}
# the word in the address → what is listed, and the name of the tab
LISTS: dict[str, tuple[str, str]] = {
    "a-corriger": ("aside", "À corriger"),
    "a-decider": (LineFate.ASK.value, "À décider"),
    "ecarts": (LineFate.DIFFERS.value, "Écarts"),
    "remarques": ("told", "Avec remarque"),
    "a-reprendre": (LineFate.NEW.value, "À reprendre"),
    "deja-la": (LineFate.SAME.value, "Déjà là"),
    "toutes": ("", "Toutes"),
}


def href(actor: Actor, name: str, **values: object) -> str:
    """Address of a page of the takeover."""
    return address_of(actor, f"imports:takeover:{name}", query=None, **values)


def lines_href(actor: Actor, uid: UUID, word: str, **query: str) -> str:
    """Address of a list of lines."""
    asked = urlencode({"voir": word, **{key: value for key, value in query.items() if value}})
    return f"{href(actor, 'lines', uid=uid)}?{asked}"


def state_badge(state: TakeoverState) -> Badge:
    """Where a workbook stands."""
    return Badge(state.label, TONES[state])


def fate_badge(fate: LineFate, *, written: bool = False) -> Badge:
    """What becomes of a line."""
    return Badge("Repris", "ok") if written else Badge(fate.label, FATE_TONES[fate])


def crumbs(actor: Actor, sheet: TakeoverSheet | None = None) -> Breadcrumb:
    """The path to a page of the area."""
    found = [Crumb("Imports", reverse("imports:list", kwargs={"slug": actor.slug}))]
    if sheet is not None:
        found.append(Crumb("Démarrer avec des marchés en cours", href(actor, "start")))
    return Breadcrumb(tuple(found))


def persons_crumbs(actor: Actor) -> Breadcrumb:
    """The path to the import of persons: it is sought from their list."""
    return Breadcrumb((Crumb("Participants", optional_reverse("people:list", actor.slug)),))


def tabs(actor: Actor, sheet: TakeoverSheet, current: str) -> Tabs:
    """Totals, then the lists of lines, those that ask for work first."""
    counts = {
        "a-corriger": sheet.aside,
        "a-decider": sheet.count(LineFate.ASK),
        "ecarts": sheet.count(LineFate.DIFFERS),
        "remarques": sheet.told,
        "a-reprendre": sheet.count(LineFate.NEW),
        "deja-la": sheet.count(LineFate.SAME),
        "toutes": sheet.lines,
    }
    found = [Tab("Totaux", href(actor, "show", uid=sheet.uid), current == "")]
    for word, (_, label) in LISTS.items():
        if word == "a-reprendre" and sheet.state is TakeoverState.APPLIED:
            label = "Reprises"
        if counts[word] or word == current or word == "a-corriger":
            found.append(Tab(label, lines_href(actor, sheet.uid, word), current == word, counts[word]))
    if (sheet.state is TakeoverState.APPLIED and not sheet.persons_only) or current == "rapprochement":
        address = href(actor, "reconciliation", uid=sheet.uid)
        found.insert(1, Tab("Rapprochement", address, current == "rapprochement"))
    return Tabs(tuple(found), "Vues du classeur")


def under_way(uid: UUID) -> dict[str, object]:
    """How far the worker is in a workbook: the numbers of the bar, and their words (« » when nothing is known)."""
    found = progress.heard(uid)
    said = f"{plural(found.done, 'ligne')} sur {format_number(found.total)}." if found else ""
    return {"progress": found, "counted": said}


def facts(actor: Actor, sheet: TakeoverSheet) -> Facts:
    """What is known of a workbook."""
    known = [
        Fact("Envoyé le", format_date(sheet.brought_at.astimezone(clock.PARIS).date())),
        Fact("Par", sheet.brought_by),
        Fact("Lignes lues", plural(sheet.lines, "ligne"))
        if sheet.state is not TakeoverState.READING
        else Fact("Lignes à lire", plural(sheet.size, "ligne")),
        Fact("Classeur", sheet.file_name, href(actor, "workbook", uid=sheet.uid)),
    ]
    if sheet.sender:
        known.insert(2, Fact("Expéditeur", sheet.sender))
    if sheet.applied_at:
        known.append(
            Fact(
                "Repris le",
                f"{format_date(sheet.applied_at.astimezone(clock.PARIS).date())} par {sheet.applied_by}",
            )
        )
    if sheet.undone_at:
        known.append(
            Fact(
                "Défait le",
                f"{format_date(sheet.undone_at.astimezone(clock.PARIS).date())} par {sheet.undone_by}",
            )
        )
    return Facts(known)
