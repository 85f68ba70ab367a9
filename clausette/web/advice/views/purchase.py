"""The purchase of a study: opened, changed, the test of the condition on its page, the reason of a waiver."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.advice.operations import change_study, create_study, waive_study
from clausette.advice.queries import PurchaseSheet, purchase_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, Refusal
from clausette.kernel.french import format_date, format_euros
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import known_organisations
from clausette.web.advice.study_forms import StudyForm, WaiverForm, initial_of
from clausette.web.advice.views.common import href
from clausette.web.advice.views.obligation import answer_badge, answer_facts
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.doors import action
from clausette.web.refusals import add_refusal

CHANGED = "L'étude est modifiée."


def _form(request: HttpRequest, actor: Actor, initial: dict[str, object]) -> StudyForm:
    buyers = known_organisations(actor=actor, role=PartyRole.BUYER)
    return StudyForm(request.POST if request.method == "POST" else None, initial=initial, buyers=buyers)


def _page(
    request: HttpRequest, form: StudyForm, crumbs: tuple[Crumb, ...], words: tuple[str, str, str]
) -> HttpResponse:
    title, verb, cancel = words
    context = {"form": form, "crumbs": Breadcrumb(crumbs), "title": title, "verb": verb, "cancel": cancel}
    return TemplateResponse(request, "advice/study_form.html", context, status=400 if form.is_bound else 200)


@action("facilitator", methods=("GET", "POST"))
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a study: who asks, what for, since when, what is known of the purchase, and the lots."""
    form = _form(request, actor, {"asked_on": clock.today().isoformat()})
    if form.is_bound and form.is_valid() and (facts := form.facts(actor)) is not None:
        said = form.cleaned_data
        try:
            uid = create_study(
                actor=actor, buyer_name=said["buyer_name"], title=said["title"], asked_on=said["asked_on"],
                answer_due_on=said["answer_due_on"], lots=form.lots(), **facts,
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "L'étude est ouverte.")
            return HttpResponseRedirect(href(actor, "advice:study", uid=uid))
    words = ("Nouvelle étude", "Ouvrir l'étude", href(actor, "advice:studies"))
    return _page(request, form, (Crumb("Études", href(actor, "advice:studies")),), words)


@action("facilitator", methods=("GET", "POST"))
def change(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Change what is known of the purchase, add lots."""
    sheet = purchase_sheet(actor=actor, uid=uid)
    form = _form(request, actor, initial_of(sheet))
    form.fields["lots"].label = "Lots à ajouter"
    if form.is_bound and form.is_valid() and (facts := form.facts(actor)) is not None:
        said = form.cleaned_data
        try:
            change_study(
                actor=actor, study_uid=uid, buyer_name=said["buyer_name"], title=said["title"],
                asked_on=said["asked_on"], answer_due_on=said["answer_due_on"], lots=form.lots(), **facts,
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, CHANGED)
            return HttpResponseRedirect(href(actor, "advice:study", uid=uid))
    here = href(actor, "advice:study", uid=uid)
    crumbs = (Crumb("Études", href(actor, "advice:studies")), Crumb(sheet.title, here))
    return _page(request, form, crumbs, ("Modifier l'étude", "Enregistrer", here))


@action("facilitator")
def waive(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Keep the reason of the buyer who leaves the condition out, or take it back."""
    form = _waiver(purchase_sheet(actor=actor, uid=uid), request.POST)
    if not form.is_valid():
        raise Invalid({"waiver": "Choisissez un motif dans la liste."})
    waive_study(actor=actor, study_uid=uid, waiver=form.cleaned_data["waiver"])
    told = "Le motif de dérogation est gardé." if form.cleaned_data["waiver"] else "L'étude ne porte plus de motif."
    messages.success(request, told)
    return HttpResponseRedirect(href(actor, "advice:study", uid=uid))


def _waiver(sheet: PurchaseSheet, data: object = None) -> WaiverForm:
    motives = [(one.code, one.label) for one in (sheet.test.motives if sheet.test else ()) if not one.refusal]
    return WaiverForm(data, motives=motives, initial={"waiver": sheet.waiver_code})


def purchase_context(actor: Actor, uid: UUID) -> dict[str, object]:
    """What the page of the study shows of its purchase: the facts, the answer of the test, the reason of a waiver."""
    sheet = purchase_sheet(actor=actor, uid=uid)
    found = sheet.test
    return {
        "purchase": sheet,
        "purchase_facts": _facts(sheet),
        "purchase_missing": ", ".join(sheet.missing),
        "obligation": found,
        "obligation_badge": answer_badge(found) if found else None,
        "obligation_facts": answer_facts(found) if found else None,
        "waiver_form": _waiver(sheet) if found and found.motives else None,
        "waiver_href": href(actor, "advice:waive_study", uid=uid),
        "change": LinkButton("Modifier", href(actor, "advice:change_study", uid=uid)),
    }


def _facts(sheet: PurchaseSheet) -> Facts:
    buyer = f"SIRET {sheet.buyer_siret}" if sheet.buyer_siret else ""
    rows = [
        Fact("Maître d'ouvrage", sheet.buyer_name, help=buyer),
        Fact("Qui achète", sheet.buyer_kind.label if sheet.buyer_kind else None),
        Fact("Numéro chez l'acheteur", sheet.reference or None),
        Fact("Nature", _nature(sheet)),
        Fact("Valeur estimée HT", format_euros(sheet.amount_ht) if sheet.amount_ht is not None else None),
        Fact("Code CPV", sheet.cpv or None),
        Fact("Consultation engagée le", format_date(sheet.engaged_on) if sheet.engaged_on else None),
        Fact("Durée", f"{sheet.duration_months} mois" if sheet.duration_months else None),
        Fact("Lieu d'exécution", sheet.place or None),
    ]
    if sheet.said_social:
        rows.append(Fact("Clause annoncée par l'acheteur", sheet.said_social))
    return Facts(rows)


def _nature(sheet: PurchaseSheet) -> str | None:
    told = [sheet.nature.label] if sheet.nature else []
    told += ["concession"] if sheet.is_concession else []
    told += ["défense ou sécurité"] if sheet.is_defence else []
    return ", ".join(told) or None
