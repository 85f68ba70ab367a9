"""The accountants of a firm hold its « mandat de déclaration »."""

from datetime import timedelta

from clausette.procurement.operations import MandateEntry, give_mandate
from config.world.stage import Stage


def let_declare(stage: Stage) -> None:
    """Bâtiments Ferrand lets its accountants declare its hours on all its marchés, for a year."""
    on = stage.calendar.as_of
    with stage.acting("ines") as actor:
        entry = MandateEntry(on, on + timedelta(days=364), holder_uid=stage.bodies["compta"])
        give_mandate(actor=actor, entry=entry, on=on, site="")
