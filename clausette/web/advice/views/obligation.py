"""« Clause obligatoire ? »: the test of the social condition, with the reasons to leave it out."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.advice.enums import Verdict
from clausette.advice.queries import obligation_of
from clausette.advice.rules import ObligationTest
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_euros
from clausette.reference.enums import Reliability
from clausette.web.advice.forms import ObligationForm
from clausette.web.advice.views.common import href, tabs
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.doors import page

_TONES: dict[Verdict, Tone] = {
    Verdict.MANDATORY: "warn",
    Verdict.OPTIONAL: "ok",
    Verdict.NOT_APPLICABLE: "neutral",
    Verdict.UNKNOWN: "info",
}


@page("facilitator")
def test(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form, and the answer for the purchase that the address tells."""
    asked = "valeur" in request.GET
    form = (
        ObligationForm(request.GET) if asked else ObligationForm(initial={"engagee": clock.today().isoformat()})
    )  # fmt: skip
    found = obligation_of(form.purchase()) if asked and form.is_valid() else None
    context = {
        "tabs": tabs(actor, "advice:obligation"),
        "form": form,
        "asked": asked,
        "focus": not request.headers.get("HX-Request"),
        "found": found,
        "badge": answer_badge(found) if found else None,
        "facts": answer_facts(found) if found else None,
        "next": _next(actor, request, found) if found else None,
    }
    return TemplateResponse(request, "advice/obligation.html", context)


def answer_badge(found: ObligationTest) -> Badge:
    """The answer in its words and its tone."""
    return Badge(found.verdict.label, _TONES[found.verdict])


def answer_facts(found: ObligationTest) -> Facts:
    """The article, the threshold of the day and the rules that answered."""
    row = found.threshold_row
    facts = []
    if found.article:
        sure = found.article_reliability.label if found.article_reliability else ""
        facts.append(Fact("Article à citer", found.article, help=sure))
    if found.threshold is not None and row:
        period = f"du {format_date(row.starts_on)} au {format_date(row.ends_on)}"
        told = f"{row.source}, {period} ({_lower(Reliability(row.reliability))})"
        facts.append(Fact("Seuil européen", f"{format_euros(found.threshold)} HT", help=told))
    facts.append(Fact("Règles appliquées", found.rule_version))
    return Facts(facts)


def _lower(reliability: Reliability) -> str:
    label = str(reliability.label)
    return f"{label[0].lower()}{label[1:]}"


def _next(actor: Actor, request: HttpRequest, found: ObligationTest) -> LinkButton | None:
    if found.verdict == Verdict.NOT_APPLICABLE:
        return None
    target = href(actor, "advice:calculate", query={"montant": request.GET.get("valeur", "")})
    return LinkButton("Calculer les heures", target, "primary")
