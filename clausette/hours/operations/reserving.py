"""Hours retained under reserve while a piece is awaited, or late with a reason; then the reserve is settled."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from clausette.hours.enums import LineState
from clausette.hours.errors import AlreadyDone, ErrorsRemain
from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations.common import (
    credited,
    locked_months,
    locked_statement,
    move_totals,
    plain_text,
)
from clausette.hours.permissions import can_validate
from clausette.hours.queries.people import persons_of
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.hours.rules.reserves import Reserve, refusal_of_limit
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import about, because, change, lock, operation, watch
from clausette.participants.enums import CheckState
from clausette.participants.queries import eligibility_of


def keep_apart(
    actor: Actor,
    statement: Statement,
    reserves: Mapping[UUID, Reserve],
    late: Mapping[UUID, str],
    on: date,
) -> frozenset[UUID]:
    """Write the reserves and the late reasons of lines about to be validated; return the lines they answer for.

    A reserved line leaves « déclarées » for « retenues sous réserve ». A late reason needs a favourable decision since.
    Raises Invalid, by line uid.
    """
    asked = {*reserves, *late}
    if not asked:
        return frozenset()
    rows = lines_visible_to(actor).filter(
        statement_id=statement.pk, uid__in=asked, state=LineState.DECLARED
    )
    lines = list(rows.order_by("placement_id", "id"))
    decided = _eligible(actor, lines, on) if late else frozenset()
    refused: dict[str, str] = {}
    for line in lines:
        watch(line)  # the journal alone must say which hours are under reserve
        try:
            if line.uid in reserves:
                _reserve(line, reserves[line.uid], on)
            else:
                _regularise(line, late[line.uid], decided)
        except Invalid as refusal:
            refused |= refusal.errors
    if refused:
        raise Invalid(refused)
    HoursLine.objects.bulk_update(lines, ["state", "reason", "reserved_until", "reserve_reason", "late_reason"])
    return frozenset(line.uid for line in lines)


def _reserve(line: HoursLine, reserve: Reserve, on: date) -> None:
    line.reserve_reason = plain_text(
        reserve.reason, field=str(line.uid), least=3, most=300, missing="Dites quelle pièce est attendue."
    )
    if sentence := refusal_of_limit(reserve.until, on):
        raise Invalid({str(line.uid): sentence})
    line.reserved_until, line.state = reserve.until, LineState.RESERVED
    line.reason = ""  # of a former reserve, settled before the month was reopened


def _regularise(line: HoursLine, reason: str, decided: Collection[int]) -> None:
    line.late_reason = plain_text(
        reason, field=str(line.uid), least=3, most=300, missing="Dites pourquoi ces heures sont régularisées."
    )
    if line.placement_id not in decided:
        raise Invalid({str(line.uid): "Aucune décision favorable : retenez ces heures sous réserve, ou pas du tout."})


def _eligible(actor: Actor, lines: Collection[HoursLine], on: date) -> frozenset[int]:
    """Work contracts whose person has a favourable decision, even after the hiring."""
    persons = persons_of(actor=actor, placement_ids=[line.placement_id for line in lines])
    standing = eligibility_of(
        actor=actor, participant_ids={one.participant_id for one in persons.values()}, on=on
    )
    return frozenset(
        pk for pk, one in persons.items() if standing[one.participant_id].state == CheckState.ELIGIBLE
    )


@operation("hours.reserve.settled")
def settle_reserve(*, actor: Actor, line_uid: UUID, kept: bool, reason: str, on: date) -> UUID:
    """End the reserve of a line: its hours are validated (`kept`), or not retained; return the uid of its statement.

    Raises Invalid (« reason »), ErrorsRemain (kept without any favourable decision), AlreadyDone, WrongState,
    NotAllowed, Absent.
    """
    held = lines_visible_to(actor).filter(uid=line_uid).values_list("statement_id", "placement_id", "month").first()
    if held is None:
        raise Absent("hours.HoursLine")
    uid = statements_visible_to(actor).filter(pk=held[0]).values_list("uid", flat=True).first()
    if uid is None:
        raise Absent("hours.Statement")
    statement, part = locked_statement(actor, uid)
    demand(can_validate(part))
    text = plain_text(
        reason, field="reason", least=3, most=300,
        missing="Dites ce qui est arrivé." if kept else "Dites pourquoi ces heures ne sont pas retenues.",
    )  # fmt: skip
    worked = locked_months([held[1]], held[2], actor)
    line = lock(lines_visible_to(actor), uid=line_uid)
    settled = LineState.VALIDATED if kept else LineState.REFUSED
    if line.state == settled and line.reason == text:
        raise AlreadyDone("Cette réserve était déjà réglée ainsi.")
    if line.state != LineState.RESERVED:
        raise WrongState("Ces heures ne sont pas sous réserve.", "state")
    if kept and line.placement_id not in _eligible(actor, [line], on):
        raise ErrorsRemain("Aucune décision favorable pour cette personne : décidez d'abord de l'éligibilité.")
    before = credited(actor, worked.values())
    about(contract_id=part.id)
    because(text)
    change(line, state=settled, reason=text)
    move_totals(worked, before, credited(actor, worked.values()))
    return statement.uid
