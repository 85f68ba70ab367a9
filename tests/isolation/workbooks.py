"""Workbooks taken in by each structure: one to take over, one to decide, one taken over."""

from typing import TYPE_CHECKING

from clausette.files import storage
from clausette.imports.takeover.mapping import propose
from clausette.imports.takeover.reading import read_workbook
from clausette.imports.takeover.stored import plans_to
from tests.hats import TODAY, noon

if TYPE_CHECKING:
    from tests.isolation.world import World

NOTHING = 10**12  # a row that exists nowhere


def taken_in(world: "World", pilot: str) -> None:
    """Write three workbooks of one person, a canary in her name, and the columns known to the structure."""
    for number, (name, fate, state) in enumerate(
        (("new", "new", "read"), ("ask", "ask", "read"), ("done", "same", "applied"))
    ):
        _workbook(world, pilot, name, fate, state, number)
    world.plant(
        f"mapping {pilot}", "imports.ColumnMapping", {pilot}, owner_org_id=world.org(pilot), structure="0" * 64,
        sheet="people",
    )  # fmt: skip


def _workbook(world: "World", pilot: str, name: str, fate: str, state: str, number: int) -> None:
    who, account = {"owner_org_id": world.org(pilot)}, world.members[pilot].account_id
    inside = world.aviary.word()
    data = f"Nom;Prénom;Date de naissance\n{inside};Ines;1{number}/05/1994\n".encode()
    file = world.plant(
        f"workbook {pilot} {name}", "files.StoredFile", {pilot}, **who, size=len(data), sha256=storage.write(data),
        content_type="text/csv", given_sha256="", treatment="masked", deposited_by_id=account,
    )  # fmt: skip
    world.aviary.words[int(inside[2:6])] = world.aviary.rows[file._meta.db_table, file.pk]
    done = {"applied_at": noon(TODAY), "applied_by_id": account} if state == "applied" else {}
    batch = world.plant(
        f"takeover {pilot} {name}", "imports.TakeoverBatch", {pilot}, **who, **done, state=state, file=file,
        sha256=file.sha256, plans=plans_to(propose(read_workbook(data, kind="csv"))), brought_by_id=account,
    )  # fmt: skip
    world.plant(
        f"workbook row {pilot} {name}", "imports.TakeoverLine", {pilot}, **who, batch=batch, position=1, kind="person",
        sheet="Feuille 1", line=2, key="p", values={"last_name": inside, "first_name": "Ines"}, fate=fate,
        options=[{"uid": str(batch.uid), "label": inside}],
    )  # fmt: skip
    world.plant(
        f"made {pilot} {name}", "imports.TakeoverMade", {pilot}, **who, batch=batch, events=1,
        table_name="participants_participant", row_id=NOTHING, row_uid=batch.uid,
    )  # fmt: skip
