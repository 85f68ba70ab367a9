"""Who is at work on an engagement, as its page names them."""

from dataclasses import dataclass
from uuid import UUID

from clausette.commitments.queries import CommitmentSheet
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.placements.queries import PersonAtWork, people_at_work


@dataclass(frozen=True, slots=True)
class AtWork:
    """« D. Lemaire · maçon · chez Bâti Ouche · 12 mars → 31 déc. »."""

    name: str
    detail: str
    participant_uid: UUID | None


def at_work(actor: Actor, sheet: CommitmentSheet) -> list[AtWork]:
    """Return the people at work on the day of the figures; a buyer reads a number, not names (two queries)."""
    if not any(actor.can(capability) for capability in ("facilitator", "contractor", "employer")):
        return []
    rows = people_at_work(actor=actor, commitment_id=sheet.id, on=sheet.as_of)
    return [AtWork(row.name, _told(row, sheet), row.participant_uid) for row in rows]


def _told(row: PersonAtWork, sheet: CommitmentSheet) -> str:
    told = [row.job, row.work_contract.label]
    if row.employer_id != sheet.contractor_id:
        told.append(row.employer_name)
    if row.host_id not in {row.employer_id, sheet.contractor_id}:
        told.append(f"chez {row.host_name}")
    end = format_date(row.ends_on) if row.ends_on else "sans terme"
    return " · ".join(part for part in (*told, f"{format_date(row.starts_on)} → {end}") if part)
