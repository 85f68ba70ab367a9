"""FSE+: who is a participant, what a questionnaire lacks, when the exit is due, the common indicators.

Sources: règlement (UE) 2021/1057, annexe I (indicators, from memory); règlement (UE) 2021/1060, art. 82 (papers kept 5
years from the 31st of December of the last payment); FSE+ rule « un jour ou moins n'est pas une participation ».
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from clausette.kernel.french import format_date, plural
from clausette.kernel.months import add_months
from clausette.outcomes.enums import (
    Employment,
    Isced,
    LeavingReason,
    Nationality,
    Sensitive,
    Situation,
    Support,
    YesNo,
)
from clausette.participants.rules import age_at

JOBS = frozenset({Situation.LASTING_JOB, Situation.SHORT_JOB, Situation.BUSINESS})
NOT_AN_ENTRY: Mapping[Support, str] = {
    Support.ONE_DAY: "Une aide d'un jour ou moins n'est pas une participation : elle ne s'enregistre pas.",
    Support.GROUP: "Une information collective n'est pas une participation : elle ne s'enregistre pas.",
}


@dataclass(frozen=True, slots=True)
class EntrySaid:
    """Ordinary answers at entry. `months`: how long the situation has lasted, in months."""

    birth_commune: str = ""
    address: str = ""
    postcode: str = ""
    commune: str = ""
    phone: str = ""
    email: str = ""
    employment: Employment | None = None
    months: int | None = None
    in_training: YesNo | None = None
    level: Isced | None = None


@dataclass(frozen=True, slots=True)
class SensitiveSaid:
    """Answers that may be refused; a refusal is an answer, None is not."""

    nationality: Nationality | None = None
    disability: Sensitive | None = None
    foreign_origin: Sensitive | None = None
    homeless: Sensitive | None = None
    minimum_income: Sensitive | None = None


@dataclass(frozen=True, slots=True)
class ExitSaid:
    """Answers at exit."""

    reason: LeavingReason | None = None
    situation: Situation | None = None
    qualification: YesNo | None = None


LABELS: Mapping[str, str] = {
    "birth_commune": "Commune de naissance",
    "address": "Adresse",
    "postcode": "Code postal",
    "commune": "Commune",
    "contact": "Téléphone ou adresse électronique",
    "employment": "Situation au regard de l'emploi",
    "months": "Durée de la situation",
    "in_training": "En formation à l'entrée",
    "level": "Niveau de diplôme",
    "nationality": "Nationalité",
    "disability": "Handicap",
    "foreign_origin": "Origine étrangère",
    "homeless": "Sans domicile",
    "minimum_income": "Minimum social",
    "signed": "Signature",
    "reason": "Motif de sortie",
    "situation": "Situation à la sortie",
    "qualification": "Qualification obtenue",
}


def refusal_to_enter(support: Support) -> str:
    """Return why this is not a participation, « » when it is one."""
    return NOT_AN_ENTRY.get(support, "")


def too_short(entered_on: date, left_on: date) -> bool:
    """Say whether a participation lasted one day or less, hence was none."""
    return left_on <= entered_on


def outside(days: Iterable[date], starts_on: date, ends_on: date | None) -> list[date]:
    """Return the days of entry that are not within an operation, in order."""
    return sorted(day for day in days if day < starts_on or (ends_on is not None and day > ends_on))


def told_outside(days: Sequence[date]) -> str:
    """Return the sentence of entries that new dates of an operation would leave out."""
    first, last = format_date(days[0]), format_date(days[-1])
    when = f"le {first}" if first == last else f"du {first} au {last}"
    entries = plural(len(days), "entrée est", "entrées sont")
    return f"{entries} hors de ces dates ({when}) : gardez des dates qui les contiennent, ou retirez-les d'abord."


def exit_due_on(left_on: date, days: int) -> date:
    """Return the last day of the exit questionnaire: `days` (28, four weeks) after the exit."""
    return left_on + timedelta(days=days)


def retention_end(last_paid_on: date, months: int) -> date:
    """Return the last day of the retention: `months` (60) from the 31st of December of the year of the last payment."""
    return add_months(date(last_paid_on.year, 12, 31), months)


def missing_at_entry(said: EntrySaid | None, sensitive: SensitiveSaid | None, *, signed: bool) -> tuple[str, ...]:
    """Return the keys (of LABELS) of what an entry questionnaire lacks, in its order. An employed needs no duration."""
    entry, answers = said or EntrySaid(), sensitive or SensitiveSaid()
    given = {one.name: getattr(entry, one.name) for one in fields(entry)}
    given |= {one.name: getattr(answers, one.name) for one in fields(answers)}
    given["contact"] = given.pop("phone") or given.pop("email")
    if entry.employment == Employment.EMPLOYED and given["months"] is None:
        given.pop("months")
    given["signed"] = signed or None
    return tuple(key for key in LABELS if key in given and given[key] in (None, ""))


def missing_at_exit(said: ExitSaid | None) -> tuple[str, ...]:
    """Return the keys of what an exit questionnaire lacks."""
    answers = said or ExitSaid()
    return tuple(one.name for one in fields(answers) if getattr(answers, one.name) is None)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Ages in years, durations in months (dated parameters `fse_*`)."""

    child_age: int
    young_age: int
    senior_age: int
    short_age: int
    short_months: int
    long_months: int


