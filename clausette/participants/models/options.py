"""What a structure admits of the publics « sur option »."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from clausette.kernel.rows import Row


class AdmittedOptions(Row):
    """The publics « sur option » that one structure admits: one row, changed in place, each change journalled."""

    owner_org = models.OneToOneField(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    categories = ArrayField(models.CharField(max_length=20), verbose_name="publics sur option admis", default=list)

    class Meta:
        verbose_name = "publics sur option d’une structure"

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "owner_org", "categories"}
