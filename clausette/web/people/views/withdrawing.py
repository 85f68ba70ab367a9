"""What was typed by mistake is withdrawn; a mise à disposition ends while the work contract goes on."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.french import format_date
from clausette.placements import operations
from clausette.placements.permissions import can_change_placement
from clausette.placements.queries import (
    AllocationLine,
    WorkContractLine,
    placement_key,
    work_contract,
    work_contract_with,
)
from clausette.web.components.lists import Crumb
from clausette.web.doors import action
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.work import LastDayForm, WithdrawForm
from clausette.web.refusals import answered
from clausette.web.typed import posted


def _page(
    request: HttpRequest, actor: Actor, line: WorkContractLine, form: forms.Form, words: tuple[str, str, str]
) -> HttpResponse:
    back = href(actor, "people:show", uid=line.participant_uid)
    context = {
        "crumbs": crumbs(actor, Crumb(line.person_name, back)), "cancel": back, "known": "", "title": words[0],
        "verb": words[1], "lead": f"{line.person_name}, {words[2]}",
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)


def _done(
    request: HttpRequest, actor: Actor, line: WorkContractLine, form: forms.Form, act: Callable[[], Any], told: str
) -> HttpResponse | None:
    """Do it and go back to the person; None: the form says why not."""
    return answered(request, form, act, told, lambda _: href(actor, "people:show", uid=line.participant_uid))


@action("facilitator", methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw a mise à l'emploi typed by mistake; one that has hours is ended instead."""
    demand(can_change_placement(actor, owner_org_id=placement_key(actor, uid).owner_org_id, ended_on=None))
    line, form = work_contract(actor=actor, uid=uid), WithdrawForm(posted(request))
    answer = _done(
        request, actor, line, form,
        lambda: operations.withdraw_placement(
            actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now()
        ),
        "La mise à l'emploi est retirée.",
    )  # fmt: skip
    told = f"chez {line.employer_name} du {format_date(line.starts_on)}. Seulement si elle n'a aucune heure."
    return answer or _page(request, actor, line, form, ("Retirer la mise à l'emploi", "Retirer", told))


def _where(part: AllocationLine) -> str:
    return f"chez {part.host_name}, marché « {part.contract_name} », depuis le {format_date(part.starts_on)}."


@action("facilitator", methods=("GET", "POST"))
def end_allocation(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say the last day in an entreprise utilisatrice, the work contract going on."""
    line, part = work_contract_with(actor=actor, allocation_uid=uid)
    demand(line.can_change)
    form = LastDayForm(posted(request))

    def act() -> None:
        day: date = form.cleaned_data["ends_on"]
        operations.end_allocation(actor=actor, uid=uid, ends_on=day, on=clock.today())

    answer = _done(request, actor, line, form, act, "La fin de la mise à disposition est enregistrée.")
    words = ("Terminer la mise à disposition", "Enregistrer la fin", _where(part))
    return answer or _page(request, actor, line, form, words)


@action("facilitator", methods=("GET", "POST"))
def withdraw_allocation(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw a mise à disposition typed by mistake."""
    line, part = work_contract_with(actor=actor, allocation_uid=uid)
    demand(line.can_change)
    form = WithdrawForm(posted(request))
    answer = _done(
        request, actor, line, form,
        lambda: operations.withdraw_allocation(
            actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now()
        ),
        "La mise à disposition est retirée.",
    )  # fmt: skip
    return answer or _page(request, actor, line, form, ("Retirer la mise à disposition", "Retirer", _where(part)))
