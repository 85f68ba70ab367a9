"""What the imports refuse."""

from uuid import UUID

from clausette.kernel.errors import Conflict, Refusal


class AlreadyImported(Refusal):
    """The same file, byte for byte, was already taken in; `batch_uid` is that import."""

    def __init__(self, message: str, batch_uid: UUID) -> None:
        super().__init__(message, "file")
        self.batch_uid = batch_uid


class Stale(Conflict):
    """Since the file was compared, contracts changed: the comparison must be made again and seen."""


# What is held by plain SQL (triggers, composite foreign keys): constraint → sentence.
NOT_THEIRS = "Ce mandat n'est pas celui de l'entreprise dont ce sont les heures."
SENTENCES = {
    "imports_hoursfile_mandate_used": "Votre mandat de déclaration vient de changer : rouvrez la page, puis envoyez.",
    "imports_hoursfile_mandate_stays": "Ce fichier garde le mandat par lequel il a été envoyé.",
    "imports_hoursfile_mandate_id_same_scope": NOT_THEIRS,
    "imports_hoursfilecolumns_mandate_id_same_scope": NOT_THEIRS,
    "imports_hoursfilechoice_mandate_id_same_scope": NOT_THEIRS,
    "files_storedfile_mandate_ref_same_scope": NOT_THEIRS,
}
