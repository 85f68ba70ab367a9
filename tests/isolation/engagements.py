"""What engagements rest on, in the world of isolation: sub-targets, shares, hours worked, acts, rules; studies."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.hats import TODAY, noon
from tests.isolation import deposits, reminders, studies

if TYPE_CHECKING:
    from tests.isolation.world import World

START, MARCH = date(2026, 1, 5), date(2026, 3, 31)
# engagement: who holds a share of it
MEMBERS = {("C1", "F1"): "F2", ("C3", "F2"): "F2", ("C4", "G"): "G"}
# structure: who takes part in one of its contracts today
KNOWN_TO = {"A": {"A", "B", "M", "F1", "F2", "E"}, "B": {"B", "H", "F2"}, "C": {"C", "N", "G"}}


def rests(world: "World", deal: str, firm: str, seen: set[str], version: Any) -> None:
    """The rows beside one engagement; `seen`: who sees the engagement itself."""
    found, owed = world.deals[deal], world.rows[f"commitment {deal} {firm}"]
    world.plant(
        f"subtarget {deal} {firm}", "commitments.SubTarget", seen, version=version, commitment=owed,
        contract=found.row, kind="qpv", base="hours", share=Decimal("0.5"),
    )  # fmt: skip
    world.plant(
        f"valued {deal} {firm}", "commitments.ValuedRule", seen, commitment=owed, contract=found.row,
        matter="before_hiring", starts_on=START, admitted=True, withdrawn_reason="",
    )  # fmt: skip
    if (deal, firm) in MEMBERS:
        member = MEMBERS[deal, firm]
        world.plant(
            f"share {deal} {firm}", "commitments.GroupShare", seen | {member}, commitment=owed, contract=found.row,
            organisation_id=world.org(member), share=Decimal("0.4"), starts_on=START,
        )  # fmt: skip
    world.plant(
        f"base {deal} {firm}", "commitments.BaseHours", seen, commitment=owed,
        contract=found.row, declarant_id=world.org(firm), declared_by_id=world.members[firm].account_id,
        starts_on=START, ends_on=MARCH, hours=Decimal(1000),
    )  # fmt: skip
    world.plant(
        f"reporting {deal} {firm}", "hours.ReportingChange", found.pilots, contract=found.row, commitment=owed,
        reporting_org_id=world.org(found.pilot), from_month=date(2026, 1, 1), decided_on=MARCH,
        decided_by_id=world.members[found.pilot].account_id,
    )  # fmt: skip
    whole = found.pilots | {found.buyer, firm}
    world.plant(
        f"kept {deal} {firm}", "hours.KeptProgress", whole, contract=found.row, commitment=owed, as_of=START, rules=0
    )
    world.plant(f"stale {deal} {firm}", "hours.StaleProgress", whole, contract=found.row, commitment=owed)


def acts_and_rules(world: "World") -> None:
    """An act of A between two contracts of F1, one of C between two engagements of G; the rules of each structure."""
    deal = world.deals["C4"]
    second = world.plant(
        "commitment C4 G2", "commitments.Commitment", deal.pilots | {deal.buyer, "G"}, contract=deal.row,
        lot=deal.lots[0], contractor_id=world.org("G"), lead_org_id=world.org("C"), kind="followed",
        starts_on=date(2026, 2, 1), ends_on=date(2027, 6, 30),
    )  # fmt: skip
    first = world.rows["commitment C1 F1"], world.rows["commitment C2 F1"]
    _act(world, "A", first, {"A", "B", "M", "F1"}, "C1")
    _act(world, "C", (world.rows["commitment C4 G"], second), {"C", "N", "G"}, "C4")
    for owner, seen in KNOWN_TO.items():
        world.plant(f"rules {owner}", "commitments.StructureDefaults", seen, owner_org_id=world.org(owner))
    studies.asked(world)
    studies.spoken(world)
    reminders.chased(world)
    deposits.deposited(world)


def _act(world: "World", owner: str, ends: tuple[Any, Any], seen: set[str], deal: str) -> None:
    from tests.isolation.world import stored

    given, taken = ends
    world.plant(
        f"act {deal} {owner}", "commitments.CommitmentAct", seen, owner_org_id=world.org(owner), kind="globalisation",
        from_commitment=given, from_contract_id=given.contract_id, to_commitment=taken,
        to_contract_id=taken.contract_id, ceiling=Decimal(100), starts_on=START, signed_on=START,
        document=stored(world, f"document act {owner}", owner, deal),
    )  # fmt: skip


def apart(world: "World") -> None:
    """Beside each statement, somebody named who is in no list: seen by its declarant and the structures in charge."""
    for label, row in list(world.rows.items()):
        if not label.startswith("statement "):
            continue
        deal, who, _ = label.removeprefix("statement ").split()
        _beside(world, label.removeprefix("statement "), deal, who, row)
        settled: dict[str, Any] = {"state": "waiting", "reason": ""}
        if row.state == "validated":
            judge = world.members[world.deals[deal].pilot].account_id
            settled = {"state": "refused", "settled_at": noon(TODAY), "settled_by_id": judge}
        world.plant(
            f"unlisted {label.removeprefix('statement ')}", "hours.UnlistedPerson", world.deals[deal].pilots | {who},
            statement=row, contract=world.deals[deal].row, declarant_id=world.org(who), month=row.month,
            hours=Decimal(21), birth_date=date(1991, 3, 2), **settled,
        )  # fmt: skip


def _beside(world: "World", what: str, deal: str, who: str, row: Any) -> None:
    """An approval beside the proof of the hours."""
    from tests.isolation.world import stored

    world.plant(
        f"piece {what}", "hours.StatementPiece", world.deals[deal].pilots | {who}, statement=row,
        contract=world.deals[deal].row, declarant_id=world.org(who), month=row.month, kind="approval",
        file=stored(world, f"approval {what}", who, deal),
    )  # fmt: skip


def trained(world: "World") -> None:
    """Each line has beside it a training before hiring: seen by who declares it and the structures in charge."""
    names = {member.organisation_id: name for name, member in world.members.items()}
    for label, line in list(world.rows.items()):
        if not label.startswith("line "):
            continue
        found = next(deal for deal in world.deals.values() if deal.row.pk == line.contract_id)
        who = names[line.declarant_id]
        world.plant(
            f"prior {label.removeprefix('line ')}", "hours.PriorTraining", found.pilots | {who},
            placement_id=line.placement_id, contract=found.row, commitment_id=line.commitment_id,
            declarant_id=line.declarant_id, kind="poei", starts_on=line.month, ends_on=line.month, hours=Decimal(70),
            document=world.rows[f"evidence {label.removeprefix('line ')}"],
        )  # fmt: skip


def answered(world: "World") -> None:
    """Each line handed over was contested, and decided: seen by both firms and the structures in charge."""
    names = {member.organisation_id: name for name, member in world.members.items()}
    for label, line in list(world.rows.items()):
        if not label.startswith("line ") or line.state == "draft":
            continue
        found = next(deal for deal in world.deals.values() if deal.row.pk == line.contract_id)
        firm, who = names[line.commitment.contractor_id], names[line.declarant_id]
        judge = world.members[found.pilot].account_id
        world.plant(
            f"answer {label.removeprefix('line ')}", "hours.Confirmation", found.pilots | {firm, who},
            statement_id=line.statement_id,
            contract=found.row, declarant_id=line.declarant_id, month=line.month, commitment_id=line.commitment_id,
            contractor_id=line.commitment.contractor_id, placement_id=line.placement_id, kind="work", state="upheld",
            declared=Decimal("35.5"), hours=Decimal(30), reason_code="absent", answered_at=noon(TODAY),
            answered_by_id=world.members[firm].account_id, decided_at=noon(TODAY), decided_by_id=judge,
        )  # fmt: skip
    proposed(world)
    for label, statement in list(world.rows.items()):
        if label.startswith("statement ") and statement.state in ("submitted", "validated"):
            _reopening(world, label.removeprefix("statement "), statement, names[statement.declarant_id])


def proposed(world: "World") -> None:
    """Each line handed over has a correction declined: seen by who declared and the structures in charge."""
    names = {member.organisation_id: name for name, member in world.members.items()}
    for label, line in list(world.rows.items()):
        if not label.startswith("line ") or line.state == "draft":
            continue
        found = next(deal for deal in world.deals.values() if deal.row.pk == line.contract_id)
        who = names[line.declarant_id]
        world.plant(
            f"proposal {label.removeprefix('line ')}", "hours.CorrectionProposal", found.pilots | {who},
            statement_id=line.statement_id, contract=found.row, declarant_id=line.declarant_id, month=line.month,
            commitment_id=line.commitment_id, placement_id=line.placement_id, kind="training", state="declined",
            validated=Decimal("35.5"), hours=Decimal(30), proposed_at=noon(TODAY), mandated_name="",
            proposed_by_id=world.members[who].account_id, ended_at=noon(TODAY),
            ended_by_id=world.members[found.pilot].account_id,
        )  # fmt: skip


def _reopening(world: "World", label: str, statement: Any, who: str) -> None:
    """A validated month is asked to be reopened, one that waits was: that is known to its declarant too."""
    found = next(deal for deal in world.deals.values() if deal.row.pk == statement.contract_id)
    asker, judge = world.members[found.buyer].account_id, world.members[found.pilot].account_id
    values: dict[str, Any] = {"state": "waiting", "end_reason": ""}
    if statement.state == "submitted":
        values = {"state": "done", "ended_at": noon(TODAY), "ended_by_id": judge, "reopened_version": 1}
    seen = found.pilots | ({who} if statement.state == "submitted" else set())
    world.plant(
        f"reopening {label}", "hours.Reopening", seen, statement=statement, contract=found.row,
        declarant_id=statement.declarant_id, month=statement.month, asked_org_id=world.org(found.pilot),
        asked_by_id=asker, asked_at=noon(TODAY), **values,
    )  # fmt: skip


BESIDE = (apart, answered, trained)
"""What is written beside the statements and their lines, in this order."""
