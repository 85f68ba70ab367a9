"""What comes after the months: a correction, attestations, bilans and points d'étape."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from clausette.hours.operations import correct_line
from clausette.hours.queries import lines_visible_to
from clausette.kernel.months import add_months, last_day
from clausette.reports.enums import Audience, FileFormat, ReportKind, SubjectKind
from clausette.reports.operations import issue_certificate, issue_follow_up
from clausette.reports.queries import Asked, Target
from clausette.reports.rules import Span, civil_year, usual_closing
from config.world.buying import Market, Signed
from config.world.stage import Stage, at
from config.world.telling import Fate
from config.world.typing_hours import Ledger

CORRECTED = "tilleuls"
CERTIFIED = ("ecole", "nettoyage")
VALUED = ("grains", "preau")
"""A surplus given, the same received: told with the cases."""


@dataclass(frozen=True, slots=True)
class Given:
    """A document: whose it is besides the structure, and the contract by which other structures know it."""

    key: str
    uid: UUID
    own: frozenset[str]
    contract: Signed | None = None


@dataclass(slots=True)
class Issued:
    """Documents: attestations by engagement, the others with whom they concern."""

    reports: list[tuple[str, UUID]] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)


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


def certify(stage: Stage, market: Market, issued: Issued, keys: Sequence[str] = CERTIFIED) -> None:
    """Attestations: one at the end of an engagement, one in the course of another."""
    for key in keys:
        due = market.owed[key]
        as_of = min(due.ends_on, stage.calendar.last(-2))
        with stage.structure(due.contract.plan.owner) as actor:
            uid = issue_certificate(actor=actor, commitment_uid=due.uid, as_of=as_of, on=stage.calendar.as_of)
        issued.reports.append((key, uid))


def tell_the_year(stage: Stage, market: Market, issued: Issued) -> None:
    """One document of each kind and subject: for a buyer, an opération, a contract, an engagement, a firm."""
    point, contract = market.owed["gymnase-1"], market.contracts["gymnase"]
    operation = market.operations[contract.plan.operation]
    buyer, firm = stage.bodies[contract.plan.buyer], stage.bodies[point.plan.firm]
    seen, hers = frozenset({contract.plan.buyer}), frozenset({"plie", point.plan.firm})
    kinds = SubjectKind
    told: list[tuple[str, ReportKind, Target, frozenset[str], Signed | None]] = [
        ("bilan-buyer", ReportKind.SUMMARY, Target(kinds.BUYER, buyer), seen | {"plie"}, None),
        ("bilan-own", ReportKind.SUMMARY, Target(kinds.BUYER, buyer), frozenset({"plie"}), None),
        ("bilan-operation", ReportKind.SUMMARY, Target(kinds.OPERATION, operation, buyer), seen | {"plie"}, None),
        ("bilan-contract", ReportKind.SUMMARY, Target(kinds.CONTRACT, contract.uid), seen, contract),
        ("point", ReportKind.UPDATE, Target(kinds.COMMITMENT, point.uid), seen | {point.plan.firm}, contract),
        ("firm-year", ReportKind.YEAR_CERTIFICATE, Target(kinds.FIRM, firm), hers, None),
    ]
    on = stage.calendar.as_of
    with stage.structure("plie") as actor:
        for key, kind, target, own, signed in told:
            span = Span(point.starts_on, on) if kind == ReportKind.UPDATE else civil_year(on.year)
            audience = Audience.OWN if key == "bilan-own" else Audience.PARTIES
            asked = Asked(kind, target, span, audience, usual_closing(span, months=2))
            formats = tuple(FileFormat) if kind == ReportKind.SUMMARY else ()
            uid = issue_follow_up(actor=actor, asked=asked, formats=formats, on=on)
            issued.given.append(Given(key, uid, own, signed))
