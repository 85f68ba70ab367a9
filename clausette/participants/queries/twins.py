"""Who may be the same person as another: at entry, over the structure, and what was reunited."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.blind import mark
from clausette.kernel.errors import Absent
from clausette.kernel.scope import narrow
from clausette.participants.enums import PairState
from clausette.participants.errors import Twin
from clausette.participants.models import Participant, PersonContact, Resemblance, Reunion
from clausette.participants.queries.seeking import persons_sought
from clausette.participants.queries.visibility import (
    contacts_visible_to,
    of_others,
    own,
    own_as_facilitator,
    participants_visible_to,
)
from clausette.participants.rules.likeness import (
    Described,
    Likeness,
    contact_email,
    contact_phone,
    described,
    likeness,
    names_alike,
    near_births,
    sound_key,
    told,
)
from clausette.participants.rules.merging import CHAINED

PAGE = 50
MOST_CANDIDATES = 400


def phone_mark(phone: str) -> str:
    """Return the blind mark of a telephone."""
    return mark("phone", contact_phone(phone))


def email_mark(email: str) -> str:
    """Return the blind mark of an e-mail."""
    return mark("email", contact_email(email))


def pairs_visible_to(actor: Actor) -> QuerySet[Resemblance]:
    """Pairs of the structure, whatever was decided."""
    return narrow(Resemblance.objects.all(), own_as_facilitator(actor))


def reunions_visible_to(actor: Actor) -> QuerySet[Reunion]:
    """Records that the structure reunited."""
    return narrow(Reunion.objects.all(), own_as_facilitator(actor))


@dataclass(frozen=True, slots=True)
class Found:
    """A person held who looks like the one compared."""

    id: int
    uid: UUID
    name: str
    birth_date: date
    likeness: Likeness


def described_rows(rows: QuerySet[Participant]) -> dict[int, tuple[Mapping[str, Any], Described]]:
    """Return persons as they are compared, by internal number, with their marks (two queries)."""
    people: dict[int, Mapping[str, Any]] = {
        row["id"]: row
        for row in rows.order_by("id").values("id", "uid", "last_name", "first_name", "birth_date", "commune_name")
    }
    marks = {
        person: (phone, email)
        for person, phone, email in PersonContact.objects.filter(participant_id__in=list(people))
        .order_by("id")
        .values_list("participant_id", "phone_mark", "email_mark")
    }
    return {
        pk: (
            row,
            described(
                row["last_name"], row["first_name"], row["birth_date"], phone=marks.get(pk, ("", ""))[0],
                email=marks.get(pk, ("", ""))[1], commune=row["commune_name"],
            ),
        )
        for pk, row in people.items()
    }  # fmt: skip


def followed_by(actor: Actor) -> QuerySet[Participant]:
    """The persons whom the actor's structure follows itself."""
    return participants_visible_to(actor).filter(own(actor))


def look_alikes(
    *,
    actor: Actor,
    last_name: str,
    first_name: str,
    birth_date: date,
    phone: str = "",
    email: str = "",
    commune_name: str = "",
    known_as: int | None = None,
) -> tuple[Found, ...]:
    """Return the persons of the structure who may be this one, the most alike first (four queries at most).

    `known_as`: internal number of the person when already registered.
    """
    one = described(
        last_name, first_name, birth_date, phone=phone_mark(phone), email=email_mark(email), commune=commune_name
    )
    near = Q(sound_key=sound_key(last_name, first_name)[:200]) | Q(birth_date__in=near_births(birth_date))
    contacts = Q(phone_mark=one.phone) & ~Q(phone_mark="") | Q(email_mark=one.email) & ~Q(email_mark="")
    if one.phone or one.email:
        same = PersonContact.objects.filter(contacts, owner_org_id=actor.organisation_id)
        near |= Q(pk__in=list(same.order_by("id").values_list("participant_id", flat=True)[:MOST_CANDIDATES]))
    ids = followed_by(actor).filter(near).exclude(pk=known_as or 0).order_by("id").values_list("pk", flat=True)
    rows = described_rows(followed_by(actor).filter(pk__in=list(ids[:MOST_CANDIDATES])))
    found = [
        Found(pk, row["uid"], f"{row['first_name']} {row['last_name']}", row["birth_date"], likeness(one, other))
        for pk, (row, other) in rows.items()
    ]
    likely = [one for one in found if one.likeness.likely]
    return tuple(sorted(likely, key=lambda one: (-one.likeness.score, one.id)))


WORTH, WORTH_BORN = 40, 45
"""From this score somebody named, without or with a birth date, is worth a look: a birth date alone is not."""


