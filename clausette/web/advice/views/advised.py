"""What a study advises: the levier juridique, with where to choose it."""

from uuid import UUID

from clausette.advice.queries import bought_study
from clausette.kernel.actor import Actor
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
    return {
        "advised": Facts(facts),
        "advised_links": [
            LinkButton("Choisir le levier", href(actor, "advice:device", uid=uid), "secondary"),
            LinkButton("Textes", href(actor, "advice:texts", uid=uid), "secondary"),
        ],
    }
