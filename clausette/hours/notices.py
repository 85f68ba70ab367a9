"""Who is told what by mail of hours. A subject names nobody and no marché; a text names nobody who works."""

from datetime import date, datetime

from clausette.kernel.clock import PARIS
from clausette.kernel.french import HARD, format_date, of_month
from clausette.kernel.mails import Mail

END = "\n\n--\nClausette, le suivi des clauses sociales.\nCe message est automatique : n'y répondez pas.\n"


def instant(at: datetime) -> str:
    """« 3 mars 2026 à 14 h 05 », in Paris."""
    local = at.astimezone(PARIS)
    return f"{format_date(local.date())} à {local.hour}{HARD}h{HARD}{local.minute:02d}"


def reopening_asked(
    *, email: str, full_name: str, asked_by: str, month: date, contract_name: str, effective_at: datetime, link: str
) -> Mail:
    """Tell the director that a month will be reopened by a person alone."""
    greeting = f"Bonjour {full_name},\n\n" if full_name else "Bonjour,\n\n"
    body = (
        f"{greeting}{asked_by} demande à rouvrir le relevé {of_month(month)}, déjà validé, du marché "
        f"«{HARD}{contract_name}{HARD}». Personne d'autre ne peut en décider dans sa structure : la réouverture "
        f"prendra effet le {instant(effective_at)}.\n\nD'ici là, vous pouvez lire le motif et retirer la demande :\n"
        f"{link}\n\n"
        "Une fois le mois rouvert, ses heures ne sont plus validées jusqu'à leur nouveau contrôle."
    )
    return Mail(email, "Un mois validé va être rouvert", body + END)
