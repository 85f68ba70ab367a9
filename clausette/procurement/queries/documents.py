"""The paper behind an act, for those who may read that file: nobody else learns its address."""

from django.db.models import OuterRef, Subquery

from clausette.files.queries import files_visible_to
from clausette.kernel.actor import Actor


def document_uid(actor: Actor) -> Subquery:
    """Return the uid of the row's document, NULL when there is none or when the actor may not read it."""
    return Subquery(files_visible_to(actor).filter(pk=OuterRef("document_id")).values("uid"))
