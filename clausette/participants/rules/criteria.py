"""From situations to publics: which categories apply on a day, which paper proves each, until when it holds.

Source: CCAG 2021, art. 16.1.1.1 (group A) and 16.1.1.2 (group B, from memory), papers and freshness of the criteria of
insertion by economic activity (March 2026). Ages and delays are dated parameters (`Delays`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clausette.kernel.french import format_date
from clausette.kernel.months import add_months
from clausette.participants.rules.checks import age_at, evidence_fresh, hire_before, title_valid
from clausette.reference.enums import PublicGroup
from clausette.reference.facts.publics import PublicRow

CRITERIA_RULES = "publics-2026.1"
"""Version of these rules, said beside each answer."""

UNQUALIFIED = frozenset({"00", "01", "50", "60", "70"})
"""Levels of training (list of the ASP) below level 3: no CAP, no BEP obtained."""
LEVELS: Mapping[str, str] = {
    "00": "Qualifications non certifiantes", "01": "Jamais scolarisé", "10": "Troisième cycle, école d'ingénieur",
    "20": "Licence", "30": "BTS ou DUT", "40": "Baccalauréat", "41": "Brevet de technicien, baccalauréat professionnel",
    "50": "Niveau CAP ou BEP, sans le diplôme", "51": "CAP ou BEP obtenu", "60": "Formation courte d'un an",
    "70": "Scolarité obligatoire seule",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delays:
    """Dated ages (years) and delays (months)."""

    long_months: int = 12
    very_long_months: int = 24
    worked_months: Decimal = Decimal(6)
    young_age: int = 26
    young_months: int = 6
    senior_age: int = 50
    hire_months: int = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of the paper of a category: its date, the end of the title it carries."""

    on: date | None = None
    title_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a person on a day. `ticked`: codes of situations told by the person or the prescriber.

    `registered_on`: with France Travail, without a break. `months_worked`: in the twelve months before. `level`: list
    of the ASP. `inactive_since`: for a graduate, end of studies or last day of work. `options`: publics « sur option »
    that the structure admits. `admitted`: publics that the engagement admits, None when it says nothing.
    """

    on: date
    ticked: frozenset[str] = frozenset()
    born_on: date | None = None
    registered_on: date | None = None
    months_worked: Decimal | None = None
    left_school_on: date | None = None
    inactive_since: date | None = None
    level: str = ""
    pass_ends_on: date | None = None
    already_employed: bool = False
    options: frozenset[str] = frozenset()
    admitted: frozenset[str] | None = None
    papers: Mapping[str, Paper] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One category on that day. `missing`: what is still to be asked or seen; `refusal`: why it does not apply."""

    row: PublicRow
    missing: tuple[str, ...] = ()
    refusal: str = ""
    oldest_paper: date | None = None
    """The paper must be dated from that day on; None when its age does not matter."""

    @property
    def holds(self) -> bool:
        """It applies and is proved."""
        return not self.missing and not self.refusal


@dataclass(frozen=True, slots=True)
class Answer:
    """The categories of a person on a day, the best first. `verdict`: « eligible », « incomplete », « not_eligible ».

    `until`: last day of a hiring that may rest on it. `refusals`: what stops everything, and what does not apply.
    """

    verdict: str
    criteria: tuple[Criterion, ...]
    retained: Criterion | None
    until: date | None
    refusals: tuple[str, ...]
    rule_version: str = CRITERIA_RULES


EMPLOYED = (
    "La personne est déjà salariée de l'entreprise : l'engagement vise une mise à l'emploi nouvelle. Voyez une "
    "progression (CDD en CDI, formation) avec l'acheteur."
)
NEVER_WRITTEN = (
    "Une mesure de justice ne s'enregistre jamais. Si un organisme habilité atteste l'éligibilité, choisissez "
    "« Difficultés particulières, sur avis motivé » : « éligibilité vérifiée par un organisme habilité »."
)
_TOGETHER = ("QPV", "FRR")
"""Living there is enough beside another criterion only."""


