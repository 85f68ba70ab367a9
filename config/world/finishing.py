"""What comes after the months: a correction, attestations."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from clausette.hours.operations import correct_line
from clausette.hours.queries import lines_visible_to
from clausette.kernel.months import add_months, last_day
from clausette.reports.operations import issue_certificate
from config.world.buying import Market
from config.world.stage import Stage, at
from config.world.telling import Fate
from config.world.typing_hours import Ledger

CORRECTED = "tilleuls"
CERTIFIED = ("ecole", "nettoyage")


@dataclass(slots=True)
class Issued:
    """Documents, by engagement."""

    reports: list[tuple[str, UUID]] = field(default_factory=list)


def correct_one(stage: Stage, ledger: Ledger) -> None:
    """A validated line of the quarter before is brought to the right hours by a new line that cites it."""
    month = stage.calendar.first(-4)
    chosen = [
        uid for told, uid in ledger.statements
        if told.contract == CORRECTED and told.month == month and told.fate == Fate.VALIDATED and told.lines
    ]  # fmt: skip
    on = stage.calendar.past(last_day(add_months(month, 2)))
    with stage.structure("plie") as actor:
        lines = (
            lines_visible_to(actor)
            .filter(statement__uid=chosen[0])
            .order_by("id")
            .values_list("uid", "hours")
        )
        line, hours = lines[0]
        reason = "Erreur de lecture du relevé : une journée comptée deux fois."
        correct_line(
            actor=actor, line_uid=line, new_hours=hours - Decimal(7), reason=reason, at=at(on), on=on
        )


def certify(stage: Stage, market: Market, issued: Issued) -> None:
    """Attestations: one at the end of an engagement, one in the course of another."""
    for key in CERTIFIED:
        due = market.owed[key]
        as_of = min(due.ends_on, stage.calendar.last(-2))
        with stage.structure(due.contract.plan.owner) as actor:
            uid = issue_certificate(actor=actor, commitment_uid=due.uid, as_of=as_of, on=stage.calendar.as_of)
        issued.reports.append((key, uid))
