"""Reads of access: organisations, members, invitations, one's own sessions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from clausette.access import permissions
from clausette.access.enums import BodyKind, MemberRole
from clausette.access.models import (
    Account,
    Demonstration,
    Deposit,
    Invitation,
    Membership,
    Organisation,
    Session,
)
from clausette.access.rules import NAMELESS, hashed, is_nameless, secret_hash
from clausette.access.second_factor import has_second_factor
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.scope import narrow
from clausette.kernel.text import search_key


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """The public facts of a body."""

    id: int
    uid: UUID
    name: str
    slug: str
    siret: str
    body_kind: BodyKind
    capabilities: frozenset[str]
    commune_code: str
    commune_name: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member of one's own organisation."""

    uid: UUID
    full_name: str
    email: str
    role: MemberRole
    valid_from: date
    valid_to: date | None
    is_self: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation that waits."""

    uid: UUID
    email: str
    full_name: str
    role: MemberRole
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """What the holder of the link reads before accepting."""

    organisation_name: str
    email: str
    full_name: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One of my sessions."""

    uid: UUID
    agent: str
    created_at: datetime
    seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A membership by its two numbers: what a command opens its rights with."""

    account_id: int
    organisation_id: int
    slug: str


def facilitator_seats(*, slug: str = "", email: str = "") -> list[Seat]:
    """Return who may act today for facilitators, administrators first; worker role only. "" asks for any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.facilitator_seats(%s, %s)", [slug, email])
        return [Seat(*row) for row in cursor.fetchall()]


def _card(row: Organisation) -> OrganisationCard:
    return OrganisationCard(
        id=row.id,
        uid=row.uid,
        name=row.name,
        slug=row.slug,
        siret=row.siret or "",
        body_kind=BodyKind(row.body_kind),
        capabilities=frozenset(row.capabilities),
        commune_code=row.commune_code,
        commune_name=row.commune_name,
    )


def find_organisations(
    *, actor: Actor, words: str = "", capability: str = "", limit: int = 50
) -> list[OrganisationCard]:
    """Return the bodies whose name or SIRET holds every word (the first eight), with a capability if asked, by name.

    Public facts: anyone with rights reads them all.
    """
    rows = Organisation.objects.all()
    for word in search_key(words).split()[:8]:
        rows = rows.filter(Q(sort_key__contains=word) | Q(siret__startswith=word))
    if capability:
        rows = rows.filter(capabilities__contains=[capability])
    return [_card(row) for row in rows.order_by("sort_key", "id")[:limit]]


def organisations(*, actor: Actor, uids: Iterable[UUID]) -> dict[UUID, OrganisationCard]:
    """Return these bodies by uid; those that do not exist are left out."""
    return {row.uid: _card(row) for row in _of_uids(actor, list(uids))}


@prepared
def _of_uids(actor: Actor, uids: list[UUID]) -> QuerySet[Organisation]:  # all bodies are everybody's
    return Organisation.objects.filter(Among("uid", uids, "uuid")).order_by("id")


def get_organisation(*, actor: Actor, uid: UUID) -> OrganisationCard:
    """Return one body. Raises Absent."""
    try:
        return organisations(actor=actor, uids=[uid])[uid]
    except KeyError:
        raise Absent("organisation") from None


def organisation_with_siret(*, actor: Actor, siret: str) -> OrganisationCard | None:
    """Return the body of a SIRET, None when nobody registered it yet."""
    row = Organisation.objects.filter(siret=siret).order_by("id").first() if siret else None
    return _card(row) if row else None


def bodies_named(*, actor: Actor, sirets: Collection[str], keys: Collection[str]) -> list[OrganisationCard]:
    """Return the bodies that have one of these SIRET or one of these names (search keys). One query."""
    rows = Organisation.objects.filter(Q(siret__in=set(sirets)) | Q(sort_key__in=set(keys)))
    return [_card(row) for row in rows.order_by("id")]


def own_organisation(*, actor: Actor) -> OrganisationCard:
    """Return the card of the organisation acted for."""
    return _card(Organisation.objects.get(pk=actor.organisation_id))


