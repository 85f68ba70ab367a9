"""What a structure does with papers, by kind and by funding: kept in the file, or only seen."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row
from clausette.participants.enums import EvidenceKind, Funding


class EvidenceRule(Row):
    """One choice of one structure; without a row, a paper is seen and not kept."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    kind = models.CharField("pièce", max_length=20, choices=EvidenceKind)
    funding = models.CharField("financement", max_length=10, choices=Funding)
    is_kept = models.BooleanField("pièce conservée", default=False)

    class Meta:
        verbose_name = "choix de conservation d’une pièce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "kind", "funding", name="participants_evidencerule_once",
                violation_error_message="Ce choix est déjà enregistré.",
            ),
            models.CheckConstraint(
                name="participants_evidencerule_health", condition=~Q(kind=EvidenceKind.RQTH) | Q(is_kept=False),
                violation_error_message="Une pièce de santé est vue, elle n’est jamais conservée.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "owner_org", "kind", "funding", "is_kept"}
