"""Verbs of access: bodies, members, invitations, sessions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import choice
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from clausette.access import deposit_rules, permissions
from clausette.access.enums import BodyKind, Capability, MemberRole
from clausette.access.errors import InvitationGone
from clausette.access.links import deposit_secret
from clausette.access.models import Account, Deposit, Invitation, Membership, Organisation, Session
from clausette.access.queries import (
    deposits_visible_to,
    invitations_visible_to,
    may_complete,
    may_forget_factor,
    memberships_visible_to,
    with_members,
)
from clausette.access.rights import joining_rights
from clausette.access.rules import INVITATION_DAYS, free_slug, is_nameless, link_secret, secret_hash
from clausette.access.second_factor import forget_second_factor
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Refusal, WrongState
from clausette.kernel.operation import change, created, lock, operation, watch, writing
from clausette.kernel.queue import enqueue
from clausette.kernel.siret import clean_siret
from clausette.kernel.text import collapse, search_key


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation and the secret of its link, known now and never again."""

    uid: UUID
    secret: str


def _siret(text: str) -> str:
    """Return the 14 digits, "" when none was given. Raises Refusal."""
    try:
        return clean_siret(text) if text.strip() else ""
    except ValueError as exc:
        raise Refusal(str(exc), field="siret") from exc


def new_organisation(
    *,
    name: str,
    siret: str = "",
    body_kind: BodyKind = BodyKind.OTHER,
    capabilities: Collection[str] = (),
    commune_code: str = "",
    commune_name: str = "",
    registered_by: int | None = None,
) -> Organisation:
    """Return a body ready to be written, with its sort key and a free name for addresses. Raises Refusal."""
    name, siret = collapse(name), _siret(siret)
    if not name:
        raise Refusal("Donnez un nom à l'organisme.", field="name")
    key = search_key(name)
    stem = free_slug(key, ())
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return Organisation(
        name=name,
        slug=free_slug(key, taken),
        siret=siret or None,
        body_kind=body_kind,
        capabilities=sorted(set(capabilities)),
        commune_code=commune_code,
        commune_name=commune_name,
        sort_key=search_key(f"{name} {commune_name}")[:250],
        registered_by_id=registered_by,
    )


@operation("access.organisation.registered")
def _register(*, actor: Actor, organisation: Organisation) -> UUID:
    demand(permissions.can_register_organisation(actor))
    return created(organisation).uid


@operation("access.organisation.recognised")
def _recognise(*, actor: Actor, organisation: Organisation, capabilities: Collection[str]) -> UUID:
    demand(permissions.can_register_organisation(actor))
    watch(organisation)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.recognise(%s, %s)", [organisation.pk, sorted(capabilities)])
    organisation.refresh_from_db()
    return organisation.uid


def register_organisation(
    *,
    actor: Actor,
    name: str,
    siret: str = "",
    body_kind: BodyKind = BodyKind.OTHER,
    capabilities: Collection[str] = (),
    commune_code: str = "",
    commune_name: str = "",
) -> UUID:
    """Return the uid of the body: the one that has this SIRET, with the capabilities it lacked, or a new one.

    Capabilities other than facilitator only. Raises NotAllowed, Refusal (name, SIRET).
    """
    wanted = set(capabilities) - {Capability.FACILITATOR}
    number = _siret(siret)
    known = Organisation.objects.filter(siret=number).order_by("id").first() if number else None
    if known is None:
        row = new_organisation(
            name=name, siret=siret, body_kind=body_kind, capabilities=wanted, commune_code=commune_code,
            commune_name=commune_name, registered_by=actor.organisation_id,
        )  # fmt: skip
        return _register(actor=actor, organisation=row)
    missing = wanted - set(known.capabilities)
    return _recognise(actor=actor, organisation=known, capabilities=missing) if missing else known.uid


