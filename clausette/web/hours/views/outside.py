"""Hours validated that the counting rules of today would not take: read, and corrected by lines that cite them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.queries import commitment_key
from clausette.hours.operations import correct_outside
from clausette.hours.permissions import can_validate
from clausette.hours.queries import contract_part, outside_rules, outside_shown
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import plural
from clausette.web.doors import action, page
from clausette.web.hours.forms.answers import OutsideForm
from clausette.web.hours.outside import outside_table
from clausette.web.hours.views.common import contract_crumbs, href
from clausette.web.refusals import add_refusal

KEPT = "Une règle a changé après leur validation. Elles restent comptées tant que personne ne les corrige."


@action("facilitator", methods=("GET", "POST"))
def outside(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Those of one engagement; all its whole lines may be brought to zero at once, with one reason."""
    key = commitment_key(actor, uid)
    part = contract_part(actor, key.contract_uid)
    demand(can_validate(part))
    form = OutsideForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            count = correct_outside(
                actor=actor, commitment_uid=uid, reason=form.cleaned_data["reason"], at=clock.now(), on=clock.today()
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{plural(count, 'ligne corrigée', 'lignes corrigées')}, chacune reste lisible.")
            return HttpResponseRedirect(href(actor, "hours:outside", uid=uid))
    found = outside_rules(actor=actor, on=clock.today(), commitment_ids=[key.id])
    rows = outside_shown(actor=actor, found=found)
    note_reading(request, ReadingKind.IDENTITY, {row.participant_uid for row in rows if row.participant_uid})
    context = {
        "crumbs": contract_crumbs(actor, part.uid, part.name),
        "lead": KEPT if rows else "",
        "table": outside_table(actor, rows),
        "form": form if any(row.may_be_corrected for row in rows) else None,
        "back": href(actor, "contracts:commitment", uid=uid),
    }
    return TemplateResponse(request, "hours/outside.html", context, status=400 if form.is_bound else 200)


@page("facilitator")
def all_outside(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Those of all the engagements of the structure: each leads to its own page."""
    rows = outside_shown(actor=actor, found=outside_rules(actor=actor, on=clock.today()))
    note_reading(request, ReadingKind.IDENTITY, {row.participant_uid for row in rows if row.participant_uid})
    context = {
        "crumbs": "",
        "lead": KEPT if rows else "",
        "table": outside_table(actor, rows),
        "form": None,
        "back": href(actor, "contracts:default_rules"),
    }
    return TemplateResponse(request, "hours/outside.html", context)
