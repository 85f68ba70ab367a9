"""The surplus of a settled engagement, counted on another of the same titulaire by a signed act."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind, ValuedMatter
from clausette.commitments.operations import Signed
from clausette.commitments.queries import (
    ActLine,
    CommitmentSheet,
    commitment_sheet,
    list_commitments,
    valued_by,
)
from clausette.commitments.rules import in_force
from clausette.files.enums import Purpose
from clausette.hours.operations import carry_surplus, give_back_surplus
from clausette.hours.queries import Surplus, surplus_of
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, WrongState
from clausette.kernel.french import format_date, format_hours
from clausette.procurement.permissions import can_pilot
from clausette.web.contracts.forms.engagement_life import CarryForm, ReasonForm, asked
from clausette.web.contracts.views.doing import kept, sent
from clausette.web.contracts.views.engagement_life import answer, changing
from clausette.web.contracts.views.engagement_side import NO_OTHER_ENGAGEMENT, NOT_SETTLED
from clausette.web.doors import action
from clausette.web.transfers import limited_upload

NOTHING_MORE = (
    "Cet engagement n'a pas, ou plus, d'heures nominatives validées au-delà de ses heures dues : rien n'est à reporter."
)


def _choices(actor: Actor, sheet: CommitmentSheet) -> list[tuple[str, str]]:
    """Engagements of the same titulaire and buyer that still run, each with what it says of a surplus today."""
    today = clock.today()
    lines = [
        line
        for line in list_commitments(actor=actor, as_of=today)
        if line.id != sheet.id and line.closed_on is None and line.contractor_id == sheet.contractor_id
        and line.buyer_uid == sheet.contract.buyer_uid and CommitmentKind(line.kind) not in WITHOUT_FIGURE
    ]  # fmt: skip
    rules = valued_by(actor=actor, commitment_ids=[line.id for line in lines])

    def said(key: int) -> str:
        rule = in_force(rules.get(key, ()), ValuedMatter.CARRY_OVER, today)
        return f"report {rule.words}" if rule else "ne dit rien du report"

    lines.sort(key=lambda line: line.id not in rules)  # those that say something first
    return [(str(line.uid), f"{line.contract_name} · {line.name} ({said(line.id)})") for line in lines]


def _intro(surplus: Surplus) -> str:
    due, done = format_hours(surplus.due or 0), format_hours(surplus.validated)
    told = f"{done} validées pour {due} dues : {format_hours(surplus.hours)} de surplus"
    if surplus.available < surplus.hours:
        told += f", dont {format_hours(surplus.available)} nominatives, qui seules se reportent"
    return (
        f"{told}. Les heures reportées quittent cet engagement et comptent sur l'autre, si sa règle l'admet, dans "
        "son plafond. Chaque heure ne compte qu'une fois ; l'année la garde là où elle a été faite."
    )


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def carry_over(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Count the surplus on another engagement of the same titulaire and buyer."""
    today = clock.today()
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=today)
    demand(can_pilot(actor, owner_org_id=sheet.contract.owner_org_id))
    if sheet.closed_on is None:
        raise WrongState(NOT_SETTLED)
    others = _choices(actor, sheet)
    if not others:
        raise WrongState(NO_OTHER_ENGAGEMENT)
    surplus = surplus_of(actor=actor, commitment_id=sheet.id, on=today)
    if not surplus.available:
        raise WrongState(NOTHING_MORE)
    form = CarryForm(**sent(request), others=others, initial={"starts_on": today, "hours": surplus.available or None})

    def write() -> None:
        paper = kept(actor, sheet.contract.id, form)
        if paper is None:
            raise TypeError("a valid act has its paper")
        carry_surplus(
            actor=actor, from_uid=uid, to_uid=UUID(form.cleaned_data["to"]), hours=form.cleaned_data["hours"],
            starts_on=asked(form, "starts_on"), at=clock.now(), on=today,
            signed=Signed(asked(form, "signed_on"), form.cleaned_data["reason"], paper),
        )  # fmt: skip

    return answer(
        request, actor, sheet, form, write, told="Le surplus est reporté.", title="Reporter le surplus",
        verb="Reporter", intro=_intro(surplus),
    )  # fmt: skip


def give_back(request: HttpRequest, actor: Actor, act: ActLine) -> HttpResponse:
    """Take back a surplus carried over, until the engagement that received it is settled."""
    if act.to_uid is None:
        raise Absent("commitments.CommitmentAct")
    sheet = changing(actor, act.to_uid)
    form = ReasonForm(**sent(request))

    def write() -> None:
        give_back_surplus(
            actor=actor, act_uid=act.uid, reason=form.cleaned_data["reason"], at=clock.now(), on=clock.today()
        )

    hours, signed = format_hours(act.hours or 0), format_date(act.signed_on)
    return answer(
        request, actor, sheet, form, write, told="Le report est annulé.",
        title="Annuler le report", verb="Annuler le report",
        intro=f"{hours} reportées par l'acte signé le {signed} reviennent à l'engagement où elles ont été faites.",
    )  # fmt: skip
