"""Tables of workbooks taken over: batches, their lines, what each batch made, and the mapping of columns."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.imports.enums_takeover import LineFate, LineKind, SheetMeaning, TakeoverState
from clausette.kernel.rows import Row


class TakeoverBatch(Row):
    """One workbook of running work handed in by one structure."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    state = models.CharField("état", max_length=20, choices=TakeoverState, default=TakeoverState.COLUMNS)
    file = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="classeur")
    sha256 = models.CharField("empreinte du classeur envoyé", max_length=64)
    size = models.PositiveIntegerField("lignes du classeur", default=0)
    sender = models.CharField("expéditeur", max_length=120, blank=True)
    plans = models.JSONField("colonnes", default=list)
    masked = models.JSONField("cases effacées", default=list)
    notices = models.JSONField("remarques sur le classeur", default=list)
    notes = models.JSONField("lignes laissées", default=list)
    answers = models.JSONField("homonymes décidés", default=dict)
    unreadable = models.PositiveIntegerField("cases d’heures illisibles", default=0)
    brought_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="apporté par"
    )
    applied_at = models.DateTimeField("repris le", null=True, blank=True)
    applied_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="repris par"
    )
    undone_at = models.DateTimeField("défait le", null=True, blank=True)
    undone_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="défait par"
    )

    class Meta:
        verbose_name = "reprise"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "id", "owner_org", name="imports_takeover_of_owner",
                violation_error_message="Cette reprise est celle d’une autre structure.",
            ),
            models.UniqueConstraint(
                "owner_org", "sha256", condition=~Q(state__in=[TakeoverState.CANCELLED, TakeoverState.UNDONE]),
                name="imports_takeover_once", violation_error_message="Ce classeur a déjà été envoyé.",
            ),
            models.CheckConstraint(
                name="imports_takeover_applied",
                condition=Q(state__in=[TakeoverState.APPLIED, TakeoverState.UNDONE], applied_at__isnull=False,
                            applied_by__isnull=False)
                | (~Q(state__in=[TakeoverState.APPLIED, TakeoverState.UNDONE]) & Q(applied_at=None, applied_by=None)),
                violation_error_message="Une reprise faite porte sa date et son auteur.",
            ),
            models.CheckConstraint(
                name="imports_takeover_undone",
                condition=Q(state=TakeoverState.UNDONE, undone_at__isnull=False, undone_by__isnull=False)
                | (~Q(state=TakeoverState.UNDONE) & Q(undone_at=None, undone_by=None)),
                violation_error_message="Une reprise défaite porte sa date et son auteur.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"plans", "notes", "answers", "sender"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "state", "file", "sha256", "size", "masked", "notices",
            "unreadable", "brought_by", "applied_at", "applied_by", "undone_at", "undone_by",
        }  # fmt: skip


class TakeoverLine(Row):
    """One record of a workbook: what was read, what is said of it, what becomes of it."""

    batch = models.ForeignKey(TakeoverBatch, models.RESTRICT, related_name="+", verbose_name="reprise")
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    position = models.PositiveIntegerField("rang")
    kind = models.CharField("nature", max_length=20, choices=LineKind)
    sheet = models.CharField("feuille", max_length=120)
    line = models.PositiveIntegerField("ligne")
    column = models.CharField("colonne", max_length=4, blank=True)
    key = models.CharField("clé", max_length=600, blank=True)
    parent = models.CharField("clé du marché", max_length=300, blank=True)
    values = models.JSONField("valeurs lues", default=dict)
    findings = models.JSONField("remarques", default=list)
    options = models.JSONField("personnes possibles", default=list)
    fate = models.CharField("devenir", max_length=20, choices=LineFate)
    stops = models.BooleanField("à corriger", default=False)
    told = models.BooleanField("avec remarque", default=False)
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    hours = models.DecimalField("heures", max_digits=10, decimal_places=2, null=True, blank=True)
    written = models.BooleanField("repris", default=False)
    # A plain number: the marché that a batch made may be taken away with it.
    contract_ref = models.BigIntegerField("marché", null=True, blank=True)

    class Meta:
        verbose_name = "ligne de reprise"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "batch", "position", name="imports_takeover_line_position",
                violation_error_message="Ce rang du classeur est déjà lu.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["batch", "kind", "fate"], name="imports_takeover_line_fate")
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"key", "values", "findings", "options"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "batch", "owner_org", "position", "kind", "sheet", "line", "column", "parent",
            "fate", "stops", "told", "year", "hours", "written", "contract_ref",
        }  # fmt: skip


class TakeoverMade(Row):
    """One row made by a batch, so that the batch can be undone. No foreign key: what it names may be gone."""

    batch = models.ForeignKey(TakeoverBatch, models.RESTRICT, related_name="+", verbose_name="reprise")
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    table_name = models.CharField("table", max_length=63)
    row_id = models.BigIntegerField("ligne de la table")
    row_uid = models.UUIDField("identifiant de la ligne")
    events = models.PositiveSmallIntegerField("événements à la reprise")

    class Meta:
        verbose_name = "objet repris"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "batch", "table_name", "row_id", name="imports_takeover_made_once",
                violation_error_message="Cet objet est déjà compté dans la reprise.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["row_uid"], name="imports_takeover_made_uid")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "batch", "owner_org", "table_name", "row_id", "row_uid", "events",
        }  # fmt: skip


class ColumnMapping(Row):
    """What the columns of a structure are, for one sender: asked once."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    sender = models.CharField("expéditeur", max_length=120, blank=True)
    structure = models.CharField("empreinte des en-têtes", max_length=64)
    sheet = models.CharField("nature de la feuille", max_length=20, choices=SheetMeaning)
    columns = models.JSONField("colonnes", default=dict)

    class Meta:
        verbose_name = "correspondance de colonnes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "sender", "structure", name="imports_mapping_once",
                violation_error_message="Ces colonnes sont déjà connues pour cet expéditeur.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"sender"}
        ordinary: ClassVar[set[str]] = {
            "id",
            "uid",
            "created_at",
            "owner_org",
            "structure",
            "sheet",
            "columns",
        }
