"""What the views of the area share: addresses, tabs, badges."""

from uuid import UUID

from django.utils.http import urlencode

from clausette.imports.enums import BatchState, RowFate
from clausette.kernel.actor import Actor
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge, Tone

READERS = ("facilitator",)
BEING_READ = "Le fichier est en cours de lecture. Vous pouvez quitter cette page et y revenir."

# Tabs in the order of the work left; the word in the address, the name on screen.
TABS: dict[str, tuple[RowFate, str]] = {
    "a-rapprocher": (RowFate.AMBIGUOUS, "À rapprocher"),
    "nouveaux": (RowFate.ADDED, "Nouveaux"),
    "modifies": (RowFate.CHANGED, "Modifiés"),
    "a-corriger": (RowFate.REFUSED, "À corriger"),
    "identiques": (RowFate.SAME, "Identiques"),
    "mis-de-cote": (RowFate.SET_ASIDE, "Mis de côté"),
}
WORDS = {fate: word for word, (fate, _) in TABS.items()}
FATE_TONES: dict[RowFate, Tone] = {
    RowFate.ADDED: "info", RowFate.CHANGED: "warn", RowFate.SAME: "neutral", RowFate.AMBIGUOUS: "wait",
    RowFate.REFUSED: "danger", RowFate.SET_ASIDE: "neutral",
}  # fmt: skip
STATE_TONES: dict[BatchState, Tone] = {
    BatchState.READING: "info",
    BatchState.UNREADABLE: "danger",
    BatchState.READ: "wait",
    BatchState.APPLYING: "info",
    BatchState.APPLIED: "ok",
    BatchState.CANCELLED: "neutral",
}


href = address_of


def show_href(actor: Actor, uid: UUID, *, tab: str = "", page: str = "", position: int = 0) -> str:
    """Address of a batch, at a tab, a page and a record."""
    query = {key: value for key, value in (("voir", tab), ("page", page)) if value}
    address = href(actor, "imports:show", uid=uid)
    where = f"#ligne-{position}" if position else ""
    return f"{address}{'?' + urlencode(query) if query else ''}{where}"


def state_badge(state: BatchState) -> Badge:
    """The state of a batch."""
    return Badge(state.label, STATE_TONES[state])


def fate_badge(fate: RowFate) -> Badge:
    """What the comparison says of a record."""
    return Badge(fate.label, FATE_TONES[fate])
