"""The morning: the letters of the day are written for every structure, then sent. Worker role.

Run twice, it writes and sends nothing more: steps made are known, and one organisation has one letter a day. What goes
wrong for one structure never stops the others.
"""

import logging
import smtplib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from clausette.access.queries import Seat, facilitator_seats, is_demonstration
from clausette.access.rights import named_rights
from clausette.agenda.notices import mail_of
from clausette.agenda.operations import drop_letter, mark_sent, note_failure, write_letter
from clausette.agenda.queries.letters import LetterLine, mandates_to_remind, waiting_letters
from clausette.agenda.queries.planned import Planned, planned_letters
from clausette.agenda.rules.texts import masked
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.jsonlines import Said
from clausette.kernel.mails import send, site
from clausette.kernel.operation import isolated

_log = logging.getLogger(__name__)
KEPT = timedelta(days=3)
"""A letter that could not leave for so long is out of date."""
PERMANENT = 500
"""Answers of a mail server from this number on do not change with time (RFC 5321, 4.2.1)."""


def seats(slug: str = "") -> list[Seat]:
    """Return one seat of each structure, an administrator's where there is one."""
    found: dict[int, Seat] = {}
    for seat in facilitator_seats(slug=slug):
        found.setdefault(seat.organisation_id, seat)
    return list(found.values())


def write_letters(*, on: date, dry: bool, slug: str = "") -> Iterator[Said]:
    """Yield the letters of a day, structure by structure, and whether each was written; `dry`: nothing is written."""
    for seat in seats(slug):
        try:
            with named_rights(seat.account_id, seat.organisation_id, read_only=dry) as actor:
                planned = planned_letters(actor=actor, on=on)
                told = [_told(seat, one, "" if dry else _written(actor, one, on), dry=dry) for one in planned]
        except Absent:  # nobody acts for it today
            continue
        except Exception:  # noqa: BLE001 - logged; the other structures go on
            _log.exception("reminders of structure %s", seat.organisation_id)
            continue
        yield from told


def _written(actor: Actor, planned: Planned, on: date) -> str:
    """Write a letter; return why it is not, "" when it is."""
    try:
        with isolated():
            write_letter(actor=actor, planned=planned, on=on)
    except Refusal as refusal:
        return refusal.message
    return ""


def _told(seat: Seat, planned: Planned, refused: str, *, dry: bool) -> Said:
    return {
        "structure": seat.slug,
        "told": planned.told.value,
        "organisation": planned.organisation_name,
        "address": masked(planned.email) if planned.email else None,
        "subject": planned.wording.subject,
        "months": [
            {
                "contract": str(one.contract_uid), "firm": one.firm_name, "month": f"{one.waited.month:%Y-%m}",
                "due": one.waited.due.isoformat(), "step": step.value,
            }
            for one, step in planned.items
        ],
        "answers": [
            {"contract": str(one.contract_uid), "firm": one.firm_name, "month": f"{one.month:%Y-%m}", "said": one.said}
            for one in planned.answers
        ],
        "written": not dry and not refused,
        "refused": refused or None,
    }  # fmt: skip


def send_letters(*, at: datetime, on: date, slug: str = "") -> int:
    """Send what waits: one mail for all the letters of a day to one address; return how many mails left."""
    by_structure = {seat.organisation_id: seat for seat in seats(slug)}
    groups: dict[tuple[int, str, date], list[tuple[Seat, LetterLine]]] = defaultdict(list)
    for seat in by_structure.values():
        try:
            with named_rights(seat.account_id, seat.organisation_id, read_only=True) as actor:
                waiting = waiting_letters(actor=actor, on=on)
                firms = {line.organisation_id for line in waiting if line.mandate_id}
                running = {one.mandate_id for one in mandates_to_remind(actor=actor, firms=firms)}
        except Absent:
            continue
        over = [line for line in waiting if line.mandate_id and line.mandate_id not in running]
        _drop(seat, over, on)
        for line in waiting:
            if line in over:
                continue
            groups[line.organisation_id, line.email.lower(), line.on].append((seat, line))
    to_file = is_demonstration()
    return sum(_sent(letters, at=at, on=on, to_file=to_file) for letters in groups.values())


def _sent(letters: Sequence[tuple[Seat, LetterLine]], *, at: datetime, on: date, to_file: bool) -> bool:
    """Send one mail. A refused address is noted; a server that does not answer is tried again later."""
    if letters[0][1].on < on - KEPT:
        _fail(letters, on, "N'a pas pu partir en trois jours : le serveur de messagerie ne répondait pas.")
        return False
    try:
        send(mail_of([line for _, line in letters], site=site()), to_file=to_file)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if codes and min(codes) >= PERMANENT:
            _fail(letters, on, f"Refusée par le serveur de messagerie (code {min(codes)}).")
        return False
    except (OSError, smtplib.SMTPException):
        _log.warning("a reminder could not leave, it is tried again", exc_info=True)
        return False
    for seat, line in letters:
        with named_rights(seat.account_id, seat.organisation_id) as actor:
            mark_sent(actor=actor, uid=line.uid, at=at)
    return True


def _drop(seat: Seat, letters: Sequence[LetterLine], on: date) -> None:
    """Those whose mandate ended since they were written."""
    for line in letters:
        with named_rights(seat.account_id, seat.organisation_id) as actor:
            drop_letter(actor=actor, uid=line.uid, on=on)


def _fail(letters: Sequence[tuple[Seat, LetterLine]], on: date, reason: str) -> None:
    for seat, line in letters:
        with named_rights(seat.account_id, seat.organisation_id) as actor:
            note_failure(actor=actor, uid=line.uid, on=on, reason=reason)
