"""Stored files of the actor: cards, bytes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from clausette.files import readings, storage
from clausette.files.enums import DESTROYED, Treatment
from clausette.files.errors import BytesExpired, FileRefused, StillWaiting
from clausette.files.models import StoredFile
from clausette.files.rules.kinds import FileKind
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.errors import Absent
from clausette.kernel.scope import GivenBy, narrow

VALUES_ALONE = "du tableur restent les valeurs des feuilles visibles, sans images ni commentaires"
OF_BEFORE = "des numéros"
"""What is said of copies masked before what was masked was noted."""


@dataclass(frozen=True, slots=True)
class FileCard:
    """What is said of a file without opening it; `size` in bytes."""

    uid: UUID
    name: str
    content_type: str
    size: int
    sha256: str
    created_at: datetime
    deposited_by: str
    owner_name: str
    treatment: Treatment


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file to be given back to a person."""

    name: str
    content_type: str
    data: bytes
    sha256: str


def files_visible_to(actor: Actor) -> QuerySet[StoredFile]:
    """Files of the actor's organisation (in a deposit: for its contracts; by a mandate: those it handed in too), of
    the contracts it pilots, joined to the referrals it received.
    """
    piloted = Q(GivenBy("contract_ref", "contracts('pilot', 'copilot')"))
    seen = Q(owner_org_id=actor.owner_id) | piloted | Q(GivenBy("id", "joined_files()"))
    if actor.deposit:
        opened = Q(GivenBy("contract_ref", "deposited()")) | Q(GivenBy("mandate_ref", "mandates_used()"))
        seen |= Q(owner_org_id=actor.organisation_id) & opened
    return narrow(StoredFile.objects.all(), seen)


def file_id(actor: Actor, uid: UUID) -> int:
    """Return the internal number of a visible file, to point to it. Raises Absent."""
    return _row(actor, uid).pk


def file_card(*, actor: Actor, uid: UUID) -> FileCard:
    """Return what is said of a visible file. Raises Absent."""
    row = _row(actor, uid)
    return FileCard(
        uid=row.uid,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
        created_at=row.created_at,
        deposited_by=row.deposited_by.full_name,
        owner_name=row.owner_org.name,
        treatment=Treatment(row.treatment),
    )


def masked_words(treatment: str | None, masked: str | None) -> str:
    """Return what is masked in the copy of a row; "" when nothing is, or when there is no file."""
    return masked or (OF_BEFORE if treatment == Treatment.MASKED else "")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a piece just handed in: what is masked in its copy (« 1 numéro de sécurité sociale »), and whether
    it waits for the antivirus."""

    masked: str = ""
    waiting: bool = False


NOTHING = Received()


def received(*, actor: Actor, uid: UUID) -> Received:
    """Tell who hands a piece in what became of it. Raises Absent."""
    row = _row(actor, uid)
    told = masked_words(row.treatment, row.masked)
    is_workbook = row.content_type in (FileKind.XLSX.content_type, FileKind.ODS.content_type)
    return Received(f"{told} ({VALUES_ALONE})" if told and is_workbook else told, row.treatment == Treatment.WAITING)


def is_destroyed(actor: Actor, number: int) -> bool:
    """Tell whether a visible file was destroyed after its quarantine."""
    return files_visible_to(actor).filter(pk=number, treatment__in=DESTROYED).exists()


def same_bytes(actor: Actor, number: int, others: Collection[int]) -> int | None:
    """Return the first of these visible files handed in with the same bytes as a file, None when there is none."""
    rows = files_visible_to(actor)
    mine = rows.filter(pk=number).exclude(given_sha256="").values("given_sha256")[:1]
    same = rows.filter(pk__in=others, given_sha256=mine).exclude(treatment__in=DESTROYED)
    return same.order_by("id").values_list("pk", flat=True).first()


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A piece destroyed after its quarantine. `of_hours`: handed in for a contract; else with a candidate."""

    deposited_by_id: int
    given_on: date
    became: Treatment
    of_hours: bool


def destroyed_piece(*, actor: Actor, uid: UUID) -> Destroyed:
    """Return what is said of a destroyed piece to who handed it in. Raises Absent."""
    row = _row(actor, uid)
    if row.treatment not in DESTROYED:
        raise Absent("files.StoredFile")
    given_on = row.created_at.astimezone(PARIS).date()
    return Destroyed(row.deposited_by_id, given_on, Treatment(row.treatment), row.contract_ref is not None)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that may be read: its bytes, or what was read of it already, as asked for."""

    name: str
    content_type: str
    sha256: str

    def data(self) -> bytes:
        """The bytes. Raises BytesGone (incident)."""
        return storage.read(self.sha256)

    def reading(self) -> bytes | None:
        """What `operations.keep_reading` kept of it, None when there is nothing: the file is then read again."""
        return readings.take(self.sha256)


def open_file(*, actor: Actor, uid: UUID) -> OpenedFile:
    """Return a visible file that may be read. Raises Absent, StillWaiting, FileRefused, BytesExpired."""
    row = _row(actor, uid)
    if row.treatment == Treatment.WAITING:
        raise StillWaiting
    if row.treatment in DESTROYED:
        raise FileRefused(f"{Treatment(row.treatment).label}.")
    if row.bytes_gone_on is not None:
        raise BytesExpired(row.bytes_gone_on)
    return OpenedFile(row.name, row.content_type, row.sha256)


def read_file(*, actor: Actor, uid: UUID) -> FileContent:
    """Return a visible file with its bytes. Raises Absent, StillWaiting, BytesExpired, BytesGone (incident)."""
    file = open_file(actor=actor, uid=uid)
    return FileContent(file.name, file.content_type, file.data(), file.sha256)


def unclaimed(digests: Sequence[str]) -> list[str]:
    """Return those of these hashes that no row of any organisation points to. The worker alone may ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.unclaimed(%s)", [list(digests)])
        row = cursor.fetchone()
    return sorted(row[0]) if row else []


def _row(actor: Actor, uid: UUID) -> StoredFile:
    row = files_visible_to(actor).filter(uid=uid).select_related("deposited_by", "owner_org").first()
    if row is None:
        raise Absent("files.StoredFile")
    return row
