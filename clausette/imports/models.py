"""Tables of files taken in: batches, their rows, what each record became, and what a later one changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row

from .enums import BatchKind, BatchState, ChangeKind, RowChoice, RowFate

ENDED = (BatchState.CANCELLED, BatchState.UNREADABLE)
"""The same file may be sent again."""


class ImportBatch(Row):
    """One file taken in by one structure."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    kind = models.CharField("source", max_length=20, choices=BatchKind)
    state = models.CharField("état", max_length=20, choices=BatchState, default=BatchState.READ)
    file = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="fichier")
    sha256 = models.CharField("empreinte", max_length=64)
    notices = models.JSONField("remarques sur le fichier", default=list)
    brought_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="apporté par"
    )
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)
    applied_by = models.ForeignKey(
        "access.Account",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="appliqué par",
    )

    class Meta:
        verbose_name = "import"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "id", "owner_org", name="imports_batch_of_owner",
                violation_error_message="Cet import est celui d’une autre structure.",
            ),
            models.UniqueConstraint(
                "owner_org", "kind", "sha256", condition=~Q(state__in=ENDED), name="imports_batch_once",
                violation_error_message="Ce fichier a déjà été importé.",
            ),
            models.CheckConstraint(
                name="imports_batch_applied",
                condition=Q(state=BatchState.APPLIED, applied_at__isnull=False, applied_by__isnull=False)
                | (~Q(state=BatchState.APPLIED) & Q(applied_at=None, applied_by=None)),
                violation_error_message="Un import appliqué porte sa date et son auteur.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "kind", "state", "file", "sha256", "notices", "brought_by",
            "applied_at", "applied_by",
        }  # fmt: skip


class ImportRow(Row):
    """One record of a batch: what was read, its problems, its fate and the person's choice."""

    batch = models.ForeignKey(ImportBatch, models.RESTRICT, related_name="+", verbose_name="import")
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    position = models.PositiveIntegerField("rang")
    key = models.CharField("clé", max_length=80, blank=True)
    fingerprint = models.CharField("empreinte", max_length=64, blank=True)
    title = models.CharField("objet", max_length=1000, blank=True)
    raw = models.JSONField("enregistrement lu")
    problems = models.JSONField("remarques", default=list)
    fate = models.CharField("comparaison", max_length=20, choices=RowFate)
    changes = models.JSONField("écarts", default=list)
    candidates = models.JSONField("rapprochements proposés", default=list)
    choice = models.CharField("décision", max_length=20, choices=RowChoice, default=RowChoice.UNDECIDED)
    attach_to = models.ForeignKey(
        "procurement.Contract",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="marché rapproché",
    )
    result = models.ForeignKey(
        "procurement.Contract",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="marché obtenu",
    )

    class Meta:
        verbose_name = "ligne d’import"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "batch", "position", name="imports_row_position",
                violation_error_message="Ce rang du fichier est déjà enregistré.",
            ),
            models.CheckConstraint(
                name="imports_row_attach", condition=~Q(choice=RowChoice.ATTACH) | Q(attach_to__isnull=False),
                violation_error_message="Choisissez le marché à rapprocher.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "batch", "owner_org", "position", "key", "fingerprint", "title", "raw",
            "problems", "fate", "changes", "candidates", "choice", "attach_to", "result",
        }  # fmt: skip


class ExternalReference(Row):
    """Ties a record of a source to the contract it became: the same record twice makes nothing twice."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    source = models.CharField("source", max_length=20, choices=BatchKind)
    key = models.CharField("clé", max_length=80)
    fingerprint = models.CharField("empreinte", max_length=64)
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )

    class Meta:
        verbose_name = "référence externe"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "source", "key", name="imports_reference_once",
                violation_error_message="Cet enregistrement est déjà rattaché à un marché.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id",
            "uid",
            "created_at",
            "owner_org",
            "source",
            "key",
            "fingerprint",
            "contract",
        }


class OfficialChange(Row):
    """What a published record changed of a contract followed: a next action until somebody has dealt with it."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )
    batch = models.ForeignKey(ImportBatch, models.RESTRICT, related_name="+", verbose_name="import")
    kind = models.CharField("ce qui change", max_length=20, choices=ChangeKind)
    mark = models.CharField("repère dans la publication", max_length=80)
    source = models.CharField("dit par", max_length=60, blank=True)
    before = models.CharField("avant", max_length=1000, blank=True)
    after = models.CharField("après", max_length=1000)
    published_on = models.DateField("publié le", null=True, blank=True)
    seen_on = models.DateField("vu le")
    dealt_on = models.DateField("traité le", null=True, blank=True)
    dealt_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="traité par"
    )
    dealt_note = models.CharField("suite donnée", max_length=300, blank=True)

    class Meta:
        verbose_name = "changement publié"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "kind", "mark", name="imports_change_once",
                violation_error_message="Ce changement est déjà signalé.",
            ),
            models.CheckConstraint(
                name="imports_change_dealt",
                condition=Q(dealt_on=None, dealt_by=None, dealt_note="")
                | Q(dealt_on__isnull=False, dealt_by__isnull=False),
                violation_error_message="Un changement traité porte sa date et son auteur.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract", "batch", "kind", "mark", "source", "before", "after",
            "published_on", "seen_on", "dealt_on", "dealt_by", "dealt_note",
        }  # fmt: skip


from .models_hours import (  # noqa: E402 - the other tables of the room are above
    HoursFile,
    HoursFileBlock,
    HoursFileChoice,
    HoursFileColumns,
    HoursFileLine,
    HoursFileStatement,
)
from .models_left import LeftRecord  # noqa: E402 - the other tables of the room are above
from .models_takeover import ColumnMapping, TakeoverBatch, TakeoverLine, TakeoverMade  # noqa: E402 - the other tables of the room are above

__all__ = [
    "ColumnMapping", "ExternalReference", "HoursFile", "HoursFileBlock", "HoursFileChoice", "HoursFileColumns",
    "HoursFileLine", "HoursFileStatement", "ImportBatch", "ImportRow", "LeftRecord", "OfficialChange", "TakeoverBatch",
    "TakeoverLine", "TakeoverMade",
]  # fmt: skip
