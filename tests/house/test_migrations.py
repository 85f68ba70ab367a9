"""The migrations make the models, all of them and as they are today."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation


def test_no_model_waits_for_its_migration() -> None:
    loader = MigrationLoader(None)
    with translation.override(None):  # as `makemigrations`: the words of Django in its own language
        then, now = loader.project_state(), ProjectState.from_apps(apps)
        found = MigrationAutodetector(then, now).changes(graph=loader.graph)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith(("clausette.", "config."))}
    waiting = {app: [one.describe() for step in found[app] for one in step.operations] for app in found.keys() & ours}
    assert not waiting


def test_each_room_has_one_last_migration() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}
