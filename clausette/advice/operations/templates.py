"""Verbs of the DOCX templates that a structure puts in the place of ours."""

from datetime import datetime
from uuid import UUID

from clausette.advice.enums import TextKind
from clausette.advice.models import OwnTemplate
from clausette.advice.permissions import can_study
from clausette.advice.queries.visibility import own_templates_visible_to
from clausette.advice.texts.checking import check_template
from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.files.queries import file_id
from clausette.files.rules import check_file
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import WrongState
from clausette.kernel.operation import change, created, lock, operation


@operation("advice.template.brought")
def bring_template(*, actor: Actor, kind: TextKind, name: str, data: bytes) -> UUID:
    """Keep a template for a text: its next version, which serves from now on. Raises NotAllowed, FileRefused,
    FileTooLarge, TemplateRefused (field « file »)."""
    demand(can_study(actor))
    checked = check_file(name=name, data=data, purpose=Purpose.TEMPLATE)
    check_template(kind, data)
    file = store_file(actor=actor, name=name, data=data, purpose=Purpose.TEMPLATE)
    last = own_templates_visible_to(actor).filter(kind=kind).order_by("-number").first()
    return created(
        OwnTemplate(
            owner_org_id=actor.organisation_id,
            kind=kind,
            number=last.number + 1 if last else 1,
            name=checked.name,
            file_id=file_id(actor, file),
            brought_by_id=actor.account_id,
        )
    ).uid


@operation("advice.template.withdrawn")
def withdraw_template(*, actor: Actor, uid: UUID, at: datetime) -> None:
    """Take a template out of service: the one before serves again, else ours. Raises Absent, WrongState."""
    demand(can_study(actor))
    row = lock(own_templates_visible_to(actor), uid=uid)
    if row.withdrawn_at:
        raise WrongState("Ce modèle est déjà retiré.")
    change(row, withdrawn_at=at)
