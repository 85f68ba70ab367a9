"""Work contracts that two records of one person would have at once with one employer."""

from dataclasses import dataclass
from datetime import date

from clausette.kernel.actor import Actor
from clausette.placements.queries.visibility import placements_visible_to, withdrawn_visible_to
from clausette.placements.rules import months_shared


@dataclass(frozen=True, slots=True)
class Collision:
    """Two work contracts with one employer, and the months that both cover."""

    employer_name: str
    months: tuple[date, ...]


def collisions(*, actor: Actor, kept_id: int, gone_id: int, on: date) -> tuple[Collision, ...]:
    """Return what prevents the work contracts of two persons from being those of one, by employer (one query)."""
    rows = placements_visible_to(actor).filter(participant_id__in=(kept_id, gone_id))
    found = list(rows.select_related("employer").order_by("employer_id", "starts_on", "id"))
    told: dict[str, set[date]] = {}
    for one in found:
        for other in found:
            if (one.participant_id, other.participant_id) != (kept_id, gone_id) or one.employer_id != other.employer_id:
                continue
            months = months_shared(
                (one.starts_on, one.ended_on or one.ends_on), (other.starts_on, other.ended_on or other.ends_on), on
            )
            if months:
                told.setdefault(one.employer.name, set()).update(months)
    return tuple(Collision(name, tuple(sorted(months))) for name, months in told.items())


def has_work(*, actor: Actor, participant_id: int) -> bool:
    """Say whether a person has a work contract, even one that was withdrawn."""
    kept = placements_visible_to(actor).filter(participant_id=participant_id).exists()
    return kept or withdrawn_visible_to(actor).filter(participant_id=participant_id).exists()
