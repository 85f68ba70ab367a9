"""What the views of this area share."""

from decimal import Decimal

from clausette.kernel.actor import Actor
from clausette.kernel.french import plural
from clausette.participants.enums import ReferralState
from clausette.participants.rules import AnswerTimes
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts

href = address_of
_TONES: dict[ReferralState, Tone] = {
    ReferralState.PROPOSED: "wait",
    ReferralState.IN_REVIEW: "info",
    ReferralState.RETURNED: "warn",
    ReferralState.ACCEPTED: "ok",
    ReferralState.REFUSED: "danger",
    ReferralState.WITHDRAWN: "neutral",
}
NOBODY = "Aucune structure n'a encore dit qu'elle travaille avec vous : demandez à votre facilitateur de vous ajouter."


def state_badge(state: ReferralState) -> Badge:
    """« Proposée », « Acceptée »…"""
    return Badge(state.label, _TONES[state])


def crumbs(actor: Actor, *steps: Crumb, made: bool = False) -> Breadcrumb:
    """The list of the structure, or of the prescriber (`made` by a body that has the two trades), then the steps."""
    received = actor.can("facilitator") and not made
    first = Crumb(
        "Orientations reçues" if received else "Mes candidats",
        href(actor, "referrals:received" if received else "referrals:list"),
    )
    return Breadcrumb((first, *steps))


def times_facts(times: AnswerTimes, target: Decimal) -> Facts:
    """How long an answer takes: what both bodies read."""
    usual = plural(times.typical, "jour") if times.typical is not None else "Pas encore de réponse"
    oldest = plural(times.oldest, "jour") if times.oldest is not None else "Rien n'attend"
    return Facts(
        (
            Fact("Délai de réponse, le plus souvent", usual, help="Médiane des réponses des douze derniers mois."),
            Fact("La plus ancienne attend depuis", oldest),
            Fact(
                "Repère",
                plural(int(target), "jour"),
                help="Usage modifiable, de fiabilité faible : aucun texte ne fixe ce délai.",
            ),
        )
    )
