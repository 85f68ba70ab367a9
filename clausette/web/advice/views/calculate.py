"""« Calculer les heures »: up to three scenarios side by side, each with its arithmetic and its warnings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.advice.enums import Method
from clausette.advice.errors import CannotCalibrate
from clausette.advice.queries import (
    PastContracts,
    PastLine,
    StudySheet,
    calibration_of,
    limits_on,
    own_figures,
    past_of,
    prefixes_of,
    proposal_of_trade,
    proposals_of_cpv,
    study_sheet,
    trades,
)
from clausette.advice.rules import (
    CALIBRATION_RULES,
    Calibration,
    TradeProposal,
    Warned,
    complete,
    far_from,
    per_100k,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_euros, format_hours, format_percent
from clausette.web.advice.forms import RATES, SCENARIOS, CalculationForm
from clausette.web.advice.views.common import href, tabs, uid_in
from clausette.web.components.figures import Figure
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.tables import Table
from clausette.web.doors import page


@dataclass(frozen=True, slots=True)
class Scenario:
    """One column of results: a figure and where it comes from, or what is missing."""

    number: int
    found: Calibration | None = None
    proposed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    figure: Figure | None = None
    facts: Facts | None = None
    far: Warned | None = None

    @property
    def about(self) -> str:
        """What a button of this column is about."""
        return f"le scénario {self.number}"


MOST_PAST = 20
_HINTS = {
    Method.CLEANING: "Un chiffre d'affaires laissé vide est celui du scénario 1, sinon celui du PACT Propreté.",
    Method.BEYOND: "Un coût laissé vide est celui du scénario 1 ; il sert au coût pour l'entreprise.",
}


@page("facilitator")
def calculate(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The figures that the address tells, and what they make."""
    on = clock.today()
    form = form_of(request.GET.dict(), on)
    method = form.method
    uid = uid_in(request.GET.get("etude", ""))
    study = study_sheet(actor=actor, uid=uid) if uid else None
    past = _past(actor, form, on) if form.is_valid() else None
    scenarios = _scenarios(actor, form, on, told="calculer" in request.GET) if form.is_valid() else []
    if past and past.comparison:
        limits = limits_on(on)
        scenarios = [replace(one, far=far_from(_asked(one), past.comparison, limits)) for one in scenarios]
    context = {
        "tabs": tabs(actor, "advice:calculate"),
        **_of_study(actor, study, request),
        "form": form,
        "common": [form[name] for name in ("metier", "cpv", *form.common) if name in form.fields],
        "columns": [(number, [form[f"{name}_{number}"] for name in form.own]) for number in SCENARIOS],
        "scenarios": scenarios if any(one.found for one in scenarios) else [],
        "past": past if past and (past.comparison or past.left_out) else None,
        "past_table": _past_table(actor, past) if past and past.lines else None,
        "missing": scenarios[0].missing if scenarios else (),
        "told": "calculer" in request.GET,
        "hint": _HINTS.get(method, "Une part ou un coût laissé vide est celui du scénario 1, sinon celui du métier."),
        "started": "calculer" in request.GET or "montant" in request.GET,
        "rule_version": CALIBRATION_RULES,
    }
    return TemplateResponse(request, "advice/calculate.html", context)


def form_of(said: Mapping[str, Any], on: date) -> CalculationForm:
    """The form of what was typed, for its method; rates are proposed to start with."""
    asked = said.get("methode", "")
    method = Method(asked) if asked in Method.values else Method.LOT
    rates = {f"taux_{number}": rate for number, rate in zip(SCENARIOS, RATES, strict=True)}
    return CalculationForm({**rates, "methode": method.value, **said}, method=method, trades=trades(on))


def _of_study(actor: Actor, study: StudySheet | None, request: HttpRequest) -> dict[str, object]:
    """The study in which a scenario may be kept, and its lot if one was chosen."""
    if study is None:
        return {"study": None}
    lot_uid = uid_in(request.GET.get("lot", ""))
    return {
        "study": study.line,
        "lot": next((lot for lot in study.lots if lot.uid == lot_uid), None),
        "study_href": href(actor, "advice:study", uid=study.line.uid),
        "keep_href": href(actor, "advice:keep", uid=study.line.uid),
        "typed": request.GET.urlencode(),
    }


