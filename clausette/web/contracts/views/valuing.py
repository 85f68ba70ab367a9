"""The valuation rules of an engagement: training before hiring, and what else its clause says of hours."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.enums import COUNTING_MATTERS, ValuedMatter
from clausette.commitments.permissions import can_add_version
from clausette.commitments.queries import (
    CommitmentSheet,
    ValuedLine,
    commitment_sheet,
    valued_line,
    valued_lines,
)
from clausette.commitments.rules import Valued, in_force
from clausette.files.enums import Purpose
from clausette.hours.operations import say_rule, withdraw_rule
from clausette.hours.rules.controls import control
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import Decision, demand
from clausette.kernel.french import format_date, format_number, format_percent, plural
from clausette.reference.queries import parameters_on
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.contracts.forms.engagement_life import ReasonForm
from clausette.web.contracts.forms.valuing import ValuedForm
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.counting_rules import first_counting
from clausette.web.contracts.views.doing import done, kept, sent
from clausette.web.contracts.views.engagement_life import answer, changing, crumbs_of
from clausette.web.doors import action
from clausette.web.transfers import limited_upload

OFFERED: list[ValuedMatter] = [one for one in ValuedMatter if one != ValuedMatter.CONTROL]
UNSAID = {
    ValuedMatter.BEFORE_HIRING: "rien n'est dit : elle ne compte pas",
    ValuedMatter.CARRY_OVER: "rien n'est dit : le surplus reste où il est",
    ValuedMatter.SIAE: "rien n'est dit : elle compte, selon les modalités admises",
}


def dated_rules(actor: Actor, sheet: CommitmentSheet) -> dict[ValuedMatter, Valued]:
    """The dated rules of the month of the figures, by matter; one query."""
    rules = [
        one.rule for one in valued_lines(actor=actor, commitment_id=sheet.id) if one.withdrawn_on is None
    ]
    told = {matter: in_force(rules, matter, sheet.as_of) for matter in OFFERED}
    return {matter: rule for matter, rule in told.items() if rule is not None}


def valued_facts(dated: Mapping[ValuedMatter, Valued]) -> list[Fact]:
    """What applies of each matter, with its source."""
    found = []
    for matter in OFFERED:
        rule = dated.get(matter)
        if rule is None and matter in COUNTING_MATTERS:
            continue  # the conditions say it
        told = f"{rule.source}, depuis le {format_date(rule.starts_on)}." if rule else ""
        found.append(Fact(matter.label, rule.words if rule else UNSAID[matter], help=told))
    return found


def _may(actor: Actor, sheet: CommitmentSheet) -> Decision:
    return can_add_version(
        actor, owner_org_id=sheet.contract.owner_org_id, contract_state=sheet.contract.state,
        closed_on=sheet.closed_on,
    )  # fmt: skip


def _table(actor: Actor, lines: Sequence[ValuedLine], today: date, reason: str) -> Table:
    alive = [one.rule for one in lines if one.withdrawn_on is None]

    def state(row: ValuedLine) -> object:
        if row.withdrawn_on is not None:
            return f"Retirée le {format_date(row.withdrawn_on)} : {row.withdrawn_reason}"
        return "en vigueur" if in_force(alive, row.rule.matter, today) == row.rule else ""

    def gesture(row: ValuedLine) -> object:
        if row.withdrawn_on is not None:
            return ""
        about = f"la règle du {format_date(row.rule.starts_on)}, {row.rule.matter.label.lower()}"
        return LinkButton(
            "Retirer", href(actor, "contracts:withdraw_valued", uid=row.uid), "quiet", reason, about=about
        )

    def paper(row: ValuedLine) -> str:
        return href(actor, "hours:evidence", uid=row.document_uid) if row.document_uid else ""

    columns: list[Column[ValuedLine]] = [
        Column("Règle", lambda row: row.rule.matter.label),
        Column("À partir du", lambda row: row.rule.starts_on, "date"),
        Column("Ce qu'elle dit", lambda row: row.rule.words),
        Column("Où c'est écrit", lambda row: row.rule.source),
        Column("État", state),
        Column("Geste", gesture),
    ]
    empty = EmptyState(
        "Aucune règle dite", "Écrivez ce que le CCAP ou l'acte dit de ces heures : sans règle, elles ne comptent pas.",
        icon="file",
    )  # fmt: skip
    return Table(
        "Règles de valorisation", columns, lines, empty=empty, links={"Où c'est écrit": paper}, narrow="cards"
    )


def _usage() -> str:
    """What a rule that admits without a ceiling is held against."""
    today = parameters_on(clock.today())
    hours, share = today["before_hiring_hours"], today["before_hiring_share"]
    days = plural(int(today["before_hiring_days"]), "jour")
    return (
        f"Sans plafond dit, une formation avant l'embauche au-delà de l'usage ({format_number(hours)} h par personne, "
        f"{format_percent(share)} des heures dues, embauche dans les {days}) demande une justification à la validation."
    )


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", "buyer", "contractor", methods=("GET", "POST"))
def valued(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The rules said, and the form of the next one for those who may."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=clock.today())
    may = _may(actor, sheet)
    if request.method == "POST":
        demand(may)
    form = ValuedForm(**sent(request), matters=OFFERED, initial={"starts_on": sheet.starts_on, "admitted": "oui"})

    def write() -> None:
        say_rule(
            actor=actor, uid=uid, rule=form.rule(), on=clock.today(),
            document_uid=kept(actor, sheet.contract.id, form),
        )  # fmt: skip

    if done(request, form, write, "La règle est enregistrée."):
        return HttpResponseRedirect(href(actor, "contracts:valued", uid=uid))
    lines = [
        line for line in valued_lines(actor=actor, commitment_id=sheet.id) if line.rule.matter != ValuedMatter.CONTROL
    ]
    context = {
        "form": form if may else None,
        "refused": may.reason,
        "sheet": sheet,
        "usage": _usage(),
        "at_first": Facts(first_counting(sheet)),
        "crumbs": crumbs_of(actor, sheet),
        "table": _table(actor, lines, clock.today(), may.reason),
        "cancel": href(actor, "contracts:commitment", uid=uid),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/valued.html", context, status=status)


@action("facilitator", methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take back a rule typed wrong."""
    line = valued_line(actor=actor, uid=uid)
    sheet = changing(actor, line.commitment_uid)
    form = ReasonForm(**sent(request))

    def write() -> None:
        withdraw_rule(actor=actor, uid=uid, on=clock.today(), reason=form.cleaned_data["reason"])

    return answer(
        request, actor, sheet, form, write, told="La règle est retirée.", title="Retirer une règle", verb="Retirer",
        intro=f"{_what(line.rule)} : {line.rule.words}, à partir du {format_date(line.rule.starts_on)}.",
    )  # fmt: skip


def _what(rule: Valued) -> str:
    """What a rule is of."""
    return control(rule.control).title if rule.matter == ValuedMatter.CONTROL else rule.matter.label
