"""Verbs of the files room: keep a file, settle one that waited in quarantine."""

from collections.abc import Collection
from datetime import date
from functools import partial
from uuid import UUID

from django.db import connection

from clausette.files import antivirus, permissions, quarantine, readings, storage
from clausette.files.enums import DESTROYED, Purpose, Treatment
from clausette.files.errors import ScannerDown
from clausette.files.models import StoredFile
from clausette.files.queries import files_visible_to, open_file
from clausette.files.rules import check_file
from clausette.files.treating.run import Fit, make_fit
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent
from clausette.kernel.operation import about, after_commit, created, isolated, operation, watch, writing
from clausette.kernel.queue import enqueue


@operation("files.file.stored")
def store_file(
    *, actor: Actor, name: str, data: bytes, purpose: Purpose | str, contract_id: int | None = None,
    valid_until: date | None = None, mandate_id: int | None = None,
) -> UUID:
    """Keep a file for the actor's organisation, perhaps for a contract the caller has found visible; return its uid.

    `name` as given by the browser; `purpose` sets types and size; `valid_until`: last day of what it attests;
    `mandate_id`: the mandate by which the actor hands it in for the firm, and reads it again.
    The bytes are on disk before the row. A piece is
    written again first, numbers of persons masked: only the hash of what was handed in is kept. When the antivirus does
    not answer, a piece waits in quarantine; anything else is refused.
    Raises NotAllowed, FileTooLarge, FileRefused (field « file »): see `rules.check_file`, `antivirus`,
    `treating.make_fit`.
    """
    purpose = Purpose(purpose)
    demand(permissions.can_store(actor, purpose))
    checked = check_file(name=name, data=data, purpose=purpose)
    row = StoredFile(
        owner_org_id=actor.organisation_id, contract_ref=contract_id, name=checked.name,
        content_type=checked.kind.content_type, given_sha256=storage.hash_of(data), deposited_by_id=actor.account_id,
        valid_until=valid_until, mandate_ref=mandate_id,
    )  # fmt: skip
    try:
        antivirus.demand_clean(data)
    except ScannerDown:
        if purpose is not Purpose.EVIDENCE:
            raise
        row.treatment, row.sha256, row.size = Treatment.WAITING, row.given_sha256, len(data)
        quarantine.put(row.uid, data)
        return created(row).uid
    fit = make_fit(checked.kind, data) if purpose is Purpose.EVIDENCE else Fit(data, Treatment.GIVEN)
    row.treatment, row.masked, row.size = fit.treatment, fit.masked, len(fit.data)
    row.sha256 = storage.write(fit.data)
    return created(row).uid


def keep_reading(*, actor: Actor, uid: UUID, reading: bytes) -> None:
    """Keep what was read of a visible file beside it, sealed as it is; it goes with the file (`sweeping`).

    No row and no line of the journal: nothing rests on it. Raises Absent, and as `queries.open_file`.
    """
    readings.put(open_file(actor=actor, uid=uid).sha256, reading)


def drop_reading(*, actor: Actor, number: int) -> None:
    """Take what was read of a visible file off the disk, once what ends its use is written."""
    for digest in files_visible_to(actor).filter(pk=number).values_list("sha256", flat=True):
        after_commit(partial(readings.drop, digest))


@operation("files.file.scanned")
def settle_waiting(*, actor: Actor, uid: UUID, became: Treatment, fit: Fit | None, on: date) -> None:
    """End the quarantine of a piece: kept as `fit`, or destroyed and its depositor told. Worker role only.

    Settled twice, or destroyed since it was taken to be looked at, it is not there any more. Raises Absent.
    """
    row = files_visible_to(actor).filter(uid=uid, treatment=Treatment.WAITING).first()
    if row is None:
        raise Absent("files.StoredFile")
    watch(row)
    if row.contract_ref is not None:
        about(contract_id=row.contract_ref)
    digest = storage.write(fit.data) if fit else row.sha256
    size, masked, gone_on = (len(fit.data), fit.masked, None) if fit else (row.size, "", on)
    if not _settle(uid, became, digest, size, masked, gone_on):
        raise Absent("files.StoredFile")
    row.refresh_from_db()
    if became in DESTROYED:
        enqueue("files.tell_destroyed", actor=actor, file=str(uid))
    after_commit(lambda: quarantine.drop(uid))


def drop_waiting(actor: Actor, numbers: Collection[int]) -> None:
    """Take the bytes of files in quarantine off the disk, once what ends them is written."""
    rows = files_visible_to(actor).filter(pk__in=numbers, treatment=Treatment.WAITING)
    for uid in rows.order_by("id").values_list("uid", flat=True) if numbers else ():
        after_commit(partial(quarantine.drop, uid))


def destroy_unowned(*, uid: UUID, on: date) -> bool:
    """Destroy at its end a piece in quarantine for whose organisation nobody acts; whether it was. Worker role only.

    In nobody's name: the row itself says what became of it.
    """
    with isolated(), writing("files.unowned"):
        gone = _settle(uid, Treatment.UNSCANNED, None, None, "", on)
    if gone:
        quarantine.drop(uid)
    return gone


def _settle(
    uid: UUID, became: Treatment, digest: str | None, size: int | None, masked: str, gone_on: date | None
) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.settle_file(%s, %s, %s, %s, %s, %s)", [uid, became, digest, size, masked, gone_on])
        return bool(cursor.fetchone()[0])
