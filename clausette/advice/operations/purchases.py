"""What is known of the purchase of a study: written when it is opened, changed as the buyer tells more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.advice.enums import StudyState
from clausette.advice.models import Study, StudyLot
from clausette.advice.permissions import can_study
from clausette.advice.queries.tested import test_of
from clausette.advice.queries.visibility import studies_visible_to
from clausette.advice.rules import check_changeable, check_waiver, nature_told
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.text import collapse

LARGEST = Decimal(10) ** 12
DUE = "L'avis ne peut pas être attendu avant la demande."


class PurchaseFacts(TypedDict, total=False):
    """What may be known of a purchase. `buyer_uid`: the buyer of the directory. `amount_ht`: euros without tax."""

    buyer_uid: UUID | None
    buyer_kind: str
    reference: str
    nature: str
    is_concession: bool
    is_defence: bool
    amount_ht: Decimal | None
    cpv: str
    engaged_on: date | None
    duration_months: int | None
    place: str


@dataclass(frozen=True, slots=True)
class StudiedLot:
    """A lot to write; amount in euros without tax."""

    number: str
    title: str
    amount_ht: Decimal | None = None
    cpv: str = ""


def columns(actor: Actor, facts: Mapping[str, object]) -> dict[str, object]:
    """The facts as columns: texts trimmed, the buyer found. Raises Invalid, Absent."""
    values: dict[str, object] = {}
    for name, value in facts.items():
        if name == "buyer_uid":
            values["buyer_id"] = get_organisation(actor=actor, uid=value).id if isinstance(value, UUID) else None
        else:
            values[name] = collapse(value) if isinstance(value, str) else value
    if values.get("nature") == "":
        values["nature"] = nature_told(str(values.get("cpv") or ""))
    errors = {
        name: sentence
        for name, sentence in (("buyer_name", "Donnez le maître d'ouvrage."), ("title", "Donnez l'objet de l'achat."))
        if values.get(name) == ""
    }
    amount, months = values.get("amount_ht"), values.get("duration_months")
    if isinstance(amount, Decimal) and not 0 < amount < LARGEST:
        errors["amount_ht"] = "La valeur estimée HT est supérieure à zéro, et plausible."
    if isinstance(months, int) and months < 1:
        errors["duration_months"] = "La durée est d'au moins un mois."
    if errors:
        raise Invalid(errors)
    return values


def write_lots(study: Study, lots: Sequence[StudiedLot]) -> None:
    """Write lots of a study inside the running operation. Raises Invalid under « lots »."""
    taken = {number.casefold() for number in StudyLot.objects.filter(study=study).values_list("number", flat=True)}
    for lot in lots:
        number = collapse(lot.number)
        if number.casefold() in taken:
            raise Invalid({"lots": f"Le lot {number} est déjà dans l'étude."})
        taken.add(number.casefold())
        created(
            StudyLot(
                owner_org_id=study.owner_org_id, study=study, number=number, title=collapse(lot.title)[:200],
                amount_ht=lot.amount_ht, cpv=lot.cpv,
            )
        )  # fmt: skip


@operation("advice.study.changed")
def change_study(
    *,
    actor: Actor,
    study_uid: UUID,
    buyer_name: str | None = None,
    title: str | None = None,
    asked_on: date | None = None,
    answer_due_on: date | None = None,
    lots: Sequence[StudiedLot] = (),
    **facts: Unpack[PurchaseFacts],
) -> UUID:
    """Change what is known of the purchase and add lots; a fact not given stays as it is.

    A reason to leave the condition out that can no longer serve is taken back.
    Raises Absent, NotAllowed, WrongState (awarded), Invalid.
    """
    demand(can_study(actor))
    row = lock(studies_visible_to(actor), uid=study_uid)
    check_changeable(StudyState(row.state))
    told = {"buyer_name": buyer_name, "title": title, "asked_on": asked_on, "answer_due_on": answer_due_on}
    values = columns(actor, {**facts, **{name: value for name, value in told.items() if value is not None}})
    for name, value in values.items():
        setattr(row, name, value)
    if row.answer_due_on < row.asked_on:
        raise Invalid({"answer_due_on": DUE})
    try:
        check_waiver(test_of(row), row.waiver)
    except Invalid:
        values["waiver"] = ""
    if values:
        change(row, **values)
    write_lots(row, lots)
    return row.uid


@operation("advice.study.waived")
def waive_study(*, actor: Actor, study_uid: UUID, waiver: str) -> UUID:
    """Keep the reason for which the buyer leaves the condition out, « » to take it back.

    Raises Absent, NotAllowed, WrongState (awarded), Invalid (not due, not in the list, kept for works).
    """
    demand(can_study(actor))
    row = lock(studies_visible_to(actor), uid=study_uid)
    check_changeable(StudyState(row.state))
    check_waiver(test_of(row), waiver)
    change(row, waiver=waiver)
    return row.uid
