"""The controls of hours that one engagement switches off, or on again, from a month on."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.operations import say_valued
from clausette.commitments.queries import ValuedLine, rules_of, valued_lines
from clausette.hours.rules.controls import control
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date
from clausette.web.components.buttons import LinkButton
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.contracts.forms.controls import SwitchForm
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import done, sent
from clausette.web.contracts.views.engagement_life import changing, crumbs_of
from clausette.web.doors import action


@action("facilitator", methods=("GET", "POST"))
def controls(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """What is off today, what was said since when, and the form of the next switch."""
    sheet, today = changing(actor, uid), clock.today()
    form = SwitchForm(**sent(request), initial={"starts_on": today, "admitted": "non"})

    def write() -> None:
        say_valued(actor=actor, uid=uid, rule=form.rule())

    if done(request, form, write, "C'est enregistré."):
        return HttpResponseRedirect(href(actor, "contracts:controls", uid=uid))
    said = [
        line for line in valued_lines(actor=actor, commitment_id=sheet.id) if line.rule.matter == ValuedMatter.CONTROL
    ]
    off = rules_of(actor=actor, commitment_ids=[sheet.id], on=today)[sheet.id].at(today).controls_off
    context = {
        "form": form,
        "sheet": sheet,
        "off": [f"{control(code).title} ({code})" for code in sorted(off)],
        "table": _table(actor, said, today),
        "crumbs": crumbs_of(actor, sheet),
        "cancel": href(actor, "contracts:conditions", uid=uid),
        "rules_href": href(actor, "contracts:default_rules"),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/controls.html", context, status=status)


def _table(actor: Actor, lines: Sequence[ValuedLine], today: date) -> Table:
    def state(row: ValuedLine) -> object:
        if row.withdrawn_on is not None:
            return f"Retirée le {format_date(row.withdrawn_on)} : {row.withdrawn_reason}"
        return "à venir" if row.rule.starts_on > today else ""

    def gesture(row: ValuedLine) -> object:
        if row.withdrawn_on is not None:
            return ""
        about = f"ce qui est dit du contrôle {row.rule.control} le {format_date(row.rule.starts_on)}"
        return LinkButton("Retirer", href(actor, "contracts:withdraw_valued", uid=row.uid), "quiet", about=about)

    columns: list[Column[ValuedLine]] = [
        Column("Contrôle", lambda row: f"{control(row.rule.control).title} ({row.rule.control})"),
        Column("À partir du", lambda row: row.rule.starts_on, "date"),
        Column("Sur cet engagement", lambda row: row.rule.words),
        Column("Pourquoi", lambda row: row.rule.source),
        Column("État", state),
        Column("Geste", gesture),
    ]
    empty = EmptyState(
        "Rien n'est dit pour ce marché", "Les contrôles suivent les règles par défaut de la structure.", icon="file"
    )
    return Table("Contrôles de l'engagement dans le temps", columns, lines, empty=empty, narrow="cards")
