"""« Fil » of a contract: what happened on it, one line per act, each naming what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clausette.commitments.queries import CommitmentLine
from clausette.hours.queries import statements_named
from clausette.journal.queries import HistoryLine, contract_history
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_month, plural
from clausette.procurement.enums import ContractState
from clausette.procurement.queries import ContractSheet
from clausette.web.components.lists import Timeline, TimelineEvent
from clausette.web.contracts.views.common import href
from clausette.web.contracts.words import FIELDS, VERBS, value_told

SHORT = 8  # acts shown first
MOST = 1_000  # events read for « Voir tout »
_STATEMENTS = ("hours.statement", "hours.hoursline")

# One act writes several rows: the event of this kind of row is the one shown and named.
_MAIN = {
    "procurement.contract.created": "procurement.contract",
    "procurement.contract.moved": "procurement.contract",
    "procurement.award.created": "procurement.award",
    "procurement.award.transferred": "procurement.award",
    "procurement.order.created": "procurement.contract",
    "procurement.contract.relaunched": "procurement.contract",
    "commitments.commitment.created": "commitments.commitment",
    "commitments.version.added": "commitments.commitmentversion",
}


@dataclass(frozen=True, slots=True)
class History:
    """The acts shown, and the address of all of them (« » when all are shown)."""

    events: Timeline
    more_href: str


def told_at(at: datetime) -> str:
    """« aujourd'hui, 17 h 12 », « 12 novembre 2026 »."""
    local = at.astimezone(clock.PARIS)
    if local.date() == clock.today():
        return f"aujourd'hui, {local.hour} h {local.minute:02d}"
    return format_date(local.date())


def _lot(number: str) -> str:
    return f", lot {number}" if number else ""


def _names(
    actor: Actor, sheet: ContractSheet, owed: Sequence[CommitmentLine], lines: Sequence[HistoryLine]
) -> dict[UUID, str]:
    """How the things that events are about are called, by uid."""
    found = {award.uid: f"{award.contractor.name}{_lot(award.lot_number)}" for award in sheet.awards}
    found |= {lot.uid: f"lot {lot.number}, {lot.title}" for lot in sheet.lots}
    found |= {
        row.uid: f"{row.organisation.name}, {row.role_label.lower()}{_lot(row.lot_number)}"
        for row in sheet.parties
    }
    found |= {line.uid: f"{line.contractor_name}{_lot(line.lot_number)}" for line in owed}
    handed = {line.subject_uid for line in lines if line.subject_type in _STATEMENTS and line.subject_uid}
    named = statements_named(actor=actor, uids=handed)
    return found | {uid: f"{format_month(month)}, {name}" for uid, (month, name) in named.items()}


def _about(lines: Sequence[HistoryLine], names: Mapping[UUID, str]) -> list[str]:
    """What an act is about: three names at most."""
    main = _MAIN.get(lines[0].verb)
    told = dict.fromkeys(
        names[line.subject_uid]
        for line in lines
        if line.subject_uid is not None
        and line.subject_uid in names
        and (main is None or line.subject_type == main)
    )
    rest = len(told) - 3
    return [*list(told)[:3], *([f"et {plural(rest, 'autre')}"] if rest > 0 else [])]


def _event(lines: Sequence[HistoryLine], names: Mapping[UUID, str]) -> TimelineEvent:
    verb = lines[0].verb
    line = next((one for one in lines if one.subject_type == _MAIN.get(verb)), lines[0])
    what = VERBS.get(verb, "Mise à jour")
    if verb == "procurement.contract.moved" and line.after.get("state"):
        what = f"État : {ContractState(str(line.after['state'])).label}"
    told = _about(lines, names)
    told += [str(line.after["comment"])] if line.after.get("comment") else []
    changed = [
        f"{FIELDS[name]} : {value_told(name, line.before.get(name))} → {value_told(name, value)}"
        for name, value in line.after.items()
        if line.before and name in FIELDS
    ]
    return TimelineEvent(
        told_at(line.at),
        f"{what}, par {line.account_name}",
        " · ".join([*told, *changed, *([line.reason] if line.reason else [])]),
    )


def history(actor: Actor, sheet: ContractSheet, owed: Sequence[CommitmentLine], *, every: bool) -> History:
    """What happened on a contract, the last acts (all of them with `every`): one line per act, not per row."""
    piloted = sheet.owner_org_id == actor.organisation_id
    lines = contract_history(actor=actor, contract_id=sheet.id, piloted=piloted, limit=MOST if every else 200)
    acts: dict[tuple[str, str, str], list[HistoryLine]] = {}
    for line in lines:
        acts.setdefault((f"{line.at:%Y%m%d%H%M%S}", line.verb, line.account_name), []).append(line)
    shown = list(acts.values()) if every else list(acts.values())[:SHORT]
    names = _names(actor, sheet, owed, [line for act in shown for line in act])
    more = href(actor, "contracts:show", uid=sheet.uid, query={"fil": "tout"}) + "#fil"
    return History(Timeline([_event(act, names) for act in shown]), more if len(acts) > len(shown) else "")
