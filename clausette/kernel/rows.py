"""What every table of ours has in common."""

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now


class Row(models.Model):
    """A row known outside by its `uid` (addresses, exports) and inside by its `id`; never addressed by `id`."""

    id = models.BigAutoField("numéro interne", primary_key=True)
    uid = models.UUIDField("identifiant", unique=True, default=uuid4, editable=False)
    created_at = models.DateTimeField("créé le", db_default=Now(), editable=False)

    class Meta:
        abstract = True


ROW_FIELDS = frozenset({"id", "uid", "created_at"})
