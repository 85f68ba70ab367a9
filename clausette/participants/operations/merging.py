"""Two records of one person made one: the room's part; what concerns work and hours is judged above (`hours`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.participants import permissions
from clausette.participants.enums import PairState, Sex
from clausette.participants.models import Participant, PersonContact, Reunion
from clausette.participants.operations.contacts import keep_contact
from clausette.participants.operations.persons import followed
from clausette.participants.operations.resealing import reseal
from clausette.participants.operations.twins import close_pairs, compare
from clausette.participants.queries.twins import pairs_visible_to, reunions_visible_to
from clausette.participants.queries.visibility import checks_visible_to, contacts_visible_to
from clausette.participants.rules.merging import CHAINED, what_was_written

CHECKS = "participants_eligibilitycheck.participant_id"
FILLED, PAIRS, EARLIER = "filled", "pairs", "earlier"
REFERRAL = "referred_by_id"


@dataclass(frozen=True, slots=True)
class _Reach:
    phone: str = ""
    email: str = ""
    referred_by_id: int | None = None
    referred_on: date | None = None


@operation("participants.participant.reunited")
def absorb(
    *, actor: Actor, kept_uid: UUID, gone_uid: UUID, moved: Mapping[str, Sequence[int]], at: datetime, on: date
) -> UUID:
    """Make `gone` one with `kept`, who receives all it has and lacks; return the uid of the reunion.

    `moved`: rows already given by the rooms above, by « table.column ». Raises Absent, NotAllowed, Refusal.
    """
    if kept_uid == gone_uid:
        raise Refusal("Choisissez deux fiches différentes.")
    kept, gone = followed(actor, kept_uid), followed(actor, gone_uid)
    followers: dict[str, list[int | str]] = {link: list(ids) for link, ids in moved.items()}
    followers[CHECKS] = _move_checks(actor, kept, gone)
    for link, ids in _move_rest(kept, gone).items():
        followers[link] = [*followers.get(link, ()), *ids]
    reseal(followers, of=gone.uid, to=kept.uid)
    followers[PAIRS] = list(close_pairs(actor, gone.pk))
    followers[FILLED] = list(_fill(actor, kept, gone))
    earlier = Participant.objects.filter(owner_org_id=kept.owner_org_id, merged_into=gone).order_by("id")
    followers[EARLIER] = list(earlier.values_list("pk", flat=True))
    for one in followers[EARLIER]:
        change(lock(Participant.objects.filter(owner_org_id=kept.owner_org_id), pk=one), merged_into_id=kept.pk)
    change(gone, merged_into_id=kept.pk)
    reach = _reach(actor, kept)
    compare(actor, kept, reach.phone, reach.email, None, on)
    row = Reunion(
        owner_org_id=kept.owner_org_id, kept=kept, gone=gone, moved={k: v for k, v in followers.items() if v},
        reunited_at=at, reunited_by_id=actor.account_id,
    )  # fmt: skip
    return created(row).uid


def _move_checks(actor: Actor, kept: Participant, gone: Participant) -> list[int | str]:
    checks = checks_visible_to(actor).filter(participant=gone).order_by("id")
    ids: list[int | str] = []
    for pk in checks.values_list("pk", flat=True):
        change(lock(checks_visible_to(actor), pk=pk), participant_id=kept.pk)
        ids.append(pk)
    return ids


def _move_rest(kept: Participant, gone: Participant) -> dict[str, list[int]]:
    """Reasons, and whatever else names the person in any room (the catalogue knows)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT link, ids FROM sec.move_person(%s, %s)", [gone.pk, kept.pk])
        return dict(cursor.fetchall())


def _reach(actor: Actor, person: Participant) -> "PersonContact | _Reach":
    return contacts_visible_to(actor).filter(participant=person).first() or _Reach()


def _fill(actor: Actor, kept: Participant, gone: Participant) -> list[str]:
    """Give the person kept what their record lacks; return the names of what was filled."""
    values: dict[str, object] = {}
    if kept.sex == Sex.UNKNOWN and gone.sex != Sex.UNKNOWN:
        values["sex"] = gone.sex
    if not kept.commune_name and gone.commune_name:
        values["commune_name"] = gone.commune_name
    if values:
        change(kept, **values)
    mine, theirs = _reach(actor, kept), _reach(actor, gone)
    reach = [name for name in ("phone", "email") if not getattr(mine, name) and getattr(theirs, name)]
    referral = None
    if mine.referred_by_id is None and theirs.referred_by_id is not None:
        referral = (theirs.referred_by_id, theirs.referred_on)
        reach.append(REFERRAL)
    if reach:
        keep_contact(
            actor, kept, phone=mine.phone or theirs.phone, email=mine.email or theirs.email, referral=referral
        )
    return [*values, *reach]


def written_since(uid: UUID) -> tuple[str, ...]:
    """Return the tables written since a reunion, which forbid to undo it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.written_since_reunion(%s)", [uid])
        return tuple((cursor.fetchone() or [()])[0])


@operation("participants.participant.parted")
def release(*, actor: Actor, uid: UUID, at: datetime, on: date) -> UUID:
    """Undo a reunion the same day, when nothing was written since; return the uid of the record given back.

    Raises Absent, NotAllowed, WrongState (undone already, too late, the record kept was reunited in its turn, or
    something was written since).
    """
    demand(permissions.can_create_participant(actor))
    row = lock(reunions_visible_to(actor), uid=uid)
    if row.undone_at is not None:
        raise WrongState("Cette réunion est déjà défaite.")
    if timezone.localdate(row.reunited_at) != on:
        raise WrongState(
            "Une réunion se défait le jour même. Pour séparer deux personnes plus tard, enregistrez de nouveau celle "
            "qui manque, puis retirez de l'autre fiche ce qui n'est pas à elle."
        )
    if Participant.objects.filter(pk=row.kept_id, merged_into__isnull=False).exists():
        raise WrongState(CHAINED)
    since = written_since(uid)
    if since:
        raise WrongState(
            f"Depuis la réunion, {what_was_written(since)} : elle ne se défait plus. Si ce sont deux "
            "personnes, enregistrez de nouveau celle qui manque."
        )
    return _part(actor, row, at).uid


def _part(actor: Actor, row: Reunion, at: datetime) -> Participant:
    of_ours = Participant.objects.filter(owner_org_id=row.owner_org_id)
    kept, gone = lock(of_ours, pk=row.kept_id), lock(of_ours, pk=row.gone_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.part_person(%s)", [row.uid])
    reseal(row.moved, of=kept.uid, to=gone.uid)
    change(gone, merged_into_id=None)
    for pk in row.moved.get(EARLIER, ()):
        change(lock(of_ours, pk=pk), merged_into_id=gone.pk)
    filled = set(row.moved.get(FILLED, ()))
    empty: dict[str, object] = {"sex": Sex.UNKNOWN, "commune_name": ""}
    values = {name: value for name, value in empty.items() if name in filled}
    if values:
        change(kept, **values)
    mine = _reach(actor, kept)
    if filled & {"phone", "email", REFERRAL}:
        keep_contact(
            actor, kept, phone="" if "phone" in filled else mine.phone, email="" if "email" in filled else mine.email,
            referral=(None, None) if REFERRAL in filled else None,
        )  # fmt: skip
    for pk in row.moved.get(PAIRS, ()):
        change(lock(pairs_visible_to(actor), pk=pk), state=PairState.OPEN)
    change(row, undone_at=at, undone_by_id=actor.account_id)
    return gone
