"""What prevents undoing a batch, in words."""

from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import connection

from clausette.imports.queries.takeover.visible import takeovers_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_number

BUILT, CHANGED = "built", "changed"


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something built on a batch, or something of it that was changed since."""

    label: str
    how: str
    count: int

    @property
    def text(self) -> str:
        """« 3 relevé d'heures ajoutés depuis », « 1 marché modifié depuis »."""
        verb = "ajouté ou lié depuis" if self.how == BUILT else "modifié depuis"
        return f"{format_number(self.count)} « {self.label} » {verb}"


def label_of_table(table: str) -> str:
    """The French name of what a table holds."""
    for model in apps.get_models():
        if model._meta.db_table == table:
            return str(model._meta.verbose_name)
    return table


def blockers_of(*, actor: Actor, batch_uid: UUID) -> tuple[Blocker, ...]:
    """Return what prevents undoing a batch, nothing when it may be undone. Raises Absent."""
    pk = takeovers_visible_to(actor).filter(uid=batch_uid).values_list("pk", flat=True).first()
    if pk is None:
        raise Absent("imports.TakeoverBatch")
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, how, rows FROM sec.takeover_blockers(%s)", [pk])
        rows = cursor.fetchall()
    found: dict[tuple[str, str], int] = {}
    for table, how, count in rows:
        place = label_of_table(table), how
        found[place] = max(found.get(place, 0), int(count))
    return tuple(Blocker(label, how, count) for (label, how), count in sorted(found.items()))
