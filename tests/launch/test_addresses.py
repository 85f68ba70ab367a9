"""Addresses of databases: built, taken apart, and handed to each process without more than it needs."""

from pathlib import Path

import pytest

from config.env import database
from launch import databases
from launch.commands import command_environment, process_environment
from launch.databases import Database, role_statements, socket_url, url_as, url_of_database, without_password
from launch.place import Place
from launch.speech import Stop

EXTERNAL = "postgresql://clausette_owner:p%40ss%2Fword@db.exemple.fr:5433/prod?sslmode=require"


def test_a_socket_address_is_read_back_by_the_settings() -> None:
    url = socket_url("clausette_app", "a/b@c:d", Path("/var/lib/c/pg/s"), "clausette")
    place = database({"DATABASE_URL": "postgresql://x@/y", "DATABASE_APP_URL": url, "CLAUSETTE_ROLE": "app"})
    assert (place.user, place.password, place.host, place.name) == (
        "clausette_app",
        "a/b@c:d",
        "/var/lib/c/pg/s",
        "clausette",
    )


def test_another_role_on_the_same_server() -> None:
    url = url_as(EXTERNAL, "clausette_app", "s:e@c")
    assert url == "postgresql://clausette_app:s%3Ae%40c@db.exemple.fr:5433/prod?sslmode=require"


def test_another_database_on_the_same_server() -> None:
    assert url_of_database(EXTERNAL, "autre").endswith("@db.exemple.fr:5433/autre?sslmode=require")


def test_the_password_leaves_the_address() -> None:
    address, password = without_password(EXTERNAL)
    assert password == "p@ss/word"
    assert address == "postgresql://clausette_owner@db.exemple.fr:5433/prod?sslmode=require"


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://a@b", "n'importe quoi", "postgresql://a@b/"])
def test_what_is_no_address_is_one_sentence(url: str) -> None:
    with pytest.raises(Stop, match="attendu postgresql://"):
        databases.demand_postgres("DATABASE_URL", url)


@pytest.fixture
def known(tmp_path: Path) -> Database:
    urls = {role: f"postgresql://clausette_{role}:secret-{role}@h/base" for role in databases.ROLES}
    return Database(
        Place(tmp_path, tmp_path / "state"), urls, superuser="postgresql://postgres:secret-super@h/base"
    )


@pytest.mark.parametrize("role", ["app", "worker"])
def test_a_process_receives_its_own_role_only(known: Database, role: str) -> None:
    given = {
        "DATABASE_URL": "postgresql://clausette_owner:secret-owner@h/base",
        "HOME": "/h",
        "CLAUSETTE_ROLE": "owner",
    }
    environ = process_environment(known, role, given)
    words = " ".join(environ.values())
    assert [name for name in ("owner", "app", "worker", "super") if f"secret-{name}" in words] == [role]
    assert environ["CLAUSETTE_ROLE"] == role
    assert environ["HOME"] == "/h"


def test_a_command_chooses_its_role_itself(known: Database) -> None:
    environ = command_environment(known, {"CLAUSETTE_ROLE": "owner"})
    assert "CLAUSETTE_ROLE" not in environ
    assert "secret-super" not in " ".join(environ.values())
    assert "secret-owner" in environ["DATABASE_URL"]
    assert "secret-worker" in environ["DATABASE_WORKER_URL"]


def test_bytecode_is_cached_whatever_the_machine_says(known: Database) -> None:
    assert "PYTHONDONTWRITEBYTECODE" not in command_environment(known, {"PYTHONDONTWRITEBYTECODE": "1"})


def test_roles_of_a_real_cluster_are_apart() -> None:
    words = " ; ".join(role_statements({"owner": "x", "app": "y'", "worker": "z"}))
    assert "GRANT clausette_app TO clausette_worker" in words
    assert "TO clausette_owner" not in words
    assert "CREATEDB" not in words
    assert "'y'''" in words
