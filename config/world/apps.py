"""Registers the commands of the world."""

from django.apps import AppConfig


class WorldConfig(AppConfig):
    """No table: commands only."""

    name = "config.world"
    label = "world"
