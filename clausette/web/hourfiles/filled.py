"""Which files filled a statement: told to its declarant and to whoever validates it."""

from uuid import UUID

from clausette.imports.queries.hours_files import FilledBy, files_of_statement
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_hours, plural
from clausette.web.components.lists import Fact
from clausette.web.hourfiles.common import href


def facts_of_files(actor: Actor, statement_uid: UUID) -> list[Fact]:
    """One fact a file: what it wrote, when, by whom; the sender opens it."""
    return [
        Fact("Fichier d'heures", _told(one), href(actor, "show", uid=one.batch_uid) if one.batch_uid else "")
        for one in files_of_statement(actor=actor, statement_uid=statement_uid)
    ]


def _told(one: FilledBy) -> str:
    """« paie.xlsx : 12 lignes, 1 420 h, le 3 novembre 2026 par Paul Martin (ETTI du Val) »."""
    gone = ", puis défait" if one.undone else ""
    whose = f", {one.by}, pour le compte de {one.sender}" if one.by else f" ({one.sender})"
    return (
        f"{one.file_name} : {plural(one.lines, 'ligne')}, {format_hours(one.hours)}, le {format_date(one.written_on)} "
        f"par {one.written_by}{whose}{gone}"
    )
