"""Files of hours: those of each sender, and the statement that one of them filled."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import to_builtins

from clausette.files import storage
from clausette.imports.hours_files.blocks import Written, pack
from clausette.imports.hours_files.plans import plans_to, propose
from clausette.imports.hours_files.records import Fate, HoursRecord
from clausette.imports.takeover.reading import read_workbook
from tests.hats import TODAY, noon

if TYPE_CHECKING:
    from tests.isolation.world import World

SENDERS = ("A", "B", "C", "F1", "F2", "G", "E")
FILLED = {"F1": "C1 F1 10", "E": "C1 E 10", "F2": "C3 F2 10", "G": "C4 G 10"}
OCTOBER = date(2026, 10, 1)


def sent(world: "World") -> None:
    """Write a file to confirm and a file imported for each sender, with the columns and a match it said."""
    for sender in SENDERS:
        whose = {"owner_org_id": world.org(sender), "declarant_id": world.org(sender)}
        _file(world, sender, "read", "ask")
        _file(world, sender, "applied", "same")
        world.plant(f"hourscolumns {sender}", "imports.HoursFileColumns", {sender}, **whose)
        world.plant(f"hourschoice {sender}", "imports.HoursFileChoice", {sender}, **whose)
    for sender, label in FILLED.items():
        statement = world.rows[f"statement {label}"]
        world.plant(
            f"filled {label}", "imports.HoursFileStatement", world.deals[label.split()[0]].pilots | {sender},
            batch=world.rows[f"hoursfile {sender} applied"], owner_org_id=world.org(sender), statement=statement,
            contract_id=statement.contract_id, lines=1, hours=Decimal(12), written_on=TODAY, mandated_name="",
            written_by_id=world.members[sender].account_id,
        )  # fmt: skip


def _file(world: "World", sender: str, state: str, fate: str) -> None:
    who, account = {"owner_org_id": world.org(sender)}, world.members[sender].account_id
    inside = world.aviary.word()
    data = f"Nom;Prénom;Mois;Heures\n{inside};{state};10/2026;12\n".encode()
    file = world.plant(
        f"hoursbytes {sender} {state}", "files.StoredFile", {sender}, **who, size=len(data),
        sha256=storage.write(data), content_type="text/csv", treatment="masked", deposited_by_id=account,
    )  # fmt: skip
    world.aviary.words[int(inside[2:6])] = world.aviary.rows[file._meta.db_table, file.pk]
    done = {"applied_at": noon(TODAY), "applied_by_id": account} if state == "applied" else {}
    batch = world.plant(
        f"hoursfile {sender} {state}", "imports.HoursFile", {sender}, **who, **done, state=state, file=file,
        declarant_id=world.org(sender), fingerprint=file.sha256, brought_by_id=account, mandated_name="",
        plans=plans_to(propose(read_workbook(data, kind="csv"), {})),
    )  # fmt: skip
    world.plant(
        f"hoursline {sender} {state}", "imports.HoursFileLine", {sender}, **who, batch=batch, position=1, line=2,
        values={"last_name": inside, "first_name": state}, month=OCTOBER, hours=Decimal(12), fate=fate,
        options=[{"token": "aucun", "name": inside, "where": inside}] if fate == "ask" else [],
    )  # fmt: skip
    quiet = HoursRecord("", 3, {"last_name": inside, "site": inside}, OCTOBER, Decimal(12))
    quiet.fate = Fate.SAME
    world.plant(f"hoursblock {sender} {state}", "imports.HoursFileBlock", {sender}, **who, batch=batch,
                **to_builtins(pack([(2, quiet)], (), Written())._asdict()))  # fmt: skip
