"""The home of a person: which priority district, from a commune or a point; nothing is asked outside."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.participants import operations
from clausette.participants.queries import participant_sheet, situation_of
from clausette.reference.queries import (
    CommuneFound,
    DistrictFound,
    communes_known,
    communes_like,
    districts_at,
    districts_of_commune,
)
from clausette.web.components.lists import Crumb
from clausette.web.doors import action
from clausette.web.people.answer import home_sentence
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.home import HomeForm
from clausette.web.refusals import add_refusal


def _located(form: HomeForm) -> tuple[tuple[DistrictFound, ...], str]:
    """The districts where the point is, and what is wrong with it."""
    try:
        point = form.point
        return (districts_at([point])[0] if point else ()), ""
    except ValueError as error:
        return (), str(error)


def _searched(form: HomeForm, words: str) -> tuple[CommuneFound, ...]:
    """Offer the districts of the commune; return the communes to choose from when there are several."""
    found = communes_like(words) if words else ()
    chosen = found[0] if len(found) == 1 else None
    here, wrong = _located(form) if form.is_bound else ((), "")
    form.offer(chosen, districts_of_commune(chosen.code) if chosen else (), here)
    form.forget_elsewhere()
    if wrong:
        form.add_error("longitude", wrong)
    return found if chosen is None else ()


def _keep(actor: Actor, uid: UUID, form: HomeForm) -> bool:
    """Keep what is chosen; False when something is missing, told in the form."""
    if not (form.cleaned_data["district_2024"] or form.cleaned_data["district_2015"].strip()):
        form.add_error("district_2024", "Choisissez un quartier, ou « Aucun, hors quartier ».")
        return False
    try:
        operations.keep_home(actor=actor, participant_uid=uid, home=form.entry(), on=clock.today())
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


@action("facilitator", methods=("GET", "POST"))
def home(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Choose a commune or give a point, then keep the district. Sent in the body: a home is never in an address."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    known = situation_of(actor=actor, participant_id=sheet.id).home
    back = href(actor, "people:show", uid=uid)
    form = HomeForm(request.POST or None, initial={"commune": known.commune_name if known else sheet.commune_name})
    words = request.POST.get("commune", "") if form.is_bound else form.initial["commune"]
    several = _searched(form, words.strip())
    kept = request.method == "POST" and form.is_valid() and form.cleaned_data["etape"] != "chercher"
    if kept and _keep(actor, uid, form):
        messages.success(request, "Le domicile est enregistré.")
        return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.REASONS, [uid])
    context = {
        "crumbs": crumbs(actor, Crumb(sheet.name, back)),
        "cancel": back,
        "known": home_sentence(known),
        "lead": sheet.name,
        "several": [one.label for one in several],
        "unknown": bool(words.strip()) and not several and form.chosen is None,
        "loaded": form.chosen is not None or communes_known(),
        "nobody": form.chosen is not None and not form.named,
        "olds": form.olds,
        "here": [f"{one.name} ({one.code})" for one in form.here],
        "searched_point": form.is_bound and bool(request.POST.get("longitude")) and not form.errors.get("longitude"),
    }
    return form_page(request, "people/home.html", form, context)
