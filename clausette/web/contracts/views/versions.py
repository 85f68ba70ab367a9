"""What each version of an engagement changed from the one before, told line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clausette.commitments.queries import CommitmentSheet, PartLine, VersionLine
from clausette.commitments.rules import TargetEntry
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_euros, format_hours, format_percent
from clausette.web.contracts.views.common import href


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: its heading, its words, its papers (label, address), what changed (label, before, after)."""

    heading: str
    since: str
    comment: str
    papers: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str, str], ...]


_HOURS = {
    "minimum_hours": "Minimum exigé",
    "offer_hours": "Engagement de l'offre",
    "estimated_base": "Heures travaillées estimées",
    "moved_hours": "Heures reçues ou cédées par acte",
}
_EUROS = {
    "amount_ht": "Montant HT",
    "hourly_cost": "Coût horaire",
    "euros_per_hour": "Une heure pour",
    "beyond_ht": "Au-delà de",
    "estimated_ht": "Montant estimé au terme",
}
_SHARES = {
    "labour_share": "Part de main-d'œuvre",
    "rate": "Taux d'insertion",
    "hours_share": "Part des heures travaillées",
}
NONE = "–"


def _told(name: str, value: Decimal | None) -> str:
    if value is None or (name == "moved_hours" and value == 0):
        return NONE
    if name in _HOURS:
        return format_hours(value)
    return format_euros(value) if name in _EUROS else format_percent(value, places=4)


def _part(part: PartLine) -> str:
    dates = f"du {format_date(part.starts_on)} au {format_date(part.ends_on)}"
    return f"{format_hours(part.hours)}, {part.status.label.lower()}, {dates}"


def _target(target: TargetEntry) -> str:
    return f"{format_percent(target.share)}, {target.base.label.lower()}"


def changes(before: VersionLine | None, after: VersionLine) -> Iterator[tuple[str, str, str]]:
    """Yield (what, before, after) for all that differs; against nothing for the first version."""
    for name, label in (_HOURS | _EUROS | _SHARES).items():
        old = _told(name, getattr(before.terms, name)) if before else NONE
        new = _told(name, getattr(after.terms, name))
        if old != new:
            yield label, old, new
    old_term = format_date(before.ends_on) if before else NONE
    if old_term != format_date(after.ends_on):
        yield "Terme", old_term, format_date(after.ends_on)
    yield from _between(
        {part.label: _part(part) for part in before.parts} if before else {},
        {part.label: _part(part) for part in after.parts},
        "Partie",
    )
    yield from _between(
        {one.kind.label: _target(one) for one in before.targets} if before else {},
        {one.kind.label: _target(one) for one in after.targets},
        "Objectif",
    )


def _between(old: dict[str, str], new: dict[str, str], word: str) -> Iterator[tuple[str, str, str]]:
    for label in dict.fromkeys((*old, *new)):
        if old.get(label) != new.get(label):
            yield f"{word} « {label} »", old.get(label, NONE), new.get(label, NONE)


def _papers(actor: Actor, line: VersionLine) -> tuple[tuple[str, str], ...]:
    named = (
        ("Document", line.document_uid),
        ("Pièce du minimum exigé", line.minimum_uid),
        ("Pièce de l'offre", line.offer_uid),
    )
    return tuple((label, href(actor, "hours:evidence", uid=uid)) for label, uid in named if uid)


def version_rows(actor: Actor, sheet: CommitmentSheet) -> list[VersionRow]:
    """Return the versions of a sheet, the latest first, each compared with the one before."""
    lines = sheet.versions
    return [
        VersionRow(
            heading=f"Version {line.number} · {line.reason_label}",
            since=f"applicable le {format_date(line.effective_on)}",
            comment=line.comment,
            papers=_papers(actor, line),
            changes=tuple(changes(lines[index + 1] if index + 1 < len(lines) else None, line)),
        )
        for index, line in enumerate(lines)
    ]
