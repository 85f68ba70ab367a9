"""Pieces in quarantine are shown to the antivirus again: kept, or destroyed. Worker role.

While it does not answer nothing is opened and nothing is lost; what it could not look at in time is destroyed.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from clausette.access.rights import named_rights
from clausette.files import antivirus, quarantine
from clausette.files.enums import Treatment
from clausette.files.errors import BytesGone, FileRefused, NumberInPiece, ScannerDown
from clausette.files.operations import destroy_unowned, settle_waiting
from clausette.files.rules.kinds import FileKind
from clausette.files.treating.run import Fit, make_fit
from clausette.kernel.errors import Absent

_log = logging.getLogger(__name__)
_KINDS = {kind.content_type: kind for kind in FileKind}
LEFT_BEHIND = timedelta(days=1)
"""After the end of the delay: bytes that no row waits for any more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece in quarantine; `account_id`: in whose name it is settled, None when nobody acts for its organisation."""

    uid: UUID
    content_type: str
    handed_on: date
    account_id: int | None
    organisation_id: int


def waiting_pieces() -> list[Waiting]:
    """Return the pieces in quarantine, the oldest first; worker role only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.waiting_files()")
        return [Waiting(*row) for row in cursor.fetchall()]


def scan_waiting(*, at: datetime, on: date, days: int) -> Mapping[Treatment, int]:
    """Ask the antivirus about what waits; return how many became what, those that still wait included.

    `days`: how long a piece may wait (dated row).
    """
    found: Counter[Treatment] = Counter()
    answers = True
    for one in waiting_pieces():
        became, fit = Treatment.WAITING, None
        if answers:
            try:
                became, fit = _looked_at(one)
            except ScannerDown:
                answers = False  # not asked again for the others
        if became == Treatment.WAITING and on > one.handed_on + timedelta(days=days):
            became = Treatment.UNSCANNED
        if became != Treatment.WAITING and not _settled(one, became, fit, on):
            became = Treatment.WAITING
        found[became] += 1
    quarantine.drop_before(at - timedelta(days=days) - LEFT_BEHIND)
    return found


def _looked_at(one: Waiting) -> tuple[Treatment, Fit | None]:
    """What a piece is once looked at. Raises ScannerDown."""
    try:
        data = quarantine.take(one.uid)
    except BytesGone:
        _log.exception("bytes of a piece in quarantine")  # it waits until its end, then is told destroyed
        return Treatment.WAITING, None
    try:
        antivirus.demand_clean(data)
    except ScannerDown:
        raise
    except FileRefused:
        return Treatment.INFECTED, None
    try:
        fit = make_fit(_KINDS[one.content_type], data)
    except (FileRefused, NumberInPiece):
        return Treatment.UNFIT, None
    return fit.treatment, fit


def _settled(one: Waiting, became: Treatment, fit: Fit | None, on: date) -> bool:
    """Settle a piece in somebody's name; what fails for one never stops the others.

    Where nobody acts any more it waits, and is destroyed at its end all the same: the bytes may not stay.
    """
    if one.account_id is None:
        return became == Treatment.UNSCANNED and destroy_unowned(uid=one.uid, on=on)
    try:
        with named_rights(one.account_id, one.organisation_id) as actor:
            settle_waiting(actor=actor, uid=one.uid, became=became, fit=fit, on=on)
    except Absent:  # settled meanwhile, or nobody acts any more
        return False
    except Exception:  # noqa: BLE001 - logged; the other pieces go on
        _log.exception("a piece in quarantine")
        return False
    return True
