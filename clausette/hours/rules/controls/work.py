"""Controls of one line against its work contract, its employer and the person (MODEL §3, §4)."""

import re
from datetime import date
from functools import lru_cache

from clausette.access.enums import BodyKind
from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import LineFacts
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.french import format_date, plural
from clausette.kernel.months import first_day, last_day
from clausette.kernel.text import search_key
from clausette.placements.enums import Modality, WorkContractKind

UNKNOWN = frozenset({"", BodyKind.ASSOCIATION, BodyKind.OTHER})
"""Kinds of bodies that say nothing of an approval: an association may well run an ACI."""

EMPLOYERS: dict[str, frozenset[str]] = {
    WorkContractKind.CDDI: frozenset({BodyKind.ACI, BodyKind.AI, BodyKind.EI, BodyKind.REGIE}),
    WorkContractKind.CDI_INCLUSION: frozenset(
        {BodyKind.ACI, BodyKind.AI, BodyKind.EI, BodyKind.ETTI, BodyKind.REGIE}
    ),
    WorkContractKind.CDD_TREMPLIN: frozenset({BodyKind.EA}),
    WorkContractKind.SUPPORT_CONTRACT: frozenset({BodyKind.ESAT}),
    WorkContractKind.TEMP_MISSION: frozenset({BodyKind.ETT, BodyKind.ETTI, BodyKind.EA, BodyKind.COMPANY}),
    WorkContractKind.TEMP_CDI: frozenset({BodyKind.ETT, BodyKind.ETTI, BodyKind.EA, BodyKind.COMPANY}),
}
"""Who may sign a kind of work contract; a kind that is absent may be signed by anybody."""

APPROVED: dict[str, frozenset[str]] = {
    Modality.ETTI: frozenset({BodyKind.ETTI}),
    Modality.AI: frozenset({BodyKind.AI}),
    Modality.GEIQ: frozenset({BodyKind.GEIQ}),
    Modality.ETT: frozenset({BodyKind.ETT, BodyKind.ETTI, BodyKind.COMPANY}),
    Modality.SUBCONTRACT_EI: frozenset({BodyKind.EI, BodyKind.REGIE}),
    Modality.SUBCONTRACT_ACI: frozenset({BodyKind.ACI, BodyKind.REGIE}),
    Modality.EA: frozenset({BodyKind.EA}),
    Modality.ESAT: frozenset({BodyKind.ESAT}),
    Modality.REGIE: frozenset({BodyKind.REGIE, BodyKind.EI, BodyKind.ACI}),
}
"""Which body a modality supposes; one that is absent supposes none. A régie is often an EI or an ACI by convention."""

_SUPERVISORS = re.compile(
    r"\b(encadrante?|chef d equipe|cheffe d equipe|chef de chantier|cheffe de chantier|conducteur de travaux|"
    r"conductrice de travaux|formateur|formatrice|moniteur d atelier|monitrice d atelier|tuteur|tutrice)\b"
)


def decided_after_hiring(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E022; a favourable decision exists, taken after the hiring (E006 is for those who have none)."""
    if not line.refusal_at_hire or line.eligible_on is None or line.eligible_on <= line.hired_on:
        return None
    hired, decided = format_date(line.hired_on), format_date(line.eligible_on)
    sentence = f"Éligibilité décidée le {decided}, après l'embauche du {hired}."
    return sentence, f"une décision au plus tard le {hired}", f"le {decided}"


def hired_before_notification(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W106; a direct hiring only: who is lent may have signed long before."""
    notified = line.owed.notified_on
    if line.work.modality != Modality.DIRECT or notified is None or line.hired_on >= notified:
        return None
    hired, since = format_date(line.hired_on), format_date(notified)
    sentence = f"Contrat de travail commencé le {hired}, avant la notification du marché, le {since}."
    return sentence, f"à partir du {since}", f"le {hired}"


def contract_of_another_employer(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W107."""
    expected = EMPLOYERS.get(line.work.kind)
    if expected is None or line.work.employer_kind in expected | UNKNOWN:
        return None
    kind, body = WorkContractKind(line.work.kind).label, BodyKind(line.work.employer_kind).label
    return f"« {kind} » signé par un employeur noté « {body} ».", _bodies(expected), body


def employer_not_approved(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W108."""
    expected = APPROVED.get(line.work.modality)
    if expected is None or line.work.employer_kind in expected | UNKNOWN:
        return None
    modality, body = Modality(line.work.modality).label, BodyKind(line.work.employer_kind).label
    return f"« {modality} », par un employeur noté « {body} ».", _bodies(expected), body


def _bodies(kinds: frozenset[str]) -> str:
    return ", ".join(BodyKind(one).label for one in sorted(kinds))


@lru_cache(4096)
def _supervises(job: str) -> bool:
    return _SUPERVISORS.search(re.sub(r"[^a-z]+", " ", search_key(job))) is not None


def supervisor(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W114; read in the job, accents and case ignored."""
    if not line.work.job or not _supervises(line.work.job):
        return None
    sentence = f"L'emploi « {line.work.job} » est celui d'un encadrant : ses heures ne sont pas d'insertion."
    return sentence, "l'emploi d'une personne en parcours", line.work.job


def limit_is_near(line: LineFacts, params: ControlParams) -> Trouble | None:
    """I301; days left after the month, from 0 to the dated parameter."""
    if line.hours_until is None:
        return None
    left = (line.hours_until - last_day(line.month)).days
    if not 0 <= left <= params.limit_soon_days:
        return None
    until = format_date(line.hours_until)
    sentence = f"Les heures de cette personne sont comptées jusqu'au {until}."
    return sentence, f"jusqu'au {until}", f"{plural(left, 'jour')} après ce mois"


def first_hours(line: LineFacts, params: ControlParams) -> Trouble | None:
    """I303; the first clause hour of the path is in this month."""
    first = line.first_hour_on
    if first is None or not first_day(line.month) <= first <= last_day(line.month):
        return None
    return "Premières heures de clause de cette personne.", "le début du parcours", format_date(first)


def work_contract_ends(line: LineFacts, params: ControlParams) -> Trouble | None:
    """I304."""
    end = line.work_dates.ends_on
    if end is None or not first_day(line.month) <= end <= last_day(line.month):
        return None
    return f"Le contrat de travail finit le {format_date(end)}.", "une suite notée", format_date(end)


def ends_apart(line: LineFacts, first: date, last: date, params: ControlParams) -> bool:
    """I304 spares the lines of months that all come before, or all after, the end of the work contract."""
    end = line.work_dates.ends_on
    return end is None or end < first_day(first) or end > last_day(last)
