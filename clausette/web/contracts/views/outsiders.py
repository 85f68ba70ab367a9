"""Hours validated that new counting rules leave outside, shown on the page that changes the rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.http import HttpRequest

from clausette.hours.errors import OutsideRules
from clausette.hours.queries import outside_shown
from clausette.hours.rules.outside import Outside
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.kernel.french import plural
from clausette.web.contracts.forms.conditions import ConditionsForm
from clausette.web.hours.outside import outside_table

SHOWN = 20
"""Lines told on the page that changes the rules; all are on the page of the hours outside."""


@dataclass(slots=True)
class Outsiders:
    """`refused`: hours that stopped the change; `left`: hours of which something was decided with it."""

    refused: tuple[Outside, ...] = ()
    left: list[Outside] = field(default_factory=list)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Remember the hours that stop the change."""
        try:
            yield
        except OutsideRules as refusal:
            self.refused = refusal.found
            raise

    def to_correct(self, form: ConditionsForm) -> bool:
        """Whether hours wait to be corrected after the change."""
        decided = form.decided()
        return bool(self.left) and decided is not None and not decided.keep

    def shown(self, request: HttpRequest, actor: Actor, form: ConditionsForm) -> dict[str, object]:
        """What the page tells of the hours that stop the change, each with its line. Who reads the names is noted."""
        if not self.refused:
            return {"outside": None, "outside_more": ""}
        form.ask_outside()
        rows = outside_shown(actor=actor, found=self.refused)[:SHOWN]
        note_reading(request, ReadingKind.IDENTITY, {row.participant_uid for row in rows if row.participant_uid})
        more = len(self.refused) - len(rows)
        return {
            "outside": outside_table(actor, rows, gestures=False),
            "outside_more": f"Et {plural(more, 'autre ligne', 'autres lignes')}." if more else "",
        }
