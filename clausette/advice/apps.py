"""Django's entry to the room `advice`."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "clausette.advice"
    label = "advice"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Conseil"
