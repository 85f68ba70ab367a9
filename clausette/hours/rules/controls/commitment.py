"""Controls of one line against its engagement and its market: what they take, and when (MODEL §1, §2)."""

from datetime import date, timedelta

from clausette.commitments.enums import EttAdmission
from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import LineFacts
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.french import format_date, format_hours, format_month
from clausette.kernel.months import first_day
from clausette.placements.enums import Modality

_DAY = timedelta(days=1)


def _found(line: LineFacts) -> str:
    return f"{format_hours(line.hours)} en {format_month(line.month)}"


def while_suspended(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E009; suspensions that follow one another count as one; a day of work outside lets the month pass."""
    if not line.owed.suspended:
        return None
    waited, last, through = line.days.starts_on, line.last_day_worked, list[str]()
    for one in sorted(line.owed.suspended, key=lambda span: span.starts_on):
        if waited > last or one.starts_on > waited:
            break
        if one.ends_on is None or one.ends_on >= waited:
            through.append(one.words)
            waited = last + _DAY if one.ends_on is None else one.ends_on + _DAY
    if waited <= last or not through:
        return None
    words = ", puis ".join(through)
    return f"{_found(line)}, alors que l'engagement est suspendu {words}.", "hors de la suspension", words


def after_termination(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E010; the month of the termination still counts."""
    ended = line.owed.terminated_on
    if ended is None or first_day(line.month) <= ended:
        return None
    until = format_date(ended)
    return f"{_found(line)}, alors que le marché est résilié au {until}.", f"jusqu'au {until}", _found(line)


def after_transfer(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E011; the month of the transfer still counts for both firms."""
    ended = line.owed.transferred_on
    if ended is None or first_day(line.month) <= ended:
        return None
    until = format_date(ended)
    sentence = f"{_found(line)}, alors que l'engagement est transféré à un autre titulaire au {until}."
    return sentence, f"jusqu'au {until}", _found(line)


def part_not_firm(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E012; the month is touched by parts of the schedule, and none of them is firm."""
    touched = None
    for part in line.owed.parts:
        if part.dates.touches(line.month):
            if part.firm:
                return None
            touched = touched or part
    if touched is None:
        return None
    return f"{_found(line)}, dans une partie qui n'est pas affermie.", "une partie affermie", touched.dates.words


def all_firm(line: LineFacts, first: date, last: date, params: ControlParams) -> bool:
    """E012 spares the lines of months between two that one firm part touches."""
    return any(part.firm and part.dates.touches(first) and part.dates.touches(last) for part in line.owed.parts)


def modality_refused(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E013; an engagement that names no modality admits them all."""
    admitted = line.owed.modalities
    if not admitted or not line.work.modality or line.work.modality in admitted:
        return None
    if line.work.modality == Modality.ETT and line.owed.ett == EttAdmission.NO:  # E016 says it
        return None
    found = Modality(line.work.modality).label
    expected = ", ".join(Modality(one).label for one in sorted(admitted))
    return f"« {found} » n'est pas une modalité que cet engagement admet.", expected, found


def public_refused(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E014; never says which public, nor which are admitted."""
    if not line.public_refused:
        return None
    sentence = "Le public retenu de cette personne n'est pas parmi ceux que l'engagement admet."
    return sentence, "un public admis", "un autre public"


def after_settlement(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E015; the month in which the engagement is settled still counts."""
    settled = line.owed.settled_on
    if settled is None or first_day(line.month) <= settled:
        return None
    on = format_date(settled)
    return f"{_found(line)}, alors que l'engagement est soldé depuis le {on}.", f"jusqu'au {on}", _found(line)


def ett_refused(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E016."""
    if line.work.modality != Modality.ETT or line.owed.ett != EttAdmission.NO:
        return None
    return "Cet engagement n'admet pas l'intérim classique.", "une autre modalité", Modality.ETT.label


def ett_on_approval(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W116."""
    if line.work.modality != Modality.ETT or line.owed.ett != EttAdmission.ON_APPROVAL:
        return None
    sentence = "L'intérim classique est admis sur accord pour cet engagement."
    return sentence, "l'accord de la structure", Modality.ETT.label


def beyond_due(line: LineFacts, params: ControlParams) -> Trouble | None:
    """I302; strictly more hours count already than are due at the term."""
    due, counted = line.owed.due, line.owed.counted
    if due is None or due <= 0 or counted <= due:
        return None
    found, expected = f"{format_hours(counted)} comptées", f"{format_hours(due)} dues"
    return f"L'engagement est atteint : {found} pour {expected}.", expected, found
