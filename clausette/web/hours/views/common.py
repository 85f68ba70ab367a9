"""Addresses, words and tones shared by the pages of hours."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest

from clausette.hours.enums import LineState, MonthStatus, Severity, StatementState
from clausette.hours.operations import StatementRef
from clausette.kernel.actor import Actor
from clausette.kernel.months import first_day
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.lists import Breadcrumb, Crumb

STATEMENT_TONES: dict[StatementState, Tone] = {
    StatementState.DRAFT: "neutral",
    StatementState.SUBMITTED: "wait",
    StatementState.RETURNED: "warn",
    StatementState.VALIDATED: "ok",
}
LINE_TONES: dict[LineState, Tone] = {
    LineState.DRAFT: "neutral",
    LineState.DECLARED: "wait",
    LineState.RESERVED: "warn",
    LineState.VALIDATED: "ok",
    LineState.REFUSED: "danger",
}
MONTH_TONES: dict[MonthStatus, Tone] = {
    MonthStatus.UNKNOWN: "warn",
    MonthStatus.NIL: "info",
    MonthStatus.DRAFT: "neutral",
    MonthStatus.DECLARED: "wait",
    MonthStatus.RETURNED: "warn",
    MonthStatus.VALIDATED: "ok",
    MonthStatus.TAKEN_OVER: "info",
}
MONTH_WORDS: dict[MonthStatus, str] = {
    MonthStatus.UNKNOWN: "à déclarer",
    MonthStatus.NIL: "aucune heure",
    MonthStatus.DRAFT: "brouillon",
    MonthStatus.DECLARED: "envoyé",
    MonthStatus.RETURNED: "renvoyé",
    MonthStatus.VALIDATED: "validé",
    MonthStatus.TAKEN_OVER: "repris",
}
SEVERITY_TONES: dict[Severity, Tone] = {
    Severity.ERROR: "danger",
    Severity.WARNING: "warn",
    Severity.INFO: "info",
}


href = address_of

MASKED = "Masqué dans la pièce : {}. Seule cette copie est gardée, l'original est détruit."
WAITING = (
    "La pièce attend l'analyse de l'antivirus, qui ne répond pas : personne ne peut l'ouvrir d'ici là. Elle sera "
    "jointe ensuite sans autre geste ; si elle ne peut pas l'être, qui l'a envoyée reçoit un courriel."
)


def say_piece(request: HttpRequest, refs: Iterable[StatementRef]) -> None:
    """Tell who handed a piece in what is masked in the copy that is kept, or that it waits."""
    told = [ref.piece for ref in refs]
    masked = next((one.masked for one in told if one.masked), "")
    if masked:
        messages.info(request, MASKED.format(masked))
    if any(one.waiting for one in told):
        messages.info(request, WAITING)


def statement_badge(state: StatementState, *, is_nil: bool = False) -> Badge:
    """The state of a statement, in the words of the actor's side."""
    word = f"{state.label} · aucune heure" if is_nil else state.label
    return Badge(word, STATEMENT_TONES[state])


def take_back_label(*, is_nil: bool) -> str:
    """The gesture that undoes a sending, as long as nobody validated it."""
    return "Annuler « aucune heure ce mois-ci »" if is_nil else "Reprendre le relevé pour le modifier"


def line_badge(state: LineState) -> Badge:
    """The state of a line."""
    return Badge(state.label, LINE_TONES[state])


def month_badge(status: MonthStatus) -> Badge:
    """What is known of a month."""
    return Badge(status.label, MONTH_TONES[status])


def hours_home(actor: Actor) -> str:
    """Where one comes from: the statements, or the months that a « dépôt sans compte » declares."""
    return href(actor, "deposits:home" if actor.deposit else "hours:list")


def contract_crumbs(actor: Actor, uid: UUID, name: str) -> Breadcrumb:
    """« Heures › Gymnase des Acacias »."""
    crumbs = [Crumb("Vos heures" if actor.deposit and not actor.mandate else "Heures", hours_home(actor))]
    if actor.can("facilitator") or actor.can("buyer"):
        crumbs.append(Crumb(name, href(actor, "contracts:show", uid=uid)))
    return Breadcrumb(tuple(crumbs))


def running_month(on: date) -> date:
    """The month that is not over."""
    return first_day(on)
