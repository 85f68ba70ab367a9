"""The three papers of a version of an engagement: the act, what the minimum and the offer are written in."""

from uuid import UUID

from django import forms

from clausette.commitments.operations import Papers
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.web.contracts.views.doing import kept


def papers_of(actor: Actor, contract_id: int, form: forms.Form) -> Papers:
    """Keep the papers joined to a valid form, inside its write. Raises Refusal at the field of the one refused."""
    return Papers(
        document=_stored(actor, contract_id, form, "document"),
        minimum=_stored(actor, contract_id, form, "minimum_document"),
        offer=_stored(actor, contract_id, form, "offer_document"),
    )


def _stored(actor: Actor, contract_id: int, form: forms.Form, name: str) -> UUID | None:
    try:
        return kept(actor, contract_id, form, name)
    except Refusal as refusal:
        raise (Refusal(refusal.message, name) if refusal.field == "file" else refusal) from refusal
