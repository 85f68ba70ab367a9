"""Acts of globalisation of an engagement: ceiling, hours credited, hours that may still be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Sum

from clausette.commitments.enums import ActKind
from clausette.commitments.queries import commitments_visible_to
from clausette.commitments.queries.visibility import acts_visible_to
from clausette.hours.enums import LineState
from clausette.hours.permissions import can_validate
from clausette.hours.queries.visible import contract_parts, lines_visible_to
from clausette.hours.rules.acts import ActFacts, Creditable
from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused
from clausette.kernel.errors import Absent

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ActSheet:
    """One act of globalisation with the lines it may still credit."""

    id: int
    uid: UUID
    facts: ActFacts
    from_commitment_id: int
    from_contract_id: int
    to_commitment_id: int
    to_contract_id: int
    from_name: str
    to_name: str
    creditable: tuple[Creditable, ...]

    @property
    def available(self) -> Decimal:
        """Validated hours within the dates of the act, not credited elsewhere."""
        return sum((line.left for line in self.creditable), ZERO)


def act_sheet(*, actor: Actor, uid: UUID) -> ActSheet:
    """Return an act of globalisation. Raises Absent. Five queries."""
    row = acts_visible_to(actor).filter(uid=uid).values(
        "id", "uid", "kind", "withdrawn_on", "starts_on", "ends_on", "signed_on", "ceiling", "from_commitment_id",
        "from_contract_id", "to_commitment_id", "to_contract_id",
    ).first()  # fmt: skip
    if row is None:
        raise Absent("commitments.CommitmentAct")
    lines = lines_visible_to(actor)
    credited = lines.filter(act_id=row["id"]).exclude(contract_id=F("worked_contract_id"))
    facts = ActFacts(
        is_globalisation=row["kind"] == ActKind.GLOBALISATION,
        withdrawn_on=row["withdrawn_on"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        signed_on=row["signed_on"],
        ceiling=row["ceiling"] or ZERO,
        credited=credited.order_by().aggregate(total=Sum("hours"))["total"] or ZERO,
    )
    sides = (row["from_commitment_id"], row["to_commitment_id"])
    names = dict(
        commitments_visible_to(actor).filter(pk__in=sides).values_list("id", "contract__common_name")
    )
    return ActSheet(
        id=row["id"], uid=row["uid"], facts=facts, from_commitment_id=sides[0],
        from_contract_id=row["from_contract_id"], to_commitment_id=sides[1], to_contract_id=row["to_contract_id"],
        from_name=names.get(sides[0], ""), to_name=names.get(sides[1], ""),
        creditable=tuple(creditable_of(actor, sides[0], facts.holds)),
    )  # fmt: skip


def may_credit(actor: Actor, act: ActSheet) -> Decision:
    """Credit hours under the act: a structure in charge of both contracts."""
    parts = contract_parts(actor, [act.from_contract_id, act.to_contract_id])
    for contract in (act.from_contract_id, act.to_contract_id):
        if contract not in parts:
            return refused("Votre structure ne suit pas les deux marchés : une autre crédite ces heures.")
        if not (decision := can_validate(parts[contract])):
            return decision
    return ALLOWED


def creditable_of(actor: Actor, commitment_id: int, holds: Callable[[date], bool]) -> list[Creditable]:
    """Return the validated lines of an engagement, of the months that `holds`, each with what its corrections leave.

    One query.
    """
    own = lines_visible_to(actor).filter(commitment_id=commitment_id, state=LineState.VALIDATED)
    worth: dict[int, tuple[date, Decimal]] = {}
    corrections: list[tuple[int, Decimal]] = []
    for pk, month, hours, corrects in own.order_by("id").values_list("id", "month", "hours", "corrects_id"):
        if corrects:
            corrections.append((corrects, hours))
        elif holds(month):
            worth[pk] = (month, hours)
    for corrected, hours in corrections:
        if corrected in worth:
            month, known = worth[corrected]
            worth[corrected] = (month, known + hours)
    return [Creditable(pk, month, left) for pk, (month, left) in worth.items() if left > 0]


def globalisations_of(*, actor: Actor, commitment_id: int) -> tuple[tuple[UUID, str], ...]:
    """Return the acts of globalisation in force that leave this engagement, with where they credit. Two queries."""
    rows = acts_visible_to(actor).filter(
        from_commitment_id=commitment_id, kind=ActKind.GLOBALISATION, withdrawn_on=None
    )
    found = list(rows.order_by("id").values_list("uid", "to_commitment_id"))
    if not found:
        return ()
    names = dict(
        commitments_visible_to(actor)
        .filter(pk__in=[owed for _, owed in found])
        .values_list("id", "contract__common_name")
    )
    return tuple((uid, names.get(owed, "")) for uid, owed in found)
