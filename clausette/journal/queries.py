"""Who did what, when: the history shown beside an object, and the check of the whole journal."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from clausette.journal.enums import AlertLevel, ReadingKind
from clausette.journal.models import Event, Reading, ReadingAlert
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.operation import verbs
from clausette.kernel.prepared import prepared
from clausette.kernel.rows import Row
from clausette.kernel.scope import GivenBy, narrow


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event as a page shows it."""

    at: datetime
    verb: str
    account_name: str
    subject_type: str
    subject_label: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    reason: str
    subject_uid: UUID | None = None


def _line(event: Event) -> HistoryLine:
    return HistoryLine(
        at=event.at,
        verb=event.verb,
        account_name=event.account_name,
        subject_type=event.subject_type,
        subject_label=event.subject_label,
        before=event.before or {},
        after=event.after,
        reason=event.reason,
        subject_uid=event.subject_uid,
    )


def events_visible_to(actor: Actor) -> QuerySet[Event]:
    """What the actor's organisation did, and what others did on the contracts it pilots."""
    own = Q(organisation_id=actor.owner_id)
    return narrow(Event.objects.all(), own | Q(GivenBy("contract_id", "contracts('pilot')")))


def readings_visible_to(actor: Actor) -> QuerySet[Reading]:
    """What was read for the actor's organisation, and what others read of the persons it follows."""
    own = Q(organisation_id=actor.owner_id) | Q(owner_org=actor.owner_id)
    return narrow(Reading.objects.all(), own)


def alerts_visible_to(actor: Actor) -> QuerySet[ReadingAlert]:
    """Alerts told to the actor's organisation."""
    return narrow(ReadingAlert.objects.all(), Q(told_org=actor.owner_id))


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading: who (numbers of account and organisation), what kind, about whom (uid), when."""

    at: datetime
    account_id: int
    organisation_id: int
    kind: ReadingKind
    subject_uid: UUID


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert: who, how many distinct persons in the hour and in the day."""

    at: datetime
    account_id: int
    organisation_id: int
    level: AlertLevel
    hour: int
    day: int


@dataclass(frozen=True, slots=True)
class ReadingFilters:
    """`since`, `until`: civil days, both included. `outside`: readings by other organisations only."""

    since: date | None = None
    until: date | None = None
    kind: str = ""
    outside: bool = False


def list_readings(
    *, actor: Actor, filters: ReadingFilters, offset: int = 0, size: int = 50
) -> tuple[list[ReadingLine], int]:
    """Return a page of the readings, the last first, and how many there are (two queries)."""
    rows = readings_visible_to(actor)
    if filters.since:
        rows = rows.filter(at__gte=datetime.combine(filters.since, time(), tzinfo=PARIS))
    if filters.until:
        rows = rows.filter(at__lt=datetime.combine(filters.until + timedelta(days=1), time(), tzinfo=PARIS))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.outside:
        rows = rows.exclude(organisation_id=actor.organisation_id)
    shown = rows.order_by("-at", "-id")[offset : offset + size]
    lines = [
        ReadingLine(row.at, row.account_id, row.organisation_id, ReadingKind(row.kind), row.subject_uid)
        for row in shown
    ]
    return lines, rows.count()


def recent_alerts(*, actor: Actor, limit: int = 20) -> list[AlertLine]:
    """Return the last alerts told to the actor's organisation."""
    return [
        AlertLine(row.at, row.account_id, row.organisation_id, AlertLevel(row.level), row.hour, row.day)
        for row in alerts_visible_to(actor).order_by("-at", "-id")[:limit]
    ]


def history_of(*, actor: Actor, subject: UUID, limit: int = 50) -> list[HistoryLine]:
    """Return the events about one object that the actor may read, the latest first.

    One sees what one's own organisation did; the pilot of a contract sees what others did on it (policy).
    """
    events = events_visible_to(actor).filter(subject_uid=subject)
    return [_line(event) for event in events.order_by("-at", "id")[:limit]]


def contract_history(*, actor: Actor, contract_id: int, piloted: bool, limit: int = 50) -> list[HistoryLine]:
    """Return the latest events on one contract that the actor may read.

    `piloted`: the actor's structure is the référente of the contract, and reads what others did on it; the others
    read what their own organisation did.
    """
    return [_line(event) for event in _of_contract(actor, contract_id, piloted, f"{limit}")]


