"""Django's entry to the room `procurement`."""

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "clausette.procurement"
    label = "procurement"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Marchés"
