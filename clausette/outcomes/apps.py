"""Django's entry to the room `outcomes`."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "clausette.outcomes"
    label = "outcomes"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Parcours et sorties"
