"""Simulation at term of the « heures non réalisées » and of their cost, for facilitator and buyer."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.commitments.errors import PenaltyRefused
from clausette.commitments.queries import CommitmentSheet, commitment_sheet
from clausette.commitments.rules import Shortfall, shortfall_penalty
from clausette.hours.queries import Progress, progress_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date, format_euros, format_hours, format_month, format_number
from clausette.reference.queries import DatedValue, parameter_row
from clausette.web.components.figures import Figure
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.contracts.views.common import day_asked, href, lines_href
from clausette.web.doors import page
from clausette.web.inputs import Amount, FrenchDate


class ShortfallForm(forms.Form):
    """Day of the figures, multiple and SMIC: those known are proposed."""

    au = FrenchDate("Chiffres au", required=False)
    k = Amount("Multiple du SMIC par heure", least=0, most=999, required=False)
    smic = Amount("SMIC horaire (€)", above=0, most=999, required=False)


def _form(request: HttpRequest, sheet: CommitmentSheet, smic: DatedValue) -> ShortfallForm:
    known = {
        "au": sheet.as_of.isoformat(),
        "k": format_number(sheet.penalty_multiplier),
        "smic": format_number(smic.value),
    }
    form = ShortfallForm({name: request.GET.get(name) or value for name, value in known.items()})
    form.is_valid()
    return form


def _simulate(form: ShortfallForm, sheet: CommitmentSheet, done: Progress) -> Shortfall:
    """Raises PenaltyRefused while the follow-up is not complete."""
    if sheet.figures.followed:
        raise PenaltyRefused("Cet engagement n'a pas d'objectif chiffré : aucune heure n'est due.")
    values = form.cleaned_data
    if form.errors:
        raise PenaltyRefused("Corrigez les valeurs de la simulation.")
    return shortfall_penalty(
        due=sheet.figures.firm_at_term,
        validated=done.validated,
        multiplier=values["k"],
        smic=values["smic"],
        months_missing=len(done.missing_months),
        months_pending=len(done.pending_months),
    )


@page("facilitator", "buyer")
def simulate(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """What the shortfall would cost if the engagement ended on the day asked; refused while months are unknown."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=day_asked(request))
    done = progress_of(actor=actor, commitment_ids=[sheet.id], as_of=sheet.as_of).get(sheet.id) or Progress(
        sheet.id, 0, 0
    )
    smic = parameter_row(code="smic_hourly", on=sheet.as_of)
    form = _form(request, sheet, smic)
    found: Shortfall | None = None
    refusal = ""
    try:
        found = _simulate(form, sheet, done)
    except Refusal as refused:
        refusal = refused.message
    context = {
        "sheet": sheet,
        "form": form,
        "refusal": refusal,
        "unknown": [(format_month(month), "sans relevé") for month in done.missing_months]
        + [(format_month(month), "à valider") for month in done.pending_months],
        "months_href": _months_href(actor, sheet),
        "figures": _figures(found) if found else [],
        "sentence": found.sentence if found else "",
        "facts": _facts(actor, sheet, done, smic),
        "crumbs": Breadcrumb(
            (
                Crumb(sheet.contract.common_name, href(actor, "contracts:show", uid=sheet.contract.uid)),
                Crumb(sheet.contractor_name, href(actor, "contracts:commitment", uid=uid)),
            )
        ),
        "followed_from": _followed_from(sheet, done),
        "before_term": sheet.as_of < sheet.ends_on,
    }
    return TemplateResponse(request, "contracts/shortfall.html", context)


def _followed_from(sheet: CommitmentSheet, done: Progress) -> str:
    """What the simulation does not know, when the follow-up began late and no balance tells what was before."""
    if sheet.expected_from is None or done.makeup.taken_over_on is not None:
        return ""
    since = format_month(sheet.expected_from)
    return f"Le suivi commence en {since} : les heures d'avant ne comptent ici que si elles sont saisies ou reprises."


def _months_href(actor: Actor, sheet: CommitmentSheet) -> str:
    """Where what is missing can be typed, else where it can be read."""
    grid = href(actor, "hours:grid", uid=sheet.contract.uid) if actor.can("facilitator") else ""
    return grid or href(actor, "contracts:commitment", uid=sheet.uid) + "#mois"


def _figures(found: Shortfall) -> list[Figure]:
    return [
        Figure(
            format_euros(found.amount),
            "pénalité encourue",
            definition="Le maître d'ouvrage seul décide d'appliquer une pénalité.",
        ),
        Figure(format_hours(found.hours), "non réalisées"),
    ]


def _facts(actor: Actor, sheet: CommitmentSheet, done: Progress, smic: DatedValue) -> Facts:
    lines = lines_href(actor, engagement=sheet.uid, state="validated", as_of=sheet.as_of)
    return Facts(
        [
            Fact(
                "Dues fermes au terme",
                format_hours(sheet.figures.firm_at_term),
                href(actor, "contracts:commitment", uid=sheet.uid) + "#echeancier",
            ),
            Fact("Validées", format_hours(done.validated), lines),
            Fact(
                "SMIC horaire",
                format_euros(smic.value),
                help=f"{smic.source} ; depuis le {format_date(smic.valid_from)}.",
            ),
        ]
    )
