"""Another firm becomes titulaire, by a signed act that may move the balance of the engagements with it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.access.enums import BodyKind, Capability
from clausette.commitments.operations import Signed, transfer_commitment
from clausette.commitments.queries import CommitmentLine, list_commitments
from clausette.files.enums import Purpose
from clausette.hours.queries import progress_of
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import WrongState
from clausette.procurement import operations
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import (
    AwardLine,
    ContractSheet,
    contract_of_award,
    known_organisations,
)
from clausette.web.contracts.forms.life import TransferForm
from clausette.web.contracts.forms.organisations import OrganisationChoice, read_organisation, settle
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import changeable, done, form_page, kept, sent
from clausette.web.doors import action
from clausette.web.transfers import limited_upload


def _owed(actor: Actor, sheet: ContractSheet, award: AwardLine) -> list[CommitmentLine]:
    """The engagements, not settled, of the titulaire in place on what is transferred."""
    lines = list_commitments(actor=actor, contract_ids=[sheet.id], as_of=clock.today())
    return [
        line
        for line in lines
        if line.contractor_uid == award.contractor.uid
        and line.closed_on is None
        and (not award.lot_number or line.lot_number == award.lot_number)
    ]


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def transfer(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say who takes the contract over, from when, by which act; the balance moves with it, or all of it waits."""
    sheet = changeable(actor, contract_of_award(actor=actor, uid=uid))
    award = next(one for one in sheet.awards if one.uid == uid)
    if award.ended_on is not None:
        raise WrongState("Cette attribution est déjà terminée.")
    owed, today = _owed(actor, sheet, award), clock.today()
    firms = known_organisations(actor=actor, role=PartyRole.CONTRACTOR)
    first = {"on": today, "signed_on": today, "balance": True}
    form = TransferForm(**sent(request), firms=firms, owes=bool(owed), today=today, initial=first)
    if form.is_bound:
        form.is_valid()  # the firm is read even beside other errors: all of them are said at once
        firm = read_organisation(form, "contractor", actor)
        told = "Le marché est transféré au nouveau titulaire."
        if firm is not None and done(request, form, lambda: _write(actor, sheet, award, owed, form, firm), told):
            return HttpResponseRedirect(href(actor, "contracts:show", uid=sheet.uid))
    intro = (
        f"{award.contractor.name} reste titulaire jusqu'à la veille ; ses heures validées restent les siennes. "
        "Le nouveau titulaire reprend ce qui reste dû si vous transférez le solde."
    )
    title, verb = "Transférer à un autre titulaire", "Enregistrer le transfert"
    return form_page(request, actor, sheet, form, title=title, verb=verb, intro=intro)


def _write(
    actor: Actor,
    sheet: ContractSheet,
    award: AwardLine,
    owed: Sequence[CommitmentLine],
    form: TransferForm,
    firm: OrganisationChoice,
) -> None:
    values = form.cleaned_data
    new = settle(firm, actor=actor, capability=Capability.CONTRACTOR, body_kind=BodyKind.COMPANY)
    paper = kept(actor, sheet.id, form)
    operations.transfer_award(
        actor=actor,
        award_uid=award.uid,
        to_contractor_uid=new,
        on=values["on"],
        signed_on=values["signed_on"],
        reason=values["reason"],
        document_uid=paper,
    )
    if not values.get("balance") or paper is None:
        return
    eve = values["on"] - timedelta(days=1)
    progress = progress_of(actor=actor, commitment_ids=[line.id for line in owed], as_of=eve)
    signed = Signed(values["signed_on"], values["reason"], paper)
    for line in owed:
        transfer_commitment(
            actor=actor,
            uid=line.uid,
            to_contractor_uid=new,
            validated=progress[line.id].validated,
            on=values["on"],
            signed=signed,
        )
