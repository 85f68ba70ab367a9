"""Valuation rules of an engagement, dated: what it takes of hours that are not simply worked for it (MODEL §2, §3).

Sources: usage of the network (reference of the trade, §2.5), which varies between territories: nothing is taken that
the engagement does not say, save sub-contracting to a SIAE, which CCAG 2021 art. 16.1.1 admits by itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import COUNTING_MATTERS, ValuedMatter
from clausette.commitments.rules.counting import MOST_MONTHS
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_hours, format_percent, plural
from clausette.kernel.months import first_day

CENT = Decimal("0.01")
MOST_DAYS = 365
CONTROL_CODE = re.compile(r"[EWI]\d{3}")
"""How a control of hours is named: the registry of the codes is on the floor above."""


@dataclass(frozen=True, slots=True)
class Valued:
    """One rule from `starts_on` on. `person_most`, `hours_most`: hours; `share_most`: of the hours due (0–1).

    `days_most`: days between the end of a training and the hiring. None: nothing said. `months`: of a CDI, counted from
    the hiring; None: as long as the engagement.
    """

    matter: ValuedMatter
    starts_on: date
    admitted: bool
    person_most: Decimal | None = None
    hours_most: Decimal | None = None
    share_most: Decimal | None = None
    days_most: int | None = None
    source: str = ""
    months: int | None = None
    control: str = ""
    """Code of the control of hours that it switches off, or on again (`admitted`)."""

    @property
    def capped(self) -> bool:
        """Whether it says a ceiling, of any kind."""
        return (self.person_most, self.hours_most, self.share_most) != (None, None, None)

    def most(self, due: Decimal | None) -> Decimal | None:
        """Return the most it takes on the whole engagement, in hours; None without ceiling.

        `due`: hours due firm at term, None without figure: a share of nothing is no ceiling. The lesser of the two.
        """
        share = None if self.share_most is None or due is None else (due * self.share_most).quantize(CENT)
        said = [one for one in (self.hours_most, share) if one is not None]
        return min(said) if said else None

    @property
    def words(self) -> str:
        """« admis, 100 h par personne, 20 % des heures dues, embauche dans les 30 jours »."""
        if self.matter == ValuedMatter.CDI:
            return plural(self.months, "mois", "mois") if self.months else "sans limite de mois"
        if self.matter == ValuedMatter.WORK_STUDY:
            return "comptées" if self.admitted else "non comptées : les heures en entreprise seulement"
        if self.matter == ValuedMatter.CONTROL:
            return "parle" if self.admitted else "éteint"
        if not self.admitted:
            return "non admis"
        told = ["admis"]
        if self.person_most is not None:
            told.append(f"{format_hours(self.person_most)} par personne")
        if self.hours_most is not None:
            told.append(f"{format_hours(self.hours_most)} au plus")
        if self.share_most is not None:
            told.append(f"{format_percent(self.share_most)} des heures dues au plus")
        if self.days_most is not None:
            told.append(f"embauche dans les {plural(self.days_most, 'jour')}")
        return ", ".join(told)


def in_force(rules: Iterable[Valued], matter: ValuedMatter, month: date) -> Valued | None:
    """Return the rule of a matter that hours of a month follow; None when the engagement says nothing yet.

    Hours are known by month: the month in which a rule starts follows it whole. A later rule takes the place.
    """
    known = [one for one in rules if one.matter == matter and first_day(one.starts_on) <= first_day(month)]
    return max(known, key=lambda one: one.starts_on, default=None)


def switched(rules: Iterable[Valued], month: date) -> dict[str, bool]:
    """Return the controls of hours that an engagement speaks of for a month, each with whether it speaks (MODEL §5).

    The engagement wins over its structure: a control that the structure switched off may speak here.
    """
    first = first_day(month)
    known = [one for one in rules if one.matter == ValuedMatter.CONTROL and first_day(one.starts_on) <= first]
    return {one.control: one.admitted for one in sorted(known, key=lambda one: one.starts_on)}


def check_valued(rule: Valued, *, starts_on: date, ends_on: date) -> None:
    """Refuse a rule that does not hold, at its field. `starts_on`, `ends_on`: of the engagement. Raises Invalid."""
    errors = _said_wrong(rule) | _most_wrong(rule) | _counting_wrong(rule)
    if first_day(rule.starts_on) < first_day(starts_on) or rule.starts_on > ends_on:
        errors["starts_on"] = "Une règle part d'un jour de l'engagement."
    if errors:
        raise Invalid(errors)


def _most_wrong(rule: Valued) -> dict[str, str]:
    """Ceilings and delay out of their bounds."""
    errors: dict[str, str] = {}
    for name in ("person_most", "hours_most"):
        value: Decimal | None = getattr(rule, name)
        if value is not None and value <= 0:
            errors[name] = "Un plafond d'heures est supérieur à zéro."
    if rule.share_most is not None and not 0 < rule.share_most <= 1:
        errors["share_most"] = "Une part va de plus de 0 % à 100 %."
    if rule.days_most is not None and not 0 <= rule.days_most <= MOST_DAYS:
        errors["days_most"] = f"Le délai d'embauche va de 0 à {MOST_DAYS} jours."
    return errors


def _counting_wrong(rule: Valued) -> dict[str, str]:
    """Months elsewhere than on a CDI, a CDI refused, ceilings that a counting rule does not have."""
    errors: dict[str, str] = {}
    if rule.months is not None and rule.matter != ValuedMatter.CDI:
        errors["months"] = "Des mois comptés sont ceux d'un CDI."
    elif rule.months is not None and not 1 <= rule.months <= MOST_MONTHS:
        errors["months"] = f"Les mois comptés vont de 1 à {MOST_MONTHS}."
    if rule.matter == ValuedMatter.CDI and not rule.admitted:
        errors["admitted"] = "Les heures d'un CDI comptent : dites pendant combien de mois, ou laissez vide."
    if rule.matter in (*COUNTING_MATTERS, ValuedMatter.CONTROL) and rule.hours_most is not None:
        errors["hours_most"] = "Cette règle n'a pas de plafond en heures."
    if rule.matter in (ValuedMatter.CDI, ValuedMatter.WORK_STUDY, ValuedMatter.CONTROL) and rule.share_most is not None:
        errors["share_most"] = "Cette règle n'a pas de plafond en part des heures dues."
    return errors


def _said_wrong(rule: Valued) -> dict[str, str]:
    """A source missing; a ceiling or a delay where there is none to say, or none where one is asked."""
    errors: dict[str, str] = {}
    if not rule.source.strip():
        errors["source"] = "Dites où cette règle est écrite : article du CCAP, avenant, courrier."
    if not rule.admitted and (rule.capped or rule.days_most is not None):
        errors["admitted"] = "Ce qui n'est pas admis n'a ni plafond ni délai : laissez ces champs vides."
    of_person = rule.person_most is not None or rule.days_most is not None
    if rule.matter != ValuedMatter.BEFORE_HIRING and of_person:
        errors["person_most"] = "Un plafond par personne et un délai sont ceux d'une formation avant l'embauche."
    if (rule.matter == ValuedMatter.CONTROL) != bool(CONTROL_CODE.fullmatch(rule.control)):
        errors["control"] = "Choisissez le contrôle dans la liste."
    carried = rule.matter == ValuedMatter.CARRY_OVER and rule.admitted
    if carried and rule.hours_most is None and rule.share_most is None:
        errors["hours_most"] = "Un report du surplus a un plafond : donnez des heures, ou une part des heures dues."
    return errors
