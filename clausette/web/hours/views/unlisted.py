"""Somebody whom a firm declared and who is not in its list: who it may be, matched or refused."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.enums import StatementState, UnlistedState
from clausette.hours.errors import AlreadyDone
from clausette.hours.operations import match_unlisted, refuse_unlisted
from clausette.hours.permissions import can_match_unlisted
from clausette.hours.queries import Elsewhere, StatementSheet, UnlistedLine, UnlistedSheet, unlisted_sheet
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date, format_hours, of_month
from clausette.privacy.rules.retention import row_on
from clausette.reference.facts.retention import RETENTION
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.tables import Table, Under
from clausette.web.doors import action
from clausette.web.hours.forms.unlisted import MatchForm, RefuseForm
from clausette.web.hours.views.common import contract_crumbs, href
from clausette.web.refusals import add_refusal

TONES: dict[UnlistedState, Tone] = {
    UnlistedState.WAITING: "warn",
    UnlistedState.MATCHED: "ok",
    UnlistedState.REFUSED: "danger",
}
OPEN = (StatementState.DRAFT, StatementState.RETURNED)


def unlisted_badge(line: UnlistedLine) -> Badge:
    """« À rapprocher par le facilitateur », « Non retenue »."""
    return Badge(line.state.label, TONES[line.state])


def detail_of(line: UnlistedLine) -> str:
    """What the firm said beside the name: « née le 4 mai 1990 · contrat du 1ᵉʳ au 30 octobre 2026 · coffreur »."""
    parts = []
    if line.birth_date:
        parts.append(f"né(e) le {format_date(line.birth_date)}")
    if line.employer_name:
        parts.append(f"employeur\u00a0: {line.employer_name}")
    if line.starts_on:
        parts.append(f"contrat de travail depuis le {format_date(line.starts_on)}")
    if line.ends_on:
        parts.append(f"jusqu'au {format_date(line.ends_on)}")
    return " · ".join([*parts, line.note] if line.note else parts)


def unlisted_table(actor: Actor, sheet: StatementSheet) -> Table | None:
    """Return the people of a statement named apart, None when there is none; those in charge match from here."""
    if not sheet.unlisted:
        return None
    may = can_match_unlisted(sheet.part) and sheet.state not in OPEN

    def settle_link(line: UnlistedLine) -> object:
        if may and line.waits:
            return LinkButton("Rapprocher", href(actor, "hours:unlisted", uid=line.uid), "secondary", about=line.name)
        return unlisted_badge(line)

    columns: list[Column[UnlistedLine]] = [
        Column("Personne", lambda line: line.name),
        Column("Heures", lambda line: line.hours, "hours"),
        Column("Suite", settle_link),
    ]
    return Table(
        "Personnes hors liste", columns, sheet.unlisted,
        under={"Personne": Under("Précision", detail_of), "Suite": Under("Motif", lambda line: line.reason)},
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def settle(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Show who somebody named apart may be; match them with a person at work there, or refuse their hours."""
    sheet = unlisted_sheet(actor=actor, uid=uid)
    demand(can_match_unlisted(sheet.part))
    refusing = request.POST.get("acte") == "ecarter"
    sent = request.POST if request.method == "POST" else None
    match = MatchForm(sheet.people, None if refusing else sent)
    refuse = RefuseForm(sent if refusing else None)
    form = refuse if refusing else match
    back = href(actor, "hours:statement", uid=sheet.statement_uid)
    if sent is not None and not sheet.line.waits:  # sent twice, or settled by a colleague: said, never a fault
        messages.info(request, _closed(sheet))
        return HttpResponseRedirect(back)
    if form.is_bound and form.is_valid():
        try:
            if refusing:
                refuse_unlisted(actor=actor, uid=uid, reason=refuse.cleaned_data["reason"], at=clock.now())
            else:
                placement, commitment = match.chosen()
                match_unlisted(
                    actor=actor, uid=uid, placement_uid=placement, commitment_uid=commitment, at=clock.now(),
                    on=clock.today(),
                )  # fmt: skip
        except AlreadyDone as done:
            messages.info(request, done.message)
            return HttpResponseRedirect(back)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _done(sheet, refusing=refusing))
            return HttpResponseRedirect(back)
    return _page(request, actor, sheet, match, refuse, back)


