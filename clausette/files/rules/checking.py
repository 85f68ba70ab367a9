"""Is this file what it says, may it be kept? The type is read in the content; the name only may contradict it."""

from dataclasses import dataclass

from clausette.files.enums import Purpose
from clausette.files.errors import FileRefused, FileTooLarge, NirInFile
from clausette.files.rules.archives import open_workbook
from clausette.files.rules.kinds import KNOWN_BUT_REFUSED, FileKind
from clausette.files.rules.limits import LIMITS, too_large_sentence
from clausette.files.rules.names import clean_name, ending
from clausette.files.rules.searching import line_of_nir
from clausette.files.rules.texts import text_of
from clausette.kernel.nir import find_nir

EMPTY = "Ce fichier est vide."
NIR_IN_FILE = (
    "Ce fichier contient un numéro de sécurité sociale{where} : il ne peut pas être conservé. Masquez ces numéros "
    "(dans un tableur, videz la colonne ; dans un texte, remplacez les chiffres par des X), puis envoyez-le de nouveau."
)
NIR_IN_NAME = (
    "Le nom de ce fichier contient un numéro de sécurité sociale : "
    "renommez le fichier, puis envoyez-le de nouveau."
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its clean name (with the ending of its type) and its type."""

    name: str
    kind: FileKind


def check_file(*, name: str, data: bytes, purpose: Purpose, searched: bool = True) -> Checked:
    """Check a file whole, before anything is written. `searched`: no social security number may be inside.

    Raises FileTooLarge, FileRefused: empty, type not taken for this purpose, name that contradicts the content,
    broken or locked, social security number inside or in the name. A piece (EVIDENCE) is not searched here:
    `treating.make_fit` masks it.
    """
    limit = LIMITS[purpose]
    if not data:
        raise FileRefused(EMPTY)
    if len(data) > limit.most_bytes:
        raise FileTooLarge(too_large_sentence(purpose, len(data)))
    shown = clean_name(name)
    _refuse_nir(shown, NIR_IN_NAME)
    kind, text = _recognise(data, searched)
    if kind not in limit.kinds:
        raise FileRefused(f"Ce fichier est {kind.label} : {_taken(limit.names)}.")
    named = _named(shown, kind)
    if purpose is Purpose.EVIDENCE or not searched:
        return Checked(named, kind)
    line = line_of_nir(text)
    if line:
        raise NirInFile(NIR_IN_FILE.format(where=f" (ligne {line})" if kind in _BY_LINES else ""))
    return Checked(named, kind)


def _taken(names: tuple[str, ...]) -> str:
    """« ici, les types admis sont PDF ou JPEG »."""
    if len(names) == 1:
        return f"ici, le type admis est {names[0]}"
    return f"ici, les types admis sont {', '.join(names[:-1])} ou {names[-1]}"


_BY_LINES = frozenset({FileKind.CSV, FileKind.JSON, FileKind.XML})


def _refuse_nir(text: str, sentence: str) -> None:
    found = find_nir(text)
    if found is not None and found.certainty == "certain":
        raise FileRefused(sentence)


def _recognise(data: bytes, searched: bool) -> tuple[FileKind, str]:
    """The type, and the text to search. Raises FileRefused when nothing known is there, or it is cut."""
    if data.startswith(b"%PDF-"):
        _demand(b"%%EOF" in data[-2048:], "Ce PDF est coupé : il lui manque la fin.")
        return FileKind.PDF, ""
    if data.startswith(b"\xff\xd8\xff"):
        _demand(b"\xff\xd9" in data[-65536:], "Cette image JPEG est coupée : il lui manque la fin.")
        return FileKind.JPEG, ""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        _demand(data[12:16] == b"IHDR" and b"IEND" in data[-65536:], "Cette image PNG est coupée ou abîmée.")
        return FileKind.PNG, ""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        workbook = open_workbook(data, numbers=True, read=searched)
        return workbook.kind, workbook.text
    for mark, label in KNOWN_BUT_REFUSED:
        if data.startswith(mark):
            raise FileRefused(f"Ce fichier est {label}.")
    return _recognise_text(data)


def _recognise_text(data: bytes) -> tuple[FileKind, str]:
    text = text_of(data)
    if text is None:
        raise FileRefused("Ce type de fichier n'est pas reconnu.")
    start = text.lstrip()[:2000]
    _demand(bool(start), EMPTY)
    if start[0] in "{[":
        return FileKind.JSON, text
    lowered = start.lower()
    if lowered.startswith(("<!doctype html", "<html", "<script", "<svg")) or "<svg" in lowered[:500]:
        raise FileRefused("Ce fichier est une page web ou un dessin SVG : enregistrez-le en PDF.")
    if lowered.startswith("<"):
        return FileKind.XML, text
    return FileKind.CSV, text


def _named(name: str, kind: FileKind) -> str:
    """The name with an ending that says the type. Raises FileRefused when it says another one."""
    extension = ending(name)
    if extension in kind.extensions:
        return name
    if not extension:
        return f"{name}.{kind.extension}"
    raise FileRefused(
        f"Ce fichier se nomme « .{extension} » mais il contient {kind.label} : vérifiez que c'est le bon fichier."
    )


def _demand(ok: bool, sentence: str) -> None:
    if not ok:
        raise FileRefused(sentence)
