"""What a study advises: the levier juridique, with where to choose it."""

from uuid import UUID

from clausette.advice.enums import Compared
from clausette.advice.operations import CHECKED
from clausette.advice.queries import TenderLine, bought_study, tender_checks
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_short_date
from clausette.web.advice.views.common import href
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Fact, Facts


def advised_context(actor: Actor, uid: UUID) -> dict[str, object]:
    """The block « Ce que vous conseillez » of the page of a study."""
    study = bought_study(actor=actor, uid=uid)
    device = str(study.device.label) if study.device else "à choisir"
    facts = [Fact("Levier juridique", device)]
    if study.device_reasons:
        facts.append(Fact("Pourquoi", study.device_reasons))
    why_not = "" if study.state in CHECKED else "Le DCE se vérifie quand l'avis est accepté."
    checks = tender_checks(actor=actor, study_uid=uid)
    if checks:
        facts.append(_check(checks[0]))
    return {
        "advised": Facts(facts),
        "advised_links": [
            LinkButton("Choisir le levier", href(actor, "advice:device", uid=uid), "secondary"),
            LinkButton("Textes", href(actor, "advice:texts", uid=uid), "secondary"),
            LinkButton("Vérifier le DCE", href(actor, "advice:tender", uid=uid), "secondary", why_not),
        ],
    }


def _check(last: TenderLine) -> Fact:
    """The last reading of the tender: hours, then text."""
    same = last.hours == last.text == Compared.SAME
    told = "conforme à notre avis" if same else f"heures : {_said(last.hours)} ; texte : {_said(last.text)}"
    detail = f"Lu le {format_short_date(last.checked_on)} par {last.checked_by}."
    return Fact("DCE", told, help=f"{detail} {last.comment}".strip())


def _said(compared: Compared) -> str:
    label = str(compared.label)
    return f"{label[0].lower()}{label[1:]}"