def resembling(
    *, actor: Actor, last_name: str, first_name: str, birth_date: date | None, among: Collection[UUID] = ()
) -> tuple[Found, ...]:
    """Return the visible persons who may be the one named, the most alike first; `among`: compared whatever their name.

    Without a birth date, names alone are compared. Five queries at most.
    """
    one = described(last_name, first_name, birth_date or date.min)
    near = Q(sound_key=sound_key(last_name, first_name)[:200])
    if birth_date is not None:
        near |= Q(birth_date__in=near_births(birth_date))
    live = Participant.objects.filter(merged_into=None, erased_on=None)
    ids = set(
        narrow(live.filter(near), own(actor)).order_by("id").values_list("pk", flat=True)[:MOST_CANDIDATES]
    )
    ids |= set(
        narrow(live.filter(near), of_others()).order_by("id").values_list("pk", flat=True)[:MOST_CANDIDATES]
    )
    ids |= {pk for pk, _ in persons_sought(actor, f"{last_name} {first_name}")[:MOST_CANDIDATES]}
    rows = described_rows(participants_visible_to(actor).filter(Q(pk__in=ids) | Q(uid__in=list(among))))
    compare, least = (likeness, WORTH_BORN) if birth_date is not None else (names_alike, WORTH)
    found = [
        Found(
            pk, row["uid"], f"{row['first_name']} {row['last_name']}", row["birth_date"], compare(one, other)
        )
        for pk, (row, other) in rows.items()
    ]
    worth = [one for one in found if one.likeness.score >= least or one.uid in among]
    return tuple(sorted(worth, key=lambda one: (-one.likeness.score, one.id)))


def twin_of(found: Found) -> Twin:
    """What a page shows of a likely twin."""
    return Twin(found.uid, found.name, found.birth_date, found.likeness.score, found.likeness.told)


@dataclass(frozen=True, slots=True)
class PairPerson:
    """One side of a pair."""

    id: int
    uid: UUID
    first_name: str
    last_name: str
    birth_date: date
    sex: str
    commune_name: str
    referred_on: date | None
    created_at: datetime

    @property
    def name(self) -> str:
        """« David Lemaire »."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons who may be one, the one registered first first. `told`: why, in French."""

    uid: UUID
    first: PairPerson
    second: PairPerson
    score: int
    told: str
    state: str


def _side(row: Participant, referred_on: date | None) -> PairPerson:
    return PairPerson(
        row.pk, row.uid, row.first_name, row.last_name, row.birth_date, row.sex, row.commune_name,
        referred_on, row.created_at,
    )  # fmt: skip


def _pairs(actor: Actor, rows: Iterable[Resemblance]) -> tuple[Pair, ...]:
    read = list(rows)
    ids = {pk for row in read for pk in (row.first_id, row.second_id)}
    days = dict(contacts_visible_to(actor).filter(participant_id__in=ids).values_list("participant_id", "referred_on"))
    return tuple(
        Pair(
            row.uid, _side(row.first, days.get(row.first_id)), _side(row.second, days.get(row.second_id)), row.score,
            told(row.reasons), row.state,
        )
        for row in read
    )  # fmt: skip


def open_pairs(*, actor: Actor, page: int = 1) -> tuple[tuple[Pair, ...], int]:
    """Return one page of the pairs to look at, the most alike first, and how many there are (three queries)."""
    rows = pairs_visible_to(actor).filter(state=PairState.OPEN)
    shown = rows.select_related("first", "second").order_by("-score", "id")
    return _pairs(actor, shown[(page - 1) * PAGE : page * PAGE]), rows.count()


def count_open_pairs(*, actor: Actor) -> int:
    """Return how many pairs the structure has to look at."""
    return pairs_visible_to(actor).filter(state=PairState.OPEN).count()


def pair_of(*, actor: Actor, uid: UUID) -> Pair:
    """Return one pair. Raises Absent."""
    rows = pairs_visible_to(actor).select_related("first", "second").filter(uid=uid)
    for pair in _pairs(actor, rows):
        return pair
    raise Absent("participants.Resemblance")


def kept_instead(*, actor: Actor, uid: UUID) -> UUID | None:
    """Return the person to whom a record was reunited, None when it stands for itself or is not known."""
    rows = narrow(Participant.objects.filter(merged_into__isnull=False), own(actor))
    return rows.filter(uid=uid).values_list("merged_into__uid", flat=True).first()


@dataclass(frozen=True, slots=True)
class ReunionLine:
    """A reunion that stands: the person kept, what the other was called. `refusal`: why it cannot be undone now."""

    uid: UUID
    kept_uid: UUID
    kept_name: str
    gone_uid: UUID
    gone_name: str
    reunited_at: datetime
    by: str
    refusal: str = ""


def reunions(
    *, actor: Actor, kept: UUID | None = None, since: datetime | None = None, uid: UUID | None = None
) -> tuple[ReunionLine, ...]:
    """Return the reunions that stand, the latest first: of one person kept, made since an instant, or one alone."""
    rows = reunions_visible_to(actor).filter(undone_at=None)
    rows = rows.filter(kept__uid=kept) if kept else rows
    rows = rows.filter(uid=uid) if uid else rows
    rows = rows.filter(reunited_at__gte=since) if since else rows
    found = rows.select_related("kept", "gone", "reunited_by").order_by("-reunited_at", "-id")[:PAGE]
    return tuple(
        ReunionLine(
            row.uid, row.kept.uid, f"{row.kept.first_name} {row.kept.last_name}", row.gone.uid,
            f"{row.gone.first_name} {row.gone.last_name}", row.reunited_at, row.reunited_by.full_name,
            CHAINED if row.kept.merged_into_id else "",
        )
        for row in found
    )  # fmt: skip
