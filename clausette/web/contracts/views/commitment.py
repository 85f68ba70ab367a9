"""One engagement d'insertion: its page, its curve, its creation, its versions."""

from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments import operations, permissions
from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind, VersionReason
from clausette.commitments.queries import (
    CommitmentSheet,
    commitment_sheet,
    default_conditions,
    usual_counting,
)
from clausette.files.enums import Purpose
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, Refusal
from clausette.kernel.operation import isolated
from clausette.procurement.queries import ContractSheet, contract_sheet, contractors_of
from clausette.reports.curve import CurvePoint, progress_curve
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.contracts.forms.commitment import CommitmentForm, VersionForm, initial_of, parts_asked
from clausette.web.contracts.forms.conditions import copied_initial
from clausette.web.contracts.views.commitment_page import commitment_context, followed_of
from clausette.web.contracts.views.common import READERS, day_asked, href
from clausette.web.contracts.views.contract import crumbs
from clausette.web.contracts.views.defaults import usual
from clausette.web.contracts.views.doing import sent
from clausette.web.contracts.views.papers import papers_of
from clausette.web.contracts.views.phase_proposal import Proposal, proposal_of, version_initial
from clausette.web.doors import action, page
from clausette.web.refusals import add_refusal
from clausette.web.transfers import limited_upload, refuse_cut
from clausette.web.typed import posted

WIDE, NARROW = 640, 330


