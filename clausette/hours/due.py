"""Requests whose delay is over: the worker applies them. Run twice, nothing is applied again."""

import logging
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from clausette.access.rights import named_rights
from clausette.hours.operations import apply_reopening, lapse_reopening
from clausette.kernel.errors import Absent, Refusal

_log = logging.getLogger(__name__)


def reopening_recipients(*, uid: UUID) -> list[tuple[str, str, str]]:
    """Return address, name and slug of the administrators told of a request that waits; worker role only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.reopening_recipients(%s)", [uid])
        return [(email, name, slug) for email, name, slug in cursor.fetchall()]


def due(at: datetime) -> list[tuple[int, int, UUID]]:
    """Return (account, organisation, uid) of the requests due at `at`; worker role only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.reopenings_due(%s)", [at])
        return [(account, organisation, uid) for account, organisation, uid in cursor.fetchall()]


def apply_due(*, at: datetime, on: date) -> int:
    """Reopen the months whose delay is over at `at`, one transaction each; return how many.

    One that can no longer be reopened ends with the reason; what goes wrong for one never stops the others.
    """
    done = 0
    for account, organisation, uid in due(at):
        try:
            done += _applied(account, organisation, uid, at, on)
        except Absent:  # the structure left the contract, or nobody acts for it: it is looked at again
            continue
        except Exception:  # noqa: BLE001 - logged; the other requests go on
            _log.exception("reopening %s", uid)
    return done


def _applied(account: int, organisation: int, uid: UUID, at: datetime, on: date) -> bool:
    try:
        with named_rights(account, organisation) as actor:
            return not apply_reopening(actor=actor, uid=uid, at=at, on=on).already
    except Refusal as refusal:
        with named_rights(account, organisation) as actor:
            lapse_reopening(actor=actor, uid=uid, reason=refusal.message, at=at)
        return False
