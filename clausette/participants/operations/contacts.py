"""How to reach a person: written with the marks that find the same telephone or e-mail again."""

import re

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, lock
from clausette.kernel.text import collapse
from clausette.participants.models import Participant, PersonContact
from clausette.participants.queries.twins import contacts_visible_to, email_mark, phone_mark
from clausette.participants.rules.likeness import contact_phone

EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]+\.[^@\s<>\".]{2,}")
DIGITS = range(9, 16)  # ITU-T E.164: fifteen digits at most
PHONE_LETTERS = re.compile(r"[0-9 ().+/-]*")


def contact_errors(phone: str, email: str) -> dict[str, str]:
    """Return what is wrong in these, by field; nothing when they can be kept. Foreign numbers are taken."""
    errors: dict[str, str] = {}
    digits = len(contact_phone(phone))
    if phone and (not PHONE_LETTERS.fullmatch(phone) or digits not in DIGITS or len(phone) > 30):
        errors["phone"] = "Ce n'est pas un numéro de téléphone : dix chiffres, ou + et l'indicatif du pays."
    if email and (not EMAIL.fullmatch(email) or len(email) > 254):
        errors["email"] = "Ce n'est pas une adresse électronique : elle s'écrit comme prenom.nom@exemple.fr."
    return errors


def keep_contact(actor: Actor, person: Participant, *, phone: str, email: str) -> None:
    """Write how to reach a person, inside the operation that writes the person. Raises Invalid."""
    phone, email = collapse(phone), email.strip()
    errors = contact_errors(phone, email)
    if errors:
        raise Invalid(errors)
    known = contacts_visible_to(actor).filter(participant=person).first()
    values = {"phone": phone, "email": email, "phone_mark": phone_mark(phone), "email_mark": email_mark(email)}
    if known is not None:
        if (known.phone, known.email) != (phone, email):
            change(lock(contacts_visible_to(actor), pk=known.pk), **values)
    elif phone or email:
        created(PersonContact(participant=person, owner_org_id=person.owner_org_id, **values))
