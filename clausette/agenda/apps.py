"""Django's entry to the room `agenda`."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "clausette.agenda"
    label = "agenda"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Agenda"
