"""Files of hours: those of each sender, those sent for a firm by its mandate, and the statements that they filled."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

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
MANDATED = ("F1", "F2", "G", "E")
BY_MANDATE = " mandated"
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
        _filled(world, sender, label)
    for firm in MANDATED:
        _mandated(world, firm)


def _filled(world: "World", sender: str, label: str, how: str = "") -> None:
    statement, batch = world.rows[f"statement {label}"], world.rows[f"hoursfile {sender} applied{how}"]
    named = {} if how else {"mandated_name": ""}  # a word of its own: pilots read it, and nothing of the file
    world.plant(
        f"filled {label}{how}", "imports.HoursFileStatement", world.deals[label.split()[0]].pilots | {sender},
        batch=batch, owner_org_id=world.org(sender), statement=statement, contract_id=statement.contract_id, lines=1,
        hours=Decimal(12), written_on=TODAY, written_by_id=batch.brought_by_id, **named,
    )  # fmt: skip


def _mandated(world: "World", firm: str) -> None:
    """The same two files sent for a firm: it reads them among its own, its holder reads these only (test_mandates)."""
    mandate = world.rows[f"mandate {firm}"]
    whose = {"owner_org_id": world.org(firm), "declarant_id": world.org(firm), "mandate": mandate}
    for state, fate in (("read", "ask"), ("applied", "same")):
        _file(world, firm, state, fate, mandate)
    world.plant(f"hourscolumns {firm}{BY_MANDATE}", "imports.HoursFileColumns", {firm}, **whose)
    world.plant(f"hourschoice {firm}{BY_MANDATE}", "imports.HoursFileChoice", {firm}, **whose)
    _filled(world, firm, FILLED[firm], BY_MANDATE)


def _file(world: "World", sender: str, state: str, fate: str, mandate: Any = None) -> None:
    who: dict[str, Any] = {"owner_org_id": world.org(sender)}
    account = mandate.account_id if mandate else world.members[sender].account_id
    named: dict[str, Any] = {"mandated_name": ""}
    if mandate:
        named = {"mandate": mandate, "mandated_from": mandate.starts_on, "mandated_until": mandate.ends_on}
    end = f"{sender} {state}{BY_MANDATE if mandate else ''}"
    inside = world.aviary.word()
    data = f"Nom;Prénom;Mois;Heures\n{inside};{state};10/2026;12\n".encode()
    file = world.plant(
        f"hoursbytes {end}", "files.StoredFile", {sender}, **who, size=len(data),
        sha256=storage.write(data), content_type="text/csv", treatment="masked", deposited_by_id=account,
        mandate_ref=mandate.pk if mandate else None,
    )  # fmt: skip
    world.aviary.words[int(inside[2:6])] = world.aviary.rows[file._meta.db_table, file.pk]
    done = {"applied_at": noon(TODAY), "applied_by_id": account} if state == "applied" else {}
    batch = world.plant(
        f"hoursfile {end}", "imports.HoursFile", {sender}, **who, **done, state=state, file=file,
        declarant_id=world.org(sender), fingerprint=file.sha256, brought_by_id=account, **named,
        plans=plans_to(propose(read_workbook(data, kind="csv"), {})),
    )  # fmt: skip
    world.plant(
        f"hoursline {end}", "imports.HoursFileLine", {sender}, **who, batch=batch, position=1, line=2,
        values={"last_name": inside, "first_name": state}, month=OCTOBER, hours=Decimal(12), fate=fate,
        options=[{"token": "aucun", "name": inside, "where": inside}] if fate == "ask" else [],
    )  # fmt: skip
    quiet = HoursRecord("", 3, {"last_name": inside, "site": inside}, OCTOBER, Decimal(12))
    quiet.fate = Fate.SAME
    world.plant(f"hoursblock {end}", "imports.HoursFileBlock", {sender}, **who, batch=batch,
                **to_builtins(pack([(2, quiet)], (), Written())._asdict()))  # fmt: skip
