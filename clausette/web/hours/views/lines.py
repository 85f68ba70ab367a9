"""What is behind a number: the lines of hours, with names for those who may know them."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind
from clausette.hours.enums import LineState
from clausette.hours.permissions import can_read_names
from clausette.hours.queries import LineBehind, LineFilters, LinesBehind, lines_behind
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_hours
from clausette.kernel.parsing import parse_date
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import page
from clausette.web.hours.forms.choices import LineFilter, month_in, uid_in, year_in
from clausette.web.hours.views.common import href, line_badge

WORDS: dict[LineState | None, str] = {
    LineState.DECLARED: "déclarées, à valider",
    LineState.RESERVED: "retenues sous réserve",
    LineState.VALIDATED: "validées",
    LineState.REFUSED: "non retenues",
}

KINDS = {
    "clause": frozenset(CommitmentKind) - WITHOUT_FIGURE,
    "suivi": frozenset({CommitmentKind.FOLLOWED}),
    "hors-clause": frozenset({CommitmentKind.VOLUNTARY}),
}


def _filters(request: HttpRequest) -> LineFilters:
    state = request.GET.get("etat", "")
    try:
        as_of = parse_date(request.GET.get("au", ""))
    except ValueError:
        as_of = None
    return LineFilters(
        commitment_uid=uid_in(request.GET.get("engagement", "")),
        contract_uid=uid_in(request.GET.get("marche", "")),
        firm_uid=uid_in(request.GET.get("titulaire", "")),
        buyer_uid=uid_in(request.GET.get("mo", "")),
        declarant_uid=uid_in(request.GET.get("declarant", "")),
        participant_uid=uid_in(request.GET.get("participant", "")),
        month=month_in(request.GET.get("mois", "")),
        as_of=as_of,
        state=LineState(state) if state in LineState.values else None,
        kinds=KINDS.get(request.GET.get("nature", "")),
        year=year_in(request.GET.get("annee", "")),
        structure_uid=uid_in(request.GET.get("structure", "")),
        worked_uid=uid_in(request.GET.get("travail", "")),
    )


@page("facilitator", "buyer", "contractor", "employer")
def behind(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The lines, or sums by month and declarant for those who may not know names."""
    number, names, filters = page_number(request), can_read_names(actor), _filters(request)
    found = lines_behind(actor=actor, filters=filters, with_names=bool(names), offset=(number - 1) * 50)
    note_reading(
        request, ReadingKind.IDENTITY, {row.participant_uid for row in found.rows if row.participant_uid}
    )
    context = {
        "form": LineFilter(request.GET),
        "word": WORDS.get(filters.state, "déclarées, validées ou non retenues"),
        "found": found,
        "names": names,
        "beside": _beside(found),
        "table": _table(actor, found),
        "pagination": Pagination(found.count, number, "lignes", request.GET),
    }
    return TemplateResponse(request, "hours/lines.html", context)


def _beside(found: LinesBehind) -> Facts | None:
    """Hours of the figure that no line holds, and the figure itself."""
    apart = [
        Fact("Heures non nominatives", format_hours(found.collective)) if found.collective else None,
        Fact("Reprise", format_hours(found.opening)) if found.opening else None,
    ]
    told = [fact for fact in apart if fact is not None]
    return Facts([*told, Fact("En tout, avec les lignes", format_hours(found.total))]) if told else None


def _table(actor: Actor, found: LinesBehind) -> Table:
    columns: list[Column[LineBehind]] = [
        Column("Mois", lambda row: row.month, "month"),
        Column("Marché", lambda row: row.contract_name),
        Column("Déclarant", lambda row: row.declarant_name),
    ]
    if found.with_names:
        columns.append(Column("Personne", lambda row: row.person))
    columns += [
        Column("Heures", lambda row: row.hours, "hours"),
        Column("État", lambda row: line_badge(row.state)),
    ]
    return Table(
        "Lignes d'heures", columns, found.rows, row_href=lambda row: _statement(actor, row),
        links={"Personne": lambda row: _person(actor, row), "Marché": lambda row: _commitment(actor, row)},
        totals={"Heures": found.hours} if found.rows else {},
        empty=EmptyState("Aucune heure derrière ce chiffre", "Les heures sont ici dès qu'elles sont transmises."),
    )  # fmt: skip


def _statement(actor: Actor, row: LineBehind) -> str:
    return href(actor, "hours:statement", uid=row.statement_uid) if row.statement_uid else ""


def _person(actor: Actor, row: LineBehind) -> str:
    if row.participant_uid is None or not actor.can("facilitator"):
        return ""
    return href(actor, "people:show", uid=row.participant_uid)


def _commitment(actor: Actor, row: LineBehind) -> str:
    return href(actor, "contracts:commitment", uid=row.commitment_uid)
