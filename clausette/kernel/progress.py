"""How far a long job is, said outside its transaction: a small file of the state folder, counts only.

The row that the job will change is not committed before its end, hence nothing can be read of it meanwhile. The web and
the tasks share the state folder already (files handed in). Lost or stale, it only hides a count.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from clausette.kernel import clock


@dataclass(frozen=True, slots=True)
class Progress:
    """So many done of so many, at that instant."""

    done: int
    total: int
    at: datetime


def _path(job: UUID) -> Path:
    return Path(settings.STATE) / "run" / "progress" / str(job)


def say(job: UUID, done: int, total: int) -> None:
    """Write where the job is; a disk that refuses stops no work."""
    path = _path(job)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_text(json.dumps([done, total]), encoding="ascii")
        draft.replace(path)
    except OSError:
        return


def heard(job: UUID) -> Progress | None:
    """Return where the job is, None when nothing is known."""
    path = _path(job)
    try:
        done, total = json.loads(path.read_text(encoding="ascii"))
        at = datetime.fromtimestamp(path.stat().st_mtime, tz=clock.PARIS)
    except (OSError, ValueError, TypeError):
        return None
    return Progress(int(done), int(total), at)


def forget(job: UUID) -> None:
    """The job ended."""
    try:
        _path(job).unlink(missing_ok=True)
    except OSError:
        return
