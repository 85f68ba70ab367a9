"""Somebody who is not in the list of a firm is named by it: hours kept apart, credited to nobody.

The firm is answered the same whatever it types: it never learns whether somebody is known. See `matching` for what
becomes of them.
"""

from datetime import date
from uuid import UUID

from clausette.hours.enums import StatementState, UnlistedState
from clausette.hours.models import Statement, UnlistedPerson
from clausette.hours.operations.common import locked_statement, plain_text
from clausette.hours.permissions import ContractPart, can_name_unlisted
from clausette.hours.queries.unlisted import waiting_in
from clausette.hours.queries.visible import statements_visible_to, unlisted_visible_to
from clausette.hours.rules.unlisted import (
    EMPLOYER_MOST,
    NAME_MOST,
    NOTE_MOST,
    NewUnlisted,
    refusals_of_unlisted,
)
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import about, change, created, operation, watch
from clausette.kernel.text import search_key

OPEN = (StatementState.DRAFT, StatementState.RETURNED)


@operation("hours.unlisted.named")
def name_unlisted(*, actor: Actor, statement_uid: UUID, person: NewUnlisted, on: date) -> UUID:
    """Name somebody who is not in the list, with their hours of the month; return the uid. Twice the same: once.

    Raises Invalid (by field of `person`; a social security number is refused), WrongState (handed over), NotAllowed,
    Absent.
    """
    statement, part = locked_statement(actor, statement_uid)
    demand(can_name_unlisted(actor, part, statement.declarant_id))
    if statement.state not in OPEN:
        raise WrongState("Ce relevé est transmis : reprenez-le pour ajouter une personne.", "state")
    kept = _cleaned(person, statement.month, on)
    about(contract_id=part.id)
    same = waiting_in(actor, statement.pk).filter(sort_key=kept["sort_key"], birth_date=person.birth_date)
    held = same.first()
    if held is not None:
        if all(getattr(held, name) == value for name, value in kept.items()):
            return held.uid  # sent twice
        raise Invalid({"last_name": "Cette personne est déjà ajoutée : retirez-la pour la saisir autrement."})
    if statement.is_nil:
        change(statement, is_nil=False, version=statement.version + 1)
    row = created(
        UnlistedPerson(
            statement_id=statement.pk, contract_id=part.id, declarant_id=statement.declarant_id,
            month=statement.month, **kept,
        )
    )  # fmt: skip
    return row.uid


def _cleaned(person: NewUnlisted, month: date, on: date) -> dict[str, object]:
    """The columns of what was typed. Raises Invalid, by field."""
    refused = refusals_of_unlisted(person, month, on, search_key)
    texts: dict[str, str] = {}
    for field, most in (
        ("last_name", NAME_MOST), ("first_name", NAME_MOST), ("employer_name", EMPLOYER_MOST), ("note", NOTE_MOST),
    ):  # fmt: skip
        try:
            texts[field] = plain_text(getattr(person, field), field=field, least=0, most=most, missing="")
        except Invalid as refusal:
            refused |= refusal.errors
    if refused:
        raise Invalid(refused)
    key = search_key(f"{texts['last_name']} {texts['first_name']}")[:200]
    return {
        **texts, "sort_key": key, "birth_date": person.birth_date, "starts_on": person.starts_on,
        "ends_on": person.ends_on, "hours": person.hours,
    }  # fmt: skip


@operation("hours.unlisted.withdrawn")
def withdraw_unlisted(*, actor: Actor, uid: UUID) -> None:
    """Take somebody named by mistake away, while the statement is open: nothing is kept of the name.

    Raises WrongState (handed over, settled), NotAllowed, Absent.
    """
    row, statement, part = locked_unlisted(actor, uid)
    demand(can_name_unlisted(actor, part, statement.declarant_id))
    if statement.state not in OPEN or row.state != UnlistedState.WAITING:
        raise WrongState("Ce relevé est transmis : reprenez-le pour retirer une personne.", "state")
    about(contract_id=part.id)
    watch(row)
    UnlistedPerson.objects.filter(pk=row.pk).delete()
    vars(row)["hours"] = None  # said to the journal: there were hours, there are none


def locked_unlisted(actor: Actor, uid: UUID) -> tuple[UnlistedPerson, Statement, ContractPart]:
    """Lock the statement of somebody named apart, return both and the parts of the actor. Raises Absent, NotAllowed."""
    known = unlisted_visible_to(actor).filter(uid=uid).values_list("statement_id", flat=True).first()
    owner = statements_visible_to(actor).filter(pk=known or 0).values_list("uid", flat=True).first()
    if owner is None:
        raise Absent("hours.UnlistedPerson")
    statement, part = locked_statement(actor, owner)
    row = unlisted_visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("hours.UnlistedPerson")
    return row, statement, part
