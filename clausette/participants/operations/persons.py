"""Registering a person and correcting their identity."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from clausette.access.queries import OrganisationCard, get_organisation
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.text import collapse, search_key
from clausette.participants import permissions, rules
from clausette.participants.enums import Sex
from clausette.participants.errors import AlreadyKnown
from clausette.participants.models import Participant
from clausette.participants.operations.contacts import keep_contact
from clausette.participants.operations.twins import compare
from clausette.participants.queries.visibility import contacts_visible_to, participants_visible_to
from clausette.participants.rules.likeness import sound_key

YOUNGEST, OLDEST = 14, 99  # plausible ages at entry, against typing errors only


def plausible_identity(first_name: str, last_name: str, birth_date: date, on: date) -> dict[str, object]:
    """Return the tidied identity with its sort key. Raises Invalid with one sentence per field."""
    errors: dict[str, str] = {}
    first, last = collapse(first_name), collapse(last_name)
    if not first:
        errors["first_name"] = "Donnez le prénom, ou « SP » (sans prénom) si la personne n'en a pas."
    if not last:
        errors["last_name"] = "Donnez le nom."
    if birth_date > on:
        errors["birth_date"] = "La date de naissance est dans le futur."
    elif not YOUNGEST <= (age := rules.age_at(birth_date, on)) <= OLDEST:
        errors["birth_date"] = f"Cette personne aurait {age} ans : vérifiez la date de naissance."
    if errors:
        raise Invalid(errors)
    key = search_key(f"{last} {first}")[:200]
    return {"first_name": first, "last_name": last, "birth_date": birth_date, "sort_key": key}


def _identity(
    actor: Actor, first_name: str, last_name: str, birth_date: date, on: date, *, known_as: int | None = None
) -> dict[str, object]:
    identity = plausible_identity(first_name, last_name, birth_date, on)
    same = Participant.objects.filter(
        owner_org_id=actor.organisation_id, sort_key=identity["sort_key"], birth_date=birth_date
    )
    twin = (same.exclude(pk=known_as) if known_as else same).order_by("id").first()
    if twin is not None:
        raise AlreadyKnown(
            f"{twin.first_name} {twin.last_name}, né(e) le {format_date(birth_date)}, est déjà dans votre structure.",
            twin.uid,
        )
    return identity | {"sound_key": sound_key(last_name, first_name)[:200]}


def _prescriber(
    actor: Actor, uid: UUID | None, referred_on: date | None, on: date
) -> OrganisationCard | None:
    if uid is None:
        return None
    card = get_organisation(actor=actor, uid=uid)
    if "prescriber" not in card.capabilities:
        raise Invalid({"referred_by": f"{card.name} n'est pas un prescripteur."})
    if referred_on is not None and referred_on > on:
        raise Invalid({"referred_on": "La date de l'orientation est dans le futur."})
    return card


@operation("participants.participant.created")
def create_participant(
    *,
    actor: Actor,
    first_name: str,
    last_name: str,
    birth_date: date,
    sex: Sex = Sex.UNKNOWN,
    commune_name: str = "",
    referred_by_uid: UUID | None = None,
    referred_on: date | None = None,
    phone: str = "",
    email: str = "",
    different_from: Collection[UUID] | None = None,
    on: date,
) -> UUID:
    """Register a person in the actor's structure; return their uid.

    `referred_on`: `on` when a prescriber is given without date. `different_from`: persons who look alike and were said
    to be somebody else; None: nobody is asked, the pairs are proposed later. Raises NotAllowed, Invalid, AlreadyKnown
    (same name and birth date in the structure), LikelyTwins (some look alike and were not answered).
    """
    demand(permissions.can_create_participant(actor))
    identity = _identity(actor, first_name, last_name, birth_date, on)
    prescriber = _prescriber(actor, referred_by_uid, referred_on, on)
    row = Participant(
        owner_org_id=actor.organisation_id,
        sex=sex,
        commune_name=collapse(commune_name),
        **identity,
    )
    created(row)
    keep_contact(
        actor, row, phone=phone, email=email, referral=(prescriber.id, referred_on or on) if prescriber else None
    )
    compare(actor, row, phone, email, different_from, on)
    return row.uid


def _written(
    actor: Actor, row: Participant, phone: str, email: str, different_from: Collection[UUID] | None, on: date
) -> None:
    """How to reach them, and who they look like."""
    keep_contact(actor, row, phone=phone, email=email)
    compare(actor, row, phone, email, different_from, on)


@operation("participants.participant.changed")
def change_participant(
    *,
    actor: Actor,
    uid: UUID,
    first_name: str,
    last_name: str,
    birth_date: date,
    sex: Sex = Sex.UNKNOWN,
    commune_name: str = "",
    phone: str | None = None,
    email: str | None = None,
    different_from: Collection[UUID] | None = None,
    on: date,
) -> UUID:
    """Correct the identity of a person; `phone` and `email` stay as they are when None.

    Raises Absent, NotAllowed, Invalid, AlreadyKnown, LikelyTwins (see `create_participant`).
    """
    row = followed(actor, uid)
    identity = _identity(actor, first_name, last_name, birth_date, on, known_as=row.pk)
    change(row, sex=sex, commune_name=collapse(commune_name), **identity)
    known = contacts_visible_to(actor).filter(participant=row).first()
    phone = (known.phone if known else "") if phone is None else phone
    email = (known.email if known else "") if email is None else email
    _written(actor, row, phone, email, different_from, on)
    return row.uid


def followed(actor: Actor, uid: UUID) -> Participant:
    """Lock a person that the actor's structure follows; the reason first, a policy would only say « no »."""
    seen = participants_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is not None:
        demand(permissions.can_follow(actor, owner_org_id=row.owner_org_id))
    return lock(seen, uid=uid)
