"""Django's entry to the room `participants`."""

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "clausette.participants"
    label = "participants"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Participants"
