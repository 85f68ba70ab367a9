"""Who is told what by mail of a document: sentences without a name of a person, the document joined."""

from clausette.kernel.french import HARD
from clausette.kernel.mails import Attachment, Mail
from clausette.reports.enums import ReportKind

SUBJECTS = {
    ReportKind.UPDATE: "Point d'étape de la clause sociale",
    ReportKind.SUMMARY: "Bilan de la clause sociale",
}
SIGNED = "\n\n--\nClausette, le suivi des clauses sociales.\n"


def subject_of(kind: ReportKind) -> str:
    """The subject of the mail: neither the marché nor anybody is named in it."""
    return SUBJECTS.get(kind, "Document de la clause sociale")


def text_of(*, kind_label: str, number: str, subject: str, owner_name: str) -> str:
    """The whole text of the mail, as it is shown before it is sent."""
    return (
        f"Bonjour,\n\nVoici le document «{HARD}{kind_label}{HARD}» n°{HARD}{number} du marché «{HARD}{subject}{HARD}», "
        f"établi par {owner_name}. "
        "Il est joint à ce message, en PDF.\n\nIl donne les heures d'insertion dues, validées et restant à réaliser. "
        f"Il ne nomme personne.\n\nPour toute question, écrivez à votre facilitateur.{SIGNED}"
    )


def document(*, email: str, kind: ReportKind, text: str, file: Attachment) -> Mail:
    """Hand a document over."""
    return Mail(email, subject_of(kind), text, (file,))