@prepared
def _of_contract(actor: Actor, contract_id: int, piloted: bool, limit: str) -> QuerySet[Event]:
    """`limit`, in letters: a slice is no parameter."""
    own = Q(organisation_id=actor.owner_id)
    events = narrow(
        Event.objects.filter(contract_id=contract_id), own | Q(contract_id=contract_id) if piloted else own
    )
    return events.order_by("-at", "id")[: int(limit)]


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """What can be said of the journal today. `faults` is empty when all holds."""

    events: int
    readings: int
    verbs: Mapping[str, int]
    rows_without_event: Mapping[str, int]  # by model, of those that operations write
    faults: tuple[str, ...]


INSTALLED = ".installed"  # verbs of the installation: nobody has an account yet
WITHOUT_OPERATIONS = ("reference",)  # nomenclatures are written by migrations

APPEND_ONLY = """
    SELECT grantee || ' ' || privilege_type || ' ' || table_name FROM information_schema.role_table_grants
    WHERE table_name IN ('journal_event', 'journal_reading', 'journal_readingalert') AND grantee <> 'clausette_owner'
      AND (grantee, privilege_type, table_name) NOT IN (
        ('clausette_app', 'SELECT', 'journal_event'), ('clausette_app', 'INSERT', 'journal_event'),
        ('clausette_app', 'SELECT', 'journal_reading'), ('clausette_app', 'SELECT', 'journal_readingalert'))"""


TOLD_BESIDE = """
    SELECT (told.cells ->> 0)::uuid FROM journal_event e, jsonb_array_elements(e.after -> 'lines') AS told (cells)
     WHERE e.subject_type = 'hours.statement' AND jsonb_exists(e.after, 'lines')"""
"""Lines of statements filled by a file: told by the event of their statement."""


def _rows_without_event() -> dict[str, int]:
    """Count, model by model, the rows with a uid that no event names: written by no operation."""
    found: dict[str, int] = {}
    named = Event.objects.filter(subject_uid=OuterRef("uid"))
    beside = RawSQL(TOLD_BESIDE, [])  # noqa: S611 - a constant
    for model in apps.get_models():
        if issubclass(model, Row) and model._meta.app_label not in WITHOUT_OPERATIONS:
            silent = model._default_manager.filter(~Exists(named)).exclude(uid__in=beside).count()
            if silent:
                found[model._meta.label] = silent
    return found


def check_journal() -> JournalCheck:
    """Check as owner: nobody may change what is written, every event is signed, every verb is known."""
    faults: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(APPEND_ONLY)
        faults += [f"droit de trop : {row[0]}" for row in cursor.fetchall()]
    counts = {
        row["verb"]: row["n"] for row in Event.objects.order_by().values("verb").annotate(n=Count("id"))
    }
    faults += [f"verbe inconnu : {verb}" for verb in sorted(set(counts) - set(verbs()))]
    signed = Q(account_id__gt=0) | Q(verb__endswith=INSTALLED)
    unsigned = Event.objects.exclude(signed, organisation_id__gt=0, account_name__gt="").count()
    if unsigned:
        faults.append(f"{unsigned} événement(s) sans auteur ou sans structure")
    return JournalCheck(
        events=sum(counts.values()),
        readings=Reading.objects.count(),
        verbs=counts,
        rows_without_event=_rows_without_event(),
        faults=tuple(faults),
    )


@dataclass(frozen=True, slots=True)
class EventTold:
    """One event as it is replayed: what it did to one row, in the order in which it was written."""

    kind: str
    uid: UUID
    before: Mapping[str, object] | None
    after: Mapping[str, object]


def events_told(
    *, kinds: Collection[str], until: datetime, contracts: Collection[int] = (), subjects: Collection[UUID] = (),
    fields: Mapping[str, object] | None = None,
) -> list[EventTold]:  # fmt: skip
    """Return, as owner, what was written up to an instant about rows of these kinds, in the order of writing.

    Of these contracts, or these rows, or rows written with these fields.
    """
    about = Q(contract_id__in=list(contracts)) | Q(subject_uid__in=list(subjects))
    for name, value in (fields or {}).items():
        about |= Q(**{f"after__{name}": value})
    rows = Event.objects.filter(about, subject_type__in=list(kinds), written_at__lte=until, subject_uid__isnull=False)
    # of one instant: what was written first, then what was changed
    ordered = sorted(rows.order_by("written_at", "at", "id"), key=lambda e: (e.written_at, e.at, e.before is not None))
    return [EventTold(row.subject_type, row.subject_uid, row.before, row.after) for row in ordered if row.subject_uid]


def first_written(*, kind: str, uid: UUID) -> datetime | None:
    """Return, as owner, when the first event about a row was written."""
    rows = Event.objects.filter(subject_type=kind, subject_uid=uid).order_by("written_at")
    return rows.values_list("written_at", flat=True).first()
