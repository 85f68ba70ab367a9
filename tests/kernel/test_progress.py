"""A count told outside the transaction: written, read, forgotten; never in the way."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from clausette.kernel import progress


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "STATE", tmp_path)
    return tmp_path


def test_the_last_count_is_read_until_the_job_ends(disk: Path) -> None:
    job = uuid4()
    assert progress.heard(job) is None
    for done in range(3):
        progress.say(job, done, 400)
    found = progress.heard(job)
    assert found is not None
    assert (found.done, found.total) == (2, 400)
    assert progress.heard(uuid4()) is None
    progress.forget(job)
    progress.forget(job)
    assert progress.heard(job) is None
    assert [path for path in disk.rglob("*") if path.is_file()] == []


def test_a_spoilt_file_and_a_disk_that_refuses_only_hide_the_count(disk: Path) -> None:
    job = uuid4()
    progress.say(job, 1, 2)
    (disk / "run" / "progress" / str(job)).write_text("[1")
    assert progress.heard(job) is None
    (disk / "run" / "progress" / str(job)).unlink()
    (disk / "run" / "progress").rmdir()
    (disk / "run" / "progress").write_text("a file where a folder should be")
    progress.say(job, 1, 2)
    progress.forget(job)
    assert progress.heard(job) is None
