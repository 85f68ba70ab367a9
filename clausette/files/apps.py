"""Django's entry to the room `files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "clausette.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Fichiers"
