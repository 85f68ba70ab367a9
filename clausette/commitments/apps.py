"""Django's entry to the room `commitments`."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "clausette.commitments"
    label = "commitments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Engagements d'insertion"
