"""What is held and concerns the records of a workbook: a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.access.queries import bodies_named
from clausette.commitments.queries import commitments_visible_to, figures_for
from clausette.hours.enums import LineState, StatementState
from clausette.hours.queries import lines_visible_to, statements_visible_to
from clausette.imports.queries.takeover.held_people import held_people, known_prescribers, wrong_districts
from clausette.imports.queries.takeover.openings import openings_of
from clausette.imports.takeover.compare import Held, HeldCommitment, HeldContract, HeldWork
from clausette.imports.takeover.compare.bodies import ROLES
from clausette.imports.takeover.compare.people import name_key
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.keys import number_key
from clausette.imports.takeover.records import Record, RecordKind
from clausette.kernel.actor import Actor
from clausette.placements.queries import allocations_visible_to, placements_visible_to
from clausette.procurement.queries import contracts_visible_to, lots_visible_to


def held_for(*, actor: Actor, records: Iterable[Record], on: date) -> Held:
    """Return what these records are compared with, on a day."""
    records = list(records)
    bodies = _bodies(actor, records)
    contracts = _contracts(actor, on)
    people = held_people(
        actor, {name_key(one) for one in records if one.kind is not RecordKind.CONTRACT}, records
    )
    works, hosts = _works(actor, [one.id for one in people])
    return Held(
        bodies=bodies,
        contracts=contracts,
        people=people,
        prescribers=known_prescribers(actor, records),
        wrong_districts=wrong_districts(records),
        works=works,
        hours=_hours(actor, [one.id for one in works]),
        open_months=_open_months(actor, {one.id for one in contracts}) if works else frozenset(),
        hosts=hosts,
    )


def body_key(siret: str | None, name: str) -> str:
    """The key of a body held."""
    return siret or f"n:{key_of(name)}"


def _bodies(actor: Actor, records: Collection[Record]) -> dict[str, str]:
    sirets = {one.text(f"{role}_siret") for one in records for role in ROLES} - {""}
    names = {key_of(one.text(f"{role}_name")) for one in records for role in ROLES} - {""}
    return {
        body_key(card.siret, card.name): card.name
        for card in bodies_named(actor=actor, sirets=sirets, keys=names)
    }


def _contracts(actor: Actor, on: date) -> tuple[HeldContract, ...]:
    rows = contracts_visible_to(actor).order_by("pk").values_list(
        "pk", "uid", "official_id", "common_name", "buyer__siret", "buyer__name", "owner_org_id"
    )  # fmt: skip
    found = list(rows)
    lots: dict[int, dict[str, UUID]] = defaultdict(dict)
    for contract, number, uid in (
        lots_visible_to(actor).order_by("pk").values_list("contract_id", "number", "uid")
    ):
        lots[contract][number] = uid
    commitments = _commitments(actor, on)
    return tuple(
        HeldContract(
            pk, uid, number_key(number), key_of(name), body_key(siret, buyer), owner == actor.organisation_id,
            lots[pk], tuple(commitments[pk]),
        )
        for pk, uid, number, name, siret, buyer, owner in found
    )  # fmt: skip


def _commitments(actor: Actor, on: date) -> dict[int, list[HeldCommitment]]:
    rows = list(
        commitments_visible_to(actor).order_by("pk").values_list(
            "pk", "uid", "contract_id", "lot__number", "contractor__siret", "contractor__name", "starts_on", "ends_on"
        )
    )  # fmt: skip
    ids = [row[0] for row in rows]
    figures = figures_for(actor=actor, commitment_ids=ids, as_of=on)
    openings = openings_of(actor=actor, commitment_ids=ids)
    found: dict[int, list[HeldCommitment]] = defaultdict(list)
    for pk, uid, contract, lot, siret, name, starts, ends in rows:
        opening = openings.get(pk)
        due = None if figures[pk].followed else figures[pk].firm_at_term
        found[contract].append(
            HeldCommitment(
                pk, uid, contract, lot or "", body_key(siret, name), starts, ends, due,
                opening.hours if opening else None, opening.as_of if opening else None,
            )
        )  # fmt: skip
    return found


def _works(actor: Actor, people: list[int]) -> tuple[tuple[HeldWork, ...], dict[tuple[int, int], int]]:
    if not people:
        return (), {}
    rows = placements_visible_to(actor).filter(participant_id__in=people).order_by("pk").values_list(
        "pk", "uid", "participant_id", "employer__siret", "employer__name", "starts_on", "ends_on", "ended_on"
    )  # fmt: skip
    found = list(rows)
    credited: dict[int, set[int]] = defaultdict(set)
    hosts: dict[tuple[int, int], int] = {}
    allocations = (
        allocations_visible_to(actor).filter(placement_id__in=[row[0] for row in found]).order_by("pk")
    )
    for placement, commitment, host in allocations.values_list(
        "placement_id", "commitment_id", "host_company_id"
    ):
        credited[placement].add(commitment)
        hosts[placement, commitment] = host
    works = tuple(
        HeldWork(pk, uid, person, body_key(siret, name), starts, ended or ends, frozenset(credited[pk]))
        for pk, uid, person, siret, name, starts, ends, ended in found
    )
    return works, hosts


def _hours(actor: Actor, placements: list[int]) -> dict[tuple[int, int, date, str], Decimal]:
    if not placements:
        return {}
    rows = (
        lines_visible_to(actor)
        .filter(placement_id__in=placements)
        .exclude(state=LineState.REFUSED)
        .order_by()
    )
    found: dict[tuple[int, int, date, str], Decimal] = defaultdict(Decimal)
    for placement, commitment, month, kind, hours in rows.values_list(
        "placement_id", "commitment_id", "month", "kind", "hours"
    ):
        found[placement, commitment, month, kind] += hours
    return found


def _open_months(actor: Actor, contracts: set[int]) -> frozenset[tuple[int, int, date]]:
    rows = (
        statements_visible_to(actor).filter(contract_id__in=contracts).exclude(state=StatementState.VALIDATED)
    )
    return frozenset(rows.order_by().values_list("contract_id", "declarant_id", "month"))
