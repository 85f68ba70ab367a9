"""The path of a person as pages show it: next gesture with its reason, hours against their limit, timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.safestring import SafeString

from clausette.hours.queries import Limit
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_hours, format_month, plural
from clausette.kernel.months import days_between, last_day
from clausette.outcomes.queries import Path
from clausette.outcomes.rules import StepKind
from clausette.participants.queries import CheckLine, ParticipantSheet
from clausette.participants.rules import by_whom
from clausette.placements.queries import WorkContractLine
from clausette.web.components.buttons import LinkButton
from clausette.web.components.figures import Elapsed, Figure
from clausette.web.components.lists import Timeline, TimelineEvent
from clausette.web.people.common import href

FEW = 6
"""Up to so many months of hours, the timeline tells each; beyond, quarters."""
QUARTERS = ("1er", "2e", "3e", "4e")
Event = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Gesture:
    """The next gesture: why, and the button when there is one."""

    reason: str
    button: LinkButton | None


@dataclass(frozen=True, slots=True)
class HoursSoFar:
    """Hours of all contracts, and the time gone before they stop counting, one bar for each duration."""

    figure: Figure
    bars: tuple[Elapsed, ...]

    def __str__(self) -> str:
        return SafeString("".join(part.render() for part in (self.figure, *self.bars)))


def next_gesture(actor: Actor, person: UUID, works: Sequence[WorkContractLine], path: Path) -> Gesture:
    """Return the gesture that the rule proposes, with the address where it is done."""
    step = path.step
    named: dict[StepKind, tuple[str, str]] = {
        StepKind.CHECK: ("Vérifier l'éligibilité", href(actor, "people:check", uid=person)),
        StepKind.EXAMINE: ("Réexaminer l'éligibilité", href(actor, "people:check", uid=person)),
        StepKind.PLACE: ("Mettre à l'emploi", href(actor, "people:place", uid=person)),
        StepKind.EXIT: ("Confirmer la sortie", href(actor, "outcomes:confirm_exit", uid=person)),
        StepKind.FSE_EXIT: ("Voir le parcours", href(actor, "outcomes:path", uid=person)),
    }
    if step.kind == StepKind.PROLONG:
        ending = next((line for line in works if line.ends_on == step.on and line.can_prolong), None)
        if ending is not None:
            named[step.kind] = ("Prolonger", href(actor, "people:prolong", uid=ending.uid))
    if step.kind == StepKind.FOLLOW_UP and path.exit is not None and step.point is not None:
        query = {"point": int(step.point)}
        named[step.kind] = ("Renseigner", href(actor, "outcomes:follow_up", uid=path.exit.uid, query=query))
    label, address = named.get(step.kind, ("", ""))
    return Gesture(step.reason, LinkButton(label, address, "primary") if address else None)


def hours_figure(path: Path, limits: Sequence[Limit], today: date) -> HoursSoFar:
    """Hours that count over all contracts, then for each duration how much of it is gone."""
    figure = Figure(
        format_hours(path.total), "validées ou retenues sous réserve", definition="Tous les marchés de la personne."
    )
    return HoursSoFar(figure, tuple(bar for limit in limits if (bar := _bar(limit, today)) is not None))


def _bar(limit: Limit, today: date) -> Elapsed | None:
    if limit.counted is None:
        return None
    first, until = limit.counted.first_hour_on, limit.counted.until
    whole, gone = days_between(first, until), days_between(first, min(today, until))
    left = days_between(today, until) - 1
    told = f"encore {plural(left, 'jour')}" if left >= 0 else "durée dépassée"
    text = (
        f"Heures comptées du {format_date(first)} au {format_date(until)} ({plural(limit.months, 'mois', 'mois')}) : "
        f"{told}."
    )
    return Elapsed(Decimal(gone) / Decimal(whole) if whole else Decimal(1), text)


def timeline(
    actor: Actor, sheet: ParticipantSheet, works: Sequence[WorkContractLine], path: Path | None
) -> Timeline:
    """What happened, the latest first: referral, checks, work, hours, training, interviews, exit."""
    found: list[Event] = []
    if sheet.referred_on:
        found.append((sheet.referred_on, f"Orientation par {by_whom(sheet.referred_by_name)}", ""))
    found += [
        (check_day(check), f"Vérification : {check.state_label.lower()}", check_detail(check))
        for check in sheet.checks
    ]
    for line in works:
        found.append((line.starts_on, f"{line.work_contract.label} chez {line.employer_name}", line.job))
        if line.ended_on is not None and line.end_reason is not None:
            told = f"Fin du contrat de travail chez {line.employer_name}"
            found.append((line.ended_on, told, line.end_reason.label))
    if path is not None:
        found += [*_hours(path), *_training(path), *_talks(path), *_exits(path)]
    found.sort(key=lambda event: event[0], reverse=True)
    return Timeline([TimelineEvent(format_date(day), what, detail) for day, what, detail in found])


def _hours(path: Path) -> list[Event]:
    if len(path.months) <= FEW:
        return [
            (last_day(month), f"{format_hours(hours)} validées", f"en {format_month(month)}")
            for month, hours in path.months
        ]
    quarters: dict[tuple[int, int], list[tuple[date, Decimal]]] = {}
    for month, hours in path.months:
        quarters.setdefault((month.year, (month.month - 1) // 3), []).append((month, hours))
    return [
        (
            last_day(told[-1][0]),
            f"{format_hours(sum((hours for _, hours in told), Decimal(0)))} validées",
            f"au {QUARTERS[rank]} trimestre {year}",
        )
        for (year, rank), told in quarters.items()
    ]


def _training(path: Path) -> list[Event]:
    found: list[Event] = []
    for line in path.trainings:
        aimed = f"{line.provider}, {line.qualification}" if line.qualification else line.provider
        found.append((line.starts_on, line.kind.label, aimed))
        if line.ended_on is not None:
            done = format_hours(line.hours_done) if line.hours_done is not None else ""
            result = f"qualification {line.obtained.label.lower()}" if line.obtained else ""
            told = ", ".join(part for part in (done, result) if part)
            found.append((line.ended_on, f"Fin de la formation chez {line.provider}", told))
    return found


def _talks(path: Path) -> list[Event]:
    return [(line.on, line.kind.label, line.note) for line in path.interviews]


def _exits(path: Path) -> list[Event]:
    found: list[Event] = []
    for line in path.exits:
        found.append((line.exited_on, "Sortie du parcours", f"{line.family.label} : {line.reason.label}"))
        found += [
            (point.answered_on, f"Suivi, {point.point.label.lower()}", point.situation.label)
            for point in line.points
            if point.situation is not None and point.answered_on is not None
        ]
    return found


def check_day(check: CheckLine) -> date:
    """The day of the decision, of the request otherwise."""
    return check.decided_on or check.asked_on


def check_detail(check: CheckLine) -> str:
    """The dates of a check, and whether it is good for one contract only."""
    parts = []
    if check.hire_before:
        parts.append(f"embauche jusqu'au {format_date(check.hire_before)}")
    if check.pass_ends_on:
        parts.append(f"PASS IAE jusqu'au {format_date(check.pass_ends_on)}")
    if check.contract_id:
        parts.append("pour un seul marché")
    return " · ".join(parts)
