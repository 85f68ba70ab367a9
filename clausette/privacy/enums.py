"""Closed lists of the room, with the words shown on screen."""

from django.db.models import TextChoices


class HoldReason(TextChoices):
    """Why the data of a person stay beyond the ordinary duration."""

    FSE = "fse", "Opération FSE+"
    DISPUTE = "dispute", "Litige"
    AUDIT = "audit", "Contrôle"


class NoticeMeans(TextChoices):
    """How the information notice reached the person."""

    HAND = "hand", "Remise en main propre"
    POST = "post", "Envoyée par courrier"
    MAIL = "mail", "Envoyée par courriel"
