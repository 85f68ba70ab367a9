"""Hours worked by the titulaire, declared by period: the base of a « part des heures travaillées »."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments import permissions
from clausette.commitments.enums import CommitmentKind
from clausette.commitments.models import BaseHours, Commitment
from clausette.commitments.operations.writing import contract_of
from clausette.commitments.queries.visibility import base_hours_visible_to, commitments_visible_to
from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse


def _owed(actor: Actor, uid: UUID) -> Commitment:
    """An engagement whose hours worked the actor may declare. Raises Absent, NotAllowed, WrongState."""
    row = commitments_visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("commitments.Commitment")
    _demand(actor, row)
    return row


def _demand(actor: Actor, row: Commitment) -> None:
    contract = contract_of(actor, row)
    demand(
        permissions.can_declare_base(
            actor, lead_org_id=row.lead_org_id, owner_org_id=contract.owner_org_id, contractor_id=row.contractor_id,
            kind=row.kind, closed_on=row.closed_on,
        )
    )  # fmt: skip


@operation("commitments.base.declared")
def declare_base(
    *,
    actor: Actor,
    commitment_uid: UUID,
    starts_on: date,
    ends_on: date,
    hours: Decimal,
    on: date,
    document_uid: UUID | None = None,
) -> UUID:
    """Say how many hours the titulaire worked over a period that is over, all its staff; return the uid.

    Raises NotAllowed, Absent, WrongState, Invalid, Refusal (a day declared twice).
    """
    row = _owed(actor, commitment_uid)
    if row.kind != CommitmentKind.SHARE_OF_HOURS:
        raise WrongState("Cet engagement n'est pas une part des heures travaillées.")
    _check(row, starts_on, ends_on, hours, on)
    made = BaseHours(
        commitment=row,
        contract_id=row.contract_id,
        declarant_id=actor.organisation_id,
        declared_by_id=actor.account_id,
        starts_on=starts_on,
        ends_on=ends_on,
        hours=hours,
        document_id=file_id(actor, document_uid) if document_uid else None,
    )
    return created(made).uid


def _check(row: Commitment, starts_on: date, ends_on: date, hours: Decimal, on: date) -> None:
    errors: dict[str, str] = {}
    if ends_on < starts_on:
        errors["ends_on"] = "La fin de la période précède son début."
    elif ends_on > on:
        errors["ends_on"] = "Cette période n'est pas finie : déclarez-la quand elle le sera."
    if starts_on < row.starts_on:
        errors["starts_on"] = f"L'engagement commence le {format_date(row.starts_on)}."
    if hours < 0:
        errors["hours"] = "Les heures travaillées ne peuvent pas être négatives."
    if errors:
        raise Invalid(errors)
    held = BaseHours.objects.filter(
        commitment=row, withdrawn_on=None, starts_on__lte=ends_on, ends_on__gte=starts_on
    ).order_by("starts_on").first()  # fmt: skip
    if held is not None:
        told = f"du {format_date(held.starts_on)} au {format_date(held.ends_on)}"
        raise Invalid({"starts_on": f"Des heures sont déjà déclarées {told} : retirez-les d'abord."})


@operation("commitments.base.withdrawn")
def withdraw_base(*, actor: Actor, uid: UUID, on: date, reason: str) -> UUID:
    """Take back a declaration of hours worked, and say why; return the uid of its engagement.

    Raises NotAllowed, Absent, WrongState, Invalid.
    """
    seen = base_hours_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is None:
        raise Absent("commitments.BaseHours")
    owed = _owed(actor, known.commitment.uid)
    row = lock(seen, uid=uid)
    if row.withdrawn_on is not None:
        raise WrongState("Cette déclaration est déjà retirée.")
    if not collapse(reason):
        raise Invalid({"reason": "Donnez le motif du retrait."})
    because(collapse(reason))
    change(row, withdrawn_on=on, withdrawn_reason=collapse(reason)[:300])
    return owed.uid
