"""Surplus carried over: hours validated beyond those due by a settled engagement count on another one (MODEL §3).

The lines that say so are those of `crediting`, as under a globalisation; giving back writes the opposite lines.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from clausette.commitments.operations import Signed, sign_carry_over, withdraw_carry_over
from clausette.commitments.queries import act_line, commitment_key
from clausette.hours.models import HoursLine
from clausette.hours.operations.common import plain_text
from clausette.hours.operations.crediting import Ends, alone_with, credit, under_act
from clausette.hours.operations.mooting import end_of_lines
from clausette.hours.permissions import can_validate
from clausette.hours.queries.acts import creditable_of
from clausette.hours.queries.carrying import surplus_of
from clausette.hours.queries.visible import contract_parts, lines_visible_to
from clausette.hours.rules.acts import taken_from
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.kernel.french import format_date, format_hours
from clausette.kernel.operation import about, because, created, operation


@operation("hours.surplus.carried")
def carry_surplus(
    *, actor: Actor, from_uid: UUID, to_uid: UUID, hours: Decimal, starts_on: date, signed: Signed, at: datetime,
    on: date,
) -> UUID:  # fmt: skip
    """Count hours of the surplus of a settled engagement on another of the same titulaire; return the uid of the act.

    Written agreement of the buyer (`signed`); the receiving engagement admits it by a dated rule, within its ceiling.
    Taken from the last months validated; the corrections that declarants proposed on these lines have no object any
    more. Raises Invalid (by field), NotAllowed, Absent, WrongState.
    """
    given, taken = commitment_key(actor, from_uid), commitment_key(actor, to_uid)
    _demand_both(actor, given.contract_id, taken.contract_id)
    alone_with(actor, [line.key for line in creditable_of(actor, given.id, lambda month: True)])
    act_uid = sign_carry_over(
        actor=actor, from_uid=from_uid, to_uid=to_uid, hours=hours, starts_on=starts_on, on=on, signed=signed
    )
    found = surplus_of(actor=actor, commitment_id=given.id, on=on)  # read again: nobody else writes any more
    if hours > found.available:
        raise Invalid({"hours": _too_many(found.hours, found.available)})
    reason = f"Report du surplus, acte signé le {format_date(signed.signed_on)}"
    about(contract_id=given.contract_id)
    because(reason)
    ends = Ends(act_line(actor=actor, uid=act_uid).id, given.contract_id, taken.contract_id, taken.id)
    shares = dict(taken_from(found.lines, hours, latest_first=True))
    changed: list[int] = []
    for line in lines_visible_to(actor).filter(pk__in=shares).order_by("id"):
        changed += credit(actor, ends, line, shares[line.pk], reason, on)
    end_of_lines(actor, at, changed)
    return act_uid


def _too_many(surplus: Decimal, available: Decimal) -> str:
    if not surplus:
        return "Cet engagement n'a pas d'heures validées au-delà de ses heures dues."
    if available < surplus:
        whole, named = format_hours(surplus), format_hours(available)
        return f"Sur {whole} de surplus, {named} sont nominatives : elles seules se reportent."
    return f"Le surplus est de {format_hours(surplus)} : pas davantage ne se reporte."


def _demand_both(actor: Actor, *contracts: int) -> None:
    parts = contract_parts(actor, contracts)
    for contract in contracts:
        if contract not in parts:
            raise NotAllowed("Votre structure ne suit pas les deux marchés : une autre reporte ces heures.")
        demand(can_validate(parts[contract]))


@operation("hours.surplus.given_back")
def give_back_surplus(*, actor: Actor, act_uid: UUID, reason: str, at: datetime, on: date) -> int:
    """Take back a surplus carried over: its hours count where they were worked; return how many lines came back.

    Until the receiving engagement is settled; refused when hours received were corrected since: the correction goes
    first. Raises Invalid (« reason »), WrongState, NotAllowed, Absent.
    """
    act = act_line(actor=actor, uid=act_uid)
    text = plain_text(reason, field="reason", least=5, most=300, missing="Dites pourquoi le report est annulé.")
    if act.withdrawn_on is not None:
        raise WrongState("Ce report est déjà annulé.")
    carried = list(lines_visible_to(actor).filter(act_id=act.id).order_by("id"))
    if not carried:
        raise Absent("commitments.CommitmentAct")
    _demand_both(actor, *sorted({line.contract_id for line in carried}))
    alone_with(actor, [line.corrects_id or line.pk for line in carried])
    left = {line.key: line.left for line in creditable_of(actor, act.to_id, lambda month: True)}
    about(contract_id=carried[0].worked_contract_id)
    because(text)
    for line in carried:
        if line.hours > 0 and left.get(line.corrects_id or line.pk, Decimal(0)) < line.hours:
            raise WrongState(
                "Des heures reçues ont été corrigées ou créditées ailleurs depuis : annulez d'abord cette correction."
            )
        shared = under_act(line, act.id, line.worked_contract_id, f"Report annulé : {text}"[:300], on)
        created(
            HoursLine(
                contract_id=line.contract_id, commitment_id=line.commitment_id, hours=-line.hours,
                corrects_id=line.corrects_id or line.pk, **shared,
            )
        )  # fmt: skip
    end_of_lines(actor, at, {line.corrects_id or line.pk for line in carried})
    withdraw_carry_over(actor=actor, uid=act_uid, on=on, reason=text)
    return len(carried) // 2
