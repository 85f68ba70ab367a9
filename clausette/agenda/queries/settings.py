"""The ladder and the texts of a structure: its own where it set them, the usual ones elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clausette.agenda.enums import LetterText, ReminderStep
from clausette.agenda.queries.visibility import rungs_visible_to, texts_visible_to
from clausette.agenda.rules import LADDER_ORDER, Rung, in_force
from clausette.agenda.rules.texts import USUAL, Wording
from clausette.kernel.actor import Actor
from clausette.reference.queries import reminder_rows


def usual_ladder(on: date) -> tuple[Rung, ...]:
    """Return the usual steps of a day (facts of the release)."""
    known = set(LADDER_ORDER)
    rows = [row for row in reminder_rows(on) if row.step in known]
    return in_force([Rung(ReminderStep(row.step), row.days, row.is_on, row.starts_on) for row in rows], on)


def days_of(what: str, on: date) -> int:
    """Return a number of days of a day (facts of the release): « catch_up », « call_rest »."""
    rows = [row for row in reminder_rows(on) if row.step == what]
    return max(rows, key=lambda row: row.starts_on).days


def ladder_of(*, actor: Actor, on: date) -> tuple[Rung, ...]:
    """Return the ladder of the actor's structure on a day (one query)."""
    rows = rungs_visible_to(actor).filter(starts_on__lte=on).order_by("starts_on", "id")
    own = [
        Rung(ReminderStep(step), days, is_on, starts_on)
        for step, days, is_on, starts_on in rows.values_list("step", "days", "is_on", "starts_on")
    ]
    return in_force([*usual_ladder(on), *own], on)


@dataclass(frozen=True, slots=True)
class TextSheet:
    """One text: `own` when the structure wrote it."""

    kind: LetterText
    wording: Wording
    own: bool


def texts_of(*, actor: Actor) -> Mapping[LetterText, TextSheet]:
    """Return the texts in use, in their order (one query)."""
    rows = texts_visible_to(actor).filter(withdrawn_at=None).order_by("id").values_list("kind", "subject", "body")
    own = {LetterText(kind): Wording(subject, body) for kind, subject, body in rows}
    return {kind: TextSheet(kind, own.get(kind, USUAL[kind]), kind in own) for kind in LetterText}


def wordings_of(*, actor: Actor) -> Mapping[LetterText, Wording]:
    """The same, for who writes letters."""
    return {kind: sheet.wording for kind, sheet in texts_of(actor=actor).items()}
