"""One referral: the same page for the prescriber who made it and for the structure that answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.participants.enums import PieceState, ReferralState
from clausette.participants.queries import PieceLine, ReferralSheet, pieces_of, referral_sheet
from clausette.participants.rules import REFERRALS
from clausette.web.components.base import Component
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.tables import Table
from clausette.web.doors import page
from clausette.web.people.pieces import pieces_table
from clausette.web.referrals.common import crumbs, href, state_badge
from clausette.web.referrals.pieces import PieceForm

TO_JOIN = (
    "Joignez ce qui prouve la situation : la structure le lit avant de répondre, et tout est détruit si la réponse est "
    "non. Une pièce de santé se voit et ne s'envoie pas."
)
TO_ASK = "Le prescripteur n'a rien joint : demandez la pièce avec « Renvoyer », ou voyez-la avec la personne."
NONE_JOINED = "Rien n'a été joint à cette proposition."


@page("facilitator", "prescriber")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Who is proposed, why, where the answer stands."""
    sheet = referral_sheet(actor=actor, uid=uid)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    pieces = pieces_of(actor=actor, referral_uid=uid)
    if sheet.situations or sheet.opinion or sheet.answer or pieces:
        note_reading(request, ReadingKind.REASONS, [uid])
    context = {
        "title": sheet.name,
        "crumbs": crumbs(actor, made=not sheet.can_answer),
        "badge": state_badge(sheet.line.state),
        "actions": _actions(request, actor, sheet),
        "identity": _identity(sheet),
        "consent": _consent(sheet),
        "situations": sheet.situations,
        "opinion": sheet.opinion,
        "answer": sheet.answer,
        "follow": _follow(actor, sheet),
        "pieces": _pieces(request, actor, sheet, pieces),
    }
    if _may_join(sheet):
        context |= {"piece": PieceForm(), "join_href": href(actor, "referrals:join", uid=uid)}
    return TemplateResponse(request, "referrals/show.html", context)


def _actions(request: HttpRequest, actor: Actor, sheet: ReferralSheet) -> list[Component]:
    """The gestures that this state allows to this body."""
    uid, name, following = sheet.line.uid, sheet.name, REFERRALS[sheet.line.state]
    found: list[Component] = []
    if sheet.can_answer:
        if sheet.participant_uid:
            found.append(
                LinkButton(
                    "Vérifier l'éligibilité", href(actor, "people:check", uid=sheet.participant_uid), "primary"
                )
            )
        if ReferralState.ACCEPTED in following:
            found.append(LinkButton("Accepter", href(actor, "referrals:accept", uid=uid), "primary", about=name))
        if ReferralState.IN_REVIEW in following:
            take = href(actor, "referrals:take", uid=uid)
            found.append(PostButton("Je m'en occupe", take, "secondary", about=name, token=get_token(request)))
        if ReferralState.RETURNED in following:
            found.append(LinkButton("Renvoyer", href(actor, "referrals:return", uid=uid), "secondary", about=name))
        if ReferralState.REFUSED in following:
            found.append(LinkButton("Refuser", href(actor, "referrals:refuse", uid=uid), "quiet", about=name))
    if sheet.can_carry:
        if ReferralState.PROPOSED in following:
            found.append(LinkButton("Compléter", href(actor, "referrals:complete", uid=uid), "primary", about=name))
        if ReferralState.WITHDRAWN in following:
            found.append(LinkButton("Retirer", href(actor, "referrals:withdraw", uid=uid), "quiet", about=name))
    return found


def _may_join(sheet: ReferralSheet) -> bool:
    """The prescriber, as long as no answer closes the referral."""
    return sheet.can_carry.ok and ReferralState.WITHDRAWN in REFERRALS[sheet.line.state]


def _pieces(request: HttpRequest, actor: Actor, sheet: ReferralSheet, pieces: list[PieceLine]) -> Table:
    """What was joined; the prescriber takes it away while no answer is given."""

    def remove(row: PieceLine) -> PostButton | None:
        if row.state == PieceState.DESTROYED:
            return None
        address = href(actor, "referrals:remove", uid=row.referral_uid, piece=row.uid)
        return PostButton("Retirer", address, "quiet", about=row.label, token=get_token(request))

    if _may_join(sheet):
        return pieces_table(actor, pieces, why=TO_JOIN, remove=remove)
    return pieces_table(actor, pieces, why=TO_ASK if sheet.can_answer.ok else NONE_JOINED)


def _identity(sheet: ReferralSheet) -> Facts:
    born = format_date(sheet.birth_date) if sheet.birth_date else None
    return Facts(
        (
            Fact("Nom", sheet.last_name or None),
            Fact("Prénom", sheet.first_name or None),
            Fact("Date de naissance", born),
            Fact("Sexe", sheet.sex.label),
            Fact("Commune de résidence", sheet.commune_name or None),
            Fact("Téléphone", sheet.phone or None),
            Fact("Adresse électronique", sheet.email or None),
        )
    )


def _consent(sheet: ReferralSheet) -> Facts:
    told = f"{sheet.consent_means.label}, le {format_date(sheet.consent_on)}"
    if sheet.consent_withdrawn_on:
        told = f"Retiré le {format_date(sheet.consent_withdrawn_on)}"
    return Facts((Fact("Accord de la personne", told), Fact("Pour", sheet.line.need or "En général")))


def _follow(actor: Actor, sheet: ReferralSheet) -> Facts:
    line = sheet.line
    person = href(actor, "people:show", uid=sheet.participant_uid) if sheet.participant_uid else ""
    by = f", par {sheet.answered_by}" if sheet.answered_by else ""
    facts = [
        Fact("Structure", line.structure),
        Fact("Prescripteur", sheet.prescriber_name),
        Fact("Proposée par", f"{sheet.author_name}, le {format_date(line.asked_on)}"),
    ]
    if line.sent_on != line.asked_on:
        facts.append(Fact("Complétée le", format_date(line.sent_on)))
    if line.answered_on:
        facts.append(Fact("Réponse", f"{format_date(line.answered_on)}{by}"))
    if person:
        facts.append(Fact("Participant", sheet.name, href=person))
    return Facts(facts)
