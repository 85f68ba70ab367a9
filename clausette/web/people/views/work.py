"""Work contracts: put to work, another mise à disposition, prolong, end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date
from clausette.participants.queries import ParticipantSheet, participant_sheet
from clausette.placements import operations
from clausette.placements.enums import PlacementEnd
from clausette.placements.queries import (
    WorkContractLine,
    hire_refusals,
    placement_key,
    public_refusal,
    work_contract,
)
from clausette.web.components.lists import Crumb
from clausette.web.doors import action
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.work import AllocateForm, EndForm, PlaceForm, ProlongForm
from clausette.web.people.hiring import allocate_form, move, place_form, put_to_work
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


@action("facilitator", methods=("GET", "POST"))
def place(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Put a person to work on an engagement."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    form, back = place_form(request, actor, uid), href(actor, "people:show", uid=uid)
    if request.method == "POST" and form.is_valid():
        made = _placed(actor, uid, form)
        if made is not None:
            _say(request, actor, sheet, made, UUID(form.cleaned_data["commitment"]))
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {
        "sheet": sheet,
        "crumbs": crumbs(actor, Crumb(sheet.name, back)),
        "cancel": back,
        "has_commitments": len(form.fields["commitment"].choices) > 1,  # type: ignore[attr-defined]  # ChoiceField
        "contracts": href(actor, "contracts:list"),
    }
    return form_page(request, "people/place.html", form, context)


def _placed(actor: Actor, uid: UUID, form: PlaceForm) -> UUID | None:
    try:
        return put_to_work(actor, uid, form)
    except Refusal as refusal:
        add_refusal(form, refusal)
    return None


def _say(request: HttpRequest, actor: Actor, sheet: ParticipantSheet, made: UUID, commitment: UUID) -> None:
    """A hiring that rests on no decision, or of a public not admitted, is possible, and said."""
    key = placement_key(actor, made)
    refusal = hire_refusals(actor=actor, placement_ids=[key.id])[key.id]
    messages.success(
        request, f"Mise à l'emploi de {sheet.name} enregistrée, à partir du {format_date(key.starts_on)}."
    )
    if refusal:
        messages.warning(request, f"{refusal} Les heures seront signalées au contrôle du relevé.")
    public = public_refusal(actor=actor, participant_uid=sheet.uid, commitment_uid=commitment)
    if public:
        messages.warning(request, f"{public} Voyez avec le maître d'ouvrage avant de compter ses heures.")


def _page(
    request: HttpRequest,
    actor: Actor,
    line: WorkContractLine,
    form: ProlongForm | EndForm | AllocateForm,
    words: tuple[str, str],
) -> HttpResponse:
    back = href(actor, "people:show", uid=line.participant_uid)
    note_reading(request, ReadingKind.IDENTITY, [line.participant_uid])
    end = f"jusqu'au {format_date(line.ends_on)}" if line.ends_on else "sans terme"
    context = {
        "crumbs": crumbs(actor, Crumb(line.person_name, back)), "cancel": back, "known": "",
        "title": words[0], "verb": words[1],
        "lead": f"{line.person_name}, {line.work_contract.label} chez {line.employer_name}, "
        f"du {format_date(line.starts_on)} {end}.",
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)


@action("facilitator", methods=("GET", "POST"))
def prolong(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Move the planned end."""
    line = work_contract(actor=actor, uid=uid)
    demand(line.can_prolong)
    form = ProlongForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.prolong(
                actor=actor, uid=uid, ends_on=form.cleaned_data["ends_on"], on=clock.today(),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le contrat de travail est prolongé.")
            return HttpResponseRedirect(href(actor, "people:show", uid=line.participant_uid))
    return _page(request, actor, line, form, ("Prolonger le contrat de travail", "Prolonger"))


@action("facilitator", methods=("GET", "POST"))
def end(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Record the last day worked."""
    line = work_contract(actor=actor, uid=uid)
    demand(line.can_change)
    today = clock.today()
    form = EndForm(posted(request), initial={"ended_on": min(line.ends_on or today, today)})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_placement(
                actor=actor, uid=uid, ended_on=form.cleaned_data["ended_on"],
                reason=PlacementEnd(form.cleaned_data["reason"]), on=today,
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La fin du contrat de travail est enregistrée.")
            return HttpResponseRedirect(href(actor, "people:show", uid=line.participant_uid))
    return _page(request, actor, line, form, ("Terminer le contrat de travail", "Enregistrer la fin"))


@action("facilitator", methods=("GET", "POST"))
def allocate(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Another entreprise utilisatrice, another engagement, for the same work contract."""
    line = work_contract(actor=actor, uid=uid)
    demand(line.can_change)
    form = allocate_form(request, actor)
    if request.method == "POST" and form.is_valid():
        try:
            done = move(actor, uid, form)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            if done is not None:
                messages.success(request, "La mise à disposition est enregistrée.")
                return HttpResponseRedirect(href(actor, "people:show", uid=line.participant_uid))
    return _page(request, actor, line, form, ("Ajouter une mise à disposition", "Ajouter"))
