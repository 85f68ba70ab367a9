"""Django's entry to the room `hours`."""

from django.apps import AppConfig

from clausette.hours.errors import SENTENCES
from clausette.kernel.integrity import declare_sentence


class HoursConfig(AppConfig):
    name = "clausette.hours"
    label = "hours"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Heures"

    def ready(self) -> None:
        """Give the sentences of what is held by plain SQL."""
        for constraint, sentence in SENTENCES.items():
            declare_sentence(constraint, sentence)
