"""« Heures non nominatives » of a month: typed for one engagement, with the number of people and the document."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.queries import list_commitments
from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.hours.enums import HoursKind, StatementSource
from clausette.hours.operations import StatementRef, correct_collective, remove_collective, save_collective
from clausette.hours.permissions import ContractPart, can_type, can_validate
from clausette.hours.queries import collective_line, contract_part, statement_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_hours, of_month, plural
from clausette.kernel.operation import isolated
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import parties_visible_to
from clausette.web.doors import action
from clausette.web.hours.forms.balances import CollectiveCorrection, CollectiveForm
from clausette.web.hours.forms.choices import month_in
from clausette.web.hours.views.common import contract_crumbs, href
from clausette.web.refusals import add_refusal
from clausette.web.transfers import limited_upload, refuse_cut

BODIES = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR, PartyRole.EMPLOYER)


def declarants_of(actor: Actor, part: ContractPart) -> list[tuple[str, str]]:
    """The bodies that may declare hours on a contract, as choices: one's own only, for a firm."""
    held = parties_visible_to(actor).filter(contract_id=part.id, role__in=BODIES, revoked_at=None)
    if not part.piloted:
        held = held.filter(organisation_id=actor.organisation_id)
    names = dict(held.order_by("organisation__name").values_list("organisation__uid", "organisation__name"))
    return [(str(uid), name) for uid, name in names.items()]


def _form(request: HttpRequest, actor: Actor, part: ContractPart) -> CollectiveForm:
    owed = [row for row in list_commitments(actor=actor, as_of=clock.today()) if row.contract_uid == part.uid]
    commitments = [(str(row.uid), row.name) for row in owed if row.closed_on is None]
    declarants = declarants_of(actor, part)
    initial = {"month": month_in(request.GET.get("mois", "")), "declarant": request.GET.get("declarant", "")}
    if request.method == "POST":
        return CollectiveForm(request.POST, request.FILES, commitments=commitments, declarants=declarants)
    return CollectiveForm(initial=initial, commitments=commitments, declarants=declarants)


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", "contractor", "employer", methods=("GET", "POST"))
def attest(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Type the hours of a month attested as a whole, then open the statement that holds them."""
    part = contract_part(actor, uid)
    demand(can_type(actor, part, actor.organisation_id))
    form = _form(request, actor, part)
    cut = form.is_bound and refuse_cut(request, form, "evidence")
    if form.is_bound and not cut and form.is_valid():
        try:
            ref = _save(actor, part, form)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Les heures non nominatives sont dans le relevé. Il reste à le transmettre.")
            return HttpResponseRedirect(href(actor, "hours:statement", uid=ref.uid))
    context = {
        "crumbs": contract_crumbs(actor, part.uid, part.name),
        "title": "Heures non nominatives",
        "lead": "Attestées en bloc (ESAT, détention, chantier d'insertion) : des heures, jamais des participants.",
        "form": form,
        "verb": "Enregistrer dans le relevé",
        "back": href(actor, "hours:grid", uid=part.uid) if part.piloted else href(actor, "hours:list"),
    }
    status = 413 if cut else 400 if form.is_bound else 200
    return TemplateResponse(request, "hours/plain_form.html", context, status=status)


def _save(actor: Actor, part: ContractPart, form: CollectiveForm) -> StatementRef:
    values = form.cleaned_data
    held = values["evidence"]
    with isolated():  # the document and the hours, or neither
        document = store_file(
            actor=actor, name=held.name or "", data=held.read(), purpose=Purpose.EVIDENCE, contract_id=part.id
        )
        return save_collective(
            actor=actor, commitment_uid=UUID(values["commitment"]), declarant_uid=UUID(values["declarant"]),
            month=values["month"], hours=values["hours"], people=values["people"], document_uid=document,
            kind=HoursKind(values["kind"]), on=clock.today(),
            source=StatementSource.GRID if part.piloted else StatementSource.PORTAL,
        )  # fmt: skip


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def correct(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask what validated hours without names should have been, then write what corrects them."""
    owner, line = collective_line(actor=actor, uid=uid)
    sheet = statement_sheet(actor=actor, uid=owner, on=clock.today())
    demand(can_validate(sheet.part))
    bound = request.method == "POST"
    initial = {"hours": line.current}
    form = CollectiveCorrection(request.POST, request.FILES) if bound else CollectiveCorrection(initial=initial)
    cut = bound and refuse_cut(request, form, "evidence")
    if bound and not cut and form.is_valid():
        try:
            _correct(actor, sheet.part, uid, form)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La correction est enregistrée. Les heures d'origine restent visibles.")
            return HttpResponseRedirect(href(actor, "hours:statement", uid=owner))
    people = plural(line.people, "personne")
    context = {
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "title": f"Corriger {format_hours(line.current)} non nominatives",
        "lead": f"{sheet.declarant_name}, {people}, mois {of_month(sheet.month)}. Une nouvelle ligne porte l'écart.",
        "form": form,
        "verb": "Enregistrer la correction",
        "back": href(actor, "hours:statement", uid=owner),
    }
    status = 413 if cut else 400 if bound else 200
    return TemplateResponse(request, "hours/plain_form.html", context, status=status)


def _correct(actor: Actor, part: ContractPart, uid: UUID, form: CollectiveCorrection) -> None:
    values, held = form.cleaned_data, form.cleaned_data["evidence"]
    with isolated():  # the document and the hours, or neither
        document = None
        if held is not None:
            document = store_file(
                actor=actor, name=held.name or "", data=held.read(), purpose=Purpose.EVIDENCE, contract_id=part.id
            )
        correct_collective(
            actor=actor, uid=uid, new_hours=values["hours"], reason=values["reason"], document_uid=document,
            at=clock.now(), on=clock.today(),
        )  # fmt: skip


@action("facilitator", "contractor", "employer")
def remove(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take hours without names away from a statement that is not validated."""
    ref = remove_collective(actor=actor, uid=uid)
    messages.success(request, "Les heures non nominatives sont retirées du relevé.")
    return HttpResponseRedirect(href(actor, "hours:statement", uid=ref.uid))
