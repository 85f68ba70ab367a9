"""Find the records in the parsed file, in the order written, or say in French why they are not there."""

from clausette.imports.decp.decode import Pairs, UnreadableError
from clausette.imports.decp.phrases import shown, was_read
from clausette.imports.decp.results import RecordKind

# Practice: a person reads and confirms what is imported; a larger file is a national extract.
MOST_RECORDS = 20_000
EXPECTED = 'Un fichier DECP commence par {"marches": {"marche": […]}}.'
OLD_ROOT = "La liste suit le format de 2019 : ses marchés sont lus, les considérations sociales n'y sont pas."


def records_of(root: object) -> tuple[list[tuple[RecordKind, object]], tuple[str, ...]]:
    """The records with their kind, and the notices about the rest. Raises `UnreadableError`."""
    if not isinstance(root, dict):
        raise UnreadableError(f"{EXPECTED} À la racine, {was_read(root)}.")
    _refuse_repeated(root)
    if "marches" not in root:
        raise UnreadableError(f"{EXPECTED} La clé « marches » manque.")
    notices = [ignored(key) for key in root if key != "marches"]
    marches = root["marches"]
    if isinstance(marches, list):
        records = [(_old_kind(item), item) for item in marches]
        notices.append(OLD_ROOT)
    elif isinstance(marches, dict):
        _refuse_repeated(marches)
        records, left_aside = _of_lists(marches)
        notices.extend(left_aside)
    else:
        raise UnreadableError(f"{EXPECTED} La clé « marches » doit contenir un objet.")
    if len(records) > MOST_RECORDS:
        raise UnreadableError(
            f"Le fichier contient {len(records)} enregistrements : la limite est de {MOST_RECORDS}."
        )
    return records, (*notices, *records_notice(len(records)))


def records_notice(count: int) -> tuple[str, ...]:
    """What there is to say of a file without records."""
    return () if count else ("Le fichier ne contient aucun marché.",)


def ignored(name: str, count: int = 1) -> str:
    """What there is to say of a key or an element that the format does not have."""
    if name.startswith("<"):
        times = f", {count} fois" if count > 1 else ""
        return f"L'élément {name} n'existe pas dans le format{times} : il n'est pas lu."
    return f"La clé « {shown(name)} » n'existe pas dans le format : elle n'est pas lue."


def _of_lists(marches: dict[str, object]) -> tuple[list[tuple[RecordKind, object]], list[str]]:
    kinds = {kind.value: kind for kind in RecordKind}
    if not any(key in marches for key in kinds):
        raise UnreadableError(f"{EXPECTED} Ni « marche » ni « contrat-concession » n'est dans « marches ».")
    records: list[tuple[RecordKind, object]] = []
    left_aside: list[str] = []
    for key, value in marches.items():
        if key not in kinds:
            left_aside.append(ignored(f"marches.{key}"))
        elif isinstance(value, list):
            records.extend((kinds[key], item) for item in value)
        else:
            raise UnreadableError(f"La clé « {key} » doit contenir une liste, entre crochets.")
    return records, left_aside


def _refuse_repeated(value: dict[str, object]) -> None:
    if isinstance(value, Pairs) and value.hidden:
        key = shown(value.hidden[0][0])
        raise UnreadableError(
            f"La clé « {key} » est écrite deux fois : rien n'est lu, pour ne perdre aucun enregistrement."
        )


def _old_kind(item: object) -> RecordKind:
    named = str(item.get("_type", "")) if isinstance(item, dict) else ""
    return RecordKind.CONCESSION if "concession" in named.casefold() else RecordKind.MARCHE
