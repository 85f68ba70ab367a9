"""Hours counted apart, never in a rate: « suivi » and « hors clause » (MODEL §1, §6)."""

from collections.abc import Collection, Mapping
from datetime import date

from clausette.hours.queries import Progress, total_of
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_hours
from clausette.web.components.figures import Figure
from clausette.web.contracts.views.common import lines_href


def apart_figures(
    actor: Actor, done: Collection[Progress], as_of: date, behind: Mapping[str, object]
) -> list[Figure]:
    """Return one figure for each sort of hours counted apart that these engagements have; each opens on its lines."""
    total = total_of(done)
    known = (
        (total.followed, "suivi", "validées en suivi", "Suivi sans objectif chiffré : jamais dans un taux."),
        (total.voluntary, "hors-clause", "validées hors clause", "Heures volontaires : jamais dans un taux."),
    )
    return [
        Figure(
            format_hours(apart.validated),
            word,
            f"{format_hours(apart.declared)} à valider" if apart.declared else "",
            lines_href(actor, state="validated", as_of=as_of, nature=nature, **dict(behind)),
            told,
        )
        for apart, nature, word, told in known
        if apart.commitments
    ]
