"""Django's entry to the room `imports`."""

from django.apps import AppConfig

from clausette.imports.errors import SENTENCES
from clausette.kernel.integrity import declare_sentence


class ImportsConfig(AppConfig):
    name = "clausette.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Imports"

    def ready(self) -> None:
        """Give the sentences of what is held by plain SQL."""
        for constraint, sentence in SENTENCES.items():
            declare_sentence(constraint, sentence)
