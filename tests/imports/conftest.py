"""Bytes taken in by these tests go to a folder of their own."""

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of stored files."""
    monkeypatch.setattr(settings, "STATE", tmp_path)
    return tmp_path
