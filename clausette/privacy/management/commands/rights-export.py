"""`manage rights-export ID… [--structure SLUG] [--out FOLDER]`: everything held about a person, JSON and PDF."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from clausette.access.rights import named_rights
from clausette.kernel import clock
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.jsonlines import Said
from clausette.privacy.operations.holds import note_export
from clausette.privacy.queries.export import Holding, as_json, everything_held
from clausette.privacy.seats import administrators
from clausette.privacy.telling import holding_paper
from clausette.reports.rendering.pdf import pdf_of


class Command(BaseCommand):
    """Answer the right of access in the name of an administrator of the structure that follows the person."""

    help = "Donne tout ce qui est détenu sur une personne ; avec --out, écrit le JSON et le PDF dans ce dossier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="+", metavar="ID", help="identifiant d'un participant")
        parser.add_argument("--structure", default="", metavar="SLUG", help="structure qui suit la personne")
        parser.add_argument("--out", type=Path, metavar="DOSSIER", help="écrit donnees-ID.json et donnees-ID.pdf")
        parser.add_argument("--json", action="store_true", help="une ligne de JSON par personne (toujours)")

    def handle(self, *args: object, **options: Any) -> None:
        failed = 0
        for asked in options["ids"]:
            said = _answer(asked, options["structure"], options["out"])
            failed += not said["ok"]
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        if failed:
            raise CommandError("Rien n'est détenu ici sous cet identifiant, ou la structure ne répond pas pour lui.")


def _answer(asked: str, slug: str, out: Path | None) -> Said:
    try:
        uid = UUID(asked)
    except ValueError:
        return {"id": asked, "ok": False, "errors": {"id": "Ce n'est pas un identifiant de participant."}}
    on = clock.today()
    for seat in administrators(slug):
        try:
            with named_rights(seat.account_id, seat.organisation_id) as actor:
                note_export(actor=actor, participant_uid=uid)
                found = everything_held(actor=actor, uid=uid, on=on)
        except (Absent, Refusal):
            continue
        files = _written(found, out) if out else {}
        return {"id": asked, "ok": True, **as_json(found), **files}
    return {"id": asked, "ok": False, "errors": {"id": "Aucune personne de ce numéro."}}


def _written(found: Holding, out: Path) -> Said:
    out.mkdir(parents=True, exist_ok=True)
    paths = {ending: out / f"donnees-{found.person.uid}.{ending}" for ending in ("json", "pdf")}
    paths["json"].write_text(json.dumps(as_json(found), ensure_ascii=False, indent=1), encoding="utf-8")
    paths["pdf"].write_bytes(pdf_of(holding_paper(found)))
    for path in paths.values():
        path.chmod(0o600)
    return {"files": [str(path) for path in paths.values()]}
