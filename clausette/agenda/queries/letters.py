"""Letters: what is written today, what was sent, to whom, and which addresses answer no more."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from clausette.agenda.enums import LetterState, ReminderStep, Told
from clausette.agenda.models import Letter
from clausette.agenda.queries.visibility import letters_visible_to, reminders_visible_to
from clausette.agenda.rules.texts import addresses_in
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.queries import deposit_paths

PAGE = 50
BY_ITSELF = "envoi automatique"


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter of the structure."""

    id: int
    uid: UUID
    organisation_id: int
    organisation_name: str
    organisation_slug: str
    told: Told
    on: date
    email: str
    subject: str
    body: str
    by_hand: bool
    written_by: str
    sent_at: datetime | None
    failed_on: date | None
    failure: str
    cleared_on: date | None
    owner_name: str
    mandate_id: int | None
    deposit_path: str = ""
    """Where the link of the « dépôt sans compte » of this address is, if there is one."""

    @property
    def state(self) -> LetterState:
        """Where it is."""
        if self.failed_on is not None:
            return LetterState.FAILED
        return LetterState.SENT if self.sent_at else LetterState.WAITING


_PATHS = (
    "id", "uid", "organisation_id", "organisation__name", "organisation__slug", "told", "on", "email", "subject",
    "body", "by_hand", "written_by__full_name", "sent_at", "failed_on", "failure", "cleared_on", "owner_org__name",
    "mandate_id",
)  # fmt: skip


def _line(row: tuple[Any, ...]) -> LetterLine:
    return LetterLine(*(*row[:5], Told(row[5]), *row[6:]))


def _lines(rows: QuerySet[Letter]) -> tuple[LetterLine, ...]:
    return tuple(_line(row) for row in rows.values_list(*_PATHS))


def letters_page(*, actor: Actor, failed: bool = False, offset: int = 0) -> tuple[tuple[LetterLine, ...], int]:
    """Return one page of the letters of the structure, the last first, and how many there are."""
    rows = letters_visible_to(actor)
    if failed:
        rows = rows.filter(failed_on__isnull=False, cleared_on=None)
    return _lines(rows.order_by("-on", "-id")[offset : offset + PAGE]), rows.count()


def letter_line(*, actor: Actor, uid: UUID) -> LetterLine:
    """Return one letter of the structure. Raises Absent."""
    found = _lines(letters_visible_to(actor).filter(uid=uid))
    if not found:
        raise Absent("agenda.Letter")
    return found[0]


def waiting_letters(*, actor: Actor, on: date) -> tuple[LetterLine, ...]:
    """Return the letters written that have not left, with the links that are open that day."""
    rows = _lines(letters_visible_to(actor).filter(sent_at=None, failed_on=None).order_by("id"))
    firms = {line.organisation_id for line in rows if line.told == Told.FIRM}
    paths = deposit_paths(actor=actor, organisations=firms, on=on) if firms else {}
    return tuple(
        replace(line, deposit_path=paths.get((line.organisation_id, line.email.lower()), "")) for line in rows
    )


def last_letters(*, actor: Actor, organisations: Collection[int]) -> dict[int, LetterLine]:
    """Return the last letter to each of these organisations, by number (one query)."""
    rows = letters_visible_to(actor).filter(organisation_id__in=organisations, mandate=None)
    return {line.organisation_id: line for line in _lines(rows.order_by("on", "id"))}


def dead_addresses(*, actor: Actor) -> set[str]:
    """Return the addresses in error, in small letters, that nobody put back in use."""
    rows = letters_visible_to(actor).filter(failed_on__isnull=False, cleared_on=None)
    emails = rows.order_by().values_list("email", flat=True)
    return {one.lower() for email in emails for one in addresses_in(email)}


def members_addresses(*, actor: Actor, firms: Collection[int]) -> dict[int, list[str]]:
    """Return the addresses of who may declare for these firms of the marchés that the structure holds (one query)."""
    return _addresses(actor, "SELECT * FROM sec.members_to_remind(%s)", firms)


def members_to_answer(*, actor: Actor, firms: Collection[int]) -> dict[int, list[str]]:
    """Return the addresses of the members of these declarants, whose corrections proposed were answered (one query)."""
    return _addresses(actor, "SELECT * FROM sec.members_to_answer(%s)", firms)


def _addresses(actor: Actor, sql: str, firms: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if firms and actor.can("facilitator"):
        with connection.cursor() as cursor:
            cursor.execute(sql, [sorted(set(firms))])
            for firm, email in cursor.fetchall():
                found.setdefault(firm, []).append(email)
    return found


@dataclass(frozen=True, slots=True)
class ByMandate:
    """Where who declares for a firm by a mandate that runs is written to. `contract_id`: None for all contracts."""

    mandate_id: int
    firm_id: int
    contract_id: int | None
    emails: tuple[str, ...]


def mandates_to_remind(*, actor: Actor, firms: Collection[int]) -> tuple[ByMandate, ...]:
    """Return who declares today for these firms of the marchés of the structure, the widest first (one query)."""
    found: dict[tuple[int, int, int | None], list[str]] = {}
    if firms and actor.can("facilitator"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM sec.mandates_to_remind(%s)", [sorted(set(firms))])
            for mandate, firm, contract, email in cursor.fetchall():
                found.setdefault((mandate, firm, contract), []).append(email)
    return tuple(ByMandate(*key, tuple(emails)) for key, emails in found.items())


def written_today(*, actor: Actor, on: date) -> set[int]:
    """Return the organisations that have a letter of this day."""
    rows = letters_visible_to(actor).filter(on=on).order_by()
    return set(rows.values_list("organisation_id", flat=True))


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One reminder of a marché. `address`: whole for the structure that wrote, masked for the others."""

    uid: UUID
    on: date
    step: ReminderStep
    told: Told
    firm_name: str
    month: date
    subject: str
    address: str
    by: str
    state: LetterState | None
    failure: str
    letter_uid: UUID | None


def reminders_of(*, actor: Actor, contract_id: int, limit: int = 200) -> tuple[ReminderLine, ...]:
    """Return the reminders of a marché, the last first (two queries)."""
    rows = reminders_visible_to(actor).filter(contract_id=contract_id).order_by("-on", "-id")[:limit]
    read = list(
        rows.values_list(
            "uid", "on", "step", "told", "organisation__name", "month", "subject", "masked", "owner_org__name",
            "letter_id",
        )
    )  # fmt: skip
    ours = {line.id: line for line in _lines(letters_visible_to(actor).filter(pk__in={row[9] for row in read}))}
    return tuple(_reminder(row, ours.get(row[9])) for row in read)


def _reminder(row: tuple[Any, ...], letter: LetterLine | None) -> ReminderLine:
    uid, on, step, told, firm, month, subject, masked, owner, _ = row
    by = owner if letter is None else (letter.written_by if letter.by_hand else BY_ITSELF)
    return ReminderLine(
        uid, on, ReminderStep(step), Told(told), firm, month, subject, (letter.email if letter else "") or masked, by,
        letter.state if letter else None, letter.failure if letter else "", letter.uid if letter else None,
    )  # fmt: skip