def check_eligibility(facts: Situation, rows: Sequence[PublicRow], delays: Delays) -> Answer:
    """Return what the situation of a person opens on `facts.on` (whole list of publics, dated delays).

    A category ticked, or told by the facts themselves (registration, age and level, PASS IAE), is judged; the others
    are left. Group A first: a person accompanied by a structure recognised by the State needs nothing else.
    """
    known = {row.code: row for row in rows}
    told = sorted(_told(facts, delays), key=lambda code: _rank(known, code))
    judged = [_judged(known[code], facts, delays) for code in told if code in known]
    judged = [_beside(one, judged) for one in judged]
    refusals = [EMPLOYED] if facts.already_employed else []
    refusals += [one.refusal for one in judged if one.refusal]
    refusals += [f"« {code} » n'est pas un public de la liste." for code in sorted(facts.ticked - known.keys())]
    open_ones = [one for one in judged if not one.refusal]
    retained = next((one for one in open_ones if one.holds), open_ones[0] if open_ones else None)
    if facts.already_employed or retained is None:
        return Answer("not_eligible", tuple(judged), None, None, tuple(refusals))
    if not retained.holds:
        return Answer("incomplete", tuple(judged), retained, None, tuple(refusals))
    return Answer("eligible", tuple(judged), retained, _until(retained, facts, delays), tuple(refusals))


def _told(facts: Situation, delays: Delays) -> set[str]:
    """Codes ticked, and those that the facts themselves tell."""
    codes = set(facts.ticked)
    if facts.registered_on is not None and facts.registered_on <= facts.on:
        if facts.on >= add_months(facts.registered_on, delays.very_long_months):
            codes.add("DETLD")
        elif facts.on >= add_months(facts.registered_on, delays.long_months):
            codes.add("DELD")
    if facts.born_on is not None and facts.born_on <= facts.on:
        codes |= _by_age(facts, age_at(facts.born_on, facts.on), delays)
    if facts.pass_ends_on is not None:
        codes.add("SIAE")
    return codes


def _by_age(facts: Situation, age: int, delays: Delays) -> set[str]:
    found: set[str] = set()
    if age >= delays.senior_age and facts.registered_on is not None:
        found.add("SENIOR")
    if age < delays.young_age:
        if facts.left_school_on is not None and facts.level in UNQUALIFIED:
            found.add("JEUNE_SQ")
        if facts.inactive_since is not None and facts.level and facts.level not in UNQUALIFIED:
            found.add("JEUNE_DIPL")
    return found


def _rank(known: Mapping[str, PublicRow], code: str) -> tuple[int, int]:
    """Group A, then B, then options; within a group, the order of the list."""
    groups = (PublicGroup.A, PublicGroup.B, PublicGroup.B_OPTION)
    order = list(known)
    return (groups.index(known[code].group), order.index(code)) if code in known else (len(groups), 0)


def _judged(row: PublicRow, facts: Situation, delays: Delays) -> Criterion:
    oldest = add_months(facts.on, -row.evidence_months) if row.evidence_months is not None else None
    refusal = _refusal(row, facts, delays)
    if refusal:
        return Criterion(row, refusal=refusal, oldest_paper=oldest)
    return Criterion(row, missing=tuple(_missing(row, facts)), oldest_paper=oldest)


def _refusal(row: PublicRow, facts: Situation, delays: Delays) -> str:
    if not row.stored:
        return NEVER_WRITTEN
    if row.group == PublicGroup.B_OPTION and row.code not in facts.options | (facts.admitted or frozenset()):
        return f"« {row.label} » : votre structure n'admet pas ce public."
    if facts.admitted is not None and row.code not in facts.admitted:
        return f"« {row.label} » : l'engagement n'admet pas ce public."
    if row.code == "SIAE" and facts.pass_ends_on is not None and not title_valid(facts.pass_ends_on, facts.on):
        return f"« {row.label} » : le PASS IAE a pris fin le {format_date(facts.pass_ends_on)}."
    ages = {
        "JEUNE_SQ": _young, "JEUNE_DIPL": _young, "SENIOR": _senior, "DELD": _registered, "DETLD": _registered,
    }  # fmt: skip
    judge = ages.get(row.code)
    return judge(row, facts, delays) if judge else ""


def _young(row: PublicRow, facts: Situation, delays: Delays) -> str:
    if facts.born_on is None or facts.born_on > facts.on:
        return ""
    age = age_at(facts.born_on, facts.on)
    if age >= delays.young_age:
        return f"« {row.label} » : la personne a {age} ans."
    since = facts.left_school_on if row.code == "JEUNE_SQ" else facts.inactive_since
    if since is not None and facts.on < add_months(since, delays.young_months):
        opens = format_date(add_months(since, delays.young_months))
        return f"« {row.label} » : le délai de {delays.young_months} mois est atteint le {opens}."
    if row.code == "JEUNE_SQ" and facts.level and facts.level not in UNQUALIFIED:
        return f"« {row.label} » : la personne a une qualification ({LEVELS.get(facts.level, facts.level)})."
    return ""


