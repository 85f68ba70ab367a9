"""Where the « objectifs particuliers » of an engagement stand: counted by the database, small groups masked there."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import connection

from clausette.commitments.rules import TargetEntry
from clausette.hours.rules.targets import Reached, TargetProgress, target_progress


def targets_reached(*, commitment_id: int, as_of: date) -> dict[str, Reached]:
    """Return people and hours that count up to a day by kind of sub-target, and « all » (one query).

    Nothing for those who may not know the engagement. None: masked for the organisation that asks.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, people, hours FROM sec.targets_reached(%s, %s)", [commitment_id, as_of])
        return {kind: Reached(people, hours) for kind, people, hours in cursor.fetchall()}


def targets_progress(
    *, commitment_id: int, targets: Iterable[TargetEntry], due: Decimal | None, as_of: date
) -> tuple[tuple[TargetProgress, ...], Reached]:
    """Return where each sub-target stands on a day, and the whole. `due`: hours due firm at term. One query."""
    found = targets_reached(commitment_id=commitment_id, as_of=as_of)
    whole = found.get("all", Reached(0, Decimal(0)))
    told = tuple(
        target_progress(one.kind, one.base, one.share, due=due, whole=whole, reached=found.get(one.kind))
        for one in targets
    )
    return told, whole
