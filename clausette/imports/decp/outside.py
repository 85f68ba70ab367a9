"""A large file before it is read: what it is, and its bytes as they may be kept while it waits (docs/adr/0010)."""

from dataclasses import dataclass

from clausette.imports.decp.decode import UnreadableError, decode, demand_readable
from clausette.imports.decp.flat import is_flat_table
from clausette.imports.decp.markup import is_markup, text_of_markup
from clausette.imports.decp.read import read_decp
from clausette.imports.decp.results import FileForm, FileRefusal
from clausette.imports.decp.secrecy import may_carry_nir, without_numbers

NO_ENCODING = FileRefusal("Le XML ne peut pas être lu : l'encodage annoncé n'est pas celui du fichier.")


@dataclass(frozen=True, slots=True)
class Outside:
    """The form of a file and the bytes to keep, or why it cannot be read whatever it holds."""

    form: FileForm = FileForm.JSON
    data: bytes = b""
    refusal: FileRefusal | None = None


def outside_of(data: bytes) -> Outside:
    """Look at a file without reading its records: ten times less work, and a social security number never waits.

    What only the reading of the records can refuse is not looked for. Never raises.
    """
    try:
        demand_readable(data)
        form, text = _text(data)
    except UnreadableError as unreadable:
        return Outside(refusal=unreadable.refusal)
    except (LookupError, ValueError):
        return Outside(refusal=read_decp(data).refusal or NO_ENCODING)
    return Outside(form, without_numbers(text, form) if may_carry_nir(text) else data)


def _text(data: bytes) -> tuple[FileForm, str]:
    if is_markup(data):
        return FileForm.XML, text_of_markup(data)
    text, _ = decode(data)
    return FileForm.CSV if is_flat_table(text) else FileForm.JSON, text
