"""What may be read of referrals: each body its own, never the persons of the structure for the prescriber."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy, RawSQL

from clausette.access.queries import OrganisationCard, names_of_bodies, organisations
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision, demand
from clausette.kernel.errors import Absent
from clausette.kernel.months import add_months
from clausette.kernel.prepared import prepared
from clausette.kernel.scope import narrow
from clausette.kernel.sealing import ERASED, UNREADABLE, KeyDestroyed, KeyMissing, Unreadable, keyring
from clausette.participants.enums import ConsentMeans, EvidenceMeans, PrescriberKind, ReferralState, Sex
from clausette.participants.models import Need, Participant, PrescriberTie, Referral, ReferralSituation
from clausette.participants.models.referrals import OPEN
from clausette.participants.permissions import can_answer_referral, can_carry_referral, can_tell_needs
from clausette.participants.queries.visibility import own, participants_visible_to, two_bodies
from clausette.participants.rules import SENSITIVE, AnswerTimes, Wait, answer_times, shown_name
from clausette.participants.sealing import SITUATIONS, open_reason
from clausette.participants.words import open_text
from clausette.reference.queries import categories

PAGE = 50
WAITING = (ReferralState.PROPOSED, ReferralState.IN_REVIEW)


def referrals_visible_to(actor: Actor) -> QuerySet[Referral]:
    """Referrals addressed to the structure, or made by the prescriber."""
    return narrow(Referral.objects.all(), two_bodies(actor))


def situations_visible_to(actor: Actor) -> QuerySet[ReferralSituation]:
    """Situations told with these referrals."""
    return narrow(ReferralSituation.objects.all(), two_bodies(actor))


def ties_visible_to(actor: Actor) -> QuerySet[PrescriberTie]:
    """Prescribers of the structure; structures of the prescriber."""
    return narrow(PrescriberTie.objects.all(), own(actor) | Q(prescriber_id=actor.organisation_id))


def shown_bodies(*, actor: Actor, numbers: Iterable[int]) -> dict[int, str]:
    """Return how organisations are named to the actor beside persons, in a list, by number (two queries)."""
    hidden = set(
        ties_visible_to(actor)
        .filter(owner_org_id=actor.organisation_id, kind__in=SENSITIVE)
        .values_list("prescriber_id", flat=True)
    )
    return {
        number: shown_name(name, in_charge=True, itself=number == actor.organisation_id, discreet=number in hidden)
        for number, name in names_of_bodies(actor=actor, numbers=numbers).items()
    }


def needs_visible_to(actor: Actor) -> QuerySet[Need]:
    """Needs of the structure; those of the structures that work with the prescriber."""
    tied = RawSQL("SELECT unnest(sec.tied_structures())", [])
    return narrow(Need.objects.all(), own(actor) | Q(owner_org_id__in=tied))


def structures_to_refer(*, actor: Actor, on: date) -> list[OrganisationCard]:
    """Return the structures that work with the prescriber today, by name."""
    ties = ties_visible_to(actor).filter(prescriber_id=actor.organisation_id)
    running = ties.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)
    uids = running.values_list("owner_org__uid", flat=True)
    return sorted(organisations(actor=actor, uids=uids).values(), key=lambda card: card.name)


@dataclass(frozen=True, slots=True)
class TieLine:
    """A prescriber of the structure."""

    uid: UUID
    prescriber_uid: UUID
    name: str
    kind: str
    starts_on: date
    ends_on: date | None


def prescribers_of(*, actor: Actor) -> list[TieLine]:
    """Return the prescribers of the structure, those it works with first. Raises NotAllowed."""
    demand(can_tell_needs(actor))
    rows = ties_visible_to(actor).filter(owner_org_id=actor.organisation_id).select_related("prescriber")
    return [
        TieLine(
            row.uid, row.prescriber.uid, row.prescriber.name,
            PrescriberKind(row.kind).label if row.kind else "", row.starts_on, row.ends_on,
        )
        for row in rows.order_by(F("ends_on").asc(nulls_first=True), "prescriber__sort_key", "id")
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need as its readers see it. `open`: candidates are still wanted."""

    uid: UUID
    structure_uid: UUID
    structure: str
    job: str
    site: str
    commune_name: str
    people: int
    starts_on: date
    ends_on: date
    open: bool

    @property
    def title(self) -> str:
        """« Maçon, école Pasteur »."""
        return ", ".join(part for part in (self.job, self.site) if part)


def _need(row: Need, on: date) -> NeedLine:
    return NeedLine(
        row.uid, row.owner_org.uid, row.owner_org.name, row.job, row.site, row.commune_name, row.people, row.starts_on,
        row.ends_on, row.closed_on is None and row.ends_on >= on,
    )  # fmt: skip


