"""Controls of a training before hiring (POEI, POEC…): admitted, followed by the hiring in time, within its ceiling.

Usage of the network (reference of the trade, §2.5): it counts when the training is tied to a hiring that follows, up to
10–20 % of the volume. Hours; days of calendar. What the engagement says stops; a dated usage only asks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from clausette.commitments.rules import Valued
from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import LineFacts, PriorFacts, Span
from clausette.hours.rules.controls.groups import Group, Together
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.french import format_date, format_hours, format_month, plural

CENT = Decimal("0.01")


def said(
    dates: Span, rule: Valued | None, due: Decimal | None, person_known: Decimal, known: Decimal
) -> PriorFacts:
    """Return what a training before hiring stands against. `rule`: that of the month worked; None: nothing is said.

    `due`: hours due firm at term; `person_known`, `known`: hours known of the person, of all, on this engagement.
    """
    if rule is None or not rule.admitted:
        return PriorFacts(dates, admitted=False, person_known=person_known, known=known, due=due)
    return PriorFacts(
        dates, admitted=True, capped=rule.capped, person_most=rule.person_most, most=rule.most(due),
        days_most=rule.days_most, person_known=person_known, known=known, due=due,
    )  # fmt: skip


def not_admitted(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E023; silence is no admission."""
    if line.prior is None or line.prior.admitted:
        return None
    found = f"{format_hours(line.hours)} de formation avant l'embauche en {format_month(line.month)}"
    return f"{found} : cet engagement ne dit pas qu'il les admet.", "une règle qui les admet", found


def hired_too_late(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E024; the delay that the engagement says, both ends apart: hired the next day is one day after."""
    prior = line.prior
    if prior is None or prior.dates.ends_on is None:
        return None
    days = (line.hired_on - prior.dates.ends_on).days
    if days < 1:
        ended, hired = format_date(prior.dates.ends_on), format_date(line.hired_on)
        sentence = f"La formation finit le {ended}, et l'embauche est du {hired} : elle n'est pas avant l'embauche."
        return sentence, f"finie avant le {hired}", f"le {ended}"
    if not prior.admitted or prior.days_most is None or days <= prior.days_most:
        return None
    return _late(prior.dates.ends_on, line.hired_on, days, prior.days_most)


def hired_long_after(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W118; the dated delay, where the engagement admits the training without saying one."""
    prior = line.prior
    if prior is None or not prior.admitted or prior.days_most is not None or prior.dates.ends_on is None:
        return None
    days = (line.hired_on - prior.dates.ends_on).days
    most = int(params.before_hiring_days)
    return _late(prior.dates.ends_on, line.hired_on, days, most) if days > most else None


def _late(ended: date, hired: date, days: int, most: int) -> Trouble:
    found, expected = f"{plural(days, 'jour')} après", f"{plural(most, 'jour')} au plus"
    sentence = (
        f"Embauche le {format_date(hired)}, {found} la fin de la formation, le {format_date(ended)} : {expected}."
    )
    return sentence, expected, found


Most = Callable[[PriorFacts], Decimal | None]


def above_said(known: Together, params: ControlParams) -> Iterator[Group]:
    """E025: beyond the ceiling that the engagement says, of the person or of all."""
    yield from _above(known, lambda prior: prior.person_most, lambda prior: prior.most, capped=True)


def above_usage(known: Together, params: ControlParams) -> Iterator[Group]:
    """W117: beyond the dated usage, where the engagement admits without a ceiling."""

    def share(prior: PriorFacts) -> Decimal | None:
        return None if prior.due is None else (prior.due * params.before_hiring_share).quantize(CENT)

    yield from _above(known, lambda prior: params.before_hiring_hours, share, capped=False)


def _above(known: Together, of_person: Most, of_all: Most, *, capped: bool) -> Iterator[Group]:
    """One group for each person, and one for all, of an engagement and a month, beyond what it takes."""
    persons: dict[tuple[int, int, date], list[LineFacts]] = defaultdict(list)
    whole: dict[tuple[int, date], list[LineFacts]] = defaultdict(list)
    for line in known.lines:
        prior = line.prior
        if line.subject and prior is not None and prior.admitted and prior.capped == capped:
            persons[line.person, line.commitment, line.month].append(line)
            whole[line.commitment, line.month].append(line)
    for lines in persons.values():
        prior = lines[0].prior
        if prior is not None:
            yield from _beyond(lines, prior.person_known, of_person(prior), "pour cette personne")
    for lines in whole.values():
        prior = lines[0].prior
        if prior is not None:
            yield from _beyond(lines, prior.known, of_all(prior), "sur cet engagement")


def _beyond(lines: list[LineFacts], found: Decimal, most: Decimal | None, where: str) -> Iterator[Group]:
    if most is None or found <= most:
        return
    told, expected = format_hours(found), f"{format_hours(most)} au plus"
    sentence = f"{told} de formation avant l'embauche {where}, ce mois compris : {expected}."
    yield lines, sentence, expected, told
