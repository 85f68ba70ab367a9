"""The floors, the furniture, the private tables, the pure rules: import-linter's contracts."""

import pytest
from importlinter.cli import lint_imports

from tests.house.sources import ROOMS, ROOT


def test_every_contract_of_imports_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(
        config_filename=str(ROOT / ".importlinter"), cache_dir=str(ROOT / ".import_linter_cache")
    )
    assert status == 0, capsys.readouterr().out[-3000:]


def test_every_room_keeps_its_tables_to_itself() -> None:
    contracts = (ROOT / ".importlinter").read_text(encoding="utf-8")
    rooms = [room for room in ROOMS if (ROOT / "clausette" / room / "models.py").exists()]
    assert [room for room in rooms if f"[importlinter:contract:private-{room}]" not in contracts] == []
