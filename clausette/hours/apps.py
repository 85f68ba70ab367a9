"""Django's entry to the room `hours`."""

from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "clausette.hours"
    label = "hours"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Heures"
