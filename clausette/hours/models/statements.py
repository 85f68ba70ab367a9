"""Tables of monthly hours: statements, worked months, lines, and the reasons given to controls."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncMonth

from clausette.hours.enums import HoursKind, LineState, PieceLeft, StatementSource, StatementState
from clausette.kernel.rows import Row


class Statement(Row):
    """One month of one contract by one declarant (relevé d’heures)."""

    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    declarant = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant")
    month = models.DateField("mois")
    state = models.CharField("état", max_length=20, choices=StatementState, default=StatementState.DRAFT)
    source = models.CharField("saisi par", max_length=20, choices=StatementSource)
    is_nil = models.BooleanField("aucune heure ce mois-ci", default=False)
    evidence = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="pièce justificative"
    )
    piece_left = models.CharField("sans pièce", max_length=10, choices=PieceLeft, blank=True)
    piece_left_on = models.DateField("sans pièce, dit le", null=True, blank=True)
    piece_left_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="sans pièce, dit par"
    )
    version = models.PositiveIntegerField("version", default=1)
    submitted_at = models.DateTimeField("transmis le", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="transmis par"
    )
    validated_at = models.DateTimeField("validé le", null=True, blank=True)
    validated_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="validé par"
    )
    return_reason = models.CharField("motif du renvoi", max_length=500, blank=True)
    certified_name = models.CharField("certifié par", max_length=150, blank=True)
    certified_as = models.CharField("en qualité de", max_length=100, blank=True)
    certified_on = models.DateField("certifié le", null=True, blank=True)
    certified_hours = models.DecimalField("heures certifiées", max_digits=8, decimal_places=2, null=True, blank=True)
    mandate = models.ForeignKey(
        "procurement.Mandate", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    mandated_name = models.CharField("pour le compte du déclarant, par", max_length=200, blank=True)
    mandated_from = models.DateField("mandat du", null=True, blank=True)
    mandated_until = models.DateField("mandat au", null=True, blank=True)

    class Meta:
        verbose_name = "relevé d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "declarant", "month", name="hours_statement_once",
                violation_error_message="Ce relevé existe déjà pour ce mois et ce déclarant.",
            ),
            models.UniqueConstraint("id", "contract", "declarant", "month", name="hours_statement_of_contract"),
            models.CheckConstraint(
                name="hours_statement_month", condition=Q(month=TruncMonth("month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
            models.CheckConstraint(
                name="hours_statement_submitted",
                condition=Q(submitted_at=None, submitted_by=None, state=StatementState.DRAFT)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                violation_error_message="Un relevé transmis porte sa date et son auteur.",
            ),
            models.CheckConstraint(
                name="hours_statement_validated",
                condition=(
                    Q(state=StatementState.VALIDATED) & Q(validated_at__isnull=False, validated_by__isnull=False)
                )
                | (~Q(state=StatementState.VALIDATED) & Q(validated_at=None, validated_by=None)),
                violation_error_message="Un relevé validé porte sa date et son auteur.",
            ),
            models.CheckConstraint(
                name="hours_statement_piece_left",
                condition=Q(piece_left="", piece_left_on=None, piece_left_by=None)
                | (
                    Q(piece_left__in=PieceLeft.values, evidence=None)
                    & Q(piece_left_on__isnull=False, piece_left_by__isnull=False)
                ),
                violation_error_message="Un relevé sans pièce dit pourquoi, par qui et quel jour.",
            ),
            models.CheckConstraint(
                name="hours_statement_return_reason",
                condition=~Q(state=StatementState.RETURNED) | ~Q(return_reason=""),
                violation_error_message="Un renvoi porte son motif.",
            ),
            models.CheckConstraint(
                name="hours_statement_certified",
                condition=Q(certified_name="", certified_as="", certified_on=None, certified_hours=None)
                | (
                    ~Q(certified_name="") & ~Q(certified_as="")
                    & Q(certified_on__isnull=False, certified_hours__isnull=False,
                        state__in=[StatementState.SUBMITTED, StatementState.VALIDATED])
                ),
                violation_error_message="Une certification porte le nom, la qualité, la date et les heures.",
            ),
            models.CheckConstraint(
                name="hours_statement_mandated",
                condition=Q(mandate=None, mandated_name="", mandated_from=None, mandated_until=None)
                | (
                    ~Q(mandated_name="")
                    & Q(mandate__isnull=False, mandated_from__isnull=False, mandated_until__isnull=False,
                        submitted_by__isnull=False)
                ),
                violation_error_message="Un relevé transmis par mandat porte le nom de qui le tient et ses dates.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["contract", "month"], name="hours_statement_month_ix"),
            models.Index(fields=["contract", "state"], name="hours_statement_state_ix"),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"return_reason", "certified_name", "certified_as", "mandated_name"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "declarant", "month", "state", "source", "is_nil", "evidence",
            "version", "submitted_at", "submitted_by", "validated_at", "validated_by", "piece_left", "piece_left_on",
            "piece_left_by", "certified_on", "certified_hours", "mandate", "mandated_from", "mandated_until",
        }  # fmt: skip


class WorkedMonth(Row):
    """Hours worked by one work contract in one month: the bound of its lines."""

    # « db_constraint=False »: proved, all three, by the composite foreign key of 0053 (ADR 0028)
    placement = models.ForeignKey(
        "placements.Placement", models.RESTRICT, related_name="+", verbose_name="mise à l’emploi", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    employer = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="employeur", db_constraint=False
    )
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure", db_constraint=False
    )
    month = models.DateField("mois")
    hours = models.DecimalField("heures travaillées", max_digits=8, decimal_places=2)
    is_stated = models.BooleanField("total déclaré", default=False)

    class Meta:
        verbose_name = "mois travaillé"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "placement", "month", name="hours_workedmonth_once",
                violation_error_message="Le total de ce mois est déjà enregistré.",
            ),
            models.UniqueConstraint("id", "placement", name="hours_workedmonth_of_placement"),
            models.CheckConstraint(
                name="hours_workedmonth_month", condition=Q(month=TruncMonth("month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
            models.CheckConstraint(
                name="hours_workedmonth_hours", condition=Q(hours__gte=0) & Q(hours__lte=744),
                violation_error_message="Les heures travaillées d’un mois sont comprises entre 0 et 744.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "placement", "employer", "owner_org", "month", "hours", "is_stated",
        }  # fmt: skip


class HoursLine(Row):
    """Hours of one work contract in one month credited to one engagement. A validated line never changes."""

    # « db_constraint=False »: the composite foreign keys of 0002, 0004 and 0052 prove these columns (ADR 0021, 0028)
    statement = models.ForeignKey(
        Statement, models.RESTRICT, related_name="+", verbose_name="relevé", db_constraint=False
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement crédité",
        db_constraint=False,
    )  # fmt: skip
    worked_month = models.ForeignKey(
        WorkedMonth, models.RESTRICT, related_name="+", verbose_name="mois travaillé", db_constraint=False
    )
    placement = models.ForeignKey(
        "placements.Placement", models.RESTRICT, related_name="+", verbose_name="mise à l’emploi", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    declarant = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant", db_constraint=False
    )
    month = models.DateField("mois")
    kind = models.CharField("nature", max_length=10, choices=HoursKind, default=HoursKind.WORK)
    hours = models.DecimalField("heures", max_digits=8, decimal_places=2)
    state = models.CharField("état", max_length=10, choices=LineState, default=LineState.DRAFT)
    corrects = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="corrige la ligne",
        db_index=False,
    )  # fmt: skip
    reason = models.CharField("motif", max_length=300, blank=True)
    worked_contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché où la personne a travaillé",
        db_constraint=False,
    )  # fmt: skip
    act = models.ForeignKey(
        "commitments.CommitmentAct", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="acte de globalisation", db_index=False,
    )  # fmt: skip
    prior = models.ForeignKey(
        "hours.PriorTraining", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="formation avant l’embauche", db_constraint=False, db_index=False,
    )  # fmt: skip
    reporting_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure déclarante",
        db_constraint=False, db_index=False,
    )  # fmt: skip
    reserved_until = models.DateField("retenues sous réserve jusqu’au", null=True, blank=True)
    reserve_reason = models.CharField("motif de la réserve", max_length=300, blank=True)
    late_reason = models.CharField("motif de la régularisation", max_length=300, blank=True)
    added_on = models.DateField("ajoutée le", null=True, blank=True)

    class Meta:
        verbose_name = "ligne d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "statement", "placement", "commitment", "kind", condition=Q(corrects=None), name="hours_line_once",
                violation_error_message="Cette personne a déjà une ligne pour ce mois et cet engagement.",
            ),
            models.CheckConstraint(
                name="hours_line_hours",
                condition=Q(corrects=None, hours__gt=0) | (Q(corrects__isnull=False) & ~Q(hours=0)),
                violation_error_message="Les heures d’une ligne sont supérieures à zéro ; un écart n’est pas nul.",
            ),
            models.CheckConstraint(
                name="hours_line_correction_reason", condition=Q(corrects=None) | ~Q(reason=""),
                violation_error_message="Une correction porte son motif.",
            ),
            models.CheckConstraint(
                name="hours_line_not_itself", condition=Q(corrects=None) | ~Q(corrects=F("id")),
                violation_error_message="Une ligne ne se corrige pas elle-même.",
            ),
            models.CheckConstraint(
                name="hours_line_act", condition=Q(worked_contract=F("contract")) | Q(act__isnull=False),
                violation_error_message="Des heures se créditent là où elles sont faites, sauf acte de globalisation.",
            ),
            models.CheckConstraint(
                name="hours_line_prior",
                condition=(Q(kind=HoursKind.BEFORE) & Q(prior__isnull=False))
                | (~Q(kind=HoursKind.BEFORE) & Q(prior=None)),
                violation_error_message="Une formation avant l’embauche, et elle seule, porte son action de formation.",
            ),
            models.CheckConstraint(
                name="hours_line_reserve",
                condition=(Q(reserved_until=None, reserve_reason="") & ~Q(state=LineState.RESERVED))
                | (Q(reserved_until__isnull=False) & ~Q(reserve_reason="")),
                violation_error_message="Une réserve porte son motif et sa date limite.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["contract", "commitment", "month"], name="hours_line_contract_ix"),
            models.Index(fields=["placement", "month"], name="hours_line_placement_ix"),
            models.Index(fields=["corrects"], name="hours_line_corrects_ix", condition=Q(corrects__isnull=False)),
            models.Index(fields=["act"], name="hours_line_act_ix", condition=Q(act__isnull=False)),
            models.Index(fields=["prior"], name="hours_line_prior_ix", condition=Q(prior__isnull=False)),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"reason", "reserve_reason", "late_reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "statement", "contract", "commitment", "worked_month", "placement", "declarant",
            "month", "kind", "hours", "state", "corrects", "worked_contract", "reporting_org", "reserved_until",
            "added_on", "act", "prior",
        }  # fmt: skip


class Justification(Row):
    """What was answered to a warning of the controls, by whom, before validation."""

    statement = models.ForeignKey(Statement, models.RESTRICT, related_name="+", verbose_name="relevé")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    line = models.ForeignKey(HoursLine, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="ligne")
    code = models.CharField("code du contrôle", max_length=10)
    text = models.CharField("justification", max_length=500)
    written_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="écrite par")

    class Meta:
        verbose_name = "justification"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "statement", "line", "code", nulls_distinct=False, name="hours_justification_once",
                violation_error_message="Ce point est déjà justifié.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"text"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "statement", "contract", "line", "code", "written_by",
        }  # fmt: skip
