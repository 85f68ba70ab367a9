"""Which persons exist for the actor: the same meaning as the policies of `0002_rights`, written a second time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.scope import GivenBy, narrow
from clausette.participants.models import (
    AdmittedOptions,
    CheckNote,
    DecisionFacts,
    EligibilityCheck,
    EligibilityReason,
    Home,
    LimitMove,
    Participant,
    PersonContact,
    PrescriberTie,
)
from clausette.participants.permissions import can_read_reasons
from clausette.participants.rules import SENSITIVE

MET = "EXISTS (SELECT FROM sec.known_persons known WHERE known.participant_id = %(expressions)s)"


def _met() -> Func:
    """Condition: a person of another structure met through a work contract (the room placements knows those)."""
    return Func(F("participant_id"), template=MET, output_field=BooleanField())


def referred_here() -> Q:
    """Condition on a person: referred by the actor's organisation (only a function reads who referred others)."""
    return Q(GivenBy("id", "persons_referred()"))


def of_others() -> Q:
    """Condition on a person of another structure: referred by the actor's organisation, or met at work."""
    return referred_here() | Q(GivenBy("id", "persons()"))


def participants_visible_to(actor: Actor) -> QuerySet[Participant]:
    """Persons of the structure, those it referred, those at work for it or on the contracts it pilots.

    A record reunited with another does not exist any more: its page sends to the one kept (`kept_instead`). An erased
    person is nobody: their row only carries the hours, which the rooms above read through their own rows.
    """
    return narrow(Participant.objects.filter(merged_into=None, erased_on=None), own(actor) | of_others())


def own(actor: Actor) -> Q:
    """Condition: the row is of the actor's organisation."""
    return Q(owner_org_id=actor.owner_id)


def own_as_facilitator(actor: Actor) -> Q:
    """Condition: the same, for a structure facilitatrice alone."""
    return own(actor) if actor.can("facilitator") else Q(pk__in=[])


def two_bodies(actor: Actor) -> Q:
    """Condition on what belongs to a referral: the structure addressed, and the prescriber who made it."""
    seen = own_as_facilitator(actor)
    if actor.can("prescriber"):
        seen |= Q(prescriber_id=actor.organisation_id)
    return seen


def in_charge(actor: Actor) -> Exists:
    """Condition: the structure that follows the person, or the prescriber who referred them."""
    charge = own_as_facilitator(actor)
    if actor.can("prescriber"):
        charge |= referred_here()
    return Exists(Participant.objects.filter(charge, pk=OuterRef("participant_id")))


def checks_visible_to(actor: Actor) -> QuerySet[EligibilityCheck]:
    """Decisions and their dates, for whoever may know the person; never a reason."""
    return narrow(EligibilityCheck.objects.all(), own(actor) | Q(in_charge(actor)) | Q(_met()))


def own_checks(actor: Actor) -> QuerySet[EligibilityCheck]:
    """Those of the actor's own structure only: what others decided is not looked for, nor whether it may be seen."""
    return narrow(EligibilityCheck.objects.all(), own(actor))


def reasons_visible_to(actor: Actor) -> QuerySet[EligibilityReason]:
    """Reasons, for the structure in charge and the prescriber who referred."""
    return narrow(EligibilityReason.objects.all(), in_charge(actor))


def facts_visible_to(actor: Actor) -> QuerySet[DecisionFacts]:
    """Facts of the day of the decisions, for those who may read their reasons."""
    return narrow(DecisionFacts.objects.all(), in_charge(actor))


def contacts_visible_to(actor: Actor) -> QuerySet[PersonContact]:
    """How to reach persons and who referred them, for the structure in charge and the prescriber who referred."""
    charge = own_as_facilitator(actor)
    if actor.can("prescriber"):
        charge |= Q(referred_by_id=actor.organisation_id)
    return narrow(PersonContact.objects.all(), charge)


