"""Django's entry to the room `imports`."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "clausette.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Imports"
