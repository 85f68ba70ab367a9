"""What a change of an engagement may say: a reduction lowers, a resumption follows a suspension, parts are decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from clausette.commitments.enums import PartOrigin, PartStatus, VersionReason
from clausette.commitments.rules.schedule import Pause
from clausette.commitments.rules.terms import PartEntry
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date, format_hours

DECIDES = {
    VersionReason.CONFIRMATION: PartStatus.FIRM,
    VersionReason.RENEWAL: PartStatus.FIRM,
    VersionReason.NOT_RENEWED: PartStatus.CANCELLED,
}
"""What becomes of a conditional part by each decision."""


def firm_hours(parts: Iterable[PartEntry]) -> Decimal:
    """Return the hours of the firm parts."""
    return sum((part.hours for part in parts if part.status == PartStatus.FIRM), Decimal(0))


def check_reason(
    reason: VersionReason, on: date, pauses: Sequence[Pause], before: Decimal, after: Decimal
) -> None:
    """Refuse a reason that the change contradicts. `before`, `after`: hours due firm at term. Raises Invalid."""
    since = pauses[-1].starts_on if pauses and pauses[-1].ends_on is None else None
    if reason == VersionReason.SUSPENSION and since is not None:
        raise Invalid({"effective_on": f"L'engagement est déjà suspendu depuis le {format_date(since)}."})
    if reason == VersionReason.RESUMPTION:
        if since is None:
            raise Invalid({"reason": "L'engagement n'est pas suspendu : il n'y a rien à reprendre."})
        if on <= since:
            raise Invalid({"effective_on": f"La reprise suit la suspension du {format_date(since)}."})
    if reason == VersionReason.REDUCTION and after >= before:
        sentence = f"Une réduction baisse les heures dues : elles sont de {format_hours(before)}."
        raise Invalid({"reason": sentence})


def resumed(parts: Iterable[PartEntry], since: date, days: int) -> tuple[PartEntry, ...]:
    """Return the schedule after a suspension from `since`, its term moved by `days`.

    What was not over moves with the term; what had not begun begins later.
    """
    gap = timedelta(days=days)

    def moved(part: PartEntry) -> PartEntry:
        if part.ends_on < since:
            return part
        begins = part.starts_on + gap if part.starts_on >= since else part.starts_on
        return replace(part, starts_on=begins, ends_on=part.ends_on + gap)

    return tuple(moved(part) for part in parts)


def decided(parts: Sequence[PartEntry], chosen: Mapping[int, PartStatus]) -> tuple[PartEntry, ...]:
    """Return the schedule with the parts chosen (by their rank from 0) confirmed or cancelled.

    Only conditional parts are decided. Raises Invalid under « parts ».
    """
    if not chosen:
        raise Invalid({"parts": "Choisissez au moins une partie conditionnelle."})
    for rank in chosen:
        if rank >= len(parts) or parts[rank].status != PartStatus.CONDITIONAL:
            raise Invalid({"parts": "Cette partie n'est plus conditionnelle. Relisez la page."})
    return tuple(
        replace(part, status=chosen[rank]) if rank in chosen else part for rank, part in enumerate(parts)
    )


def given_away(parts: Sequence[PartEntry], hours: Decimal) -> tuple[PartEntry, ...]:
    """Return the schedule with `hours` taken from the firm parts, the latest first. Raises Invalid when too many."""
    left, found = hours, []
    for part in sorted(parts, key=lambda one: (one.ends_on, one.starts_on), reverse=True):
        taken = min(left, part.hours) if part.status == PartStatus.FIRM else Decimal(0)
        left -= taken
        if part.hours > taken:
            found.append(replace(part, hours=part.hours - taken))
    if left > 0:
        raise Invalid({"hours": f"L'engagement n'a que {format_hours(firm_hours(parts))} fermes à céder."})
    return tuple(sorted(found, key=lambda one: (one.starts_on, one.ends_on)))


def received(
    parts: Sequence[PartEntry], hours: Decimal, *, on: date, until: date, label: str
) -> tuple[PartEntry, ...]:
    """Return the schedule with one firm part more, from the day of the act (or the term, when later) to the term."""
    return (*parts, PartEntry(label[:120], PartStatus.FIRM, min(on, until), until, hours, PartOrigin.MOVE))


def left_to_another(
    parts: Sequence[PartEntry], validated: Decimal, *, starts_on: date, on: date, until: date
) -> tuple[tuple[PartEntry, ...], tuple[PartEntry, ...]]:
    """Return the schedules left to the former titulaire and taken by the next one, from a day on.

    The former one is left with the hours validated, never more than those due; the next one takes the rest, over what
    remains of the term, and every conditional part. Nothing is lost: both sums make the former one.
    """
    due = firm_hours(parts)
    done = min(validated, due)
    kept = (PartEntry("Réalisé avant transfert", PartStatus.FIRM, starts_on, on - timedelta(days=1), done),)
    rest = PartEntry("Solde transféré", PartStatus.FIRM, on, max(on, until), due - done, PartOrigin.MOVE)
    later = [
        replace(part, starts_on=max(part.starts_on, on), ends_on=max(part.ends_on, on))
        for part in parts
        if part.status == PartStatus.CONDITIONAL
    ]
    return (kept if done else ()), (rest, *later) if rest.hours else tuple(later)
