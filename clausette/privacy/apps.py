"""Django's entry to the room `privacy`."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "clausette.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Protection des données"
