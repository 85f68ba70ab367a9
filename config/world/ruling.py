"""What the PLIE chose for all its engagements: the first rules, and those that a committee decided later."""

from clausette.commitments.operations import change_defaults
from config.world.stage import Stage

SINCE = -5
"""Month of the committee, counted from the month in which the world ends."""


def choose_rules(stage: Stage) -> None:
    """Write the default rules of the PLIE, from the start, then from a month on: those before keep theirs."""
    first = stage.calendar.first(SINCE)
    with stage.structure("plie") as actor:
        change_defaults(actor=actor, on=first, controls_off=["W113"])
        change_defaults(
            actor=actor, on=first, starts_on=first, controls_off=["W113", "W118"],
            reason="Comité de pilotage : le délai entre formation et embauche se juge avec le prescripteur.",
        )  # fmt: skip
