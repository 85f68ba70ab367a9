"""Archives: what travels, what is counted, what is refused."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from launch.archive import FORMAT, count_copied, demand_same, is_kept, opened, write_archive
from launch.place import Place
from launch.speech import Stop

DUMP = b"""SET search_path = '';
COPY public.hours_line (id, text) FROM stdin;
1\tCOPY public.fake (id) FROM stdin;
2\tdeux
\\.

COPY public.empty (id) FROM stdin;
\\.
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    state = tmp_path / "state"
    for name in ("pg", "run", "logs", "backups", "passwords", "files", "mails"):
        (state / name).mkdir(parents=True)
        (state / name / "one").write_text(name)
    (state / "secret.key").write_text("k")
    return Place(tmp_path, state)


def archive_of(place: Place, target: Path) -> Path:
    dump = place.root / "dump"
    dump.write_bytes(b"dump")
    with target.open("wb") as file:
        write_archive(file, place, dump, {"public.hours_line": 2})
    return target


def test_rows_are_counted_block_by_block() -> None:
    assert count_copied(io.BytesIO(DUMP)) == {"public.hours_line": 2, "public.empty": 0}


def test_files_and_keys_travel_the_machine_does_not(place: Place, tmp_path: Path) -> None:
    with tarfile.open(archive_of(place, tmp_path / "a.tar")) as archive:
        names = set(archive.getnames())
    assert {
        "manifest.json",
        "database.dump",
        "state/secret.key",
        "state/files/one",
        "state/mails/one",
    } <= names
    assert not any("pg" in name or "passwords" in name or "backups" in name for name in names)


def test_an_archive_opens_with_its_counts(place: Place, tmp_path: Path) -> None:
    with opened(archive_of(place, tmp_path / "a.tar"), tmp_path) as folder:
        manifest = json.loads((folder / "manifest.json").read_text())
        assert manifest["rows"] == {"public.hours_line": 2}
        assert manifest["format"] == FORMAT
        assert (folder / "state/files/one").read_text() == "files"


def test_what_is_no_archive_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "photo.tar").write_bytes(b"\x89PNG" * 500)
    with pytest.raises(Stop, match="sauvegarde"), opened(tmp_path / "photo.tar", tmp_path):
        pass


@pytest.mark.parametrize("name", ["../evil", "/evil", "state/../../evil"])
def test_an_archive_never_writes_outside(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    with pytest.raises(Stop, match="interdit"), opened(tmp_path / "a.tar", inside):
        pass
    assert not (tmp_path / "evil").exists()


def test_an_archive_brings_no_link(tmp_path: Path) -> None:
    link = tarfile.TarInfo("state/files")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(link)
    with pytest.raises(Stop, match="interdit"), opened(tmp_path / "a.tar", tmp_path):
        pass


@pytest.mark.parametrize(
    ("found", "good"),
    [({"t": 2}, True), ({"t": 1}, False), ({}, False), ({"t": 2, "u": 1}, False), ({"t": 2, "u": 0}, True)],
)
def test_one_row_of_difference_refuses(found: dict[str, int], good: bool) -> None:
    if good:
        demand_same({"t": 2}, found, "Pas complet")
    else:
        with pytest.raises(Stop, match="Pas complet"):
            demand_same({"t": 2}, found, "Pas complet")


def test_unfinished_files_stay_out() -> None:
    assert not is_kept(Path("/s/.restore-x"))
    assert not is_kept(Path("/s/a.tar.partiel"))
    assert is_kept(Path("/s/files"))
