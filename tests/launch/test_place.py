"""Where the data are, and what a folder that cannot serve is told."""

import os
from pathlib import Path

import pytest

from launch.passwords import keep_secret
from launch.place import Place, demand_short_socket, make_folders, state_folder
from launch.speech import Stop, sentence_of


def test_state_is_var_for_a_person() -> None:
    assert state_folder(Path("/srv/clausette"), {}, is_root=False) == Path("/srv/clausette/var")


def test_two_checkouts_of_root_never_share_a_state() -> None:
    one = state_folder(Path("/srv/one"), {}, is_root=True)
    two = state_folder(Path("/srv/two"), {}, is_root=True)
    assert one != two
    assert one.parent == two.parent == Path("/var/lib/clausette")
    assert state_folder(Path("/srv/one"), {}, is_root=True) == one


def test_the_variable_wins() -> None:
    environ = {"CLAUSETTE_STATE": "/data/c"}
    assert state_folder(Path("/srv/one"), environ, is_root=True) == Path("/data/c")
    assert state_folder(Path("/srv/one"), {"CLAUSETTE_STATE": " "}, is_root=False) == Path("/srv/one/var")


@pytest.mark.parametrize("spare", [0, 1])
def test_socket_path_to_the_byte(spare: int) -> None:
    name = "/.s.PGSQL.5432.lock"
    folder = Path("/" + "é" * ((107 - len(name) - 1) // 2) + "e" * ((107 - len(name) - 1) % 2 + spare))
    if spare:
        with pytest.raises(Stop, match="CLAUSETTE_STATE"):
            demand_short_socket(folder)
    else:
        demand_short_socket(folder)


def test_a_state_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Stop) as stop:
        make_folders(Place(tmp_path, tmp_path / "file" / "state"))
    assert "CLAUSETTE_STATE=" in str(stop.value)


def test_folders_are_private(tmp_path: Path) -> None:
    place = Place(tmp_path, tmp_path / "state")
    make_folders(place)
    for folder in (place.passwords, place.run, place.logs, place.backups):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_secret_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "clausette_app"
    first = keep_secret(path)
    assert len(first) == 64
    assert keep_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_secret_half_written_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "clausette_app"
    path.with_name("clausette_app.new").write_text("abc")
    assert len(keep_secret(path)) == 64


@pytest.mark.parametrize(
    ("number", "words"),
    [(13, "vérifiez ses droits"), (30, "vérifiez ses droits"), (28, "plein"), (5, "refusé")],
)
def test_faults_of_the_system_are_french(number: int, words: str) -> None:
    assert words in sentence_of(OSError(number, os.strerror(number), "/x"))
