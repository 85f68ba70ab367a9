"""How to reach a person: written with the marks that find the same telephone or e-mail again."""

from datetime import date

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, lock
from clausette.kernel.text import collapse
from clausette.participants.models import Participant, PersonContact
from clausette.participants.queries.twins import email_mark, phone_mark
from clausette.participants.queries.visibility import contacts_visible_to
from clausette.participants.rules.contacts import contact_errors

Referral = tuple[int | None, date | None]
"""Organisation and day."""


def keep_contact(
    actor: Actor, person: Participant, *, phone: str, email: str, referral: Referral | None = None
) -> None:
    """Write how to reach a person, inside the operation that writes the person. Raises Invalid.

    `referral`: who referred them and since when, None to leave it as it is.
    """
    phone, email = collapse(phone), email.strip()
    errors = contact_errors(phone, email)
    if errors:
        raise Invalid(errors)
    said = {} if referral is None else {"referred_by_id": referral[0], "referred_on": referral[1]}
    known = contacts_visible_to(actor).filter(participant=person).first()
    values = {"phone": phone, "email": email, "phone_mark": phone_mark(phone), "email_mark": email_mark(email)}
    if known is not None:
        if (known.phone, known.email) != (phone, email) or said:
            change(lock(contacts_visible_to(actor), pk=known.pk), **values, **said)
    elif phone or email or said:
        created(PersonContact(participant=person, owner_org_id=person.owner_org_id, **values, **said))


def keep_referral(actor: Actor, person: Participant, referral: Referral) -> None:
    """Write who referred a person, the first one only: inside the operation that writes the person."""
    known = contacts_visible_to(actor).filter(participant=person).first()
    if known is None:
        keep_contact(actor, person, phone="", email="", referral=referral)
    elif known.referred_by_id is None:
        change(lock(contacts_visible_to(actor), pk=known.pk), referred_by_id=referral[0], referred_on=referral[1])
