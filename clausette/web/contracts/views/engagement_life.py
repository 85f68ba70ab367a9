"""Pages of the life of an engagement: suspended, taken up, parts decided, reopened, its versions compared."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments import operations, permissions
from clausette.commitments.enums import PartStatus, VersionReason
from clausette.commitments.queries import BaseSheet, CommitmentSheet, commitment_sheet
from clausette.files.enums import Purpose
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import WrongState
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.contracts.forms.engagement_life import DecideForm, ReasonForm, ResumeForm, StopForm, asked
from clausette.web.contracts.views.common import READERS, href
from clausette.web.contracts.views.doing import done, kept, sent
from clausette.web.contracts.views.phase_proposal import decision_initial, paper_of, proposal_of
from clausette.web.contracts.views.versions import version_rows
from clausette.web.doors import action, page
from clausette.web.transfers import limited_upload


def changing(actor: Actor, uid: UUID) -> CommitmentSheet:
    """The sheet of an engagement that the actor changes. Raises Absent, NotAllowed."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=clock.today())
    demand(
        permissions.can_add_version(
            actor, owner_org_id=sheet.contract.owner_org_id, contract_state=sheet.contract.state,
            closed_on=sheet.closed_on,
        )
    )  # fmt: skip
    return sheet


def crumbs_of(actor: Actor, sheet: CommitmentSheet | BaseSheet) -> Breadcrumb:
    """Back to the contract, then to the engagement."""
    contract = Crumb(sheet.contract.common_name, href(actor, "contracts:show", uid=sheet.contract.uid))
    return Breadcrumb((contract, Crumb(sheet.contractor_name, href(actor, "contracts:commitment", uid=sheet.uid))))


def answer(
    request: HttpRequest,
    actor: Actor,
    sheet: CommitmentSheet | BaseSheet,
    form: forms.Form,
    write: Callable[[], object],
    *,
    told: str,
    template: str = "contracts/form.html",
    **shown: object,
) -> HttpResponse:
    """Write what a valid form says and go back to the engagement, else show the form. `shown`: title, verb, intro."""
    back = href(actor, "contracts:commitment", uid=sheet.uid)
    if done(request, form, write, told):
        return HttpResponseRedirect(back)
    context = {"form": form, "sheet": sheet.contract, "crumbs": crumbs_of(actor, sheet), "cancel": back, "intro": ""}
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, template, context | shown, status=status)


def _read(sheet: CommitmentSheet) -> dict[str, object]:
    return {"on": clock.today(), "after": sheet.versions[0].number if sheet.versions else None}


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def suspend(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Stop the schedule."""
    sheet = changing(actor, uid)
    form = StopForm(**sent(request), initial=_read(sheet))

    def write() -> None:
        values = form.cleaned_data
        operations.suspend_commitment(
            actor=actor, uid=uid, on=asked(form, "on"), comment=values["comment"], after=values["after"],
            document_uid=kept(actor, sheet.contract.id, form),
        )  # fmt: skip

    intro = (
        "Aucune heure ne devient due pendant la suspension, et aucun relevé n'est attendu des mois entièrement "
        "suspendus. Les heures déjà dues le restent."
    )
    return answer(
        request, actor, sheet, form, write, told="L'engagement est suspendu.", title="Suspendre l'engagement",
        verb="Suspendre", intro=intro,
    )  # fmt: skip


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def resume(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take the schedule up again."""
    sheet = changing(actor, uid)
    form = ResumeForm(**sent(request), initial=_read(sheet))

    def write() -> None:
        values = form.cleaned_data
        operations.resume_commitment(
            actor=actor, uid=uid, on=asked(form, "on"), comment=values["comment"], ends_on=values["ends_on"],
            after=values["after"], document_uid=kept(actor, sheet.contract.id, form),
        )  # fmt: skip

    intro = "Avec un nouveau terme, les parties qui n'étaient pas finies sont reportées d'autant de jours."
    return answer(
        request, actor, sheet, form, write, told="L'engagement est repris.", title="Reprendre l'engagement",
        verb="Reprendre", intro=intro,
    )  # fmt: skip


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def decide(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Confirm conditional parts, or cancel them."""
    sheet = changing(actor, uid)
    last = sheet.versions[0].parts if sheet.versions else ()
    if not any(part.status == PartStatus.CONDITIONAL for part in last):
        raise WrongState("Cet engagement n'a pas de partie conditionnelle à décider.")
    found = proposal_of(request, actor, sheet, last)
    initial = _read(sheet) | (decision_initial(found) if found else {})
    form = DecideForm(**sent(request), initial=initial, parts=last)
    if found and found.phase.document_uid:
        form.fields["document"].help_text = "Vide : la pièce de la décision du marché."

    def write() -> None:
        values, ranks = form.cleaned_data, [int(rank) for rank in form.cleaned_data["ranks"]]
        same = found is not None and found.same(values["reason"], ranks)
        operations.decide_parts(
            actor=actor, uid=uid, reason=VersionReason(values["reason"]), ranks=ranks,
            on=asked(form, "on"), comment=values["comment"], after=values["after"],
            document_uid=paper_of(found, kept(actor, sheet.contract.id, form), same=same),
            phase_uid=found.phase.uid if found and same else None,
        )  # fmt: skip

    usual = "Une partie affermie ou reconduite devient due ; une partie non reconduite ne compte plus."
    intro = f"{found.told} {usual}" if found else usual
    return answer(
        request, actor, sheet, form, write, told="La décision est enregistrée.",
        title="Décider des parties conditionnelles", verb="Enregistrer la décision", intro=intro,
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def reopen(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Open a settled engagement again."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=clock.today())
    contract = sheet.contract
    owner, state = contract.owner_org_id, contract.state
    demand(permissions.can_add_version(actor, owner_org_id=owner, contract_state=state, closed_on=None))
    if sheet.closed_on is None:
        raise WrongState("Cet engagement n'est pas soldé.")
    form = ReasonForm(**sent(request))

    def write() -> None:
        operations.reopen_commitment(actor=actor, uid=uid, reason=form.cleaned_data["reason"])

    return answer(
        request, actor, sheet, form, write, told="L'engagement est rouvert.", title="Rouvrir l'engagement",
        verb="Rouvrir", intro="Les relevés sont de nouveau attendus jusqu'au terme.",
    )  # fmt: skip


@page(*READERS)
def versions(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The versions, the latest first, each with what it changed."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=clock.today())
    context = {
        "sheet": sheet,
        "crumbs": crumbs_of(actor, sheet),
        "rows": version_rows(actor, sheet),
    }
    return TemplateResponse(request, "contracts/versions.html", context)
