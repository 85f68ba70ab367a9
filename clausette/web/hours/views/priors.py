"""« Formation avant l'embauche » of a month: typed with its certificate, told on the statement, taken away."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.queries import valued_by
from clausette.commitments.rules import in_force
from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.hours.enums import HoursKind, LineState, StatementSource, StatementState
from clausette.hours.operations import StatementRef, remove_prior, save_prior
from clausette.hours.permissions import ContractPart, can_type, can_validate
from clausette.hours.queries import (
    PriorLine,
    SheetLine,
    StatementSheet,
    contract_part,
    priors_by_line,
    priors_of,
    workers,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date, format_hours
from clausette.kernel.operation import isolated
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.hours.forms.choices import month_in
from clausette.web.hours.forms.priors import PriorForm
from clausette.web.hours.views.collective import declarants_of
from clausette.web.hours.views.common import contract_crumbs, href
from clausette.web.refusals import add_refusal
from clausette.web.transfers import limited_upload, refuse_cut

NOT_SAID = (
    "Le relevé la garde, mais l'engagement ne dit pas qu'il l'admet ce mois-là : elle ne pourra pas être validée sans "
    "cette règle."
)


def _form(request: HttpRequest, actor: Actor, part: ContractPart) -> PriorForm:
    own = None if part.piloted else actor.organisation_id
    people = workers(actor=actor, contract_id=part.id, declarant_id=own)
    trainings = [one for one in priors_of(actor=actor, contract_id=part.id) if one.left > 0]
    declarants = declarants_of(actor, part)
    if request.method == "POST":
        return PriorForm(
            request.POST, request.FILES, people=people, declarants=declarants, trainings=trainings
        )
    initial = {"month": month_in(request.GET.get("mois", ""))}
    return PriorForm(initial=initial, people=people, declarants=declarants, trainings=trainings)


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", "contractor", "employer", methods=("GET", "POST"))
def declare(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Type the hours of a month of a training that came before a work contract, then open its statement."""
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
            messages.success(request, "La formation est dans le relevé. Il reste à le transmettre.")
            if not _admitted(actor, form):
                messages.warning(request, NOT_SAID)
            return HttpResponseRedirect(href(actor, "hours:statement", uid=ref.uid))
    context = {
        "crumbs": contract_crumbs(actor, part.uid, part.name),
        "title": "Formation avant l'embauche",
        "lead": "POEI, POEC, formation préparatoire : ses heures comptent si l'engagement les admet et si l'embauche "
        "suit. Un mois à la fois.",
        "form": form,
        "verb": "Enregistrer dans le relevé",
        "back": href(actor, "hours:grid", uid=part.uid) if part.piloted else href(actor, "hours:list"),
    }
    status = 413 if cut else 400 if form.is_bound else 200
    return TemplateResponse(request, "hours/plain_form.html", context, status=status)


def _save(actor: Actor, part: ContractPart, form: PriorForm) -> StatementRef:
    values, worker = form.cleaned_data, form.worker()
    with isolated():  # the certificate and the hours, or neither
        training = form.chosen()
        if training is None:
            held = values["evidence"]
            document = store_file(
                actor=actor, name=held.name or "", data=held.read(), purpose=Purpose.EVIDENCE, contract_id=part.id
            )
        return save_prior(
            actor=actor, commitment_uid=worker.commitment_uid, placement_uid=worker.placement_uid,
            declarant_uid=UUID(values["declarant"]), month=values["month"], hours=values["hours"],
            training=training or form.new(document), on=clock.today(),
            source=StatementSource.GRID if part.piloted else StatementSource.PORTAL,
        )  # fmt: skip


def _admitted(actor: Actor, form: PriorForm) -> bool:
    owed = form.worker().commitment_id
    rules = valued_by(actor=actor, commitment_ids=[owed]).get(owed, ())
    rule = in_force(rules, ValuedMatter.BEFORE_HIRING, form.cleaned_data["month"])
    return rule is not None and rule.admitted


@action("facilitator", "contractor", "employer")
def remove(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take the hours of a training away from a statement that is not validated."""
    ref = remove_prior(actor=actor, line_uid=uid)
    messages.success(request, "La formation est retirée du relevé.")
    return HttpResponseRedirect(href(actor, "hours:statement", uid=ref.uid))


@dataclass(frozen=True, slots=True)
class OpenPrior:
    """A training that may still be taken away from the statement."""

    uid: str
    told: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class _Row:
    line: SheetLine
    training: PriorLine


def _told(row: _Row) -> str:
    """« POEI, AFPA, du 31 août au 25 septembre 2026 »."""
    one = row.training
    dates = f"du {format_date(one.starts_on)} au {format_date(one.ends_on)}"
    return f"{one.kind.label}, {one.provider}, {dates}"


def _hours(row: _Row) -> str:
    return f"{format_hours(row.line.hours)} ce mois, {format_hours(row.training.hours)} attestées"


def _table(actor: Actor, sheet: StatementSheet) -> Table | None:
    """The trainings of the statement with their certificates; None without any (no query)."""
    lines = [line for line in sheet.lines if line.kind == HoursKind.BEFORE and line.corrects is None]
    if not lines:
        return None
    known = priors_by_line(actor=actor, contract_id=sheet.part.id, statement_id=sheet.id)
    rows = [_Row(line, known[line.uid]) for line in lines if line.uid in known]
    columns: list[Column[_Row]] = [
        Column("Personne", lambda row: row.line.person),
        Column("Formation", _told),
        Column("Heures", _hours),
        Column("Attestation", lambda row: "Ouvrir"),
    ]

    def piece(row: _Row) -> str:
        return href(actor, "hours:evidence", uid=row.training.document_uid)

    return Table("Formations avant l'embauche", columns, rows, links={"Attestation": piece}, narrow="cards")


def _open(actor: Actor, sheet: StatementSheet) -> list[OpenPrior]:
    """Return the trainings that the actor may still take away, until the statement is validated."""
    handed = sheet.state == StatementState.SUBMITTED and bool(can_validate(sheet.part))
    begun = sheet.state in (StatementState.DRAFT, StatementState.RETURNED)
    if not handed and not (begun and can_type(actor, sheet.part, sheet.declarant_id)):
        return []
    return [
        OpenPrior(
            str(line.uid), f"{format_hours(line.hours)} de formation de {line.person}",
            href(actor, "hours:remove_prior", uid=line.uid),
        )
        for line in sheet.lines
        if line.kind == HoursKind.BEFORE and line.corrects is None
        and line.state in (LineState.DRAFT, LineState.DECLARED)
    ]  # fmt: skip


def priors_shown(actor: Actor, sheet: StatementSheet) -> dict[str, object]:
    """What the page of a statement tells of its trainings before hiring."""
    return {"priors": _table(actor, sheet), "prior_open": _open(actor, sheet)}