def list_needs(*, actor: Actor, own: bool, on: date) -> list[NeedLine]:
    """Return the structure's needs (`own`: open first, then the last closed), or those open to the prescriber."""
    rows = needs_visible_to(actor).select_related("owner_org")
    if own:
        rows = rows.filter(owner_org_id=actor.organisation_id)
        return sorted((_need(row, on) for row in rows.order_by("-ends_on", "id")[:200]), key=lambda n: not n.open)
    rows = rows.exclude(owner_org_id=actor.organisation_id).filter(closed_on=None, ends_on__gte=on)
    return [_need(row, on) for row in rows.order_by("ends_on", "id")[:200]]


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral in a list. `prescriber` is « organisme habilité » when its kind is sensitive."""

    uid: UUID
    name: str
    structure: str
    prescriber: str
    state: ReferralState
    asked_on: date
    sent_on: date
    answered_on: date | None
    need: str


FORGOTTEN = "Identité effacée"


def _named(row: Referral) -> str:
    return f"{row.last_name} {row.first_name}".strip() or FORGOTTEN


def _line(row: Referral, actor: Actor, *, hidden: bool = False) -> ReferralLine:
    name = shown_name(
        row.prescriber.name, in_charge=row.owner_org_id == actor.organisation_id,
        itself=row.prescriber_id == actor.organisation_id, discreet=hidden,
    )  # fmt: skip
    need = ", ".join(part for part in (row.need.job, row.need.site) if part) if row.need else row.wanted
    return ReferralLine(
        row.uid, _named(row), row.owner_org.name, name, ReferralState(row.state), row.asked_on, row.sent_on,
        row.answered_on, need,
    )  # fmt: skip


def _side(actor: Actor, *, received: bool) -> QuerySet[Referral]:
    rows = referrals_visible_to(actor)
    if received:
        return rows.filter(owner_org_id=actor.organisation_id)
    return rows.filter(prescriber_id=actor.organisation_id)


def _dressed(rows: QuerySet[Referral]) -> QuerySet[Any]:
    ties = PrescriberTie.objects.filter(prescriber_id=OuterRef("prescriber_id"), kind__in=SENSITIVE)
    named = rows.annotate(hidden=Exists(ties.filter(owner_org_id=OuterRef("owner_org_id"))))
    return named.select_related("owner_org", "prescriber", "need")


def _read(rows: Iterable[Any], actor: Actor) -> list[ReferralLine]:
    return [_line(row, actor, hidden=row.hidden) for row in rows]


def list_referrals(
    *, actor: Actor, received: bool, only_open: bool = False, page: int = 1
) -> tuple[list[ReferralLine], int]:
    """Return a page of the referrals received (what waits for us first) or made (the last first), and their number.

    Those made and not answered: what was sent back first, as it waits for the prescriber.
    """
    rows = _side(actor, received=received)
    if only_open:
        rows = rows.filter(state__in=OPEN)
    total = rows.count()
    order: tuple[OrderBy | str, ...] = ("sent_on", "id") if received and only_open else ("-asked_on", "-id")
    if only_open and not received:
        order = (ExpressionWrapper(Q(state=ReferralState.RETURNED), BooleanField()).desc(), *order)
    return _read(_dressed(rows.order_by(*order)[(page - 1) * PAGE : page * PAGE]), actor), total


@prepared
def _waiting(actor: Actor) -> QuerySet[Any]:
    rows = _side(actor, received=True).filter(state__in=WAITING)
    return _dressed(rows.order_by("sent_on", "id")[:200])


def waiting_referrals(*, actor: Actor) -> list[ReferralLine]:
    """Return the referrals that wait for the structure's answer, the oldest first."""
    return _read(_waiting(actor), actor)


def answer_times_of(*, actor: Actor, received: bool, on: date, structure_id: int | None = None) -> AnswerTimes:
    """Return the time that answers take: over twelve months, and for what waits today (one query)."""
    rows = _side(actor, received=received).exclude(state=ReferralState.WITHDRAWN)
    if structure_id is not None:
        rows = rows.filter(owner_org_id=structure_id)
    recent = rows.filter(Q(answered_on=None) | Q(answered_on__gte=add_months(on, -12)))
    return answer_times((Wait(*row) for row in recent.values_list("sent_on", "answered_on")), on)


@dataclass(frozen=True, slots=True)
class SituationLine:
    """A situation told: its code, its words, what was done of the paper; no code when it cannot be opened."""

    code: str
    label: str
    means: EvidenceMeans | None


@dataclass(frozen=True, slots=True)
class ReferralSheet:
    """All that the page of a referral says to one of the two bodies."""

    line: ReferralLine
    structure_uid: UUID
    prescriber_name: str
    author_name: str
    answered_by: str
    first_name: str
    last_name: str
    birth_date: date | None
    sex: Sex
    commune_name: str
    phone: str
    email: str
    wanted: str
    opinion: str
    answer: str
    consent_on: date
    consent_means: ConsentMeans
    consent_withdrawn_on: date | None
    situations: tuple[SituationLine, ...]
    participant_uid: UUID | None
    can_carry: Decision
    can_answer: Decision

    @property
    def name(self) -> str:
        """« Grâce Okafor », as on the page of a person; lists are sorted by the last name."""
        return f"{self.first_name} {self.last_name}".strip() or FORGOTTEN


