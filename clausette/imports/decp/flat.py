"""Read the flat table that data.gouv.fr draws from the official data: a line per contract, titulaire and change.

`uid` is the buyer's SIRET then the number; the lines of a modification repeat everything as it then is, and
`modification_id` 0 is the beginning; several values stand in one cell, joined by « , ». Practice, not law: the
columns are those published; others are left aside, and a column that is not there says nothing.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from clausette.imports.decp.decode import UnreadableError
from clausette.imports.decp.root import MOST_RECORDS
from clausette.imports.decp.unfold import FLAGS, number_in
from clausette.kernel.french import plural

Line = Mapping[str, str]
SIRET_DIGITS = 14
WIDEST, FEWEST = 20_000, 3
EXPECTED = (
    "Ce tableau n'est pas celui des données essentielles : il faut au moins les colonnes « uid » (ou « id » et "
    "« acheteur_id »), « objet » et « dateNotification »."
)
_TEXTS = (
    "nature", "objet", "codeCPV", "procedure", "ccag", "typeGroupementOperateurs", "formePrix", "idAccordCadre",
    "dateNotification", "datePublicationDonnees",
)  # fmt: skip
_NUMBERS = ("dureeMois", "montant", "offresRecues", "tauxAvance", "origineUE", "origineFrance")
_FLAGS = ("marcheInnovant", "attributionAvance", "sousTraitanceDeclaree")
_LISTS = {
    "techniques": "technique",
    "modalitesExecution": "modaliteExecution",
    "typesPrix": "typePrix",
    "considerationsSociales": "considerationSociale",
    "considerationsEnvironnementales": "considerationEnvironnementale",
}
_PLAIN = (*_TEXTS, *_NUMBERS, *_FLAGS, *_LISTS)


def is_flat_table(text: str) -> bool:
    """Whether the text is a table and not JSON: its first line has several columns."""
    head = text[:WIDEST].lstrip()
    return head[:1] not in ("{", "[", "") and len(_header(head)) >= FEWEST


def records_of_table(text: str) -> tuple[list[object], frozenset[str], tuple[str, ...]]:
    """The records as the JSON would have them, the keys that have no column, the notices. Raises `UnreadableError`."""
    names = _header(text)
    if not ({"uid"} <= set(names) or {"id", "acheteur_id"} <= set(names)) or not {
        "objet", "dateNotification",
    } <= set(names):  # fmt: skip
        raise UnreadableError(EXPECTED)
    groups: dict[str, list[Line]] = {}
    for line in _lines(text, names):
        groups.setdefault(_uid(line), []).append(line)
        if len(groups) > MOST_RECORDS:
            raise UnreadableError(f"Le tableau contient plus de {MOST_RECORDS} marchés : c'est la limite.")
    absent = frozenset(key for key in _PLAIN if key not in names and key != "considerationsSociales")
    alone = sum(min(map(_rank, lines)) > 0 for lines in groups.values())
    notices = () if groups else ("Le fichier ne contient aucun marché.",)
    if alone:
        told = plural(alone, "marché n'a", "marchés n'ont")
        notices = (f"{told} dans ce tableau que la dernière modification : la date de notification est la sienne.",)
    return [_record(lines) for lines in groups.values()], absent, notices


def _header(text: str) -> list[str]:
    first = text[:WIDEST].lstrip().partition("\n")[0].strip()
    return [name.strip().strip('"').replace(".", "_") for name in first.split(_delimiter(first))]


def _delimiter(first: str) -> str:
    return max((",", ";", "\t"), key=first.count)


def _lines(text: str, names: Sequence[str]) -> Iterator[Line]:
    body = text.lstrip()
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=_delimiter(body[:WIDEST].partition("\n")[0]))
    try:
        for number, cells in enumerate(reader):
            if number == 0 or not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                raise UnreadableError(
                    f"Le tableau ne peut pas être lu : ligne {reader.line_num}, {len(cells)} cellules au lieu de "
                    f"{len(names)}.",
                    reader.line_num,
                )
            yield {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
    except csv.Error:
        raise UnreadableError(
            f"Le tableau ne peut pas être lu : ligne {reader.line_num}.", reader.line_num
        ) from None


def _uid(line: Line) -> str:
    return line.get("uid") or f"{line.get('acheteur_id', '')}{line.get('id', '')}"


def _rank(line: Line) -> int:
    text = line.get("modification_id", "").partition(".")[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _record(lines: Sequence[Line]) -> dict[str, object]:
    ranks = sorted({_rank(line) for line in lines})
    versions = [[line for line in lines if _rank(line) == rank] for rank in ranks]
    first = versions[0][0]
    record: dict[str, object] = dict(_plain(first))
    record["id"] = first.get("id") or _uid(first)[SIRET_DIGITS:]
    record["acheteur"] = {"id": first.get("acheteur_id") or _uid(first)[:SIRET_DIGITS]}
    if first.get("lieuExecution_code"):
        place = {"code": first["lieuExecution_code"], "typeCode": first.get("lieuExecution_typeCode", "")}
        record["lieuExecution"] = place
    record["titulaires"] = _firms(versions[0])
    later = [_modification(before, after) for before, after in pairwise(versions)]
    if later:
        record["modifications"] = later
    return record


def _plain(line: Line) -> Iterator[tuple[str, object]]:
    """The cells that say something, with the type they have in the JSON."""
    for key in _PLAIN:
        text = line.get(key, "")
        if not text:
            continue
        if key in _LISTS:
            yield key, {_LISTS[key]: [one for one in re.split(r"\s*,\s*", text) if one]}
        elif key in _FLAGS:
            yield key, FLAGS.get(text.casefold(), text)
        else:
            yield key, number_in(text) if key in _NUMBERS else text


def _firms(lines: Sequence[Line]) -> list[object]:
    firms: list[object] = []
    for line in lines:
        firm = {
            "typeIdentifiant": line.get("titulaire_typeIdentifiant", ""),
            "id": line.get("titulaire_id", ""),
        }
        one = {"titulaire": {key: value for key, value in firm.items() if value}}
        if one["titulaire"] and one not in firms:
            firms.append(one)
    return firms


def _modification(before: Sequence[Line], after: Sequence[Line]) -> dict[str, object]:
    line = after[0]
    found: dict[str, object] = {"id": _rank(line)}
    days = {
        "dateNotification": "dateNotificationModification",
        "datePublicationDonnees": "datePublicationDonneesModification",
    }
    found |= {name: line[key] for key, name in days.items() if line.get(key)}
    for key in ("montant", "dureeMois"):
        if line.get(key) and line.get(key) != before[0].get(key):
            found[key] = number_in(line[key])
    if _firms(after) != _firms(before):
        found["titulaires"] = _firms(after)
    return {"modification": found}
