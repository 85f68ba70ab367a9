"""Closed lists of the room, with the words shown on screen."""

from django.db.models import TextChoices


class HoldReason(TextChoices):
    """Why the data of a person stay beyond the ordinary duration."""

    FSE = "fse", "Opération FSE+"
    DISPUTE = "dispute", "Litige"
    AUDIT = "audit", "Contrôle"


class ErasureReason(TextChoices):
    """Why a person is erased. No free words: they would outlive the person."""

    REQUEST = "request", "Demande de la personne"
    CONSENT = "consent", "Accord retiré"
    ENDED = "ended", "Fin de la durée de conservation"
    MISTAKE = "mistake", "Enregistrée par erreur"


class NoticeMeans(TextChoices):
    """How the information notice reached the person."""

    HAND = "hand", "Remise en main propre"
    POST = "post", "Envoyée par courrier"
    MAIL = "mail", "Envoyée par courriel"


class PurgedCategory(TextChoices):
    """What the purge takes away by itself."""

    CANDIDATE = "candidate", "Candidats jamais mis à l'emploi"
    PERSON = "person", "Identités, coordonnées, parcours"
    REASON = "reason", "Motifs d'éligibilité"
    REFERRAL = "referral", "Orientations sans suite"
    RAW_IMPORT = "raw_import", "Classeurs repris"
    EVIDENCE = "evidence", "Pièces d'éligibilité"
    PAYSLIP = "payslip", "Bulletins, feuilles d'heures"
    LETTER = "letter", "Textes et adresses des courriels de relance"
    UNLISTED = "unlisted", "Personnes déclarées hors liste"
