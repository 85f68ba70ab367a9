"""« Mandats de déclaration »: those a firm gave, those one holds, and what the holder of a link may read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from clausette.access.rules import secret_hash
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.models import Mandate
from clausette.procurement.queries.visibility import mandates_visible_to


@dataclass(frozen=True, slots=True)
class MandateLine:
    """A mandate given by the actor's firm. `name`: the organisation, or the person; `contract_name`: "" for all.

    `sent_at`: when the link of the person who has not accepted yet was last sent.
    """

    id: int
    uid: UUID
    name: str
    email: str
    waits: bool
    contract_name: str
    starts_on: date
    ends_on: date
    revoked_at: datetime | None
    given_by: str
    given_at: datetime
    sent_at: datetime

    def is_open(self, on: date) -> bool:
        """Tell whether it may still serve, today or later."""
        return self.revoked_at is None and self.ends_on >= on


@dataclass(frozen=True, slots=True)
class HeldMandate:
    """A mandate that the actor's organisation, or the actor, holds today: for which firm, until when."""

    firm_name: str
    firm_slug: str
    contract_name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class UsedMandate:
    """The widest mandate by which the actor acts; `contracts`: names of the only ones opened, () when all are."""

    id: int
    starts_on: date
    ends_on: date
    contracts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MandateRecipient:
    """Somebody told by mail of a mandate that their organisation holds. `seat`: their membership, `slug`: of whom."""

    seat: int
    email: str
    slug: str
    firm_name: str
    one_contract: bool
    starts_on: date
    ends_on: date
    revoked: bool


@dataclass(frozen=True, slots=True)
class MandateCard:
    """What the holder of the link reads before accepting."""

    firm_name: str
    email: str
    full_name: str
    starts_on: date
    ends_on: date


def _line(row: Mandate) -> MandateLine:
    person = row.account.full_name if row.account else row.full_name or row.email
    return MandateLine(
        id=row.pk,
        uid=row.uid,
        name=row.holder.name if row.holder else person,
        email=row.email,
        waits=row.holder is None and row.account is None,
        contract_name=row.contract.common_name if row.contract else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        revoked_at=row.revoked_at,
        given_by=row.given_by.full_name,
        given_at=row.created_at,
        sent_at=row.sent_at or row.created_at,
    )


def _given(actor: Actor) -> QuerySet[Mandate]:
    mine = mandates_visible_to(actor).filter(organisation_id=actor.owner_id)
    return mine.select_related("holder", "account", "contract", "given_by")


def mandates_given(*, actor: Actor) -> tuple[MandateLine, ...]:
    """Return the mandates that the actor's firm gave, ended ones included, the last first (one query)."""
    return tuple(_line(row) for row in _given(actor).order_by("-id"))


def mandate_line(*, actor: Actor, uid: UUID) -> MandateLine:
    """Return one mandate that the actor's firm gave. Raises Absent."""
    row = _given(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("procurement.Mandate")
    return _line(row)


def _running(actor: Actor, on: date) -> QuerySet[Mandate]:
    held = mandates_visible_to(actor).exclude(organisation_id=actor.owner_id)
    return held.filter(revoked_at=None, starts_on__lte=on, ends_on__gte=on)


def mandates_held(*, actor: Actor, on: date) -> tuple[HeldMandate, ...]:
    """Return the mandates by which the actor may declare for others on `on`, by firm (one query)."""
    rows = _running(actor, on).order_by("organisation__sort_key", "contract_id", "id")
    names = rows.values_list(
        "organisation__name", "organisation__slug", "contract__common_name", "starts_on", "ends_on"
    )
    return tuple(HeldMandate(firm, slug, contract or "", *days) for firm, slug, contract, *days in names)


def mandates_for(
    *, actor: Actor, contract_ids: Collection[int], on: date
) -> dict[int, tuple[int, date, date]]:
    """Return by contract number and days of the mandate by which the actor declares there: its own first.

    Those that no mandate opens are left out: {} for who acts by none, without a query.
    """
    if actor.mandate is None:
        return {}
    rows = _used(actor, on).filter(Q(contract=None) | Q(contract_id__in=contract_ids))
    narrowest = rows.order_by(F("contract_id").asc(nulls_last=True), "-ends_on", "id")
    found: dict[int, tuple[int, date, date]] = {}
    of: Any
    for of, number, starts_on, ends_on in narrowest.values_list("contract_id", "pk", "starts_on", "ends_on"):
        for contract in contract_ids if of is None else (of,):
            found.setdefault(contract, (number, starts_on, ends_on))
    return found


def _used(actor: Actor, on: date) -> QuerySet[Mandate]:
    return _running(actor, on).filter(organisation_id=actor.organisation_id)


def mandate_used(*, actor: Actor, on: date) -> UsedMandate | None:
    """Return the widest mandate by which the actor acts, as `sec.mandate_now` says it, None for who acts by none."""
    if actor.mandate is None:
        return None
    widest = _used(actor, on).order_by(F("contract_id").asc(nulls_first=True), "-ends_on", "id")
    rows = list(widest.values_list("pk", "starts_on", "ends_on", "contract_id", "contract__common_name"))
    if not rows:
        return None
    number, starts_on, ends_on, *_ = rows[0]
    limited = all(row[3] for row in rows)
    names = tuple(sorted({row[4] for row in rows if row[4]})) if limited else ()
    return UsedMandate(number, starts_on, ends_on, names)


def mandate_to_mail(*, actor: Actor, uid: UUID) -> tuple[str, datetime | None] | None:
    """Return the address of a mandate that still waits for its person and when its link was sent again, else None."""
    rows = mandates_visible_to(actor).filter(uid=uid, account=None, revoked_at=None).exclude(email="")
    return rows.order_by("id").values_list("email", "sent_at").first()


def mandate_recipients(*, uid: UUID) -> tuple[MandateRecipient, ...]:
    """Return the administrators of the organisation that holds a mandate, none for a person; worker role only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.mandate_recipients(%s)", [uid])
        return tuple(MandateRecipient(*row) for row in cursor.fetchall())


def read_mandate(*, secret: str) -> MandateCard | None:
    """Return what the holder of a link may read, None when it is not good (any more). Needs no rights."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.mandate(%s)", [secret_hash(secret)])
        row = cursor.fetchone()
    return MandateCard(*row) if row else None


def mandate_over(*, ticket: str, slug: str) -> bool:
    """Tell whether the account of a session declared for this firm by a mandate that is over. Needs no rights."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.mandate_over(%s, %s)", [ticket, slug])
        row = cursor.fetchone()
    return bool(row and row[0])
