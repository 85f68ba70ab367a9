"""Django's entry to the room `placements`."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "clausette.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Mises à l'emploi"
