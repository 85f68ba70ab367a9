"""Django's entry to the room `reference`."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "clausette.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Référentiel"
