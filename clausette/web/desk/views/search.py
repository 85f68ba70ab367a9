"""« / », three letters, Enter: contracts with what is left, firms, people."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.agenda.queries import Engagement, Found, FoundContract, FoundFirm, FoundPerson, search
from clausette.hours.permissions import reads_all
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_hours, plural
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.components.notices import EmptyState
from clausette.web.desk.words import ahead, href
from clausette.web.doors import page

_TONES: dict[str, Tone] = {"ok": "ok", "warn": "warn", "danger": "danger", "wait": "wait"}


@page()
def search_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What holds the words, by kind; with what is left to do on each engagement."""
    words = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    found = search(actor=actor, words=words, on=clock.today())
    note_reading(request, ReadingKind.IDENTITY, [one.uid for one in found.people])
    blocks = [
        _engagements(actor, found.engagements),
        _contracts(actor, found.contracts),
        _firms(actor, found.firms),
        _people(actor, found.people),
    ]
    context = {
        "words": words,
        "count": plural(found.count, "résultat"),
        "blocks": [block for block in blocks if block.rows],
        "empty": "" if found.count else _empty(found),
    }
    return TemplateResponse(request, "desk/search.html", context)


def _empty(found: Found) -> EmptyState:
    if not found.words:
        why = (
            "Trois lettres suffisent : le nom d'usage d'un marché, son numéro, une entreprise, une personne."
        )
        return EmptyState("Que cherchez-vous ?", why, icon="search")
    why = "Essayez moins de mots, ou une partie du nom. Les accents et les majuscules ne comptent pas."
    return EmptyState(f"Rien ne répond à « {found.words} »", why, icon="search")


def _engagements(actor: Actor, rows: Sequence[Engagement]) -> NextActions:
    shown = [
        NextAction(
            row.contract_name,
            _left(row) if reads_all(actor, row.progress.contractor_id) else _own(row),
            f"terme {ahead(row.ends_on, row.as_of)}",
            " · ".join(part for part in (row.lot, row.contractor_name, row.buyer_name) if part),
            href(actor, "contracts:commitment", uid=row.uid),
            Badge("en difficulté", "danger")
            if row.is_difficult and reads_all(actor, row.progress.contractor_id)
            else None,
            action=_point(actor, row) if actor.can("facilitator") else None,
        )
        for row in rows
    ]
    return NextActions("Marchés et engagements", shown, "ce qu'il reste à réaliser")


def _point(actor: Actor, row: Engagement) -> LinkButton:
    """« Point d'étape », from the search result: its figures in one click, issued in two."""
    query: dict[str, object] = {"nature": "update", "objet": f"commitment:{row.uid}", "periode": "debut"}
    address = href(actor, "reports:new", query=query)
    about = " · ".join(part for part in (row.contract_name, row.lot, row.contractor_name) if part)
    return LinkButton("Point d'étape", address, "quiet", about=about)


def _left(row: Engagement) -> str:
    """« Combien il me reste ? », without a click."""
    done = row.progress
    if done.due_firm is None or done.remaining is None:
        return f"{format_hours(done.validated)} validées, suivi sans objectif chiffré"
    if done.remaining == 0:
        return f"tenu : {format_hours(done.validated)} validées sur {format_hours(done.due_firm)}"
    waiting = f", {format_hours(done.declared)} à valider" if done.declared else ""
    return f"il reste {format_hours(done.remaining)} sur {format_hours(done.due_firm)}{waiting}"


def _own(row: Engagement) -> str:
    """Of whom only works for it: its own hours, never what is left of those of all."""
    waiting = f", {format_hours(row.progress.declared)} à valider" if row.progress.declared else ""
    return f"vos heures : {format_hours(row.progress.validated)} validées{waiting}"


def _contracts(actor: Actor, rows: Sequence[FoundContract]) -> NextActions:
    shown = [
        NextAction(
            row.name,
            row.state.label.lower(),
            detail=" · ".join(part for part in (row.buyer_name, row.number and f"n° {row.number}") if part),
            href=href(actor, "contracts:show", uid=row.uid),
        )
        for row in rows
    ]
    return NextActions("Marchés sans engagement", shown)


def _firms(actor: Actor, rows: Sequence[FoundFirm]) -> NextActions:
    shown = [
        NextAction(
            row.name,
            row.commune,
            href=href(actor, "contracts:buyer" if row.is_buyer else "contracts:firm", uid=row.uid),
        )
        for row in rows
    ]
    return NextActions("Entreprises et maîtres d'ouvrage", shown)


def _people(actor: Actor, rows: Sequence[FoundPerson]) -> NextActions:
    open_sheet = actor.capabilities & {"facilitator", "prescriber"}
    shown = [
        NextAction(
            row.name,
            f"{row.work.job or 'au travail'} chez {row.work.employer_name}" if row.work else "",
            href=href(actor, "people:show", uid=row.uid) if open_sheet else "",
            badge=Badge(
                row.standing.sentence if open_sheet else row.standing.told_to_firms,
                _TONES.get(row.standing.tone, "neutral"),
            ),
        )
        for row in rows
    ]
    return NextActions("Personnes", shown)