def with_members(ids: Iterable[int]) -> set[int]:
    """Return those of these bodies in which somebody sits today: they keep their own card."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM unnest(%s::bigint[]) AS id WHERE sec.has_members(id)", [list(ids)])
        return {number for (number,) in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class RegisteredLine:
    """A body that one's structure registered; `completing` says whether its card may be changed here."""

    card: OrganisationCard
    nameless: bool
    completing: Decision


def _registered(actor: Actor, words: str, *, nameless: bool) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(registered_by_id=actor.organisation_id)
    for word in search_key(words).split()[:8]:
        rows = rows.filter(Q(sort_key__contains=word) | Q(siret__startswith=word))
    return rows.filter(name__regex=NAMELESS) if nameless else rows


def count_nameless(*, actor: Actor) -> int:
    """Return how many bodies registered by the actor's structure are known by their number only."""
    return _registered(actor, "", nameless=True).count()


def registered_organisations(
    *, actor: Actor, words: str = "", nameless: bool = False, offset: int = 0, size: int = 50
) -> tuple[list[RegisteredLine], int]:
    """Return a page of the bodies registered by the actor's structure, by name, and how many there are.

    `nameless` keeps those known by their number only. Three queries.
    """
    rows = _registered(actor, words, nameless=nameless)
    shown = list(rows.order_by("sort_key", "id")[offset : offset + size])
    sitting = with_members(row.pk for row in shown)
    lines = [
        RegisteredLine(_card(row), is_nameless(row.name), _completing(actor, row, row.pk in sitting))
        for row in shown
    ]
    return lines, rows.count()


def _completing(actor: Actor, row: Organisation, has_members: bool) -> Decision:
    return permissions.can_complete(
        actor,
        own=row.pk == actor.organisation_id,
        registered_here=row.registered_by_id == actor.organisation_id,
        has_members=has_members,
    )


def may_complete(*, actor: Actor, uid: UUID) -> Decision:
    """Say whether the actor may change the card of a body, and why not. Raises Absent."""
    row = Organisation.objects.filter(uid=uid).order_by("id").first()
    if row is None:
        raise Absent("organisation")
    return _completing(actor, row, bool(with_members([row.pk])))


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """Memberships of the actor's organisation that are not revoked."""
    return narrow(Membership.objects.filter(revoked_at__isnull=True), Q(organisation_id=actor.owner_id))


def memberships_of_account(*, account_id: int) -> QuerySet[Membership, int]:
    """Return the numbers of the organisations for which an account may act today (for a subquery)."""
    today = RawSQL("sec.today()", [])
    held = Membership.objects.filter(account_id=account_id, revoked_at__isnull=True, valid_from__lte=today)
    running = held.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return running.order_by().values_list("organisation_id", flat=True)


def members(*, actor: Actor) -> list[MemberLine]:
    """Return the members of the actor's organisation, by name."""
    rows = memberships_visible_to(actor).select_related("account").order_by("account__full_name", "id")
    return [_member(actor, row) for row in rows]


def member(*, actor: Actor, uid: UUID) -> MemberLine:
    """Return one member of the actor's organisation. Raises Absent."""
    row = memberships_visible_to(actor).select_related("account").filter(uid=uid).order_by("id").first()
    if row is None:
        raise Absent("membership")
    return _member(actor, row)


def colleagues(*, actor: Actor, on: date) -> int:
    """Return how many other persons act for the actor's organisation on `on`. One query."""
    rows = memberships_visible_to(actor).exclude(account_id=actor.account_id).filter(account__is_active=True)
    running = rows.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    return running.values("account_id").distinct().count()


def _member(actor: Actor, row: Membership) -> MemberLine:
    return MemberLine(
        uid=row.uid,
        full_name=row.account.full_name,
        email=row.account.email,
        role=MemberRole(row.role),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_self=row.account_id == actor.account_id,
    )


def may_forget_factor(*, actor: Actor, uid: UUID) -> Decision:
    """Say whether the actor may take off the second factor of a member, and why not. Raises Absent."""
    row = memberships_visible_to(actor).filter(uid=uid).order_by("id").first()
    if row is None:
        raise Absent("membership")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.sits_elsewhere(%s)", [row.account_id])
        found = cursor.fetchone()
    return permissions.can_forget_factor(
        actor, is_self=row.account_id == actor.account_id, enrolled=has_second_factor(account_id=row.account_id),
        elsewhere=bool(found and found[0]),
    )  # fmt: skip


