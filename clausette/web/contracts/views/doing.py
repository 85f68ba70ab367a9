"""What the acts on a contract share: who may, the form shown, the paper kept, what is refused said at its field."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import isolated
from clausette.procurement import permissions
from clausette.procurement.queries import ContractSheet, contract_sheet
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.contract import crumbs
from clausette.web.refusals import add_refusal
from clausette.web.transfers import refuse_cut


def changeable(actor: Actor, uid: UUID) -> ContractSheet:
    """The sheet of a contract that the actor changes. Raises Absent, NotAllowed."""
    sheet = contract_sheet(actor=actor, uid=uid)
    demand(permissions.can_change_contract(actor, owner_org_id=sheet.owner_org_id, state=sheet.state))
    return sheet


def sent(request: HttpRequest) -> dict[str, Any]:
    """What a form is made of: nothing when the page is only read."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def done(request: HttpRequest, form: forms.Form, write: Callable[[], object], told: str) -> bool:
    """Write what a valid form says, all or nothing; say it is done, or why it is not at the field."""
    if not form.is_bound or ("document" in form.fields and refuse_cut(request, form, "document")):
        return False
    if not form.is_valid():
        return False
    try:
        with isolated():
            write()
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, told)
    return True


def kept(actor: Actor, contract_id: int, form: forms.Form, name: str = "document") -> UUID | None:
    """Keep the paper joined to a field of a form, if there is one; inside the write."""
    held: UploadedFile[bytes] | None = form.cleaned_data.get(name)
    if held is None:
        return None
    return store_file(
        actor=actor,
        name=held.name or "",
        data=held.read(),
        purpose=Purpose.EVIDENCE,
        contract_id=contract_id,
    )


def form_page(
    request: HttpRequest,
    actor: Actor,
    sheet: ContractSheet,
    form: forms.Form,
    *,
    title: str,
    verb: str,
    intro: str = "",
    back: str = "",
) -> HttpResponse:
    """The page of a form about a contract."""
    context = {
        "form": form,
        "sheet": sheet,
        "crumbs": crumbs(actor, sheet),
        "title": title,
        "verb": verb,
        "intro": intro,
        "cancel": back or href(actor, "contracts:show", uid=sheet.uid),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/form.html", context, status=status)
