"""Reasons of world M, sealed in Python by thousands: their keys are made in one go, their rows copied."""

from uuid import uuid4

from django.db import connection

from clausette.kernel.sealing import keyring
from clausette.participants.sealing import Reason, seal_reason


def seal_reasons(persons: str) -> None:
    """Fill the temporary table m_reason (rank, uid, sealed) from a query that gives rank, person's uid, paper's day."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE m_reason (rank int, uid uuid, sealed bytea) ON COMMIT DROP")
        cursor.execute(persons.replace("%%", "%"))
        asked = cursor.fetchall()
        ring = keyring([person for _, person, _ in asked], make=True)
        with cursor.copy("COPY m_reason (rank, uid, sealed) FROM STDIN") as copy:
            for rank, person, day in asked:
                row, code = uuid4(), "RSA" if rank % 3 == 0 else "ASS"
                sealed = seal_reason(ring, person=person, row=row, reason=Reason(code, day))
                copy.write_row((rank, row, sealed))
        cursor.execute("ANALYZE m_reason")
