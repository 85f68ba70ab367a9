from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "clausette.kernel"
    verbose_name = "Outils"