def referrer(actor: Actor) -> Subquery:
    """Annotation of a person: who referred them, since when, and whether no list names it (see `Referrer.of`)."""
    rows = contacts_visible_to(actor).filter(participant_id=OuterRef("pk"), referred_by__isnull=False)
    ties = PrescriberTie.objects.filter(prescriber_id=OuterRef("referred_by_id"), kind__in=SENSITIVE)
    hidden = Exists(ties.filter(owner_org_id=OuterRef("owner_org_id")))
    return Subquery(
        rows.values(told=JSONObject(by="referred_by_id", name="referred_by__name", on="referred_on", hidden=hidden))[:1]
    )


@dataclass(frozen=True, slots=True)
class Referrer:
    """Who referred a person; empty when nobody did, or when the actor may not know. `hidden`: of a sensitive kind."""

    id: int | None = None
    name: str = ""
    on: date | None = None
    hidden: bool = False

    @classmethod
    def of(cls, told: Mapping[str, Any] | None) -> "Referrer":
        """From the annotation `referrer`."""
        return cls(told["by"], told["name"], date.fromisoformat(told["on"]), told["hidden"]) if told else cls()


def notes_visible_to(actor: Actor) -> QuerySet[CheckNote]:
    """What is awaited and the reasoned opinions, for those who may read the reasons."""
    return narrow(CheckNote.objects.all(), in_charge(actor))


def homes_visible_to(actor: Actor) -> QuerySet[Home]:
    """Homes, for those who may read the reasons."""
    return narrow(Home.objects.all(), in_charge(actor))


def moves_visible_to(actor: Actor) -> QuerySet[LimitMove]:
    """Extensions and suspensions, for whoever may know the decisions; why they were made is sealed."""
    return narrow(LimitMove.objects.all(), own(actor) | Q(in_charge(actor)) | Q(_met()))


def options_visible_to(actor: Actor) -> QuerySet[AdmittedOptions]:
    """The publics « sur option » that the actor's own structure admits."""
    return narrow(AdmittedOptions.objects.all(), own(actor))


@dataclass(frozen=True, slots=True)
class ParticipantKey:
    """What other rooms need to know of a person."""

    id: int
    uid: UUID
    owner_org_id: int
    first_name: str
    last_name: str
    birth_date: date

    @property
    def name(self) -> str:
        """« David Lemaire »."""
        return f"{self.first_name} {self.last_name}"


def key_of(row: Participant) -> ParticipantKey:
    """Return the key of a row already read."""
    return ParticipantKey(
        row.pk, row.uid, row.owner_org_id, row.first_name, row.last_name, row.birth_date
    )


def participant_key(actor: Actor, uid: UUID) -> ParticipantKey:
    """Return the key of a visible person. Raises Absent."""
    row = participants_visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("participants.Participant")
    return key_of(row)


def may_read_reasons(actor: Actor, key: ParticipantKey) -> Decision:
    """Say whether the actor may read why a person is eligible."""
    mine = key.owner_org_id != actor.organisation_id and actor.can("prescriber")
    seen = contacts_visible_to(actor).filter(participant_id=key.id, referred_by_id=actor.organisation_id)
    by = actor.organisation_id if mine and seen.exists() else None
    return can_read_reasons(actor, owner_org_id=key.owner_org_id, referred_by_id=by)


def participant_keys(actor: Actor, ids: Iterable[int]) -> dict[int, ParticipantKey]:
    """Return the keys of the visible persons among these internal numbers, by number (one query)."""
    asked = sorted(set(ids))
    return {row.pk: key_of(row) for row in _keyed(actor, asked)} if asked else {}


@prepared
def _keyed(actor: Actor, ids: list[int]) -> QuerySet[Participant]:
    return participants_visible_to(actor).filter(Among("id", ids)).order_by("id")


def reunited_with(*, actor: Actor, person: ParticipantKey) -> list[ParticipantKey]:
    """Return the records of the structure that were reunited with the one of a visible person."""
    rows = narrow(Participant.objects.all(), Q(owner_org_id=actor.owner_id, merged_into_id=person.id))
    return [key_of(row) for row in rows.order_by("id")]


def names_of_persons(*, actor: Actor, uids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of the visible persons among these, by uid (one query)."""
    rows = participants_visible_to(actor).filter(uid__in=set(uids)).order_by("pk")
    return {uid: f"{last} {first}" for uid, last, first in rows.values_list("uid", "last_name", "first_name")}
