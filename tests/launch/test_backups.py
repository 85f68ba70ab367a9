"""Backups made without being asked: the last five of each kind stay, the person's own always."""

from pathlib import Path

import pytest

from launch.backups import KEPT, prune, to_prune

ARCHIVES = [f"avant-migration-2026{month:02d}01-080000.tar" for month in range(1, 9)]
FOLDERS = [f"avant-restauration-202601{day:02d}-235959" for day in range(1, 7)]
OWN = ["lundi.tar", "avant-migration.tar", "avant-migration-20250101-080000.tar.partiel", "avant-migration-2025-x.tar"]


def test_the_oldest_of_each_kind_go() -> None:
    assert to_prune([*OWN, *reversed(ARCHIVES), *FOLDERS]) == [*ARCHIVES[:3], FOLDERS[0]]


@pytest.mark.parametrize("count", range(KEPT + 1))
def test_as_long_as_there_are_few_all_stay(count: int) -> None:
    assert to_prune(ARCHIVES[:count]) == []


def test_files_and_whole_folders_go_from_the_disk(tmp_path: Path) -> None:
    for name in [*OWN, *ARCHIVES]:
        (tmp_path / name).write_text("x")
    for name in FOLDERS:
        (tmp_path / name / "files").mkdir(parents=True)
    prune(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*OWN, *ARCHIVES[3:], *FOLDERS[1:]}
