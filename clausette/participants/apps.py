"""Django's entry to the room `participants`."""

from django.apps import AppConfig

from clausette.kernel.integrity import declare_sentence
from clausette.participants.errors import SENTENCES


class ParticipantsConfig(AppConfig):
    name = "clausette.participants"
    label = "participants"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Participants"

    def ready(self) -> None:
        """Give the sentences of what is held by plain SQL."""
        for constraint, sentence in SENTENCES.items():
            declare_sentence(constraint, sentence)
