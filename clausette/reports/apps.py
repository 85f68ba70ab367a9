"""Django's entry to the room `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "clausette.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Documents"
