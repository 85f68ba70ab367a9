"""Words of the deposits."""

from datetime import date

from clausette.kernel import clock
from clausette.kernel.french import format_date
from clausette.procurement.queries import DepositLine


def state_of(line: DepositLine, on: date) -> str:
    """Where a deposit stands, in words."""
    if line.revoked_at is not None:
        return f"retiré le {format_date(line.revoked_at.astimezone(clock.PARIS).date())}"
    if line.ends_on < on:
        return f"terminé depuis le {format_date(line.ends_on)}"
    if line.locked:
        return "fermé : trop de mots d'accès inexacts"
    return f"ouvert jusqu'au {format_date(line.ends_on)}"
