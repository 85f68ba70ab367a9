"""The life of a contract: its states, its relaunch, its phases, another titulaire."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.files.enums import Purpose
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import WrongState
from clausette.procurement import operations, permissions
from clausette.procurement.enums import ContractState, PhaseKind
from clausette.procurement.queries import (
    contract_sheet,
    phase_line,
    phases_of,
)
from clausette.procurement.rules import RELAUNCHED
from clausette.web.contracts.forms.life import DecisionForm, MoveForm, PhaseForm, RelaunchForm
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import changeable, done, form_page, kept, sent
from clausette.web.doors import action
from clausette.web.transfers import limited_upload


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def move(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Change the state of a contract, with the day, the reason, the paper."""
    sheet = contract_sheet(actor=actor, uid=uid)
    demand(permissions.can_pilot(actor, owner_org_id=sheet.owner_org_id))
    today = clock.today()
    form = MoveForm(**sent(request), states=sheet.next_states, today=today, initial={"on": today})

    def write() -> None:
        values = form.cleaned_data
        operations.move_contract(
            actor=actor,
            uid=uid,
            to=ContractState(values["to"]),
            reason=values["reason"],
            on=values["on"],
            motive=values.get("motive", ""),
            document_uid=kept(actor, sheet.id, form),
        )

    if form.is_bound and done(request, form, write, "L'état du marché est changé."):
        return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    intro = "" if sheet.next_states else "Aucun autre état ne suit celui-ci."
    title, verb = "Changer l'état du marché", "Changer l'état"
    return form_page(request, actor, sheet, form, title=title, verb=verb, intro=intro)


@action("facilitator", methods=("GET", "POST"))
def relaunch(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Begin again a fruitless or abandoned contract, linked to it."""
    sheet = contract_sheet(actor=actor, uid=uid)
    demand(permissions.can_pilot(actor, owner_org_id=sheet.owner_org_id))
    if ContractState(sheet.state) not in RELAUNCHED:
        raise WrongState("Seul un marché infructueux ou sans suite se relance.")
    form = RelaunchForm(**sent(request), lots=sheet.lots, initial={"common_name": sheet.common_name})
    made: list[UUID] = []

    def write() -> None:
        chosen = form.cleaned_data.get("lots")
        made.append(
            operations.relaunch_contract(
                actor=actor,
                uid=uid,
                on=clock.today(),
                lot_uids=None if chosen is None else [UUID(one) for one in chosen],
                common_name=form.cleaned_data["common_name"],
            )
        )

    if done(request, form, write, "Le marché est relancé : voici sa nouvelle fiche."):
        return HttpResponseRedirect(href(actor, "contracts:show", uid=made[-1]))
    intro = "Une nouvelle fiche reprend le maître d'ouvrage, l'objet et les lots. Elle reste liée à celle-ci."
    return form_page(request, actor, sheet, form, title="Relancer le marché", verb="Relancer", intro=intro)


@action("facilitator", methods=("GET", "POST"))
def plan_phase(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Record a tranche, a reconduction or a year."""
    sheet = changeable(actor, uid)
    known = phases_of(actor=actor, contract_id=sheet.id)
    first = PhaseKind.RENEWAL if any(row.kind == PhaseKind.BASE_PERIOD for row in known) else None
    number = max((row.number for row in known if row.kind == first), default=0) + 1
    initial = {"kind": first or PhaseKind.OPTIONAL_TRANCHE, "number": number}
    form = PhaseForm(**sent(request), lots=sheet.lots, initial=initial)

    def write() -> None:
        lot = form.cleaned_data.get("lot")
        operations.plan_phase(
            actor=actor, contract_uid=uid, entry=form.entry(), lot_uid=UUID(lot) if lot else None
        )

    if done(request, form, write, "La phase est enregistrée."):
        return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    intro = (
        "Une tranche optionnelle ou une reconduction attend une décision : ses heures ne sont dues qu'ensuite. "
        "Les autres phases sont fermes dès la signature."
    )
    return form_page(
        request, actor, sheet, form, title="Ajouter une phase", verb="Ajouter cette phase", intro=intro
    )


@action("facilitator")
def plan_years(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Cut a concession into its years."""
    operations.plan_years(actor=actor, contract_uid=uid)
    return HttpResponseRedirect(href(actor, "contracts:show", uid=uid) + "#phases")


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def decide_phase(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say that a tranche is affermie, that a reconduction is made, or not."""
    phase = phase_line(actor=actor, uid=uid)
    sheet = changeable(actor, phase.contract_uid)
    if not phase.waits:
        raise WrongState(f"Cette phase n'attend pas de décision : {phase.told.lower()}.")
    renewal, today = phase.kind == PhaseKind.RENEWAL, clock.today()
    form = DecisionForm(**sent(request), renewal=renewal, today=today, initial={"on": today})

    def write() -> None:
        values = form.cleaned_data
        operations.decide_phase(
            actor=actor, uid=uid, confirmed=values["confirmed"] == "oui", on=values["on"],
            reason=values["reason"], document_uid=kept(actor, sheet.id, form),
        )  # fmt: skip

    if done(request, form, write, "La décision est enregistrée. Adaptez maintenant l'engagement d'insertion."):
        return HttpResponseRedirect(href(actor, "contracts:show", uid=sheet.uid) + "#phases")
    title = "Décider la reconduction" if renewal else "Décider la tranche optionnelle"
    intro = f"{phase.name}. L'engagement ne change pas tout seul : une nouvelle version dira les heures dues."
    return form_page(request, actor, sheet, form, title=title, verb="Enregistrer la décision", intro=intro)
