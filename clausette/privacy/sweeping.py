"""Keys that open nothing: of somebody erased, when a crash came between the commit and their end: they go at once; made
in transactions that were rolled back: they go after thirty days.
"""

from uuid import UUID

from django.db import connection

from clausette.kernel.sealing import keystore

KEPT_DAYS = 30  # a base restored by mistake, then changed for the right one, finds its keys again
AT_ONCE = 5000


def finish_erasures() -> int:
    """Destroy the keys that a crash left to persons whom both the ledger and the base know erased; return how many."""
    store = keystore()
    left = sorted({one.person for one in store.erasures()} & store.held())
    gone: list[UUID] = []
    for start in range(0, len(left), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute("SELECT sec.erased_among(%s)", [left[start : start + AT_ONCE]])
            gone += cursor.fetchone()[0]
    if gone:
        store.destroy(gone)
    return len(gone)


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
