"""The folder of backups made without being asked: the last ones are kept, the person's own are never touched."""

import re
import shutil
from pathlib import Path

from launch.speech import step

KEPT = 5
MADE_BY_US = (
    re.compile(r"avant-migration-\d{8}-\d{6}\.tar"),
    re.compile(r"avant-restauration-\d{8}-\d{6}"),
)


def to_prune(names: list[str], kept: int = KEPT) -> list[str]:
    """Among the names of the folder, those of our own older than the last `kept` of their kind."""
    found = []
    for pattern in MADE_BY_US:
        dated = sorted(name for name in names if pattern.fullmatch(name))
        found += dated[:-kept]
    return found


def prune(folder: Path) -> None:
    """Take off the oldest backups of our own; called once what they protected is done. A failure is said, no more."""
    for name in to_prune([path.name for path in folder.iterdir()]):
        path = folder / name
        try:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        except OSError as error:
            step(f"La sauvegarde {path} n'a pas pu être effacée : {error.strerror}.")
