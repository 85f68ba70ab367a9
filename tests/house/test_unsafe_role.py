"""The program refuses to start under a role that escapes isolation."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from pytest_django import Settings

from clausette.kernel.postgres.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


def wrapper(settings: Settings, assume: str | None) -> DatabaseWrapper:
    """Return a fresh connection, as the web process makes it, under the owner or an assumed role."""
    settings.ROLE = "app"
    values = {**connection.settings_dict, "OPTIONS": {"assume_role": assume} if assume else {}}
    return DatabaseWrapper(values, "other")


def test_the_owner_is_refused(settings: Settings) -> None:
    with pytest.raises(ImproperlyConfigured, match="échappe au cloisonnement"):
        wrapper(settings, None).ensure_connection()


@pytest.mark.parametrize("role", ["clausette_app", "clausette_worker"])
def test_the_web_and_the_worker_start_with_the_guard_on_writes(settings: Settings, role: str) -> None:
    other = wrapper(settings, role)
    try:
        other.ensure_connection()
        assert [one.__name__ for one in other.execute_wrappers] == ["refuse_stray_writes"]
    finally:
        other.close()
