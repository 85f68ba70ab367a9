"""The list of persons: of the structure, of the prescriber, of a firm."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.participants import permissions
from clausette.participants.enums import CheckState
from clausette.participants.queries import awaited_of, count_open_pairs
from clausette.placements.queries import PeopleFilters, PersonLine, people_list
from clausette.web.components.buttons import LinkButton
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table, Under
from clausette.web.doors import page
from clausette.web.people.common import (
    READERS,
    href,
    is_firm,
    list_title,
    standing_badge,
    standing_sentence,
)
from clausette.web.people.forms.persons import FilterForm, FirmFilterForm


def _job(row: PersonLine) -> str | None:
    if row.work is None:
        return None
    told = f"{row.work.job or 'En poste'} chez {row.work.employer_name}"
    return told if row.work.starts_on <= clock.today() else f"À venir : {told}"


def _hired_on(row: PersonLine) -> date | None:
    return row.work.starts_on if row.work else None


NAME: Column[PersonLine] = Column("Personne", lambda row: row.person.name)
WORK: tuple[Column[PersonLine], ...] = (
    Column("Travail", _job),
    Column("Fin prévue", lambda row: row.work.ends_on if row.work else None, "date"),
)
OURS: tuple[Column[PersonLine], ...] = (
    NAME,
    Column("Éligibilité", lambda row: standing_badge(row.person.standing, _hired_on(row))),
    Column("Embauche jusqu'au", lambda row: row.person.standing.hire_before, "date"),
    *WORK,
    Column("Prescripteur", lambda row: row.person.referred_by_name),
)
REFERRED: tuple[Column[PersonLine], ...] = (
    NAME,
    Column("Orientation le", lambda row: row.person.referred_on, "date"),
    Column("Réponse", lambda row: standing_badge(row.person.standing, _hired_on(row))),
    Column("Embauche jusqu'au", lambda row: row.person.standing.hire_before, "date"),
)
FIRM: tuple[Column[PersonLine], ...] = (
    NAME,
    *WORK,
    Column("Éligibilité", lambda row: standing_sentence(row.person.standing, _hired_on(row))),
)


def _columns(actor: Actor) -> tuple[Column[PersonLine], ...]:
    if actor.can("facilitator"):
        return OURS
    return REFERRED if actor.can("prescriber") else FIRM


def _empty(actor: Actor, form: Any) -> EmptyState:
    if any(form.data.get(name) for name in form.fields):
        return EmptyState("Aucune personne ne correspond", "Enlevez un mot ou un filtre.", icon="search")
    if is_firm(actor):
        why = "Vous verrez ici les personnes mises à l'emploi chez vous, dès que la structure les enregistre."
        return EmptyState("Aucune personne pour l'instant", why, icon="people")
    if actor.can("facilitator"):
        why = "Une personne enregistrée ici peut être vérifiée, puis mise à l'emploi sur un marché."
        button = LinkButton("Nouveau participant", href(actor, "people:create"), "primary")
        why += " Vous en avez la liste dans un classeur ? Importez-la : rien n'est écrit avant que vous ayez confirmé."
        return EmptyState("Aucun participant", why, button, icon="people")
    why = "Vous verrez ici les personnes que vous orientez, et la réponse donnée."
    return EmptyState("Aucune personne orientée", why, icon="people")


def _twins(actor: Actor) -> LinkButton | str:
    """The pairs to look at, when there are some."""
    if not actor.can("facilitator"):
        return ""
    count = count_open_pairs(actor=actor)
    told = f"Doublons possibles ({count})" if count else "Doublons"
    return LinkButton(told, href(actor, "people:twins"), "secondary" if count else "quiet")


def _awaited(request: HttpRequest, actor: Actor, rows: Sequence[PersonLine]) -> dict[UUID, str]:
    """What is still missing for the persons « à compléter » of the page: reading it is noted as a reason."""
    held = [row.person for row in rows if row.person.standing.state == CheckState.INCOMPLETE]
    told = awaited_of(actor=actor, persons={one.id: one.uid for one in held}) if actor.can("facilitator") else {}
    note_reading(request, ReadingKind.REASONS, [one.uid for one in held if one.id in told])
    return {one.uid: ", ".join(told[one.id].splitlines()) for one in held if one.id in told}


@page(*READERS)
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The persons that the organisation may know, fifty a page."""
    form = FirmFilterForm(request.GET) if is_firm(actor) else FilterForm(request.GET)
    form.is_valid()
    filters = PeopleFilters(
        words=form.cleaned_data.get("mots", ""),
        check=form.cleaned_data.get("verification", ""),
        work=form.cleaned_data.get("travail", ""),
    )
    found = people_list(actor=actor, filters=filters, page=page_number(request), on=clock.today())
    note_reading(request, ReadingKind.IDENTITY, [row.person.uid for row in found.rows])
    awaited = _awaited(request, actor, found.rows)
    table = Table(
        list_title(actor),
        _columns(actor),
        found.rows,
        row_href=lambda row: href(actor, "people:show", uid=row.person.uid),
        empty=_empty(actor, form),
        under={"Éligibilité": Under("Ce qui manque", lambda row: awaited.get(row.person.uid, ""))} if awaited else {},
    )
    decision = permissions.can_create_participant(actor)
    context = {
        "form": form,
        "table": table,
        "title": list_title(actor),
        "total": found.total,
        "pagination": Pagination(found.total, page_number(request), "personnes", request.GET),
        "create": LinkButton("Nouveau participant", href(actor, "people:create"), "primary")
        if decision
        else "",
        "twins": _twins(actor),
        "minute": LinkButton("Éligibilité en une minute", href(actor, "people:situation"), "secondary")
        if actor.can("facilitator") or actor.can("prescriber")
        else "",
        "bring": LinkButton("Importer", href(actor, "imports:takeover:persons"), "secondary")
        if decision and actor.can("facilitator")
        else "",
        "more": [
            LinkButton(label, href(actor, name), "secondary")
            for label, name in (("Sorties", "outcomes:exits"), ("FSE+", "outcomes:operations"))
            if actor.can("facilitator")
        ],
    }
    name = "people/list.html#results" if request.headers.get("HX-Request") else "people/list.html"
    return TemplateResponse(request, name, context)
