"""`manage import-decp FILE [--structure SLUG] [--account EMAIL] [--sort] [--apply] [--json]`: a file without the page.

`--sort` reads a national extract as it comes (200,000 records): only what concerns the structure is kept.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clausette.access.queries import Seat, facilitator_seats
from clausette.access.rights import named_rights
from clausette.imports.decp import UnreadableError, survey
from clausette.imports.enums import BatchState
from clausette.imports.errors import AlreadyImported, Stale
from clausette.imports.operations import Applied, apply_batch, compare_again, take_in_decp
from clausette.imports.queries import BatchSheet, RowLine, batch_sheet, interest_of, list_rows
from clausette.imports.queries.rows import PROBLEMS, TAKEN
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.kernel.french import plural

MOST_ROWS = 20_000


class Command(BaseCommand):
    """Take in a file, tell what it would bring, and apply what needs no decision when asked."""

    help = (
        "Importe un fichier DECP (JSON, XML, tableau, ou format de 2019) : lit, compare et, avec --apply, écrit ce "
        "qui ne demande aucun choix."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--structure", default="", metavar="SLUG", help="structure facilitatrice")
        parser.add_argument(
            "--account", default="", metavar="COURRIEL", help="compte au nom duquel on importe"
        )
        parser.add_argument(
            "--apply", action="store_true", help="écrit les marchés qui ne demandent aucun choix"
        )
        parser.add_argument(
            "--sort", action="store_true", help="très gros fichier JSON : ne garde que ce qui vous concerne"
        )
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: Any) -> None:
        seat = _seat(options["structure"], options["account"])
        try:
            data, seen = _sorted(seat, options["file"]) if options["sort"] else (_bytes(options["file"]), ())
            told = _import(seat, options["file"].name, data, seen, apply=options["apply"])
        except Refusal as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"ok": False, "sentence": refusal.message}, ensure_ascii=False))
            raise CommandError(refusal.message) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for line in _lines(told):
            self.stdout.write(line)


def _seat(slug: str, email: str) -> Seat:
    seats = facilitator_seats(slug=slug, email=email)
    if not seats:
        raise CommandError("Aucun compte ne peut importer pour cette structure facilitatrice.")
    names = sorted({seat.slug for seat in seats})
    if len(names) > 1:
        raise CommandError(f"Précisez --structure : {', '.join(names)}.")
    return seats[0]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise CommandError(f"Le fichier « {path} » ne peut pas être lu : {exc.strerror}.") from exc


def _sorted(seat: Seat, path: Path) -> tuple[bytes, tuple[str, ...]]:
    """What concerns the structure in a very large file, and what is told of the rest."""
    with named_rights(seat.account_id, seat.organisation_id, read_only=True) as actor:
        interest = interest_of(actor=actor)
    try:
        with path.open("rb") as stream:
            found = survey(stream, interest)
    except OSError as exc:
        raise CommandError(f"Le fichier « {path} » ne peut pas être lu : {exc.strerror}.") from exc
    except UnreadableError as exc:
        raise CommandError(exc.refusal.sentence) from exc
    if not found.count:
        raise CommandError(f"{found.sentence} Rien n'est importé.")
    return found.written(), (found.sentence,)


def _import(seat: Seat, name: str, data: bytes, told: tuple[str, ...], *, apply: bool) -> dict[str, Any]:
    uid, already = _taken(seat, name, data, told)
    done = _applied(seat, uid) if apply else None
    with named_rights(seat.account_id, seat.organisation_id, read_only=True) as actor:
        return _told(actor, uid, already, done)


def _taken(seat: Seat, name: str, data: bytes, told: tuple[str, ...]) -> tuple[UUID, str]:
    """The batch of this file, and the sentence when it was known."""
    try:
        with named_rights(seat.account_id, seat.organisation_id) as actor:
            return take_in_decp(actor=actor, name=name, data=data, on=clock.today(), told=told), ""
    except AlreadyImported as known:
        return known.batch_uid, known.message


def _applied(seat: Seat, uid: UUID) -> Applied | None:
    """Apply what is decided; compare once more first when contracts changed since. None: nothing to apply."""
    for _ in range(2):
        try:
            with named_rights(seat.account_id, seat.organisation_id) as actor:
                sheet = batch_sheet(actor=actor, uid=uid)
                if sheet.line.state is not BatchState.READ:
                    return None
                if sheet.undecided and not sheet.to_create + sheet.to_attach:
                    return Applied(0, 0, 0, sheet.undecided)
                return apply_batch(actor=actor, batch_uid=uid, at=clock.now(), on=clock.today())
        except Stale:
            with named_rights(seat.account_id, seat.organisation_id) as actor:
                compare_again(actor=actor, batch_uid=uid)
    raise CommandError("Des marchés changent pendant l'import : recommencez.")


def _told(actor: Actor, uid: UUID, already: str, done: Applied | None) -> dict[str, Any]:
    sheet = batch_sheet(actor=actor, uid=uid)
    remarked, _ = list_rows(actor=actor, batch_uid=uid, only=PROBLEMS, size=MOST_ROWS)
    taken, _ = list_rows(actor=actor, batch_uid=uid, only=TAKEN, size=MOST_ROWS)
    return {
        "ok": True,
        "batch": str(uid),
        "state": sheet.line.state.value,
        "already": already,
        "file": sheet.line.file_name,
        "records": sheet.line.records,
        "fates": _fates(sheet),
        "to_create": sheet.to_create,
        "to_attach": sheet.to_attach,
        "undecided": sheet.undecided,
        "notices": list(sheet.notices),
        "problems": [problem for row in remarked for problem in _problems(row)],
        "applied": asdict(done) if done else None,
        "contracts": [
            {"position": row.position, "contract": str(row.result.uid)} for row in taken if row.result
        ],
    }


def _fates(sheet: BatchSheet) -> dict[str, int]:
    return {fate.value: count for fate, count in sheet.line.fates.items()}


def _problems(row: RowLine) -> list[dict[str, Any]]:
    where = {"position": row.position, "buyer": row.buyer_siret, "id": row.number}
    return [{**where, **asdict(problem)} for problem in row.problems]


def _lines(told: dict[str, Any]) -> list[str]:
    """The same in words."""
    labels = {
        "added": "nouveaux", "changed": "modifiés", "same": "identiques", "ambiguous": "à rapprocher",
        "refused": "à corriger", "set_aside": "mis de côté",
    }  # fmt: skip
    lines = [told["already"]] if told["already"] else []
    counts = ", ".join(f"{count} {labels[fate]}" for fate, count in told["fates"].items())
    lines.append(f"{plural(told['records'], 'enregistrement')} : {counts}.")
    lines += told["notices"]
    lines += [
        f"{one['position']} · {one['path'] or 'enregistrement'} : {one['sentence']}"
        for one in told["problems"]
    ]
    done = told["applied"]
    if done:
        lines.append(
            f"Écrit : {plural(done['created'], 'marché créé', 'marchés créés')}, "
            f"{plural(done['attached'], 'marché relié', 'marchés reliés')}."
        )
    if told["undecided"]:
        lines.append(f"{plural(told['undecided'], 'marché')} à décider dans la page « Imports ».")
    return lines
