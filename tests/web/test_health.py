"""Alive and ready: public, yes or no, nothing about versions."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests.hats import as_owner

pytestmark = pytest.mark.django_db
CHECKS = {"base de données", "rôle de base de données", "migrations", "cloisonnement", "dossier des fichiers"}


@pytest.fixture(autouse=True)
def folder(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.STATE = tmp_path  # type: ignore[attr-defined]  # settings of pytest-django


def test_alive_asks_nothing_of_the_database(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # fixture of pytest-django
        response = Client().get("/sante/vivant")
    assert (response.status_code, response.json()) == (200, {"etat": "vivant"})


def test_ready_when_all_holds() -> None:
    response = Client().get("/sante/pret")
    assert response.json() == {"etat": "prêt", "controles": dict.fromkeys(CHECKS, True)}
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


def test_no_version_is_told() -> None:
    response = Client().get("/sante/pret")
    told = response.content.decode() + str(response.headers)
    assert not re.search(r"\d+\.\d+|postgres|django|python", told, re.IGNORECASE)


def test_not_ready_when_isolation_is_off_on_one_table() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hours_hoursline DISABLE ROW LEVEL SECURITY")
    response = Client().get("/sante/pret")
    assert response.status_code == 503
    assert response.json()["controles"]["cloisonnement"] is False


def test_not_ready_when_a_migration_is_missing() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'hours'")
    assert Client().get("/sante/pret").json()["controles"]["migrations"] is False


def test_not_ready_under_an_unsafe_role() -> None:
    with as_owner():
        found = Client().get("/sante/pret").json()["controles"]
    assert found == dict.fromkeys(CHECKS, True) | {"rôle de base de données": False}


def test_not_ready_without_a_folder_for_files(settings: object, tmp_path: Path) -> None:
    settings.STATE = tmp_path / "gone"  # type: ignore[attr-defined]  # settings of pytest-django
    response = Client().get("/sante/pret")
    assert response.status_code == 503
    assert response.json()["controles"]["dossier des fichiers"] is False


def test_only_reading() -> None:
    assert Client().post("/sante/vivant").status_code == 405
