"""The row of a stored file; its bytes are on disk under their hash."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.files.enums import Treatment
from clausette.kernel.rows import Row


class StoredFile(Row):
    """Bytes handed in by one organisation, perhaps for one contract."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="déposé par"
    )
    # A plain number, not a foreign key: contracts are on the floor above, whose migration adds the constraint.
    contract_ref = models.BigIntegerField("marché", null=True, blank=True)
    # the same: the mandate by which a workbook was handed in for the firm (docs/adr/0022)
    mandate_ref = models.BigIntegerField("mandat de déclaration", null=True, blank=True)
    name = models.CharField("nom du fichier", max_length=200)
    content_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    # of the bytes handed in: the sender can prove what was sent, and the same piece sent twice is known
    given_sha256 = models.CharField("empreinte du fichier remis", max_length=64, blank=True)
    treatment = models.CharField("traitement", max_length=10, choices=Treatment, default=Treatment.GIVEN)
    masked = models.CharField("ce qui est masqué", max_length=120, blank=True)
    # last day on which what it attests holds (approval, contract), when it has one
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    # The row stays: name, day and hash are the proof of what was there.
    bytes_gone_on = models.DateField("contenu effacé le", null=True, blank=True)
    deposited_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="déposé par"
    )

    class Meta:
        verbose_name = "fichier"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="files_file_of_owner"),
            models.CheckConstraint(
                name="files_file_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="L’empreinte du fichier est mal formée.",
            ),
            models.CheckConstraint(
                name="files_file_given",
                condition=Q(given_sha256="")
                | Q(treatment=Treatment.GIVEN, given_sha256=F("sha256"))
                | (~Q(treatment=Treatment.GIVEN) & Q(given_sha256__regex=r"^[0-9a-f]{64}$")),
                violation_error_message="L’empreinte du fichier remis est mal formée.",
            ),
            models.CheckConstraint(
                name="files_file_masked", condition=Q(masked="") | Q(treatment=Treatment.MASKED),
                violation_error_message="Seule une copie masquée dit ce qui est masqué.",
            ),
            models.CheckConstraint(
                name="files_file_not_empty", condition=Q(size__gt=0),
                violation_error_message="Ce fichier est vide.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["owner_org", "sha256"], name="files_owner_hash"),
            models.Index(fields=["contract_ref"], name="files_contract"),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"name"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract_ref", "mandate_ref", "content_type", "size", "sha256",
            "deposited_by", "bytes_gone_on", "given_sha256", "treatment", "masked",
            "valid_until",
        }  # fmt: skip
