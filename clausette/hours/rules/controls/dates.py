"""Controls of one line against dates: work contract, engagement, eligibility, today."""

from datetime import date

from clausette.hours.rules.controls.facts import LineFacts
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.french import format_date, format_hours, format_month, of_month
from clausette.kernel.months import first_day

Trouble = tuple[str, str, str]  # sentence, expected, found


def outside_work_contract(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E002; a training before hiring is before the work contract: E024 looks at it."""
    if line.before or line.work_dates.touches(line.month):
        return None
    found, expected = f"{format_hours(line.hours)} en {format_month(line.month)}", line.work_dates.words
    return f"{found}, hors du contrat de travail ({expected}).", expected, found


def within_work_contract(line: LineFacts, first: date, last: date, params: ControlParams) -> bool:
    """E002 spares the lines of months between two that the work contract touches."""
    return line.work_dates.touches(first) and line.work_dates.touches(last)


def outside_commitment(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E003; a line without engagement (hors clause) is not concerned."""
    dates = line.commitment_dates
    if dates is None or dates.touches(line.month):
        return None
    found = f"{format_hours(line.hours)} en {format_month(line.month)}"
    return f"{found}, hors de la période de l'engagement ({dates.words}).", dates.words, found


def within_commitment(line: LineFacts, first: date, last: date, params: ControlParams) -> bool:
    """E003 spares the lines of months between two that the engagement touches."""
    dates = line.commitment_dates
    return dates is None or (dates.touches(first) and dates.touches(last))


def after_validity(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E004; the month in which the validity ends still counts, hours being known by month."""
    if line.hours_until is None or first_day(line.month) <= line.hours_until:
        return None
    found, until = f"{format_hours(line.hours)} en {format_month(line.month)}", format_date(line.hours_until)
    sentence = f"{found}, alors que les heures de cette personne sont comptées jusqu'au {until}."
    return sentence, f"jusqu'au {until}", found


def in_the_future(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E005; the running month is accepted."""
    if first_day(line.month) <= first_day(params.on):
        return None
    found, expected = format_month(line.month), format_month(params.on)
    sentence = f"Heures {of_month(line.month)}, un mois à venir : au plus tard {expected}."
    return sentence, f"au plus tard {expected}", found


def not_eligible(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E006; a decision taken after the hiring is E022's."""
    if not line.refusal_at_hire or (line.eligible_on is not None and line.eligible_on > line.hired_on):
        return None
    hired = format_date(line.hired_on)
    sentence = f"À l'embauche, le {hired}, aucune décision d'éligibilité ne valait. {line.refusal_at_hire}"
    return sentence, f"une décision valable le {hired}", line.refusal_at_hire


def approval_never_given(line: LineFacts, params: ControlParams) -> Trouble | None:
    """I307; one whose end has gone by is W104's."""
    asked = line.approval_missing
    if not asked:
        return None
    return f"{asked[:1].upper()}{asked[1:]} : jamais remise pour ce marché.", asked, "aucune"


def without_evidence(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W104; no piece, or one whose approval or contract ended before the month."""
    found = f"{format_hours(line.hours)} en {format_month(line.month)}"
    if line.has_evidence:
        if line.evidence_lapsed is None:
            return None
        since = f"plus valable depuis le {format_date(line.evidence_lapsed)}"
        which = f" ({line.evidence_what})" if line.evidence_what else ""
        return f"{found} : la pièce{which} n'est {since}.", "une pièce en cours de validité", since
    return f"{found} sans pièce justificative.", "une pièce justificative", "aucune"
