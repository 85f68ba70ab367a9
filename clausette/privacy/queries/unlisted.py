"""People named by a firm and matched by nobody, on the clock of retention."""

from datetime import date

from django.db import connection

from clausette.reference.facts.retention import RetentionRow


def purge_unlisted(*, row: RetentionRow, as_of: date, really: bool) -> tuple[int, int]:
    """Count who is due, who is announced; `really`: and take away who is due. Worker only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.purge_unlisted(%s, %s, %s, %s)", [as_of, row.months, row.notice_days, really])
        due, announced = cursor.fetchone()
    return due, announced