@dataclass(frozen=True, slots=True)
class Participation:
    """One entry as the indicators see it; age is that of the day of entry. `person`: any key of theirs."""

    person: Hashable
    born_on: date
    entered_on: date
    said: EntrySaid = EntrySaid()
    sensitive: SensitiveSaid = SensitiveSaid()
    at_exit: ExitSaid | None = None


def long_unemployed(one: Participation, thresholds: Thresholds) -> bool:
    """Say whether the person is a long-term unemployed: strictly more months than the limit of their age."""
    if one.said.employment != Employment.UNEMPLOYED or one.said.months is None:
        return False
    young = age_at(one.born_on, one.entered_on) < thresholds.short_age
    return one.said.months > (thresholds.short_months if young else thresholds.long_months)


def outputs_of(one: Participation, thresholds: Thresholds) -> frozenset[str]:
    """Return the codes at entry (EECO) that this entry counts in; what is refused or not said counts in none."""
    age, said, private = age_at(one.born_on, one.entered_on), one.said, one.sensitive
    found = {
        "EECO01": True,
        "EECO02": said.employment == Employment.UNEMPLOYED,
        "EECO03": long_unemployed(one, thresholds),
        "EECO04": said.employment == Employment.INACTIVE,
        "EECO05": said.employment == Employment.EMPLOYED,
        "EECO06": age < thresholds.child_age,
        "EECO07": thresholds.child_age <= age < thresholds.young_age,
        "EECO08": age >= thresholds.senior_age,
        "EECO09": said.level == Isced.LOW,
        "EECO10": said.level == Isced.MIDDLE,
        "EECO11": said.level == Isced.HIGH,
        "EECO12": private.disability == Sensitive.YES,
        "EECO13": private.nationality == Nationality.THIRD,
        "EECO14": private.foreign_origin == Sensitive.YES,
        "EECO16": private.homeless == Sensitive.YES,
    }
    return frozenset(code for code, counts in found.items() if counts)


def results_of(one: Participation) -> frozenset[str]:
    """Return the codes at exit (EECR) that this entry counts in, none before the answers at exit."""
    if one.at_exit is None:
        return frozenset()
    said, left = one.said, one.at_exit
    idle = said.employment in (Employment.UNEMPLOYED, Employment.INACTIVE)
    found = {
        "EECR01": said.employment == Employment.INACTIVE and left.situation == Situation.SEEKING,
        "EECR02": said.in_training == YesNo.NO and left.situation == Situation.TRAINING,
        "EECR03": left.qualification == YesNo.YES,
        "EECR04": idle and left.situation in JOBS,
    }
    return frozenset(code for code, counts in found.items() if counts)


def count_indicators(entries: Iterable[Participation], thresholds: Thresholds) -> dict[str, int]:
    """Return how many persons of one operation count in each indicator computed.

    « Un participant = une opération » (reference of the trade §6): who came back counts once, by their first entry for
    what they were at entry, by the last exit answered for the results.
    """
    first: dict[Hashable, Participation] = {}
    last: dict[Hashable, Participation] = {}
    for one in sorted(entries, key=lambda one: one.entered_on):
        first.setdefault(one.person, one)
        if one.at_exit is not None:
            last[one.person] = one
    counts: Counter[str] = Counter()
    for one in first.values():
        counts.update(outputs_of(one, thresholds))
    for one in last.values():
        counts.update(results_of(one))
    return dict(counts)
