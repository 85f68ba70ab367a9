"""Django's entry to the room `placements`."""

from django.apps import AppConfig

from clausette.kernel.integrity import declare_sentence
from clausette.placements.errors import SENTENCES


class PlacementsConfig(AppConfig):
    name = "clausette.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Mises à l'emploi"

    def ready(self) -> None:
        """Give the sentences of what is held by plain SQL."""
        for constraint, sentence in SENTENCES.items():
            declare_sentence(constraint, sentence)
