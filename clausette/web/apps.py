from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "clausette.web"
    verbose_name = "Écrans"
