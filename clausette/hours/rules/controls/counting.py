"""Controls of one engagement's counting rules: months of a CDI, hours of alternance, cap of training (MODEL §2)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import LineFacts
from clausette.hours.rules.controls.groups import Group, Together
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.french import format_date, format_hours, format_month
from clausette.kernel.months import first_day
from clausette.participants.rules import hours_until
from clausette.placements.enums import WorkContractKind

LASTING = frozenset({WorkContractKind.CDI, WorkContractKind.CDI_INCLUSION, WorkContractKind.TEMP_CDI})
STUDYING = frozenset({WorkContractKind.APPRENTICESHIP, WorkContractKind.PROFESSIONALISATION})


def cdi_end(kind: str, hired_on: date, *, months: int | None) -> date | None:
    """Return the last day counted of a lasting work contract, None without limit. `months`: counted from the hiring."""
    return hours_until(hired_on, months=months) if months and kind in LASTING else None


def is_study_training(kind: str, *, is_training: bool, company_only: bool) -> bool:
    """Say whether these hours are training of a work-study contract where only the hours in the company count."""
    return is_training and company_only and kind in STUDYING


def after_cdi(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E007; only when the market or its structure says how many months; the month in which they end still counts."""
    if line.cdi_until is None or first_day(line.month) <= line.cdi_until:
        return None
    found, until = f"{format_hours(line.hours)} en {format_month(line.month)}", format_date(line.cdi_until)
    return f"{found}, alors que ce CDI est compté jusqu'au {until}.", f"jusqu'au {until}", found


def study_training(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E008; when only the hours in the company count."""
    if not line.study_training:
        return None
    found = f"{format_hours(line.hours)} de formation en {format_month(line.month)}"
    expected = "les heures en entreprise seulement"
    return f"{found} : en alternance, cet engagement compte {expected}.", expected, found


def above_training_cap(known: Together, params: ControlParams) -> Iterator[Group]:
    """W105: all hours of training known of the engagement, beside a share of its hours due."""
    groups: dict[tuple[int, date], list[LineFacts]] = defaultdict(list)
    for line in known.lines:
        if line.is_training and line.subject and line.training_most is not None:
            groups[line.commitment, line.month].append(line)
    for group in groups.values():
        taught, most = group[0].training_known, group[0].training_most or Decimal(0)
        if taught > most:
            found, expected = format_hours(taught), f"{format_hours(most)} au plus"
            sentence = f"{found} de formation sur cet engagement, ce mois compris : {expected}."
            yield group, sentence, expected, found
