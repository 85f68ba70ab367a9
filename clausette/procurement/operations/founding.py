"""A contract is born with its pilot, by one function of the database (a statement of its own)."""

from uuid import uuid4

from django.db import connection

from clausette.kernel.operation import created
from clausette.procurement.models import Contract


def new_contract_id() -> int:
    """Take the number of a new contract; its pilot's place is written with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.found_contract(%s)", [str(uuid4())])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def found(contract: Contract) -> Contract:
    """Write a new contract of the actor's structure, inside the running operation."""
    contract.pk = new_contract_id()
    return created(contract)


def one_at_a_time(contract_id: int) -> None:
    """Wait for any other act that counts what was ordered on this contract, until the end of the transaction.

    A maître d'ouvrage types orders but may not lock the row of the contract: this lock asks for no right on it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('procurement.ordered'), %s)", [contract_id % 2**31])