def _scenarios(actor: Actor, form: CalculationForm, on: date, *, told: bool) -> list[Scenario]:
    """Calculate each scenario typed; when `told`, what is missing is also said at its field."""
    try:
        proposal = proposal_of(actor, form, on)
    except CannotCalibrate as refused:
        form.add_error("cpv", refused.message)
        return []
    found = []
    for number in SCENARIOS:
        if not form.typed(number):
            continue
        try:
            completed = complete(form.ask(number), proposal)
            found.append(_shown(number, calibration_of(completed.ask, on=on), completed.told))
        except CannotCalibrate as refused:
            found.append(Scenario(number, missing=tuple(refused.errors.values())))
            if told:
                _tell(form, refused, number)
    return found


def _past(actor: Actor, form: CalculationForm, on: date) -> PastContracts | None:
    """The structure's own contracts of the trade chosen; None while neither trade nor CPV code is given."""
    said = form.cleaned_data
    prefixes = prefixes_of(trade=said.get("metier", ""), cpv=said.get("cpv", ""), on=on)
    return past_of(actor=actor, prefixes=prefixes, on=on) if prefixes else None


def _asked(one: Scenario) -> Decimal | None:
    """Hours for 100 000 € of a scenario."""
    found = one.found
    return (found.per_100k or per_100k(found.hours, found.amount)) if found else None


def _past_table(actor: Actor, past: PastContracts) -> Table:
    columns: list[Column[PastLine]] = [
        Column("Marché", lambda row: row.name),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
        Column("Heures dues", lambda row: row.hours, "hours"),
        Column("Pour 100 000 €", lambda row: row.per_100k, "hours"),
    ]
    rows = past.lines[:MOST_PAST]
    return Table(
        "Marchés comparables", columns, rows,
        row_href=lambda row: href(actor, "contracts:show", uid=row.contract_uid),
    )  # fmt: skip


def _tell(form: CalculationForm, refused: CannotCalibrate, number: int) -> None:
    for rule, sentence in refused.errors.items():
        name = form.field_of(rule, number)
        if not name or sentence not in form.errors.get(name, []):
            form.add_error(name or None, sentence)


def proposal_of(actor: Actor, form: CalculationForm, on: date) -> TradeProposal | None:
    """What the trade proposes, or the CPV code when no trade is chosen; values of the structure come first. Raises
    CannotCalibrate."""
    trade, cpv = form.cleaned_data.get("metier", ""), form.cleaned_data.get("cpv", "")
    if not trade and not cpv:
        return None
    own = own_figures(actor=actor, on=on)
    if trade:
        return proposal_of_trade(trade, on=on, own=own)
    try:
        several = proposals_of_cpv(cpv, on=on, own=own)
    except ValueError as error:
        raise CannotCalibrate({"cpv": str(error)}) from error
    if not several:
        raise CannotCalibrate({"cpv": "Aucun métier connu pour ce code : choisissez le métier, ou donnez la part."})
    if len(several) > 1:
        names = " ou ".join(f"« {one.row.trade} »" for one in several)
        raise CannotCalibrate({"cpv": f"Plusieurs métiers répondent à ce code : choisissez {names}."})
    return several[0]


def _shown(number: int, found: Calibration, proposed: tuple[str, ...]) -> Scenario:
    return Scenario(number, found, proposed, (), _figure(found), _facts(found))


def _figure(found: Calibration) -> Figure:
    same = found.equivalents.sentence if found.equivalents else ""
    if found.method == Method.INVERSE and found.rate is not None:
        return Figure(format_percent(found.rate, places=2), "de la main-d'œuvre", same)
    if found.method == Method.COST and found.cost is not None:
        return Figure(format_euros(found.cost), "pour l'entreprise", same)
    if found.per_100k is not None:
        return Figure(format_hours(found.per_100k), "par 100 000 € HT commandés", same)
    return Figure(format_hours(found.hours or 0), "d'insertion", same)


def _facts(found: Calibration) -> Facts | None:
    """What the figure does not already say."""
    facts = []
    if found.rate is not None and found.method != Method.INVERSE:
        facts.append(Fact("Taux d'insertion", format_percent(found.rate, places=2)))
    if found.per_100k is not None and found.hours is not None:
        facts.append(Fact("Heures du montant donné", format_hours(found.hours)))
    if found.labour_hours is not None:
        all_of_it = "Main-d'œuvre à pourvoir" if found.method == Method.CLEANING else "Main-d'œuvre totale"
        facts.append(Fact(all_of_it, format_hours(found.labour_hours)))
    if found.cost is not None and found.method != Method.COST:
        facts.append(Fact("Coût pour l'entreprise", format_euros(found.cost)))
    return Facts(facts) if facts else None
