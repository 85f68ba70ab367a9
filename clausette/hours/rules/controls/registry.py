"""The registry. A code is never given again to another control; a control that ends keeps its number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from clausette.hours.enums import Severity
from clausette.hours.rules.controls import counting, dates, sums
from clausette.hours.rules.controls.facts import ControlParams, Finding, LineFacts

OneLine = Callable[[LineFacts, ControlParams], dates.Trouble | None]
ManyLines = Callable[[Sequence[LineFacts], ControlParams], Iterator[sums.Group]]


@dataclass(frozen=True, slots=True)
class Control:
    """One control: its code, weight, French title (for the list of controls) and what to do when it speaks.

    Exactly one of `one` (looks at each line with hours) and `many` (looks at the whole set) is given.
    """

    code: str
    severity: Severity
    title: str
    fix: str
    one: OneLine | None = None
    many: ManyLines | None = None


CONTROLS: tuple[Control, ...] = (
    Control(
        "E001",
        Severity.ERROR,
        "Trop d'heures dans le mois pour une personne",
        "Vérifiez la saisie, ou demandez la feuille d'heures.",
        many=sums.too_many_in_month,
    ),
    Control(
        "E002",
        Severity.ERROR,
        "Heures hors des dates du contrat de travail",
        "Corrigez le mois, ou prolongez le contrat de travail.",
        one=dates.outside_work_contract,
    ),
    Control(
        "E003",
        Severity.ERROR,
        "Mois hors de la période de l'engagement",
        "Choisissez un autre engagement, ou corrigez ses dates.",
        one=dates.outside_commitment,
    ),
    Control(
        "E004",
        Severity.ERROR,
        "Heures après la date « heures comptées jusqu'au »",
        "Ne retenez pas ces heures, ou réexaminez l'éligibilité.",
        one=dates.after_validity,
    ),
    Control("E005", Severity.ERROR, "Mois à venir", "Corrigez le mois.", one=dates.in_the_future),
    Control(
        "E006",
        Severity.ERROR,
        "Personne non éligible à l'embauche",
        "Décidez de l'éligibilité, ou ne retenez pas ces heures.",
        one=dates.not_eligible,
    ),
    Control(
        "E007",
        Severity.ERROR,
        "Heures d'un CDI au-delà des mois comptés",
        "Ne retenez pas ces heures, ou changez les conditions de l'engagement.",
        one=counting.after_cdi,
    ),
    Control(
        "E008",
        Severity.ERROR,
        "Heures de formation d'une alternance qui ne comptent pas",
        "Ne retenez pas ces heures, ou changez les conditions de l'engagement.",
        one=counting.study_training,
    ),
    Control(
        "W101",
        Severity.WARNING,
        "Plus d'heures que le contrat de travail n'en prévoit",
        "Vérifiez la saisie, ou la durée hebdomadaire du contrat de travail.",
        many=sums.above_weekly_hours,
    ),
    Control(
        "W102",
        Severity.WARNING,
        "Heures payées au lieu d'heures travaillées",
        "Demandez les heures travaillées.",
        many=sums.paid_not_worked,
    ),
    Control(
        "W103",
        Severity.WARNING,
        "Personne déclarée par deux structures",
        "Vérifiez qu'aucune heure n'est comptée deux fois.",
        many=sums.two_declarants,
    ),
    Control(
        "W104",
        Severity.WARNING,
        "Heures sans pièce justificative",
        "Joignez la pièce, ou demandez-la.",
        one=dates.without_evidence,
    ),
    Control(
        "W105",
        Severity.WARNING,
        "Plus d'heures de formation que l'engagement n'en prend",
        "Dites pourquoi elles comptent, ou ne retenez pas celles qui dépassent.",
        many=counting.above_training_cap,
    ),
)


def control(code: str) -> Control:
    """Return the control of that code. Raises KeyError."""
    return {held.code: held for held in CONTROLS}[code]


def run(lines: Sequence[LineFacts], params: ControlParams) -> list[Finding]:
    """Return all that the controls find, in the order of the registry, then of the lines given.

    Lines without hours, and corrections downwards, are not examined one by one; they count in the sums.
    Findings bear on the lines that are the subject; a group without such a line gives none.
    """
    findings: list[Finding] = []
    for held in CONTROLS:
        findings.extend(_one_by_one(held, lines, params))
        findings.extend(_together(held, lines, params))
    return findings


def _one_by_one(held: Control, lines: Iterable[LineFacts], params: ControlParams) -> Iterator[Finding]:
    if held.one is None:
        return
    for line in lines:
        trouble = held.one(line, params) if line.subject and line.hours > 0 else None
        if trouble is not None:
            sentence, expected, found = trouble
            yield Finding(
                held.code, held.severity, sentence, held.fix, (line.key,), line.month, expected, found
            )


def _together(held: Control, lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Finding]:
    if held.many is None:
        return
    for group, sentence, expected, found in held.many(lines, params):
        keys = tuple(line.key for line in group if line.subject and line.hours > 0)
        if keys:
            yield Finding(held.code, held.severity, sentence, held.fix, keys, group[0].month, expected, found)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity found, or None: a statement with an error cannot be validated as it is."""
    found = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in found), None)
