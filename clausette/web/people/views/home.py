"""The home of a person: which priority district, from a commune or a point; nothing is asked outside by itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import plural
from clausette.participants import operations
from clausette.participants.queries import participant_sheet, situation_of
from clausette.reference.geocoding import geocoder_host
from clausette.reference.queries import communes_known, communes_proposed, outlines_cover
from clausette.web.components.lists import Crumb
from clausette.web.doors import action
from clausette.web.people.answer import home_sentence
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.home import HomeForm
from clausette.web.people.map import draw
from clausette.web.people.place import Sought, seek, told
from clausette.web.refusals import add_refusal


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


def _proposals(request: HttpRequest) -> HttpResponse:
    """The communes whose name begins so: no word of the person, so no reading to note."""
    found = communes_proposed(request.POST.get("commune", "")[:120])
    return TemplateResponse(request, "people/home.html#proposals", {"proposed": [one.label for one in found]})


@action("facilitator", methods=("GET", "POST"))
def home(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Choose a commune or give a point, then keep the district. Sent in the body: a home is never in an address."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    if request.POST.get("etape") == "communes":
        return _proposals(request)
    known = situation_of(actor=actor, participant_id=sheet.id).home
    back, said = href(actor, "people:show", uid=uid), {name: str(value) for name, value in request.POST.items()}
    if request.method == "GET":
        said["commune"] = (known.commune_name if known else sheet.commune_name) or ""
    sought = seek(said)
    if request.method == "GET":
        form = HomeForm(initial={"commune": said["commune"]}, sought=sought)
    else:
        form = HomeForm(said, sought=sought)
        if form.is_valid() and said.get("etape") == "garder" and _keep(actor, uid, form):
            messages.success(request, "Le domicile est enregistré.")
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.REASONS, [uid])
    context = {
        "crumbs": crumbs(actor, Crumb(sheet.name, back)), "cancel": back, "known": home_sentence(known),
        "lead": sheet.name, "olds": form.olds, "proposed": [], **_shown(sought, said),
    }  # fmt: skip
    return form_page(request, "people/home.html", form, context)


def _shown(sought: Sought, said: dict[str, str]) -> dict[str, Any]:
    """What the page says of what was found."""
    chosen = sought.commune
    words = said.get("commune", "").strip() or said.get("adresse", "").strip()
    return {
        "sought": sought,
        "several": [one.label for one in sought.several],
        "unknown": bool(words) and not sought.several and chosen is None,
        "loaded": chosen is not None or communes_known(),
        "nobody": chosen is not None and not sought.candidates,
        "official": chosen is None or bool(sought.candidates) or outlines_cover(chosen.code),
        "map": draw(sought.candidates, sought.point, said.get("cadre", "")),
        "places": [(one.label, told(one.point)) for one in sought.places],
        "host": geocoder_host(),
        "announced": f"{chosen.label} : {plural(len(sought.candidates), 'quartier')}." if chosen else "",
    }
