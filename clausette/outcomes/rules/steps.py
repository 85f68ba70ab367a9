"""The next step of a path: one gesture, and why (trade practice; delays are dated parameters)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clausette.kernel.french import format_date, plural
from clausette.outcomes.enums import ExitReason, FollowUpPoint
from clausette.outcomes.rules.exits import due_on, followed, point_asked, point_to_come


class StepKind(StrEnum):
    """Which gesture comes next."""

    FSE_EXIT = "fse_exit"
    FOLLOW_UP = "follow_up"
    PROLONG = "prolong"
    EXAMINE = "examine"
    EXIT = "exit"
    CHECK = "check"
    PLACE = "place"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Step:
    """The gesture, its reason in French, the follow-up point or the day it is about."""

    kind: StepKind
    reason: str
    point: FollowUpPoint | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Delays:
    """Days: how far ends are announced (`ending_days`), how long without work before an exit (`path_end_days`)."""

    ending: int
    idle: int


@dataclass(frozen=True, slots=True)
class PathFacts:
    """What is known of a path. `opens`: a decision opens a hiring; `hire_before`: its last day.

    `running`: a work contract runs or is to come; `mission_ends_on`: planned end of the one that runs, if it may be
    prolonged; `last_worked_on`: last day of the last one; `counted_until`: last day on which hours count;
    `exited_on` goes with its `exit_reason`; `answered`: follow-up points already answered; `fse_due_on`: last day of an
    exit questionnaire that lacks something.
    """

    opens: bool = False
    hire_before: date | None = None
    running: bool = False
    mission_ends_on: date | None = None
    last_worked_on: date | None = None
    counted_until: date | None = None
    exited_on: date | None = None
    exit_reason: ExitReason = ExitReason.UNKNOWN
    answered: frozenset[FollowUpPoint] = frozenset()
    fse_due_on: date | None = None


def next_step(facts: PathFacts, on: date, delays: Delays) -> Step:
    """Return the one gesture proposed on `on`; what the law dates first, then the end of what runs."""
    if facts.fse_due_on is not None:
        late = "était à remplir jusqu'au" if on > facts.fse_due_on else "est à remplir jusqu'au"
        return Step(
            StepKind.FSE_EXIT, f"Le questionnaire de sortie FSE+ {late} {format_date(facts.fse_due_on)}.",
            on=facts.fse_due_on,
        )  # fmt: skip
    if facts.exited_on is not None:
        return _after_exit(facts.exited_on, facts, on)
    if facts.running:
        return _at_work(facts, on, delays)
    if facts.last_worked_on is not None and (on - facts.last_worked_on).days >= delays.idle:
        gone = plural((on - facts.last_worked_on).days, "jour")
        return Step(StepKind.EXIT, f"Aucun contrat de travail depuis {gone} : la sortie est à confirmer.")
    return _waiting(facts, on, delays)


def _after_exit(exited_on: date, facts: PathFacts, on: date) -> Step:
    if not followed(facts.exit_reason):
        return Step(StepKind.WAIT, "Parcours terminé par un retrait neutre : aucun point de suivi.")
    asked = point_asked(exited_on, facts.exit_reason, facts.answered, on)
    if asked is not None:
        day = due_on(exited_on, asked)
        told = f"Point de suivi « {asked.label.lower()} » à renseigner depuis le {format_date(day)}."
        return Step(StepKind.FOLLOW_UP, told, asked, day)
    later = point_to_come(exited_on, facts.exit_reason, on)
    if later is not None:
        day = due_on(exited_on, later)
        told = f"Sortie confirmée. Prochain point de suivi le {format_date(day)}."
        return Step(StepKind.WAIT, told, later, day)
    return Step(StepKind.WAIT, "Parcours terminé : plus aucun point de suivi à renseigner.")


def _at_work(facts: PathFacts, on: date, delays: Delays) -> Step:
    end, until = facts.mission_ends_on, facts.counted_until
    if end is not None and (end - on).days <= delays.ending:
        return Step(StepKind.PROLONG, f"La mission se termine le {format_date(end)}.", on=end)
    if until is not None and (until - on).days <= delays.ending:
        counts = "comptaient jusqu'au" if until < on else "comptent jusqu'au"
        told = f"Les heures {counts} {format_date(until)} : réexaminez l'éligibilité."
        return Step(StepKind.EXAMINE, told, on=until)
    return Step(StepKind.WAIT, "En poste, rien à faire pour l'instant.")


def _waiting(facts: PathFacts, on: date, delays: Delays) -> Step:
    if not facts.opens:
        return Step(StepKind.CHECK, "Aucune décision n'ouvre une embauche : vérifiez l'éligibilité.")
    if facts.hire_before is not None and (facts.hire_before - on).days <= delays.ending:
        told = f"La décision ne vaut que pour une embauche jusqu'au {format_date(facts.hire_before)}."
        return Step(StepKind.CHECK, told, on=facts.hire_before)
    return Step(StepKind.PLACE, "Éligible et sans contrat de travail : proposez une mise à l'emploi.")
