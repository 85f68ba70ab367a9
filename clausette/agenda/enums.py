"""Closed lists of the agenda, with the words shown on screen."""

from django.db.models import TextChoices


class ReminderStep(TextChoices):
    """What is said of a month and when: the ladder of one that nobody declared, what a person does by hand, the answer
    to a correction proposed on one that is validated."""

    OPENING = "opening", "Ouverture du mois"
    BEFORE = "before", "Rappel avant l'échéance"
    AFTER = "after", "Relance après l'échéance"
    FACILITATOR = "facilitator", "Facilitateur prévenu"
    BUYER = "buyer", "Maître d'ouvrage prévenu"
    BY_HAND = "by_hand", "Relance à la main"
    ANSWERED = "answered", "Réponse à une correction proposée"


class LetterText(TextChoices):
    """The texts that letters are made of: one for each step, and another for a statement that was sent back."""

    OPENING = "opening", "Ouverture du mois"
    BEFORE = "before", "Rappel avant l'échéance"
    AFTER = "after", "Relance après l'échéance"
    RETURNED = "returned", "Relevé renvoyé, à corriger"
    ANSWERED = "answered", "Réponse à une correction proposée"
    BY_HAND = "by_hand", "Relance à la main"
    FACILITATOR = "facilitator", "Facilitateur prévenu"
    BUYER = "buyer", "Maître d'ouvrage prévenu"


class Told(TextChoices):
    """To whom a letter goes."""

    FIRM = "firm", "Entreprise"
    HOLDER = "holder", "Qui déclare pour elle"
    STRUCTURE = "structure", "Structure"
    BUYER = "buyer", "Maître d'ouvrage"


class LetterState(TextChoices):
    """Where a letter is."""

    WAITING = "waiting", "À envoyer"
    SENT = "sent", "Envoyé"
    FAILED = "failed", "Adresse en erreur"


class ChaseGroup(TextChoices):
    """Whose turn it is with a late firm."""

    TODAY = "today", "À relancer aujourd'hui"
    AUTOMATIC = "automatic", "Les relances s'en occupent"
    PUT_OFF = "put_off", "Reportées"
