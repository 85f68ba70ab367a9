from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "clausette.access"
    verbose_name = "Accès"
