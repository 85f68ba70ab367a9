"""Who is told what by mail of a piece that is destroyed. The mail says neither its name nor its marché."""

from datetime import date

from clausette.files.enums import Treatment
from clausette.kernel.french import format_date
from clausette.kernel.mails import Mail

WHY = {
    Treatment.INFECTED: "l'antivirus y a reconnu un programme dangereux.",
    Treatment.UNFIT: "elle est abîmée, ou contient des numéros de personnes qui n'ont pas pu être masqués.",
    Treatment.UNSCANNED: "l'antivirus n'a pas pu l'analyser à temps.",
}

KEPT = {
    True: "Vos heures sont gardées, rien d'autre n'a changé. Joignez une autre pièce au relevé :",
    False: "Ce que vous avez envoyé avec elle est gardé, rien d'autre n'a changé. Joignez une autre pièce :",
}


def destroyed(*, email: str, full_name: str, given_on: date, became: Treatment, of_hours: bool, link: str) -> Mail:
    """Tell who handed a piece in that it is destroyed, why, and what to do."""
    greeting = f"Bonjour {full_name}," if full_name else "Bonjour,"
    body = (
        f"{greeting}\n\nUne pièce que vous avez jointe le {format_date(given_on)} est détruite : {WHY[became]}\n\n"
        f"{KEPT[of_hours]}\n{link}\n\n--\n"
        "Clausette, le suivi des clauses sociales.\nCe message est automatique : n'y répondez pas.\n"
    )
    return Mail(email, "Une pièce jointe est détruite", body)
