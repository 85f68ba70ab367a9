"""« Heures comptées jusqu'au » of a person: extensions and suspensions."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.hours.queries import Limit, limits_of
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.french import format_date, plural
from clausette.participants import operations
from clausette.participants.enums import LimitMoveKind
from clausette.participants.queries import MoveLine, ParticipantSheet, moves_of, participant_sheet
from clausette.participants.rules import Move
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Crumb
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.inputs import FreeText, FrenchDate
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.checks import ReasonForm
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


class MoveForm(forms.Form):
    """An extension asks its months, a suspension its last day."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Nature", choices=LimitMoveKind.choices, widget=forms.RadioSelect, initial=LimitMoveKind.EXTENSION
    )
    starts_on = FrenchDate("À partir du")
    months = forms.ChoiceField(
        label="Mois ajoutés", required=False, choices=[("", "Aucun"), *((str(n), str(n)) for n in range(1, 37))],
        help_text="Pour une prolongation.",
    )  # fmt: skip
    ends_on = FrenchDate("Dernier jour de la suspension", required=False, help_text="Pour une suspension.")
    decided_on = FrenchDate("Décidée le", required=False, help_text="Vide : aujourd'hui.")
    source = FreeText("Document, ou qui l'a décidé", max_length=200, lines=1)
    reason = FreeText("Motif", max_length=500, lines=2, help_text="Lu par votre structure seulement.")

    def move(self) -> Move:
        """The move as the rules take it."""
        said = self.cleaned_data
        if said["kind"] == LimitMoveKind.EXTENSION:
            return Move(said["starts_on"], months=int(said["months"] or 0))
        return Move(said["starts_on"], ends_on=said["ends_on"])


def _path(found: tuple[Limit, ...], on: date) -> tuple[date, date] | None:
    """The path that ends last, and its two days; all the durations of a person move together."""
    counted = [limit.counted for limit in found if limit.counted is not None]
    return max(((one.first_hour_on, one.until) for one in counted), key=lambda pair: pair[1], default=None)


_COLUMNS: tuple[Column[MoveLine], ...] = (
    Column("Nature", lambda row: row.kind.label),
    Column("À partir du", lambda row: row.starts_on, "date"),
    Column("Effet", lambda row: _effect(row)),
    Column("Décidée le", lambda row: row.decided_on, "date"),
    Column("Source", lambda row: row.source),
    Column("Motif", lambda row: row.reason),
)


def _effect(row: MoveLine) -> str:
    if row.months is not None:
        return f"+ {plural(row.months, 'mois', 'mois')}"
    return f"jusqu'au {format_date(row.ends_on)}" if row.ends_on else ""


def _table(actor: Actor, sheet: ParticipantSheet, moves: tuple[MoveLine, ...]) -> Table | None:
    def withdraw(row: MoveLine) -> LinkButton:
        address = href(actor, "people:withdraw_move", uid=sheet.uid, move=row.uid)
        return LinkButton("Retirer", address, "quiet", about=f"du {format_date(row.starts_on)}")

    columns = (*_COLUMNS, Column("Geste", withdraw))
    return Table("Prolongations et suspensions", columns, moves, narrow="cards") if moves else None


def _lead(name: str, path: tuple[date, date] | None) -> str:
    if path is None:
        return f"{name}. Aucune heure n'est encore comptée : le délai ne court pas."
    return f"{name}. Première heure le {format_date(path[0])}, heures comptées jusqu'au {format_date(path[1])}."


@action("facilitator", methods=("GET", "POST"))
def limits(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Put off the end of the hours, with the reason and the document."""
    today = clock.today()
    sheet = participant_sheet(actor=actor, uid=uid, on=today)
    demand(sheet.can_follow)
    path = _path(limits_of(actor=actor, participant_ids=[sheet.id], on=today)[sheet.id], today)
    form, back = MoveForm(posted(request)), href(actor, "people:show", uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            operations.move_limit(
                actor=actor, participant_uid=uid, move=form.move(), path=path, on=today,
                reason=form.cleaned_data["reason"], source=form.cleaned_data["source"],
                decided_on=form.cleaned_data["decided_on"] or today,
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La nouvelle date est enregistrée.")
            return HttpResponseRedirect(href(actor, "people:limits", uid=uid))
    note_reading(request, ReadingKind.REASONS, [uid])
    context = {
        "crumbs": crumbs(actor, Crumb(sheet.name, back)),
        "cancel": back,
        "lead": _lead(sheet.name, path),
        "moves": _table(actor, sheet, moves_of(actor=actor, uid=uid)),
    }
    return form_page(request, "people/limits.html", form, context)


@action("facilitator", methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID, move: UUID) -> HttpResponse:
    """Withdraw an extension or a suspension written by mistake."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    if move not in {line.uid for line in moves_of(actor=actor, uid=uid)}:
        raise Absent("participants.LimitMove")
    form, back = ReasonForm(posted(request)), href(actor, "people:limits", uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_move(
                actor=actor, participant_uid=uid, uid=move, reason=form.cleaned_data["reason"], at=clock.now()
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La prolongation ou la suspension est retirée.")
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {
        "crumbs": crumbs(actor, Crumb(sheet.name, href(actor, "people:show", uid=uid))), "cancel": back, "known": "",
        "title": "Retirer la prolongation ou la suspension", "verb": "Retirer", "lead": sheet.name,
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)
