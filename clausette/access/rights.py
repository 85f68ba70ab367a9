"""From a session or a membership to an open transaction with its Actor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection

from clausette.access.errors import SecondFactorMissing
from clausette.access.rules import MANDATE, ticket
from clausette.kernel.actor import Actor, Mandated
from clausette.kernel.errors import Absent
from clausette.kernel.rights import transaction_for

NO_RIGHTS = "28000"
DEPOSIT = "deposit"  # what `sec.enter` adds to the capabilities of who has no account


@dataclass(frozen=True, slots=True)
class Opened:
    """The rights of a page: who acts, and whether this installation is a demonstration."""

    actor: Actor
    demonstration: bool


def actor_of(row: tuple[Any, ...]) -> Actor:
    """Build the Actor from the row that `sec.enter` answers; one query more for who acts by a mandate."""
    mandate = _mandate(str(row[1])) if MANDATE in row[5] else None
    return Actor(
        account_id=int(row[0]),
        account_name=(f"{row[1]}, {mandate.holder}" if mandate and mandate.holder else str(row[1]))[:200],
        organisation_id=int(row[2]),
        organisation_name=str(row[3]),
        slug=str(row[4]),
        capabilities=frozenset(row[5]) - {DEPOSIT, MANDATE},
        is_admin=bool(row[6]),
        deposit=DEPOSIT in row[5] or mandate is not None,
        mandate=mandate,
    )


def _mandate(person: str) -> Mandated:
    """What the journal, the pages and the statements say of the mandate just opened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.mandate_now()")
        row = cursor.fetchone()
    if row is None:
        raise Absent("no rights")
    holder_id, holder, starts_on, ends_on = row
    return Mandated(person, holder or "", starts_on, ends_on, holder_id)


@contextmanager
def _rights(opening: str, *values: str | int, read_only: bool, factor: bool = False) -> Iterator[Opened]:
    try:
        with transaction_for(opening, *values, read_only=read_only) as row:
            if row is None:
                raise Absent("no rights")
            if factor and row[7]:
                raise SecondFactorMissing
            yield Opened(actor_of(row), demonstration=bool(row[8]))
    except DatabaseError as exc:
        if getattr(exc.__cause__, "sqlstate", "") == NO_RIGHTS:
            raise Absent("no rights") from exc
        raise


@contextmanager
def page_rights(session_key: str, slug: str, *, read_only: bool) -> Iterator[Opened]:
    """Open the rights of a session for the organisation of the address, for the life of the block.

    Raises Absent when there are none (not a member: as if the organisation did not exist), SecondFactorMissing
    when the organisation is a facilitator and the account has no second factor (not in the demonstration).
    """
    with _rights(
        "SELECT * FROM sec.open(%s, %s)", ticket(session_key), slug, read_only=read_only, factor=True
    ) as opened:
        yield opened


@contextmanager
def request_rights(session_key: str, slug: str, *, read_only: bool) -> Iterator[Actor]:
    """Open the rights of a session, as `page_rights`, for who only needs the Actor (an export that streams)."""
    with page_rights(session_key, slug, read_only=read_only) as opened:
        yield opened.actor


@contextmanager
def named_rights(account_id: int, organisation_id: int, *, read_only: bool = False) -> Iterator[Actor]:
    """Open the rights of a membership by its two identifiers: jobs and commands, worker role only."""
    opening = "SELECT * FROM sec.open_as(%s, %s)"
    with _rights(opening, account_id, organisation_id, read_only=read_only) as opened:
        yield opened.actor


@contextmanager
def joining_rights(session_key: str, secret_hash: str, membership_uid: str) -> Iterator[Actor]:
    """Turn an invitation into a membership and open its rights. Raises Absent when the link is not good."""
    opening = "SELECT * FROM sec.join_by_invitation(%s, %s, %s::uuid)"
    with _rights(opening, ticket(session_key), secret_hash, membership_uid, read_only=False) as opened:
        yield opened.actor


@contextmanager
def mandate_rights(session_key: str, secret_hash: str) -> Iterator[Actor]:
    """Accept the mandate of a link and open its rights. Raises Absent when the link is not good."""
    opening = "SELECT * FROM sec.accept_mandate(%s, %s)"
    with _rights(opening, ticket(session_key), secret_hash, read_only=False) as opened:
        yield opened.actor
