"""Tables of files of hours: batches, their lines (alone, in blocks), the statements they filled, what senders said."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.hours.enums import StatementState, TypedKind
from clausette.imports.enums_hours import HoursFate, HoursFileState, MatchSure
from clausette.kernel.rows import Row

GONE = (HoursFileState.CANCELLED, HoursFileState.UNDONE)
"""The same file may be sent again."""


class HoursFile(Row):
    """One file of hours handed in by one organisation, for itself or, by a structure, for a declarant."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="expéditeur"
    )
    declarant = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant"
    )
    state = models.CharField("état", max_length=20, choices=HoursFileState, default=HoursFileState.COLUMNS)
    # by which it was sent for the firm, frozen with it (docs/adr/0022)
    mandate = models.ForeignKey(
        "procurement.Mandate", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    mandated_name = models.CharField("pour le compte du déclarant, par", max_length=200, blank=True)
    mandated_from = models.DateField("mandat du", null=True, blank=True)
    mandated_until = models.DateField("mandat au", null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="fichier")
    fingerprint = models.CharField("empreinte des lignes", max_length=64)
    size = models.PositiveIntegerField("lignes du fichier", default=0)
    plans = models.JSONField("colonnes", default=list)
    masked = models.JSONField("cases effacées", default=list)
    notices = models.JSONField("remarques sur le fichier", default=list)
    notes = models.JSONField("lignes laissées", default=list)
    totals = models.JSONField("totaux avant et après", default=list)
    submits = models.BooleanField("relevés transmis", default=False)
    hashes = models.JSONField("empreintes des lignes écrites", default=list)
    witness = models.CharField("empreinte de ce à quoi le fichier est comparé", max_length=64, blank=True)
    brought_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="apporté par"
    )
    applied_at = models.DateTimeField("importé le", null=True, blank=True)
    applied_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="importé par"
    )
    undone_at = models.DateTimeField("défait le", null=True, blank=True)
    undone_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="défait par"
    )

    class Meta:
        verbose_name = "fichier d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "id", "owner_org", name="imports_hoursfile_of_owner",
                violation_error_message="Ce fichier d’heures est celui d’un autre expéditeur.",
            ),
            models.UniqueConstraint(
                "owner_org", "declarant", "fingerprint", condition=~Q(state__in=GONE), name="imports_hoursfile_once",
                violation_error_message="Ce fichier a déjà été envoyé.",
            ),
            models.CheckConstraint(
                name="imports_hoursfile_applied",
                condition=Q(applied_at=None, applied_by=None) | Q(applied_at__isnull=False, applied_by__isnull=False),
                violation_error_message="Un fichier importé porte sa date et son auteur.",
            ),
            models.CheckConstraint(
                name="imports_hoursfile_undone",
                condition=Q(state=HoursFileState.UNDONE, undone_at__isnull=False, undone_by__isnull=False)
                | (~Q(state=HoursFileState.UNDONE) & Q(undone_at=None, undone_by=None)),
                violation_error_message="Un fichier défait porte sa date et son auteur.",
            ),
            models.CheckConstraint(
                name="imports_hoursfile_mandated",
                condition=Q(mandate=None, mandated_name="", mandated_from=None, mandated_until=None)
                | (
                    ~Q(mandated_name="")
                    & Q(mandate__isnull=False, mandated_from__isnull=False, mandated_until__isnull=False,
                        declarant=F("owner_org"))
                ),
                violation_error_message="Un fichier envoyé par mandat porte le nom de qui le tient et ses dates.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"plans", "notes", "mandated_name"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "declarant", "state", "file", "fingerprint", "size", "masked",
            "notices", "totals", "submits", "hashes", "witness", "brought_by", "applied_at", "applied_by", "undone_at",
            "undone_by", "mandate", "mandated_from", "mandated_until",
        }  # fmt: skip


class OfHoursFile(Row):
    """Lines of a file: which one, and its sender."""

    # proved by the composite foreign keys of 0017 and 0024 (ADR 0021)
    batch = models.ForeignKey(
        HoursFile, models.RESTRICT, related_name="+", verbose_name="fichier d’heures", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="expéditeur", db_constraint=False,
        db_index=False,
    )  # fmt: skip

    class Meta:
        abstract = True


class HoursFileLine(OfHoursFile):
    """The hours of one cell of a file that asks something: what was read, who it means, what becomes of it.

    Those that ask nothing are in the blocks.
    """

    position = models.PositiveIntegerField("rang")
    sheet = models.CharField("feuille", max_length=120)
    line = models.PositiveIntegerField("ligne")
    column = models.CharField("colonne", max_length=4, blank=True)
    values = models.JSONField("valeurs lues", default=dict)
    person_key = models.CharField("personne écrite", max_length=300, blank=True)
    place_key = models.CharField("lieu écrit", max_length=400, blank=True)
    month = models.DateField("mois", null=True, blank=True)
    kind = models.CharField("nature", max_length=10, choices=TypedKind, default=TypedKind.WORK)
    hours = models.DecimalField("heures", max_digits=10, decimal_places=2, null=True, blank=True)
    held = models.DecimalField("heures de Clausette", max_digits=10, decimal_places=2, null=True, blank=True)
    sure = models.CharField("rapprochement", max_length=10, choices=MatchSure, default=MatchSure.NONE)
    options = models.JSONField("rapprochements possibles", default=list)
    fate = models.CharField("devenir", max_length=20, choices=HoursFate)
    findings = models.JSONField("remarques", default=list)
    stops = models.BooleanField("point bloquant", default=False)
    told = models.BooleanField("avec remarque", default=False)
    digest = models.CharField("empreinte de la ligne", max_length=24, blank=True)
    # Plain numbers: what is matched may leave the view of the sender.
    placement_ref = models.BigIntegerField("mise à l’emploi", null=True, blank=True)
    commitment_ref = models.BigIntegerField("engagement", null=True, blank=True)
    contract_ref = models.BigIntegerField("marché", null=True, blank=True)

    class Meta:
        verbose_name = "ligne d’un fichier d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "batch", "position", name="imports_hoursfileline_position",
                violation_error_message="Ce rang du fichier est déjà lu.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["batch", "fate"], name="imports_hoursfileline_fate")]

    class Privacy:
        personal: ClassVar[set[str]] = {"values", "person_key", "place_key", "options", "findings"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "batch", "owner_org", "position", "sheet", "line", "column", "month", "kind",
            "hours", "held", "sure", "fate", "stops", "told", "digest", "placement_ref", "commitment_ref",
            "contract_ref",
        }  # fmt: skip


