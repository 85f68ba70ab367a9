"""« Choisir le levier »: a few questions, a suggestion with its reasons, and what is kept in the study."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from clausette.advice.operations import advise_device
from clausette.advice.queries import BoughtStudy, bought_study, device_advice_of
from clausette.advice.rules import DeviceAdvice
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_euros, format_short_date
from clausette.procurement.enums import LegalDeviceKind
from clausette.web.advice.device_forms import ChoosingForm, KeepDeviceForm, starting
from clausette.web.advice.views.common import href
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.doors import action
from clausette.web.refusals import add_refusal


def study_crumbs(actor: Actor, study: BoughtStudy) -> Breadcrumb:
    """The path to what is about a study."""
    listing = Crumb("Études", href(actor, "advice:studies"))
    return Breadcrumb((listing, Crumb(study.title, href(actor, "advice:study", uid=study.uid))))


@action("facilitator", methods=("GET", "POST"))
def choose(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The questions and the suggestion; sent back, what is kept."""
    study = bought_study(actor=actor, uid=uid)
    keeping = KeepDeviceForm(request.POST) if request.method == "POST" else None
    if keeping is not None and keeping.is_valid():
        said = keeping.cleaned_data
        try:
            advise_device(
                actor=actor, study_uid=uid, device=LegalDeviceKind(said["device"]), reasons=said["reasons"]
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(keeping, refusal)
        else:
            messages.success(request, "Le levier est gardé dans l'étude.")
            return HttpResponseRedirect(href(actor, "advice:study", uid=uid))
    return _page(request, actor, study, keeping)


def _page(request: HttpRequest, actor: Actor, study: BoughtStudy, keeping: KeepDeviceForm | None) -> HttpResponse:
    asked = request.GET
    said = QueryDict(mutable=True)
    said.update(starting(study))
    for name, values in asked.lists():
        said.setlist(name, values)
    form = ChoosingForm(said, study)
    on = study.engaged_on or clock.today()
    found = device_advice_of(form.facts(on)) if form.is_valid() else None
    told = "repondre" in asked or keeping is not None
    context = {
        "study": study,
        "crumbs": study_crumbs(actor, study),
        "form": form,
        "known": _known(study),
        "found": found if told else None,
        "facts": _facts(found) if found else None,
        "keeping": keeping or _proposed(study, found if told or not study.device else None),
        "told": "repondre" in asked,
        "cancel": href(actor, "advice:study", uid=study.uid),
    }
    return TemplateResponse(request, "advice/device.html", context, status=400 if keeping else 200)


def _known(study: BoughtStudy) -> Facts:
    """What the answer reads in the study."""
    on = study.engaged_on
    return Facts(
        (
            Fact("Qui achète", str(study.buyer_kind.label) if study.buyer_kind else ""),
            Fact("Nature", str(study.nature.label) if study.nature else ""),
            Fact("Valeur estimée HT", "" if study.amount_ht is None else format_euros(study.amount_ht)),
            Fact("Consultation engagée le", format_short_date(on) if on else "non renseigné : droit du jour"),
        )
    )


def _facts(found: DeviceAdvice) -> Facts:
    article = found.article.label if found.article else ""
    facts = [Fact("Article à citer", article)]
    if found.platform:
        facts.append(Fact("Aide au choix du Marché de l'inclusion", found.platform, help="Usage, pas du droit."))
    return Facts(facts)


def _proposed(study: BoughtStudy, found: DeviceAdvice | None) -> KeepDeviceForm:
    device = found.device.value if found else (study.device.value if study.device else "")
    return KeepDeviceForm(initial={"device": device, "reasons": found.summary if found else study.device_reasons})
