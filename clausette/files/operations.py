"""Verbs of the files room: keep a file."""

from uuid import UUID

from clausette.files import antivirus, permissions, storage
from clausette.files.enums import Purpose, Treatment
from clausette.files.models import StoredFile
from clausette.files.rules import check_file
from clausette.files.treating.run import Fit, make_fit
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.operation import created, operation


@operation("files.file.stored")
def store_file(
    *, actor: Actor, name: str, data: bytes, purpose: Purpose | str, contract_id: int | None = None
) -> UUID:
    """Keep a file for the actor's organisation, perhaps for a contract the caller has found visible; return its uid.

    `name` as given by the browser; `purpose` sets types and size. The bytes are on disk before the row. A piece is
    written again first, numbers of persons masked: only the hash of what was handed in is kept.
    Raises NotAllowed, FileTooLarge, FileRefused (field « file »): see `rules.check_file`, `antivirus`,
    `treating.make_fit`.
    """
    purpose = Purpose(purpose)
    demand(permissions.can_store(actor, purpose))
    checked = check_file(name=name, data=data, purpose=purpose)
    antivirus.demand_clean(data)
    fit = make_fit(checked.kind, data) if purpose is Purpose.EVIDENCE else Fit(data, Treatment.GIVEN)
    digest = storage.write(fit.data)
    return created(
        StoredFile(
            owner_org_id=actor.organisation_id,
            contract_ref=contract_id,
            name=checked.name,
            content_type=checked.kind.content_type,
            size=len(fit.data),
            sha256=digest,
            given_sha256=storage.hash_of(data),
            treatment=fit.treatment,
            masked=fit.masked,
            deposited_by_id=actor.account_id,
        )
    ).uid
