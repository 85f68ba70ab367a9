"""« Données personnelles » of a structure, for its administrator: what will go, durations, register, papers kept."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date, plural
from clausette.participants.operations import choose_evidence
from clausette.participants.permissions import can_choose_evidence
from clausette.participants.queries import kept_evidence
from clausette.privacy.permissions import can_see_retention
from clausette.privacy.queries.files import FilesLeaving, files_leaving
from clausette.privacy.queries.holds import HoldLine, open_holds
from clausette.privacy.queries.retention import NO_END, REFERRAL, LeavingLine, leaving, rows_on
from clausette.privacy.rules.retention import Fate
from clausette.reference.facts.retention import RetentionRow
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.tables import Table, Under
from clausette.web.doors import action, page
from clausette.web.fields import PersonalTable, read_fields
from clausette.web.privacy.common import form_page, href
from clausette.web.privacy.forms import PapersForm
from clausette.web.privacy.words import hold_state
from clausette.web.refusals import add_refusal
from clausette.web.roles import read_roles

MOST = 200
_WHERE = {REFERRAL: "referrals:show"}


def _crumbs(actor: Actor, *steps: Crumb) -> Breadcrumb:
    here = (Crumb("Données personnelles", href(actor, "privacy:retention")), *steps) if steps else ()
    return Breadcrumb((Crumb("Structure", href(actor, "account:members")), *here))


def _fate(line: LeavingLine) -> Badge:
    if line.fate == Fate.HELD and line.held_until is not None:
        if line.held_until == NO_END:
            return Badge("conservé : dernier paiement FSE+ à noter", "info")
        return Badge(f"conservé jusqu'au {format_date(line.held_until)}", "info")
    return Badge("à effacer", "warn") if line.fate == Fate.DUE else Badge("annoncé", "neutral")


def _leaving(actor: Actor, lines: tuple[LeavingLine, ...]) -> Table:
    columns: list[Column[LeavingLine]] = [
        Column("Personne", lambda line: line.name),
        Column("Ce qui part", lambda line: line.label),
        Column("Conservé jusqu'au", lambda line: line.kept_until, "date"),
        Column("État", _fate),
    ]
    return Table(
        "Ce qui part dans les trente jours", columns, lines, narrow="cards",
        row_href=lambda line: href(actor, _WHERE.get(line.category, "privacy:held"), uid=line.uid),
    )  # fmt: skip


def _files_told(found: FilesLeaving, today: date) -> str:
    """« Classeur repris, tel qu'il a été envoyé : 2 fichiers, le premier gardé jusqu'au 3 mars 2027. »."""
    many, first = plural(found.files, "fichier"), "le premier " if found.files > 1 else ""
    until = "gardé jusqu'au" if found.first_on >= today else "à effacer depuis le"
    return f"{found.label} : {many}, {first}{until} {format_date(found.first_on)}."


def _holds(request: HttpRequest, actor: Actor, lines: tuple[HoldLine, ...]) -> Table:
    token, today = get_token(request), clock.today()

    def review(line: HoldLine) -> PostButton:
        address = href(actor, "privacy:review_hold", uid=line.uid)
        return PostButton("Encore utile", address, "secondary", about=f"pour {line.person_name}", token=token)

    columns: list[Column[HoldLine]] = [
        Column("Personne", lambda line: line.person_name),
        Column("Motif", lambda line: line.reason.label),
        Column("Jusqu'au", lambda line: line.until, "date"),
        Column("À revoir le", lambda line: line.review_on, "date"),
        Column("État", lambda line: hold_state(line, today)),
        Column("Geste", review),
    ]
    return Table(
        "Conservations prolongées", columns, lines, narrow="cards",
        row_href=lambda line: href(actor, "privacy:held", uid=line.participant_uid),
    )  # fmt: skip


_DURATIONS: tuple[Column[RetentionRow], ...] = (
    Column("Donnée", lambda row: row.label),
    Column("Durée", lambda row: row.duration),
    Column("Ensuite", lambda row: f"{row.then} (par vous : pas encore automatique)" if row.by_hand else row.then),
)


@page("facilitator")
def durations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What will go in the next thirty days, what is held longer, and the durations with their sources."""
    today = clock.today()
    lines, holds = leaving(actor=actor, on=today, limit=MOST), open_holds(actor=actor, on=today)
    note_reading(request, ReadingKind.IDENTITY, {one.uid for one in lines} | {one.participant_uid for one in holds})
    rows = list(rows_on(today).values())
    source = Under("Source", lambda row: f"{row.source} ({row.reliability.label.lower()})")
    context = {
        "crumbs": _crumbs(actor),
        "leaving": _leaving(actor, lines) if lines else None,
        "most": len(lines) == MOST,
        "files": [_files_told(one, today) for one in files_leaving(actor=actor, on=today)],
        "holds": _holds(request, actor, holds) if holds else None,
        "durations": Table("Durées de conservation", _DURATIONS, rows, narrow="cards", under={"Durée": source}),
        "links": [
            LinkButton("Registre", href(actor, "privacy:register")),
            LinkButton("Pièces conservées ou vues", href(actor, "privacy:papers")),
        ],
    }
    return TemplateResponse(request, "privacy/retention.html", context)


@page("facilitator")
def register(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The register: why, on which basis, how long, who reads."""
    demand(can_see_retention(actor))
    labels = read_roles().labels

    def readers(table: PersonalTable) -> str:
        found = dict.fromkeys(role for group in table.groups for role in group.readers)
        return ", ".join(labels[role] for role in found) or "personne"

    columns: list[Column[PersonalTable]] = [
        Column("Donnée", lambda table: table.title),
        Column("Finalité", lambda table: table.purpose),
        Column("Durée", lambda table: table.lasts),
        Column("Qui lit", readers),
        Column("Scellée", lambda table: "oui" if any(group.sealed for group in table.groups) else "non"),
    ]
    unders = {
        "Donnée": Under("Catégorie", lambda table: table.category),
        "Finalité": Under("Base", lambda table: table.basis),
    }
    context = {
        "crumbs": _crumbs(actor, Crumb("Registre")),
        "table": Table("Registre des données personnelles", columns, read_fields(), narrow="cards", under=unders),
    }
    return TemplateResponse(request, "privacy/register.html", context)


@action("facilitator", methods=("GET", "POST"))
def papers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which papers the structure keeps, by funding."""
    demand(can_choose_evidence(actor))
    form = PapersForm(request.POST if request.method == "POST" else None, kept=kept_evidence(actor=actor))
    if request.method == "POST" and form.is_valid():
        try:
            choose_evidence(actor=actor, kept=form.chosen())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le réglage des pièces est enregistré.")
            return HttpResponseRedirect(href(actor, "privacy:papers"))
    context = {"crumbs": _crumbs(actor, Crumb("Pièces")), "cancel": href(actor, "privacy:retention")}
    return form_page(request, "privacy/papers.html", form, context)
