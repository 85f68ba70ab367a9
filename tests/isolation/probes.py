"""Which knocks are tried: every address × who × what the object is to them × method × page or fragment."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.urls import reverse

from clausette.web.routes import Route
from tests.isolation.expected import Line
from tests.isolation.hourfiles import BY_MANDATE
from tests.isolation.principals import Principal
from tests.isolation.world import Deal, World

NOWHERE = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
UNSEEN = ("revoked", "foreign", "absent", "foreign slug", "absent slug")
MONTH = date(2026, 10, 1)
GONE = {"B": "C2", "F2": "C2"}
# what a curious person writes after « ? »: the beginning of every canary, and objects of others
ASKED = {
    "desk:search": ("q=zq",),
    "desk:board": ("mots=zq", "mo={M}", "mo={N}"),
    "contracts:show": ("bloc=echanges",),
    "contracts:list": ("q=zq", "page=2"),
    "people:list": ("q=zq",),
    "hours:list": ("q=zq", "declarant={G}", "marche={contract C4}"),
    "hours:lines": (
        "engagement={commitment C4 G}", "engagement={commitment C1 F1}", "engagement={commitment C3 F2}",
        "marche={contract C4}", "marche={contract C1}", "marche={contract C3}", "titulaire={G}", "titulaire={F1}",
        "mo={N}", "mo={M}", "declarant={G}", "participant={participant C1}", "participant={participant B1}",
    ),
    "hours:files:lines": ("voir=toutes", "voir=non-rapprochees"),
    "imports:takeover:lines": ("voir=a-decider", "voir=toutes", "voir=a-reprendre"),
    "people:place": ("engagement={commitment C4 G}",),
    "reports:list": ("mots=zq",),
    "reports:new": (
        "nature=summary&objet=contract:{contract C4}&periode=2026", "nature=summary&objet=buyer:{N}&periode=2026",
        "nature=update&objet=commitment:{commitment C4 G}&periode=2026", "remplace={report C4 G}",
        "nature=year_certificate&objet=firm:{G}&periode=2026",
        "nature=summary&objet=contract:{contract C1}&periode=2026",
        "nature=summary&objet=operation:{operation C4}:{N}&periode=2026",
    ),
    "advice:calculate": (
        "etude={study C}&montant=9000&part_1=50&cout_1=30", "etude={study A}&montant=9000&part_1=50&cout_1=30",
    ),
    "contracts:award": ("lot={lot C4 1}",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """An address filled: what the object named is to who knocks."""

    route: Route
    line: Line
    who: Principal
    relation: str
    address: str

    @property
    def column(self) -> str:
        """The column of `expected.txt` that answers."""
        if self.who.role in ("facilitator", "member") and self.relation == "shared":
            return "shared"
        if self.who.role == "facilitator":
            return "own"
        return self.who.role


def stand_in(seed: str) -> UUID:
    """A uid that names nothing."""
    return uuid5(NOWHERE, seed)


def things(world: World, thing: str) -> dict[str, Any]:
    """Return the rows of a kind by short name: « contract C1 »."""
    return {name: row for name, row in world.rows.items() if name.split()[0] == thing}


def _relation(world: World, who: Principal, name: str, row: Any) -> str:
    planted = world.aviary.rows[row._meta.db_table, row.pk]
    deal = next((d for d in name.split()[1:] if d in world.deals), "")
    if who.org in planted.seen_by:
        owner = _owner(world.deals.get(deal), world, row)
        return "own" if owner == who.org or (not owner and planted.seen_by == {who.org}) else "shared"
    return "revoked" if deal and GONE.get(who.org) == deal else "foreign"


def _owner(deal: Deal | None, world: World, row: Any) -> str:
    number = getattr(row, "owner_org_id", None)
    if number is None:
        return deal.pilot if deal else ""
    return next(name for name, member in world.members.items() if member.organisation_id == number)


def choices(world: World, who: Principal, line: Line, *, seen: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (relation, values of the address): up to `seen` objects one may see of each relation, one of the others."""
    kind, _, second = line.thing.partition("+")
    if kind == "-":
        yield "list", _second(world, second, "")
        return
    if line.thing == "organisation":
        yield from _organisations(world, who)
        return
    taken: Counter[tuple[str, bool]] = Counter()
    for name, row in sorted(things(world, kind).items()):
        relation = _relation(world, who, name, row)
        sort = relation, name.endswith(BY_MANDATE)  # what was sent by a mandate is shut by rights of its own
        taken[sort] += 1
        if taken[sort] <= (seen if relation in ("own", "shared") else 1):
            yield relation, {"uid": row.uid, **_second(world, second, name)}
    yield "absent", {"uid": stand_in(kind), **_second(world, second, f"{kind} A1")}


def _second(world: World, second: str, name: str) -> dict[str, Any]:
    if second == "check":
        return {"check": world.rows[name.replace("participant", "check")].uid}
    if second == "move":
        return {"move": world.rows[name.replace("participant", "move")].uid}
    if second == "piece":
        row = world.rows.get(name.replace("referral", "piece"))
        return {"piece": row.uid if row else stand_in("piece")}
    if second == "structure":
        return {"structure": organisation(world, "B")}
    if second == "line":
        row = world.rows.get(name.replace("takeover", "row").replace("hoursfile", "hoursline"))
        return {"line": row.uid if row else stand_in("line")}
    if second == "month":
        return {"month": MONTH}
    if second == "format":
        return {"chosen": "xlsx"}
    if second == "reminder":
        return {"kind": "after"}
    if second == "text":
        return {"kind": "notification"}
    return {"position": 1} if second == "position" else {}


def organisation(world: World, name: str) -> UUID:
    """The uid of an organisation: known to all, what one has with it is not."""
    found: UUID = world.rows[f"organisation {name}"].uid
    return found


def _organisations(world: World, who: Principal) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in ("A", "M", "F1", "G"):
        yield "organisation", {"uid": organisation(world, name)}
    yield "absent", {"uid": stand_in("organisation")}


def targets(world: World, route: Route, line: Line, who: Principal, *, seen: int = 3) -> Iterator[Target]:
    """Yield the addresses to knock at, for one route and one principal."""
    if "<slug:slug>" not in route.pattern:
        yield Target(route, line, who, "list", reverse(route.name, kwargs=_plain(line)))
        return
    for relation, values in choices(world, who, line, seen=seen):
        yield Target(route, line, who, relation, reverse(route.name, kwargs={"slug": who.slug, **values}))
        if relation in ("list", "own") and who.live:
            for asked in ASKED.get(route.name, ()):
                address = reverse(route.name, kwargs={"slug": who.slug, **values})
                yield Target(route, line, who, "asked", f"{address}?{fill(world, asked)}")
    if who.live:
        other = "A" if who.org == "C" else "C"
        _, values = next(choices(world, who, line, seen=1))
        for relation, slug in (
            ("foreign slug", world.members[other].slug),
            ("absent slug", "structure-inconnue"),
        ):
            yield Target(route, line, who, relation, reverse(route.name, kwargs={"slug": slug, **values}))


def fill(world: World, asked: str) -> str:
    """Put uids in place of short names: « mo={N} », « marche={contract C4} »."""

    def uid(found: re.Match[str]) -> str:
        name = found[1] if found[1] in world.rows else f"organisation {found[1]}"
        return str(world.rows[name].uid)

    return re.sub(r"\{([^}]*)\}", uid, asked)


def _plain(line: Line) -> dict[str, Any]:
    """Values of an address outside the organisations."""
    names = [] if line.thing == "-" else line.thing.split(",")
    return {name: stand_in(name) if name == "uid" else "inconnu" for name in names}
