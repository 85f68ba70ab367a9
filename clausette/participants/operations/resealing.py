"""What was sealed with the key of a record reunited is sealed again with that of the record kept."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.apps import apps
from django.db import connection

from clausette.kernel.sealing import KeyDestroyed, KeyMissing, Spot, keyring

FIELD = "sealed"


def reseal(moved: Mapping[str, Sequence[int | str]], *, of: UUID, to: UUID) -> None:
    """Seal again all that moved, by « table.column », from the key of one person to that of another.

    What nobody opens any more (a key destroyed) stays as it is: it says nothing.
    """
    theirs, ours = keyring([of]), None
    for model in apps.get_models():  # whatever the room: a sealed field is a promise of the person's key
        table = model._meta.db_table
        ids = moved.get(f"{table}.participant_id", ())
        if not ids or FIELD not in {field.name for field in model._meta.concrete_fields}:
            continue
        rows = model._default_manager.filter(pk__in=ids).exclude(**{FIELD: None})
        for pk, uid, sealed in rows.order_by("pk").values_list("pk", "uid", FIELD):
            spot = Spot(table, uid, FIELD)
            try:
                text = theirs.unseal(of, spot, sealed)
            except (KeyDestroyed, KeyMissing):
                continue
            ours = ours or keyring([to], make=True)
            _write(table, pk, ours.seal(to, spot, text))


def _write(table: str, pk: int, sealed: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.reseal(%s, %s, %s)", [table, pk, sealed])