@operation("access.organisation.changed")
def change_organisation(
    *, actor: Actor, uid: UUID, name: str, body_kind: BodyKind, commune_code: str = "", commune_name: str = ""
) -> UUID:
    """Correct or complete the public facts of one's own body, or of one registered here that has no member yet.

    The address (slug) and the SIRET stay. Raises Absent, NotAllowed with its reason, Refusal (name).
    """
    demand(may_complete(actor=actor, uid=uid))  # the reason first: a policy would only say « no »
    name, commune_name = collapse(name), collapse(commune_name)
    if not name:
        raise Refusal("Donnez un nom à l'organisme.", field="name")
    if is_nameless(name):
        raise Refusal(f"« {name} » est un numéro : écrivez le nom de l'organisme.", field="name")
    row = lock(Organisation.objects.all(), uid=uid)
    change(
        row,
        name=name,
        body_kind=body_kind,
        commune_code=commune_code,
        commune_name=commune_name,
        sort_key=search_key(f"{name} {commune_name}")[:250],
    )
    return row.uid


def invitation_secret(uid: UUID) -> str:
    """Return the secret of the link of an invitation."""
    return link_secret(settings.SECRET_KEY, "invitation", uid)


def new_invitation(
    *,
    organisation_id: int,
    email: str,
    full_name: str,
    role: MemberRole,
    at: datetime,
    invited_by: int | None,
) -> tuple[Invitation, str]:
    """Return an invitation ready to be written, good for 7 days, and its secret."""
    uid = uuid4()
    secret = invitation_secret(uid)
    row = Invitation(
        uid=uid,
        organisation_id=organisation_id,
        email=email.strip().lower(),
        full_name=collapse(full_name),
        role=role,
        token_hash=secret_hash(secret),
        expires_at=at + timedelta(days=INVITATION_DAYS),
        invited_by_id=invited_by,
    )
    return row, secret


@operation("access.invitation.created")
def invite(
    *,
    actor: Actor,
    email: str,
    at: datetime,
    full_name: str = "",
    role: MemberRole = MemberRole.MEMBER,
    organisation: UUID | None = None,
    site: str = "",
) -> Invited:
    """Invite a person to one's own organisation, or (facilitator) the first person of another body.

    `site` is the address of this installation for the link of the mail; "" sends none. Returns the secret of the
    link. Raises NotAllowed, Absent, Refusal (already invited).
    """
    place = actor.organisation_id
    if organisation is not None:
        found = Organisation.objects.filter(uid=organisation).order_by("id").first()
        if found is None:
            raise Absent("organisation")
        place = found.pk
    own = place == actor.organisation_id
    demand(permissions.can_invite(actor, own=own, has_members=not own and bool(with_members([place]))))
    row, secret = new_invitation(
        organisation_id=place, email=email, full_name=full_name, at=at, invited_by=actor.account_id,
        role=role if own else MemberRole.ADMIN,
    )  # fmt: skip
    invited = Invited(created(row).uid, secret)
    if site:
        enqueue("access.mail_invitation", actor=actor, invitation=str(invited.uid), site=site)
    return invited


@operation("access.invitation.withdrawn")
def withdraw_invitation(*, actor: Actor, uid: UUID, at: datetime) -> UUID:
    """Make a link useless before anybody used it."""
    row = lock(invitations_visible_to(actor), uid=uid)
    if row.accepted_at or row.withdrawn_at:
        raise WrongState("Cette invitation est déjà acceptée ou retirée.")
    change(row, withdrawn_at=at)
    return row.uid


@operation("access.invitation.accepted")
def _joined(*, actor: Actor, membership: UUID) -> None:
    created(Membership.objects.get(uid=membership))


def accept_invitation(*, session_key: str, secret: str) -> str:
    """Make the signed-in person a member; return the slug of the organisation. Raises InvitationGone.

    The address of the account must be the one invited. Opens its own transaction and rights.
    """
    uid = uuid4()
    try:
        with joining_rights(session_key, secret_hash(secret), str(uid)) as actor:
            _joined(actor=actor, membership=uid)
            return actor.slug
    except Absent:
        raise InvitationGone from None


def _is_last_admin(actor: Actor, row: Membership) -> bool:
    others = memberships_visible_to(actor).filter(role=MemberRole.ADMIN, valid_to__isnull=True)
    return row.role == MemberRole.ADMIN and not others.exclude(pk=row.pk).exists()


@operation("access.membership.revoked")
def revoke_membership(*, actor: Actor, uid: UUID, at: datetime) -> UUID:
    """Take a member out at once: the next request has no rights. Raises NotAllowed, WrongState (last admin)."""
    demand(permissions.can_administer(actor))
    row = lock(memberships_visible_to(actor), uid=uid)
    if _is_last_admin(actor, row):
        raise WrongState("C'est le dernier administrateur : nommez-en un autre d'abord.")
    change(row, revoked_at=at)
    return row.uid


