"""Closed lists of the agenda, with the words shown on screen."""

from django.db.models import TextChoices


class ReminderStep(TextChoices):
    """What is said of a month that nobody declared, and when: the ladder, then what a person does by hand."""

    OPENING = "opening", "Ouverture du mois"
    BEFORE = "before", "Rappel avant l'échéance"
    AFTER = "after", "Relance après l'échéance"
    FACILITATOR = "facilitator", "Facilitateur prévenu"
    BUYER = "buyer", "Maître d'ouvrage prévenu"
    BY_HAND = "by_hand", "Relance à la main"
