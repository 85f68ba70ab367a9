"""Beyond the twenty cases: what the demonstration shows besides, without changing a figure of theirs."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import StatementSource
from clausette.hours.operations import change_reporting, split_total, submit_statement
from clausette.hours.queries import statements_visible_to
from clausette.kernel.actor import Actor
from clausette.placements.enums import Modality, WorkContractKind
from clausette.placements.operations import Beside, allocate
from config.world.buying import Due
from config.world.cases.kit import STRUCTURE, Case, Kit
from config.world.stage import at
from config.world.telling import Fate, Told

SITES = (
    ("halte", "Halte routière des Deux-Ponts", "2026-T-861", "castan"),
    ("cuisine", "Cuisine centrale des Tanneries", "2026-T-862", "rivoire"),
)
TOTAL, PARTS = Decimal(126), {"halte": Decimal(70), "cuisine": Decimal(48)}
"""What the GEIQ states for the month, what each engagement is credited; the rest is training, on no site."""


def stated_total(kit: Kit, actor: Actor) -> list[Case]:
    """A trainee of a GEIQ in two firms the same month: one total, split; the two statements wait for validation."""
    starts = kit.month(-1)
    ends = kit.end_of(starts, 10)
    dues: dict[str, Due] = {}
    for key, name, number, firm in SITES:
        signed = kit.contract(actor, key, name, "metropole", number, starts=starts, ends=ends, amount=310_000)
        kit.award(actor, signed, firm, on=starts)
        dues[key] = kit.owe(actor, signed, key, firm, starts=starts, ends=ends, minimum=500)
    who = kit.person(actor, "Mehdi", "Carlier", date(2004, 9, 2), "GEIQ", on=starts - timedelta(days=9))
    work = kit.hire(
        actor, who, dues["halte"], starts=starts, ends=ends, employer="geiq", modality=Modality.GEIQ,
        kind=WorkContractKind.PROFESSIONALISATION, job="ouvrier du second œuvre",
    )  # fmt: skip
    allocate(actor=actor, placement_uid=work.uid, commitment_uid=dues["cuisine"].uid, starts_on=starts, ends_on=ends,
             host_company_uid=kit.stage.bodies["rivoire"], beside=Beside.SHARE, share=Decimal("0.4"),
             on=kit.past(starts))  # fmt: skip
    on = kit.past(kit.month(0).replace(day=5))
    split_total(
        actor=actor, placement_uid=work.uid, month=starts, total=TOTAL, seen=None, source=StatementSource.GRID, on=on,
        parts={dues[key].uid: hours for key, hours in PARTS.items()},
    )  # fmt: skip
    works = {"halte": work, "cuisine": kit.again(work, dues["cuisine"])}
    for key, _, _, firm in SITES:
        signed = dues[key].contract
        uid = statements_visible_to(actor).values_list("uid", flat=True).get(contract__uid=signed.uid)
        submit_statement(actor=actor, uid=uid, version=None, at=at(on), on=on)
        told = Told(key, STRUCTURE, "geiq", starts, Fate.WAITING, proved=False, lines=((works[key], PARTS[key]),))
        kit.ledger.statements.append((told, uid))
        kit.tell(actor, signed, firm, starts, [])
    return [Case(21, "total", "Un total réparti entre deux entreprises",
                 {key: due.contract.uid for key, due in dues.items()}, {key: due.uid for key, due in dues.items()},
                 {"mehdi": who.uid})]  # fmt: skip


def another_reports(kit: Kit, actor: Actor) -> list[Case]:
    """On the shared gymnase, the neighbour reports the hours of the lot where its own person works."""
    neighbour: UUID = kit.stage.bodies["mde"]
    change_reporting(
        actor=actor, commitment_uid=kit.market.owed["gymnase-3"].uid, structure_uid=neighbour,
        from_month=kit.month(-1), on=kit.stage.calendar.as_of,
        reason="Accord entre les deux structures : la Maison de l'emploi suit la personne au travail sur ce lot.",
    )  # fmt: skip
    return []