@page(*READERS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The page of an engagement as of a day."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=day_asked(request))
    return TemplateResponse(request, "contracts/commitment.html", commitment_context(request, actor, sheet))


@page(*READERS)
def curve(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The curve as a picture; drawn again only when a figure changed."""
    as_of = day_asked(request)
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=as_of)
    points = [
        CurvePoint(point.month, point.due, point.validated, point.declared)
        for point in followed_of(actor, sheet)[1]
    ]
    firm = None if sheet.figures.followed else sheet.figures.firm_at_term
    due = None if sheet.figures.followed else sheet.figures.to_date
    width = NARROW if request.GET.get("largeur") == str(NARROW) else WIDE
    etag = f'"{sha256(repr((points, as_of, firm, due, width)).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        drawn = progress_curve(points, as_of, firm, width=width, due_to_date=due)
        response = HttpResponse(drawn, content_type="image/svg+xml")
    response.headers["ETag"] = etag
    return response


def _lots(contract: ContractSheet) -> list[tuple[str, str]]:
    return [
        (str(lot.uid), f"Lot {lot.number} · {lot.title}{'' if lot.has_clause else ' (sans clause)'}")
        for lot in contract.lots
    ]


def _new_form(request: HttpRequest, actor: Actor, contract: ContractSheet) -> CommitmentForm:
    held = default_conditions(actor=actor, owner_org_id=contract.owner_org_id, on=clock.today())
    initial: dict[str, object] = {
        "kind": CommitmentKind.COMPUTED,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "amount_ht": contract.amount_ht,
        **copied_initial(held or usual()),
    }
    firms = [(str(uid), name) for uid, name in contractors_of(actor=actor, contract_id=contract.id)]
    more = request.method == "POST" and "more" in request.POST
    form = CommitmentForm(
        **({} if more else sent(request)),
        contractors=firms,
        lots=_lots(contract),
        initial=_again(request) if more else initial,
        parts=parts_asked(request.POST),
    )
    said = held.counting if held else None
    form.say_counting(usual_counting(on=clock.today(), structure=said), said)
    return form


def _again(request: HttpRequest) -> dict[str, object]:
    """What was typed, shown again with more lines."""
    several = {name: request.POST.getlist(name) for name in ("publics", "modalities")}
    return {**request.POST.dict(), **several}


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def create(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Record the engagement of a titulaire."""
    contract = contract_sheet(actor=actor, uid=uid)
    awarded = any(award.ended_on is None for award in contract.awards)
    demand(
        permissions.can_create_commitment(
            actor, owner_org_id=contract.owner_org_id, contract_state=contract.state, has_contractor=awarded
        )
    )
    form, status = _new_form(request, actor, contract), 200
    if form.is_bound and refuse_cut(request, form, "document"):
        status = 413
    elif form.is_bound and form.is_valid():
        try:
            made = _create(actor, contract, form)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "L'engagement d'insertion est enregistré.")
            return HttpResponseRedirect(href(actor, "contracts:commitment", uid=made))
    context = {
        "form": form,
        "crumbs": crumbs(actor, contract),
        "cancel": href(actor, "contracts:show", uid=uid),
        "title": "Nouvel engagement d'insertion",
        "schedule_open": form.schedule_open,
        "amount_open": form["kind"].value() == CommitmentKind.PER_AMOUNT,
        "share_open": form["kind"].value() == CommitmentKind.SHARE_OF_HOURS,
    }
    return TemplateResponse(
        request, "contracts/commitment_form.html", context, status=max(status, _status(form))
    )


def _status(form: CommitmentForm | VersionForm) -> int:
    return 400 if form.is_bound and form.errors else 200


def _create(actor: Actor, contract: ContractSheet, form: CommitmentForm) -> UUID:
    values, kind = form.cleaned_data, CommitmentKind(form.cleaned_data["kind"])
    with isolated():  # the papers and the engagement, or neither
        return operations.create_commitment(
            actor=actor,
            contract_uid=contract.uid,
            contractor_uid=UUID(values["contractor"]),
            lot_uid=UUID(values["lot"]) if values["lot"] else None,
            kind=kind,
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            terms=form.terms(kind),
            parts=() if kind in WITHOUT_FIGURE else form.parts(),
            targets=form.targets(),
            papers=papers_of(actor, contract.id, form),
            added_on=values["added_on"],
            on=clock.today(),
            **form.options(),
        )


def _version_form(request: HttpRequest, sheet: CommitmentSheet, found: Proposal | None) -> VersionForm:
    more = request.method == "POST" and "more" in request.POST
    initial = {**initial_of(sheet), "effective_on": clock.today()}
    if found:
        initial |= version_initial(found, sheet)
    return VersionForm(
        None if more else posted(request),
        None if more else request.FILES or None,
        initial=request.POST.dict() if more else initial,
        parts=parts_asked(request.POST, known=len(sheet.parts)),
    )


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def version(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say what the engagement becomes, from a day on, and why."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=clock.today())
    demand(
        permissions.can_add_version(
            actor,
            owner_org_id=sheet.contract.owner_org_id,
            contract_state=sheet.contract.state,
            closed_on=sheet.closed_on,
        )
    )
    found = proposal_of(request, actor, sheet, sheet.parts) if request.GET.get("phase") else None
    form = _version_form(request, sheet, found)
    status = 200
    if form.is_bound and refuse_cut(request, form, "document"):
        status = 413
    elif form.is_bound and form.is_valid():
        try:
            _add(actor, sheet, form)
        except Refusal as refusal:
            status = 409 if isinstance(refusal, Conflict) else 400
            add_refusal(form, refusal)
        else:
            messages.success(request, "La nouvelle version est enregistrée.")
            return HttpResponseRedirect(href(actor, "contracts:commitment", uid=uid))
    contract = sheet.contract
    context = {
        "form": form,
        "sheet": sheet,
        "crumbs": Breadcrumb(
            (
                Crumb(contract.common_name, href(actor, "contracts:show", uid=contract.uid)),
                Crumb(sheet.contractor_name, href(actor, "contracts:commitment", uid=uid)),
            )
        ),
        "cancel": href(actor, "contracts:commitment", uid=uid),
        "title": "Nouvelle version de l'engagement",
        "proposed": found.told if found else "",
        "schedule_open": True,
        "computed": sheet.kind == CommitmentKind.COMPUTED,
        "per_amount": sheet.kind == CommitmentKind.PER_AMOUNT,
        "share": sheet.kind == CommitmentKind.SHARE_OF_HOURS,
        "followed": sheet.kind in WITHOUT_FIGURE,
    }
    return TemplateResponse(
        request, "contracts/version_form.html", context, status=max(status, _status(form))
    )


def _add(actor: Actor, sheet: CommitmentSheet, form: VersionForm) -> None:
    values = form.cleaned_data
    with isolated():  # the document and the version, or neither
        operations.add_version(
            actor=actor,
            uid=sheet.uid,
            reason=VersionReason(values["reason"]),
            comment=values["comment"],
            effective_on=values["effective_on"],
            terms=form.terms(sheet.kind),
            parts=() if sheet.kind in WITHOUT_FIGURE else form.parts(),
            targets=form.targets(),
            ends_on=values["ends_on"],
            after=values["after"],
            papers=papers_of(actor, sheet.contract.id, form),
        )
