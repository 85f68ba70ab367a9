"""Statements typed, handed over, returned and validated, month after month, by those who do it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.hours.enums import StatementSource
from clausette.hours.operations import (
    Entry,
    StatementRef,
    return_statement,
    save_statement,
    submit_statement,
    validate_clean,
)
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from config.world.buying import Market
from config.world.cast import BODY, STRUCTURES
from config.world.stage import Stage, at
from config.world.telling import Fate, Told, months_told, statements_of
from config.world.working import Crew


class WorldBroken(Exception):
    """The rooms do not accept the story as it is told: a fault of the program."""


@dataclass(slots=True)
class Ledger:
    """What was typed."""

    statements: list[tuple[Told, UUID]] = field(default_factory=list)
    pieces: list[tuple[Told, UUID]] = field(default_factory=list)


def tell_the_months(stage: Stage, market: Market, crew: Crew, ledger: Ledger) -> None:
    """All the statements of the story."""
    for month in months_told(stage, market):
        told = list(statements_of(stage, market, crew, month))
        typed = stage.calendar.past(add_months(month, 1).replace(day=5))
        checked = stage.calendar.past(add_months(month, 1).replace(day=18))
        refs: dict[int, StatementRef] = {}
        for speaker in sorted({one.speaker(stage) for one in told} - {""}):
            with stage.acting(speaker) as actor:
                own = [one for one in told if one.speaker(stage) == speaker]
                refs |= _type_all(stage, market, ledger, actor, own, typed)
        for structure in STRUCTURES:
            own = [one for one in told if one.owner == structure]
            if own:
                with stage.structure(structure) as actor:
                    left = [one for one in own if not one.speaker(stage)]
                    refs |= _type_all(stage, market, ledger, actor, left, typed)
                    _control(actor, own, refs, checked)


def _type_all(
    stage: Stage, market: Market, ledger: Ledger, actor: Actor, told: list[Told], on: date
) -> dict[int, StatementRef]:
    return {id(one): _type(stage, market, ledger, actor, one, on) for one in told}


def _type(stage: Stage, market: Market, ledger: Ledger, actor: Actor, told: Told, on: date) -> StatementRef:
    contract = market.contracts[told.contract]
    piece = _piece(actor, told, contract.id) if told.proved and told.lines else None
    ref = save_statement(
        actor=actor, contract_uid=contract.uid, declarant_uid=stage.bodies[told.declarant], month=told.month,
        entries=[Entry(work.uid, work.due.uid, hours) for work, hours in told.lines], is_nil=not told.lines,
        evidence_uid=piece, version=None, on=on,
        source=StatementSource.PORTAL if told.speaker(stage) else StatementSource.GRID,
    )  # fmt: skip
    if told.fate != Fate.DRAFT:
        ref = submit_statement(actor=actor, uid=ref.uid, version=ref.version, at=at(on), on=on)
    ledger.statements.append((told, ref.uid))
    if piece is not None:
        ledger.pieces.append((told, piece))
    return ref


def _piece(actor: Actor, told: Told, contract_id: int) -> UUID:
    """The paper that comes with the hours: here a small table."""
    rows = "".join(f"{work.who.name};{hours}\r\n" for work, hours in told.lines)
    head = f"Relevé {BODY[told.declarant].name};{told.month:%m/%Y}\r\nSalarié;Heures travaillées\r\n"
    name = f"releve-{told.declarant}-{told.month:%Y-%m}.csv"
    data = (head + rows).encode("utf-8")
    return store_file(actor=actor, name=name, data=data, purpose=Purpose.EVIDENCE, contract_id=contract_id)


def _control(actor: Actor, told: list[Told], refs: dict[int, StatementRef], on: date) -> None:
    """The structure returns what must be, and validates all the rest at once."""
    for one in told:
        if one.fate == Fate.RETURNED:
            ref = refs[id(one)]
            reason = "Les heures payées sont saisies : indiquez les heures travaillées."
            return_statement(actor=actor, uid=ref.uid, version=ref.version, reason=reason, at=at(on))
    uids = [refs[id(one)].uid for one in told if one.fate == Fate.VALIDATED]
    if uids:
        left = validate_clean(actor=actor, uids=uids, at=at(on, 15), on=on).left
        if left:
            raise WorldBroken("; ".join(sentence for _, sentence in left))