def _told(actor: Actor, row: Referral) -> tuple[SituationLine, ...]:
    """The situations, opened; one whose key is gone or not at hand says so."""
    labels, ring = {public.code: public.label for public in categories()}, keyring([row.uid])
    found = []
    for one in situations_visible_to(actor).filter(referral=row).order_by("id"):
        try:
            if one.sealed is None:
                raise KeyDestroyed
            said = open_reason(ring, person=row.uid, row=one.uid, sealed=one.sealed, table=SITUATIONS)
        except KeyDestroyed:
            found.append(SituationLine("", ERASED, None))
        except (KeyMissing, Unreadable):
            found.append(SituationLine("", UNREADABLE, None))
        else:
            found.append(SituationLine(said.category, labels.get(said.category, said.category), said.means))
    return tuple(found)


def texts_of(row: Referral) -> tuple[str, str]:
    """Return the opinion and the answer of a referral, opened with its key."""
    if not (row.opinion or row.answer):
        return "", ""
    ring = keyring([row.uid])
    opinion, answer = (
        open_text(ring, whose=row.uid, field=field, text=getattr(row, field)) for field in ("opinion", "answer")
    )
    return opinion, answer


def told_codes(actor: Actor, row: Referral) -> list[str]:
    """Return the situations told with a referral, those that can be opened."""
    return [one.code for one in _told(actor, row) if one.code]


def referral_sheet(*, actor: Actor, uid: UUID) -> ReferralSheet:
    """Return one referral, to the prescriber or to the structure addressed. Raises Absent.

    Here the structure in charge reads the true name of the prescriber.
    """
    rows = referrals_visible_to(actor).select_related("owner_org", "prescriber", "need", "author", "answered_by")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Absent("participants.Referral")
    opinion, answer = texts_of(row)
    person = participants_visible_to(actor).filter(pk=row.participant_id or 0).values_list("uid", flat=True).first()
    return ReferralSheet(
        line=_line(row, actor),
        structure_uid=row.owner_org.uid,
        prescriber_name=row.prescriber.name,
        author_name=row.author.full_name,
        answered_by=row.answered_by.full_name if row.answered_by else "",
        first_name=row.first_name,
        last_name=row.last_name,
        birth_date=row.birth_date,
        sex=Sex(row.sex),
        commune_name=row.commune_name,
        phone=row.phone,
        email=row.email,
        wanted=row.wanted,
        opinion=opinion,
        answer=answer,
        consent_on=row.consent_on,
        consent_means=ConsentMeans(row.consent_means),
        consent_withdrawn_on=row.consent_withdrawn_on,
        situations=_told(actor, row),
        participant_uid=person,
        can_carry=can_carry_referral(actor, prescriber_id=row.prescriber_id),
        can_answer=can_answer_referral(actor, owner_org_id=row.owner_org_id),
    )


@dataclass(frozen=True, slots=True)
class Homonym:
    """Somebody of the structure who may be the person proposed."""

    uid: UUID
    name: str
    birth_date: date
    commune_name: str
    same: bool


def possible_homonyms(*, actor: Actor, uid: UUID) -> Sequence[Homonym]:
    """Return the persons of the structure with this name or this birth date, the likeliest first; facilitator only.

    Raises Absent, NotAllowed.
    """
    row = referrals_visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("participants.Referral")
    demand(can_answer_referral(actor, owner_org_id=row.owner_org_id))
    near = Q(sort_key=row.sort_key) | Q(birth_date=row.birth_date)
    found: QuerySet[Participant] = participants_visible_to(actor).filter(near, owner_org_id=actor.organisation_id)
    lines = [
        Homonym(
            one.uid, f"{one.first_name} {one.last_name}", one.birth_date, one.commune_name,
            one.sort_key == row.sort_key and one.birth_date == row.birth_date,
        )
        for one in found.order_by("sort_key", "id")[:20]
    ]  # fmt: skip
    return sorted(lines, key=lambda one: not one.same)


def names_of_candidates(*, actor: Actor, uids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of the candidates of the visible referrals among these, by uid (one query)."""
    rows = referrals_visible_to(actor).filter(uid__in=set(uids)).order_by("pk")
    return {row.uid: _named(row) for row in rows}


def candidates_by_number(*, actor: Actor, ids: Iterable[int]) -> dict[int, tuple[UUID, str]]:
    """Return the uid and the name of the candidates of the visible referrals among these, by number (one query)."""
    rows = referrals_visible_to(actor).filter(pk__in=set(ids)).order_by("pk")
    return {row.pk: (row.uid, _named(row)) for row in rows}


def situations_of_person(*, actor: Actor, participant_uid: UUID) -> list[tuple[date, SituationLine]]:
    """Return the situations told with the visible referrals that led to a person, with the day of each referral."""
    rows = referrals_visible_to(actor).filter(participant__uid=participant_uid).order_by("asked_on", "id")
    return [(row.asked_on, one) for row in rows for one in _told(actor, row)]