class HoursFileBlock(OfHoursFile):
    """Lines of a file that ask nothing, many in one row (ADR 0024): read back by `hours_files.blocks`.

    `fates`: how many of each; `people`: work contract, who, words shown; `places`: engagement, marché, words shown;
    `findings`: what is said; `cells`: the lines column by column, with numbers in these three.
    """

    first = models.PositiveIntegerField("premier rang")
    last = models.PositiveIntegerField("dernier rang")
    lines = models.PositiveIntegerField("lignes")
    hours = models.DecimalField("heures", max_digits=12, decimal_places=2)
    fates = models.JSONField("lignes et heures par devenir", default=dict)
    months = models.JSONField("mois", default=list)
    people = models.JSONField("personnes écrites", default=list)
    places = models.JSONField("lieux écrits", default=list)
    findings = models.JSONField("remarques", default=list)
    cells = models.TextField("lignes, colonne par colonne")

    class Meta:
        verbose_name = "bloc de lignes d’un fichier d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "batch", "first", name="imports_hoursfileblock_first",
                violation_error_message="Ce rang du fichier est déjà lu.",
            ),
            models.CheckConstraint(
                name="imports_hoursfileblock_lines", condition=Q(lines__gt=0),
                violation_error_message="Un bloc tient au moins une ligne.",
            ),
            models.CheckConstraint(
                name="imports_hoursfileblock_ranks", condition=Q(last__gte=F("first") + F("lines") - 1),
                violation_error_message="Les rangs d’un bloc vont du premier au dernier, un par ligne.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"findings", "people", "places"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "batch", "owner_org", "first", "last", "lines", "hours", "fates", "months",
            "cells",
        }  # fmt: skip


class HoursFileStatement(Row):
    """A statement that a file filled: what whoever validates it is told."""

    batch = models.ForeignKey(HoursFile, models.RESTRICT, related_name="+", verbose_name="fichier d’heures")
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="expéditeur"
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )
    statement = models.ForeignKey(
        "hours.Statement", models.RESTRICT, related_name="+", verbose_name="relevé d’heures"
    )
    file_name = models.CharField("nom du fichier", max_length=200)
    lines = models.PositiveIntegerField("lignes écrites")
    hours = models.DecimalField("heures écrites", max_digits=10, decimal_places=2)
    before = models.CharField("état d’avant", max_length=20, choices=StatementState, blank=True)
    written = models.JSONField("lignes écrites, avant et après", default=list)
    written_on = models.DateField("écrit le")
    written_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="écrit par"
    )
    mandated_name = models.CharField("pour le compte de l’expéditeur, par", max_length=200, blank=True)
    undone = models.BooleanField("défait", default=False)

    class Meta:
        verbose_name = "relevé rempli par un fichier"
        indexes: ClassVar = [models.Index(fields=["statement"], name="imports_hoursfilestatement_ix")]

    class Privacy:
        personal: ClassVar[set[str]] = {"file_name", "mandated_name"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "batch", "owner_org", "contract", "statement", "lines", "hours", "before",
            "written", "written_on", "written_by", "undone",
        }  # fmt: skip


class HoursFileColumns(Row):
    """What the headings of a sender are: asked once."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="expéditeur"
    )
    declarant = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant"
    )
    mandate = models.ForeignKey(
        "procurement.Mandate", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    columns = models.JSONField("colonnes", default=dict)

    class Meta:
        verbose_name = "colonnes d’un expéditeur d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_org", "declarant", "mandate"], name="imports_hoursfilecolumns_once",
                nulls_distinct=False,
                violation_error_message="Les colonnes de cet expéditeur sont déjà connues.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "owner_org", "declarant", "mandate", "columns"}


class HoursFileChoice(Row):
    """Whom and where the sender means by a name and a place: said once. No work contract: not on a market followed."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="expéditeur"
    )
    declarant = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant"
    )
    mandate = models.ForeignKey(
        "procurement.Mandate", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    person_key = models.CharField("personne écrite", max_length=300, blank=True)
    place_key = models.CharField("lieu écrit", max_length=400, blank=True)
    placement_uid = models.UUIDField("mise à l’emploi", null=True, blank=True)
    commitment_uid = models.UUIDField("engagement", null=True, blank=True)

    class Meta:
        verbose_name = "rapprochement retenu d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_org", "declarant", "mandate", "person_key", "place_key"],
                name="imports_hoursfilechoice_once", nulls_distinct=False,
                violation_error_message="Ce rapprochement est déjà retenu.",
            ),
            models.CheckConstraint(
                name="imports_hoursfilechoice_pair",
                condition=Q(placement_uid=None, commitment_uid=None)
                | Q(placement_uid__isnull=False, commitment_uid__isnull=False),
                violation_error_message="Un rapprochement dit la personne et l’engagement, ou aucun des deux.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"person_key", "place_key"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "declarant", "mandate", "placement_uid", "commitment_uid",
        }  # fmt: skip
