"""Say a valuation rule of an engagement from a day on, or withdraw it. The room `hours` calls these: it knows hours."""

from datetime import date
from uuid import UUID

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.models import Commitment, ValuedRule
from clausette.commitments.operations.writing import locked
from clausette.commitments.queries.carrying import beyond_rules
from clausette.commitments.queries.valuing import valued_line
from clausette.commitments.queries.visibility import valued_visible_to
from clausette.commitments.rules import Valued, check_valued
from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.french import format_hours
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse


@operation("commitments.valuation.said")
def say_valued(*, actor: Actor, uid: UUID, rule: Valued, document_uid: UUID | None = None) -> UUID:
    """Write a valuation rule of an engagement; return its uid. The former rules stay for the months before it.

    Raises NotAllowed, Absent, WrongState (settled), Invalid (by field; « starts_on » when one starts that day).
    """
    row = locked(actor, uid)
    check_valued(rule, starts_on=row.starts_on, ends_on=row.ends_on)
    same = valued_visible_to(actor).filter(
        commitment_id=row.pk, matter=rule.matter, control=rule.control, starts_on=rule.starts_on, withdrawn_on=None
    )
    if same.exists():
        raise Invalid({"starts_on": "Une règle part déjà de ce jour : retirez-la d'abord."})
    said = ValuedRule(
        commitment=row, contract_id=row.contract_id, matter=rule.matter, control=rule.control, starts_on=rule.starts_on,
        admitted=rule.admitted, person_most=rule.person_most, hours_most=rule.hours_most, share_most=rule.share_most,
        days_most=rule.days_most, months=rule.months, source=collapse(rule.source)[:300],
        document_id=file_id(actor, document_uid) if document_uid else None,
    )  # fmt: skip
    found = created(said).uid
    _carried_within(actor, row, rule.matter, "starts_on")
    return found


@operation("commitments.valuation.withdrawn")
def withdraw_valued(*, actor: Actor, uid: UUID, on: date, reason: str) -> UUID:
    """Take back a valuation rule typed wrong; return the uid of its engagement.

    Raises NotAllowed, Absent, WrongState (settled, or already withdrawn), Invalid.
    """
    owed = valued_line(actor=actor, uid=uid).commitment_uid
    held = locked(actor, owed)
    row = lock(valued_visible_to(actor), uid=uid)
    if row.withdrawn_on is not None:
        raise WrongState("Cette règle est déjà retirée.")
    if not collapse(reason):
        raise Invalid({"reason": "Donnez le motif du retrait."})
    because(collapse(reason))
    change(row, withdrawn_on=on, withdrawn_reason=collapse(reason)[:300])
    _carried_within(actor, held, ValuedMatter(row.matter), "reason")
    return owed


def _carried_within(actor: Actor, row: Commitment, matter: ValuedMatter, field: str) -> None:
    """Refuse a rule under which a surplus already carried here would no more be taken. Raises Invalid."""
    if matter == ValuedMatter.CARRY_OVER and (hours := beyond_rules(actor=actor, row=row)):
        sentence = (
            f"{format_hours(hours)} de surplus sont déjà reportées ici : annulez d'abord le report, ou faites partir "
            "la nouvelle règle d'un mois plus récent."
        )
        raise Invalid({field: sentence})
