"""The path of one person: next step, hours, training actions, interviews, exit."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clausette.hours.queries import limits_of
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.french import format_date, format_hours
from clausette.outcomes.permissions import can_follow_path
from clausette.outcomes.queries import (
    EntryLine,
    ExitLine,
    InterviewLine,
    Path,
    PointLine,
    TrainingLine,
    entries_of_person,
    path_of,
)
from clausette.outcomes.rules import refusal_to_exit
from clausette.placements.queries import work_contracts_of
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table, Under
from clausette.web.doors import page
from clausette.web.outcomes.common import followed, path_crumbs
from clausette.web.outcomes.fse import entry_badge, exit_badge
from clausette.web.people.common import href
from clausette.web.people.path import hours_figure, next_gesture, timeline


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """All that is known of a path, for the structure that follows the person."""
    today = clock.today()
    sheet = followed(actor, uid)
    demand(can_follow_path(actor, owner_org_id=sheet.owner_org_id))
    works = work_contracts_of(actor=actor, participant_uid=uid)
    limits = limits_of(actor=actor, participant_ids=[sheet.id], on=today)[sheet.id]
    path = path_of(actor=actor, sheet=sheet, works=works, limits=limits, on=today)
    if path is None:  # never: the decision above is the same
        raise RuntimeError("outcomes.path")
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {
        "title": f"Parcours de {sheet.name}",
        "crumbs": path_crumbs(actor, sheet),
        "next": next_gesture(actor, uid, works, path),
        "hours": hours_figure(path, limits, today),
        "timeline": timeline(actor, sheet, works, path),
        "trainings": trainings_table(actor, uid, path),
        "add_training": LinkButton("Ajouter une formation", href(actor, "outcomes:add_training", uid=uid)),
        "interviews": interviews_table(actor, path),
        "add_interview": LinkButton("Noter un entretien", href(actor, "outcomes:note_interview", uid=uid)),
        "entries": _entries(actor, entries_of_person(actor=actor, participant_id=sheet.id, on=today)),
        "enter": LinkButton("Entrer dans une opération FSE+", href(actor, "outcomes:enter", uid=uid)),
        "exits": [(exit_facts(one), points_table(actor, one), _away(actor, one)) for one in path.exits],
        "confirm": None
        if path.exit
        else LinkButton(
            "Confirmer la sortie", href(actor, "outcomes:confirm_exit", uid=uid), "secondary",
            disabled=refusal_to_exit([line.last_day for line in works], today),
        ),
    }
    return TemplateResponse(request, "outcomes/path.html", context)


def _about(row: TrainingLine) -> str:
    return f"{row.kind.label} chez {row.provider}"


def trainings_table(actor: Actor, person: UUID, path: Path) -> Table:
    """Training actions with their gestures."""

    def dates(row: TrainingLine) -> str:
        end = row.ended_on or row.ends_on
        told = f"du {format_date(row.starts_on)}" if end else f"depuis le {format_date(row.starts_on)}"
        return f"{told} au {format_date(end)}{'' if row.ended_on else ' (prévu)'}" if end else told

    def result(row: TrainingLine) -> str:
        told = row.obtained.label.lower() if row.obtained else "en attente"
        return f"{row.qualification} : {told}" if row.qualification else ""

    def gestures(row: TrainingLine) -> SafeString:
        named = (("Terminer", "end_training"), ("Corriger", "change_training"), ("Retirer", "withdraw_training"))
        buttons = [
            (LinkButton(label, href(actor, f"outcomes:{name}", uid=row.uid), "quiet", about=_about(row)),)
            for label, name in named
        ]
        return format_html_join("", "{}", buttons)

    columns: tuple[Column[TrainingLine], ...] = (
        Column("Formation", _about),
        Column("Heures réalisées", lambda row: row.hours_done, "hours"),
        Column("Qualification", result),
        Column("Gestes", gestures),
    )
    under = {
        "Formation": Under("Dates", dates),
        "Heures réalisées": Under(
            "Heures prévues", lambda row: f"sur {format_hours(row.hours_planned)}" if row.hours_planned else ""
        ),
        "Qualification": Under("Engagement", lambda row: row.commitment_name),
    }
    why = "Formation avant, pendant ou après un contrat de travail : elle compte dans le parcours et dans les bilans."
    return Table(
        "Formations", columns, path.trainings, under=under, empty=EmptyState("Aucune formation", why, icon="report")
    )


def interviews_table(actor: Actor, path: Path) -> Table:
    """Interviews, the last one first."""
    columns: tuple[Column[InterviewLine], ...] = (
        Column("Le", lambda row: row.on, "date"),
        Column("Nature", lambda row: row.kind.label),
        Column("Note", lambda row: row.note),
        Column(
            "Geste",
            lambda row: LinkButton(
                "Retirer", href(actor, "outcomes:withdraw_interview", uid=row.uid), "quiet",
                about=f"l'entretien du {format_date(row.on)}",
            ),
        ),
    )  # fmt: skip
    why = "Une date et quelques mots suffisent pour retrouver ce qui a été convenu."
    return Table("Entretiens", columns, path.interviews, empty=EmptyState("Aucun entretien", why, icon="people"))


def exit_facts(line: ExitLine) -> Facts:
    """When and to what the person left."""
    return Facts(
        [
            Fact("Sortie le", format_date(line.exited_on)),
            Fact("Vers", line.reason.label, help=f"{line.family.label}."),
            Fact("Confirmée le", format_date(line.confirmed_on)),
        ]
    )


def points_table(actor: Actor, line: ExitLine) -> Table | SafeString:
    """The four follow-up points, with the gesture once their day has come; a sentence after a neutral exit."""
    if not line.followed:
        return format_html("<p>{}</p>", "Retrait neutre : aucun point de suivi, et aucun taux ne le compte.")
    today = clock.today()

    def gesture(row: PointLine) -> LinkButton | str:
        if row.due_on > today:
            return f"à partir du {format_date(row.due_on)}"
        address = href(actor, "outcomes:follow_up", uid=line.uid, query={"point": int(row.point)})
        label = "Corriger" if row.situation else "Renseigner"
        return LinkButton(label, address, "quiet", about=row.point.label.lower())

    columns: tuple[Column[PointLine], ...] = (
        Column("Point de suivi", lambda row: row.point.label),
        Column("Situation", lambda row: row.situation.label if row.situation else ""),
        Column("Renseigné le", lambda row: row.answered_on, "date"),
        Column("Geste", gesture),
    )
    return Table(f"Suivi de la sortie du {format_date(line.exited_on)}", columns, line.points)


def _away(actor: Actor, line: ExitLine) -> LinkButton:
    about = f"la sortie du {format_date(line.exited_on)}"
    return LinkButton("Retirer la sortie", href(actor, "outcomes:withdraw_exit", uid=line.uid), "quiet", about=about)


def _entries(actor: Actor, rows: tuple[EntryLine, ...]) -> Table:
    today = clock.today()
    columns: tuple[Column[EntryLine], ...] = (
        Column("Opération", lambda row: row.operation.name),
        Column("Questionnaire d'entrée", entry_badge),
        Column("Questionnaire de sortie", lambda row: exit_badge(row, today)),
    )
    under = {
        "Opération": Under("Entrée", lambda row: f"entrée n° {row.rank}, le {format_date(row.entered_on)}"),
        "Questionnaire de sortie": Under(
            "Sortie", lambda row: f"sortie le {format_date(row.left_on)}" if row.left_on else ""
        ),
    }
    why = "Seulement si une opération financée par le FSE+ accompagne la personne plus d'un jour."
    return Table(
        "Entrées FSE+", columns, rows, row_href=lambda row: href(actor, "outcomes:entry", uid=row.uid), under=under,
        empty=EmptyState("Aucune entrée FSE+", why, icon="report"),
    )  # fmt: skip
