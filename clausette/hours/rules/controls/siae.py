"""Controls of hours sub-contracted to a structure d'insertion (EI, ACI, EA, ESAT, régie): refused, or bounded.

CCAG 2021, art. 16.1.1 admits them by itself; an engagement may say otherwise from a month on, or how much it takes.
Hours attested as a whole say no way of working. Declared by such a structure that is not the titulaire, they are of a
sub-contracting; declared by the titulaire, they may be of a prison workshop as well: they are not counted here, since
what is not known does not stop a month.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from clausette.commitments.rules import Valued
from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import LineFacts, SiaeFacts
from clausette.hours.rules.controls.groups import Group, Together
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.french import format_hours, format_month
from clausette.placements.enums import Modality

SUBCONTRACTED = frozenset(
    {Modality.SUBCONTRACT_EI, Modality.SUBCONTRACT_ACI, Modality.EA, Modality.ESAT, Modality.REGIE}
)
"""Ways of working that are a sub-contracting to, or a cotraitance with, a structure d'insertion."""


def beyond(siae: SiaeFacts) -> Trouble | None:
    """Return what is said of hours beyond the ceiling, None within it or where there is none."""
    if not siae.admitted or siae.most is None or siae.known <= siae.most:
        return None
    found, expected = format_hours(siae.known), f"{format_hours(siae.most)} au plus"
    sentence = f"{found} sous-traitées à une structure d'insertion sur cet engagement, ce mois compris"
    return f"{sentence} : {expected}.", expected, found


def said(rule: Valued, due: Decimal | None, known: Decimal) -> SiaeFacts:
    """Return what sub-contracted hours stand against. `rule`: that of the month worked.

    `due`: hours due firm at term; `known`: hours sub-contracted known of the engagement.
    """
    return SiaeFacts(rule.admitted, rule.most(due), known)


def siae_refused(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E026; the rule of the month worked."""
    if line.siae is None or line.siae.admitted:
        return None
    found = f"{format_hours(line.hours)} sous-traitées à une structure d'insertion en {format_month(line.month)}"
    return f"{found} : cet engagement ne les admet pas.", "aucune heure sous-traitée", found


def above_siae(known: Together, params: ControlParams) -> Iterator[Group]:
    """E027: beyond the ceiling that the engagement says for the month worked."""
    groups: dict[tuple[int, date], list[LineFacts]] = defaultdict(list)
    for line in known.lines:
        if line.subject and line.siae is not None and line.siae.admitted and line.siae.most is not None:
            groups[line.commitment, line.month].append(line)
    for lines in groups.values():
        siae = lines[0].siae
        if siae is not None and (trouble := beyond(siae)):
            yield lines, *trouble
