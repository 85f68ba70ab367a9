"""The three papers of a version of an engagement: the act, what the minimum and the offer are written in."""

from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile

from clausette.commitments.operations import Papers
from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal


def papers_of(actor: Actor, contract_id: int, form: forms.Form) -> Papers:
    """Keep the papers joined to a valid form, inside its write. Raises Refusal at the field of the one refused."""
    return Papers(
        document=_stored(actor, contract_id, form, "document"),
        minimum=_stored(actor, contract_id, form, "minimum_document"),
        offer=_stored(actor, contract_id, form, "offer_document"),
    )


def _stored(actor: Actor, contract_id: int, form: forms.Form, name: str) -> UUID | None:
    held: UploadedFile[bytes] | None = form.cleaned_data.get(name)
    if held is None:
        return None
    try:
        return store_file(
            actor=actor,
            name=held.name or "",
            data=held.read(),
            purpose=Purpose.EVIDENCE,
            contract_id=contract_id,
        )
    except Refusal as refusal:
        raise (Refusal(refusal.message, name) if refusal.field == "file" else refusal) from refusal
