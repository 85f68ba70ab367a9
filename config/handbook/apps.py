"""Registers the command `docs`."""

from django.apps import AppConfig


class HandbookConfig(AppConfig):
    """No table: one command."""

    name = "config.handbook"
    label = "handbook"
