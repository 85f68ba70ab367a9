"""How to reach a person: written with the marks that find the same telephone or e-mail again."""

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, lock
from clausette.kernel.text import collapse
from clausette.participants.models import Participant, PersonContact
from clausette.participants.queries.twins import contacts_visible_to, email_mark, phone_mark
from clausette.participants.rules.contacts import contact_errors


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
