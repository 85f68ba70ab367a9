"""What was made, told to whoever examines the product from outside: accounts, bodies, objects, who may know what.

The relations are worked out from the story, not read from the database: they can prove it wrong.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clausette.access.demonstration import PASSWORD
from clausette.access.queries import organisations
from clausette.hours.queries import lines_visible_to
from config.world.buying import Due, Signed
from config.world.cast import PEOPLE, PERSON, STRUCTURES
from config.world.decp import RECORDS
from config.world.script import World
from config.world.telling import Fate, Told

HANDED = {Fate.WAITING, Fate.VALIDATED}
OWN, SHARED, REVOKED, FOREIGN = "own", "shared", "revoked", "foreign"


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that has a page: which contract it hangs on, which bodies it is own to.

    `pilots`: it follows the relation of the structures to its contract (theirs, shared, revoked).
    """

    type: str
    uid: str
    key: str
    own: frozenset[str]
    contract: Signed | None = None
    pilots: bool = True
    others: tuple[Signed, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


def manifest(world: World, *, scale: str, seed: int, as_of: date) -> dict[str, Any]:
    """Return the whole inventory, ready for JSON."""
    things = list(_things(world))
    return {
        "scale": scale,
        "seed": seed,
        "as_of": as_of.isoformat(),
        "accounts": [_account(person.key) for person in PEOPLE],
        "organisations": _organisations(world),
        "objects": _objects(things),
        "relations": {person.key: _relations(things, person.body) for person in PEOPLE},
    }


def _account(key: str) -> dict[str, Any]:
    person = PERSON[key]
    return {
        "key": key, "email": person.email, "password": PASSWORD, "name": person.full_name,
        "organisation": person.body, "role": person.role.value, "part": person.part,
        "login": "/compte/connexion/",
    }  # fmt: skip


def _organisations(world: World) -> dict[str, Any]:
    with world.stage.structure("plie") as actor:
        cards = organisations(actor=actor, uids=world.stage.bodies.values())
    return {
        key: {
            "uid": str(uid), "slug": cards[uid].slug, "name": cards[uid].name, "siret": cards[uid].siret,
            "capabilities": sorted(cards[uid].capabilities),
        }
        for key, uid in world.stage.bodies.items()
    }  # fmt: skip


def _objects(things: list[Thing]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in things:
        contract = one.contract.plan.key if one.contract else None
        found[one.type].append({"uid": one.uid, "key": one.key, "contract": contract, **one.facts})
    return dict(found)


def _relations(things: list[Thing], body: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(
        lambda: {OWN: [], SHARED: [], REVOKED: [], FOREIGN: []}
    )
    for one in things:
        found[one.type][relation(one, body)].append(one.uid)
    return dict(found)


def relation(one: Thing, body: str) -> str:
    """Own, shared, revoked or foreign: what the object is to a body."""
    if body in one.own:
        return OWN
    if not one.pilots or body not in STRUCTURES:
        return FOREIGN
    ties = {_tie(signed, body) for signed in (*((one.contract,) if one.contract else ()), *one.others)}
    return next((tie for tie in (OWN, SHARED, REVOKED) if tie in ties), FOREIGN)


def _tie(signed: Signed, body: str) -> str:
    plan = signed.plan
    if plan.owner == body:
        return OWN
    if plan.shared is None:
        return FOREIGN
    return SHARED if plan.revoked is None else REVOKED


def _things(world: World) -> Iterator[Thing]:
    parties = _parties(world)
    for signed in world.market.contracts.values():
        yield Thing("contract", str(signed.uid), signed.plan.key, frozenset(parties[signed.plan.key]), signed)
    for due in world.market.owed.values():
        own = frozenset({due.contract.plan.buyer, due.plan.firm, *_at_work(world, due)})
        yield Thing("commitment", str(due.uid), due.plan.key, own, due.contract)
    yield from _people(world)
    yield from _statements(world)
    yield from _papers(world)


def _parties(world: World) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {
        key: {s.plan.owner, s.plan.buyer} for key, s in world.market.contracts.items()
    }
    for record in RECORDS:
        if record.number in found:
            found[record.number] |= set(record.firms)
    for due in world.market.owed.values():
        found[due.contract.plan.key] |= {due.plan.firm, *_at_work(world, due)}
    for key, bodies in world.market.others.items():
        found[key] |= bodies
    return found


def _at_work(world: World, due: Due) -> set[str]:
    return {work.employer for work in world.crew.works if work.due.plan.key == due.plan.key}


def _people(world: World) -> Iterator[Thing]:
    for rank, who in enumerate(world.crew.people):
        works = [work for work in world.crew.works if work.who.uid == who.uid]
        bodies = {body for work in works for body in (work.employer, work.hosted_by)}
        own = frozenset({who.structure, *bodies, *(("mission",) if who.referred else ())})
        contracts = tuple(work.due.contract for work in works)
        facts = {"structure": who.structure, "referred": who.referred}
        # a person met through the contract of another structure is shared with it, not its own
        yield Thing("participant", str(who.uid), f"person-{rank}", own, None, others=contracts, facts=facts)
    for rank, uid in enumerate(dict.fromkeys(work.uid for work in world.crew.works)):
        works = [work for work in world.crew.works if work.uid == uid]
        own = frozenset(
            body for work in works for body in (work.who.structure, work.employer, work.hosted_by)
        )
        contracts = tuple(work.due.contract for work in works)
        yield Thing("placement", str(uid), f"work-{rank}", own, None, others=contracts)


def _statements(world: World) -> Iterator[Thing]:
    lines = _lines(world)
    for told, uid in world.ledger.statements:
        signed = world.market.contracts[told.contract]
        key = f"{told.contract}-{told.declarant}-{told.month:%Y-%m}"
        handed = {signed.plan.buyer} if told.fate != Fate.DRAFT else set()
        facts = {"state": told.fate.value, "declarant": told.declarant, "month": told.month.isoformat()}
        yield Thing("statement", str(uid), key, frozenset({told.declarant, *handed}), signed, facts=facts)
        owing = {work.due.plan.firm for work, _ in told.lines} if told.fate in HANDED else set()
        for line in lines.get(str(uid), ()):
            known = {signed.plan.buyer} if told.fate in HANDED else set()
            yield Thing("line", line, key, frozenset({told.declarant, *known, *owing}), signed)


def _lines(world: World) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for structure in STRUCTURES:
        with world.stage.structure(structure) as actor:
            rows = lines_visible_to(actor).filter(contract__owner_org_id=actor.organisation_id).order_by("id")
            for statement, line in rows.values_list("statement__uid", "uid"):
                found[str(statement)].append(str(line))
    return found


def _depositor(told: Told, world: World) -> str:
    return told.declarant if told.speaker(world.stage) else told.owner


def _papers(world: World) -> Iterator[Thing]:
    for told, uid in world.ledger.pieces:
        signed = world.market.contracts[told.contract]
        key = f"{told.contract}-{told.declarant}-{told.month:%Y-%m}"
        yield Thing("evidence", str(uid), key, frozenset({_depositor(told, world)}), signed)
    for key, uid in world.issued.reports:
        due = world.market.owed[key]
        own = frozenset({due.contract.plan.buyer, due.plan.firm})
        yield Thing("report", str(uid), key, own, due.contract)
    for given in world.issued.given:
        yield Thing("report", str(given.uid), given.key, given.own, given.contract, pilots=given.contract is not None)
    for uid in world.batches:
        yield Thing("batch", str(uid), "decp", frozenset({"plie"}), None, pilots=False)
