"""Addresses and tabs of the advice."""

from collections.abc import Mapping
from uuid import UUID

from clausette.advice.enums import StudyState, Verdict
from clausette.advice.rules import ObligationTest
from clausette.kernel.actor import Actor
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.lists import Tab, Tabs

_PAGES = (
    ("advice:obligation", "Clause obligatoire ?"),
    ("advice:calculate", "Calculer les heures"),
    ("advice:studies", "Études"),
    ("advice:programmes", "Programmes d'achats"),
    ("advice:values", "Valeurs"),
    ("advice:offers", "Offres"),
    ("advice:templates", "Modèles"),
    ("advice:targets", "Objectifs"),
)
_TONES: dict[StudyState, Tone] = {
    StudyState.TO_STUDY: "wait",
    StudyState.UNDER_STUDY: "info",
    StudyState.OPINION_GIVEN: "neutral",
    StudyState.ACCEPTED: "ok",
    StudyState.REFUSED: "danger",
    StudyState.IN_TENDER: "ok",
    StudyState.PUBLISHED: "info",
    StudyState.AWARDED: "ok",
    StudyState.FRUITLESS: "wait",
    StudyState.ABANDONED: "neutral",
    StudyState.POINTLESS: "neutral",
}
_VERDICTS: dict[Verdict, tuple[str, Tone]] = {
    Verdict.MANDATORY: ("obligatoire", "warn"),
    Verdict.OPTIONAL: ("facultative", "ok"),
    Verdict.NOT_APPLICABLE: ("sans objet", "neutral"),
    Verdict.UNKNOWN: ("seuil inconnu", "info"),
}


def state_badge(state: StudyState) -> Badge:
    """Where a study stands."""
    return Badge(str(state.label), _TONES[state])


def verdict_badge(found: ObligationTest | None) -> Badge:
    """The answer of the test in one word."""
    return Badge(*_VERDICTS[found.verdict]) if found else Badge("à vérifier", "wait")


def href(actor: Actor, name: str, *, query: Mapping[str, object] | None = None, **kwargs: object) -> str:
    """Return the address of a page of the organisation."""
    return address_of(actor, name, query=query, **kwargs)


def tabs(actor: Actor, current: str) -> Tabs:
    """Return the pages of the area, the one shown marked."""
    return Tabs([Tab(label, href(actor, name), current=name == current) for name, label in _PAGES], "Conseil")


def uid_in(text: str) -> UUID | None:
    """Return the identifier written in an address, None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
