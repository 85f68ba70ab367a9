"""Take a file of hours in: read it, guess its columns, keep it without any social security number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.files.enums import Purpose
from clausette.files.operations import drop_reading, keep_reading, store_file
from clausette.files.queries import file_id
from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFileState
from clausette.imports.errors import AlreadyImported
from clausette.imports.hours_files.fingerprint import fingerprint
from clausette.imports.hours_files.mandated import notice_of
from clausette.imports.hours_files.plans import answered, plans_from, plans_to, refusals, remembered
from clausette.imports.models import HoursFile, HoursFileChoice, HoursFileColumns
from clausette.imports.operations.hours_files.handing import (
    READ_IN_REQUEST,
    changeable,
    read_or_hand_over,
    readable,
)
from clausette.imports.operations.opening import check_workbook, open_workbook
from clausette.imports.queries.hours_files.files import former_columns
from clausette.imports.queries.hours_files.held import posts_of
from clausette.imports.queries.hours_files.visible import (
    hours_choices_visible_to,
    hours_columns_visible_to,
    hours_file_lines_visible_to,
    hours_files_visible_to,
    is_sent_already,
    said_by_sender,
)
from clausette.imports.takeover.masking import mask
from clausette.imports.takeover.reading import MOST_HOURS_LINES, packed
from clausette.imports.takeover.writing.masked import masked_copy
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.french import format_date
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.steps import step
from clausette.procurement.queries import UsedMandate, mandate_used

HIDDEN = "La feuille « {} » est masquée : elle n'est pas lue."
NOBODY = "Personne n'est mis à l'emploi chez ce déclarant sur vos marchés : il n'y a pas d'heures à reconnaître."
SENT_BY_ANOTHER = (
    "Ce fichier est déjà envoyé, par l'entreprise elle-même ou par un autre mandat : ses lignes sont les mêmes. Rien "
    "ne s'écrit deux fois."
)
LEAVE = "aucun"
"""The answer of who says that a person or a place of the file is not on a market followed."""


@operation("imports.hoursfile.taken")
def take_in_hours_file(
    *, actor: Actor, name: str, data: bytes, declarant_uid: UUID | None = None, on: date
) -> UUID:
    """Keep a file of hours, say what its columns seem to be, read its lines when that is sure; return the batch's uid.

    `declarant_uid`: whose hours they are, said by a structure; a firm or an employer sends its own.
    Raises NotAllowed, FileRefused (field « file »), AlreadyImported, Invalid (« declarant »).
    """
    demand(permissions.can_import_hours(actor))
    declarant = _declarant(actor, declarant_uid)
    with step("read"):
        workbook = open_workbook(name, data, most_lines=MOST_HOURS_LINES, checked_later=True)
        found = mask(workbook)
        if found.places:
            check_workbook(name, data)
        mark = fingerprint(found.workbook)
    used = mandate_used(actor=actor, on=on)
    _refuse_known(actor, declarant, mark)
    if found.places:
        name, data = f"{name.rpartition('.')[0] or name}.xlsx", masked_copy(found.workbook)
    mandate_id = used.id if used else None
    stored = store_file(actor=actor, name=name, data=data, purpose=Purpose.WORKBOOK, mandate_id=mandate_id)
    size = sum(len(sheet.lines) for sheet in workbook.sheets)
    if size > READ_IN_REQUEST:
        with step("keep the reading"):
            keep_reading(actor=actor, uid=stored, reading=packed(found.workbook))
    hidden = [HIDDEN.format(sheet.name) for sheet in workbook.sheets if sheet.hidden and sheet.lines]
    only = [notice_of(used.contracts)] if used and used.contracts else []
    batch = created(
        HoursFile(
            owner_org_id=actor.organisation_id, declarant_id=declarant, file_id=file_id(actor, stored),
            fingerprint=mark, size=size,
            masked=[list(place) for place in sorted(found.places)],
            notices=[*only, *workbook.notices, *found.notices, *hidden], brought_by_id=actor.account_id,
            **_named(actor, used),
        )
    )  # fmt: skip
    read_or_hand_over(actor, batch, on, found.workbook)
    return batch.uid


def _named(actor: Actor, used: UsedMandate | None) -> dict[str, Any]:
    """What a file keeps of the mandate by which it is sent; {} for the firm itself."""
    if used is None or actor.mandate is None:
        return {}
    return {
        "mandate_id": used.id, "mandated_name": actor.mandate.name[:200], "mandated_from": used.starts_on,
        "mandated_until": used.ends_on,
    }  # fmt: skip


def _declarant(actor: Actor, uid: UUID | None) -> int:
    if not actor.can("facilitator"):
        return actor.organisation_id
    if uid is None:
        raise Invalid({"declarant": "Dites de qui sont ces heures."})
    declarant = get_organisation(actor=actor, uid=uid).id
    if not posts_of(actor, declarant):
        raise Invalid({"declarant": NOBODY})
    return declarant


def _refuse_known(actor: Actor, declarant_id: int, mark: str) -> None:
    gone = (HoursFileState.CANCELLED, HoursFileState.UNDONE)
    rows = hours_files_visible_to(actor).exclude(state__in=gone)
    known = rows.filter(declarant_id=declarant_id, fingerprint=mark).select_related("brought_by", "applied_by").first()
    if known is None:
        if actor.mandate and is_sent_already(mark):
            raise Invalid({"file": SENT_BY_ANOTHER})
        return
    who, when = (known.applied_by or known.brought_by), (known.applied_at or known.created_at)
    verb = "importé" if known.applied_at else "envoyé"
    raise AlreadyImported(
        f"Ce fichier est déjà {verb} : le {format_date(when)} par {who.full_name}. Ses lignes sont les mêmes, quels "
        "que soient son nom et le logiciel qui l'a enregistré.",
        known.uid,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnsAnswer:
    """What a person says of a sheet: read or not, the field of each column taken, the month of all its lines."""

    sheet: str
    taken: bool
    columns: Mapping[int, str]
    month: date | None = None


@operation("imports.hoursfile.mapped")
def map_hours_columns(*, actor: Actor, batch_uid: UUID, answers: Sequence[ColumnsAnswer], on: date) -> UUID:
    """Say what each column is, keep it for the sender's next file, and read the lines.

    Raises NotAllowed, Absent, Invalid (by sheet).
    """
    batch = changeable(actor, batch_uid)
    by_sheet = {one.sheet: one for one in answers}
    plans = tuple(
        answered(plan, taken=one.taken, fields=one.columns, month=one.month)
        if (one := by_sheet.get(plan.sheet)) else plan
        for plan in plans_from(batch.plans)
    )  # fmt: skip
    refused = refusals(plans)
    if refused:
        raise Invalid(refused)
    change(batch, plans=plans_to(plans))
    columns = remembered(plans, former_columns(actor, batch))
    rows = hours_columns_visible_to(actor)
    known = rows.filter(said_by_sender(actor, batch), mandate=batch.mandate_id).first()
    if known is None:
        created(HoursFileColumns(**_sender(batch), columns=columns))
    else:
        change(lock(rows, pk=known.pk), columns=columns)
    read_or_hand_over(actor, batch, on)
    return batch.uid


@operation("imports.hoursfile.matched")
def choose_matches(*, actor: Actor, batch_uid: UUID, answers: Mapping[UUID, str], on: date) -> UUID:
    """Say whom lines mean, and where: by line, the token of a post proposed or LEAVE. Kept for the sender's next files.

    What is said of a line holds for all those that write the same person and place. Raises NotAllowed, Absent, Invalid.
    """
    batch = changeable(actor, batch_uid)
    lines = hours_file_lines_visible_to(actor).filter(batch=batch, uid__in=list(answers)).order_by("position")
    known = {post.token: post for post in posts_of(actor, batch.declarant_id)}
    rows = list(lines)
    if len(rows) < len(answers):
        raise Absent("imports.HoursFileLine")
    refused = {str(row.uid): "Choisissez une réponse." for row in rows if answers[row.uid] not in {LEAVE, *known}}
    if refused:
        raise Invalid(refused)
    for row in rows:
        post = known.get(answers[row.uid])
        _keep(actor, batch, row.person_key, row.place_key, post.placement_uid if post else None,
              post.commitment_uid if post else None)  # fmt: skip
    read_or_hand_over(actor, batch, on)
    return batch.uid


def _keep(
    actor: Actor, batch: HoursFile, person: str, place: str, placement: UUID | None, commitment: UUID | None
) -> None:
    seen = hours_choices_visible_to(actor)
    said = seen.filter(said_by_sender(actor, batch))
    held = said.filter(person_key=person, place_key=place).order_by("-id").first()
    values = {"placement_uid": placement, "commitment_uid": commitment}
    if held is not None:
        change(lock(seen, pk=held.pk), **values)
        return
    created(HoursFileChoice(**_sender(batch), person_key=person, place_key=place, **values))


def _sender(batch: HoursFile) -> dict[str, int | None]:
    """Whose next files it is kept for: those of the firm itself, or of who holds its mandate."""
    return {"owner_org_id": batch.owner_org_id, "declarant_id": batch.declarant_id, "mandate_id": batch.mandate_id}


@operation("imports.hoursfile.compared")
def compare_hours_file(*, actor: Actor, batch_uid: UUID, on: date) -> UUID:
    """Compare the file again with what is held now, an imported one too. Raises NotAllowed, Absent."""
    batch = changeable(actor, batch_uid)
    read_or_hand_over(actor, batch, on)
    return batch.uid


@operation("imports.hoursfile.cancelled")
def cancel_hours_file(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Give a file up before anything is written; it may be sent again. Raises NotAllowed, Absent."""
    batch = readable(actor, batch_uid)
    demand(permissions.can_cancel_hours_file(actor, state=batch.state, applied=batch.applied_at is not None))
    change(batch, state=HoursFileState.CANCELLED)
    drop_reading(actor=actor, number=batch.file_id)
    return batch.uid
