"""Verbs of the files room: keep a file."""

from uuid import UUID

from clausette.files import permissions, storage
from clausette.files.enums import Purpose
from clausette.files.models import StoredFile
from clausette.files.rules import check_file
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.operation import created, operation


@operation("files.file.stored")
def store_file(
    *, actor: Actor, name: str, data: bytes, purpose: Purpose | str, contract_id: int | None = None
) -> UUID:
    """Keep a file for the actor's organisation, perhaps for a contract the caller has found visible; return its uid.

    `name` as given by the browser; `purpose` sets types and size. The bytes are on disk before the row.
    Raises NotAllowed, FileTooLarge, FileRefused (field « file »): see `rules.check_file`.
    """
    purpose = Purpose(purpose)
    demand(permissions.can_store(actor, purpose))
    checked = check_file(name=name, data=data, purpose=purpose)
    digest = storage.write(data)
    return created(
        StoredFile(
            owner_org_id=actor.organisation_id,
            contract_ref=contract_id,
            name=checked.name,
            content_type=checked.kind.content_type,
            size=len(data),
            sha256=digest,
            deposited_by_id=actor.account_id,
        )
    ).uid