def _done(sheet: UnlistedSheet, *, refusing: bool) -> str:
    if refusing:
        return "Ces heures ne sont pas retenues. L'entreprise lit votre motif."
    return f"La personne est rapprochée\u00a0: ses {format_hours(sheet.line.hours)} sont une ligne du relevé."


def _page(
    request: HttpRequest, actor: Actor, sheet: UnlistedSheet, match: MatchForm, refuse: RefuseForm, back: str
) -> HttpResponse:
    seen = {one.worker.participant_uid for one in sheet.people} | {one.uid for one in sheet.elsewhere}
    note_reading(request, ReadingKind.IDENTITY, seen)
    line = sheet.line
    open_for = line.waits and sheet.statement_state not in OPEN
    context = {
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "sheet": sheet,
        "line": line,
        "facts": _facts(sheet),
        "open_for": open_for,
        "told": "" if open_for else _closed(sheet),
        "match": match,
        "refuse": refuse,
        "elsewhere": _elsewhere(actor, sheet.elsewhere) if sheet.elsewhere else None,
        "create_href": href(actor, "people:create"),
        "search_href": href(actor, "people:list", query={"mots": line.name}),
        "back": back,
        "lead": f"{line.name or 'Personne rapprochée'}, {format_hours(line.hours)} {of_month(sheet.month)}, par "
        f"{sheet.declarant_name}.",
    }
    bound = match.is_bound or refuse.is_bound
    return TemplateResponse(request, "hours/unlisted.html", context, status=400 if bound else 200)


def _closed(sheet: UnlistedSheet) -> str:
    if sheet.line.state == UnlistedState.MATCHED:
        return "Cette personne est rapprochée : ses heures sont une ligne du relevé."
    if sheet.line.state == UnlistedState.REFUSED:
        return f"Ces heures ne sont pas retenues : {sheet.line.reason}"
    return "Ce relevé est chez son déclarant : la personne se rapproche quand il est transmis."


def _facts(sheet: UnlistedSheet) -> Facts:
    line, row = sheet.line, row_on(RETENTION, "unlisted", clock.today())
    kept = row.lasts if row else ""
    dates = [format_date(day) if day else "?" for day in (line.starts_on, line.ends_on)]
    said = [
        Fact("Nom et prénom", line.name),
        Fact("Date de naissance", format_date(line.birth_date) if line.birth_date else ""),
        Fact("Heures", format_hours(line.hours)),
        Fact("Employeur", line.employer_name),
        Fact("Contrat de travail", f"du {dates[0]} au {dates[1]}" if line.starts_on or line.ends_on else ""),
        Fact("Précision", line.note),
        Fact("Déclarant", sheet.declarant_name),
        Fact("Sans rapprochement", f"effacée {kept} après sa saisie"),
    ]
    return Facts(tuple(fact for fact in said if fact.value))


def _elsewhere(actor: Actor, people: tuple[Elsewhere, ...]) -> Table:
    columns: list[Column[Elsewhere]] = [
        Column("Personne", lambda one: one.name),
        Column("Confiance", lambda one: one.sure),
        Column(
            "Mise à l'emploi",
            lambda one: LinkButton("Créer", href(actor, "people:place", uid=one.uid), "secondary", about=one.name),
        ),
    ]
    return Table(
        "Personnes connues sans mise à l'emploi chez ce déclarant", columns, people,
        row_href=lambda one: href(actor, "people:show", uid=one.uid),
        under={
            "Personne": Under("Naissance", lambda one: f"né(e) le {format_date(one.birth_date)}"),
            "Confiance": Under("Pourquoi", lambda one: one.why),
        },
    )  # fmt: skip