def deposits_visible_to(actor: Actor) -> QuerySet[Deposit]:
    """« Dépôts sans compte » that the actor's structure opened."""
    return narrow(Deposit.objects.all(), Q(owner_org_id=actor.owner_id))


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    """Invitations to the actor's organisation, and those the actor made for other bodies."""
    return narrow(Invitation.objects.all(), Q(organisation_id=actor.owner_id) | Q(invited_by_id=actor.account_id))


def pending_invitations(*, actor: Actor) -> list[InvitationLine]:
    """Return the invitations of the actor's organisation that are neither accepted nor withdrawn."""
    rows = invitations_visible_to(actor).filter(
        organisation_id=actor.organisation_id, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    return [
        InvitationLine(row.uid, row.email, row.full_name, MemberRole(row.role), row.expires_at)
        for row in rows.order_by("-created_at", "id")
    ]


def read_invitation(*, secret: str) -> InvitationCard | None:
    """Return what the holder of a link may read, None when it is not good. Needs no rights."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.invitation(%s)", [secret_hash(secret)])
        row = cursor.fetchone()
    return InvitationCard(*row) if row else None


def sessions_of(*, account_id: int, session_key: str) -> list[SessionLine]:
    """Return the live sessions of an account, the latest seen first; `session_key` is the cookie in use."""
    rows = Session.objects.filter(account_id=account_id, expire_date__gt=Now()).order_by(
        "-seen_at", "session_key"
    )
    own = hashed(session_key)
    return [
        SessionLine(row.uid, row.agent, row.created_at, row.seen_at, row.session_key == own) for row in rows
    ]


def demonstration_as_of() -> date | None:
    """Return the date of the demonstration world, None when this installation is a real one."""
    return Demonstration.objects.values_list("as_of", flat=True).first()


def is_demonstration() -> bool:
    """Tell whether this installation is the demonstration: no second factor, mails kept as files."""
    return Demonstration.objects.exists()


def sent_invitation(*, actor: Actor, uid: UUID) -> InvitationCard | None:
    """Return an invitation that still waits, for its mail; None when it is accepted, withdrawn or unknown."""
    waiting = invitations_visible_to(actor).filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    row = waiting.select_related("organisation").filter(uid=uid).order_by("id").first()
    return InvitationCard(row.organisation.name, row.email, row.full_name) if row else None


def account_exists(*, email: str) -> bool:
    """Tell whether an address opens an account: asked for the holder of an invitation only, who owns it."""
    return Account.objects.filter(email=email).exists()


def account_numbered(number: int) -> Account:
    """Return an account by its number, to sign it in or write to it. Raises Absent."""
    row = Account.objects.filter(pk=number, is_active=True).first()
    if row is None:
        raise Absent("account")
    return row


def active_account(*, uid: UUID) -> Account | None:
    """Return the account of a link, None when there is none (any more)."""
    return Account.objects.filter(uid=uid, is_active=True).first()


def pending_email(*, account_id: int) -> str:
    """Return the address an account has asked for and not yet confirmed, "" for none."""
    rows = EmailAddress.objects.filter(user_id=account_id, verified=False, primary=False).order_by("-id")
    return str(rows.values_list("email", flat=True).first() or "")


def alert_recipients(*, alert: UUID) -> list[tuple[str, str, str]]:
    """Return address, name and slug of the administrators to whom an alert is sent; worker role only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.alert_recipients(%s)", [alert])
        return [(email, name, slug) for email, name, slug in cursor.fetchall()]


def names_of_accounts(numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of these accounts, by number (one query)."""
    return dict(Account.objects.filter(pk__in=set(numbers)).values_list("pk", "full_name").order_by("pk"))


def names_of_bodies(*, actor: Actor, numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of these organisations, by number (one query)."""
    return dict(Organisation.objects.filter(pk__in=set(numbers)).values_list("pk", "name").order_by("pk"))


def reading_threshold(*, actor: Actor) -> int | None:
    """Return the threshold of alert chosen by the actor's structure, None for the usual one."""
    return Organisation.objects.values_list("reading_alert", flat=True).get(pk=actor.organisation_id)
