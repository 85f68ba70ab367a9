"""How holds, notices and fates are said."""

from datetime import date

from clausette.kernel.french import format_date
from clausette.outcomes.queries import OperationLine
from clausette.privacy.queries.holds import HoldLine, NoticeLine
from clausette.web.components.badges import Badge


def hold_state(line: HoldLine, today: date) -> Badge:
    """Holds, ended, lifted; to look at again."""
    if line.lifted_on is not None:
        return Badge(f"levée le {format_date(line.lifted_on)}", "neutral")
    if not line.open_on(today):
        return Badge("terminée", "neutral")
    return Badge("à revoir", "warn") if line.review_on <= today else Badge("en cours", "info")


def notice_told(line: NoticeLine) -> str:
    """« Remise en main propre le 3 mars 2026 par Ana »."""
    return f"{line.means.label} le {format_date(line.given_on)} par {line.given_by}"


def funding_told(line: OperationLine) -> str:
    """What an FSE+ operation keeps, and until when."""
    until = "tant que le dernier paiement n'est pas noté"
    if line.kept_until is not None:
        until = f"jusqu'au {format_date(line.kept_until)}"
    return f"Opération FSE+ « {line.name} » : dossier conservé {until}."
