"""What a run of the tests chooses on the machine it finds."""

from pathlib import Path

import pytest

from launch.testing import BROWSERS, known_browser


def test_the_browser_without_windows_comes_before_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert known_browser() == ""
    for name in reversed(BROWSERS):
        (tmp_path / name).touch(0o755)
        assert known_browser() == str(tmp_path / name)
    assert name == "chromium-headless-shell"
