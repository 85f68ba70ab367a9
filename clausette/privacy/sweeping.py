"""Keys made in transactions that were rolled back: they open nothing; they go after thirty days."""

from uuid import UUID

from django.db import connection

from clausette.kernel.sealing import keystore

KEPT_DAYS = 30  # a base restored by mistake, then changed for the right one, finds its keys again
AT_ONCE = 5000


def sweep_keys(*, days: int = KEPT_DAYS) -> int:
    """Take away the old keys of persons that no row holds; return how many. None goes when no row holds any."""
    store = keystore()
    old = sorted(store.held(days=days))
    alone: list[UUID] = []
    for start in range(0, len(old), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute("SELECT sec.persons_without_row(%s)", [old[start : start + AT_ONCE]])
            alone += cursor.fetchone()[0]
    if len(alone) == len(old):
        return 0  # another base is behind: these keys are not its own
    store.discard(alone)
    return len(alone)