@operation("access.membership.changed")
def change_membership(*, actor: Actor, uid: UUID, role: MemberRole, valid_to: date | None = None) -> UUID:
    """Change the role of a member or the last day (inclusive) of its rights."""
    demand(permissions.can_administer(actor))
    row = lock(memberships_visible_to(actor), uid=uid)
    if (role != MemberRole.ADMIN or valid_to) and _is_last_admin(actor, row):
        raise WrongState("C'est le dernier administrateur : nommez-en un autre d'abord.")
    change(row, role=role, valid_to=valid_to)
    return row.uid


@operation("access.membership.factor_forgotten")
def forget_factor(*, actor: Actor, uid: UUID) -> UUID:
    """Take off the second factor of a member who lost telephone and codes; their sessions end, a mail tells them.

    A structure facilitatrice asks for a new one at the next sign-in. Raises NotAllowed, Absent.
    """
    demand(may_forget_factor(actor=actor, uid=uid))
    row = lock(memberships_visible_to(actor), uid=uid)
    forget_second_factor(account_id=row.account_id)
    close_other_sessions(account_id=row.account_id, session_key_hash="")
    enqueue("access.mail_factor_forgotten", account=row.account_id)
    return row.uid


def close_session(*, account_id: int, uid: UUID) -> None:
    """Close one of one's own sessions: its next request is signed out. Not an act: no event."""
    with writing("access.session"):
        Session.objects.filter(account_id=account_id, uid=uid).delete()


def close_other_sessions(*, account_id: int, session_key_hash: str) -> int:
    """Close all sessions of an account but one (its hash, "" for none); return how many."""
    with writing("access.session"):
        rows = Session.objects.filter(account_id=account_id).exclude(session_key=session_key_hash)
        return rows.delete()[0]


@operation("access.organisation.reading_alert_set")
def set_reading_alert(*, actor: Actor, threshold: int | None) -> UUID:
    """Choose from how many distinct persons in an hour the structure's administrators are told of a facilitator.

    None: the usual number. Raises NotAllowed, Refusal (threshold).
    """
    demand(permissions.can_administer(actor))
    if threshold is not None and not 20 <= threshold <= 5000:
        raise Refusal("Un nombre de personnes de 20 à 5 000.", field="threshold")
    row = lock(Organisation.objects.all(), pk=actor.organisation_id)
    change(row, reading_alert=threshold)
    return row.uid


@operation("access.deposit.opened")
def begin_deposit(*, actor: Actor, organisation_id: int, email: str, full_name: str) -> tuple[Deposit, str]:
    """Return a new deposit of a person of a firm, and its access word, told once.

    Raises NotAllowed, Refusal (this person has one already).
    """
    demand(permissions.can_open_deposit(actor))
    uid, link = uuid4(), uuid4()
    account = Account(email=deposit_rules.nameless_email(uid), full_name=deposit_rules.acting_name(full_name)[:150])
    account.set_unusable_password()
    account.save(force_insert=True)
    word = deposit_rules.new_word(choice)
    row = Deposit(
        uid=uid,
        owner_org_id=actor.organisation_id,
        organisation_id=organisation_id,
        account=account,
        email=email,
        full_name=full_name,
        link=link,
        token_hash=secret_hash(deposit_secret(link)),
        word_hash=make_password(deposit_rules.heard(word)),
        opened_by_id=actor.account_id,
    )
    return created(row), word


@operation("access.deposit.word_changed")
def renew_word(*, actor: Actor, uid: UUID, new_link: bool = False) -> str:
    """Give another access word, told once; the former opens nothing, sessions end. `new_link`: another link too.

    Raises NotAllowed, Absent.
    """
    demand(permissions.can_open_deposit(actor))
    row = lock(deposits_visible_to(actor), uid=uid)
    word = deposit_rules.new_word(choice)
    values: dict[str, object] = {"word_hash": make_password(deposit_rules.heard(word)), "failures": 0}
    if new_link:
        link = uuid4()
        values |= {"link": link, "token_hash": secret_hash(deposit_secret(link))}
    change(row, **values)
    close_other_sessions(account_id=row.account_id, session_key_hash="")
    return word