def _senior(row: PublicRow, facts: Situation, delays: Delays) -> str:
    if facts.born_on is None or facts.born_on > facts.on:
        return ""
    age = age_at(facts.born_on, facts.on)
    return "" if age >= delays.senior_age else f"« {row.label} » : la personne a {age} ans."


def _registered(row: PublicRow, facts: Situation, delays: Delays) -> str:
    if facts.registered_on is None:
        return ""
    months = delays.long_months if row.code == "DELD" else delays.very_long_months
    if facts.on < add_months(facts.registered_on, months):
        reached = format_date(add_months(facts.registered_on, months))
        return f"« {row.label} » : les {months} mois d'inscription sont atteints le {reached}."
    if row.code == "DELD" and facts.months_worked is not None and facts.months_worked >= delays.worked_months:
        least = int(delays.worked_months)
        return f"« {row.label} » : {least} mois d'activité ou plus sur les douze derniers."
    return ""


def _missing(row: PublicRow, facts: Situation) -> list[str]:
    """What must still be asked or seen."""
    missing = _facts_missing(row, facts)
    paper = facts.papers.get(row.code, Paper())
    if row.code == "SIAE" and paper.title_ends_on is None:
        paper = Paper(paper.on, facts.pass_ends_on)
    if row.evidence_months is not None:
        if paper.on is None:
            oldest = format_date(add_months(facts.on, -row.evidence_months))
            missing.append(f"{row.evidence}, datée du {oldest} au plus tôt.")
        elif paper.on > facts.on:
            missing.append(f"{row.evidence} : la pièce est datée d'après ce jour.")
        elif not evidence_fresh(paper.on, facts.on, months=row.evidence_months):
            missing.append(f"{row.evidence} : la pièce a plus de {row.evidence_months} mois.")
    elif not row.title_ends and row.code not in facts.papers:
        missing.append(f"{row.evidence}.")
    if row.title_ends:
        if paper.title_ends_on is None:
            missing.append(f"{row.evidence} : date de fin.")
        elif not title_valid(paper.title_ends_on, facts.on):
            missing.append(f"{row.evidence} : le titre a pris fin le {format_date(paper.title_ends_on)}.")
    return missing


def _facts_missing(row: PublicRow, facts: Situation) -> list[str]:
    asked = {
        "JEUNE_SQ": (("Date de naissance.", facts.born_on), ("Date de sortie de l'école.", facts.left_school_on),
                     ("Niveau de formation.", facts.level)),
        "JEUNE_DIPL": (("Date de naissance.", facts.born_on), ("Début de l'inactivité.", facts.inactive_since)),
        "JEUNE_ACC": (("Date de naissance.", facts.born_on),),
        "SENIOR": (("Date de naissance.", facts.born_on),),
        "DELD": (("Date d'inscription à France Travail.", facts.registered_on),),
        "DETLD": (("Date d'inscription à France Travail.", facts.registered_on),),
    }  # fmt: skip
    return [sentence for sentence, value in asked.get(row.code, ()) if not value]


def _beside(one: Criterion, every: Sequence[Criterion]) -> Criterion:
    """Living in a priority zone counts beside another criterion that holds or may hold."""
    if one.row.code not in _TOGETHER or one.refusal:
        return one
    others = [other for other in every if other.row.code not in _TOGETHER and not other.refusal]
    if others:
        return one
    return Criterion(
        one.row, refusal=f"« {one.row.label} » : il faut aussi un autre critère d'éloignement de l'emploi.",
        oldest_paper=one.oldest_paper,
    )  # fmt: skip


def _until(retained: Criterion, facts: Situation, delays: Delays) -> date:
    """Last day of a hiring that may rest on it: the delay of a hiring, or the end of the title when it comes first."""
    last = hire_before(facts.on, months=delays.hire_months)
    paper = facts.papers.get(retained.row.code, Paper())
    title = paper.title_ends_on or (facts.pass_ends_on if retained.row.code == "SIAE" else None)
    return min(last, title) if retained.row.title_ends and title is not None else last
